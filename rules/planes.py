"""Three-valued truth for many lines at once.

A truth value for n lines is four n-bit integers: the lines where it is true; where it is false; and, for the rest,
two planes read towards a *goal* (true for a grant, false for a bar): ``s``, the lines that would reach the goal if
staff findings came out well, and ``p``, those that would if planner and table facts did too. A line in none is
counsel's. ``s`` includes the lines already at the goal, ``p`` includes ``s``. Strong Kleene logic throughout.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Letter = Literal["T", "F", "P", "C", "S", "c"]
"""What one leaf says of one line: true, false, unknown by supplier, or a choice not yet made (``c``)."""


class Planes(NamedTuple):
    """One truth value for n lines; see the module."""

    t: int
    f: int
    s: int
    p: int


def leaf(masks: Iterable[tuple[Letter, int]], goal: bool) -> Planes:
    """The planes of a leaf from (letter, lines) pairs. A choice comes out at the goal."""
    t = f = s = p = 0
    for letter, lines in masks:
        said = ("T" if goal else "F") if letter == "c" else letter
        if said == "T":
            t |= lines
        elif said == "F":
            f |= lines
        elif said == "S":
            s |= lines
        elif said == "P":
            p |= lines
    at_goal = t if goal else f
    s |= at_goal
    return Planes(t, f, s, p | s)


def negate(part: Planes) -> Planes:
    """Not the part, whose goal was the opposite of the result's."""
    return Planes(part.f, part.t, part.s, part.p)


def letter_of(value: Planes, bit: int, goal: bool) -> str:
    """One line's truth as a word towards the goal: ``goal``, ``S``, ``P``, ``C`` or ``opposite``."""
    if (value.t if goal else value.f) & bit:
        return "goal"
    if (value.f if goal else value.t) & bit:
        return "opposite"
    if value.s & bit:
        return "S"
    return "P" if value.p & bit else "C"
