"""A mutated provision by itself: whether, on some lines, its own conditions come out as they did.

Where they do, nothing that is judged of those lines can differ, and the rest of the book need not be made.
"""

from __future__ import annotations

from typing import Any

from authorities.mutation.mutants import Mutant
from rules.evaluate import Evaluation
from rules.nodes import Node
from rules.provisions import Bar, Cap, Duty, Fund, Grant, LawFile, Provision
from rules.rulebook import Builder

_CONDITIONS = frozenset({"life", "when", "unless", "days", "months", "hours", "event", "amount", "counts", "used"})
"""The fields that are seen only in the conditions compared here; a change of another counts at once."""


def untouched(mutant: Mutant, file: LawFile, law: Builder, planted: Builder, lines: Evaluation) -> bool:
    """Whether the one provision a mutant changes comes out as before on every line; False where that is not plain."""
    if mutant.section not in ("grants", "bars", "duties", "caps", "funds"):
        return False
    one = getattr(file, mutant.section)[mutant.index]
    others = getattr(mutant.changed, mutant.section)
    if len(others) != len(getattr(file, mutant.section)):
        return isinstance(one, (Bar, Duty)) and all(lines.planes(n).f == lines.full for n in _nodes(law, file, one))
    other = others[mutant.index]
    if law.in_force(one.life) != planted.in_force(other.life) or not _alike(one, other):
        return False
    if not law.in_force(one.life):
        return True
    before, after = _nodes(law, file, one), _nodes(planted, mutant.changed, other)
    return len(before) == len(after) and all(
        lines.planes(a) == lines.planes(b) for a, b in zip(before, after, strict=True)
    )


def _alike(one: Provision, other: Provision) -> bool:
    """Whether two provisions differ at most in their conditions."""
    fields: dict[str, Any] = one.__dataclass_fields__
    return all(getattr(one, name) == getattr(other, name) for name in fields if name not in _CONDITIONS)


def _nodes(builder: Builder, file: LawFile, one: Provision) -> list[Node]:
    """The conditions of a provision that a finding is made of."""
    match one:
        case Grant():
            return [builder.window(one.life, builder.node(one.when, file, one.life.on, True))]
        case Bar():
            return [builder.bar(one, file, False).node, builder.bar(one, file, True).node]
        case Duty():
            duty = builder.duty(one, file)
            return [duty.applies, duty.bars, *([] if duty.excused is None else [duty.excused])]
        case Cap():
            cap = builder.cap(one, file)
            return [cap.applies, cap.node]
        case Fund():
            fund = builder.fund(one, file)
            return [fund.applies, fund.account, fund.years, fund.node, fund.never]
    return []
