"""The shipped library is covered by its cases; what coverage says of it is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from authorities import cover as covering
from authorities._cover_proof import Prover
from authorities._cover_report import Report
from authorities.cli import main
from authorities.cover import Coverage, cover, inside
from authorities.loading import SHIPPED
from authorities.mutation._bench import Bench
from rules import conditions as c
from rules.library import Library
from rules.provisions import LawFile
from tests.support.shipped import LIBRARY, LOADED


@pytest.fixture(scope="module", autouse=True)
def one_bench() -> Iterator[None]:
    """The cases of the shipped library are judged once, however often they are counted; then they are let go of.

    A library that differs in its cases alone has the same law: of its groups of cases, those that are the same cases
    show what they showed.
    """
    bench = Bench(LIBRARY)
    judged = {tuple(id(one.case) for one in group.examples): group for group in bench.groups}

    def made(library: Library) -> Bench:
        if library is LIBRARY:
            return bench
        other = Bench(library)
        for group in other.groups:
            twin = judged.get(tuple(id(one.case) for one in group.examples))
            if twin is not None:
                assert (group.asked, group.day, group.known, group.strict) == (
                    twin.asked,
                    twin.day,
                    twin.known,
                    twin.strict,
                )
                group._base = twin.base()
        return other

    with patch.object(covering, "Bench", made):
        yield


@cache
def whole() -> Coverage:
    """The coverage of the shipped library."""
    return cover(LIBRARY)


def test_the_library_is_covered_and_every_case_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the command that the README shows; what it works out serves the other tests here."""
    monkeypatch.setattr("authorities.loading.load", lambda folder, cases: LOADED)
    monkeypatch.setattr("authorities.mutation._bench.Bench", lambda library, ids: covering.Bench(library))
    monkeypatch.setattr("authorities.cover.cover", lambda library, ids, bench: whole())
    result = CliRunner().invoke(main, ["test", "--cover"])
    assert result.exit_code == 0, result.output
    assert whole().complete, Report(whole(), SHIPPED).text()
    assert f"{sum(len(file.cases) for file in LIBRARY.files())} cases, 0 failed." in result.stdout


def test_what_a_case_shows_is_never_called_impossible() -> None:
    prover = Prover(LIBRARY)
    files = {file.id: file for file in LIBRARY.files()}
    for one, branch in whole().branches:
        file = files[one.file]
        provision = getattr(file, one.kind)[one.index]
        condition = condition_at(provision, branch.key)
        part = next(part for spot, part, _ in inside(condition, (), True) if spot == branch.spot)
        for side, count in ((True, branch.true), (False, branch.false)):
            if count:
                assert prover.way(file, provision.life, part, side) is not None, (one.provision, branch.words, side)


def condition_at(provision: Any, key: str) -> c.Condition:
    """The condition of a provision that a branch is part of."""
    if key == "otherwise":
        return c.Question(provision.otherwise)
    owner, _, own = key.rpartition(".")
    holder = provision.contents[int(owner.removeprefix("contents[").removesuffix("]"))] if owner else provision
    condition: c.Condition = getattr(holder, own)
    return condition


def test_every_provision_has_a_row_in_the_order_of_its_file() -> None:
    for file in LIBRARY.files():
        assert [p.provision for p in whole().of([file.id]).provisions] == [p.id for p in file.provisions()]


def test_each_branch_is_a_part_of_a_condition() -> None:
    file = LIBRARY.authorities["10-usc-332"]
    rows = {p.provision: p for p in whole().of(["10-usc-332"]).provisions}
    for one in file.grants:
        assert len(rows[one.id].branches) == len(c.walk(one.when))


def test_each_branch_is_found_in_its_file() -> None:
    report = Report(whole(), SHIPPED)
    for one, branch in whole().branches:
        place = report.place(one, branch)
        assert place.line is not None
        assert place.line >= one.line
        assert place.key.startswith(branch.key.partition("[")[0])


@pytest.mark.parametrize("id_", ["10-usc-401", "10-usc-362", "10-usc-301"])
def test_coverage_of_some_files_is_that_part_of_the_whole(id_: str) -> None:
    assert cover(LIBRARY, [id_]).provisions == whole().of([id_]).provisions


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_cases_of_a_file_are_what_covers_it(confirmed: bool) -> None:
    bare = cover(without_cases(LIBRARY, "10-usc-332", kept=confirmed)).of(["10-usc-332"])
    assert not any(p.decides for p in bare.provisions)


def without_cases(library: Library, id_: str, *, kept: bool) -> Library:
    """The library with the cases asked of one file (its own, and those of other files under it) unconfirmed, or gone."""

    def left(file: LawFile) -> LawFile:
        cases = []
        for case in file.cases:
            if (case.under or file.id) != id_:
                cases.append(case)
            elif kept:
                cases.append(replace(case, confirmed=False))
        return replace(file, cases=tuple(cases))

    return replace(
        library,
        authorities={name: left(file) for name, file in library.authorities.items()},
        limits={name: left(file) for name, file in library.limits.items()},
        definitions={name: left(file) for name, file in library.definitions.items()},
    )
