"""Days, fiscal years and spans of time."""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any


def fiscal_year(day: date, starts: int) -> int:
    """The fiscal year in which `day` lies, years beginning with the month `starts` and named by their end."""
    return day.year + (starts > 1 and day.month >= starts)


def fiscal_year_begins(year: int, starts: int) -> date:
    """The first day of a fiscal year; beyond the calendar, the calendar's first or last day."""
    if not MINYEAR < year < MAXYEAR:
        return date.min if year <= MINYEAR else date.max
    return date(year - (starts > 1), starts, 1)


def add_months(day: date, months: int) -> date:
    """`day` so many months later, on the last day of a month too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), following - timedelta(1))


def years_between(start: date, end: date) -> Any:
    """Whole years and the exact Fraction of the year begun; negative when `end` is before `start`."""
    from fractions import Fraction  # slow to import, seldom needed

    if end < start:
        return -years_between(end, start)
    whole = end.year - start.year
    if add_months(start, 12 * whole) > end:
        whole -= 1
    last, following = add_months(start, 12 * whole), add_months(start, 12 * (whole + 1))
    return whole + Fraction((end - last).days, (following - last).days)


def too_late(reference: date, event: date, wait: dict[str, int]) -> bool:
    """Whether the wait (`days`, `hours`, `months`) begun on `reference` is still running on `event`."""
    left = (event - reference).days
    if left < wait.get("days", left) or left * 24 < wait.get("hours", left * 24):
        return True
    return "months" in wait and add_months(reference, wait["months"]) > event
