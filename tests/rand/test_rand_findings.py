"""RAND's findings of 2013, asked as law of fiscal year 2012, and of 2026 to see which are cured."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import authorities
from rules.findings import LineAnswer
from rules.judge import LAWFUL
from rules.provisions import LawFile
from tests.rand.asking import (
    BELOW,
    DATA,
    DAYS,
    FINDINGS,
    OPEN,
    REACH,
    asked,
    every_verdict,
    examples,
    examples_for,
    readdressed,
    stops,
    verdicts,
)
from tests.support.shipped import LIBRARY

YEARS = tuple(DAYS)
PROPOSALS = {one["id"]: one for finding in FINDINGS.values() for one in finding["proposals"]}
TWICE = frozenset(finding["proposals"][0]["id"] for finding in FINDINGS.values())
"""The proposals asked with the second opinion: the first of each finding."""

SWEEPS = [(sweep, year) for sweep in REACH["sweeps"] for year in YEARS]


def of_the_day(file: LawFile, year: str) -> bool:
    """Whether a grant of an authority is law on the day of a fiscal year."""
    lives = [grant.life for grant in file.grants]
    return any(life.since <= DAYS[year] and (life.until is None or DAYS[year] < life.until) for life in lives)


@cache
def line(proposal: str, year: str) -> LineAnswer:
    return asked(PROPOSALS[proposal], year, proposal in TWICE)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_law_of_the_day_answers_each_proposal_as_the_data_say(proposal: str, year: str) -> None:
    expected = PROPOSALS[proposal][year]
    found = line(proposal, year)
    assert found.verdict == expected["verdict"]
    assert {f.authority for f in found.findings.read if f.verdict in LAWFUL} == set(expected["lawful"])
    unsettled = {f.authority: {u.id for u in f.unknown} for f in found.findings.read if f.verdict in OPEN}
    assert set(unsettled) == set(expected.get("open", {}))
    for authority, missing in expected.get("open", {}).items():
        assert set(missing) <= unsettled[authority]


@pytest.mark.parametrize(
    ("proposal", "year", "authority"),
    [(name, year, a) for name, one in PROPOSALS.items() for year in YEARS for a in one[year].get("refused", {})],
)
def test_what_stops_an_authority_is_what_the_data_say(proposal: str, year: str, authority: str) -> None:
    [finding] = [f for f in line(proposal, year).findings if f.authority == authority]
    assert finding.verdict in ("no authority", "prohibited")
    assert set(PROPOSALS[proposal][year]["refused"][authority]) <= stops(finding)


def test_a_military_to_military_authority_neither_trains_nor_equips_whatever_else_is_said() -> None:
    sweep: dict[str, Any] = DATA["military_to_military"]
    kinds = sorted(frozenset().union(*(BELOW[kind] for kind in sweep["kinds"])))
    every = [(authority, given) for authority in sweep["authorities"] for _, given in examples(authority, "fy2012")]
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for (authority, given), verdict in zip(every, verdicts(every, "fy2012"), strict=True):
        if verdict in LAWFUL:
            first.setdefault((authority, given["element"]), given)
    assert {authority for authority, _ in first} == set(sweep["authorities"])
    swapped = [(authority, {**given, "element": kind}) for (authority, _), given in first.items() for kind in kinds]
    for (authority, given), verdict in zip(swapped, verdicts(swapped, "fy2012"), strict=True):
        assert verdict in ("no authority", "prohibited"), (authority, given)


def test_the_one_contact_authority_that_trains_does_so_person_by_person_and_equips_nobody() -> None:
    authority = DATA["military_to_military"]["trains_individuals"]
    kinds = sorted(BELOW["equipping"] | {"unit-training", "individual-training"})
    swapped = [(authority, {**given, "element": kind}) for _, given in examples(authority, "fy2012") for kind in kinds]
    may = {
        str(given["element"])
        for (_, given), verdict in zip(swapped, verdicts(swapped, "fy2012"), strict=True)
        if verdict in (*LAWFUL, *OPEN)
    }
    assert may == {"individual-training"}


@pytest.mark.parametrize(("sweep", "year"), SWEEPS)
def test_an_authority_reaches_a_body_by_the_example_named(sweep: str, year: str) -> None:
    named = [
        (authority, state, readdressed(examples_for(sweep, authority, year)[name], REACH["bodies"][body]))
        for body, found in REACH["sweeps"][sweep][year].items()
        for state in ("reached", "open")
        for authority, name in found[state].items()
    ]
    found_ = verdicts([(authority, given) for authority, _, given in named], year)
    for (authority, state, given), verdict in zip(named, found_, strict=True):
        assert verdict in (LAWFUL if state == "reached" else OPEN), (authority, given)


@pytest.mark.parametrize(("sweep", "year"), SWEEPS)
def test_no_example_of_an_authority_listed_as_not_reaching_a_body_reaches_it(sweep: str, year: str) -> None:
    readdressed_ = [
        (authority, readdressed(given, REACH["bodies"][body]))
        for body, found in REACH["sweeps"][sweep][year].items()
        for authority in found["not"]
        for given in examples_for(sweep, authority, year).values()
    ]
    for (authority, given), verdict in zip(readdressed_, verdicts(readdressed_, year), strict=True):
        assert verdict in ("no authority", "prohibited"), (authority, given)


@pytest.mark.parametrize("year", YEARS)
def test_every_contact_authority_of_the_day_is_in_the_count(year: str) -> None:
    files = [LIBRARY.authorities[id_] for id_ in LIBRARY.authorities]
    in_force = {file.id for file in files if "contacts" in file.tags and of_the_day(file, year)}
    for found in REACH["sweeps"]["contacts"][year].values():
        assert {*found["reached"], *found["open"], *found["not"]} == in_force


@pytest.mark.parametrize("year", YEARS)
def test_only_the_countries_named_have_more_than_the_global_counterterrorism_authority(year: str) -> None:
    rows = (Path(authorities.__file__).parent / "reference" / "aor.csv").read_text(encoding="utf-8").splitlines()
    area = [(r["command"], r["iso3"]) for r in csv.DictReader(rows) if r["command"] in DATA["commands"][year]]
    lines = [{**DATA["commands"]["facts"], "partner": iso3} for _, iso3 in area]
    more: dict[str, dict[str, set[str]]] = {command: {} for command, _ in area}
    for (command, iso3), found in zip(area, every_verdict(lines, year), strict=True):
        assert DATA["commands"][year]["global"] in found
        for authority in found.keys() - {DATA["commands"][year]["global"]}:
            more[command].setdefault(authority, set()).add(iso3)
    assert more == {c: {a: set(named) for a, named in DATA["commands"][year][c].items()} for c in more}


@pytest.mark.parametrize("finding", FINDINGS)
def test_an_authority_said_to_cure_a_finding_answers_a_proposal_that_was_not_lawful_or_alone_lawful(
    finding: str,
) -> None:
    for cure in FINDINGS[finding]["cured_by"]:
        now = {
            p["id"]
            for p in FINDINGS[finding]["proposals"]
            if cure in {*p["fy2026"]["lawful"], *p["fy2026"].get("open", {})}
        }
        then = {p["id"] for p in FINDINGS[finding]["proposals"] if cure in p["fy2012"]["lawful"]}
        assert now and not then


def test_the_counts_in_the_words_are_those_of_the_sweep() -> None:
    found = REACH["sweeps"]["train-or-equip"]["fy2012"]
    police, army, organization = (found[body] for body in ("interior-police", "army", "regional-organization"))
    everyone = sum(len(police[state]) for state in ("reached", "open", "not"))
    words = FINDINGS["A-F3a"]["law"]
    assert f"of {everyone} authorities" in words
    assert f"{len(police['reached'])} reach an interior ministry's police" in words
    assert f"({len(army['reached'])} an army)" in words
    assert (
        f"Of {everyone} authorities that train or equip somebody {len(organization['reached'])} reach"
        in FINDINGS["A-F6"]["law"]
    )
    assert len(REACH["sweeps"]["contacts"]["fy2012"]["regional-organization"]["reached"]) == 2


def table_row(finding: dict[str, Any]) -> str:
    """A finding as a row of the table of ``docs/rand.md``."""
    shorts = ", ".join(LIBRARY.authorities[a].short for a in finding["cured_by"])
    cells = (
        f"{finding['id']}: {finding['rand']}",
        f"**{finding['borne_out']}.** {finding['law']}",
        f"**{finding['cured']}.** {finding['because']}",
        shorts,
        finding["doubts"],
    )
    return "| " + " | ".join(cells) + " |"


def test_the_table_of_the_document_is_the_data() -> None:
    document = Path(__file__).parents[2] / "docs" / "rand.md"
    rows = [row for row in document.read_text(encoding="utf-8").splitlines() if row.startswith("| A-")]
    assert rows == [table_row(finding) for finding in FINDINGS.values()]
