"""An answer saved under an edition comes out again byte for byte after the library has moved on."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from advisor.cli import main
from authorities.editions.freezing import frozen
from authorities.home import INSTALLED, living_at
from tests.support.harbor import WORKS, WORLD

PLAN = """# a port
date: 1995-05-01
deep: {value: false, source: chart}
acts: {harbor-report: done}
elements:
  - {element: dredging, cost: 9}
  - {element: dredging, cost: 11}
"""
HOME = INSTALLED._replace(library=Path("law"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(WORLD, "law")
    works(WORKS)
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    freeze("FY1995.1")
    return tmp_path


def works(text: str) -> None:
    Path("law/authorities/harbor-works.yaml").write_text(text, encoding="utf-8")


def freeze(name: str) -> None:
    Path(f"{name}.edition").write_bytes(frozen(name, HOME, date(1995, 1, 1))[1])


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def save(*words: str, stdin: str | None = None) -> Result:
    asked = ("ask", *(words or ("plan.yaml",)), "--edition", "FY1995.1", "--today", "1995-04-01")
    result = run(*asked, "--save", "answer.json", stdin=stdin)
    assert Path("answer.json").exists(), result.output
    return result


def saved() -> Any:
    return json.loads(Path("answer.json").read_text(encoding="utf-8"))


def rewrite(data: Any) -> None:
    Path("answer.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def test_a_saved_answer_holds_what_it_hangs_on_and_what_was_shown() -> None:
    shown = save().stdout
    data = saved()
    assert data["edition"]["name"] == data["answer"]["edition"]["name"] == "FY1995.1"
    assert (data["asked"]["text"], data["asked"]["today"]) == (PLAN, "1995-04-01")
    assert "\n".join(data["page"]) + "\n" == shown
    assert [line["verdict"] for line in data["answer"]["lines"]] == ["permitted", "prohibited"]
    assert "Edition FY1995.1 (" in data["page"][-1]


def test_it_is_replayed_byte_for_byte_after_the_library_has_moved_on() -> None:
    save()
    works(WORKS.replace("{more than: 10}", "{more than: 20}"))
    with living_at(HOME):
        now = run("ask", "plan.yaml", "--today", "1995-04-01", "--json")
    assert json.loads(now.stdout)["lines"] != saved()["answer"]["lines"]
    Path("plan.yaml").unlink()
    for words in ([], ["--edition", "FY1995.1.edition"]):
        result = run("replay", "answer.json", *words)
        assert result.exit_code == 0
        assert result.stdout.startswith("The same, byte for byte: answer.json, under edition FY1995.1 (digest ")
        assert "replayed by" not in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("-",),
        ("plan.yaml", "--all", "--strict", "--under", "harbor-works"),
        ("plan.yaml", "--date", "1994-02-03", "--known", "1993-01-01", "--set", "deep=true"),
        ("--set", "element=dredging", "--set", "cost=5"),
    ],
)
def test_every_option_of_the_question_is_asked_again(words: tuple[str, ...]) -> None:
    save(*words, stdin=PLAN)
    assert run("replay", "answer.json").exit_code == 0


def test_another_edition_is_refused_by_name() -> None:
    save()
    works(WORKS.replace("{more than: 10}", "{more than: 20}"))
    freeze("FY1995.2")
    result = run("replay", "answer.json", "--edition", "FY1995.2")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "found edition FY1995.2, digest" in result.stderr
    assert "expected edition FY1995.1, digest" in result.stderr


def test_an_edition_that_is_not_at_hand_is_asked_for() -> None:
    save()
    Path("FY1995.1.edition").unlink()
    with living_at(HOME):
        assert run("replay", "answer.json").exit_code == 0  # the library that is installed is still the same
        freeze("renamed")
        assert run("replay", "answer.json", "--edition", "renamed").exit_code == 0
        works(WORKS.replace("{more than: 10}", "{more than: 20}"))
        result = run("replay", "answer.json")
    assert result.exit_code == 2
    assert "(give --edition FILE)" in result.stderr


def test_an_answer_of_a_library_never_frozen_is_replayed_while_that_library_stands() -> None:
    with living_at(HOME):
        run("ask", "plan.yaml", "--today", "1995-04-01", "--save", "answer.json")
        assert saved()["edition"]["name"] is None
        assert run("replay", "answer.json").exit_code == 0
        works(WORKS + "# a remark\n")
        assert run("replay", "answer.json").exit_code == 2


def test_another_engine_is_said_whether_or_not_the_answer_is_the_same() -> None:
    save()
    data = saved()
    data["engine"] = {"version": "0.0.9", "code": "0" * 16}
    rewrite(data)
    result = run("replay", "answer.json")
    assert result.exit_code == 0
    assert f"Made by engine 0.0.9 (code {'0' * 16}), replayed by engine " in result.stdout
    data["answer"]["verdict"] = "permitted"
    rewrite(data)
    result = run("replay", "answer.json")
    assert result.exit_code == 1
    assert "Made by engine 0.0.9" in result.stdout
    data["asked"]["text"] = "elements: 7\n"
    rewrite(data)
    result = run("replay", "answer.json")
    assert result.exit_code == 2
    assert "Made by engine 0.0.9" in result.stderr


def test_an_answer_that_was_changed_shows_the_lines_that_differ() -> None:
    save()
    data = saved()
    data["answer"]["lines"][1]["verdict"] = "permitted"
    rewrite(data)
    result = run("replay", "answer.json")
    assert result.exit_code == 1
    assert "Not the same, 2 lines differ: answer.json" in result.stdout
    assert '-    "verdict": "permitted",' in result.stdout
    assert '+    "verdict": "prohibited",' in result.stdout
    row = json.loads(run("replay", "answer.json", "--json").stdout)
    assert (row["same"], sum(line[0] in "+-" for line in row["differences"])) == (False, 2)


def test_what_is_no_saved_answer_is_refused_in_a_sentence() -> None:
    save()
    good = saved()
    bad: list[Any] = [
        [],
        {},
        {**good, "schema": 99},
        {**good, "asked": {}},
        {**good, "asked": {**good["asked"], "today": None}},
        {**good, "asked": {**good["asked"], "sets": [1]}},
        {**good, "edition": {"name": 1, "digest": ""}},
        {**good, "engine": "1"},
    ]
    for data in bad:
        rewrite(data)
        result = run("replay", "answer.json")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
    assert run("replay", "no-such.json").exit_code == 2


def test_an_answer_is_not_saved_over_a_file() -> None:
    save()
    before = Path("answer.json").read_bytes()
    result = run("ask", "plan.yaml", "--edition", "FY1995.1", "--save", "answer.json")
    assert (result.exit_code, Path("answer.json").read_bytes()) == (2, before)
