"""Which provisions decide a verdict."""

from rules.second import _letters as letters
from rules.second import _verdict as verdict
from rules.second._findings import BAR, BREACH, CAP, DUTY, FUND, GRANT, Assembly
from rules.second._node import Node

STOPS = (BAR, BREACH, CAP)


def deciding(found: Assembly, says: str) -> tuple[str, ...]:
    """The ids of the provisions that decide what the verdict `says`, in the order they were read."""
    if says == verdict.NO_AUTHORITY:
        return tuple(name for name, kind, _ in found.entries if kind == GRANT)
    if says == verdict.PROHIBITED:
        return tuple(name for name, kind, node in found.entries if _stops(kind, node))
    if says in verdict.LAWFUL:
        held = tuple(name for name, kind, node in found.entries if kind == GRANT and node.letter == letters.T)
        if says == verdict.PERMITTED:
            return held
        findings = (name for name, kind, node in found.entries if kind != DUTY and node.letter == letters.S)
        return (*held, *found.outstanding, *found.needed, *findings)
    unknown = (letters.P, letters.C, letters.S)
    return tuple(name for name, kind, node in found.entries if kind != DUTY and node.letter in unknown)


def _stops(kind: str, node: Node) -> bool:
    """A true bar, breached duty or cap; a fund that will not do, or money that may not be used."""
    if kind == FUND:
        return node.letter == letters.of(not node.goal)
    return kind in STOPS and node.letter == letters.T
