"""What tests of mutants share: the bench of the shipped library, and that of a part of it, with what proves."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from authorities.mutation._bench import Bench, Group
from authorities.mutation._candidates import Candidates
from authorities.mutation._grid import Axis
from authorities.mutation._proof import Prover, parts
from authorities.mutation.equivalence import Judge
from authorities.mutation.mutants import Mutant, mutants_of
from rules.library import Library
from rules.provisions import LawFile
from rules.rulebook import Builder
from tests.support.shipped import LIBRARY

BENCH = Bench(LIBRARY)
CORE_FILES = frozenset(
    [
        "10-usc-1051",
        "10-usc-168",
        "10-usc-2010",
        "10-usc-2011",
        "10-usc-2282",
        "10-usc-312",
        "10-usc-321",
        "10-usc-322",
        "10-usc-332",
        "10-usc-333",
        "10-usc-341",
        "10-usc-401",
        "22-usc-2763",
        "gao-63-comp-gen-422",
        "pl-109-163-1206",
        "10-usc-362",
        "22-usc-2378d",
        "22-usc-2420",
        "31-usc-1301",
        "31-usc-1341",
        "31-usc-1502",
        "31-usc-1552",
        "31-usc-1553",
    ]
)


@cache
def core() -> Library:
    """Two dozen files with every kind of rule: few enough that a proof about each can be tried in every way."""

    def kept(files: Mapping[str, LawFile]) -> dict[str, LawFile]:
        return {
            id_: replace(
                file, cases=tuple(case for case in file.cases if (case.under or id_).partition(".")[0] in CORE_FILES)
            )
            for id_, file in files.items()
            if id_ in CORE_FILES
        }

    definitions = {id_: replace(file, cases=()) for id_, file in LIBRARY.definitions.items()}
    authorities, limits = kept(LIBRARY.authorities), kept(LIBRARY.limits)
    return replace(LIBRARY, authorities=authorities, limits=limits, definitions=definitions)


def holding(bench: Bench) -> Bench:
    """The cases that hold: some rest on a law that is not among the files."""
    gone = set(bench.failing())
    some = [*(one for group in bench.groups for one in group.examples), *bench.joined]
    return Bench(bench.library, [one for one in some if one.name not in gone])


@cache
def tried() -> Bench:
    """The cases of those files."""
    return holding(Bench(core()))


@cache
def prover() -> Prover:
    """What proves of those files; it keeps what it tried, so that no proof is made twice."""
    return Judge(tried()).prover


def every_mutant(library: Library) -> list[Mutant]:
    return [m for file in library.files() for m in mutants_of(library, file)]


def of_limits(library: Library, sections: tuple[str, ...], count: int) -> list[Mutant]:
    """Some mutants of the limits, in these sections."""
    every = [m for m in every_mutant(library) if m.file in library.limits and m.section in sections]
    return random.Random(7).sample(every, min(count, len(every)))


def varied(group: Group) -> list[Axis]:
    line = group.examples[0].lines[0]
    builder = Builder(LIBRARY, line.day, group.known)
    found = LIBRARY.authorities.get(group.asked)
    nodes = [] if found is None else [p.node for p in parts(builder.authority(found)).values()]
    return list(Candidates(LIBRARY, nodes, nodes).axes(line, line.day, line.day + datetime.timedelta(days=1), 500))
