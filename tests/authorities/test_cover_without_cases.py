"""What covers a file of the shipped library is its confirmed cases, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from authorities.cover import cover
from rules.library import Library
from rules.provisions import LawFile
from tests.support.shipped import LIBRARY


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
