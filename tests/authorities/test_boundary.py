"""Boundary cases say what the rules say, stand where they say, and come in pairs that one test tells apart."""

from __future__ import annotations

import datetime
import json

import pytest
from click.testing import CliRunner

from authorities.boundary import Boundaries, boundary
from authorities.casework import run_case
from authorities.cli import main
from authorities.loading import load
from authorities.mutation._writing import case_from, case_lines
from rules.rulebook import Shelf

LIBRARY = load(cases=True).library
FILES = {f.id: f for f in LIBRARY.files()}
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module", params=["10-usc-322", "22-usc-2420"])
def made(request: pytest.FixtureRequest) -> tuple[str, Boundaries]:
    return request.param, boundary(LIBRARY, request.param)


def test_each_case_holds_and_reads_back(made: tuple[str, Boundaries]) -> None:
    shelf = Shelf(LIBRARY)
    assert len(made[1].cases) > 10
    for one in made[1].cases:
        assert not one.case.confirmed
        assert run_case(LIBRARY, shelf, FILES[one.file], one.case).problem == ""
        assert case_from("\n".join(case_lines(one.case))) == one.case


def test_none_is_a_case_the_library_has_already(made: tuple[str, Boundaries]) -> None:
    stories = {(f.id, repr(k.given), k.date) for f in LIBRARY.files() for k in f.cases}
    assert not [b for b in made[1].cases if (b.file, repr(b.case.given), b.case.date) in stories]


def test_dates_are_a_day_apart_and_tell_apart(made: tuple[str, Boundaries]) -> None:
    for one in made[1].cases:
        if "the day before the day it" in one.why:
            assert one.case.date + DAY == datetime.date.fromisoformat(one.why[-10:])


def test_a_pair_comes_out_differently(made: tuple[str, Boundaries]) -> None:
    pairs: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for one in made[1].cases:
        what, _, side = one.why.partition(" decides: ")
        if side:
            pairs.setdefault((one.provision, what), {})[side] = (one.case.verdict, one.case.name)
    both = [sides for sides in pairs.values() if len(sides) == 2]
    assert both
    assert all(sides["it holds"][0] != sides["it fails"][0] for sides in both)


def test_a_ceiling_is_tried_below_at_and_above() -> None:
    found = [b for b in boundary(LIBRARY, "10-usc-341").cases if "ceiling" in b.why]
    sides = {b.why.split(" the ceiling")[0] for b in found}
    assert "just above" in sides
    assert any(b.case.verdict == "prohibited" for b in found if b.why.startswith("just above"))


def test_the_command_prints_yaml_and_json() -> None:
    text = CliRunner().invoke(main, ["boundary", "31-usc-1552"])
    assert text.exit_code == 0, text.output
    assert "confirmed: false" in text.stdout or "# no case" in text.stdout or not text.stdout
    data = json.loads(CliRunner().invoke(main, ["boundary", "31-usc-1301", "--json"]).stdout)
    assert set(data) == {"cases", "undecided"}
    assert CliRunner().invoke(main, ["boundary", "10-usc-999"]).exit_code == 2
