"""The tests that leaves make of a cell: each turns a value, or the lack of one, into a letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rules.derived import fiscal_year
from rules.lines import Cell
from rules.planes import Letter
from rules.vocabulary import Taxonomy

Test = Callable[[Cell], Letter]

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "at most": lambda v, x: bool(v <= x),
    "more than": lambda v, x: bool(v > x),
    "at least": lambda v, x: bool(v >= x),
    "less than": lambda v, x: bool(v < x),
    "before": lambda v, x: bool(v < x),
    "after": lambda v, x: bool(v > x),
    "between": lambda v, x: bool(x[0] <= v <= x[1]),
}
_MEMBER: Mapping[str, Letter] = {"in": "T", "overlaps": "P", "out": "F"}
_ABSENT: Mapping[str, Letter] = {"o": "F", "c": "c", "P": "P", "C": "C", "S": "S"}


def absent(kind: str) -> Letter:
    """What a test says where there is no value: false of an opener unsaid, else the cell's own letter."""
    return _ABSENT[kind]


def within(bounds: tuple[tuple[str, Any], ...]) -> Test:
    """A number or date within every bound."""

    def test(cell: Cell) -> Letter:
        kind, value = cell
        if kind == "v":
            return "T" if all(COMPARE[word](value, operand) for word, operand in bounds) else "F"
        return absent(kind)

    return test


def member(taxonomy: Taxonomy, members: tuple[str, ...]) -> Test:
    """A term, or a set of terms, against a set: true, too general (planner's), or false."""
    told: dict[Cell, Letter] = {}

    def test(cell: Cell) -> Letter:
        known = told.get(cell)
        if known is None:
            known = told[cell] = tell(cell)
        return known

    def tell(cell: Cell) -> Letter:
        kind, value = cell
        if kind != "v":
            return absent(kind)
        if isinstance(value, tuple):
            letters = [_MEMBER[taxonomy.relation(one, members)] for one in value]
            return "T" if "T" in letters else "P" if "P" in letters else "F"
        return _MEMBER[taxonomy.relation(value, members)]

    return test


def equal(expected: Any) -> Test:
    """A yes-or-no fact, number or date that equals a value; an unsaid opener is as if said false."""
    opener: Letter = "T" if expected is False else "F"

    def test(cell: Cell) -> Letter:
        kind, value = cell
        if kind == "v":
            return "T" if value == expected else "F"
        return opener if kind == "o" else absent(kind)

    return test


def years_after(year_starts: int, first: int | None, last: int) -> Callable[[Sequence[Cell]], Letter]:
    """Whether a day lies from ``first`` to ``last`` fiscal years after the money's year: cells (year, day)."""

    def test(cells: Sequence[Cell]) -> Letter:
        for kind, _ in cells:
            if kind != "v":
                return absent(kind)
        after = fiscal_year(cells[1][1], year_starts) - cells[0][1]
        return "T" if (first is None or after >= first) and after <= last else "F"

    return test
