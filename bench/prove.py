"""Every mutant of some authorities: a proposal that tells it from the law, confirmed by the evaluator, or a proof of equality.

Run by hand: ``python bench/prove.py [--every N] [--seed N] [--part N/M] [--specification] [--reordered] [ID...]``. ``--every N``: one mutant in N, drawn by the seed.
Exit 1 if the solver gave up on any, or any could not be compared; an unconfirmed proposal ends the run with a traceback.
Where a mutant is proved equal, random proposals are put to the evaluator under both: none may be judged otherwise.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from authorities.loading import load
from authorities.mutation._reading import with_file
from authorities.mutation.mutants import mutants_of
from authorities.proving.comparing import Comparer
from rules.judge import run
from rules.library import Library
from rules.lines import Line
from rules.rulebook import Shelf

AUTHORITIES = ("10-usc-333", "10-usc-321", "22-usc-2763")
LINES = 300


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("ids", nargs="*", default=AUTHORITIES)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--specification", action="store_true", help="only the specification file, whole")
    parser.add_argument("--reordered", action="store_true", help="only each file against itself in another order")
    parser.add_argument("--part", default="1/1", help="such as 2/3: the second of three shares")
    given = parser.parse_args()
    part, of = map(int, given.part.split("/"))
    if given.specification:
        return _specification()
    library = load(cases=True).library
    if given.reordered:
        return _reordered(library, given.ids)
    base = Comparer(library, library)
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    for id_ in given.ids:
        mutants = mutants_of(library, library.authorities[id_])
        some = random.Random(given.seed).sample(mutants, -(-len(mutants) // given.every))
        some = some[part - 1 :: of]
        lines = _lines(library, id_)
        own: Counter[str] = Counter()
        for mutant in some:
            changed = with_file(library, mutant.changed)
            begun = time.process_time()
            found = Comparer(library, changed, like=base).compare(id_, first=True)
            taken = time.process_time() - begun
            slowest = max(slowest, (taken, mutant.id))
            own[found.relation] += 1
            print(f"  {taken:.1f} s: {found.relation}: {mutant.id}", file=sys.stderr, flush=True)
            if found.relation == "equal":
                own["  of these, several lines not compared"] += bool(found.not_compared)
                if _differ(library, changed, id_, lines):
                    print(f"WRONG: proved equal, and is not: {mutant.id}")
                    own["wrong"] += 1
            if found.relation in ("not proved", "not compared"):
                print(f"{found.relation}: {mutant.id}: {'; '.join(found.not_compared)}")
        print(f"{id_}: {len(some)} of {len(mutants)} mutants: {dict(own)}", flush=True)
        ends += own
    print(f"in all: {dict(ends)}; slowest {slowest[0]:.0f} s: {slowest[1]}")
    return 1 if ends["not proved"] or ends["not compared"] or ends["wrong"] else 0


def _specification() -> int:
    """Every entry of the specification through the encoding."""
    from tests.specification.world import entries, world
    from tests.support.proving import Encoding, letter_of, verdicts_said

    shared, wrong, verdicts = Encoding(world()[0]), list[str](), 0
    for entry in entries("conditions"):
        if letter_of(entry, shared) != entry["expect"]["letter"]:
            wrong.append(entry["title"])
    for entry in entries("verdicts"):
        said = verdicts_said(entry, shared)
        verdicts += bool(said)
        if any(entry["expect"][id_] != verdict for id_, verdict in said.items()):
            wrong.append(entry["title"])
    print(f"{len(entries('conditions'))} conditions, {verdicts} of {len(entries('verdicts'))} verdicts; wrong: {wrong}")
    return 1 if wrong else 0


def _reordered(library: Library, ids: list[str]) -> int:
    """Each file against itself with its provisions in another order and other ids."""
    from tests.support.proving import reordered

    clean = True
    for id_ in ids:
        begun = time.perf_counter()
        comparer = Comparer(library, with_file(library, reordered(library.authorities[id_])))
        found = comparer.compare(id_)
        taken = time.perf_counter() - begun
        print(
            f"{id_} in another order: {found.relation} {found.not_compared or ''} "
            f"({comparer.oracle.asked} questions, {taken:.0f} s)"
        )
        clean = clean and found.relation == "equal" and not found.not_compared
    return 0 if clean else 1


def _lines(library: Library, id_: str) -> list[Line]:
    """Lines of the authority's own cases, moved about at random."""
    from authorities.casework import lines_of

    file, rng, out = library.authorities[id_], random.Random(5), []
    lines = [line for case in file.cases for line in lines_of(library, file, case)[:1]]
    for _ in range(LINES if lines else 0):
        one, other = rng.choice(lines), rng.choice(lines)
        facts = {k: v for k, v in {**one.facts, **other.facts}.items() if rng.random() < 0.8}
        acts = {k: v for k, v in {**one.acts, **other.acts}.items() if rng.random() < 0.7}
        out.append(Line({**facts, "date": one.day}, acts, one.day, one.waits_from, one.answers, len(out)))
    return out


def _differ(library: Library, changed: Library, id_: str, lines: list[Line]) -> bool:
    def verdicts(lib: Library) -> dict[int, str]:
        sessions = run(lib, Shelf(lib), lines, known=date(2026, 11, 1), asked=id_)
        return {place: s.judged[id_].verdict(1 << i) for s in sessions for i, place in enumerate(s.places)}

    return verdicts(library) != verdicts(changed)


if __name__ == "__main__":
    sys.exit(main())
