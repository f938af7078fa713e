"""The vocabulary: what nothing uses, words that mean two things, facts that are declared wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._reading import PRESUMPTION
from authorities.linting._view import View
from rules.vocabulary import Fact

AMBIGUOUS = Kind(
    "ambiguous-word",
    "error",
    "A name or synonym that means two terms of one fact: a proposal that uses it cannot be read.",
    "give it to one of them",
)
QUESTION = Kind("not-a-question", "style", "A fact whose question does not end with a question mark.", "ask a question")
SUPPLIER = Kind(
    "table-supplier",
    "warning",
    "A fact that a table supplies and that names no table.",
    "name the table, or say who else can say it",
)
KINDS = (AMBIGUOUS, QUESTION, SUPPLIER)


def check(view: View) -> Iterator[Issue]:
    """Every fact, and every word for a term."""
    for fact in view.words.facts.values():
        place = view.fact(fact.id)
        if not fact.question.rstrip().endswith("?"):
            yield QUESTION.at(place, f"the question of '{fact.id}' does not end with a question mark")
        if fact.type == "term" and fact.presume is not None and not _may_presume(view, fact):
            yield PRESUMPTION.at(place, f"'{fact.id}' presumes '{fact.presume}'")
        if fact.supplier == "table" and fact.table is None:
            yield SUPPLIER.at(place, f"'{fact.id}' says a table supplies it, and names none")
    yield from _ambiguous(view)


def _may_presume(view: View, fact: Fact) -> bool:
    """Whether a term fact may have the term it presumes."""
    return fact.presume in view.words.taxonomy.below.get(fact.of or "", frozenset(view.words.terms))


def _ambiguous(view: View) -> Iterator[Issue]:
    below = view.words.taxonomy.below
    roots = {fact.of: fact.id for fact in view.words.facts.values() if fact.type == "term" and fact.of}
    for word, terms in sorted(view.words.term_words.items()):
        if len(set(terms)) < 2:
            continue
        for root, fact_id in roots.items():
            meant = sorted({t for t in terms if t in below.get(root, ())})
            if len(meant) > 1 and word not in meant:
                place = view.entry(
                    [*view.sources.vocabulary, *view.sources.accounts], _section(view, meant[-1]), meant[-1]
                )
                yield AMBIGUOUS.at(place, f"'{word}' means {' and '.join(meant)} (fact {fact_id})")
                break


def _section(view: View, term: str) -> str:
    return "accounts" if term in view.library.accounts else "terms"
