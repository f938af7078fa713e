"""How long a warm ``advisor ask`` takes, second opinion included, against ``python -c "import click"``: whole processes.

Run by hand: ``python bench/startup.py``. CPU seconds of the child processes, the best of several, as a ratio.
Then, in process: judging and explaining one line against the library.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENV = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Bytecode is kept, as for any installed package."""
sys.path.insert(0, str(ROOT))


def cpu(command: list[str], runs: int = 15) -> float:
    """The least CPU time of a command over some runs, in seconds."""
    best = 99.0
    for _ in range(runs):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=ENV)
        _, _, used = os.wait4(process.pid, 0)
        best = min(best, used.ru_utime + used.ru_stime)
    return best


def main() -> None:
    script = Path(sys.executable).parent / "advisor"
    ask = [str(script), "ask", "examples/coast-guard.yaml", "--today", "2026-03-01"]
    subprocess.run(ask, stdout=subprocess.DEVNULL, check=True, cwd=ROOT, env=ENV)
    click = cpu([sys.executable, "-c", "import click"])
    whole = cpu(ask)
    print(
        f"import click {click * 1e3:.0f} ms, warm advisor ask {whole * 1e3:.0f} ms: ratio {whole / click:.2f} (bar: 5)"
    )

    from advisor.asking import ask as answer
    from advisor.reading import read_proposal
    from authorities.loading import load
    from rules.rulebook import Shelf

    loaded = load()
    shelf = Shelf(loaded.library)
    document = read_proposal(str(ROOT / "examples/coast-guard.yaml"), ())
    times = {}
    for second in (False, True):
        best = 99.0
        for _ in range(30):
            begun = time.process_time()
            found = answer(loaded, document, today=datetime.date(2026, 3, 1), shelf=shelf, second=second)
            for line in found.lines:
                _ = line.findings.near  # the screen shows near misses: their order is part of the work
            best = min(best, time.process_time() - begun)
        times[second] = best * 1e3
    print(f"judge and explain one line: {times[False]:.1f} ms (bar: 5); with the second opinion {times[True]:.1f} ms")


if __name__ == "__main__":
    main()
