"""100,000 random edits of library files: load, lint, list, show, test, boundary and ask may refuse, but never end in a traceback.

Run by hand: ``python bench/edits.py [COUNT] [SEED] [JOBS] [FIRST] [MOST]``; MOST commands an edit, drawn at random
(default: all). CI runs a seeded share (tests/authorities/test_lint.py).
One edit again, with its traces: ``python bench/edits.py --one NUMBER [SEED]``.
"""

from __future__ import annotations

import difflib
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.edits import Editor, Tally, library, try_edits

SHARE = 250
"""Edits handed to a process at a time."""


def shares(first: int, count: int) -> Iterator[range]:
    """``count`` numbers from ``first`` in shares."""
    for number in range(first, first + count, SHARE):
        yield range(number, min(number + SHARE, first + count))


def one(number: int, seed: int) -> int:
    """Show one edit and what it does."""
    contents, path = Editor(seed).edited(number)
    before, after = (text.decode("utf-8", "replace").splitlines() for text in (library()[path], contents[path]))
    print("\n".join(difflib.unified_diff(before, after, path, path, lineterm="", n=0)))
    tally = try_edits(range(number, number + 1), seed)
    print(dict(tally.ends))
    for what, trace in tally.traces.items():
        print(what, trace, sep="\n")
    return 1 if tally.crashes else 0


def main() -> int:
    """Run, and print how the edits ended and each crash with the numbers that reach it."""
    if sys.argv[1:2] == ["--one"]:
        return one(int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    jobs = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    most = int(sys.argv[5]) if len(sys.argv) > 5 else None
    begun = time.perf_counter()
    whole = Tally()
    with ProcessPoolExecutor(jobs) as pool:
        for tally in pool.map(partial(try_edits, seed=seed, most=most), shares(first, count)):
            for what in tally.crashes.keys() - whole.crashes.keys():
                print(f"\n{what}: {tally.crashes[what][:5]}", file=sys.stderr)
            whole.add(tally)
            print(f"\r{whole.edits} edits, {len(whole.crashes)} kinds of crash", end="", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begun
    print(f"\n{whole.edits} edits (seed {seed}, from {first}) in {seconds:.0f} s on {jobs} processes")
    print("ends:", dict(sorted(whole.ends.items())))
    print(f"crashes: {sum(map(len, whole.crashes.values()))}")
    for what, numbers in sorted(whole.crashes.items(), key=lambda pair: -len(pair[1])):
        print(f"  {len(numbers)} x {what}: {numbers[:5]}")
    return 1 if whole.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
