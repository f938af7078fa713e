"""Funds, accounts and caps."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View, overlap
from rules import conditions as c

NO_FUNDS = Kind(
    "grants-without-funds",
    "warning",
    "An authority that grants something and says of no money that it may pay.",
    "encode which account pays, with its cite or secondary basis",
)
PERIOD = Kind(
    "account-without-period",
    "warning",
    "A fund names an account whose period of availability nobody states: whether its money is current stays unknown.",
    "give the account `period_years`, or `appropriations` for the years read",
)
BOTH = Kind(
    "contradictory-funds",
    "error",
    "One file says of the same account, on the same days and without condition, that it may pay and that it may not.",
    "say in `when` which case is which",
)
USED = Kind(
    "cap-without-used",
    "style",
    "A cap over a year that names no fact for what is already used: other activities of the year cannot be counted.",
    "name the fact under `used`",
)
SOURCE = Kind(
    "unsourced-appropriation",
    "warning",
    "A year of an account that names neither law nor source.",
    "name the act, and where in it the period stands",
)
KINDS = (NO_FUNDS, PERIOD, BOTH, USED, SOURCE)


def check(view: View) -> Iterator[Issue]:
    """Every authority, account and cap."""
    accounts = view.library.accounts
    reported: set[str] = set()
    for file in view.files:
        may = [fund for fund in file.funds if not fund.never]
        if file.kind == "authority" and file.grants and not may:
            yield NO_FUNDS.at(view.at(file, "funds"), f"'{file.id}' grants, and no fund says what pays")
        for fund in may:
            for id_ in fund.accounts:
                account = accounts.get(id_)
                if account is None or account.period_years is not None or account.years or id_ in reported:
                    continue
                if len(view.words.taxonomy.below[id_]) > 1:
                    continue  # a group of accounts: the one that pays has the period
                reported.add(id_)
                place = view.entry(view.sources.accounts, "accounts", id_)
                yield PERIOD.at(place, f"'{fund.id}' of '{file.id}' is paid from '{id_}', which has no period")
        for never in file.funds:
            for fund in may:
                plain = never.never and never.when == fund.when == c.TRUE and overlap(never.life, fund.life)
                both = set(never.accounts) & set(fund.accounts) if plain else set()
                if both:
                    text = f"'{fund.id}' lets {sorted(both)[0]} pay and '{never.id}' forbids it"
                    yield BOTH.at(view.provision(never), text)
        for cap in file.caps:
            if cap.per in ("country-year", "authority-year") and cap.used is None:
                yield USED.at(view.provision(cap), f"'{cap.id}' counts a {cap.per} and names no fact under `used`")
    for doc in view.sources.accounts:
        for id_, raw in doc.data.get("accounts", {}).items():
            for one in raw.get("appropriations", ()):
                if "law" not in one and "source" not in one:
                    place = view.entry([doc], "accounts", id_)
                    yield SOURCE.at(place, f"the money of fiscal year {one['fund_year']} of '{id_}' has no source")
