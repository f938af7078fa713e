"""Two hundred questions about money, answered as a short walk of the table answers them, and the page of an authority.

The walk reads the public record with the csv module alone and shares no code with the engine. ``advisor funds`` asks
the engine; so where the two agree, the library's periods, the engine's phases and the table say the same.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from advisor.as_json import plain
from advisor.cli import main
from advisor.fund_accounts import account_named, account_page, every_account
from advisor.funds import Asker, YearFit, funds_page
from advisor.funds_screen import render, render_accounts
from authorities.money import account_year
from rules.faults import FaultsError
from tests.support.shipped import LIBRARY, LOADED, SHELF

TABLE = Path(__file__).parents[2] / "authorities" / "reference" / "fund_years.csv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
SEED, QUESTIONS = 5, 200
DAY = timedelta(days=1)


# --- the walk -----------------------------------------------------------------------------------------------------
class Ends(NamedTuple):
    """When a year's money ends for new obligations: all of it by ``last``; what every part of it allows, ``certain``."""

    certain: date
    last: date


def fiscal(day: date) -> int:
    return day.year + (day.month >= 10)


def walked() -> dict[tuple[str, int], Ends]:
    """Each account and year that the table gives a last day for new obligations, with its ends."""
    whole: dict[tuple[str, int], list[date]] = defaultdict(list)
    part: dict[tuple[str, int], list[date]] = defaultdict(list)
    for row in ROWS:
        if row["nature"] != "new obligations" or not row["years"].isdecimal():
            continue
        year = int(row["years"])
        if row["account_id"] and row["last_day"]:
            kept = part if row["share"] == "part" else whole
            kept[row["account_id"], year].append(date.fromisoformat(row["last_day"]))
        if row["longer_last_day"]:
            whole[row["longer_account_id"], year].append(date.fromisoformat(row["longer_last_day"]))
    out = {}
    for key in {*whole, *part}:
        last = max(whole[key] + part[key])
        # of a year with nothing but parts, the rest ends with the year
        rest = [] if whole[key] else [date(key[1], 9, 30)]
        out[key] = Ends(min([last, *part[key], *rest]), last)
    return out


WALKED = walked()
APPORTIONED = {row["account_id"] for row in ROWS if "obligated upon apportionment" in row["note"]}


def phase(year: int, ends: Ends, day: date) -> str:
    if day < date(year - 1, 10, 1):
        return "not-yet"
    if day <= ends.last:
        return "current"
    return "expired" if day <= date(fiscal(ends.last) + 5, 9, 30) else "cancelled"


def answer(year: int, ends: Ends, day: date, begin: date, end: date) -> str:
    """``yes``, ``no``, or ``depends`` (on the part that pays, or on whose need it is)."""
    if phase(year, ends, day) != "current" or end < date(year - 1, 10, 1):
        return "no"
    inside = date(year - 1, 10, 1) <= begin and max(day, end) <= ends.certain
    return "yes" if inside else "depends"


class Question(NamedTuple):
    """This account, this year; obligated on ``day`` for an activity from ``begin`` to ``end``."""

    account: str
    year: int
    day: date
    begin: date
    end: date


def questions() -> Iterator[Question]:
    """Days around every boundary: the year's opening, its parts' and its own last day, and its closing."""
    rng = random.Random(SEED)
    keys = sorted(WALKED)
    rng.shuffle(keys)
    # the money of the catalogue that is two years' until it is moved, and the two parts of the money of section 333
    first = [("dod-ctpf", 2015), ("dod-om-dw-dsca-333", 2018)]
    keys = first + [key for key in keys if key not in first]
    for number in range(QUESTIONS):
        account, year = keys[number % len(keys)]
        ends = WALKED[account, year]
        edges = [date(year - 1, 10, 1), ends.certain, ends.last, date(fiscal(ends.last) + 5, 9, 30)]
        # an activity may begin and end on either side of each day but that of the closing
        day = rng.choice(edges) + rng.choice([-1, 0, 1]) * DAY
        begin = rng.choice(edges[:3]) + rng.choice([-1, 0, 1]) * DAY
        end = max(begin, rng.choice(edges[:3]) + rng.choice([-1, 0, 1]) * DAY)
        yield Question(account, year, day, begin, end)


ASKED = list(questions())


def test_the_questions_are_two_hundred_and_of_every_kind() -> None:
    assert len(ASKED) == QUESTIONS and len({(q.account, q.year) for q in ASKED}) > 90
    said = {(phase(q.year, WALKED[q.account, q.year], q.day), _walk(q)) for q in ASKED}
    wanted = {("not-yet", "no"), ("current", "yes"), ("current", "no"), ("current", "depends")}
    assert wanted | {("expired", "no"), ("cancelled", "no")} <= said


def _walk(question: Question) -> str:
    account, year, *days = question
    return answer(year, WALKED[account, year], *days)


def test_two_hundred_fund_questions_are_answered_as_a_table_walk_answers_them() -> None:
    for question in ASKED:
        account, year, day, begin, end = question
        ends = WALKED[account, year]
        raw = LOADED.raw["accounts"][account]
        found = account_year(LIBRARY.accounts[account], raw, year, day, LIBRARY.calendar)
        assert found.phase == phase(year, ends, day), question
        assert (found.opens, found.last_day) == (date(year - 1, 10, 1), ends.last), question
        assert found.closes == date(fiscal(ends.last) + 5, 9, 30), question
        fits, why = Asker(LOADED, day, begin, end, SHELF).life(LIBRARY.accounts[account], year)
        wanted = _walk(question)
        assert fits == "yes" or why, question
        if account.split("-")[0] in APPORTIONED and max(day, end) > ends.last:
            continue  # what was obligated upon apportionment is spent by other rules
        # where the walk is sure, the answer is the same; where it is not, the engine may know that the need is not of the year
        assert fits == wanted or (wanted == "depends" and fits == "no"), (question, why)


def test_money_of_two_years_is_one_years_once_it_is_moved() -> None:
    """Counterterrorism Partnerships Fund money of 2015: two years, but one once moved to section 2282."""
    account, section = LIBRARY.accounts["dod-ctpf"], "10-usc-2282"
    ends = WALKED["dod-ctpf", 2015]
    assert ends == Ends(date(2015, 9, 30), date(2016, 9, 30))
    for day, fits in (
        (ends.certain, "yes"),
        (ends.certain + DAY, "depends"),
        (ends.last, "depends"),
        (ends.last + DAY, "no"),
    ):
        assert Asker(LOADED, day, None, None, SHELF).life(account, 2015)[0] == fits
    page = funds_page(LOADED, section, day=ends.certain, year=2015, account="dod-ctpf", shelf=SHELF)
    one = page.payments[0].years[0]
    assert one.begin == (date(2014, 10, 1), date(2015, 9, 30)) and one.end_by == date(2016, 9, 30)
    assert "A part: through 30 September 2015" in _flat(render(page))


def test_section_333_money_of_2018_has_a_part_of_one_year_and_one_of_two() -> None:
    parts = {
        (row["program_code"], row["last_day"])
        for row in ROWS
        if row["account_id"] == "dod-om-dw-dsca-333" and row["last_day"]
    }
    assert {("7M", "2018-09-30"), ("7F", "2019-09-30")} == parts
    for day, fits in ((date(2018, 9, 30), "yes"), (date(2018, 10, 1), "depends"), (date(2019, 10, 1), "no")):
        page = funds_page(LOADED, "10-usc-333", day=day, year=2018, shelf=SHELF)
        (one,) = [y for p in page.payments if p.key == "dsca-o-and-m" for y in p.years]
        assert one.fits == fits and one.money.last_day == date(2019, 9, 30)


# --- the rules of an authority ------------------------------------------------------------------------------------
CROSS = [
    (row["authority_id"], row["account_id"], int(row["end_years_after"]), row["years"])
    for row in ROWS
    if row["end_years_after"] and row["account_id"] and row["authority_id"].count(" ") == 0 and row["authority_id"]
]


def _year(years: str) -> int:
    first, _, last = years.partition("-")
    return 2018 if years == "any" else int(first or last)


def rules_with_an_end(id_: str, account: str, year: int, start: date, end: date) -> list[YearFit]:
    page = funds_page(LOADED, id_, day=start, start=start, end=end, year=year, account=account, shelf=SHELF)
    return [one for payment in page.payments for one in payment.years if one.end_by]


@pytest.mark.parametrize(("id_", "account", "after", "years"), CROSS)
def test_an_activity_may_run_to_the_day_that_the_cross_year_rule_names(
    id_: str, account: str, after: int, years: str
) -> None:
    year = _year(years)
    start, last = date(year, 1, 15), date(year + after, 9, 30)
    inside = rules_with_an_end(id_, account, year, start, last)
    assert last in {one.end_by for one in inside}
    assert any(one.fits != "no" for one in inside if one.end_by == last)
    beyond = rules_with_an_end(id_, account, year, start, last + DAY)
    assert {one.fits for one in beyond if one.end_by == last} == {"no"}
    late = rules_with_an_end(id_, account, year, date(year, 10, 1), last)
    assert {one.fits for one in late if one.end_by == last and one.begin} <= {"no"}


def test_only_money_says_why_other_money_may_not_pay() -> None:
    page = funds_page(LOADED, "10 U.S.C. 333", day=date(2026, 3, 1), account="FMF", shelf=SHELF)
    (payment,) = page.payments
    assert payment.only and payment.account == "fmf" and payment.years[0].fits == "no"
    assert "only operation and maintenance, Defense-wide" in payment.years[0].why[0]


def test_money_that_may_not_pay_is_named_also_where_a_limit_says_it() -> None:
    for id_, account in (
        ("22-usc-2347c", "imet"),
        ("22-usc-2349aa", "nadr"),
        ("gao-63-comp-gen-422", "dod-om-dw-dsca"),
    ):
        page = funds_page(LOADED, id_, day=date(2026, 3, 1), shelf=SHELF)
        assert account in {one.account for one in page.payments if one.never}
        assert f"Not from {LIBRARY.accounts[account].name}" in _flat(render(page))


def test_an_authority_without_a_fund_rule_says_so_and_what_that_means() -> None:
    page = funds_page(LOADED, "10-usc-2350a", day=date(2026, 3, 1), shelf=SHELF)
    assert not page.names_account and not page.payments
    assert "The text names no account: it gives no money, and forbids none" in _flat(render(page))


def test_the_ceiling_is_that_of_the_day() -> None:
    for day, dollars in ((date(2019, 3, 1), 1_500_000), (date(2026, 3, 1), 2_000_000)):
        (cap,) = funds_page(LOADED, "10-usc-333", day=day, shelf=SHELF).caps
        assert cap.amount == dollars and f"${dollars:,} of project cost, per project" in _flat(
            render(funds_page(LOADED, "10-usc-333", day=day, shelf=SHELF))
        )


# --- accounts -----------------------------------------------------------------------------------------------------
def test_every_account_says_its_owner_purpose_and_period() -> None:
    pages = every_account(LOADED, date(2026, 3, 1))
    assert {page.id for page in pages} == set(LIBRARY.accounts)
    text = _flat(render_accounts(pages))
    for page in pages:
        assert page.owner and f"[{page.id}]" in text.replace("- ", "-")
        phases = {one.year: one.phase for one in page.years}
        assert set(phases.values()) <= {"current", "expired"}
        assert page.period is None or page.period > 50 or phases[2026] == "current"


def test_an_accounts_page_shows_a_continuing_resolution_as_such() -> None:
    page = account_page(LOADED, account_named(LIBRARY, "dod-om-dw-dsca-333"), date(2021, 1, 4))
    assert {row.cr_until for row in page.resolutions} == {date(2020, 12, 11), date(2021, 12, 3)}
    (one,) = [year for year in page.years if year.year == 2021]
    assert one.phase == "current" and one.last_day == date(2022, 9, 30)
    said = _flat(render_accounts([page], every=True))
    assert "The continuing resolution ended 11 December 2020; that is not the end of the fund" in said


# --- the command --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["10-usc-333", "--account", "nadir"],
            "--account: found 'nadir'; expected an account (see: advisor funds); did you mean nadr?",
        ),
        (["10-usc-3333"], "AUTHORITY: found '10-usc-3333'; expected an authority or limit"),
        (["10-usc-333", "--year", "99999"], "--year: found 99999; expected a year from 1000 to 4999"),
        (
            ["10-usc-333", "--start", "2026-05-02", "--end", "2026-05-01"],
            "--end: found 2026-05-01; expected a day not before the start, 2026-05-02",
        ),
        (["10-usc-333", "--date", "tomorrow"], "--date: found 'tomorrow'; expected a date, YYYY-MM-DD"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, ["funds", *arguments])
    assert result.exit_code == 2 and words in result.output and "Traceback" not in result.output


def test_both_faults_of_one_question_come_at_once() -> None:
    with pytest.raises(FaultsError) as caught:
        funds_page(LOADED, "10-usc-333", day=date(2026, 3, 1), start=date(2026, 5, 2), end=date(2026, 5, 1), year=0)
    assert [fault.place.key for fault in caught.value.faults] == ["--year", "--end"]


def test_the_json_is_the_page_whole() -> None:
    page = funds_page(LOADED, "10-usc-345", day=date(2026, 3, 1), shelf=SHELF)
    data = json.loads(json.dumps(plain(page)))
    assert data["authority"] == "10-usc-345" and data["day"] == "2026-03-01"
    assert [p["key"] for p in data["payments"]] == [p.key for p in page.payments] != []
    assert data["payments"][0]["years"][0]["end_by"] == "2027-09-30"


def _flat(text: str) -> str:
    return " ".join(text.split())
