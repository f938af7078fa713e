"""Coverage counts what the confirmed cases show, and nothing else; what it calls impossible is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities._cover_report import counts
from authorities.cli import main
from authorities.cover import Coverage, cover, inside
from authorities.loading import load
from rules import conditions as c
from tests.support.closing import before_the_line

WORLD = Path(__file__).parents[1] / "bad" / "library" / "base"

# ten provisions with what is in the world beside it (a limit, a definition), and fifteen branches
LAW = """language: 1
id: harbor-works
title: Harbor works
short: Harbor works
statute: Harbor Act 1
holder: Harbor master
tags: [ports, fishing]
law: {public_law: 101-1}
grants:
  - id: dredge
    cite: (a)
    gist: Dredge a port.
    when: {element: dredging}
  - id: fill
    cite: (b)
    gist: Fill a deep port.
    since: 1992-03-01
    law: {public_law: 102-7}
    when: {element: filling, satisfies: deep-port}
bars:
  - id: shallow
    cite: (c)
    gist: Not in a shallow port, but for small works or those reported.
    when:
      deep: false
      cost: {more than: 10}
    unless: {act: harbor-report}
  - id: other-law
    cite: (d)
    gist: Not where another law forbids.
    when:
      any of:
        - quarantined: true
        - barred under: [fishing]
duties:
  - id: report
    cite: (e)
    gist: Report ten days before the works start.
    act: harbor-report
    days: 10
  - id: survey
    cite: (f)
    gist: Survey what was filled.
    act: harbor-survey
    after: end
    when: {element: filling}
caps:
  - id: ceiling
    cite: (g)
    gist: No more than the ceiling for one undertaking.
    counts: cost
    amount: 100
    per: activity
funds:
  - id: dues
    cite: (h)
    gist: Paid from the dues.
    account: harbor-dues
cases:
"""
CASES = {
    "dredging": """
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, acts: {harbor-report: done}}
    verdict: permitted
    because: [dredge]""",
    "shallow": """
    given: {element: dredging, deep: {value: false, source: chart}, cost: 50}
    verdict: prohibited
    because: [shallow]""",
    "filling": """
    given: {element: filling, deep: {value: true, source: chart}, cost: 5, acts: {harbor-report: done}}
    verdict: permitted
    because: [fill]
    follows: [survey]""",
    "deep enough": """
    given: {element: filling, deep: {value: false, source: chart}, cost: 5, how-deep: {value: true, source: memo},
        acts: {harbor-report: done}}
    verdict: permitted
    because: [fill]""",
    "not deep enough": """
    given: {element: filling, deep: {value: false, source: chart}, cost: 5, how-deep: {value: false, source: memo},
        acts: {harbor-report: done}}
    verdict: no authority
    because: [fill]""",
    "quarantine": """
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, quarantined: true, acts: {harbor-report: done}}
    verdict: prohibited
    because: [other-law, quarantine.no-works]""",
    "unreported": """
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, account: harbor-dues, fund_year: 1995}
    verdict: conditional
    because: [dredge, report]""",
    "two ports": """
    given: {element: dredging, partner: [north-port, south-port], deep: {value: true, source: chart}, cost: 60,
        acts: {harbor-report: done}}
    verdict: prohibited
    because: [ceiling]""",
    "other money": """
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, account: harbor-loans, fund_year: 1995,
        acts: {harbor-report: done}}
    verdict: prohibited
    because: [dues]""",
}
GONE = {
    "dredging": set(),
    "shallow": {("shallow", "provision"), ("shallow", "when", True)},
    "filling": set(),
    "deep enough": {("deep-port", "otherwise", True)},
    "not deep enough": {("fill", "when[1]", False), ("deep-port", "otherwise", False)},
    "quarantine": {
        ("other-law", "provision"),
        ("other-law", "when", True),
        ("other-law", "when[0]", True),
        ("no-works", "provision"),
        ("no-works", "when", True),
    },
    "unreported": {("report", "provision")},
    "two ports": {("ceiling", "provision")},
    "other money": {("dues", "provision")},
}
"""What only that case shows."""


def written(text: str, folder: Path) -> Path:
    """The world of the harbors with one authority's file as given."""
    shutil.copytree(WORLD, folder)
    (folder / "authorities" / "harbor-works.yaml").write_text(text, encoding="utf-8")
    words = folder / "vocabulary" / "words.yaml"
    words.write_text(words.read_text("utf-8") + "  harbor-survey: {gist: Survey, actor: Harbor master}\n", "utf-8")
    money = folder / "accounts" / "harbor.yaml"
    loans = "  harbor-loans: {name: harbor loans, under: [money], owner: Harbor master, period_years: 1}\n"
    money.write_text(money.read_text("utf-8") + loans, "utf-8")
    return folder


def law(*names: str, day: str = "1995-05-01", confirmed: bool = True) -> str:
    """The file with some of the cases."""
    end = "" if confirmed else "\n    confirmed: false"
    cases = "".join(f"  - name: {name}\n    date: {day}{CASES[name]}{end}\n" for name in names)
    return LAW + cases if cases else LAW.removesuffix("cases:\n")


def counted(text: str, folder: Path) -> Coverage:
    return cover(load(written(text, folder / "library"), cache=False, cases=True).library)


def gaps(coverage: Coverage) -> set[tuple[object, ...]]:
    """(provision, "provision") that decides nothing; (provision, branch, side) that nothing shows."""
    out: set[tuple[object, ...]] = {(p.provision, "provision") for p in coverage.provisions if not p.decides}
    for one, branch in coverage.branches:
        key = branch.key + "".join(f"[{n}]" for n in branch.spot)
        out |= {(one.provision, key, side) for side in branch.lacking}
    return out


def command(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), "test", *words])


# --- a library small enough to count by hand ---------------------------------------------------------------------------


def test_without_cases_nothing_is_covered(tmp_path: Path) -> None:
    coverage = counted(law(), tmp_path)
    assert dict(counts(coverage)) == {
        "provisions_covered": 0,
        "provisions_counted": 10,
        "branches_covered": 0,
        "branches_counted": 15,
        "branches_impossible": 1,
    }
    assert not coverage.complete


def test_nine_cases_cover_all_of_it(tmp_path: Path) -> None:
    coverage = counted(law(*CASES), tmp_path)
    assert gaps(coverage) == set()
    assert coverage.complete
    assert [(p.provision, b.spot, b.proved) for p, b in coverage.branches if b.proved] == [("other-law", (1,), [True])]


@pytest.mark.parametrize("name", CASES)
def test_without_one_case_what_only_it_shows_is_missing(name: str, tmp_path: Path) -> None:
    coverage = counted(law(*(n for n in CASES if n != name)), tmp_path)
    assert gaps(coverage) == GONE[name]
    assert coverage.complete is (not GONE[name])


def test_one_case_counted_by_hand(tmp_path: Path) -> None:
    rows = {p.provision: p for p in counted(law("dredging"), tmp_path).provisions}
    assert [name for name, row in rows.items() if row.decides] == ["dredge", "deep-port"]
    assert {name: [(b.true, b.false) for b in row.branches] for name, row in rows.items()} == {
        "dredge": [(1, 0)],
        "fill": [(0, 1), (0, 1), (1, 0)],
        "shallow": [(0, 1), (0, 1), (1, 0), (1, 0)],
        "other-law": [(0, 1), (0, 1), (0, 1)],
        "report": [],
        "survey": [(0, 1)],
        "ceiling": [],
        "dues": [],
        "no-works": [(0, 1)],
        "deep-port": [(1, 0), (0, 0)],
    }


def test_an_unconfirmed_case_shows_nothing(tmp_path: Path) -> None:
    assert counts(counted(law(*CASES, confirmed=False), tmp_path))["provisions_covered"] == 0


def test_a_case_that_fails_shows_nothing(tmp_path: Path) -> None:
    wrong = law("dredging").replace("verdict: permitted", "verdict: prohibited")
    assert counts(counted(wrong, tmp_path))["provisions_covered"] == 0


def test_a_case_of_a_day_before_the_words_shows_nothing_of_them(tmp_path: Path) -> None:
    rows = {p.provision: p for p in counted(law("dredging", day="1991-05-01"), tmp_path).provisions}
    assert [(b.true, b.false) for b in rows["fill"].branches] == [(0, 0), (0, 0), (0, 0)]


def test_what_could_be_is_not_called_impossible(tmp_path: Path) -> None:
    # once a limit reaches the tag, the same branch only wants its case
    folder = written(law(*CASES), tmp_path / "library")
    limit = folder / "limits" / "quarantine.yaml"
    limit.write_text(limit.read_text("utf-8").replace("[ports]", "[ports, fishing]"), "utf-8")
    coverage = cover(load(folder, cache=False, cases=True).library)
    assert not [b for _, b in coverage.branches if b.proved]


def test_a_test_that_no_word_can_fail_is_proved(tmp_path: Path) -> None:
    # `works` is the root of the fact's terms, so nothing said of it is outside
    text = law(*CASES).replace("when: {element: dredging}", "when: {element: works}")
    dredge = next(p for p in counted(text, tmp_path).provisions if p.provision == "dredge")
    assert dredge.branches[0].proved == [False]


# --- the command -------------------------------------------------------------------------------------------------------


def test_the_command_says_what_is_missing_where_and_what_would_do(tmp_path: Path) -> None:
    folder = written(law(*(n for n in CASES if n not in ("shallow", "not deep enough"))), tmp_path / "library")
    result = command(folder, "--cover")
    lines = (folder / "authorities" / "harbor-works.yaml").read_text("utf-8").splitlines()
    assert result.exit_code == 1
    said = before_the_line(result.output).splitlines()
    assert said[0] == "7 cases, 0 failed."
    assert said[-1] == "9 of 10 provisions, 12 of 15 branches (1 of them proved to have one side only)."
    assert "harbor-works: 7 of 8 provisions, 10 of 12 branches (1 of them proved to have one side only)" in said
    at = lines.index("    when:") + 1
    assert f"  authorities/harbor-works.yaml:{at - 3}: shallow: decides no case" in said
    assert (
        f"  authorities/harbor-works.yaml:{at}: shallow, when: all of 2: never true (true in 0, false in 7)" in said
    ), result.output
    assert "    would do: a confirmed case from 1990-01-05, in which it forbids" in said
    fill = lines.index("    when: {element: filling, satisfies: deep-port}") + 1
    assert any(line.startswith(f"  authorities/harbor-works.yaml:{fill}: fill, when.satisfies: ") for line in said)
    assert any('given {deep: false, how-deep: {value: false, source: "..."}}' in line for line in said), result.output


def test_the_command_is_content_when_all_is_covered(tmp_path: Path) -> None:
    result = command(written(law(*CASES), tmp_path / "library"), "--cover")
    assert before_the_line(result.output) == (
        "9 cases, 0 failed.\n10 of 10 provisions, 15 of 15 branches (1 of them proved to have one side only).\n"
    )
    assert result.exit_code == 0


def test_a_failing_case_is_an_end_of_it_however_much_is_covered(tmp_path: Path) -> None:
    text = (
        law(*CASES) + "  - name: wrong\n    date: 1995-05-01\n    given: {element: filling}\n    verdict: permitted\n"
    )
    result = command(written(text, tmp_path / "library"), "--cover")
    assert "wrong: expected permitted, found needs facts" in result.output
    assert before_the_line(result.output).endswith(
        "10 of 10 provisions, 15 of 15 branches (1 of them proved to have one side only).\n"
    )
    assert result.exit_code == 1


def test_without_cover_only_the_cases_count(tmp_path: Path) -> None:
    result = command(written(law("dredging"), tmp_path / "library"))
    assert (before_the_line(result.output), result.exit_code) == ("1 cases, 0 failed.\n", 0)


def test_the_unconfirmed_are_counted_apart(tmp_path: Path) -> None:
    result = command(written(law("dredging", confirmed=False), tmp_path / "library"))
    assert before_the_line(result.output) == "1 cases (1 not confirmed), 0 failed.\n"


def test_one_file_by_name(tmp_path: Path) -> None:
    folder = written(law(*(n for n in CASES if n != "quarantine")), tmp_path / "library")
    assert command(folder, "harbor-words", "--cover").exit_code == 0
    result = command(folder, "quarantine", "--cover")
    assert before_the_line(result.output).splitlines()[-1] == "0 of 1 provisions, 0 of 1 branches."
    assert result.exit_code == 1


def test_json_says_the_same(tmp_path: Path) -> None:
    folder = written(law(*(n for n in CASES if n != "not deep enough")), tmp_path / "library")
    result = command(folder, "--cover", "--json")
    data = json.loads(result.output)
    assert (data["complete"], data["cases"], data["failed"], result.exit_code) == (False, 8, [], 1)
    found = {
        (p["provision"], b["key"]): b["missing"] for p in data["provisions"] for b in p["branches"] if b["missing"]
    }
    assert {key: list(missing) for key, missing in found.items()} == {
        ("fill", "when.satisfies"): ["false"],
        ("deep-port", "otherwise"): ["false"],
    }
    assert data["branches_covered"] == data["branches_counted"] - 2 == 13
    idle = [b for p in data["provisions"] for b in p["branches"] if b["impossible"]]
    assert [(b["words"], b["impossible"], b["covered"]) for b in idle] == [("barred under fishing", ["true"], True)]


def test_what_is_hoped_turns_with_not() -> None:
    condition = c.AllOf((c.Negation(c.Question("a")), c.Question("b")))
    hoped = {spot: goal for spot, _, goal in inside(condition, (), True)}
    assert hoped == {(): True, (0,): True, (0, 0): False, (1,): True}
