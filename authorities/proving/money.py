"""The phase of money named: not yet available, current, expired or cancelled, by account, year and day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from authorities.proving.faults import NotEncoded
from authorities.proving.formulas import FALSE, Formula
from authorities.proving.numbers import Number, at_most, from_to, plus, within
from rules.derived import fiscal_year as year_of
from rules.derived import fiscal_year_ends
from rules.lines import Cell
from rules.vocabulary import Fact

if TYPE_CHECKING:
    from authorities.proving.facts import Facts

_ABSENT = ("P", "C", "S", "c", "o")
_Terms = tuple[int | None, tuple[tuple[int, date], ...]] | None
"""An account's period in fiscal years, with the years that differ and their last days; None: no such account."""


def phases(facts: Facts, fact: Fact, on: str, tell: Callable[[Cell], Hashable]) -> dict[Hashable, Formula]:
    """What ``tell`` makes of the money's phase, and where."""
    if fact.derived != "money phase":
        raise NotEncoded(f"the computed fact '{fact.id}'")
    account, year, day = fact.source
    pool, out = facts.pool, dict[Hashable, list[Formula]]()

    def kind_of(cell: Cell) -> Hashable:
        return ("v", _terms(facts, cell[1])) if cell[0] == "v" else (cell[0], None)

    accounts = facts.labels(account, on, kind_of).items()
    for (named, here), in_year, on_day in product(accounts, facts.numbers(year), facts.numbers(day)):
        kind, terms = _split(named)
        where = pool.all_((here, in_year.where, on_day.where))
        kinds = {kind, in_year.kind, on_day.kind}
        absent = next((one for one in _ABSENT if one in kinds), None)
        if where == FALSE:
            continue
        if absent is not None or in_year.value is None or on_day.value is None:
            out.setdefault(tell((absent or "P", None)), []).append(where)
            continue
        for phase, when in _phase(facts, terms, in_year.value, on_day.value).items():
            cell: Cell = ("P", None) if phase is None else ("v", phase)
            out.setdefault(tell(cell), []).append(pool.both(where, when))
    return {label: pool.any_(some) for label, some in out.items()}


def _split(named: Any) -> tuple[str, _Terms]:
    return named[0], named[1]


def _terms(facts: Facts, name: Any) -> _Terms:
    account = facts.library.accounts.get(name)
    return None if account is None else (account.period_years, tuple(sorted(account.years.items())))


def _phase(facts: Facts, terms: _Terms, year: Number, day: Number) -> dict[str | None, Formula]:
    """Each phase and where; None: nobody states the account's period."""
    from authorities.proving.facts import fiscal_year

    pool, calendar = facts.pool, facts.library.calendar
    age = plus(fiscal_year(day, calendar.year_starts), year, -1)
    before = within(pool, age, "less than", 0)
    if terms is None:
        return {"not-yet": before, None: -before}
    period, exceptions = terms
    out: dict[str | None, list[Formula]] = {"not-yet": [before]}
    rest = -before
    for exceptional, last in exceptions:
        here = pool.both(rest, within(pool, year, "equals", exceptional))
        closes = fiscal_year_ends(year_of(last, calendar.year_starts) + calendar.closing_years, calendar.year_starts)
        open_, closed = from_to(pool, day, None, last), -from_to(pool, day, None, closes)
        _put(out, pool.both(here, open_), pool.both(here, -open_, -closed), pool.both(here, -open_, closed))
        rest = pool.both(rest, -within(pool, year, "equals", exceptional))
    if period is None:
        out[None] = [rest]
    else:
        current = at_most(pool, age, Fraction(period - 1))
        expired = at_most(pool, age, Fraction(period - 1 + calendar.closing_years))
        _put(out, pool.both(rest, current), pool.both(rest, -current, expired), pool.both(rest, -current, -expired))
    return {phase: pool.any_(some) for phase, some in out.items()}


def _put(out: dict[str | None, list[Formula]], current: Formula, expired: Formula, cancelled: Formula) -> None:
    for phase, where in (("current", current), ("expired", expired), ("cancelled", cancelled)):
        out.setdefault(phase, []).append(where)
