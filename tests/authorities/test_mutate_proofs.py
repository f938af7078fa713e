"""Proofs of equivalence hold: over two dozen files of every kind, tried in every way."""

from __future__ import annotations

import random

import pytest

from authorities.mutation._bench import look
from authorities.mutation._grid import Grid, GridEvaluation
from authorities.mutation._proof import _made
from authorities.mutation._reading import with_file
from authorities.mutation.mutants import mutants_of
from rules.judge import judge
from rules.planes import Planes
from rules.rulebook import Builder
from tests.support.benches import core, every_mutant, of_limits, prover, tried, varied


@pytest.mark.parametrize("id_", ["10-usc-332", "22-usc-2420"])
def test_what_is_proved_equivalent_no_line_tells_apart(id_: str) -> None:
    """Random lines of the bench, changed at random, under mutants proved to be no different."""
    file = next(f for f in core().files() if f.id == id_)
    draw = random.Random(5)
    same = [m for m in mutants_of(core(), file) if not any(True for _ in prover().differences(m))]
    assert same
    groups = [g for g in tried().groups if id_ in core().limits or g.asked == id_]
    for mutant in same:
        library = with_file(core(), mutant.changed)
        for group in draw.sample(groups, 3):
            axes = varied(group)
            line = group.examples[0].lines[0]
            shown: list[tuple[dict[str, int], Planes]] = []
            for one in (core(), library):
                builder = Builder(one, group.day, group.known)
                book = builder.authority(one.authorities[group.asked]) if group.asked in one.authorities else None
                if book is not None:
                    grid = Grid(one, line, axes)
                    judged = judge(GridEvaluation(grid), book, grid.full)
                    shown.append((judged.verdicts, judged.G))
            assert not shown or shown[0] == shown[1], mutant.id


def test_what_a_case_kills_is_never_proved_equivalent() -> None:
    """The proofs, put to mutants of every file of which a case is known that tells them from the law."""
    killed = [m for m in random.Random(8).sample(every_mutant(core()), 100) if tried().killer(m)]
    assert len(killed) > 70
    for mutant in killed:
        assert any(prover().tells(mutant, one) for one in prover().differences(mutant)), mutant.id


def test_what_a_limit_brings_differs_where_the_whole_book_does() -> None:
    """Under each authority and on each day: the limit's own conditions compared, and every condition."""
    for mutant in of_limits(core(), ("duties", "reaches", "except"), 6):
        library = with_file(core(), mutant.changed)
        found = {(one.asked, one.day): set(one.keys) for one in prover().differences(mutant)}
        for asked in sorted(set(core().authorities) - tried().dependents[mutant.file]):
            for day in prover()._days(asked, mutant, library)[-4:]:
                before, after = (_made(one, asked, day, prover().known) for one in (core(), library))
                keys = {k for k in {*before, *after} if prover()._differ(k, before, after)}
                assert found.get((asked, day), set()) == keys, (mutant.id, asked, day)


def test_what_differs_without_consequence_no_line_tells_apart() -> None:
    """Mutants whose provision comes out otherwise, yet no finding: judged on lines around every case of the file."""
    masked = []
    for mutant in every_mutant(core()):
        if mutant.file in core().authorities and mutant.section == "bars" and not tried().killer(mutant):
            found = list(prover().differences(mutant))
            if found and not any(prover().tells(mutant, one) for one in found):
                masked.append(mutant)
    assert masked
    for mutant in masked:
        library = with_file(core(), mutant.changed)
        for group in (g for g in tried().groups if g.asked == mutant.file):
            grid = Grid(core(), group.examples[0].lines[0], varied(group))
            seen = [
                look(Builder(one, group.day, group.known), GridEvaluation(grid), group.asked)
                for one in (core(), library)
            ]
            assert seen[0] == seen[1], mutant.id
