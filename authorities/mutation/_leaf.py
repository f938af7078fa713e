"""What a leaf of a condition reads, and the days it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import prod
from typing import Any

from authorities.mutation._grid import Axis
from rules import nodes
from rules.provisions import Duty

DAY = timedelta(days=1)


def wait(duty: Duty) -> timedelta:
    """How long before its event an act must be done, months apart; hours begun count as a day."""
    return timedelta(days=duty.days + -(-duty.hours // 24))


def read(leaf: nodes.Node) -> Sequence[str]:
    """The facts a leaf reads."""
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


def said(leaf: nodes.Node) -> list[tuple[str, str]]:
    """The acts and questions a leaf hangs on."""
    match leaf:
        case nodes.ActLeaf():
            return [("act", leaf.act)]
        case nodes.Late():
            return [("act", leaf.duty.act)]
        case nodes.QuestionLeaf():
            return [("question", leaf.question)]
    return []


def held(test: Any) -> tuple[Any, ...]:
    """What a test holds (the days between which words are in force)."""
    out: list[Any] = []
    for cell in test.__closure__ or ():
        held = cell.cell_contents
        out += [held] if isinstance(held, date) else [getattr(held, "since", None)]
    return tuple(out)


def around(operand: Any) -> Iterator[date]:
    """The days inside what a fact is compared with, and those beside them."""
    if isinstance(operand, tuple):
        for one in operand:
            yield from around(one)
    elif isinstance(operand, date) and operand.year > 1:
        yield from (operand - DAY, operand, operand + DAY)


def size(axes: Iterable[Axis]) -> int:
    """How many combinations some axes have."""
    return prod(len(axis.edits) for axis in axes)
