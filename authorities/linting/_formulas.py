"""Conditions on a given day as formulas: negation pushed to the tests, dated values and definitions put in place.

A test that says nothing about a single fact (a question, an act, `barred under`) is opaque: it can be either, but
not both at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorities.linting._names import Names
from authorities.linting._view import alive
from rules import conditions as c
from rules.provisions import Definition, LawFile, Life, ValueEntry, Years

OPAQUE = "opaque"
FUND_YEAR = "fund_year"
DEPTH = 40


@dataclass(frozen=True, slots=True)
class Literal:
    """One test of one fact (``test``: one of, equals, a bound, or opaque), holding (``sign``) or failing."""

    sign: bool
    fact: str
    test: str
    operand: Any


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts; of none, true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Any of the parts; of none, false."""

    parts: tuple[Formula, ...]


Formula = Literal | Every | Some


def joined(sign: bool, parts: Iterable[Formula]) -> Formula:
    """A conjunction read straight, or the disjunction it becomes when denied."""
    made = tuple(parts)
    return made[0] if len(made) == 1 else Every(made) if sign else Some(made)


class Translator:
    """Makes formulas of the conditions of one file on one day."""

    def __init__(self, names: Names, file: LawFile, day: date):
        self.names, self.file, self.day = names, file, day
        self._made: dict[tuple[int, bool], tuple[c.Condition, Formula]] = {}

    @classmethod
    def of(cls, names: Names, file: LawFile, day: date) -> Translator:
        """The one translator of a file on a day: what it has translated it keeps."""
        known = names.translators.get((file.id, day))
        if not isinstance(known, cls) or known.file is not file:
            known = names.translators[file.id, day] = cls(names, file, day)
        return known

    def formula(self, condition: c.Condition, sign: bool = True, depth: int = 0) -> Formula:
        """The condition, or (``sign`` false) its denial."""
        key = (id(condition), sign)
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = (condition, self._formula(condition, sign, depth))
        return known[1]

    def _formula(self, condition: c.Condition, sign: bool, depth: int) -> Formula:
        match condition:
            case c.AllOf(parts):
                return joined(sign, (self.formula(p, sign, depth) for p in parts))
            case c.AnyOf(parts):
                return joined(not sign, (self.formula(p, sign, depth) for p in parts))
            case c.Negation(part):
                return self.formula(part, not sign, depth)
            case c.OneOf(fact, members):
                return self.tested(fact, "one of", members, sign)
            case c.Equals(fact, value):
                return self.tested(fact, "equals", value, sign)
            case c.Bounded(fact, bounds):
                return joined(sign, (self.tested(fact, word, end, sign) for word, end in _ends(bounds)))
            case c.Satisfies(names):
                return joined(not sign, (self.defined(name, sign, depth) for name in names))
            case c.GrantHolds(id_):
                grants = [g for g in self.file.grants if g.id == id_ and alive(g.life, self.day)]
                return joined(not sign, (self.formula(g.when, sign, depth) for g in grants))
            case c.Question(id_) | c.ActDone(id_):
                return Literal(sign, f"{type(condition).__name__} {id_}", OPAQUE, None)
            case c.BarredUnder(targets):
                return Literal(sign, f"barred under {sorted(targets)}", OPAQUE, None)

    def life(self, life: Life, sign: bool = True) -> Formula:
        """The years of money that words follow, if they do."""
        return self.years(life.fund_years, sign) if life.fund_years is not None else joined(sign, ())

    def years(self, years: Years, sign: bool) -> Formula:
        """The money's year within a range."""
        ends = (("at least", years.first), ("at most", years.last))
        return joined(sign, (Literal(sign, FUND_YEAR, word, end) for word, end in ends if end is not None))

    def tested(self, fact: str, test: str, operand: Any, sign: bool) -> Formula:
        """One test; a dated value is its state on the day, or one state for each range of the money's years."""
        if not isinstance(operand, c.ValueRef):
            return Literal(sign, fact, test, operand)
        states = self.states(operand)
        if not states:
            return Literal(sign, f"the value {operand.name} of {operand.file or self.file.id}", OPAQUE, None)
        parts = []
        for value, entry in states:
            plain = Literal(sign, fact, test, value)
            parts.append(plain if entry.life.fund_years is None else joined(sign, (self.life(entry.life, sign), plain)))
        return joined(not sign, parts)

    def states(self, ref: c.ValueRef) -> list[tuple[Any, ValueEntry]]:
        """The states of a dated value on the day: one, or one for each range of years."""
        owner = self.names.by_id.get(ref.file or self.file.id, self.file)
        return states_on(owner.values.get(ref.name, ()), self.day)

    def defined(self, name: str, sign: bool, depth: int) -> Formula:
        """A definition in force on the day, in its own file's words; opaque where there is none."""
        for owner, one in self.names.definitions(self.file, name):
            if alive(one.life, self.day) and depth < DEPTH:
                return Translator.of(self.names, owner, self.day).meaning(one, sign, depth + 1)
        return Literal(sign, f"definition {name}", OPAQUE, None)

    def meaning(self, one: Definition, sign: bool, depth: int) -> Formula:
        """``when``; or inside, or (not outside and the question)."""
        life = self.life(one.life, sign)
        if one.inside is None:
            return joined(sign, (life, self.formula(one.when, sign, depth)))
        ways = [self.formula(one.inside, sign, depth)]
        if one.otherwise is not None:
            middle = [Literal(sign, f"Question {one.otherwise}", OPAQUE, None)]
            outside = [] if one.outside is None else [self.formula(one.outside, not sign, depth)]
            ways.append(joined(sign, (*outside, *middle)))
        return joined(sign, (life, joined(not sign, ways)))


def _ends(bounds: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Bounds with `between` as its two ends."""
    for word, operand in bounds:
        if word == "between":
            yield "at least", operand[0]
            yield "at most", operand[1]
        else:
            yield word, operand


def states_on(entries: Iterable[ValueEntry], day: date) -> list[tuple[Any, ValueEntry]]:
    """The states of a value on a day, as the rulebook reads them (everything enacted)."""
    now: Any = None
    entry_now: ValueEntry | None = None
    by_year: list[tuple[Any, ValueEntry]] = []
    for entry in entries:
        if entry.life.fund_years is not None:
            by_year.append((entry.is_, entry))
        elif entry.life.since <= day:
            now = entry.is_ if entry.is_ is not None else changed(now, entry)
            entry_now = entry
            if entry.life.until is not None and entry.life.until <= day:
                now, entry_now = None, None
    if by_year:
        return by_year
    return [] if entry_now is None else [(now, entry_now)]


def changed(before: Any, entry: ValueEntry) -> tuple[str, ...]:
    """A list of terms after an entry that adds and removes."""
    return tuple(t for t in (*(before or ()), *entry.adds) if t not in entry.removes)
