"""Engine against engine: the library's own cases, and a seeded share of the random proposals of ``bench/agreement.py``."""

from __future__ import annotations

import pytest

from advisor.asking import ask
from authorities.loading import load
from rules.proposals import from_mapping
from rules.rulebook import Shelf
from tests.support.agreement import TODAY, agree

LOADED = load(cases=True)
SHELF = Shelf(LOADED.library)
FILES = [file for file in LOADED.library.files() if file.cases]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.id)
def test_both_implementations_agree_on_every_case(file: object) -> None:
    from rules.provisions import LawFile

    assert isinstance(file, LawFile)
    for case in file.cases:
        document = from_mapping({"date": case.date, **case.given}, case.name)
        known = case.known or TODAY
        ask(
            LOADED, document, today=case.date, known=known, strict=case.strict, asked=case.under or file.id, shelf=SHELF
        )


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
