"""Coverage counts what the confirmed cases show, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from authorities.cover import Coverage, as_json, cover, inside, render
from authorities.loading import load
from rules import conditions as c
from rules.library import Library

LIBRARY = load(cases=True).library
WHOLE = cover(LIBRARY)


def without_cases(library: Library, id_: str, *, confirmed: bool) -> Library:
    """The library with the cases of one file unconfirmed (or gone)."""
    file = library.authorities[id_]
    cases = tuple(replace(case, confirmed=False) for case in file.cases) if confirmed else ()
    return replace(library, authorities={**library.authorities, id_: replace(file, cases=cases)})


def test_every_provision_has_a_row_in_the_order_of_its_file() -> None:
    for file in LIBRARY.files():
        assert [p.provision for p in WHOLE.of([file.id]).provisions] == [p.id for p in file.provisions()]


def test_each_branch_is_a_part_of_a_condition() -> None:
    file = LIBRARY.authorities["10-usc-332"]
    rows = {p.provision: p for p in WHOLE.of(["10-usc-332"]).provisions}
    for one in file.grants:
        assert len(rows[one.id].branches) == len(c.walk(one.when))


def test_a_grant_that_decides_is_seen_both_ways() -> None:
    row = next(p for p in WHOLE.provisions if (p.file, p.provision) == ("10-usc-332", "advisors"))
    assert row.decides > 1
    assert row.branches[0].covered
    assert not row.branches[0].lacks


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_unconfirmed_case_counts_for_nothing(confirmed: bool) -> None:
    bare = cover(without_cases(LIBRARY, "10-usc-332", confirmed=confirmed)).of(["10-usc-332"])
    assert not any(p.decides for p in bare.provisions)
    assert not bare.complete
    assert "decides no case" in render(bare)


def test_text_and_json_say_the_same() -> None:
    some: Coverage = WHOLE.of(["22-usc-2420"])
    assert render(some).splitlines()[-1].startswith(f"{sum(bool(p.decides) for p in some.provisions)} of ")
    assert len(as_json(some)["provisions"]) == len(some.provisions)
    assert len(render(some, verbose=True)) > len(render(some))


def test_what_is_hoped_turns_with_not() -> None:
    condition = c.AllOf((c.Negation(c.Question("a")), c.Question("b")))
    hoped = {spot: goal for spot, _, goal in inside(condition, (), True)}
    assert hoped == {(): True, (0,): True, (0, 0): False, (1,): True}
