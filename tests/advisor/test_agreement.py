"""Engine against engine: a seeded share of the random proposals of ``bench/agreement.py``."""

from __future__ import annotations

from tests.support.agreement import agree
from tests.support.shipped import LOADED


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
