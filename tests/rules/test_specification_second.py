"""The specification, entry by entry, by the second opinion."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from rules.second import Opinion, available, second_opinion
from rules.second import _chain as chain
from rules.second import _durable as durable
from tests.specification.world import days, entries, specification, world

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")

HOST = "host-rules"
CONDITIONS = {entry["title"]: entry for entry in entries("conditions")}
VERDICTS = {entry["title"]: entry for entry in entries("verdicts")}
TRUTHS = {"T": True, "F": False}


@pytest.fixture(autouse=True)
def _no_traces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the generic ruleset: a tree for every entry would use up what a process may hold."""
    chain.generic()
    monkeypatch.setattr(durable, "MOST_RULESETS", 0)


@cache
def shared_world() -> Mapping[str, Any]:
    return world()[1]


def asking(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The host with one provision more: a grant where the condition is hoped true, else a bar."""
    raw = shared_world()
    host = raw["authorities"][HOST]
    kind = "grants" if entry.get("goal") else "bars"
    probe = {"id": "probe", "cite": "(a)", "when": entry["condition"]}
    changed = {**host, kind: [*host.get(kind, ()), probe]}
    return {**raw, "authorities": {**raw["authorities"], HOST: changed}}


@pytest.mark.parametrize("title", CONDITIONS)
def test_condition(title: str) -> None:
    entry = CONDITIONS[title]
    day, today, known = days(entry)
    goal = bool(entry.get("goal"))
    line = {"date": day or specification()["defaults"]["condition_date"], **entry.get("given", {})}
    strict = bool(entry.get("options", {}).get("strict"))
    opinion = second_opinion(asking(entry), line, known=known, today=today, strict=strict, asked=HOST)
    letter = opinion.findings[HOST].letters["probe"]
    towards = {"T": "goal" if goal else "opposite", "F": "opposite" if goal else "goal"}.get(letter, letter)
    assert {"truth": TRUTHS.get(letter, "unknown"), "letter": towards} == entry["expect"]


@cache
def opinions(title: str, asked: str | None) -> Opinion:
    entry = VERDICTS[title]
    day, today, known = days(entry)
    line = dict(entry.get("given", {}))
    if day is not None:
        line["date"] = day
    line["cap_others"] = {tuple(key.split(".")): count for key, count in entry.get("cap_others", {}).items()}
    raw = world(entry["library"])[1]
    return second_opinion(raw, line, known=known, today=today, strict=bool(entry.get("strict")), asked=asked)


@pytest.mark.parametrize("title", VERDICTS)
def test_verdict(title: str) -> None:
    entry = VERDICTS[title]
    found = opinions(title, entry.get("asked")).findings
    assert {name: found[name].verdict for name in entry["expect"]} == entry["expect"]


@pytest.mark.parametrize("title", [title for title, entry in VERDICTS.items() if "line" in entry])
def test_line(title: str) -> None:
    assert opinions(title, None).line_verdict == VERDICTS[title]["line"]


@pytest.mark.parametrize("title", [title for title, entry in VERDICTS.items() if "outstanding" in entry])
def test_outstanding(title: str) -> None:
    entry = VERDICTS[title]
    (name,) = entry["expect"]
    assert sorted(opinions(title, entry.get("asked")).findings[name].outstanding) == sorted(entry["outstanding"])


@pytest.mark.parametrize("title", [title for title, entry in VERDICTS.items() if "deciding" in entry])
def test_deciding(title: str) -> None:
    entry = VERDICTS[title]
    (name,) = entry["expect"]
    assert set(entry["deciding"]) <= set(opinions(title, entry.get("asked")).findings[name].deciding)
