"""Money as a page of text: what may pay under an authority, or the accounts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from advisor.ceilings import Ceiling
from advisor.fund_accounts import AccountPage
from advisor.funds import FundsPage, Payment, YearFit
from advisor.screen import WIDTH, day
from authorities.money import ENDLESS, AccountYear, Row
from rules.words import amount, listed

FITS = {"yes": "may pay", "no": "may not pay", "depends": "may pay, if"}
SHARES = {"part": "A part", "separate": "Beside the rest", "whole": "Also on record"}
NO_RULE = (
    "The text names no account: it gives no money, and forbids none. Which appropriation may pay, if any, is for the "
    "general law of money: a question for the comptroller and counsel."
)
END = "Unknown means that no source read says, never no."


def render(page: FundsPage) -> str:
    """What money could pay under an authority."""
    out = [f"{page.short} ({page.statute}): money on {day(page.day)}"]
    if page.start or page.end:
        out.append(f"Activity from {day(page.start) if page.start else 'unsaid'} to {_end(page)}")
    out.append("")
    if not page.names_account:
        out += textwrap.wrap(NO_RULE, WIDTH)
    elif not page.payments:
        asked = f" for money of fiscal year {page.year}" if page.year is not None else ""
        out += textwrap.wrap(f"No fund rule of this authority is in force on that day{asked}.", WIDTH)
    for one in page.payments:
        out += [*_payment(one, bool(page.start or page.end)), ""]
    if page.caps:
        out += ["Ceilings on the authority's money", *(line for cap in page.caps for line in _cap(cap))]
    return "\n".join([*out, "", *textwrap.wrap(END, WIDTH)]) + "\n"


def _end(page: FundsPage) -> str:
    return day(page.end) if page.end else "unsaid"


def _payment(one: Payment, dated: bool) -> Iterator[str]:
    head = "Not from" if one.never else "Only from" if one.only else "From"
    yield from _wrapped(head, f"{one.name} [{one.account}]", 0)
    yield from _wrapped("", f"{one.gist} ({one.citation})", 0)
    if one.basis != "text":
        yield from _wrapped("", f"Basis: {one.basis}", 0)
    for year in one.years:
        yield from _year(year, dated)
    if one.below:
        said = "; ".join(f"{account} {listed([*map(str, years)], 'and')}" for account, years in one.below)
        yield from _wrapped("", f"Accounts that are part of it and have money of other years: {said}.", 0)


def _year(one: YearFit, dated: bool) -> Iterator[str]:
    money = one.money
    said = [f"{FITS[one.fits] if one.fits != 'depends' else 'depends'}: {_life(money)}"]
    if one.begin:
        said.append(f"the activity must begin from {day(one.begin[0])} to {day(one.begin[1])}")
    if one.end_by:
        said.append(f"it must end by {day(one.end_by)}")
    yield from _wrapped(f"FY {money.year}", "; ".join(said) + ".", 2)
    for why in one.why:
        yield from _wrapped("", f"{'Why' if one.fits == 'no' else 'Depends'}: {why}", 2)
    yield from _parts(money)
    yield from _resolutions(one.resolutions)


def _life(money: AccountYear) -> str:
    if money.phase == "unknown":
        return "how long its money lasts is unknown"
    if money.last_day is None or money.closes is None:
        return "no end: it stays until it is spent" if money.phase == "current" else "not open yet"
    until = f"new obligations through {day(money.last_day)}"
    return {
        "not-yet": f"not open before {day(money.opens)}; then {until}",
        "current": until,
        "expired": f"expired: {until} only; old bills through {day(money.closes)}",
        "cancelled": f"cancelled: closed after {day(money.closes)}",
    }[money.phase]


def _parts(money: AccountYear) -> Iterator[str]:
    for part in money.parts:
        sum_ = f", {amount(part.amount, 'money')}" if part.amount is not None else ""
        yield from _wrapped("", f"{SHARES[part.share]}{sum_}: through {day(part.last_day)} ({part.source}).", 2)


def _resolutions(rows: Iterable[Row]) -> Iterator[str]:
    for row in {row.cr_until: row for row in rows}.values():
        ended = f" ended {day(row.cr_until)}" if row.cr_until else ""
        said = f"The continuing resolution{ended}; that is not the end of the fund ({row.appropriation}; {row.source})."
        yield from _wrapped("", said, 2)


def _cap(cap: Ceiling) -> Iterator[str]:
    number = "amount unknown" if cap.amount is None else amount(cap.amount, "money" if cap.money else "count")
    shared = f", shared as {cap.shared}" if cap.shared else ""
    yield from _wrapped(
        "", f"{number} of {cap.counts.replace('_', ' ')}, per {cap.per}{shared}: {cap.gist} ({cap.citation})", 0
    )


# --- accounts -----------------------------------------------------------------------------------------------------
def render_accounts(pages: Iterable[AccountPage], *, every: bool = False) -> str:
    """The accounts; ``every``: with each row of the public record."""
    out: list[str] = []
    for page in pages:
        out += [*_account(page, every), ""]
    return "\n".join([*out, *textwrap.wrap(END, WIDTH)]) + "\n"


def _account(page: AccountPage, every: bool) -> Iterator[str]:
    yield from textwrap.wrap(f"{page.name} [{page.id}], of {listed(list(page.under), 'and')}", WIDTH)
    yield from _wrapped("Owner", page.owner, 0)
    source = f" ({page.purpose_source})" if page.purpose_source else ""
    yield from _wrapped("Purpose", page.purpose + source, 0)
    yield from _wrapped("Period", _period(page), 0)
    for phase in ("current", "expired"):
        years = [one for one in page.years if one.phase == phase]
        said = "; ".join(f"FY {one.year} {_short(one, phase)}" for one in years)
        if said:
            yield from _wrapped(phase.capitalize(), said + ".", 0)
    if page.cancelled_through is not None:
        yield from _wrapped("Cancelled", f"FY {page.cancelled_through} and before.", 0)
    for one in page.appropriations if every else ():
        yield from _wrapped(f"FY {one.year}", f"{_life(one)} ({one.source}).", 0)
    for one in page.years if every else ():
        yield from _parts(one)
    yield from _resolutions(page.resolutions)
    told = [row for row in page.rows if row not in page.resolutions]
    for row in told if every else ():
        yield from _wrapped("", _record(row), 0)
    if told and not every:
        yield from _wrapped("Record", f"{len(told)} rows (--account {page.id} lists them).", 0)


def _period(page: AccountPage) -> str:
    if page.period is None:
        return "unknown: it is not one period"
    if page.period >= ENDLESS:
        return "no end: available until spent"
    return f"{page.period} fiscal year{'s' if page.period != 1 else ''} for new obligations, unless a year's act says otherwise"


def _short(one: AccountYear, phase: str) -> str:
    end = one.last_day if phase == "current" else one.closes
    words = "through" if phase == "current" else "(old bills through"
    return f"{words} {day(end)}{'' if phase == 'current' else ')'}" if end else ""


def _record(row: Row) -> str:
    sum_ = f", {amount(row.amount, 'money')}" if row.amount is not None else ""
    ends = f" through {day(row.last_day)}" if row.last_day else ""
    code = f", code {row.code}" if row.code else ""
    share = " (a part)" if row.share == "part" else ""
    said = f"{row.program}{sum_}{code}: {row.nature}{ends}{share}"
    longer = f"; {amount(row.longer[2], 'money')} of it through {day(row.longer[1])}" if row.longer else ""
    words = f" \u201c{row.words}\u201d" if row.words and not row.last_day else ""
    return f"{said}{longer}{words} ({row.appropriation or row.law}; {row.source})"


def _wrapped(label: str, text: str, more: int) -> list[str]:
    """A label and its text beside it, set in by ``more``."""
    head = f"  {' ' * more}{label:<10}"
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False)
