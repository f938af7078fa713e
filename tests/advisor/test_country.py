"""``advisor country``: the page of a country on a day, and the table facts that real answers rest on."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from advisor.asking import ask
from advisor.cli import main
from advisor.country import Page, country_page, named
from advisor.country_lists import Held, held
from advisor.country_screen import render
from authorities.partner_facts import partner_facts
from rules.proposals import from_mapping
from tests.support.shipped import LOADED, SHELF

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "authorities" / "library" / "tables"
TODAY = date(2026, 11, 22)
DAY = date(2026, 2, 16)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["country", *words])


@cache
def page(country: str, day: date) -> Page:
    return country_page(LOADED, country, day=day, today=TODAY, shelf=SHELF)


@cache
def provisions(country: str, day: date) -> tuple[Held, ...]:
    return held(LOADED.library, country, partner_facts(LOADED.library, country, day), day, TODAY)


def text_of(country: str, day: date, *, every: bool = False) -> str:
    return render(LOADED.library, page(country, day), every=every)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


# --- the page -----------------------------------------------------------------------------------------------------
def test_the_page_says_alliance_command_and_the_coast_guard_under_its_ministry() -> None:
    result = run("PHL", "--date", DAY.isoformat())
    assert result.exit_code == 0
    text = flat(result.stdout)
    for words in (
        "Philippines (PHL) on 16 February 2026",
        "U.S.-Philippines Mutual Defense Treaty, since 27 August 1952",
        "mnna designated",
        "aor INDOPACOM",
        "the table ends on 30 September 2025: child soldiers",
        "the table ends on 31 December 2024: spp",
    ):
        assert words in text
    listed = [row for row in rows(ROOT / "authorities/reference/forces.csv") if row["iso3"] == "PHL"]
    guard = next(row for row in listed if row["kind"] == "coast-guard")
    assert re.search(rf"{guard['ministry_name']}[^:]*: [^:]*{guard['force']}", text)


def test_the_default_page_fits_two_screens_and_all_leaves_nothing_out() -> None:
    short, whole = (text_of("PHL", DAY, every=every) for every in (False, True))
    assert len(short.splitlines()) <= 130 < len(whole.splitlines())
    assert all(len(line) <= 100 for line in (short + whole).splitlines())
    said = flat(whole)
    for fact in page("PHL", DAY).facts:
        assert flat(fact.source) in said and fact.table.replace("_", " ").split(" ")[0] in said, fact.table


@pytest.mark.parametrize("country", ["BFA", "CUB"])
def test_a_list_that_bars_or_may_bar_names_the_law_and_who_may_lift_it(country: str) -> None:
    day = date(2023, 3, 1)
    library = LOADED.library
    standing = [one for one in provisions(country, day) if one.kind == "bar" and one.state != "not met"]
    assert standing
    text = flat(text_of(country, day, every=True))
    for one in standing:
        bar = next(b for b in next(f for f in library.files() if f.id == one.file).bars if b.id == one.id)
        assert one.facts and f"{one.statute} {bar.cite}: {flat(bar.gist).rstrip('.')}" in text
        for relief in one.reliefs:
            assert f"{relief.gist} \u2014 {library.vocabulary.acts[relief.act].actor}" in text


def test_a_coup_determination_bars_under_section_7008_and_says_who_may_waive() -> None:
    standing = {
        (one.file, one.id): one
        for one in provisions("BFA", date(2023, 3, 1))
        if one.kind == "bar" and one.state == "met"
    }
    bar = standing["sfops-7008", "coup-2023"]
    assert (bar.facts, bar.by_money) == (("coup_determination",), True)
    waiver = next(relief for relief in bar.reliefs if relief.act == "7008-waiver")
    assert (waiver.actor, waiver.questions) == ("Secretary of State", ("7008-2023-relief",))
    assert "7008-2023-relief" in {one.id for one in page("BFA", date(2023, 3, 1)).questions}
    # of the words that follow the money, those for money of the day's own year
    assert {
        one.id for one in provisions("BFA", date(2023, 3, 1)) if one.file == "sfops-7008" and one.kind == "bar"
    } == {"coup-2023"}
    # the day before the determination the record has no coup, and the bar does not stand
    assert not [
        one
        for one in provisions("BFA", date(2022, 2, 17))
        if one.file == "sfops-7008" and one.kind == "bar" and one.state == "met"
    ]


def test_a_bar_on_those_who_are_not_on_a_list_is_met_by_them_alone() -> None:
    def state(country: str) -> dict[str, str]:
        found = provisions(country, DAY)
        return {one.file: one.state for one in found if one.facts == ("developing_country",) and one.kind == "bar"}

    not_developing, developing = state("FRA"), state("PHL")
    assert not_developing.keys() == developing.keys() >= {"10-usc-321", "10-usc-335"}
    assert set(not_developing.values()) == {"met"}
    assert set(developing.values()) == {"not met"}
    # 22 U.S.C. 2321h(c): stockpiles abroad, but in NATO members and major non-NATO allies
    allies = {
        c: [one.state for one in provisions(c, DAY) if (one.file, one.id) == ("22-usc-2321h", "location")]
        for c in ("FRA", "PHL", "BFA")
    }
    assert allies == {"FRA": ["not met"], "PHL": ["not met"], "BFA": ["may be met"]}


def test_no_bar_that_stands_in_an_answer_is_one_that_the_page_says_bars_nothing() -> None:
    day, countries = date(2023, 3, 1), ("BFA", "CUB", "FRA")
    schooling = {"element": "education", "recipient": "army", "program": "imet-program", "partner": [*countries]}
    seen = 0
    for line in ask(LOADED, from_mapping(schooling, "t"), today=TODAY, day=day, second=False, shelf=SHELF).lines:
        states = {f"{one.file}.{one.id}": one.state for one in provisions(line.partner, day) if one.kind == "bar"}
        for bar in [*line.barred_by, *(bar for finding in line.findings for bar in finding.bars)]:
            if bar.state == "true" and bar.ref.key in states:
                assert states[bar.ref.key] != "not met", (line.partner, bar.ref.key)
                seen += 1
    assert seen


def test_where_a_table_ends_its_bars_are_unsettled_not_absent() -> None:
    def state(day: date) -> set[str]:
        return {one.state for one in provisions("AFG", day) if one.file == "22-usc-2370c-1" and one.kind == "bar"}

    assert state(date(2025, 9, 30)) == {"met"}
    assert state(date(2025, 10, 1)) == {"may be met"}


def test_what_may_reach_a_force_is_what_an_answer_says_of_it() -> None:
    for group in page("PHL", DAY).groups:
        for terms in group.recipients:
            said = from_mapping({"partner": "PHL", **terms}, "one recipient")
            line = ask(LOADED, said, today=TODAY, day=DAY, second=False, shelf=SHELF).lines[0]
            verdicts = {f.authority: f.verdict for f in line.findings if f.verdict != "no authority"}
            assert {one.id: one.verdict for one in group.reach} == {
                id_: verdict for id_, verdict in verdicts.items() if verdict != "prohibited"
            }
            assert {one.id for one in group.barred} == {id_ for id_, v in verdicts.items() if v == "prohibited"}
            assert group.rest == len(LOADED.library.authorities) - len(verdicts)


def test_kosovo_by_its_code_or_name_and_as_data() -> None:
    data = json.loads(run("Kosovo", "--date", "2024-03-01", "--json").stdout)
    assert (data["country"], data["name"], data["day"]) == ("XKX", "Kosovo", "2024-03-01")
    assert named(LOADED.library, "xkx") == "XKX"
    facts = {fact["table"]: fact for fact in data["facts"]}
    assert (facts["section_1251"]["value"], facts["section_1251"]["basis"]) == (True, "sourced")


@pytest.mark.parametrize(
    ("word", "meant"), [("Philipines", "Philippines"), ("QQQ", ""), ("Burkina Fasso", "Burkina Faso")]
)
def test_an_unknown_country_is_a_fault_with_the_nearest_name(word: str, meant: str) -> None:
    result = run(word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"found '{word}'; expected a country" in result.stderr
    assert (f"did you mean {meant}?" in result.stderr) if meant else ("did you mean" not in result.stderr)


def test_a_bad_day_is_a_fault() -> None:
    result = run("PHL", "--date", "soon")
    assert result.exit_code == 2
    assert "expected a date, YYYY-MM-DD" in result.stderr


# --- what real answers rest on ------------------------------------------------------------------------------------
SEED, COUNTRIES = 5, 60
DATES = (date(2016, 8, 1), date(2023, 3, 1), DAY)


def test_every_table_fact_an_answer_rests_on_shows_basis_and_source_and_is_covered() -> None:
    described: dict[str, Any] = yaml.safe_load((TABLES / "tables.yaml").read_text(encoding="utf-8"))["tables"]
    read = {id_: rows(TABLES / raw["file"]) for id_, raw in described.items()}
    codes = sorted(row["iso3"] for row in read["countries"])
    drawn = ["BFA", "MMR", "PHL", *random.Random(SEED).sample(sorted({*codes} - {"BFA", "MMR", "PHL"}), COUNTRIES - 3)]
    example = yaml.safe_load((ROOT / "examples/coast-guard.yaml").read_text(encoding="utf-8"))
    shared = {name: said for name, said in example.items() if name not in ("date", "start", "end")}
    pilots = {"element": "education", "recipient": "air-force", "program": "aviation-leadership-program"}
    proposal = from_mapping({**shared, "partner": drawn, "elements": [*shared["elements"], pilots]}, "drawn")
    rested: Counter[str] = Counter()
    for day in DATES:
        answer = ask(LOADED, proposal, today=TODAY, day=day, second=False, shelf=SHELF)
        for line in answer.lines:
            for finding in line.findings.read:
                for one in finding.assumptions:
                    if one.source.startswith("table "):
                        table = one.source.split()[1]
                        rested[table] += 1
                        assert shown(described[table], read[table], line.partner, one.source, day), (line.partner, one)
    assert rested.keys() >= {"coups", "developing", "kind_levels"}, "the draw rests on tables about countries"


def shown(raw: dict[str, Any], read: list[dict[str, str]], partner: str, source: str, day: date) -> bool:
    """Whether what an assumption shows is a row's own basis and source, on a day the table and the row cover."""
    covers = raw.get("covers", {})
    if not covers.get("from", day) <= day <= covers.get("to", day):
        return False
    if f"(it names no such; {raw['source']})" in source:
        return bool(raw["complete"])
    for row in read:
        first, last = row.get(raw.get("from", "")) or str(day), row.get(raw.get("until", "")) or str(day)
        basis = row.get(raw.get("basis", ""), "")
        said = "; ".join(filter(None, (basis, row.get("source", raw["source"]))))
        own = raw["key"] != "iso3" or row["iso3"] == partner
        if own and first <= str(day) <= last and f"({said}): " in source:
            return True
    return False
