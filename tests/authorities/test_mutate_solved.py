"""`authorities mutate --prove`: what the solver makes of mutants, and of those that are let live."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from authorities.casework import lines_of
from authorities.cli import main
from authorities.loading import load
from authorities.mutation._bench import Bench, Group
from authorities.mutation._examples import Example
from authorities.mutation._reading import with_file
from authorities.mutation.equivalence import Judge
from authorities.mutation.mutants import mutants_of
from authorities.mutation.solved import Solved
from authorities.proving import comparing
from tests.support.harbor import WORKS, WORLD

ID = "harbor-works"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "library"
    shutil.copytree(WORLD, out)
    works = WORKS.replace("per: authority-year", "per: individual")
    (out / "authorities" / f"{ID}.yaml").write_text(works, encoding="utf-8")
    return out


def test_the_solver_ends_as_the_cases_do(folder: Path) -> None:
    library = load(folder, cases=True, cache=False).library
    judge, solved, works = Judge(Bench(library)), Solved(library), library.authorities[ID]
    every = mutants_of(library, works)
    for mutant in random.Random(2).sample([one for one in every if one.key != "per"], 12):
        one, other = judge.settle(mutant), solved.settle(mutant)
        assert (one.status == "equivalent") == (other.status == "equivalent"), mutant.id
        assert other.status in ("missing", "equivalent"), mutant.id
        if other.missing is not None:
            kills = Group(
                library, ID, [Example(ID, ID, other.missing.case, lines_of(library, works, other.missing.case))]
            )
            assert not kills.failing(kills.base()[2])
            assert kills.failing(kills.mutated(with_file(library, mutant.changed), frozenset({ID}))[2]), mutant.id


def test_what_is_excluded_is_decided_and_stays_excluded(folder: Path, tmp_path: Path) -> None:
    library = load(folder, cases=True, cache=False).library
    judge = Judge(Bench(library))
    every = mutants_of(library, library.authorities[ID])
    ends = {one.id: judge.settle(one).status for one in every}
    some = [next(id_ for id_, end in ends.items() if end == wanted) for wanted in ("missing", "equivalent")]
    file = tmp_path / "mutants.yaml"
    file.write_text("language: 1\nmutants:\n" + "".join(f"  {json.dumps(id_)}: a reason\n" for id_ in some))
    words = ["--library", str(folder), "mutate", ID, "--jobs", "1", "--exclusions", str(file)]
    result = CliRunner().invoke(main, [*words, "--prove"])
    last = result.output.strip().splitlines()
    said = "Of the excluded, 1 told apart from the law and 1 proved the same."
    assert any(line.startswith(said) for line in last)
    assert "2 excluded" in result.output
    data = json.loads(CliRunner().invoke(main, [*words, "--prove", "--json"], catch_exceptions=False).stdout)
    assert {one["id"]: one["found"] for one in data["mutants"] if "found" in one} == dict(
        zip(some, ("missing", "equivalent"), strict=True)
    )
    # the solver compares proposals of one line: how the lines of one share a cap is for the cases to show
    assert all("/per: " in id_ for id_ in data["unproved"])


def test_what_the_solver_gives_up_on_is_left_unproved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = load(folder, cases=True, cache=False).library
    solved = Solved(library)
    given_up = comparing.Comparison(ID, "not proved", gave_up=1)
    monkeypatch.setattr(comparing.Comparer, "compare", lambda self, id_, first=False: given_up)
    mutant = mutants_of(library, library.authorities[ID])[0]
    assert solved.settle(mutant).status == "unproved"
