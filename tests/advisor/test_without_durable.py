"""Where ``durable-rules`` is missing the advisor imports and answers, and says that no second opinion was taken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HIDE = """
import importlib.abc, sys
class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("durable", "durable_rules_engine"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
sys.argv = ["advisor", "ask", sys.argv[1], "--today", "2026-03-01", *sys.argv[2:]]
from advisor.cli import main
main()
"""
STARTER = Path(__file__).parents[2] / "examples/coast-guard.yaml"


def hidden(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIDE, str(STARTER), *words], capture_output=True, text=True, check=False
    )


def test_it_answers_and_says_no_second_opinion_was_taken() -> None:
    done = hidden("--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["second_opinion"]["taken"] is False
    assert "No second opinion was taken" in hidden().stdout
