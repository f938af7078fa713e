"""Every command the documents show runs, and every proposal they show is answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
INSTALLS = ("python3 -m venv", ".venv/bin/pip")
"""The two install commands are run by ``.ci/run`` as printed."""

IN_PROCESS = {
    "authorities lint": "authorities/test_lint.py",
    "authorities test --cover": "authorities/test_cover_library.py",
}
"""Commands that take long, each run once, in the test named, where what it works out serves other tests too."""


def commands() -> list[tuple[str, str]]:
    found = []
    for document in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", document.read_text(encoding="utf-8"), flags=re.DOTALL):
            for line in block.splitlines():
                command = line.split("  #")[0].strip()
                if command and not command.startswith(INSTALLS) and command not in IN_PROCESS:
                    found.append((document.name, command))
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, in which the commands run in the order shown."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "examples").mkdir()
    for example in (ROOT / "examples").glob("*.yaml"):
        (folder / "examples" / example.name).write_bytes(example.read_bytes())
    return folder


@pytest.mark.parametrize(("document", "command"), commands())
def test_a_command_shown_runs(document: str, command: str, place: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    codes = (0,) if command == "authorities coverage" else (0, 1, 3)
    assert done.returncode in codes, f"{document}: {command}: {done.stderr}"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", IN_PROCESS)
def test_a_command_that_takes_long_is_shown_and_run_elsewhere(command: str) -> None:
    assert f"\n{command}  " in (ROOT / "README.md").read_text(encoding="utf-8")
    words = ", ".join(f'"{word}"' for word in command.split()[1:])
    assert f"[{words}]" in (ROOT / "tests" / IN_PROCESS[command]).read_text(encoding="utf-8")


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda p: p.name)
def test_an_example_is_answered(example: Path) -> None:
    result = CliRunner().invoke(main, ["ask", str(example), "--today", "2026-03-01"])
    assert result.exit_code == 0, result.output


def test_the_proposal_in_the_planners_guide_is_answered(tmp_path: Path) -> None:
    text = (ROOT / "docs/planners-guide.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    path = tmp_path / "guide.yaml"
    path.write_text(block, encoding="utf-8")
    assert CliRunner().invoke(main, ["ask", str(path)]).exit_code == 0


def test_the_screen_in_the_readme_is_what_the_command_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)
    printed = CliRunner().invoke(main, ["ask", str(ROOT / "examples/coast-guard.yaml"), "--today", "2026-03-01"]).stdout
    assert printed.startswith(shown)


def test_the_starter_and_the_example_are_the_same() -> None:
    assert (ROOT / "examples/coast-guard.yaml").read_bytes() == (ROOT / "advisor/examples/starter.yaml").read_bytes()
