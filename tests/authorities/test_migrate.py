"""Older files are rewritten to the present version: a whole library and a proposal of version 0, comments and all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli import main as advisor
from authorities.cli import main
from authorities.loading import load
from rules.faults import FaultsError
from tests.support.harbor import WORKS, WORLD

TIDES = """language: 1
id: harbor-tides
title: Harbor tides
short: Harbor tides
statute: Harbor Act 9
holder: Harbor master
law: {public_law: 101-1}
replaces: [harbor-works]           # since the second Act
notwithstanding: all
# the one limit it does not beat
but_not: [quarantine]
grants:
  - id: dredge
    cite: (a)
    gist: Dredge at low tide.
    when: {element: dredging}
"""
PROPOSAL = """# A proposal of before
title: Pier
{version}
recipient: army   # who
elements:
  - {{element: training, cost: 5}}
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["migrate", *words])


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def of_today(folder: Path) -> Path:
    shutil.copytree(WORLD, folder)
    (folder / "authorities/harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    (folder / "authorities/harbor-tides.yaml").write_text(TIDES, encoding="utf-8")
    return folder


def of_version_0(folder: Path) -> Path:
    """The same library as language 0 wrote it."""
    of_today(folder)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert text.count("language: 1\n") == 1
        text = text.replace("language: 1\n", "language: 0\n" if path.name == "laws.yaml" else "")
        text = text.replace("but_not:", "but not:").replace("replaces: [harbor-works]", "replaces: harbor-works")
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_library_of_language_0_becomes_todays_to_the_byte(tmp_path: Path) -> None:
    today, old = of_today(tmp_path / "today"), of_version_0(tmp_path / "old")
    with pytest.raises(FaultsError) as error:
        load(old, cache=False)
    [fault] = error.value.faults
    assert "found language 0 (and " in fault.render()
    assert "expected language 1 (run `authorities migrate FOLDER`)" in fault.render()
    result = run(str(old))
    assert result.exit_code == 0, result.output
    assert "`but not` is `but_not`; `replaces` is a list" in result.stdout
    assert texts(old) == texts(today)
    assert load(old, cache=False).library.authorities == load(today, cache=False).library.authorities
    again = run(str(old))
    assert (again.exit_code, again.stdout) == (0, f"{len(texts(old))} files read, 0 rewritten.\n")


def test_check_says_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    old = of_version_0(tmp_path / "old")
    before = texts(old)
    result = run(str(old), "--check", "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert {row["file"] for row in data["files"]} == {str(old / name) for name in before}
    assert (data["read"], data["written"]) == (len(before), False)
    assert texts(old) == before
    assert run(str(of_today(tmp_path / "today")), "--check").exit_code == 0


def test_comments_and_line_ends_stay_and_the_version_goes_above_the_first_key(tmp_path: Path) -> None:
    path = of_version_0(tmp_path / "old") / "authorities/harbor-tides.yaml"
    path.write_bytes(b"# drafted in June\n" + path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(str(path)).exit_code == 0
    assert path.read_bytes() == ("# drafted in June\n" + TIDES).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("version", ["language: 1", "schema: 0"])
def test_a_proposal_of_version_0_is_refused_with_the_remedy_and_read_once_migrated(
    tmp_path: Path, version: str
) -> None:
    path = tmp_path / "pier.yaml"
    path.write_text(PROPOSAL.format(version=version), encoding="utf-8")
    refused = CliRunner().invoke(advisor, ["ask", str(path), "--today", "2026-03-01"])
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert "found a proposal of version 0; expected version 1 (run `authorities migrate FILE`)" in refused.stderr
    result = run(str(path))
    assert result.exit_code == 0, result.output
    assert path.read_text(encoding="utf-8") == PROPOSAL.format(version="schema: 1")
    assert CliRunner().invoke(advisor, ["ask", str(path), "--today", "2026-03-01"]).exit_code in (0, 1, 3)


def test_a_proposal_that_says_no_version_is_todays(tmp_path: Path) -> None:
    path = tmp_path / "pier.yaml"
    path.write_text(PROPOSAL.format(version="partner: PHL"), encoding="utf-8")
    assert run(str(path), "--check").exit_code == 0


def test_a_newer_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    old = of_version_0(tmp_path / "old")
    (old / "authorities/harbor-works.yaml").write_text(WORKS.replace("language: 1", "language: 2"), encoding="utf-8")
    before = texts(old)
    result = run(str(old))
    assert result.exit_code == 2
    assert "found language 2; expected language 1 or older: a newer program wrote this" in result.stderr
    assert texts(old) == before


def test_a_key_that_no_line_holds_alone_is_named(tmp_path: Path) -> None:
    path = of_version_0(tmp_path / "old") / "authorities/harbor-tides.yaml"
    text = path.read_text(encoding="utf-8").replace("but not: [quarantine]", '"but not": [quarantine]')
    path.write_text(text, encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 2
    assert "found a key in braces or quotes; expected a line of its own" in result.stderr


def test_what_is_no_such_file_or_json_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text("{}", encoding="utf-8")
    for name, words in (("nowhere", "found no such file"), ("answer.json", "found a JSON file; expected YAML")):
        result = run(str(tmp_path / name))
        assert result.exit_code == 2
        assert words in result.stderr
        assert result.stderr.count("\n") == 1
