"""The rehearsal of ``docs/annual-update.md``: a change of law made by editing YAML alone, as the document prints it."""

from __future__ import annotations

import datetime
import json
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from advisor.cli import main as advisor
from authorities import register
from authorities.casework import run_cases
from authorities.cli import main as authorities
from authorities.loading import SHIPPED, load
from authorities.notice import ADVICE
from tests.support.cutting import cut, only_cases
from tests.support.rehearsal import Edit, Shown, Text, apply, steps, undone
from tests.support.shipped import LIBRARY

FILE = "10-usc-321"
LAW = f"authorities/{FILE}.yaml"
THE_DAY = datetime.date(2025, 12, 18)
KEPT = (
    f"authorities/{FILE}",
    "authorities/10-usc-2010",
    "authorities/10-usc-333",
    "authorities/pl-113-66-1203",
    "definitions/10-usc-301",
    "limits/10-usc-362",
    "limits/31-usc-1502",
)
"""Section 321, what it replaced, and the definitions and limits that its provisions and cases name."""
MENDED = {
    "authorities/10-usc-333": {
        r"^replaces: [^\n]*\n": "",
        r"^  - id: otherwise-prohibited\n.*?(?=^  - id: )": "",
        r"\(d\)\(2\), gist: Assistance": '"(d)*", gist: Assistance',
    }
}
"""Section 301 reads a list of section 333, which names laws that are not kept."""
AFTER = ("119-73", "119-100")
"""The releases that have the change."""
CODE = Path(__file__).parent / "fixtures" / "code"
PROGRAMS = {"authorities": authorities, "advisor": advisor}


class Played(NamedTuple):
    """What came of the rehearsal: each command with its exit code and output, and the cases not shown."""

    place: Path
    commands: list[tuple[Shown, int, str]]
    later: list[str]


def stage(place: Path) -> list[str]:
    """Put into a folder what the document says stands there; the cases the change calls for, as the shipped file has them."""
    before = place / "before"
    cut(before, KEPT, MENDED)
    for edit in undone([one for one in steps() if isinstance(one, Edit)]):
        apply(before, edit)
    fail = {one.case.name for one in run_cases(load(before, cases=True).library, frozenset([FILE])) if one.problem}
    later = only_cases(before / LAW, lambda case: case["name"] not in fail)
    rows = (SHIPPED / "register" / f"{FILE}.tsv").read_text("utf-8").splitlines(keepends=True)
    known = [row for row in rows if row.split("\t")[1] not in AFTER]
    (before / "register" / f"{FILE}.tsv").write_text("".join(known), "utf-8")
    for release, kind in (("119-1", "txt"), ("119-100", "xml")):
        (place / "code" / release).mkdir(parents=True)
        shutil.copy(CODE / f"t10-s321.{release}.{kind}", place / "code" / release / f"t10-s321.{kind}")
    return later


def named(block: str) -> str:
    return str(yaml.safe_load(block)[0]["name"])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The whole document, in its order: files written, edits made, commands run."""
    place = tmp_path_factory.mktemp("rehearsal")
    later = stage(place)
    done = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for one in steps():
            match one:
                case Edit():
                    apply(place / "mine", one)
                case Text(text) if text.startswith("schema:"):
                    (place / "plan.yaml").write_text(text, "utf-8")
                case Text(text):
                    shown = set(map(named, re.split(r"(?m)^(?=  - )", text)[1:]))
                    with (place / "mine" / LAW).open("a", encoding="utf-8") as file:
                        file.write(text + "".join(case for case in later if named(case) not in shown))
                case Shown():
                    program, *words = shlex.split(one.command)
                    result = CliRunner().invoke(PROGRAMS[program], words)
                    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
                    done.append((one, result.exit_code, result.stdout))
    return Played(place, done, later)


def text_of(played: Played, start: str, nth: int = 0) -> str:
    """What the command that begins so printed."""
    return [printed for shown, _, printed in played.commands if shown.command.startswith(start)][nth]


def test_every_command_of_the_document_prints_what_it_shows(played: Played) -> None:
    for shown, code, printed in played.commands:
        lines = printed.splitlines(keepends=True)
        said = "".join(lines[:-1] if lines and lines[-1].startswith(ADVICE) else lines)
        assert code == shown.code, f"{shown.command}: {code}\n{said[-3000:]}"
        assert shown.holds(said), f"{shown.command}\n{said[-3000:]}"


def test_the_document_runs_each_part_of_the_cycle(played: Played) -> None:
    run = " ".join(shown.command for shown, _, _ in played.commands)
    once = ["rollover", "questions", "copy", "drift", "lint", "test", "mutate", "diff", "prove", "review", "freeze"]
    for word in [*once, "verify", "replay", "memo"]:
        assert re.search(rf"\b{word}\b", run), word


def test_before_knows_nothing_of_the_change(played: Played) -> None:
    before = load(played.place / "before", cases=True).library
    file = before.authorities[FILE]
    assert "119-60" not in before.laws
    assert not [one.id for one in file.provisions() if THE_DAY in (one.life.since, one.life.until)]
    assert "119-60" not in (played.place / "before" / LAW).read_text("utf-8").partition("\ncases:\n")[0]


def test_edited_as_shown_it_is_the_shipped_law(played: Played) -> None:
    edited = load(played.place / "mine", cases=True).library
    mine, shipped = edited.authorities[FILE], LIBRARY.authorities[FILE]
    assert replace(mine, cases=()) == replace(shipped, cases=())
    assert edited.laws["119-60"] == LIBRARY.laws["119-60"] == THE_DAY
    assert edited.questions["321-similar-function"] == LIBRARY.questions["321-similar-function"]
    assert edited.vocabulary.acts["321-quarterly-report"] == LIBRARY.vocabulary.acts["321-quarterly-report"]
    cases = {(case.name, case.verdict, case.because) for case in shipped.cases}
    assert {(case.name, case.verdict, case.because) for case in mine.cases} <= cases
    assert len(mine.cases) >= len(shipped.cases) - 1, "one rests on a fact that only laws left out ask for"


def test_the_cases_shown_are_cases_of_the_shipped_file_that_the_change_calls_for(played: Played) -> None:
    [shown] = [one.text for one in steps() if isinstance(one, Text) and not one.text.startswith("schema:")]
    blocks = re.split(r"(?m)^(?=  - )", shown)[1:]
    assert len(blocks) >= 3
    assert set(blocks) <= set(played.later)


def test_what_is_recorded_is_the_shipped_register(played: Played) -> None:
    def rows(home: Path) -> list[tuple[str, str]]:
        return [(row.designation, row.fingerprint) for row in register.load(FILE, home) if row.release == "119-100"]

    assert rows(played.place / "mine" / "register") == rows(SHIPPED / "register") != []


def test_drift_names_every_provision_that_the_edits_end(played: Played) -> None:
    found = text_of(played, "authorities --library mine drift")
    file = load(played.place / "mine").library.authorities[FILE]
    ended = [one.id for one in file.provisions() if one.life.until == THE_DAY]
    assert ended
    for id_ in ended:
        assert re.search(rf"cited by:[^:]*{FILE}\.{id_}\b", found), id_


@pytest.mark.parametrize("edition", ["before", "mine"])
def test_each_witness_of_prove_comes_out_as_prove_says(played: Played, edition: str, tmp_path: Path) -> None:
    printed = text_of(played, "authorities prove")
    found = re.findall(
        r"^  ([A-Z ]+) in before, ([A-Z ]+) in mine; [^\n]*\n(.*?)\n(?:\n|$)", printed, flags=re.M | re.S
    )
    assert len(found) == 2
    library = shutil.copytree(played.place / edition, tmp_path / edition)
    only_cases(library / LAW, lambda case: False)
    text = "".join(f"{case}\n" for _, _, case in found).replace("    confirmed: false\n", "")
    with (library / LAW).open("a", encoding="utf-8") as file:
        file.write(f"cases:\n{text}")
    outcomes = run_cases(load(library, cases=True).library, frozenset([FILE]))
    said = [(old if edition == "before" else new).lower() for old, new, _ in found]
    assert [one.verdict for one in outcomes] == said


def test_only_signed_rules_that_changed_are_to_be_signed_again(played: Played) -> None:
    found = text_of(played, "authorities --library mine review 10-usc-321")
    file = load(played.place / "mine").library.authorities[FILE]
    for one in file.provisions():
        if one.life.since == THE_DAY:
            assert f"  unsigned  {one.id} " in found
        elif one.life.until == THE_DAY:
            assert f"  stale     {one.id} " in found
    assert "  signed    train-us-forces-primarily " in found
    assert "  stale " not in text_of(played, "authorities --library mine review 10-usc-321", 1)


def test_the_saved_answer_is_of_the_old_edition_and_the_new_one_answers_otherwise(played: Played) -> None:
    old = text_of(played, "advisor --edition FY2026.1 ask")
    new = text_of(played, "advisor --edition FY2026.2 ask")
    assert "general purpose forces may train only" in " ".join(old.lower().split())
    assert "321-similar-function" in new and "321-similar-function" not in old
    assert json.loads((played.place / "old-answer.json").read_text("utf-8"))
