"""The words a rule may use: facts, terms, acts, and the taxonomy that orders terms.

A *fact* is a named value about one proposed activity; a *term* is a value of a fact; an *act* is a step some
official takes. All are data of the library; this module gives them types and answers how two terms relate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, Literal

from rules._frozen import dataclass

FactType = Literal["term", "boolean", "money", "count", "date", "years", "text"]
Supplier = Literal["planner", "counsel", "staff", "table"]

DERIVATIONS = (
    "years between",
    "days between",
    "fiscal year",
    "fiscal years spanned",
    "money phase",
    "years after",
)
"""The closed list of computed facts (the language page, section 2)."""


@dataclass(frozen=True)
class Fact:
    """One declared fact. ``presume`` is the value presumed when nothing says otherwise (None: nothing presumed).

    ``noun``, ``says`` and ``denies`` only serve to print rules: the fact as the subject of a sentence, without its
    article; and a yes-or-no fact as a statement, and that statement's contrary. Empty: made from id or question.
    """

    id: str
    type: FactType
    question: str
    supplier: Supplier = "planner"
    of: str | None = None
    many: bool = False
    keyed_by: str | None = None
    table: str | None = None
    presume: Any = None
    opener: bool = False
    choice: bool = False
    derived: str | None = None
    source: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    noun: str = ""
    says: str = ""
    denies: str = ""


@dataclass(frozen=True)
class Term:
    """One plain-English kind, below its parents."""

    id: str
    name: str
    under: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """A step or relief by one official. ``delegable`` is None where the text is silent."""

    id: str
    gist: str
    actor: str
    statute: str = ""
    delegable: bool | None = None


Relation = Literal["in", "out", "overlaps"]


@dataclass(frozen=True)
class Taxonomy:
    """Terms with several parents: ``below[t]`` is t with everything under it."""

    below: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Taxonomy:
        """Close the parent relation downwards. The terms must be free of cycles (checked at load)."""
        children: dict[str, list[str]] = {}
        ids: list[str] = []
        for term in terms:
            ids.append(term.id)
            for parent in term.under:
                children.setdefault(parent, []).append(term.id)
        below: dict[str, frozenset[str]] = {}

        def close(term: str) -> frozenset[str]:
            if term not in below:
                inside = {term}
                for child in children.get(term, ()):
                    inside |= close(child)
                below[term] = frozenset(inside)
            return below[term]

        for one in ids:
            close(one)
        return cls(below)

    def relation(self, value: str, members: Iterable[str]) -> Relation:
        """Membership of ``value`` in a set of terms: in it or below a member; overlapping (too general); or out."""
        own = self.below.get(value, frozenset((value,)))
        overlaps = False
        for member in members:
            under = self.below.get(member, frozenset((member,)))
            if value in under:
                return "in"
            if not overlaps and not own.isdisjoint(under):
                overlaps = True
        return "overlaps" if overlaps else "out"


@dataclass(frozen=True)
class Vocabulary:
    """Facts, terms and acts by id, with the taxonomy over the terms."""

    facts: Mapping[str, Fact]
    terms: Mapping[str, Term]
    acts: Mapping[str, Act]
    taxonomy: Taxonomy
    fact_words: Mapping[str, str] = field(default_factory=dict)
    term_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def touched_by(self, fact: str) -> frozenset[str]:
        """The fact, and every fact whose value hangs on it: computed from it, or looked up by it."""
        found, waiting = {fact}, [fact]
        while waiting:
            more = self.hangs_on.get(waiting.pop(), frozenset()) - found
            found |= more
            waiting += more
        return frozenset(found)

    @cached_property
    def money_years(self) -> frozenset[str]:
        """The facts that are years of money, as a computed fact shows: what it takes, or is."""
        out: set[str] = set()
        for fact in self.facts.values():
            match fact.derived:
                case "money phase":
                    out.update(fact.source[1:2])
                case "years after":
                    out.update(fact.source[:1])
                case "fiscal year":
                    out.add(fact.id)
        return frozenset(out)

    @cached_property
    def hangs_on(self) -> Mapping[str, frozenset[str]]:
        """For each fact, those that are looked up by it or computed from it."""
        out: dict[str, set[str]] = {}
        for fact in self.facts.values():
            for source in (fact.keyed_by, *fact.source):
                if source is not None:
                    out.setdefault(source, set()).add(fact.id)
        return {source: frozenset(facts) for source, facts in out.items()}


def fold(word: str) -> str:
    """The form in which words are compared: lower case, with spaces and underscores as hyphens."""
    return "-".join(word.replace("_", " ").replace("-", " ").lower().split())


def build(facts: Iterable[Fact], terms: Iterable[Term], acts: Iterable[Act]) -> Vocabulary:
    """Index the declared words, with their synonyms, for look-up in any common spelling."""
    by_fact = {fact.id: fact for fact in facts}
    by_term = {term.id: term for term in terms}
    fact_words: dict[str, str] = {}
    for fact in by_fact.values():
        for word in fact.synonyms:
            fact_words.setdefault(fold(word), fact.id)
    for fact in by_fact.values():
        fact_words[fold(fact.id)] = fact.id
    term_words: dict[str, list[str]] = {}
    for term in by_term.values():
        for word in {fold(w) for w in (term.id, term.name, *term.synonyms)}:
            term_words.setdefault(word, []).append(term.id)
    return Vocabulary(
        by_fact,
        by_term,
        {act.id: act for act in acts},
        Taxonomy.of(by_term.values()),
        fact_words,
        {word: tuple(ids) for word, ids in term_words.items()},
    )
