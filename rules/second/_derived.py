"""Facts that are computed from others, by the language's fixed list."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rules.second import _dates as dates
from rules.second._errors import SecondOpinionError
from rules.second._library import Library
from rules.second._plain import Doc

NO_YEAR = ("no-year", "no year", "indefinite")


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
    if account.get("period_years") in NO_YEAR:
        return "current"
    last = _last_year(library, account, fund_year, known)
    if last is None:
        return None
    over = library.fiscal_year(day) - last
    if over <= 0:
        return "current"
    return "expired" if over <= library.closing_years else "cancelled"


def _last_year(library: Library, account: Doc, fund_year: int, known: Callable[[str], bool]) -> int | None:
    for line in account.get("appropriations") or ():
        if line.get("fund_year") == fund_year and ("law" not in line or known(line["law"])):
            return library.fiscal_year(line["available_until"])
    period = account.get("period_years")
    return None if period is None else fund_year + int(period) - 1
