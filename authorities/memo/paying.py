"""Money in a memo: the rules on it, the accounts they name with the year's money, and program codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from authorities.memo.frame import Frame, value_on
from authorities.memo.law import Law
from authorities.memo.model_money import UNKNOWN, Code, Paying, Purse, YearMoney
from authorities.memo.wording import stated
from authorities.money import ENDLESS, NEW, AccountYear, account_year, account_years, rows
from authorities.showing._lives import day_words
from authorities.showing._values import spaced
from rules.conditions import ValueRef
from rules.provisions import Fund, LawFile
from rules.words import amount

PARTS = 4
"""Parts of a year's money that end on another day, told at most."""


_NAMES = ("first", "second", "third", "fourth", "fifth")
_ORDINALS = ("the money's own fiscal year", *(f"the {name} fiscal year after the money's" for name in _NAMES))


def usable(frame: Frame, account: str) -> dict[int, AccountYear]:
    """The years whose money of an account can be obligated on some day of the memo's year, the newest first."""
    held, raw, calendar = frame.library.accounts.get(account), frame.accounts.get(account), frame.library.calendar
    if held is None or raw is None:
        return {}
    some = [one for day in (frame.first, frame.last) for one in account_years(held, raw, day, calendar)]
    years = sorted({one.year for one in some if one.phase == "current"}, reverse=True)
    return {year: account_year(held, raw, year, frame.last, calendar) for year in years}


def money_years(frame: Frame, file: LawFile) -> set[int]:
    """The years of money that an authority's accounts can still use in the memo's year, that year among them."""
    accounts = {account for fund in file.funds for account in fund.accounts}
    return {frame.year, *(year for account in accounts for year in usable(frame, account))}


def payings(law: Law) -> Iterator[Paying]:
    """The rules on money that count on the day."""
    for fund in filter(law.live, law.file.funds):
        verb = "may not pay" if fund.never else "only this money may pay" if fund.only else "may pay"
        named = tuple((id_, law.speaker.term(id_)) for id_ in fund.accounts)
        terms = tuple(_terms(law, fund))
        yield Paying(stated(law.file, fund), verb, named, terms, law.speaker.phrase(fund.when))


def _terms(law: Law, fund: Fund) -> Iterator[str]:
    if fund.begin_in_fund_year:
        yield "the activity begins in the money's fiscal year"
    years = fund.end_by_years
    if isinstance(years, ValueRef):
        years = value_on(law.file, years.name, law.day, law.frame.year)[0] if years.file is None else None
        if years is None:
            yield f"it ends by: {UNKNOWN}"
    if years is not None:
        named = _ORDINALS[years] if years < len(_ORDINALS) else f"fiscal year {years} after the money's"
        yield f"it ends by the close of {named}"
    for key in fund.defeats:
        limit, _, bar = key.partition(".")
        found = law.library.limits.get(limit)
        yield f"sets aside {found.statute if found else limit} (“{spaced(bar)}”)"


def purses(law: Law) -> Iterator[Purse]:
    """The accounts that the rules on money name, each once."""
    funds = [fund for fund in law.file.funds if law.live(fund)]
    for id_ in dict.fromkeys(account for fund in funds for account in fund.accounts):
        held, raw = law.library.accounts.get(id_), law.frame.accounts.get(id_, {})
        if held is None:
            continue
        span = "one fiscal year" if held.period_years == 1 else f"{held.period_years} fiscal years"
        period = f"{span} for new obligations, unless the year's act says otherwise"
        if held.period_years is None:
            period = UNKNOWN
        elif held.period_years >= ENDLESS:
            period = "available until spent"
        yield Purse(
            id_,
            held.name,
            held.owner or UNKNOWN,
            str(raw.get("purpose", UNKNOWN)),
            str(raw.get("purpose_source", "")),
            period,
            tuple(_year(law.frame, one) for one in usable(law.frame, id_).values()),
            tuple(_sums(law.frame, law.file, id_)),
        )


def _year(frame: Frame, one: AccountYear) -> YearMoney:
    through = frame.library.known_through
    unread = through is not None and one.opens > through
    source = f"{one.source or UNKNOWN}; the acts of that year were not read" if unread else one.source or UNKNOWN
    parts = [
        f"{f'${p.amount:,} of it' if p.amount is not None else 'a part of it'} through {day_words(p.last_day)} ({p.source})"
        for p in one.parts[:PARTS]
    ]
    return YearMoney(one.year, one.opens, one.last_day, one.closes, source, tuple(parts))


def _sums(frame: Frame, file: LawFile, account: str) -> Iterator[str]:
    """What the public record gives for the year's money of an account."""
    for row in rows():
        if (
            row.account == account
            and row.nature == NEW
            and row.amount is not None
            and row.years == (frame.year, frame.year)
        ):
            if not row.authorities or file.id in row.authorities:
                yield f"{amount(row.amount, 'money')} ({row.program}; {row.source})"


def codes(frame: Frame, file: LawFile, years: set[int]) -> tuple[Code, ...]:
    """The program codes read for an authority: of the money of the year, else the newest known; none where none was."""
    own = [row for row in rows() if row.code and file.id in row.authorities and row.code != "various"]
    some = [(any(row.of_year(year) for year in years), row) for row in own]
    newest = max((row.years[0] or 0 for row in own if row.years), default=0)
    kept = [row for now, row in some if now] or [row for row in own if row.years and row.years[0] == newest]
    current = any(now for now, _ in some)
    return tuple(
        Code(
            row.code,
            row.program,
            _span(row.years),
            f"{row.source}; {row.law}" if not row.source else row.source,
            current,
        )
        for row in kept
    )


def _span(years: tuple[int | None, int | None] | None) -> str:
    if years is None or years == (None, None):
        return UNKNOWN if years is None else "any"
    first, last = years
    if first == last:
        return str(first)
    return f"{first} and after" if last is None else f"{last} and before" if first is None else f"{first} to {last}"


def last_day_words(day: date | None) -> str:
    """A last day, or that none is known."""
    return day_words(day) if day is not None else "no end known"
