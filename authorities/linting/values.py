"""Dated values: states that overlap, leave gaps, change nothing, or name no paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from authorities.linting._formulas import changed
from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.provisions import LawFile, ValueEntry, Years

OVERLAP = Kind(
    "value-overlap",
    "error",
    "Two states of a value on the same day, or for the same year's money.",
    "end the one where the other begins",
)
GAP = Kind(
    "value-gap",
    "warning",
    "Between two states of a value there are days, or years of money, with none.",
    "join the states, or say in a note that the law had none",
)
SAME = Kind(
    "value-unmoved",
    "warning",
    "An entry that leaves the value as it was: it adds what is there, takes away what is not, or says the same by the "
    "same law.",
    "correct the entry, or delete it",
)
NOTHING = Kind(
    "adds-to-nothing",
    "error",
    "An entry that adds or takes away where there is no state before it, or that state has ended: the list begins anew.",
    "take `until` off the entry before, or write the whole list under `is`",
)
UNSOURCED = Kind("unsourced-value", "warning", "A state of a value that cites no paragraph.", "give it a `cite`")
KINDS = (OVERLAP, GAP, SAME, NOTHING, UNSOURCED)


def check(view: View) -> Iterator[Issue]:
    """Every value of every file."""
    for file in view.files:
        for name, entries in file.values.items():
            yield from _value(view, file, name, entries)


def _value(view: View, file: LawFile, name: str, entries: tuple[ValueEntry, ...]) -> Iterator[Issue]:
    def at(index: int) -> Any:
        return view.at(file, f"values.{name}[{index}]", ("values", name, index))

    now: Any = None
    for i, entry in enumerate(entries):
        if not entry.cite:
            yield UNSOURCED.at(at(i), f"the state of '{name}' from {_from(entry)} cites no paragraph")
        if entry.is_ is None and (i == 0 or entries[i - 1].life.until is not None):
            yield NOTHING.at(at(i), f"the state of '{name}' from {_from(entry)} adds to a state that is not there")
        if entry.life.fund_years is None:
            then = entry.is_ if entry.is_ is not None else changed(now, entry)
            idle = [t for t in entry.adds if t in (now or ())] + [t for t in entry.removes if t not in (now or ())]
            renewed = entry.is_ is not None and entry.life.law != entries[i - 1].life.law
            if i and not renewed and (then == now or idle):
                what = f"'{idle[0]}' is no change" if idle else "it says the same as the entry before"
                yield SAME.at(at(i), f"the state of '{name}' from {_from(entry)}: {what}")
            now = then
    days = [(i, e) for i, e in enumerate(entries) if e.life.fund_years is None]
    for (_, one), (i, following) in pairwise(days):
        until, since = one.life.until, following.life.since
        if until is not None and until > since:
            yield OVERLAP.at(at(i), f"'{name}' from {since}, while the state before it holds until {until}")
        elif until is not None and until < since:
            yield GAP.at(at(i), f"'{name}' has no state from {until} to {since}")
    years = [(i, e.life.fund_years) for i, e in enumerate(entries) if e.life.fund_years is not None]
    if days and years:
        yield OVERLAP.at(
            at(years[0][0]), f"'{name}' has states by day and states by the money's year", "use one or other"
        )
    yield from _years(name, sorted(years, key=lambda pair: pair[1].first or 0), at)


def _years(name: str, years: list[tuple[int, Years]], at: Any) -> Iterator[Issue]:
    for (_, one), (i, following) in pairwise(years):
        last, first = one.last or 9999, following.first or 0
        if first <= last:
            yield OVERLAP.at(at(i), f"'{name}' has two states for money of fiscal year {max(first, one.first or 0)}")
        elif first > last + 1:
            yield GAP.at(at(i), f"'{name}' has no state for money of fiscal years {last + 1} to {first - 1}")


def _from(entry: ValueEntry) -> str:
    years = entry.life.fund_years
    return f"fiscal year {years.first or '...'}" if years is not None else str(entry.life.since)
