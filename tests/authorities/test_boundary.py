"""Boundary cases say what the rules say, stand where they say, and come in pairs that one test tells apart."""

from __future__ import annotations

import datetime
import json
import shutil
from typing import Any

import pytest
from click.testing import CliRunner

from authorities.boundary import Boundaries, boundary
from authorities.casework import run_case
from authorities.cli import main
from authorities.loading import load
from authorities.mutation._writing import case_from, case_lines
from rules.library import Library
from rules.provisions import Case
from rules.rulebook import Shelf
from tests.support.harbor import WORKS, WORLD
from tests.support.shipped import LIBRARY as SHIPPED

DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("world") / "library"
    shutil.copytree(WORLD, folder)
    (folder / "authorities" / "harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    return load(folder, cache=False, cases=True).library


@pytest.fixture(scope="module", params=["harbor-works", "22-usc-2420", "10-usc-2011"])
def made(request: pytest.FixtureRequest, harbor: Library) -> tuple[Library, Boundaries]:
    library = harbor if request.param == "harbor-works" else SHIPPED
    return library, boundary(library, request.param)


def test_each_case_holds_and_reads_back(made: tuple[Library, Boundaries]) -> None:
    library, found = made
    shelf, files = Shelf(library), {f.id: f for f in library.files()}
    for one in found.cases:
        assert not one.case.confirmed
        assert run_case(library, shelf, files[one.file], one.case).problem == ""
        assert case_from("\n".join(case_lines(one.case))) == one.case


def test_none_is_a_case_the_library_has_already(made: tuple[Library, Boundaries]) -> None:
    stories = {(f.id, repr(k.given), k.date) for f in made[0].files() for k in f.cases}
    assert not [b for b in made[1].cases if (b.file, repr(b.case.given), b.case.date) in stories]


def test_dates_are_a_day_apart_and_tell_apart(made: tuple[Library, Boundaries]) -> None:
    for one in made[1].cases:
        if "the day before the day it" in one.why:
            assert one.case.date + DAY == datetime.date.fromisoformat(one.why[-10:])


def pairs(library: Library, found: Boundaries) -> list[tuple[Case, Case]]:
    """Each case made to show that a test decides, with its twin (made as well, or of the library already)."""
    known = {k.name: k for f in library.files() for k in f.cases} | {b.case.name: b.case for b in found.cases}
    return [(b.case, known[b.beside]) for b in found.cases if b.beside]


def test_a_pair_comes_out_differently(made: tuple[Library, Boundaries]) -> None:
    for case, twin in pairs(*made):
        assert case.verdict != twin.verdict


def test_a_pair_differs_in_one_thing(harbor: Library) -> None:
    both = pairs(harbor, boundary(harbor, "harbor-works"))
    assert len(both) >= 3
    for case, twin in both:
        names = {*case.given, *twin.given}
        assert len([n for n in names if case.given.get(n) != twin.given.get(n)]) == 1


def about(found: Boundaries, words: str) -> dict[str, tuple[Any, str]]:
    return {b.why: (b.case.given, b.case.verdict) for b in found.cases if words in b.why}


def test_a_ceiling_is_tried_below_at_and_above(harbor: Library) -> None:
    found = about(boundary(harbor, "harbor-works"), "the ceiling of 200")
    assert {why.split(" the ceiling")[0]: (given["cost"], verdict) for why, (given, verdict) in found.items()} == {
        "just below": (199, "permitted"),
        "at": (200, "permitted"),
        "just above": (201, "prohibited"),
    }


def test_a_number_and_a_wait_are_tried_below_at_and_above(harbor: Library) -> None:
    found = boundary(harbor, "harbor-works")
    costs = [given["cost"] for given, _ in about(found, "cost more than 10").values() if "cost" in given]
    assert costs == [9, 10, 11]
    waits = about(found, "the wait of report")
    assert {given["start"] - datetime.timedelta(days=10): verdict for given, verdict in waits.values()} == {
        datetime.date(1995, 4, 30): "prohibited",
        datetime.date(1995, 5, 1): "conditional",
        datetime.date(1995, 5, 2): "conditional",
    }


def test_a_provision_is_tried_the_day_before_it_begins(harbor: Library) -> None:
    days = [
        b.case.date for b in boundary(harbor, "harbor-works").cases if b.provision == "dredge" and "begins" in b.why
    ]
    assert days == [datetime.date(1990, 1, 4), datetime.date(1990, 1, 5), datetime.date(1990, 1, 6)]


def test_a_value_is_tried_the_day_it_changes(harbor: Library) -> None:
    found = [b for b in boundary(harbor, "harbor-works").cases if "ceiling changes" in b.why]
    assert [(b.case.date, b.case.verdict) for b in found] == [
        (datetime.date(1992, 2, 29), "prohibited"),
        (datetime.date(1992, 3, 1), "permitted"),
    ]
    assert found[0].case.given == found[1].case.given


def test_the_command_prints_yaml_and_json() -> None:
    text = CliRunner().invoke(main, ["boundary", "31-usc-1552"])
    assert text.exit_code == 0, text.output
    assert "confirmed: false" in text.stdout or "# no case" in text.stdout or not text.stdout
    data = json.loads(CliRunner().invoke(main, ["boundary", "31-usc-1301", "--json"]).stdout)
    assert set(data) == {"cases", "undecided", "advice", "known_through"}
    assert CliRunner().invoke(main, ["boundary", "10-usc-999"]).exit_code == 2
