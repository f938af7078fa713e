"""The public record of money: every row is accounted for, and says no more than its words.

The table is read a second time here, with the csv module alone.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from authorities import money
from rules.derived import money_phase
from rules.faults import FaultsError
from tests.support.shipped import LIBRARY, LOADED

TABLE = Path(__file__).parents[2] / "authorities" / "reference" / "fund_years.csv"
GATHERED = [
    "program",
    "authority",
    "appropriation_act",
    "account",
    "fiscal_year",
    "available_until",
    "program_code",
    "source",
    "note",
]


def table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = table()


def dated() -> dict[tuple[str, int], set[date]]:
    """The last days for new obligations of each account's money of one year."""
    out: dict[tuple[str, int], set[date]] = defaultdict(set)
    for row in ROWS:
        if row["nature"] == "new obligations" and row["years"].isdecimal() and row["last_day"]:
            if row["account_id"]:
                out[row["account_id"], int(row["years"])].add(date.fromisoformat(row["last_day"]))
            if row["longer_account_id"]:
                out[row["longer_account_id"], int(row["years"])].add(date.fromisoformat(row["longer_last_day"]))
    return out


def test_every_row_has_an_account_of_the_library_or_a_reason_why_not() -> None:
    assert len(ROWS) == len(money.rows()) == 279
    assert list(ROWS[0])[: len(GATHERED)] == GATHERED
    for row, read in zip(ROWS, money.rows(), strict=True):
        if row["account_id"]:
            assert row["account_id"] in LIBRARY.accounts and not row["left_out"] and row["share"] in money.SHARES
        else:
            assert row["left_out"] in money.LEFT_OUT
        assert read.account == row["account_id"] and read.words == row["available_until"]
        assert all(id_ in LIBRARY.authorities for id_ in row["authority_id"].split())
        assert not row["longer_account_id"] or row["longer_account_id"] in LIBRARY.accounts


def test_a_filled_column_says_what_the_row_says() -> None:
    for row in ROWS:
        words = row["available_until"]
        if row["last_day"]:
            day = date.fromisoformat(row["last_day"])
            assert row["last_day"] in words or f"{day:%B} {day.day}, {day.year}" in words, row
        if row["longer_last_day"]:
            assert f"${int(row['longer_amount']):,} of it until {row['longer_last_day']}" in words
        if row["amount"] and "million" not in row["account"] and "billion" not in row["account"]:
            assert f"${int(row['amount']):,}" in row["account"] + words
        years = set(re.findall(r"\d{4}", row["years"]))
        assert years <= set(re.findall(r"\d{4}", row["fiscal_year"])), row


def test_the_end_of_a_continuing_resolution_is_never_the_end_of_the_fund() -> None:
    written_under = [row for row in ROWS if "(CR)" in row["available_until"]]
    assert len(written_under) == 10
    for row in written_under:
        assert row["nature"] == "continuing resolution" and not row["last_day"]
        assert row["cr_until"] == row["available_until"].split()[0]
        ended = date.fromisoformat(row["cr_until"])
        for account in LIBRARY.accounts.values():
            assert ended not in account.years.values()
        if row["account_id"] and row["years"].isdecimal():
            year = int(row["years"])
            assert all(span.last_day != ended for span in money.spans(row["account_id"], year))
            found = money.resolutions(row["account_id"], year)
            assert ended in {one.cr_until for one in found}


def test_the_dates_of_reprogramming_and_spending_are_not_last_days_for_new_obligations() -> None:
    for row in ROWS:
        if row["nature"] != "new obligations":
            assert not row["last_day"]
        if row["available_until"].startswith(("reprogramming", "expenditure")):
            assert row["nature"] in ("reprogramming", "expenditure")


def test_the_accounts_end_when_the_table_says_the_longest_part_ends() -> None:
    compared = dated()
    assert len(compared) > 100
    for (account, year), days in compared.items():
        calendar = LIBRARY.calendar
        last = max(days)
        after = date.fromordinal(last.toordinal() + 1)
        here = LIBRARY.accounts[account]
        assert money_phase(here, year, last, calendar) == "current", (account, year, days)
        assert money_phase(here, year, after, calendar) == "expired", (account, year, days)


def test_every_account_has_an_owner_and_a_purpose_with_its_source_or_unknown() -> None:
    for id_, raw in LOADED.raw["accounts"].items():
        assert raw["owner"] and raw["purpose"], id_
        assert (raw["purpose"] == "unknown") == ("purpose_source" not in raw), id_


BAD: dict[str, tuple[str, str]] = {
    "last_day": ("2018-09-31", "a date, YYYY-MM-DD"),
    "amount": ("$5", "a whole number"),
    "nature": ("obligation", "one of new obligations, reprogramming"),
    "share": ("half", "one of whole, part, separate"),
    "years": ("2018/2019", "years (2018, 2012-2016, 2025-, -2016), any, or nothing"),
    "left_out": ("other", "one of fund not in the library"),
}


@pytest.mark.parametrize("column", BAD)
def test_a_bad_cell_is_named_with_its_line_and_what_was_expected(column: str) -> None:
    bad, expected = BAD[column]
    line = {**ROWS[0], column: bad}
    with pytest.raises(FaultsError) as caught:
        money.read([ROWS[1], line], "money.csv")
    said = [fault.render() for fault in caught.value.faults]
    assert any(one.startswith(f"money.csv:3: {column}: found '{bad}'; expected {expected}") for one in said), said


def test_the_faults_of_all_lines_come_at_once() -> None:
    lines: list[dict[str, Any]] = [{**ROWS[0], "nature": "?"}, {**ROWS[1], "amount": "?", "account_id": "pko"}]
    with pytest.raises(FaultsError) as caught:
        money.read(lines, "money.csv")
    assert [(f.place.line, f.place.key) for f in caught.value.faults] == [
        (2, "nature"),
        (3, "account_id"),
        (3, "amount"),
    ]
