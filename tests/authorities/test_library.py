"""The shipped library is held by its own bench: lint clean, every case passing, coverage of every paragraph."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from authorities.cli import main
from authorities.coverage import check_file
from authorities.loading import SHIPPED
from rules.answering import answer
from rules.findings import Finding
from rules.proposals import expand, from_mapping
from tests.support.shipped import LIBRARY, SHELF

TODAY = datetime.date(2026, 11, 21)


def test_every_paragraph_at_every_release_is_dealt_with() -> None:
    assert not [fault.render() for file in LIBRARY.files() for fault in check_file(file)]


@pytest.mark.parametrize("file", [f for f in LIBRARY.files() if f.kind != "definitions"], ids=lambda f: f.id)
def test_each_file_carries_six_cases_or_more(file: object) -> None:
    assert len(getattr(file, "cases", ())) >= 6


def test_no_term_synonym_means_two_terms_of_one_fact() -> None:
    words = LIBRARY.vocabulary
    for word, terms in words.term_words.items():
        for fact in words.facts.values():
            below = words.taxonomy.below.get(fact.of or "", frozenset())
            assert len([t for t in terms if t in below]) <= 1, (word, fact.id, terms)


def test_list_show_lint_and_test_run() -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "10-usc-333" in run("list")
    rows = {row["id"]: row for row in json.loads(run("list", "--json"))["rows"]}
    assert rows["10-usc-2282"]["status"] == "ended 19 September 2017"
    shown = run("show", "10 USC 333")
    for words in ("May", "Must", "Only: operation and maintenance, Defense-wide", "(b)(1)", "from 23 December 2016"):
        assert words in shown
    assert json.loads(run("show", "10-usc-362", "--json"))["rows"][0]["id"] == "10-usc-362"
    assert "0 failed" in run("test", "10-usc-333")


def test_an_unknown_id_is_named_with_the_nearest(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["show", "10-usc-332x"])
    assert result.exit_code == 2
    assert "did you mean 10-usc-332" in result.stderr
    result = CliRunner().invoke(main, ["--library", str(tmp_path / "none"), "list"])
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


# --- date pairs: different answers for the right reason ------------------------------------------------------------


def under(authority: str, **given: object) -> Finding:
    document = from_mapping(dict(given), "pair")
    proposal = expand(LIBRARY, document, today=TODAY)
    return answer(LIBRARY, SHELF, proposal, known=TODAY, today=TODAY, asked=authority).lines[0].findings[0]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_section_321_with_police_in_march_2025_and_march_2026() -> None:
    story = {"element": "combined-training", "recipient": "national-police", "ministry": "interior"}
    story |= {"us_forces": "general-purpose-forces", "purpose": "train-us-forces"}
    before = under("10-usc-321", date=day("2025-03-17"), **story)
    after = under("10-usc-321", date=day("2026-03-17"), **story)
    assert before.verdict == "prohibited"
    assert any("general-purpose" in b.ref.key for b in before.bars if b.state == "true")
    assert after.verdict == "needs counsel"
    assert any(u.supplier.startswith("counsel") and "similar function" in u.question for u in after.unknown)


@pytest.mark.parametrize(
    ("on", "ceiling"),
    [
        ("2018-08-12", 750_000),
        ("2018-08-13", 1_500_000),
        ("2023-12-21", 1_500_000),
        ("2023-12-22", 2_000_000),
        ("2026-03-02", 2_000_000),
    ],
)
def test_small_scale_construction_at_each_limit(on: str, ceiling: int) -> None:
    story = {"element": "construction", "recipient": "coast-guard", "purpose": "maritime-and-border-security"}
    within = under("10-usc-333", date=day(on), project_cost=ceiling, **story)
    over = under("10-usc-333", date=day(on), project_cost=ceiling + 1, **story)
    assert within.verdict == "conditional"
    assert over.verdict == "prohibited"
    assert "small-scale-ceiling" in over.deciding


@pytest.mark.parametrize(("year", "last"), [(2024, "2026-09-30"), (2025, "2028-09-30")])
def test_section_333_program_life_on_money_of_2024_and_of_2025(year: int, last: str) -> None:
    begin = day(f"{year}-03-01")
    story = {"element": "training", "recipient": "army", "purpose": "counterterrorism", "date": begin, "start": begin}
    story |= {"account": "dod-om-dw-dsca-333", "fund_year": year, "acts": {"333-notice": day(f"{year}-01-15")}}
    within = under("10-usc-333", end=day(last), **story)
    beyond = under("10-usc-333", end=day(last) + datetime.timedelta(days=1), **story)
    assert within.verdict == "conditional"
    assert beyond.verdict == "prohibited"
    assert any(key.startswith("dsca-o-and-m") for key in beyond.deciding)


def test_section_2282_cited_in_fiscal_year_2019_has_lapsed() -> None:
    finding = under(
        "10-usc-2282", date=day("2019-03-04"), element="training", recipient="army", purpose="counterterrorism"
    )
    assert finding.verdict == "no authority"
    assert finding.in_force.startswith("not in force since 19 September 2017; replaced by Section 333")


def test_equipping_counterterrorism_police_in_2012_and_in_2015() -> None:
    story = {
        "element": "equipping",
        "recipient": "counterterrorism-police",
        "purpose": "counterterrorism",
        "cost": 900_000,
    }
    story |= {"recipient_level": "national-level", "recipient_functions": ["counterterrorism"], "ministry": "interior"}
    early = under("pl-109-163-1206", date=day("2012-06-15"), **story)
    late = under("10-usc-2282", date=day("2015-06-15"), **story)
    assert early.verdict == "no authority"
    assert any(clause.fact == "recipient" for failing in early.failing for clause in failing.clauses)
    assert late.verdict == "conditional"


def test_the_library_folder_is_the_one_that_ships() -> None:
    assert (SHIPPED / "library.yaml").is_file()
