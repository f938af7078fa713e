"""The calendar for the solver: years and days of an ordinal, fiscal years, anniversaries.

A year is taken apart into 400s, 100s, fours and ones, so that its first day is a plain sum and nothing need be divided.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import z3

_BEFORE = (*((date(2000, month, 1) - date(2000, 1, 1)).days for month in range(1, 13)), 366)
"""Days of a leap year before each month, and in all."""
_LEAP_DAY = 59
"""The place of 29 February in a leap year, from 0."""
Term = Any


class Year(NamedTuple):
    """A year: its number, the ordinal of its first day, and whether it has a leap day."""

    number: Term
    first: Term
    leap: Term


class Day(NamedTuple):
    """A day: its ordinal, its year, and its place in a leap year from 0 (so that 59 is 29 February of any year)."""

    ordinal: Term
    year: Year
    place: Term


class Calendar:
    """Years and days taken apart, each once.

    ``rules`` holds what makes them so, by year or day; ``used`` gathers which of them the terms made since it was last
    cleared rest on.
    """

    def __init__(self) -> None:
        self.rules: dict[Any, list[Term]] = {}
        self.used: set[Any] = set()
        self._years: dict[Any, Year] = {}
        self._days: dict[Any, Day] = {}
        self._count = 0

    def _year(self, key: Any) -> Year:
        """Some year."""
        rules = self.rules.setdefault(key, [])
        self._count += 1
        a, b, c, d = (z3.Int(f"year {self._count} {part}") for part in ("400s", "100s", "fours", "ones"))
        for part, most in ((a, 24), (b, 3), (c, 24), (d, 3)):
            rules += [part >= 0, part <= most]
        number = 400 * a + 100 * b + 4 * c + d + 1
        first = 146097 * a + 36524 * b + 1461 * c + 365 * d + 1
        return Year(number, first, z3.And(d == 3, z3.Or(c != 24, b == 3)))

    def day(self, ordinal: Term) -> Day:
        """A day by its ordinal."""
        key = ordinal.get_id()
        self.used.add(key)
        if key not in self._days:
            year = self._year(key)
            self._count += 1
            place = z3.Int(f"place {self._count}")
            here = year.first + place - z3.If(z3.And(z3.Not(year.leap), place > _LEAP_DAY), 1, 0)
            self.rules[key] += [place >= 0, place <= 365, z3.Or(year.leap, place != _LEAP_DAY), ordinal == here]
            self._days[key] = Day(ordinal, year, place)
        return self._days[key]

    def later(self, year: Year, years: int) -> Year:
        """The year so many years later."""
        if not years:
            return year
        key = (year.first.get_id(), years)
        self.used.add(key)
        if key not in self._years:
            self._years[key] = self._year(key)
            self.rules[key].append(self._years[key].number == year.number + years)
        return self._years[key]

    def fiscal_year(self, day: Day, starts: int) -> Term:
        """The fiscal year of a day; the year starts in the month ``starts``."""
        if starts <= 1:
            return day.year.number
        return day.year.number + z3.If(day.place >= _BEFORE[starts - 1], 1, 0)

    def ordinal(self, year: Year, place: Term) -> Term:
        """The ordinal of a place in a year; of 29 February where there is none, the day before."""
        return year.first + place - z3.If(z3.And(z3.Not(year.leap), place >= _LEAP_DAY), 1, 0)

    def months_later(self, day: Day, months: int) -> Term:
        """The ordinal of the same day some months later, or of that month's last day."""
        out: Term = None
        for month in range(12, 0, -1):
            years, following = divmod(month - 1 + months, 12)
            last = _BEFORE[following + 1] - 1
            moved = day.place - _BEFORE[month - 1] + _BEFORE[following]
            here = self.ordinal(self.later(day.year, years), z3.If(moved > last, z3.IntVal(last), moved))
            out = here if out is None else z3.If(day.place < _BEFORE[month], here, out)
        return out

    def years_within(self, start: Day, end: Day, word: str, bound: Fraction) -> Term:
        """Whether the years from start to end are at most, or less than, a bound (see :mod:`rules.derived`)."""
        whole = bound.numerator // bound.denominator
        part = bound - whole
        turned = self.ordinal(self.later(start.year, whole), start.place)
        if not part:
            return end.ordinal <= turned if word == "at most" else end.ordinal < turned
        following = self.ordinal(self.later(start.year, whole + 1), start.place)
        gone, most = (end.ordinal - turned) * part.denominator, part.numerator * (following - turned)
        inside = gone <= most if word == "at most" else gone < most
        return z3.And(end.ordinal < following, z3.Or(end.ordinal < turned, inside))
