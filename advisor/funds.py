"""Money: what may pay under an authority, from which years and until when.

The engine is asked for each fund rule and each limit on how long money lasts, so nothing here differs from ``advisor
ask``. Parts with a period of their own and continuing resolutions come from :mod:`authorities.money`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from advisor.asking import ask, named
from advisor.ceilings import Ceiling, ceilings, in_force, number
from advisor.fund_accounts import PLACE, account_named, check
from advisor.fund_limits import not_from, of_time
from authorities.loading import Loaded
from authorities.money import AccountYear, Row, account_year, account_years, resolutions, spans
from rules.conditions import walk
from rules.derived import fiscal_year, fiscal_year_ends
from rules.explain import ref
from rules.faults import Fault, FaultsError, Place
from rules.findings import Bar, Finding
from rules.library import Account, Library
from rules.proposals import from_mapping
from rules.provisions import Fund, LawFile
from rules.rulebook import Shelf


class YearFit(NamedTuple):
    """Whether one year's money may pay. ``fits``: ``yes``, ``no`` or ``depends``, with ``why``.

    ``begin``: the days between which the activity must begin, where the rule says so; ``end_by``: the last day on
    which it may end. ``resolutions``: what was written under a continuing resolution of that year.
    """

    money: AccountYear
    begin: tuple[date, date] | None
    end_by: date | None
    fits: str
    why: tuple[str, ...]
    resolutions: tuple[Row, ...]


class Payment(NamedTuple):
    """One fund rule in force, for one account. ``only``: no other money; ``never``: not this money.

    ``below``: accounts that are part of it and have money of other years, with those years.
    """

    key: str
    citation: str
    gist: str
    basis: str
    only: bool
    never: bool
    account: str
    name: str
    years: tuple[YearFit, ...]
    below: tuple[tuple[str, tuple[int, ...]], ...]


class FundsPage(NamedTuple):
    """What money could pay. ``names_account``: whether the authority has a fund rule at all, on any day."""

    authority: str
    short: str
    statute: str
    day: date
    start: date | None
    end: date | None
    year: int | None
    names_account: bool
    payments: tuple[Payment, ...]
    caps: tuple[Ceiling, ...]


# --- an authority -------------------------------------------------------------------------------------------------
class Asker:
    """Asks the engine about money on one day. ``start`` and ``end`` of the activity: None where nobody said."""

    def __init__(self, loaded: Loaded, day: date, start: date | None, end: date | None, shelf: Shelf | None = None):
        self.loaded, self.library, self.day, self.start, self.end = loaded, loaded.library, day, start, end
        self.shelf = shelf or Shelf(loaded.library)
        self.now = fiscal_year(day, loaded.library.calendar.year_starts)
        self.limits = tuple(of_time(loaded.library))

    def finding(
        self, asked: str, account: str, year: int, start: date | None, end: date | None, unsaid: tuple[str, ...] = ()
    ) -> Finding | None:
        """What the engine finds of one fund rule or limit; None: not in force. ``unsaid``: facts not to be presumed."""
        said: dict[str, object] = dict.fromkeys(("element", *unsaid), "unknown")
        said |= {"account": account, "fund_year": year, "start": start, "end": end}
        document = from_mapping({key: value for key, value in said.items() if value is not None}, PLACE)
        found = ask(
            self.loaded, document, today=self.day, day=self.day, second=False, shelf=self.shelf, asked=asked
        ).lines[0]
        return found.findings.read[0] if found.findings.read else None

    def life(self, account: Account, year: int, crossed: frozenset[str] = frozenset()) -> tuple[str, list[str]]:
        """Whether the money lasts, by the limits alone. ``crossed``: bars that an authority's own rule sets aside.

        Where no day of the activity is said, it is taken to fall on the day of the question.
        """
        start = self.start or self.end or self.day
        found = [self.finding(limit, account.id, year, start, self.end or start) for limit in self.limits]
        bars = [b for one in found if one for b in one.bars if f"{one.authority}.{b.ref.key}" not in crossed]
        fits, why = _verdict(bars)
        raw = self.loaded.raw["accounts"][account.id]
        money = account_year(account, raw, year, self.day, self.library.calendar)
        late = max(self.day, start, self.end or start) if not crossed else self.day
        parts = [p for p in money.parts if p.share == "part" and money.last_day and p.last_day < money.last_day]
        for part in parts if fits == "yes" else ():
            if late > part.last_day:
                fits, why = (
                    "depends",
                    [f"a part of this money ended on {part.last_day:%-d %B %Y}: which part pays? ({part.source})"],
                )
        return fits, why

    def reached(self, file: LawFile, fund: Fund, account: Account, year: int) -> tuple[str, list[str]] | None:
        """Whether a fund rule lets the year's money pay; None where it does not reach that year's money at all."""
        asked, unsaid = f"{file.id}.{fund.id}", _presumed(self.library, fund)
        finding = self.finding(asked, account.id, year, self.start, self.end, unsaid)
        if finding is None:
            return None
        if finding.verdict == "prohibited" and not finding.bars:
            any_day = self.finding(asked, account.id, year, None, None, unsaid) if self.start or self.end else None
            if any_day is None or (any_day.verdict == "prohibited" and not any_day.bars):
                return None
            return "no", [f"this rule does not reach an activity of those days ({ref(fund.id, fund, file).citation})"]
        fits, why = _verdict(finding.bars)
        if fits == "depends":
            missing = [f"{u.question} ({u.supplier})" for u in finding.unknown if u.id not in ("start", "end")]
            if not missing and (self.start or self.end):
                missing = ["the activity's first and last day are not both said"]
            fits, why = ("depends", missing) if missing else ("yes", [])
        return fits, why

    def rule(self, file: LawFile, fund: Fund, account: Account, year: int) -> YearFit | None:
        """One fund rule and one year's money of an account; None where the rule does not reach that year."""
        reached = self.reached(file, fund, account, year)
        if reached is None:
            return None
        (fits, why), (lasts, because) = reached, self.life(account, year, frozenset(fund.defeats))
        fits = "no" if "no" in (fits, lasts) else "depends" if "depends" in (fits, lasts) else "yes"
        calendar = self.library.calendar
        money = account_year(account, self.loaded.raw["accounts"][account.id], year, self.day, calendar)
        after = number(self.library, file, fund.end_by_years, self.day, year)
        return YearFit(
            money,
            (money.opens, fiscal_year_ends(year, calendar.year_starts)) if fund.begin_in_fund_year else None,
            None if after is None else fiscal_year_ends(year + after, calendar.year_starts),
            fits,
            tuple(dict.fromkeys((*why, *because))),
            resolutions(account.id, year),
        )

    def payments(self, file: LawFile, year: int | None, only: Account | None) -> Iterator[Payment]:
        """Every fund rule of a file that is law on the day, for each account it names (or the one asked about)."""
        for fund in file.funds:
            if fund.life.fund_years is None and not in_force(fund, self.day, self.now):
                continue
            if file.kind != "authority" and not fund.never:
                continue
            for id_ in (only.id,) if only and not fund.never else fund.accounts:
                account = self.library.accounts.get(id_)
                years = tuple(self.years(file, fund, account, year)) if account and not fund.never else ()
                if years or fund.never or account is None:
                    one = ref(fund.id, fund, file)
                    name = account.name if account else self.library.vocabulary.terms[id_].name
                    below = self.below(account, years) if account and not (only or fund.never or year) else ()
                    rule = (fund.id, one.citation, fund.gist, fund.basis, fund.only, fund.never)
                    yield Payment(*rule, id_, name, years, below)

    def below(self, account: Account, years: tuple[YearFit, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The accounts that are part of an account and have, on record, current money of years that are not its own."""
        own = {one.money.year for one in years}
        parts = self.library.vocabulary.taxonomy.below[account.id] - {account.id}
        found = []
        for one in (self.library.accounts[id_] for id_ in sorted(parts)):
            told = (y for y in self.current(one) if y not in own and (y in one.years or spans(one.id, y)))
            found.append((one.id, tuple(told)))
        return tuple(one for one in found if one[1])

    def current(self, account: Account) -> list[int]:
        """The years whose money is current on the day, newest first."""
        raw, calendar = self.loaded.raw["accounts"][account.id], self.library.calendar
        return [y.year for y in account_years(account, raw, self.day, calendar) if y.phase == "current"]

    def years(self, file: LawFile, fund: Fund, account: Account, year: int | None) -> Iterator[YearFit]:
        """The year asked about; or each year that is current on the day."""
        asked = [year] if year is not None else self.current(account) or [self.now]
        found = (self.rule(file, fund, account, one) for one in asked)
        return (one for one in found if one is not None)


def funds_page(
    loaded: Loaded,
    word: str,
    *,
    day: date,
    start: date | None = None,
    end: date | None = None,
    year: int | None = None,
    account: str | None = None,
    shelf: Shelf | None = None,
) -> FundsPage:
    """What money could pay under an authority. Raises FaultsError for words nobody knows and impossible days."""
    library = loaded.library
    check(start, end, year)
    id_ = _authority(loaded, word)
    file = library.authorities[id_] if id_ in library.authorities else library.limits[id_]
    only = account_named(library, account) if account is not None else None
    asker = Asker(loaded, day, start, end, shelf)
    files = (file, *not_from(library, file)) if file.kind == "authority" else (file,)
    payments = tuple(payment for one in files for payment in asker.payments(one, year, only))
    years = {one.money.year for payment in payments for one in payment.years} | {year or asker.now}
    caps = ceilings(library, file, day, years)
    return FundsPage(file.id, file.short, file.statute, day, start, end, year, bool(file.funds), payments, caps)


def _authority(loaded: Loaded, word: str) -> str:
    try:
        return named(word, loaded).partition(".")[0]
    except FaultsError as error:
        place = Place(PLACE, None, "AUTHORITY")
        raise FaultsError(Fault(place, f.found, f.expected, f.suggestion) for f in error.faults) from None


# --- reading the rules --------------------------------------------------------------------------------------------
def _presumed(library: Library, fund: Fund) -> tuple[str, ...]:
    """The facts a fund rule turns on that the engine would take as presumed, nobody having said them."""
    read = {getattr(part, "fact", "") for part in walk(fund.when)}
    facts = (library.vocabulary.facts[id_] for id_ in sorted(read - {""}))
    return tuple(f.id for f in facts if f.derived is None and (f.opener or f.presume is not None))


def _verdict(bars: tuple[Bar, ...] | list[Bar]) -> tuple[str, list[str]]:
    """``no`` where a bar stands, ``depends`` where one may, and what the bars say."""
    for state, word in (("true", "no"), ("unknown", "depends")):
        found = [bar for bar in bars if bar.state == state]
        if found:
            return word, [f"{bar.why or bar.ref.gist} ({bar.ref.citation})" for bar in found]
    return "yes", []
