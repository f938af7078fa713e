"""Engine against engine: the library's own cases, and a seeded share of the random proposals of ``bench/agreement.py``."""

from __future__ import annotations

import random

import pytest

from authorities.loading import load
from rules.provisions import LawFile
from rules.rulebook import Shelf
from tests.support.agreement import agree, agree_on_case

LOADED = load(cases=True)
SHELF = Shelf(LOADED.library)
FILES = [file for file in LOADED.library.files() if file.cases]
SHARE = 800 // len(FILES)
"""Cases of a file, some 800 in all; ``bench/agreement.py cases`` takes every one."""


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.id)
def test_both_implementations_agree_on_cases(file: LawFile) -> None:
    for case in random.Random(file.id).sample(file.cases, k=min(SHARE, len(file.cases))):
        agree_on_case(LOADED, SHELF, file, case)


def test_both_implementations_agree_on_random_proposals() -> None:
    result = agree(LOADED, 500, seed=20261122)
    assert not result.differences
    assert set(result.verdicts) == {
        "permitted",
        "conditional",
        "needs facts",
        "needs counsel",
        "prohibited",
        "no authority",
    }
