"""What the lines of one proposal count together under caps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.judge import run
from rules.lines import Line
from rules.rulebook import Shelf
from tests.specification.world import world

DAY = date(2024, 3, 1)
BOTH = {"id": "every-cap", "group": "g", "counts": "cost", "amount": 100, "per": "activity"}
ONE = {**BOTH, "id": "book-cap", "when": {"item": "book"}}


def verdicts(caps: list[dict[str, Any]], costs: list[int]) -> list[str]:
    library, _ = world(
        {"authorities": [{"id": "lend", "grants": [{"id": "g", "when": {"item": "book"}}], "caps": caps}]}
    )
    lines = [Line({"item": "book", "cost": cost}, {}, DAY, DAY) for cost in costs]
    [session] = run(library, Shelf(library), lines, known=DAY)
    return [session.judged["lend"].verdict(1 << i) for i in range(len(lines))]


@pytest.mark.parametrize("caps", [[BOTH, ONE], [ONE, BOTH], [BOTH]])
def test_a_line_counts_once_under_caps_of_one_group(caps: list[dict[str, Any]]) -> None:
    assert verdicts(caps, [60, 40]) == ["permitted", "permitted"]
    assert verdicts(caps, [60, 41]) == ["prohibited", "prohibited"]


def test_a_limit_that_reaches_two_authorities_counts_a_line_once() -> None:
    grants = [{"id": "g", "when": {"item": "book"}}]
    limit = {"id": "care", "reaches": {"everything": True}, "caps": [{**BOTH, "id": "c"}]}
    library, _ = world(
        {"authorities": [{"id": "lend", "grants": grants}, {"id": "give", "grants": grants}], "limits": [limit]}
    )
    lines = [Line({"item": "book", "cost": cost}, {}, DAY, DAY) for cost in (60, 40)]
    [session] = run(library, Shelf(library), lines, known=DAY)
    assert {judged.verdict(1) for id_, judged in session.judged.items() if id_ in ("lend", "give")} == {"permitted"}
