"""The evaluator against the specification: conditions and facts to truth, provisions to verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from rules.answering import answer
from rules.conditions import Parser
from rules.evaluate import Evaluation
from rules.lines import Batch
from rules.planes import letter_of
from rules.proposals import expand, from_mapping
from rules.rulebook import Builder, Shelf
from tests.specification.world import days, entries, sources, specification, world

SHARED = world()


def given(entry: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entry.get("given", {}).items() if k != "cap_others"}


@pytest.mark.parametrize("entry", entries("conditions"), ids=lambda e: e["title"])
def test_condition_means_what_the_specification_says(entry: dict[str, Any]) -> None:
    library, _ = SHARED
    said, today, known = days(entry)
    day = said or specification()["defaults"]["condition_date"]
    data = {"date": day, **given(entry)}
    line = expand(library, from_mapping(data, "given"), today=today).lines[0]
    parser = Parser(library.vocabulary, sources().settings.place, [])
    condition = parser.condition(entry["condition"], (), acts=True)
    assert not parser.faults
    goal = entry.get("goal", False)
    node = Builder(library, line.day, known).node(condition, library.authorities["host-rules"], "date", goal)
    strict = entry.get("options", {}).get("strict", False)
    planes = Evaluation(Batch(library, [line], strict=strict)).planes(node)
    truth = True if planes.t else False if planes.f else "unknown"
    assert (truth, letter_of(planes, 1, goal)) == (entry["expect"]["truth"], entry["expect"]["letter"])


@pytest.mark.parametrize("entry", entries("verdicts"), ids=lambda e: e["title"])
def test_provisions_give_the_verdict_the_specification_says(entry: dict[str, Any]) -> None:
    library, _ = world(entry.get("library"))
    said, today, known = days(entry)
    data = dict(given(entry))
    if said is not None:
        data.setdefault("date", said)
    proposal = expand(library, from_mapping(data, "given"), today=today)
    asked = entry.get("asked")
    found = answer(
        library,
        Shelf(library),
        proposal,
        known=known,
        today=today,
        strict=entry.get("strict", False),
        asked=asked,
        ledger={tuple(k.split(".")): v for k, v in entry.get("cap_others", {}).items()},
    )
    line = found.lines[0]
    findings = {f.authority: f for f in line.findings}
    assert {k: findings[k].verdict for k in entry["expect"]} == entry["expect"]
    if "line" in entry:
        assert line.verdict == entry["line"]
    first = findings[next(iter(entry["expect"]))]
    if "deciding" in entry:
        assert set(entry["deciding"]) <= set(first.deciding)
    if "outstanding" in entry:
        assert {d.ref.key for d in first.duties} == set(entry["outstanding"])
