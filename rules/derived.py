"""Facts that are computed from other facts, never stated: the closed list of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction
from typing import Any

from rules.library import Account, Calendar


def fiscal_year(day: date, year_starts: int) -> int:
    """The fiscal year a day falls in; it is named for the calendar year in which it ends."""
    return day.year + 1 if day.month >= year_starts > 1 else day.year


FIRST_YEAR, LAST_YEAR = 1000, 4999
"""Days and years that a proposal may state: no wait or period of the language leads from them beyond the calendar."""


def fiscal_year_ends(year: int, year_starts: int) -> date:
    """The last day of a fiscal year; beyond the calendar, its first or last day."""
    if not MINYEAR < year < MAXYEAR:
        return date.min if year <= MINYEAR else date.max
    return date(year if year_starts > 1 else year + 1, year_starts, 1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day {day} + {months} months")


def years_between(start: date, end: date) -> Fraction:
    """Whole years from start to end, plus the exact fraction of the year begun (a leap day turns on 28 February)."""
    whole = end.year - start.year
    if add_months(start, 12 * whole) > end:
        whole -= 1
    turned, following = add_months(start, 12 * whole), add_months(start, 12 * (whole + 1))
    return whole + Fraction((end - turned).days, (following - turned).days)


def money_phase(account: Account | None, year: int, day: date, calendar: Calendar) -> str | None:
    """``not-yet``, ``current``, ``expired`` or ``cancelled``; None where the account's period is not known.

    New obligations may be made through the last day available; the account then stays open for old bills
    through ``calendar.closing_years`` fiscal years more.
    """
    year_starts = calendar.year_starts
    if day <= fiscal_year_ends(year - 1, year_starts):
        return "not-yet"
    if account is None:
        return None
    last = account.years.get(year)
    if last is None:
        if account.period_years is None:
            return None
        last = fiscal_year_ends(year + account.period_years - 1, year_starts)
    if day <= last:
        return "current"
    closes = fiscal_year_ends(fiscal_year(last, year_starts) + calendar.closing_years, year_starts)
    return "expired" if day <= closes else "cancelled"


def compute(name: str, values: Sequence[Any], accounts: Mapping[str, Account], calendar: Calendar) -> Any:
    """The derived fact ``name`` from its inputs in order; None if it cannot be said."""
    year_starts = calendar.year_starts
    table: Mapping[str, Callable[..., Any]] = {
        "years between": years_between,
        "days between": lambda a, b: (b - a).days,
        "fiscal year": lambda d: fiscal_year(d, year_starts),
        "fiscal years spanned": lambda a, b: fiscal_year(b, year_starts) - fiscal_year(a, year_starts) + 1,
        "money phase": lambda a, y, d: money_phase(accounts.get(a), y, d, calendar),
        "years after": lambda y, d: fiscal_year(d, year_starts) - y,
    }
    return table[name](*values)
