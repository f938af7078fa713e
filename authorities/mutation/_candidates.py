"""What to vary around a proposal so that some conditions come out every way they can: values on and beside each limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Literal

from authorities.mutation import _leaf
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

Reach = Literal["odds", "definition", "all"]
"""How much around a difference is varied."""


class Candidates:
    """The axes for some conditions (``near``) of a book whose other conditions are ``around``.

    ``odds``: the leaves that matter most; what they read is varied in full, whatever else must be cut short.
    ``within``: those of the definition around them. ``exact``: numbers that come out alike are kept apart.
    """

    def __init__(
        self,
        library: Library,
        near: Iterable[nodes.Node],
        around: Iterable[nodes.Node],
        odds: Iterable[nodes.Node] = (),
        within: Iterable[nodes.Node] = (),
        *,
        exact: bool = False,
    ):
        self.library, self.facts = library, library.vocabulary.facts
        self.near = [leaf for node in near for leaf in leaves(node)]
        self.around = [leaf for node in around for leaf in leaves(node)]
        odds = list(odds)
        self.focus = set(self.stated(name for leaf in odds for name in _leaf.read(leaf)))
        self.odd = self._names(odds)
        self.around_odd = self.odd | self._names(within)
        self.exact = exact
        self.trimmed = False

    def _names(self, some: Iterable[nodes.Node]) -> set[tuple[str, str]]:
        """What some leaves hang on, as axes are named."""
        found = list(some)
        stated = self.stated(name for leaf in found for name in _leaf.read(leaf))
        return {("fact", name) for name in stated} | {name for leaf in found for name in _leaf.said(leaf)}

    def axes(self, line: Line, first: date, last: date | None, limit: int, reach: Reach = "all") -> list[Axis]:
        """The axes around a line, for days from ``first`` up to but not on ``last``; no more lines than ``limit``.

        ``reach``: what the odds read, what their definition reads, or all.
        """
        only = {"odds": self.odd, "definition": self.around_odd}.get(reach)
        names = self.stated(name for leaf in self.near for name in _leaf.read(leaf))
        axes: list[Axis] = []
        everything = set(names)
        for wide, full in ((everything, everything), (self.focus, everything), (self.focus, self.focus)):
            found = [self._fact(name, line, first, last, name in wide, name in full) for name in names]
            axes = [axis for axis in (*found, *self._acts(line), *self._questions()) if len(axis.edits) > 1]
            if only is not None:
                axes = [axis for axis in axes if (axis.kind, axis.name) in only]
            if _leaf.size(axes) <= limit:
                return axes
        self.trimmed = True
        return self._cut(axes, limit)

    def _cut(self, axes: list[Axis], limit: int) -> list[Axis]:
        """The same axes with the longest cut short until the lines are no more than ``limit``; the odds' own last."""
        while _leaf.size(axes) > limit:
            free = [i for i, axis in enumerate(axes) if (axis.kind, axis.name) not in self.odd and len(axis.edits) > 1]
            longest = max(free or range(len(axes)), key=lambda i: len(axes[i].edits))
            axis = axes[longest]
            axes[longest] = Axis(axis.kind, axis.name, axis.edits[:-1])
        return axes

    # --- facts ----------------------------------------------------------------------------------------------------
    def _fact(self, name: str, line: Line, first: date, last: date | None, wide: bool, full: bool) -> Axis:
        """One fact: ``wide``: told apart as finely as the grants do; ``full``: unsaid and unknown too."""
        fact = self.facts[name]
        values = list(dict.fromkeys(self._values(fact, line, first, last, wide)))
        said = line.facts.get(name)
        plain = said.value if isinstance(said, Stated) else said
        edits: list[tuple[Edit, ...]] = [()]
        if full and said is not None and name != "date":
            edits.append((Edit("fact", name, unsaid=True),))
        for value in values:
            if value != plain and (full or value != UNKNOWN):
                stated = Stated(value, SOURCE) if fact.table is not None else value
                edits.append((Edit("fact", name, stated),))
        return Axis("fact", name, tuple(edits))

    def stated(self, names: Iterable[str]) -> list[str]:
        """The facts a proposal can state that some facts hang on."""
        out: dict[str, None] = {}
        for name in names:
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
        for cell in cells(self.library, fact, own, exact=self.exact):
            if cell[0] == "v":
                yield cell[1]
        if fact.type == "term" and ("fact", fact.id) in self.odd:
            if any(isinstance(leaf, nodes.Computed) and fact.id in leaf.facts for leaf in self.near):
                yield from sorted(self.library.vocabulary.taxonomy.below.get(fact.of or "", ()))
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
                    ready = add_months(line.day, duty.months) + _leaf.wait(duty)
                    yield from (ready, ready - DAY, ready + DAY)
                case nodes.FactLeaf():
                    yield from self._spans(leaf, name, line)
                case nodes.Computed() if name in leaf.facts:
                    yield from _leaf.around(_leaf.held(leaf.test))
        if any(self._counts_years(leaf, name) for leaf in self.near):
            for turn in turns:
                yield from (turn, turn + DAY)

    def _spans(self, leaf: nodes.FactLeaf, name: str, line: Line) -> Iterator[date]:
        """Days that make a length of time just short, just right and just long."""
        fact = self.facts[leaf.fact]
        if leaf.fact == name:
            yield from _leaf.around(leaf.operand)
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
            states: list[Any] = ["done", "refused"]
            if act in waits:
                states += dict.fromkeys((line.day, *self._notices(act, line)))
            edits: list[tuple[Edit, ...]] = [()]
            if act in line.acts:
                edits.append((Edit("act", act, unsaid=True),))
            edits += [(Edit("act", act, state),) for state in states if line.acts.get(act) != state]
            yield Axis("act", act, tuple(edits))

    def _notices(self, act: str, line: Line) -> Iterator[date]:
        """Days on which an act is just soon enough for the event it must come before."""
        for leaf in self.near:
            if isinstance(leaf, nodes.Late) and leaf.duty.act == act:
                event = line.facts.get(leaf.duty.event)
                event = event if isinstance(event, date) else line.day
                latest = add_months(event, -leaf.duty.months) - _leaf.wait(leaf.duty)
                yield from (latest, latest + DAY, latest - DAY)

    def _questions(self) -> Iterator[Axis]:
        for question in sorted({leaf.question for leaf in self.near if isinstance(leaf, nodes.QuestionLeaf)}):
            edits = [(), *((Edit("question", question, Stated(answer, SOURCE)),) for answer in (True, False))]
            yield Axis("question", question, tuple(edits))
