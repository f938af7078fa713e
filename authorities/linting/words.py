"""The vocabulary: what nothing uses, words that mean two things, facts that are declared wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.conditions import fits
from rules.vocabulary import Fact

AMBIGUOUS = Kind(
    "ambiguous-word",
    "error",
    "A name or synonym that means two terms of one fact: a proposal that uses it cannot be read.",
    "give it to one of them",
)
PRESUMPTION = Kind(
    "bad-presumption",
    "error",
    "A fact presumes a value it cannot have.",
    "presume a value of the fact's own type, or a term it may have",
)
DERIVED = Kind(
    "derived-inputs",
    "error",
    "A computed fact whose inputs are not those its formula takes, or are not of their types, or go round in a circle.",
    "name the inputs in the order of the language page, section 2",
)
QUESTION = Kind("not-a-question", "style", "A fact whose question does not end with a question mark.", "ask a question")
SUPPLIER = Kind(
    "table-supplier",
    "warning",
    "A fact that a table supplies and that names no table.",
    "name the table, or say who else can say it",
)
KINDS = (AMBIGUOUS, PRESUMPTION, DERIVED, QUESTION, SUPPLIER)

INPUTS: dict[str, tuple[tuple[str, ...], str]] = {
    "years between": (("date", "date"), "years"),
    "days between": (("date", "date"), "count"),
    "fiscal year": (("date",), "count"),
    "fiscal years spanned": (("date", "date"), "count"),
    "money phase": (("term", "count", "date"), "term"),
    "years after": (("count", "date"), "count"),
}
"""What each computed fact takes, by type in order, and the type it has (the language page, section 2)."""


def check(view: View) -> Iterator[Issue]:
    """Every fact, and every word for a term."""
    for fact in view.words.facts.values():
        place = view.fact(fact.id)
        if not fact.question.rstrip().endswith("?"):
            yield QUESTION.at(place, f"the question of '{fact.id}' does not end with a question mark")
        if fact.presume is not None and not _may_presume(view, fact):
            yield PRESUMPTION.at(place, f"'{fact.id}' presumes {fact.presume!r}")
        if fact.derived is not None:
            yield from _derived(view, fact)
        if fact.supplier == "table" and fact.table is None:
            yield SUPPLIER.at(place, f"'{fact.id}' says a table supplies it, and names none")
    yield from _ambiguous(view)


def _may_presume(view: View, fact: Fact) -> bool:
    if fact.type != "term":
        return fits(fact, fact.presume)
    values = fact.presume if fact.many and not isinstance(fact.presume, str) else [fact.presume]
    allowed = view.words.taxonomy.below.get(fact.of or "", frozenset(view.words.terms))
    return isinstance(values, (list, tuple)) and all(isinstance(v, str) and v in allowed for v in values)


def _derived(view: View, fact: Fact) -> Iterator[Issue]:
    facts = view.words.facts
    wanted, made = INPUTS[fact.derived or ""]
    given = tuple(facts[name].type for name in fact.source)
    place = view.fact(fact.id)
    if given != wanted:
        yield DERIVED.at(place, f"'{fact.derived}' takes {', '.join(wanted)}; given {', '.join(given)}")
    elif fact.type != made:
        yield DERIVED.at(place, f"'{fact.derived}' makes a {made}; '{fact.id}' is declared a {fact.type}")
    todo, seen = list(fact.source), set[str]()
    while todo:
        name = todo.pop()
        if name == fact.id:
            yield DERIVED.at(place, f"'{fact.id}' is computed from itself")
            return
        if name not in seen:
            seen.add(name)
            todo.extend(facts[name].source)


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
