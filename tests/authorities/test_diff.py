"""What differs between two editions of the library, and which lines of a plan come out otherwise."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities.cli import main
from tests.support.harbor import WORKS, WORLD

PLAN = """
date: 1995-05-01
acts: {harbor-report: done}
deep: {value: false, source: chart}
elements:
  - {element: dredging, cost: 9}
  - {element: dredging, cost: 11}
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    shutil.copytree(WORLD, folder)
    (folder / "authorities/harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    return folder


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    shutil.copytree(old, folder)
    edit(folder, "{more than: 10}", "{more than: 20}")
    return folder


def edit(folder: Path, before: str, after: str) -> None:
    path = folder / "authorities/harbor-works.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def diff(*words: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, words), "--today", "2026-03-01"])


def found(*words: object) -> dict[str, dict[str, object]]:
    return {one["what"]: one for one in json.loads(diff(*words, "--json").stdout)["changes"]}


def test_a_library_does_not_differ_from_itself(old: Path) -> None:
    result = diff(old, old)
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing differs.\n")


def test_a_changed_provision_is_told_in_plain_english_both_ways(old: Path, new: Path) -> None:
    changed = found(old, new)
    assert changed.keys() == {"bar shallow"}
    one = changed["bar shallow"]
    assert one["how"] == "changed"
    assert "more than $10" in str(one["before"])
    assert "more than $20" in str(one["after"])


def test_what_is_added_or_removed_is_told(old: Path, new: Path) -> None:
    edit(new, "  - id: shallow", "  - id: not-shallow")
    changed = found(old, new)
    assert (changed["bar shallow"]["how"], changed["bar not-shallow"]["how"]) == ("removed", "added")
    (new / "limits/quarantine.yaml").unlink()
    [gone] = json.loads(diff(old, new, "quarantine", "--json").stdout)["changes"]
    assert (gone["where"], gone["how"]) == ("quarantine", "removed")


def test_a_value_a_case_a_fact_and_a_row_of_a_table_are_told(old: Path, new: Path) -> None:
    edit(new, "is: 200}", "is: 300}")
    edit(new, "name: a shallow port", "name: a shallow harbor")
    words, table = new / "vocabulary/words.yaml", new / "tables/depths.csv"
    words.write_text(words.read_text(encoding="utf-8").replace("Is the port deep?", "How deep?"), encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8") + "east-port,yes\n", encoding="utf-8")
    changed = found(old, new)
    assert {"value ceiling", "bar shallow", "fact deep", "table depths"} < changed.keys()
    assert "300" in str(changed["value ceiling"]["after"])
    assert "east-port" in str(changed["table depths"]["after"])
    assert any(what.startswith("cases: 1 new or changed, 1 gone or changed") for what in changed)


def test_the_lines_of_a_plan_that_come_out_otherwise_are_told_with_the_reason(
    old: Path, new: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    result = diff(old, new, "--plan", plan)
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "line 2 (dredging): prohibited -> permitted" in said
    assert "harbor-works: prohibited (shallow) -> permitted (dredge)" in said
    assert "line 1" not in said
    [line] = json.loads(diff(old, new, "--plan", plan, "--json").stdout)["lines"]
    assert (line["before"], line["after"]) == ("prohibited", "permitted")


def test_an_edition_may_be_a_revision_of_the_repository(old: Path, tmp_path: Path) -> None:
    home = tmp_path / "repository"
    home.mkdir()
    shutil.copytree(old, home / "law")

    def git(*words: str) -> None:
        name = ("-c", "user.name=c", "-c", "user.email=c@example.org")
        subprocess.run(["git", *name, *words], cwd=home, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    edit(home / "law", "{more than: 10}", "{more than: 20}")
    words = ["--library", str(home / "law"), "diff", "HEAD", str(home / "law"), "--json"]
    [changed] = json.loads(CliRunner().invoke(main, words).stdout)["changes"]
    assert changed["what"] == "bar shallow"


def test_what_is_no_edition_is_refused_in_one_sentence(old: Path) -> None:
    result = diff(old, "no-such-edition")
    assert result.exit_code == 2
    assert (
        "found 'no-such-edition'; expected - (the library installed), a folder, an edition, or a revision"
        in result.stderr
    )
