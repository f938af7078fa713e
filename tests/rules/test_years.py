"""Years far from ours: money of any year has a phase, and a day beyond what may be stated is refused, never a crash."""

from __future__ import annotations

from datetime import date

import pytest

from authorities.loading import SHIPPED, load
from rules.derived import fiscal_year_ends, money_phase
from rules.faults import FaultsError
from rules.library import Account, Calendar
from rules.proposals import expand, from_mapping
from rules.second._dates import fiscal_year_begins

DAY = date(2024, 5, 1)


@pytest.mark.parametrize("starts", [1, 10])
def test_a_fiscal_year_beyond_the_calendar_ends_with_it(starts: int) -> None:
    for year in (-5, 0, 1):
        assert fiscal_year_ends(year, starts) == fiscal_year_begins(year, starts) == date.min
    for year in (9_999, 10_000, 10**12):
        assert fiscal_year_ends(year, starts) == fiscal_year_begins(year, starts) == date.max


def test_money_of_a_far_year_has_a_phase() -> None:
    account = Account("dues", "Dues", "Harbor master", 1)
    calendar = Calendar(10, 5)
    assert money_phase(account, 10**12, DAY, calendar) == "not-yet"
    assert money_phase(account, 1, DAY, calendar) == "cancelled"
    assert money_phase(account, 2024, date(2023, 9, 30), calendar) == "not-yet"
    assert money_phase(account, 2024, date(2023, 10, 1), calendar) == "current"
    assert money_phase(Account("dues", "Dues", "Harbor master", 10**6), 2024, DAY, calendar) == "current"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"date": date(9999, 12, 31)}, "date"),
        ({"start": date(999, 12, 31)}, "start"),
        ({"fund_year": 999}, "fund_year"),
        ({"fund_year": 5000}, "fund_year"),
        ({"acts": {"leahy-dod-vetting": date(1, 1, 1)}}, "leahy-dod-vetting"),
    ],
)
def test_a_day_or_year_beyond_what_may_be_stated_is_refused(said: dict[str, object], at: str) -> None:
    library = load(SHIPPED).library
    with pytest.raises(FaultsError, match=f"{at}: found .* expected a year from 1000 to 4999"):
        expand(library, from_mapping(said, "proposal"), today=DAY)
    with pytest.raises(FaultsError, match="today: found"):
        expand(library, from_mapping({}, "proposal"), today=date.max)
    for year in (1000, 4999):
        assert (
            expand(library, from_mapping({"fund_year": year}, "proposal"), today=DAY).lines[0].facts["fund_year"]
            == year
        )
