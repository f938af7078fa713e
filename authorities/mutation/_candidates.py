"""What to vary around a proposal so that some conditions come out every way they can: values on and beside each limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from authorities.mutation._abstract import leaves
from authorities.mutation._cells import cells
from authorities.mutation._grid import Axis, Edit
from rules import nodes
from rules.derived import add_months, fiscal_year, fiscal_year_ends
from rules.library import Library
from rules.lines import UNKNOWN, Line, Stated
from rules.vocabulary import Fact

DAY = timedelta(days=1)
SOURCE = "stated for this case"
"""The source a made-up case gives where it answers for a table or for counsel."""

_YEARS_BACK = 6


class Candidates:
    """The axes for some conditions (``near``) of a book whose other conditions are ``around``."""

    def __init__(self, library: Library, near: Iterable[nodes.Node], around: Iterable[nodes.Node]):
        self.library, self.facts = library, library.vocabulary.facts
        self.near = [leaf for node in near for leaf in leaves(node)]
        self.around = [leaf for node in around for leaf in leaves(node)]
        self.trimmed = False

    def axes(self, line: Line, first: date, last: date | None, limit: int) -> list[Axis]:
        """The axes around a line, for days from ``first`` up to but not on ``last``; no more lines than ``limit``."""
        for wide in (True, False):
            found = [*self._facts(line, first, last, wide), *self._acts(line), *self._questions()]
            axes = [axis for axis in found if len(axis.edits) > 1]
            if _size(axes) <= limit:
                return axes
        self.trimmed = True
        return _trimmed(axes, limit)

    # --- facts ----------------------------------------------------------------------------------------------------
    def _facts(self, line: Line, first: date, last: date | None, wide: bool) -> Iterator[Axis]:
        for name in self.named():
            fact = self.facts[name]
            values = list(dict.fromkeys(self._values(fact, line, first, last, wide)))
            said = line.facts.get(name)
            plain = said.value if isinstance(said, Stated) else said
            edits: list[tuple[Edit, ...]] = [()]
            if said is not None and name != "date":
                edits.append((Edit("fact", name, unsaid=True),))
            for value in values:
                if value != plain:
                    stated = Stated(value, SOURCE) if fact.table is not None else value
                    edits.append((Edit("fact", name, stated),))
            yield Axis("fact", name, tuple(edits))

    def named(self) -> list[str]:
        """The facts a proposal can state that the near conditions hang on."""
        out: dict[str, None] = {}
        for leaf in self.near:
            for name in _read(leaf):
                self._stated(name, out)
        return list(out)

    def _stated(self, name: str, out: dict[str, None]) -> None:
        fact = self.facts[name]
        if fact.derived is None or fact.choice:
            out.setdefault(name)
        for source in fact.source:
            self._stated(source, out)

    def _values(self, fact: Fact, line: Line, first: date, last: date | None, wide: bool) -> Iterator[Any]:
        if fact.type == "date":
            yield from self._days(fact.id, line, first, last)
            return
        own = [leaf for leaf in self.near if isinstance(leaf, nodes.FactLeaf) and leaf.fact == fact.id]
        if wide:
            own += [leaf for leaf in self.around if isinstance(leaf, nodes.FactLeaf) and leaf.fact == fact.id]
        for cell in cells(self.library, fact, own):
            if cell[0] == "v":
                yield cell[1]
        yield UNKNOWN
        for leaf in self.near:
            if isinstance(leaf, nodes.CapLeaf) and fact.id in (leaf.cap.counts, leaf.cap.used):
                yield from (leaf.amount - 1, leaf.amount, leaf.amount + 1, 1)
        if fact.derived == "fiscal year":
            year = fiscal_year(line.day, self.library.calendar.year_starts)
            yield from range(year, year - _YEARS_BACK - 1, -1)
            yield year + 1

    # --- days -----------------------------------------------------------------------------------------------------
    def _days(self, name: str, line: Line, first: date, last: date | None) -> Iterator[date]:
        starts = self.library.calendar.year_starts
        year = fiscal_year(line.day, starts)
        turns = [fiscal_year_ends(year + n, starts) for n in range(4)]
        if name == "date":
            for turn in turns:
                for day in (turn, turn + DAY):
                    if first <= day and (last is None or day < last):
                        yield day
            return
        yield line.day
        for leaf in self.near:
            match leaf:
                case nodes.Late(_, duty) if duty.event == name:
                    ready = add_months(line.day, duty.months) + timedelta(days=duty.days + -(-duty.hours // 24))
                    yield from (ready, ready - DAY, ready + DAY)
                case nodes.FactLeaf():
                    yield from self._spans(leaf, name, line)
                case nodes.Computed() if name in leaf.facts:
                    yield from _around(_held(leaf.test))
        if any(self._counts_years(leaf, name) for leaf in self.near):
            for turn in turns:
                yield from (turn, turn + DAY)

    def _spans(self, leaf: nodes.FactLeaf, name: str, line: Line) -> Iterator[date]:
        """Days that make a length of time just short, just right and just long."""
        fact = self.facts[leaf.fact]
        if leaf.fact == name:
            yield from _around(leaf.operand)
        if fact.derived not in ("years between", "days between") or fact.source[1] != name:
            return
        begin = line.facts.get(fact.source[0])
        begin = begin if isinstance(begin, date) else line.day
        for _, length in leaf.operand if leaf.kind == "bounds" else ():
            if fact.derived == "days between":
                middle = begin + timedelta(days=int(length))
            else:
                middle = add_months(begin, int(length * 12))
            yield from (middle - DAY, middle, middle + DAY)

    def _counts_years(self, leaf: nodes.Node, name: str) -> bool:
        """Whether a leaf counts fiscal years to a day."""
        if isinstance(leaf, nodes.Computed):
            return name in leaf.facts and "fund_year" in leaf.facts
        if not isinstance(leaf, nodes.FactLeaf):
            return False
        fact = self.facts[leaf.fact]
        return name in fact.source and fact.derived in ("money phase", "years after", "fiscal years spanned")

    # --- acts and questions ---------------------------------------------------------------------------------------
    def _acts(self, line: Line) -> Iterator[Axis]:
        waits = {leaf.duty.act for leaf in self.near if isinstance(leaf, nodes.Late)}
        acts = {leaf.act for leaf in self.near if isinstance(leaf, nodes.ActLeaf)}
        for act in sorted(waits | acts):
            states: list[Any] = ["done", "refused", *([line.day] if act in waits else [])]
            edits: list[tuple[Edit, ...]] = [()]
            if act in line.acts:
                edits.append((Edit("act", act, unsaid=True),))
            edits += [(Edit("act", act, state),) for state in states if line.acts.get(act) != state]
            yield Axis("act", act, tuple(edits))

    def _questions(self) -> Iterator[Axis]:
        for question in sorted({leaf.question for leaf in self.near if isinstance(leaf, nodes.QuestionLeaf)}):
            edits = [(), *((Edit("question", question, Stated(answer, SOURCE)),) for answer in (True, False))]
            yield Axis("question", question, tuple(edits))


def _read(leaf: nodes.Node) -> Sequence[str]:
    match leaf:
        case nodes.FactLeaf():
            return (leaf.fact,)
        case nodes.Computed():
            return leaf.facts
        case nodes.CapLeaf():
            return (leaf.cap.counts,) if leaf.cap.used is None else (leaf.cap.counts, leaf.cap.used)
        case nodes.Late():
            return (leaf.duty.event,)
    return ()


def _held(test: Any) -> tuple[Any, ...]:
    """What a test holds (the days between which words are in force)."""
    out: list[Any] = []
    for cell in test.__closure__ or ():
        held = cell.cell_contents
        out += [held] if isinstance(held, date) else [getattr(held, "since", None)]
    return tuple(out)


def _around(operand: Any) -> Iterator[date]:
    if isinstance(operand, tuple):
        for one in operand:
            yield from _around(one)
    elif isinstance(operand, date) and operand.year > 1:
        yield from (operand - DAY, operand, operand + DAY)


def _size(axes: Iterable[Axis]) -> int:
    size = 1
    for axis in axes:
        size *= len(axis.edits)
    return size


def _trimmed(axes: list[Axis], limit: int) -> list[Axis]:
    """The same axes with the longest cut short until the lines are no more than ``limit``."""
    axes = list(axes)
    while _size(axes) > limit:
        longest = max(range(len(axes)), key=lambda i: len(axes[i].edits))
        axis = axes[longest]
        axes[longest] = Axis(axis.kind, axis.name, axis.edits[:-1])
    return axes
