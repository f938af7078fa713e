"""Ceilings on an authority's money: the caps in force on a day, with their amounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from rules.conditions import ValueRef
from rules.explain import ref
from rules.library import Library
from rules.provisions import Cap, Fund, LawFile


class Ceiling(NamedTuple):
    """A cap in force. ``amount``: of what ``counts`` says (dollars for money); None: not said for the day."""

    citation: str
    gist: str
    amount: int | None
    counts: str
    money: bool
    per: str
    shared: str


def ceilings(library: Library, file: LawFile, day: date, years: Collection[int]) -> tuple[Ceiling, ...]:
    """The caps of a file that are law on the day, for money of any of the years."""
    out = []
    for cap in file.caps:
        held = [year for year in sorted(years) if in_force(cap, day, year)]
        if held:
            fact = library.vocabulary.facts[cap.counts]
            amount = number(library, file, cap.amount, day, held[-1])
            citation = ref(cap.id, cap, file).citation
            kind = fact.type == "money"
            out.append(Ceiling(citation, cap.gist, amount, cap.counts, kind, cap.per, cap.group or ""))
    return tuple(out)


def in_force(provision: Cap | Fund, day: date, year: int) -> bool:
    """Whether a provision is law on the day, or, where it follows the money, of money of the year."""
    life = provision.life
    if life.fund_years is not None:
        return life.fund_years.holds(year)
    return life.since <= day and (life.until is None or day < life.until)


def number(library: Library, file: LawFile, value: int | ValueRef | None, day: date, year: int) -> int | None:
    """A number, or the state of a dated value on the day (or for money of the year); None where it has none."""
    if not isinstance(value, ValueRef):
        return value
    owner = file if value.file is None else next(f for f in library.files() if f.id == value.file)
    now = None
    for entry in owner.values.get(value.name, ()):
        if entry.life.fund_years is not None:
            now = entry.is_ if entry.life.fund_years.holds(year) else now
        elif entry.life.since <= day:
            now = None if entry.life.until is not None and entry.life.until <= day else entry.is_
    return now if isinstance(now, int) else None
