"""Questions of law: how each stands, what turns on it, and recording counsel's answer for a year."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities.casework import finding_of
from authorities.cli import main
from authorities.loading import load
from rules.rulebook import Shelf
from tests.support.harbor import WORKS, WORLD

DEPTH = """
  - id: dredge-deep
    cite: (a)
    gist: Fill a deep port.
    when: {element: filling, satisfies: deep-port}
  - id: dredge-a-port
    cite: (b)
    until: 2025-01-01
    ended_by: {public_law: 102-7}
    gist: Dredge a port that is somewhat deep.
    when: {element: dredging, question: how-muddy}
bars:
"""
CASES = """
  - name: filling where nobody knows how deep it is
    date: 2025-11-01
    given: {element: filling, deep: {value: false, source: chart}, cost: 5, acts: {harbor-report: done}}
    verdict: needs counsel
"""
MUDDY = """
  - id: how-muddy
    words: a muddy port
    statute: Harbor Act 3
    positions: [{says: Any mud., source: text}, {says: Much mud., source: text}]
    decides: Harbor counsel
    turns_on: Which mud.
"""
ANSWER = ("--answer", "yes", "--office", "Harbor counsel", "--memo", "memo 7", "--date", "2025-10-02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    shutil.copytree(WORLD, library)
    works = WORKS.replace("\nbars:\n", DEPTH, 1) + CASES.lstrip("\n")
    (library / "authorities/harbor-works.yaml").write_text(works, encoding="utf-8")
    with (library / "questions/harbor.yaml").open("a", encoding="utf-8") as file:
        file.write(MUDDY.lstrip("\n"))
    return library


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), *words])


def standing(folder: Path, id_: str, *words: str) -> dict[str, object]:
    result = run(folder, "questions", id_, "--json", *words)
    assert result.exit_code == 0, result.output
    [row] = json.loads(result.stdout)["rows"]
    assert isinstance(row, dict)
    return row


def test_an_open_question_says_what_turns_on_it_among_the_cases(folder: Path) -> None:
    row = standing(folder, "how-deep", "--today", "2025-11-01")
    assert row["state"] == "open"
    assert row["files"] == ["harbor-works", "harbor-words"]
    assert row["lines"] == [
        {
            "line": "harbor-works: filling where nobody knows how deep it is",
            "now": "needs counsel",
            "yes": "permitted",
            "no": "no authority",
        }
    ]


def test_or_among_the_lines_of_a_plan(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "date: 2025-11-01\ndeep: {value: false, source: chart}\ncost: 5\nacts: {harbor-report: done}\n"
        "elements: [{element: filling}, {element: dredging, cost: 11}]\n",
        encoding="utf-8",
    )
    row = standing(folder, "how-deep", "--today", "2025-11-01", "--plan", str(plan))
    [line] = row["lines"]  # type: ignore[misc]
    assert (line["now"], line["yes"], line["no"]) == ("needs counsel", "permitted", "no authority")
    assert "line 1: filling" in line["line"]
    said = run(folder, "questions", "how-deep", "--plan", str(plan)).stdout
    assert "Left to counsel by it: 1 of the lines of the plan. With yes: 1 permitted. With no: 1 no authority." in said


def test_an_answer_is_in_force_for_its_year_and_lapses_on_1_october(folder: Path) -> None:
    result = run(folder, "interpret", "how-deep", "--fiscal-year", "2026", *ANSWER)
    assert result.exit_code == 0, result.output
    assert "filling where nobody knows how deep it is: expected needs counsel, found permitted" in result.stdout
    assert standing(folder, "how-deep", "--today", "2026-09-30")["state"] == "answered"
    assert standing(folder, "how-deep", "--today", "2026-10-01")["state"] == "lapsed"
    assert "1 failed" in run(folder, "test").stdout  # until counsel has written that case anew


def test_it_is_reaffirmed_with_its_scope_and_office(folder: Path) -> None:
    scope = ("--when", "{partner: north-port}")
    assert run(folder, "interpret", "how-deep", "--fiscal-year", "2026", *ANSWER, *scope).exit_code == 0
    words = ("--reaffirm", "--fiscal-year", "2027", "--memo", "memo 8", "--date", "2026-10-03")
    assert run(folder, "interpret", "how-deep", *words).exit_code == 0
    row = standing(folder, "how-deep", "--today", "2026-10-03")
    assert row["state"] == "answered"
    [again] = row["interpretations"]  # type: ignore[misc]
    assert (again["office"], again["memo"], again["fiscal_years"]) == ("Harbor counsel", "memo 8", [2027])
    assert (folder / "interpretations/fy2027.yaml").read_text(encoding="utf-8").count("partner: north-port") == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("how-dep", "--fiscal-year", "2026"), "did you mean how-deep?"),
        (("how-deep", "--fiscal-year", "2028"), "expected 2026 or 2027"),
        (("how-muddy", "--fiscal-year", "2026"), "a year in which a provision that asks 'how-muddy' is law"),
        (
            ("how-deep", "--fiscal-year", "2026", "--when", "{deep: true}"),
            "the statute's own words leave some line open",
        ),
        (("how-deep", "--fiscal-year", "2026", "--when", "{depth: true}"), "depth"),
    ],
)
def test_what_would_go_beyond_the_statute_is_refused_and_not_written(
    folder: Path, words: tuple[str, ...], expected: str
) -> None:
    result = run(folder, "interpret", *words, *ANSWER)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (folder / "interpretations").exists()


def test_two_answers_of_one_day_for_one_year_are_refused(folder: Path) -> None:
    words = ("interpret", "how-deep", "--fiscal-year", "2026")
    assert run(folder, *words, *ANSWER).exit_code == 0
    result = run(folder, *words, *ANSWER, "--file", "other")
    assert result.exit_code == 2
    assert "not answered yet" in result.stderr
    assert [path.name for path in (folder / "interpretations").iterdir()] == ["fy2026.yaml"]


def test_the_library_that_is_installed_is_not_written_to() -> None:
    result = CliRunner().invoke(main, ["interpret", "321-similar-function", "--fiscal-year", "2026", *ANSWER])
    assert result.exit_code == 2
    assert "a library folder of your own" in result.stderr


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    result = run(folder, "interpret", "how-deep", "--fiscal-year", "2026", *ANSWER, "--dry-run")
    assert result.exit_code == 0
    assert "Nothing is written." in result.stdout
    assert not (folder / "interpretations").exists()


def test_a_library_of_ones_own_is_copied_once(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert run(folder, "copy", str(own)).exit_code == 0
    assert (own / "library.yaml").read_bytes() == (folder / "library.yaml").read_bytes()
    again = run(folder, "copy", str(own))
    assert again.exit_code == 2
    assert "a folder that is not there yet" in again.stderr


def test_an_answer_is_not_known_the_day_before_it_was_given(folder: Path) -> None:
    assert run(folder, "interpret", "how-deep", "--fiscal-year", "2026", *ANSWER).exit_code == 0
    library = load(folder, cases=True).library
    file = library.authorities["harbor-works"]
    [case] = [case for case in file.cases if case.verdict == "needs counsel"]
    shelf = Shelf(library)

    def on(known: date) -> str:
        return finding_of(library, shelf, file, replace(case, known=known)).verdict

    assert [on(date(2025, 10, 1)), on(date(2025, 10, 2)), on(date(2025, 10, 1))] == [
        "needs counsel",
        "permitted",
        "needs counsel",
    ]
