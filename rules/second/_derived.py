"""Facts that are computed from others, by the language's fixed list."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from rules.second import _dates as dates
from rules.second._errors import SecondOpinionError
from rules.second._library import Library
from rules.second._plain import Doc


def compute(kind: str, inputs: Sequence[Any], library: Library, known: Callable[[str], bool]) -> Any:
    """The value from inputs that are all known, in order; None where they do not settle it.

    `known` says of a Public Law whether it counts yet.
    """
    match kind:
        case "years between":
            return dates.years_between(inputs[0], inputs[1])
        case "days between":
            return (inputs[1] - inputs[0]).days
        case "fiscal year":
            return library.fiscal_year(inputs[0])
        case "fiscal years spanned":
            return library.fiscal_year(inputs[1]) - library.fiscal_year(inputs[0]) + 1
        case "years after":
            return library.fiscal_year(inputs[1]) - inputs[0]
        case "money phase":
            return money_phase(library, inputs[0], inputs[1], inputs[2], known)
    raise SecondOpinionError(f"no derived fact is called {kind!r}")


def money_phase(library: Library, name: str, fund_year: int, day: date, known: Callable[[str], bool]) -> str | None:
    """Whether money of that year is usable on `day`; None for an account that states no period.

    An account says `period_years` (fiscal years), and for single years `appropriations` with the last day.
    """
    account = library.accounts.get(name, {})
    if library.fiscal_year(day) < fund_year:
        return "not-yet"
    over = _over(library, account, fund_year, known)
    if over is None:
        return None
    if day < over:
        return "current"
    last_year = library.fiscal_year(over - timedelta(1))
    return "expired" if library.fiscal_year(day) - last_year <= library.closing_years else "cancelled"


def _over(library: Library, account: Doc, fund_year: int, known: Callable[[str], bool]) -> date | None:
    """The first day on which money of a year may no longer be obligated."""
    for line in account.get("appropriations") or ():
        if line["fund_year"] == fund_year and ("law" not in line or known(line["law"])):
            last: date = line["available_until"]
            return last + timedelta(1)
    period = account.get("period_years")
    return None if period is None else dates.fiscal_year_begins(fund_year + period, library.year_starts)
