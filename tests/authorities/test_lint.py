"""Lint: a folder of wrong and right files, exclusions, the command, and reasoning that never claims too much."""

from __future__ import annotations

import json
import random
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from authorities.casework import run_case
from authorities.cli import main
from authorities.commands import lint as lint_command
from authorities.linting import KINDS, SEVERITIES, Issue, lint, lint_contents
from authorities.linting._names import Names
from authorities.linting._reading import read
from authorities.linting._trials import Trials
from authorities.linting._view import View
from authorities.loading import EXCLUSIONS, SHIPPED, load, read_contents
from rules import conditions as c
from rules._leaves import COMPARE
from rules.conditions import TRUE
from rules.faults import Place
from rules.judge import VERDICTS
from rules.provisions import LawFile, Life
from rules.rulebook import Shelf
from tests.lint.overlay import HOME, Overlay, base, overlays
from tests.support.closing import before_the_line
from tests.support.edits import try_edits

WRONG, RIGHT = overlays("wrong"), overlays("right")
PAGES = Path(__file__).parents[2] / "docs" / "lint"


def where(issue: Issue) -> str:
    """A place as an overlay's head writes it."""
    return f"{issue.place.file}: {issue.place.key}" if issue.place.key else issue.place.file


# --- the folder ------------------------------------------------------------------------------------------------------


def test_the_library_below_is_sound() -> None:
    report = lint_contents(base())
    assert report.issues == ()
    assert report.clean


def test_sixty_defects_or_more_and_every_kind() -> None:
    assert len(WRONG) >= 60
    assert {one.trips for one in WRONG.values()} == set(KINDS)
    assert set(WRONG) == set(RIGHT)


@pytest.mark.parametrize("one", WRONG.values(), ids=WRONG)
def test_a_planted_defect_is_found_where_it_is(one: Overlay) -> None:
    report = lint_contents(*one.laid())
    said = "\n".join(issue.render() for issue in report.issues)
    assert {issue.kind for issue in report.issues} == {one.trips} | one.also, said
    found = [issue for issue in report.issues if issue.kind == one.trips]
    assert one.at in {where(issue) for issue in found}, said
    for issue in report.issues:
        assert issue.severity == KINDS[issue.kind].severity
        assert issue.text
        assert issue.remedy
        assert "\n" not in issue.render()


@pytest.mark.parametrize("one", RIGHT.values(), ids=RIGHT)
def test_its_right_twin_trips_nothing(one: Overlay) -> None:
    assert [issue.render() for issue in lint_contents(*one.laid()).issues] == []


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_has_a_page_whose_examples_are_true(kind: object) -> None:
    id_, severity = getattr(kind, "id", ""), getattr(kind, "severity", "")
    page = (PAGES / f"{id_}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {id_}\n\n*{severity}*\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["What", "Wrong", "Right", "Why", "Remedy"]
    wrong, right = re.findall(r"^```yaml\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    text = (HOME / "wrong" / f"{id_}.yaml").read_text(encoding="utf-8")
    bare = re.sub(r"^# (trips|at|also): .*\n", "", text, flags=re.MULTILINE)
    assert wrong == bare.rstrip("\n")
    assert right == (HOME / "right" / f"{id_}.yaml").read_text(encoding="utf-8").rstrip("\n")
    assert f"({id_}.md)" in (PAGES / "README.md").read_text(encoding="utf-8")


def test_no_page_of_a_kind_that_is_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(KINDS)


# --- issues and exclusions -------------------------------------------------------------------------------------------


def test_an_issue_is_a_value() -> None:
    kind = KINDS["retroactive"]
    place = Place("a.yaml", 3, "g")
    assert kind.at(place, "too early") == Issue("retroactive", "warning", place, "too early", kind.remedy)
    assert kind.at(place, "too early").render().startswith("a.yaml:3: g: warning retroactive: too early; check")
    assert SEVERITIES == ("error", "warning", "style")


def test_an_exclusion_takes_one_finding_out_and_keeps_its_reason() -> None:
    contents, exclusions = RIGHT["stale-exclusion"].laid()
    report = lint_contents(contents, exclusions)
    assert report.issues == ()
    ((issue, exclusion),) = report.excluded
    assert (issue.kind, exclusion.reason[:9]) == ("retroactive", "Section 9")
    assert [one.kind for one in lint_contents(contents).issues] == ["retroactive"]


def test_exclusions_are_no_part_of_the_library(tmp_path: Path) -> None:
    shutil.copytree(HOME / "base", tmp_path, dirs_exist_ok=True)
    before = load(tmp_path, cache=False).library.digest
    (tmp_path / EXCLUSIONS).write_text("language: 1\nexclusions: []\n", encoding="utf-8")
    assert load(tmp_path, cache=False).library.digest == before
    assert lint(tmp_path).issues == ()
    (tmp_path / EXCLUSIONS).write_bytes(b"\xff")
    assert [issue.kind for issue in lint(tmp_path).issues] == ["unreadable"]


# --- the shipped library ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> View:
    view, issues = read(read_contents(SHIPPED))
    assert view is not None, issues
    return view


def test_what_a_case_shows_to_hold_is_never_said_to_be_impossible(shipped: View) -> None:
    """The search is sound: a condition that was true (or false) in some case can be."""
    never = shipped.reasoner.never_in_force
    for file in shipped.files:
        for provision in file.provisions():
            key = (file.id, provision.id)
            if key in shipped.trials.holds:
                assert not never([provision], file, [(provision.when, True)]), key
            if key in shipped.trials.fails and provision.when != TRUE and not hasattr(provision, "unless"):
                assert not never([provision], file, [(provision.when, False)]), key


def test_the_search_agrees_with_trying_every_value() -> None:
    """Random conditions over four facts of few values: never said to be impossible when some values do, nor the
    other way round."""
    view, _ = read(base())
    assert view is not None
    file = view.library.authorities["harbor-works"]
    bar = replace(file.bars[0], life=Life(date(2024, 1, 1)), unless=None)
    values: dict[str, tuple[Any, ...]] = {
        "element": ("dredging", "filling"),
        "by_night": (True, False),
        "silted": (True, False),
        "cost": tuple(range(8)),
    }
    draw = random.Random(7)

    def condition(depth: int) -> c.Condition:
        if depth and draw.random() < 0.7:
            parts = tuple(condition(depth - 1) for _ in range(draw.choice((1, 2, 2, 3))))
            return draw.choice((c.AllOf(parts), c.AnyOf(parts), c.Negation(parts[0])))
        fact = draw.choice(list(values))
        if fact == "element":
            return c.OneOf(fact, draw.choice((("dredging",), ("filling",), ("work",), ("dredging", "filling"))))
        if fact == "cost":
            words = draw.sample(("at most", "more than", "at least", "less than"), draw.choice((1, 2)))
            return c.Bounded(fact, tuple((word, draw.randrange(7)) for word in words))
        return c.Equals(fact, draw.choice((True, False)))

    def true(one: c.Condition, said: dict[str, Any]) -> bool:
        match one:
            case c.AllOf(parts):
                return all(true(part, said) for part in parts)
            case c.AnyOf(parts):
                return any(true(part, said) for part in parts)
            case c.Negation(part):
                return not true(part, said)
            case c.OneOf(fact, members):
                return view.words.taxonomy.relation(said[fact], members) == "in"  # type: ignore[arg-type]
            case c.Bounded(fact, bounds):
                return all(COMPARE[word](said[fact], operand) for word, operand in bounds)
            case c.Equals(fact, value):
                return bool(said[fact] == value)
        raise TypeError(one)

    outcomes = set()
    for _ in range(1_000):
        one = condition(3)
        every = [dict(zip(values, some, strict=True)) for some in product(*values.values())]
        possible = any(true(one, said) for said in every)
        assert view.reasoner.never_in_force([bar], file, [(one, True)]) is not possible, one
        avoidable = any(not true(one, said) for said in every)
        assert view.reasoner.never_in_force([bar], file, [(one, False)]) is not avoidable, one
        outcomes |= {(possible, avoidable)}
    assert outcomes == {(True, True), (True, False), (False, True)}


def test_cases_of_the_shipped_library_pass_in_lint_too(shipped: View) -> None:
    assert [(one.file.id, one.case.name, one.problem) for one in shipped.trials.all if one.problem] == []


def test_the_shipped_library_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the command that the README shows."""
    reports = []

    def kept(folder: Path) -> Any:
        reports.append(lint(folder))
        return reports[-1]

    monkeypatch.setattr("authorities.linting.lint", kept)
    result = CliRunner().invoke(main, ["lint"])
    assert result.exit_code == 0, result.output
    assert "0 errors, 0 warnings" in result.stdout
    assert all(len(exclusion.reason) > 20 for _, exclusion in reports[0].excluded)


def test_cases_judged_together_show_what_each_shows_alone(shipped: View) -> None:
    """And one whose verdict is not what it says is found, with the words of the case alone."""
    draw = random.Random(11)

    def some(file: LawFile) -> LawFile:
        cases = draw.sample(file.cases, min(8, len(file.cases)))
        return replace(
            file, cases=tuple(replace(c_, verdict=draw.choice(VERDICTS)) if i % 2 else c_ for i, c_ in enumerate(cases))
        )

    library = replace(
        shipped.library,
        authorities={id_: some(file) for id_, file in shipped.library.authorities.items()},
        limits={id_: some(file) for id_, file in shipped.library.limits.items()},
        definitions={id_: some(file) for id_, file in shipped.library.definitions.items()},
    )
    shelf = Shelf(library)
    trials = Trials(library).all
    assert [one.case for one in trials] == [case for file in library.files() for case in file.cases]
    for one in trials:
        alone = run_case(library, shelf, one.file, one.case)
        assert (one.verdict, set(one.deciding), one.problem) == (alone.verdict, set(alone.deciding), alone.problem)
    assert 20 < sum(bool(one.problem) for one in trials) < len(trials) - 20


def test_a_condition_is_read_on_the_days_of_what_it_rests_on_alone() -> None:
    """What a check costs grows with the files a condition rests on, not with the library."""
    view, _ = read(base())
    assert view is not None
    names = Names(view.library)
    works = view.library.authorities["harbor-works"]
    assert {file.id for file in names.rests_on(works)} == {"harbor-works", "harbor"}
    bare = replace(works, grants=(), bars=(), duties=(), caps=(), funds=(), definitions=(), values={})
    assert [file.id for file in names.rests_on(bare)] == ["harbor-works"]
    assert names.days(bare, Life(date(2000, 1, 1))) == (date(2000, 1, 1),)


def test_a_case_that_cannot_be_read_is_a_failing_one() -> None:
    contents, _ = WRONG["failing-case"].laid()
    path = "authorities/harbor-works.yaml"
    text = contents[path].decode()
    assert "partner: north-port" in text
    contents[path] = text.replace("partner: north-port", "partner: []", 1).encode()
    assert "failing-case" in {issue.kind for issue in lint_contents(contents).issues}


def test_random_edits_of_library_files_never_crash_a_command() -> None:
    """A seeded share of ``bench/edits.py``."""
    tally = try_edits(range(80), seed=1)
    assert tally.crashes == {}, "\n".join(tally.traces.values())
    assert tally.ends["loads"] > 15 < tally.ends["refused"]
    assert tally.ends["disagreements"] == 0


# --- the command -----------------------------------------------------------------------------------------------------


def run(folder: Path | None, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(lint_command.command, words, obj=folder)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def laid(name: str, folder: Path, overlays_: dict[str, Overlay] = WRONG) -> Path:
    contents, exclusions = overlays_[name].laid()
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    if exclusions is not None:
        (folder / EXCLUSIONS).write_bytes(exclusions)
    return folder


def test_exit_codes_and_words(tmp_path: Path) -> None:
    assert run(HOME / "base") == (0, "3 files: 0 errors, 0 warnings, 0 of style.\n")
    code, said = run(laid("retroactive", tmp_path / "warning"))
    assert code == 1
    assert said.endswith("3 files: 0 errors, 1 warning, 0 of style.\n")
    folder = laid("trailing-space", tmp_path / "style")
    assert run(folder) == (0, "3 files: 0 errors, 0 warnings, 1 of style (--style lists them).\n")
    code, said = run(folder, "--style")
    assert code == 0
    assert "library.yaml:2: style trailing-space: white space" in said
    code, said = run(laid("schema", tmp_path / "broken"))
    assert code == 2
    assert said.endswith("The library does not load: 1 error. Nothing else was checked.\n")
    assert run(laid("stale-exclusion", tmp_path / "excluded", RIGHT))[1].endswith("0 of style, 1 excluded.\n")
    result = CliRunner().invoke(main, ["--library", str(HOME / "base"), "lint"])
    assert (result.exit_code, before_the_line(result.stdout)) == (0, "3 files: 0 errors, 0 warnings, 0 of style.\n")


def test_json(tmp_path: Path) -> None:
    code, said = run(laid("stale-exclusion", tmp_path, RIGHT), "--json")
    data = json.loads(said)
    assert (code, data["clean"], data["loads"], data["issues"]) == (0, True, True, [])
    assert data["excluded"][0]["reason"].startswith("Section 9")
    code, said = run(laid("schema", tmp_path / "broken"), "--json")
    data = json.loads(said)
    assert (code, data["clean"], data["loads"]) == (2, False, False)
    assert set(data["issues"][0]) == {"kind", "severity", "file", "line", "key", "text", "remedy"}


def test_explain_and_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(None, "--explain", "shadowed-grant")
    assert code == 0
    assert said == (PAGES / "shadowed-grant.md").read_text(encoding="utf-8")
    assert json.loads(run(None, "--explain", "shadowed-grant", "--json")[1])["severity"] == "warning"
    assert len(run(None, "--kinds")[1].splitlines()) == len(KINDS)
    assert len(json.loads(run(None, "--kinds", "--json")[1])) == len(KINDS)
    result = CliRunner().invoke(lint_command.command, ["--explain", "shadow-grant"])
    assert "did you mean shadowed-grant" in str(result.exception)
    monkeypatch.setattr(lint_command, "PAGES", Path("nowhere"))
    assert run(None, "--explain", "tab")[1].startswith("# tab (error)\n")
