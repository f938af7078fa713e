"""20,000 random lines under both implementations: they must agree, and reach every provision and verdict.

Run by hand: ``python bench/agreement.py [COUNT] [SEED]``; ``python bench/agreement.py cases`` asks every case of the
library instead. CI runs a seeded share of both (tests/advisor/test_agreement.py).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from advisor.asking import Disagreement
from authorities.loading import load
from rules.rulebook import Shelf
from tests.support.agreement import agree, agree_on_case


def cases() -> int:
    """Every case of the library, asked of both."""
    loaded = load(cases=True)
    shelf, differing, asked = Shelf(loaded.library), 0, 0
    for file in loaded.library.files():
        for case in file.cases:
            asked += 1
            try:
                agree_on_case(loaded, shelf, file, case)
            except Disagreement as error:
                differing += 1
                print(f"{file.id}: {case.name}: {error}")
    print(f"{asked} cases, {differing} on which they differ")
    return 1 if differing else 0


def main() -> int:
    if sys.argv[1:] == ["cases"]:
        return cases()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    loaded = load(cases=True)
    begun = time.perf_counter()
    result = agree(loaded, count, seed)
    seconds = time.perf_counter() - begun
    print(f"{result.lines} lines of {count} proposals, {result.refused} refused as faulty, in {seconds:.0f} s")
    print("verdicts:", dict(Counter(result.verdicts)))
    print(f"differences: {len(result.differences)}")
    for one in result.differences[:20]:
        print(" ", one)
    print(f"provisions never deciding: {sorted(result.unreached)}")
    return 1 if result.differences or result.unreached else 0


if __name__ == "__main__":
    sys.exit(main())
