"""The accounts: who spends each, for how long and for what, which years are open on a day, and its public record."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from authorities.loading import Loaded
from authorities.money import AccountYear, Row, account_year, account_years, of_account, resolutions
from rules.derived import FIRST_YEAR, LAST_YEAR
from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Account, Library
from rules.vocabulary import fold

PLACE = "advisor funds"


class AccountPage(NamedTuple):
    """An account on a day. ``years``: current and expired, newest first. ``period``: in fiscal years; None: not known.

    ``cancelled_through``: the newest year whose money is closed. ``appropriations``: the years whose act says otherwise
    than ``period``. ``rows``: the public record of its money.
    """

    id: str
    name: str
    under: tuple[str, ...]
    owner: str
    purpose: str
    purpose_source: str
    period: int | None
    years: tuple[AccountYear, ...]
    cancelled_through: int | None
    appropriations: tuple[AccountYear, ...]
    resolutions: tuple[Row, ...]
    rows: tuple[Row, ...]


def account_named(library: Library, word: str) -> Account:
    """An account, from its id or another name of it. Raises FaultsError for an unknown one."""
    if word in library.accounts:
        return library.accounts[word]
    words = library.vocabulary.term_words
    found = [id_ for id_ in words.get(fold(word), ()) if id_ in library.accounts]
    if len(found) == 1:
        return library.accounts[found[0]]
    near = nearest(word, library.accounts)
    raise FaultsError([Fault(Place(PLACE, None, "--account"), f"'{word}'", "an account (see: advisor funds)", near)])


def check(start: date | None, end: date | None, year: int | None) -> None:
    """Raises FaultsError for a year outside the calendar, and for an end before the start."""
    faults = []
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        faults.append(Fault(Place(PLACE, None, "--year"), f"{year}", f"a year from {FIRST_YEAR} to {LAST_YEAR}"))
    if start and end and end < start:
        faults.append(Fault(Place(PLACE, None, "--end"), f"{end}", f"a day not before the start, {start}"))
    if faults:
        raise FaultsError(faults)


def account_page(loaded: Loaded, account: Account, day: date) -> AccountPage:
    """An account on a day."""
    raw = loaded.raw["accounts"][account.id]
    calendar = loaded.library.calendar
    years = account_years(account, raw, day, calendar)
    return AccountPage(
        account.id,
        account.name,
        tuple(raw["under"]),
        account.owner,
        raw.get("purpose", "unknown"),
        raw.get("purpose_source", ""),
        account.period_years,
        years,
        years[-1].year - 1 if years else None,
        tuple(account_year(account, raw, year, day, calendar) for year in sorted(account.years)),
        resolutions(account.id),
        of_account(account.id),
    )


def every_account(loaded: Loaded, day: date) -> tuple[AccountPage, ...]:
    """Every account on a day, in the order of the library."""
    return tuple(account_page(loaded, account, day) for account in loaded.library.accounts.values())
