"""What the lists about a country bar, open and close: each provision held against what the tables say on a day.

A provision's words are read with the tables' values alone, everything else unknown: it bars (or opens) where a test of
a listed value is met and nothing listed speaks against it; whether it applies then hangs on the rest of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, NamedTuple

from authorities.partner_facts import KEY, DatedFact
from rules import conditions as c
from rules.derived import fiscal_year
from rules.library import Library
from rules.provisions import Bar, Definition, Grant, LawFile, Life, Provision
from rules.rulebook import Builder

Truth = Literal["T", "F", "U"]
State = Literal["met", "may be met", "not met"]
Tests = list[tuple[str, Truth]]
"""Each test of a listed fact, with whether it tells for the provision."""
_NOT: Mapping[Truth, Truth] = {"T": "F", "F": "T", "U": "U"}


class ReliefAct(NamedTuple):
    """An act that lifts a bar: what, by whom, whether it may be delegated, and the open questions it hangs on."""

    act: str
    gist: str
    actor: str
    statute: str
    delegable: bool | None
    questions: tuple[str, ...]


class Held(NamedTuple):
    """A provision that tests what tables say. ``state``: whether the value of ``facts`` meets the test.

    ``closed``: the tables alone make it false; ``shuts``: and so every other grant of its authority. ``by_money``: it follows the money's year, and is that of money of the
    day's own fiscal year. ``reaches``: how many authorities it reaches by name or tag (an authority's own: 1), besides
    what is paid from ``accounts``.
    """

    kind: str
    file: str
    short: str
    statute: str
    id: str
    cite: str
    gist: str
    basis: str
    state: State
    closed: bool
    shuts: bool
    facts: tuple[str, ...]
    by_money: bool
    reaches: int
    accounts: tuple[str, ...]
    reliefs: tuple[ReliefAct, ...]
    questions: tuple[str, ...]


def held(library: Library, country: str, facts: Sequence[DatedFact], day: date, known: date) -> tuple[Held, ...]:
    """Every provision in force on the day that tests a table's fact about the country, as of the day of knowledge."""
    reader = _Reader(library, country, facts, day, known)
    return tuple(one for file in library.files() for one in reader.file(file))


def values(library: Library, facts: Sequence[DatedFact]) -> dict[str, Any]:
    """The value each fact about the country has in an answer: a table's, else the presumption where the day is covered.

    A fact that has neither is left out.
    """
    out: dict[str, Any] = {}
    for one in facts:
        for fact in one.facts:
            presumed = library.vocabulary.facts[fact].presume
            if one.value is not None:
                out[fact] = one.value
            elif presumed is not None and one.covered:
                out[fact] = presumed
    return out


class _Reader:
    def __init__(self, library: Library, country: str, facts: Sequence[DatedFact], day: date, known: date):
        self.library, self.country, self.day = library, country, day
        self.builder = Builder(library, day, known)
        self.year = fiscal_year(day, library.calendar.year_starts)
        self.values: dict[str, Any] = {**values(library, facts), KEY: country}
        self.asked = {KEY, *(fact for one in facts for fact in one.facts)}
        words = library.vocabulary.facts
        self.unsaid = {f for one in facts if one.covered for f in one.facts if words[f].opener} - self.values.keys()
        self._reached: dict[str, int] = {}

    def file(self, file: LawFile) -> Iterator[Held]:
        """The provisions of a file that test a listed fact, with whether they leave it no grant."""
        found = list(self.of(file))
        closed = {one.id for one in found if one.kind == "grant" and one.closed}
        shut = bool(closed) and all(grant.id in closed for grant in file.grants if self.in_force(grant.life))
        for one in found:
            yield one._replace(shuts=shut and one.kind == "grant")

    def of(self, file: LawFile) -> Iterator[Held]:
        """The provisions of a file that test a listed fact."""
        for one in file.provisions():
            if isinstance(one, Definition) or not self.in_force(one.life):
                continue
            tests: Tests = []
            truth = self.truth(one.when, file, True, tests)
            unless = getattr(one, "unless", None)
            if unless is not None and not isinstance(one, Grant):
                lifted = self.truth(unless, file, False, tests)
                truth = "F" if "F" in (truth, _NOT[lifted]) else truth
            if tests:
                yield self.record(one, file, truth, tests)

    def in_force(self, life: Life) -> bool:
        """In force on the day; of words that follow the money, those for money of the day's fiscal year."""
        if not self.builder.in_force(life):
            return False
        if life.fund_years is not None:
            return life.fund_years.holds(self.year)
        until = self.builder.until(life)
        return life.since <= self.day and (until is None or self.day < until)

    def record(self, one: Provision, file: LawFile, truth: Truth, tests: Tests) -> Held:
        found: dict[Truth, list[str]] = {"T": [], "U": [], "F": []}
        for fact, told in tests:
            found[told].append(fact)
        state: State = "not met"
        if truth != "F" and found["T"]:
            state = "met"
        elif truth != "F" and found["U"]:
            state = "may be met"
        facts = {"met": found["T"], "may be met": found["U"], "not met": [fact for fact, _ in tests]}[state]
        unless = one.unless if isinstance(one, Bar) else None
        reliefs = tuple(self.reliefs(unless)) if unless is not None else ()
        conditions = [part for part in (one.when, unless) if part is not None]
        asked = [q.id for part in conditions for q in c.walk(part) if isinstance(q, c.Question)]
        law, words = (file.id, file.short, file.statute), (one.id, one.cite, one.gist, one.basis)
        tested = tuple(dict.fromkeys(facts))
        reach = (one.life.fund_years is not None, self.reached(file), file.reach.accounts)
        kind = type(one).__name__.lower()
        return Held(
            kind, *law, *words, state, truth == "F", False, tested, *reach, reliefs, tuple(dict.fromkeys(asked))
        )

    def reached(self, file: LawFile) -> int:
        """How many authorities a file reaches by name or tag."""
        if file.kind == "authority":
            return 1
        if file.id not in self._reached:
            named = replace(file, reach=replace(file.reach, accounts=()))
            self._reached[file.id] = sum(
                self.builder.reaches(named, other) is not None and self.builder.reach(file.reach_except, other) is None
                for other in self.library.authorities.values()
            )
        return self._reached[file.id]

    def reliefs(self, unless: c.Condition) -> Iterator[ReliefAct]:
        """The acts that lift a bar, each with the questions that stand beside it."""
        if isinstance(unless, c.AnyOf):
            for part in unless.parts:
                yield from self.reliefs(part)
            return
        inside = c.walk(unless)
        questions = tuple(one.id for one in inside if isinstance(one, c.Question))
        for one in inside:
            if isinstance(one, c.ActDone):
                act = self.library.vocabulary.acts[one.id]
                yield ReliefAct(act.id, act.gist, act.actor, act.statute, act.delegable, questions)

    # --- conditions -----------------------------------------------------------------------------------------------
    def truth(self, condition: c.Condition, file: LawFile, goal: bool, tests: Tests) -> Truth:
        """Whether the condition holds by the tables alone; ``goal``: it tells for the provision if it does."""
        match condition:
            case c.AllOf(parts):
                return _all([self.truth(part, file, goal, tests) for part in parts])
            case c.AnyOf(parts):
                return _NOT[_all([_NOT[self.truth(part, file, goal, tests)] for part in parts])]
            case c.Negation(part):
                return _NOT[self.truth(part, file, not goal, tests)]
            case c.Satisfies(names):
                return _NOT[_all([_NOT[self.definition(name, file, goal, tests)] for name in names])]
            case c.OneOf(fact, members) if fact in self.asked:
                return self.tested(fact, members, file, goal, tests, self.member)
            case c.Equals(fact, value) if fact in self.asked:
                return self.tested(fact, value, file, goal, tests, lambda found, wanted: _truth(found == wanted))
        return "U"

    def tested(
        self,
        fact: str,
        operand: Any,
        file: LawFile,
        goal: bool,
        tests: Tests,
        test: Callable[[Any, Any], Truth],
    ) -> Truth:
        """One test of a listed fact; a test of the country itself counts only where it is named."""
        states = [operand] if not isinstance(operand, c.ValueRef) else self.states(file, operand)
        truth: Truth = "U"
        if fact in self.unsaid:
            # a circumstance that neither the table nor the planner speaks of is no part of a proposal
            truth = _truth(False in states)
        elif fact not in self.values or not states:
            truth = "U"
        else:
            truth = _NOT[_all([_NOT[test(self.values[fact], one)] for one in states])]
        itself = self.values.get(fact) == self.country
        if not itself or (goal and any(isinstance(one, tuple) and self.country in one for one in states)):
            tests.append((fact, truth if goal else _NOT[truth]))
        return truth

    def states(self, file: LawFile, ref: c.ValueRef) -> list[Any]:
        """What a dated value is on the day; of one that follows the money, for the day's fiscal year."""
        found = self.builder.value(file, ref)
        return [v for v, entry in found if entry.life.fund_years is None or entry.life.fund_years.holds(self.year)]

    def member(self, found: Any, members: tuple[str, ...]) -> Truth:
        relation = self.library.vocabulary.taxonomy.relation(found, members)
        return "U" if relation == "overlaps" else _truth(relation == "in")

    def definition(self, name: str, file: LawFile, goal: bool, tests: Tests) -> Truth:
        """A definition of the file, else of the library, in force on the day."""
        own = any(one.id == name for one in file.definitions)
        for owner in (file,) if own else self.library.definitions.values():
            for one in owner.definitions:
                if one.id == name and self.in_force(one.life):
                    if one.inside is None:
                        return self.truth(one.when, owner, goal, tests)
                    inside = self.truth(one.inside, owner, goal, tests)
                    return inside if inside == "T" or one.otherwise is None else "U"
        return "U"


def _truth(holds: bool) -> Truth:
    return "T" if holds else "F"


def _all(parts: Sequence[Truth]) -> Truth:
    return "F" if "F" in parts else "U" if "U" in parts else "T"
