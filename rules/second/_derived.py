"""Facts that are computed from others, by the language's fixed list."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rules.second import _dates as dates
from rules.second._errors import SecondOpinionError

NO_YEAR = ("no-year", "no year", "indefinite")
Accounts = Mapping[str, Mapping[str, Any]]
EXPIRED_YEARS = 5  # fiscal years between expiry and cancellation, unless the account's `expired_years` says


def compute(kind: str, inputs: Sequence[Any], accounts: Accounts, known: Callable[[str], bool]) -> Any:
    """The value from inputs that are all known, in order; None where they do not settle it.

    `known` says of a Public Law whether it counts yet.
    """
    match kind:
        case "years between":
            return dates.years_between(inputs[0], inputs[1])
        case "days between":
            return (inputs[1] - inputs[0]).days
        case "fiscal year":
            return dates.fiscal_year(inputs[0])
        case "fiscal years spanned":
            return dates.fiscal_year(inputs[1]) - dates.fiscal_year(inputs[0]) + 1
        case "years after":
            return dates.fiscal_year(inputs[1]) - inputs[0]
        case "money phase":
            return money_phase(accounts.get(inputs[0], {}), inputs[1], inputs[2], known)
    raise SecondOpinionError(f"no derived fact is called {kind!r}")


def money_phase(
    account: Mapping[str, Any], fund_year: int, day: date, known: Callable[[str], bool] = lambda law: True
) -> str | None:
    """Whether money of that year is usable on `day`; None for an account that states no period.

    An account says `period_years` (fiscal years), and for single years `appropriations` with the last day.
    """
    if dates.fiscal_year(day) < fund_year:
        return "not-yet"
    if account.get("period_years") in NO_YEAR:
        return "current"
    last = _last_year(account, fund_year, known)
    if last is None:
        return None
    over = dates.fiscal_year(day) - last
    if over <= 0:
        return "current"
    return "expired" if over <= account.get("expired_years", EXPIRED_YEARS) else "cancelled"


def _last_year(account: Mapping[str, Any], fund_year: int, known: Callable[[str], bool]) -> int | None:
    for line in account.get("appropriations") or ():
        if line.get("fund_year") == fund_year and ("law" not in line or known(line["law"])):
            return dates.fiscal_year(line["available_until"])
    period = account.get("period_years")
    return None if period is None else fund_year + int(period) - 1
