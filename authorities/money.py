"""Money as the public record has it: a row for each program, appropriation and period of availability.

The table ``reference/fund_years.csv`` is a catalogue of facts in other words than the acts'; no rule reads it. Its first
nine columns are as they were gathered. The rest were filled by reading each row:

``account_id``      the account of the library whose money the row is about; where it is empty, ``left_out`` says why
``authority_id``    the authorities of the library that its authority column names, with a space between
``years``           fiscal years of appropriation: ``2018``, ``2012-2016``, ``2025-``, ``-2016``, ``any``; empty: not said
``last_day``        the last day for new obligations, of the whole, or of the rest where a named part lasts longer
``nature``          what the row's date is about, of :data:`NATURES`
``amount``          dollars, where the row gives a sum (it may be a ceiling)
``share``           of :data:`SHARES`: all the account's money of the year; a part with a period of its own; or overseas
                    contingency, emergency or supplemental money beside the rest
``end_years_after`` in how many fiscal years after its own the activity may end, where the row tells a cross-year rule
``longer_...``      the named part that lasts longer than the rest: its account, its last day, its sum
``cr_until``        the end of the continuing resolution the row was written under: never the end of the fund
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from authorities.home import kept, reference_rows
from rules.derived import fiscal_year, fiscal_year_ends, money_phase
from rules.faults import Fault, FaultsError, Place
from rules.library import Account, Calendar

TABLE = "fund_years.csv"
NEW = "new obligations"
RESOLUTION = "continuing resolution"
NATURES = (NEW, "reprogramming", "expenditure", RESOLUTION, "until expended", "not said")
SHARES = ("whole", "part", "separate")
LEFT_OUT = ("fund not in the library", "several accounts", "not an appropriation")
ENDLESS = 99
"""The period that stands for money without an end (see ``library/accounts``)."""


class Row(NamedTuple):
    """One row of the table. ``years``: first and last fiscal year, None open; None: not said. Days are inclusive."""

    number: int
    program: str
    law: str
    appropriation: str
    words: str
    code: str
    source: str
    note: str
    account: str
    authorities: tuple[str, ...]
    years: tuple[int | None, int | None] | None
    last_day: date | None
    nature: str
    amount: int | None
    share: str
    end_years_after: int | None
    longer: tuple[str, date, int] | None
    cr_until: date | None
    left_out: str

    def of_year(self, year: int) -> bool:
        """Whether the row speaks of money of this fiscal year."""
        if self.years is None:
            return False
        first, last = self.years
        return (first is None or first <= year) and (last is None or year <= last)


class Span(NamedTuple):
    """Money of one account that ends on one day: of the whole, or of a part. ``source``: where that is read."""

    last_day: date
    share: str
    amount: int | None
    source: str


class AccountYear(NamedTuple):
    """One year's money of an account on a day.

    ``opens``: the first day it may be obligated; ``last_day``: the last day for new obligations; ``closes``: the last
    day on which old bills may be paid. None: not known, or no end (``phase`` says which). ``phase``: ``not-yet``,
    ``current``, ``expired``, ``cancelled``, or ``unknown``. ``parts``: what the table says ends on another day.
    """

    year: int
    phase: str
    opens: date
    last_day: date | None
    closes: date | None
    source: str
    parts: tuple[Span, ...] = ()


@kept
def rows() -> tuple[Row, ...]:
    """The table. Raises FaultsError with everything in it that cannot be read."""
    return read(reference_rows(TABLE), TABLE)


def read(lines: Iterable[Mapping[str, str]], name: str) -> tuple[Row, ...]:
    """Rows from the lines of a table. Raises FaultsError with every fault of every line."""
    faults: list[Fault] = []
    made = [_row(number, line, name, faults) for number, line in enumerate(lines, start=2)]
    if faults:
        raise FaultsError(faults)
    return tuple(made)


def _row(number: int, line: Mapping[str, str], name: str, faults: list[Fault]) -> Row:
    def fault(column: str, expected: str) -> None:
        faults.append(Fault(Place(name, number, column), f"'{line[column]}'", expected))

    def day(column: str) -> date | None:
        try:
            return date.fromisoformat(line[column]) if line[column] else None
        except ValueError:
            fault(column, "a date, YYYY-MM-DD")
            return None

    def whole(column: str) -> int | None:
        if line[column] and not line[column].isdecimal():
            fault(column, "a whole number")
            return None
        return int(line[column]) if line[column] else None

    def one_of(column: str, words: Sequence[str], empty: bool) -> str:
        if line[column] not in words and not (empty and not line[column]):
            fault(column, "one of " + ", ".join(words))
        return line[column]

    years: tuple[int | None, int | None] | None = None
    first, dash, last = line["years"].partition("-")
    if line["years"] == "any":
        years = (None, None)
    elif all(not end or end.isdecimal() for end in (first, last)):
        years = (int(first) if first else None, int(last or (0 if dash else first)) or None) if line["years"] else None
    else:
        fault("years", "years (2018, 2012-2016, 2025-, -2016), any, or nothing")
    if bool(line["account_id"]) == bool(line["left_out"]):
        fault("account_id", "an account, or the reason in left_out why there is none")
    longer_day, longer_amount = day("longer_last_day"), whole("longer_amount")
    longer = None
    if longer_day is not None and longer_amount is not None:
        longer = (line["longer_account_id"], longer_day, longer_amount)
    return Row(
        number,
        line["program"],
        line["authority"],
        line["appropriation_act"],
        line["available_until"],
        line["program_code"],
        line["source"],
        line["note"],
        line["account_id"],
        tuple(line["authority_id"].split()),
        years,
        day("last_day"),
        one_of("nature", NATURES, False),
        whole("amount"),
        one_of("share", SHARES, bool(line["left_out"])),
        whole("end_years_after"),
        longer,
        day("cr_until"),
        one_of("left_out", LEFT_OUT, True),
    )


def of_account(account: str) -> tuple[Row, ...]:
    """The rows about an account's money, also those that name a part of another account as its own."""
    return tuple(r for r in rows() if r.account == account or (r.longer is not None and r.longer[0] == account))


def spans(account: str, year: int) -> tuple[Span, ...]:
    """The last days for new obligations that the table knows of a year's money, the soonest first."""
    found: dict[tuple[date, str], Span] = {}
    for row in of_account(account):
        if row.nature != NEW or not row.of_year(year):
            continue
        if row.account == account and row.last_day is not None:
            one = Span(row.last_day, row.share, row.amount, _where(row))
            found.setdefault((one.last_day, one.share), one)
        if row.longer is not None:
            own = row.longer[0] == account
            where = _where(row) if own else f"{_where(row)}; account {row.longer[0]}"
            one = Span(row.longer[1], "whole" if own else "part", row.longer[2], where)
            found.setdefault((one.last_day, one.share), one)
    return tuple(sorted(found.values()))


def _where(row: Row) -> str:
    act = row.appropriation.split(" (")[0]
    return row.source if not act or act in row.source else f"{row.appropriation} [{row.source}]"


def account_year(account: Account, raw: Mapping[str, Any], year: int, day: date, calendar: Calendar) -> AccountYear:
    """One year's money of an account on a day. ``raw``: the account as written, which says where its period is read."""
    starts = calendar.year_starts
    opens = fiscal_year_ends(year - 1, starts)
    opens = date.fromordinal(min(opens.toordinal() + 1, date.max.toordinal()))
    phase = money_phase(account, year, day, calendar) or "unknown"
    last = account.years.get(year)
    said = next((a.get("source", "") for a in raw.get("appropriations", ()) if a["fund_year"] == year), "")
    act = next((a.get("law", "") for a in raw.get("appropriations", ()) if a["fund_year"] == year), "")
    source = ", ".join(filter(None, (f"Public Law {act}" if act else "", said)))
    if last is None:
        if account.period_years is None or account.period_years >= ENDLESS:
            return AccountYear(year, phase, opens, None, None, source)
        last = fiscal_year_ends(year + account.period_years - 1, starts)
        source = f"the account's own period of {account.period_years} year{'s' if account.period_years != 1 else ''}"
    closes = fiscal_year_ends(fiscal_year(last, starts) + calendar.closing_years, starts)
    parts = tuple(s for s in spans(account.id, year) if s.last_day != last)
    return AccountYear(year, phase, opens, last, closes, source, parts)


def account_years(account: Account, raw: Mapping[str, Any], day: date, calendar: Calendar) -> tuple[AccountYear, ...]:
    """The years whose money is current or expired on a day, the newest first; none where no period is known."""
    if account.period_years is None or account.period_years >= ENDLESS:
        return ()
    now = fiscal_year(day, calendar.year_starts)
    reach = account.period_years + calendar.closing_years + 4
    found = (account_year(account, raw, year, day, calendar) for year in range(now, now - reach, -1))
    return tuple(one for one in found if one.phase in ("current", "expired"))


def resolutions(account: str, year: int | None = None) -> tuple[Row, ...]:
    """The rows written under a continuing resolution: when it ended, which is not when the money ends."""
    found = (r for r in rows() if r.account == account and r.nature == RESOLUTION)
    return tuple(r for r in found if year is None or r.of_year(year))
