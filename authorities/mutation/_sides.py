"""What a test compares with, the lines of a grid on either side of it, and the test in a few words."""

from __future__ import annotations

from typing import Any

from authorities.mutation._grid import Grid, GridEvaluation
from rules import nodes

SIDES = ("just below", "at", "just above")


def limits_of(leaf: nodes.Node) -> list[Any]:
    """The numbers, lengths of time and days a test compares with; of a wait, or of the money's years, one mark."""
    match leaf:
        case nodes.FactLeaf() if leaf.kind == "bounds":
            return _numbers(leaf.operand)
        case nodes.CapLeaf():
            return [leaf.amount]
        case nodes.Late():
            return ["wait"]
        case nodes.Computed() if len(leaf.facts) == 2:
            return ["last"]
    return []


def sides(grid: Grid, evaluation: GridEvaluation, leaf: nodes.Node, limit: Any) -> tuple[int, int, int]:
    """The lines nearest below a limit, at it, and nearest above it."""
    valid = grid.full & ~grid.backwards()
    match leaf:
        case nodes.FactLeaf():
            fact, on = leaf.fact, leaf.on
        case nodes.CapLeaf():
            fact, on = leaf.cap.counts, "date"
        case nodes.Late():
            fact, on = leaf.duty.event, "date"
            valid &= _undone(grid, leaf.duty.act)
        case nodes.Computed():
            fact, on = leaf.facts[1], "date"
        case _:
            return 0, 0, 0
    column = {cell[1]: lines & valid for cell, lines in grid.column(fact, on).items() if cell[0] == "v"}
    if isinstance(leaf, (nodes.Late, nodes.Computed)):
        planes = evaluation.planes(leaf)
        good = [
            day for day, lines in column.items() if lines & (planes.f if isinstance(leaf, nodes.Late) else planes.t)
        ]
        if not good:
            return 0, 0, 0
        # the first day soon enough is the wait's limit; the last day that is the money's, that of its years
        limit = min(good) if isinstance(leaf, nodes.Late) else max(good)
    below = [value for value in column if value < limit and column[value]]
    above = [value for value in column if value > limit and column[value]]
    return (
        column[max(below)] if below else 0,
        column.get(limit, 0),
        column[min(above)] if above else 0,
    )


def _undone(grid: Grid, act: str) -> int:
    """The lines where an act is not yet done."""
    batch, masks = grid.short((), (act,))
    lines = 0
    for line, mask in zip(batch.lines, masks, strict=True):
        if line.acts.get(act, "not yet") == "not yet":
            lines |= mask
    return lines


def _numbers(operand: Any) -> list[Any]:
    """The plain numbers and days inside what a fact is compared with."""
    if isinstance(operand, tuple):
        return [n for one in operand for n in _numbers(one)]
    return [] if isinstance(operand, str) else [operand]


def said(leaf: nodes.Node) -> str:
    """A test in a few words."""
    match leaf:
        case nodes.FactLeaf():
            name = leaf.fact.replace("_", " ")
            if leaf.kind == "bounds":
                return f"{name} {', '.join(f'{word} {_plain(x)}' for word, x in leaf.operand)}"
            return f"{name} {_plain(leaf.operand)}"
        case nodes.CapLeaf():
            return f"the ceiling of {leaf.amount}"
        case nodes.Late():
            return f"the wait of {leaf.duty.id} before the {leaf.duty.event}"
        case nodes.QuestionLeaf():
            return f"question {leaf.question}"
        case nodes.ActLeaf():
            return f"{leaf.act} {leaf.state}"
        case nodes.Computed():
            return leaf.name
    return type(leaf).__name__.lower()


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)
