"""Lines: what is said of each element with each partner, and the value each fact has once sources are consulted.

A *cell* is the value of one fact on one line: ``("v", value)``; or why there is none: ``("o", None)`` an opener
unsaid, ``("c", None)`` a choice unsaid, ``("P"|"C"|"S", None)`` unknown, by who could supply it.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from rules.derived import compute
from rules.library import Library, TableRow
from rules.vocabulary import Fact

Cell = tuple[str, Any]
UNKNOWN = "unknown"
ACTS = "acts"
"""Stands among the facts that a variant of a line changes for its acts."""
_LETTER = {"planner": "P", "table": "P", "counsel": "C", "staff": "S"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the source the planner gives for it; it overrides a table."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """One element with one partner. ``facts``: fact -> value, :class:`Stated` or ``"unknown"``.

    ``acts``: act -> ``done``, ``refused``, ``not yet`` or the day it was done. ``day`` is the day the law is read on;
    ``waits_from`` the day waits count from. ``answers``: question -> counsel's answer stated with a source.
    ``group`` numbers the proposal, whose lines share caps.
    """

    facts: Mapping[str, Any]
    acts: Mapping[str, Any]
    day: date
    waits_from: date
    answers: Mapping[str, Stated] = field(default_factory=dict)
    group: int = 0


class Found(NamedTuple):
    """A cell with where its value came from: said, table, presumed, computed, chosen or nothing."""

    cell: Cell
    origin: str
    row: TableRow | None = None


class Unchanged(NamedTuple):
    """For a line that is another's variant: where that stands, and the facts whose value may differ from it."""

    batch: Batch
    place: int
    touched: frozenset[str]


class Batch:
    """Lines judged together, as columns: fact -> {cell: lines that have it}."""

    def __init__(
        self,
        library: Library,
        lines: Sequence[Line],
        *,
        strict: bool = False,
        same: Sequence[Unchanged] | None = None,
    ):
        self.library = library
        self.lines = lines
        self._same = same
        self._stood = list({id(was.batch): was.batch for was in same or ()}.values())
        places = {was.place for was in same or ()}
        self._origin = places.pop() if len(self._stood) == len(places) == 1 else None
        self._touched: dict[str, list[int]] = {}
        for i, was in enumerate(same or ()):
            for fact in was.touched:
                self._touched.setdefault(fact, []).append(i)
        self.strict = strict
        self.full = (1 << len(lines)) - 1
        self._columns: dict[tuple[str, str], dict[Cell, int]] = {}
        self._joints: dict[tuple[str, ...], dict[tuple[Cell, ...], int]] = {}
        self._acts: dict[tuple[str, str], int] | None = None
        self._found: dict[tuple[str, str], list[Found]] = {}
        self._lent: dict[tuple[str, str], list[Found]] = {}

    def found(self, fact: str, on: str = "date") -> list[Found]:
        """The value of a fact on every line, tables read on the day of ``on``."""
        key = (fact, on)
        known = self._found.get(key)
        if known is None and key in self._lent:
            known = self._found[key] = self._lent[key]
        if known is None:
            declared = self.library.vocabulary.facts[fact]
            if self._same is None:
                known = [self._find(declared, line, on, i) for i, line in enumerate(self.lines)]
            else:
                if self._origin is not None:
                    known = [self._stood[0].found(fact, on)[self._origin]] * len(self.lines)
                else:
                    stood = {id(batch): batch.found(fact, on) for batch in self._stood}
                    known = [stood[id(was.batch)][was.place] for was in self._same]
                for i in self._touched.get(fact, ()):
                    known[i] = self._find(declared, self.lines[i], on, i)
            self._found[key] = known
        return known

    def lend(self, other: Batch) -> None:
        """Give another batch of the same lines what was found here; it counts as asked for there once it is."""
        other._lent = self._found

    def known(self) -> ItemsView[tuple[str, str], list[Found]]:
        """The facts whose values have been asked for so far: (fact, on) -> each line's."""
        return self._found.items()

    def column(self, fact: str, on: str = "date") -> dict[Cell, int]:
        """The lines that share each cell of a fact."""
        key = (fact, on)
        column = self._columns.get(key)
        if column is None:
            column = self._columns[key] = {}
            places: Iterable[int] = range(len(self.lines))
            if self._origin is not None:
                # every line is a variant of one line: all but those that changed this fact have its cell
                places = self._touched.get(fact, ())
                rest = self.full
                for i in places:
                    rest &= ~(1 << i)
                if rest:
                    column[self._stood[0].found(fact, on)[self._origin].cell] = rest
                if not places:
                    return column
            found = self.found(fact, on)
            for i in places:
                cell = found[i].cell
                column[cell] = column.get(cell, 0) | 1 << i
        return column

    def _find(self, fact: Fact, line: Line, on: str, index: int) -> Found:
        stated = line.facts.get(fact.id)
        if fact.derived is not None and stated is None:
            return self._derive(fact, on, index)
        covered = True
        if fact.table is not None and not isinstance(stated, Stated):
            answer, covered = self._ask_table(fact, line, on, index)
            if answer is not None:
                return answer
        if isinstance(stated, Stated):
            stated = stated.value
        if stated is not None:
            if stated == UNKNOWN:
                return Found((_LETTER[fact.supplier], None), "said")
            return Found(("v", stated), "said")
        if fact.presume is not None and covered and not self.strict:
            return Found(("v", fact.presume), "presumed")
        if fact.opener:
            return Found(("o", None), "nothing")
        if fact.choice:
            return Found(("c", None), "nothing")
        return Found((_LETTER[fact.supplier], None), "nothing")

    def _ask_table(self, fact: Fact, line: Line, on: str, index: int) -> tuple[Found | None, bool]:
        table = self.library.tables[fact.table or ""]
        day = line.day if on == "date" else self._day(line, on)
        key = self.found(fact.keyed_by, on)[index].cell if fact.keyed_by else ("P", None)
        covered = table.covers(day)
        if key[0] != "v":
            return None, covered
        row = table.answer(str(key[1]), day)
        if row is not None and row.value is None:
            return None, covered
        if row is not None:
            return Found(("v", row.value), "table", row), covered
        general = len(self.library.vocabulary.taxonomy.below.get(str(key[1]), ())) > 1
        if table.complete and covered and not general:
            return Found(("v", False), "table"), covered
        return None, covered

    @staticmethod
    def _day(line: Line, on: str) -> date:
        stated = line.facts.get(on)
        return stated if isinstance(stated, date) else line.day

    def _derive(self, fact: Fact, on: str, index: int) -> Found:
        cells = [self.found(name, on)[index].cell for name in fact.source]
        kinds = {cell[0] for cell in cells}
        for letter in ("P", "C", "S", "c", "o"):
            if letter in kinds:
                return Found((letter, None), "nothing")
        value = compute(fact.derived or "", [cell[1] for cell in cells], self.library.accounts, self.library.calendar)
        if value is None:
            return Found(("P", None), "nothing")
        return Found(("v", value), "chosen" if fact.choice else "computed")

    def joint(self, facts: tuple[str, ...]) -> dict[tuple[Cell, ...], int]:
        """The lines that share each combination of cells of several facts."""
        known = self._joints.get(facts)
        if known is None:
            known = self._joints[facts] = {}
            for i, cells in enumerate(zip(*(self.found(fact) for fact in facts), strict=True)):
                key = tuple(one.cell for one in cells)
                known[key] = known.get(key, 0) | 1 << i
        return known

    def act_lines(self, act: str, state: str) -> int:
        """The lines on which an act is ``done`` or ``refused``."""
        if self._acts is None:
            self._acts = {}
            for i, line in enumerate(self.lines):
                for one in line.acts:
                    key = (one, self.act_state(one, i)[0])
                    self._acts[key] = self._acts.get(key, 0) | 1 << i
        return self._acts.get((act, state), 0)

    def act_state(self, act: str, index: int) -> tuple[str, date | None]:
        """An act on one line: (``done`` | ``not yet`` | ``refused``, its day if given); a later day is not yet."""
        said = self.lines[index].acts.get(act, "not yet")
        if isinstance(said, date):
            return ("done" if said <= self.lines[index].waits_from else "not yet"), said
        return said, None
