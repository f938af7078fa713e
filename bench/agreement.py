"""20,000 random lines under both implementations: they must agree, and reach every provision and verdict.

Run by hand: ``python bench/agreement.py [COUNT] [SEED]``. CI runs a seeded share (tests/advisor/test_agreement.py).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from authorities.loading import load
from tests.support.agreement import agree


def main() -> int:
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
