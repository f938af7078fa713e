"""What counsel has to look at before a fiscal year begins, and the checklist that is worked through."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities.cli import main
from tests.support.harbor import WORKS, WORLD

ENDS = """
  - id: fill
    cite: (a)
    until: 2026-12-01
    ended_by: {public_law: 102-7}
    gist: Fill a harbor.
    when: {element: filling, satisfies: deep-port}
bars:
"""
TABLES = """
  short-list:
    file: depths.csv
    says: Ports that are deep.
    source: a chart
    key: port
    value: deep
    covers: {from: 1990-01-05, to: 2027-03-01}
"""
ANSWER = ("--answer", "no", "--office", "Harbor counsel", "--memo", "memo 7", "--date", "2026-01-02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    shutil.copytree(WORLD, library)
    (library / "authorities/harbor-works.yaml").write_text(WORKS.replace("\nbars:\n", ENDS, 1), encoding="utf-8")
    return library


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), *words])


def kinds(folder: Path, *words: str) -> dict[str, str]:
    rows = json.loads(run(folder, "rollover", "FY2027", "--today", "2026-09-01", "--json", *words).stdout)["rows"]
    return {row["id"]: row["says"] for row in rows}


def test_what_ends_in_the_year_is_listed_with_its_last_day(folder: Path) -> None:
    assert "last day 2026-11-30 of fill" in kinds(folder)["sunset:harbor-works@2026-11-30"]


def test_what_ended_before_the_last_day_read_is_not(folder: Path) -> None:
    path = folder / "library.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-06-30", "2026-12-15"), encoding="utf-8")
    assert not [id_ for id_ in kinds(folder) if id_.startswith("sunset:")]


def test_an_answer_of_the_year_before_is_to_be_reaffirmed_and_then_is_not(folder: Path) -> None:
    assert "question:how-deep" in kinds(folder)
    assert run(folder, "interpret", "how-deep", "--fiscal-year", "2026", *ANSWER).exit_code == 0
    listed = kinds(folder)
    assert "question:how-deep" not in listed
    assert "no by Harbor counsel, memo 7, for fiscal year 2026" in listed["reaffirm:how-deep"]
    again = ("--reaffirm", "--fiscal-year", "2027", "--memo", "memo 8", "--date", "2026-08-30")
    assert run(folder, "interpret", "how-deep", *again).exit_code == 0
    assert not {"question:how-deep", "reaffirm:how-deep"} & kinds(folder).keys()


def test_an_account_whose_money_of_the_year_is_not_here_is_listed(folder: Path) -> None:
    path = folder / "accounts/harbor.yaml"
    given = ", appropriations: [{fund_year: 2026, available_until: 2026-09-30, law: 102-7, source: the Act}]}"
    path.write_text(
        path.read_text(encoding="utf-8").replace("period_years: 1}", f"period_years: 1{given}"), encoding="utf-8"
    )
    assert "the newest here is of 2026" in kinds(folder)["appropriation:harbor-dues"]


def test_a_list_that_ends_before_the_year_does_is_listed_with_what_reads_it(folder: Path) -> None:
    path = folder / "tables/tables.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + TABLES, encoding="utf-8")
    assert "ends on 2027-03-01" in kinds(folder)["list:short-list"]


def test_the_text_is_read_on_unless_it_was_read_into_the_year(folder: Path) -> None:
    assert "through 2026-06-30" in kinds(folder)["text:known-through"]


def test_the_checklist_keeps_ticks_and_notes_and_shows_what_was_settled(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "fy2027.md"
    words = ("rollover", "2027", "--today", "2026-09-01", "--out", str(path))
    assert run(folder, *words).exit_code == 1
    text = path.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if "sunset:harbor-works" in one)
    text = text.replace(line, line.replace("[ ]", "[x]") + "\n  asked the committee")
    path.write_text(text, encoding="utf-8")
    assert run(folder, "interpret", "how-deep", "--fiscal-year", "2027", "--answer", "yes", "--office", "o", "--memo", "m",
               "--date", "2026-08-30").exit_code == 0  # fmt: skip
    assert run(folder, *words).exit_code == 1
    again = path.read_text(encoding="utf-8")
    assert line.replace("[ ]", "[x]") + "\n  asked the committee" in again
    assert "- [x] how-deep" in again.partition("## Settled")[2]
    path.write_text(again.replace("- [ ]", "- [x]"), encoding="utf-8")
    assert run(folder, *words).exit_code == 0


def test_a_year_that_is_none_is_refused(folder: Path) -> None:
    result = run(folder, "rollover", "next")
    assert result.exit_code == 2
    assert "a fiscal year" in result.stderr
