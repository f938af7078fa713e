"""Many proposals at once: one line changed along some axes, in every combination, judged without making each line.

A fact depends on few of the axes. Its column is read off the few lines in which only those differ, and laid over the
whole as planes; so a million proposals cost little more than a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from authorities.mutation._product import Product
from rules import nodes
from rules.evaluate import Evaluation
from rules.library import Library
from rules.lines import Batch, Cell, Found, Line
from rules.planes import Letter


class Edit(NamedTuple):
    """One change of a line: a fact, an act or an answer to a question, said or (``unsaid``) taken away."""

    kind: str
    name: str
    value: Any = None
    unsaid: bool = False


@dataclass(frozen=True)
class Axis:
    """A thing that varies, and what it is on each line: the first edits leave the line as it was (none)."""

    kind: str
    name: str
    edits: tuple[tuple[Edit, ...], ...]


def edited(line: Line, edits: Iterable[Edit]) -> Line:
    """A line with some things said otherwise. The day a line is read on moves with its ``date``."""
    facts, acts, answers = dict(line.facts), dict(line.acts), dict(line.answers)
    shelves = {"fact": facts, "act": acts, "question": answers}
    for edit in edits:
        if edit.unsaid:
            shelves[edit.kind].pop(edit.name, None)
        else:
            shelves[edit.kind][edit.name] = edit.value
    day = facts.get("date")
    moved = day if isinstance(day, date) else line.day
    return Line(facts, acts, moved, moved, answers, line.group)


class Grid(Batch):
    """A batch of every combination of some axes around one line."""

    def __init__(self, library: Library, line: Line, axes: Sequence[Axis], *, strict: bool = False):
        super().__init__(library, (), strict=strict)
        self.line, self.axes = line, tuple(axes)
        self.product = Product([len(axis.edits) for axis in axes])
        self.full = self.product.full
        self._short: dict[tuple[int, ...], tuple[Batch, list[int]]] = {}
        self._reach: dict[str, frozenset[str]] = {}

    def edits_of(self, index: int) -> tuple[Edit, ...]:
        """The changes that make a line."""
        values = self.product.decode(index)
        return tuple(e for axis, value in zip(self.axes, values, strict=True) for e in axis.edits[value])

    def line_at(self, index: int) -> Line:
        """One line of the grid."""
        return edited(self.line, self.edits_of(index))

    def inputs(self, fact: str) -> frozenset[str]:
        """The facts that the value of a fact can hang on."""
        known = self._reach.get(fact)
        if known is None:
            declared = self.library.vocabulary.facts[fact]
            found = {fact}
            for source in (*declared.source, *((declared.keyed_by,) if declared.keyed_by else ())):
                found |= self.inputs(source)
            known = self._reach[fact] = frozenset(found)
        return known

    def short(
        self, facts: Iterable[str], acts: Iterable[str] = (), questions: Iterable[str] = ()
    ) -> tuple[Batch, list[int]]:
        """The lines that differ in what these hang on, as a batch, with the lines of the grid each stands for."""
        wanted = {("fact", one) for fact in facts for one in self.inputs(fact)} | {("fact", "date")}
        wanted |= {("act", act) for act in acts} | {("question", question) for question in questions}
        chosen = tuple(i for i, axis in enumerate(self.axes) if (axis.kind, axis.name) in wanted)
        known = self._short.get(chosen)
        if known is None:
            lines, masks = [self.line], [self.full]
            for i in chosen:
                axis = self.axes[i]
                marks = [self.product.mask(i, n) for n in range(len(axis.edits))]
                lines = [edited(line, edits) for line in lines for edits in axis.edits]
                masks = [mask & mark for mask in masks for mark in marks]
            known = self._short[chosen] = (Batch(self.library, lines, strict=self.strict), masks)
        return known

    def column(self, fact: str, on: str = "date") -> dict[Cell, int]:
        """The lines that share each cell of a fact."""
        key = (fact, on)
        column = self._columns.get(key)
        if column is None:
            batch, masks = self.short((fact, *(() if on == "date" else (on,))))
            column = self._columns[key] = _laid(batch.found(fact, on), masks)
        return column

    def joint(self, facts: tuple[str, ...]) -> dict[tuple[Cell, ...], int]:
        """The lines that share each combination of cells of several facts."""
        known = self._joints.get(facts)
        if known is None:
            batch, masks = self.short(facts)
            known = self._joints[facts] = {}
            for cells, mask in _spread(batch.joint(facts), masks):
                known[cells] = known.get(cells, 0) | mask
        return known

    def backwards(self) -> int:
        """The lines that no proposal may say: they end before they start."""
        if not {"start", "end"} <= set(self.library.vocabulary.facts):
            return 0
        out = 0
        for (start, end), lines in self.joint(("start", "end")).items():
            if start[0] == "v" == end[0] and end[1] < start[1]:
                out |= lines
        return out

    def act_lines(self, act: str, state: str) -> int:
        """The lines on which an act is ``done`` or ``refused``."""
        batch, masks = self.short((), (act,))
        return _over(batch.act_lines(act, state), masks)


class GridEvaluation(Evaluation):
    """An evaluation of a grid: the leaves that are read line by line are read off the lines that differ in them."""

    def __init__(self, grid: Grid, before: Evaluation | None = None):
        super().__init__(grid)
        self.grid = grid
        if before is not None:
            self._memo = dict(before._memo)

    def _by_line(self, node: nodes.Node) -> list[tuple[Letter, int]]:
        match node:
            case nodes.QuestionLeaf():
                batch, masks = self.grid.short((), (), (node.question,))
            case nodes.Late():
                batch, masks = self.grid.short((node.duty.event,), (node.duty.act,))
            case nodes.CapLeaf():
                used = () if node.cap.used is None else (node.cap.used,)
                batch, masks = self.grid.short((node.cap.counts, *used))
            case _:
                return super()._by_line(node)
        each = Evaluation(batch)
        letters: dict[Letter, int] = {}
        for i, mask in enumerate(masks):
            letter = each._letter(node, i)
            letters[letter] = letters.get(letter, 0) | mask
        return list(letters.items())


def _laid(found: Sequence[Found], masks: Sequence[int]) -> dict[Cell, int]:
    column: dict[Cell, int] = {}
    for one, mask in zip(found, masks, strict=True):
        column[one.cell] = column.get(one.cell, 0) | mask
    return column


def _over(lines: int, masks: Sequence[int]) -> int:
    """Lines of a short batch as the lines of the grid they stand for."""
    out = 0
    while lines:
        low = lines & -lines
        out |= masks[low.bit_length() - 1]
        lines ^= low
    return out


def _spread(joint: Mapping[tuple[Cell, ...], int], masks: Sequence[int]) -> Iterator[tuple[tuple[Cell, ...], int]]:
    for cells, lines in joint.items():
        yield cells, _over(lines, masks)


__all__ = ["Axis", "Edit", "Grid", "GridEvaluation", "edited"]
