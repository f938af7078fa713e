"""The value each fact has under an edition once its sources are consulted: table, proposal, presumption.

The same order as the evaluator's own (the language page, section 4), for every proposal at once: of each fact, which
cells it may have and where.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

from authorities.proving import money
from authorities.proving.faults import NotEncoded
from authorities.proving.formulas import FALSE, TRUE, Formula
from authorities.proving.ground import DATE, LINE_DAY, Ground
from authorities.proving.numbers import Number, Span, constant, from_to, plus, variable
from rules.derived import fiscal_year as year_of
from rules.library import Library, Table
from rules.lines import Cell
from rules.vocabulary import Fact

LETTER = {"planner": "P", "table": "P", "counsel": "C", "staff": "S"}
_ABSENT = ("P", "C", "S", "c", "o")
"""Of computed facts: which lack of an input tells first."""
Label = Hashable
Labels = dict[Label, Formula]
"""What some test makes of a fact -> where."""


class Way(NamedTuple):
    """One way a number comes out: where; the kind of cell; the number; whether the proposal speaks of the fact."""

    where: Formula
    kind: str
    value: Number | None
    spoken: bool


class Facts:
    """The facts of one edition on a ground."""

    def __init__(self, ground: Ground, library: Library):
        self.ground, self.library, self.pool = ground, library, ground.pool
        ground.readers.append(self)
        self.facts = library.vocabulary.facts
        self.tested: dict[Any, Labels] = {}
        """What tests say, by fact, day, kind of test and what it was compared with."""
        self._numbers: dict[str, list[Way]] = {}
        self._profiles: dict[tuple[str, str], dict[Any, tuple[tuple[date | None, date | None, Any], ...]]] = {}
        self._found: dict[tuple[str, str], tuple[Labels, Formula, Formula]] = {}

    # --- terms, and yes or no ------------------------------------------------------------------------------------
    def labels(self, fact: str, on: str, tell: Callable[[Cell], Label]) -> Labels:
        """What ``tell`` makes of the fact's cell, and where."""
        declared, ground, pool = self.facts[fact], self.ground, self.pool
        out: dict[Label, list[Formula]] = {}

        def put(where: Formula, label: Label) -> None:
            if where != FALSE:
                out.setdefault(label, []).append(where)

        said, unknown = ground.said(fact), ground.unknown(fact)
        silent, covered, answers = -said, TRUE, dict[Label, Formula]()
        if declared.table is not None:
            answers, nothing, covered = self._looked_up(declared, on)
            if on != DATE and said != FALSE:
                # a word without a source need only agree with the table of the line's day; on another it gives way
                plain = pool.both(said, -self._sourced(fact))
                said, silent = pool.both(said, pool.either(-plain, nothing)), pool.either(silent, plain)
        if said != FALSE:
            for label, where in self._stated(declared, tell).items():
                put(pool.both(said, where), label)
        if declared.derived is not None:
            put(unknown, tell((LETTER[declared.supplier], None)))
            for label, where in money.phases(self, declared, on, tell).items():
                put(pool.both(silent, -unknown, where), label)
            return {label: pool.any_(some) for label, some in out.items()}
        for answer, where in answers.items():
            put(pool.both(silent, where), tell(("v", answer)))
        silent = pool.all_((-ground.said(fact), *(-where for where in answers.values())))
        put(pool.both(silent, unknown), tell((LETTER[declared.supplier], None)))
        silent = pool.both(silent, -unknown)
        if declared.presume is not None:
            presumed = pool.both(covered, -ground.strict)
            put(pool.both(silent, presumed), tell(("v", declared.presume)))
            silent = pool.both(silent, -presumed)
        put(silent, tell((_silence(declared), None)))
        return {label: pool.any_(some) for label, some in out.items()}

    def _stated(self, fact: Fact, tell: Callable[[Cell], Label]) -> Labels:
        """Of a value stated: what is told of it, and where."""
        ground, pool = self.ground, self.pool
        groups: dict[Label, set[Any]] = {}
        for value in ground.domain(fact.id):
            groups.setdefault(tell(("v", (value,) if fact.many else value)), set()).add(value)
        if not fact.many:
            return {label: ground.among(fact.id, frozenset(values)) for label, values in groups.items()}
        if not groups.keys() <= {"T", "P", "F"} or tell(("v", ())) != "F":
            raise NotEncoded(f"what is made of the set '{fact.id}'")
        true, perhaps = (ground.among(fact.id, frozenset(groups.get(one, ()))) for one in ("T", "P"))
        return {"T": true, "P": pool.both(-true, perhaps), "F": pool.both(-true, -perhaps)}

    def _sourced(self, fact: str) -> Formula:
        """Where a fact that a table may answer is stated with a source; without, it must not contradict the table."""
        ground, pool = self.ground, self.pool
        if fact not in ground.readable:
            wrong = pool.any_(reader.contradicted(fact) for reader in ground.readers)
            ground.readable[fact] = -pool.all_((ground.said(fact), -ground.sourced(fact), wrong))
        return ground.sourced(fact)

    def contradicted(self, fact: str) -> Formula:
        """Where the value stated is not what a table of this edition says on the line's day."""
        declared = self.facts[fact]
        if declared.table is None:
            return FALSE
        domain = frozenset(self.ground.domain(fact))
        answers: dict[Any, Formula] = self._looked_up(declared, DATE)[0]
        return self.pool.any_(
            where if declared.many else self.pool.both(where, -self.ground.among(fact, domain & {answer}))
            for answer, where in answers.items()
        )

    # --- tables --------------------------------------------------------------------------------------------------
    def _looked_up(self, fact: Fact, on: str) -> tuple[Labels, Formula, Formula]:
        """(what the table answers -> where, where it says nothing, where it speaks of the day at all)."""
        key = (fact.id, on)
        if key not in self._found:
            self._found[key] = self._look_up(fact, on)
        return self._found[key]

    def _look_up(self, fact: Fact, on: str) -> tuple[Labels, Formula, Formula]:
        pool, table = self.pool, self.library.tables[fact.table or ""]
        covered = self._on_day(on, table.first, table.last)
        if fact.keyed_by is None:
            return {}, TRUE, covered
        if self.facts[fact.keyed_by].many or self.facts[fact.keyed_by].type not in ("term", "boolean"):
            raise NotEncoded(f"a table looked up by '{fact.keyed_by}'")
        told = self.labels(fact.keyed_by, on, lambda cell: None if cell[0] != "v" else self._profile(table, cell[1]))
        answers: dict[Any, list[Formula]] = {}
        for profile, where in told.items():
            for first, last, answer in profile or ():  # type: ignore[attr-defined]
                answers.setdefault(answer, []).append(pool.both(where, self._on_day(on, first, last)))
        found: Labels = {answer: pool.any_(some) for answer, some in answers.items()}
        return found, -pool.any_(found.values()), covered

    def _profile(self, table: Table, key: Any) -> tuple[tuple[date | None, date | None, Any], ...]:
        """What a table answers of a key, by days: (first, last, answer), without the days it says nothing of."""
        general = len(self.library.vocabulary.taxonomy.below.get(str(key), ())) > 1
        rows = table.rows.get(str(key), ())
        turns = {table.first, *(row.first for row in rows)}
        turns |= {one + timedelta(days=1) for one in (table.last, *(row.last for row in rows)) if one is not None}
        days = sorted({one for one in turns if one is not None} | {date.min})
        out: list[tuple[date | None, date | None, Any]] = []
        for day, following in zip(days, [*days[1:], None], strict=True):
            row = table.answer(str(key), day)
            if row is not None:
                answer = row.value
            else:
                answer = False if table.complete and table.covers(day) and not general else None
            if answer is not None:
                last = None if following is None else following - timedelta(days=1)
                first = None if day == date.min else day
                if out and out[-1][2] == answer and out[-1][1] == day - timedelta(days=1):
                    first = out.pop()[0]
                out.append((first, last, answer))
        return tuple(out)

    def _on_day(self, on: str, first: date | None, last: date | None) -> Formula:
        """Where the day a table is read on lies within some days."""
        here = from_to(self.pool, LINE_DAY, first, last)
        if on == DATE:
            return here
        stated = self.pool.both(self.ground.said(on), -self.ground.sourced(on))
        there = from_to(self.pool, self.ground.number(on), first, last)
        return self.pool.either(self.pool.both(stated, there), self.pool.both(-stated, here))

    # --- numbers and days ----------------------------------------------------------------------------------------
    def numbers(self, fact: str) -> list[Way]:
        """Every way a number, length of time or day comes out; one of them does."""
        if fact not in self._numbers:
            self._numbers[fact] = list(self._ways(self.facts[fact]))
        return self._numbers[fact]

    def _ways(self, fact: Fact) -> Iterator[Way]:
        ground, pool = self.ground, self.pool
        if fact.table is not None:
            raise NotEncoded(f"the number '{fact.id}', which is from a table")
        said, unknown = ground.said(fact.id), ground.unknown(fact.id)
        if said != FALSE:
            yield Way(said, "v", ground.number(fact.id), True)
        if unknown != FALSE:
            yield Way(unknown, LETTER[fact.supplier], None, True)
        silent = pool.both(-said, -unknown)
        if silent == FALSE:
            return
        if fact.derived is not None:
            for where, kind, value in self._computed(fact):
                yield Way(pool.both(silent, where), kind, value, False)
            return
        if fact.presume is not None:
            yield Way(pool.both(silent, -ground.strict), "v", constant(fact.presume), False)
            silent = pool.both(silent, ground.strict)
        yield Way(silent, _silence(fact), None, False)

    def _computed(self, fact: Fact) -> Iterator[tuple[Formula, str, Number | None]]:
        starts = self.library.calendar.year_starts
        for ways in product(*(self.numbers(name) for name in fact.source)):
            where = self.pool.all_([way.where for way in ways])
            absent = next((kind for kind in _ABSENT if any(way.kind == kind for way in ways)), None)
            if absent is not None:
                yield where, absent, None
                continue
            values = [way.value for way in ways if way.value is not None]
            yield where, "v", _compute(fact.derived or "", values, starts)


def _compute(name: str, values: list[Number], starts: int) -> Number:
    """A computed number from its inputs in order."""
    match name, values:
        case "years between", [start, end]:
            return Span(plus(start, _ZERO), plus(end, _ZERO))
        case "days between", [start, end]:
            return plus(end, start, -1)
        case "fiscal year", [day]:
            return fiscal_year(day, starts)
        case "fiscal years spanned", [start, end]:
            return plus(plus(fiscal_year(end, starts), fiscal_year(start, starts), -1), constant(1))
        case "years after", [year, day]:
            return plus(fiscal_year(day, starts), year, -1)
    raise NotEncoded(f"the computed fact '{name}'")


_ZERO = constant(0)


def fiscal_year(day: Number, starts: int) -> Number:
    """The fiscal year of a day."""
    exact = plus(day, _ZERO)
    if not exact.terms:
        return constant(year_of(date.fromordinal(exact.constant), starts))
    return variable(("fy", exact.terms, exact.constant, starts))


def _silence(fact: Fact) -> str:
    """The kind of cell of a fact that nothing speaks of."""
    return "o" if fact.opener else "c" if fact.choice else LETTER[fact.supplier]
