"""The second opinion on provisions, limits and verdicts (sections 5 and 6 of the rule language)."""

from datetime import date
from typing import Any

import pytest

from rules.second import available, second_opinion
from tests.rules.test_second import DAY, Raw, finding, library

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")


def verdict(authority: Raw, facts: Raw | None = None, **how: Any) -> str:
    raw = library(authority)
    raw.update(how.pop("raw", {}))
    return finding(raw, facts, **how).verdict


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        ({"told": True}, "T"),
        ({"told": True, "acts": {"waive": "done"}}, "F"),
        ({"told": True, "acts": {"waive": DAY}}, "F"),
        ({"told": True, "acts": {"waive": date(2024, 3, 2)}}, "T"),
        ({"told": True, "acts": {"waive": "refused"}}, "T"),
        ({"told": True, "open": True}, "F"),
        ({"told": True, "open": "unknown"}, "P"),
        ({"told": False}, "F"),
        ({}, "P"),
        ({"acts": {"waive": "done"}}, "F"),
    ],
)
def test_a_relief_takes_a_case_out_of_a_bar(facts: Raw, letter: str) -> None:
    unless = {"any of": [{"act": "waive"}, {"open": True}]}
    found = finding(library({"bars": [{"id": "b", "when": {"told": True}, "unless": unless}]}), facts)
    assert found.letters["b"] == letter


def test_a_choice_unsaid_in_a_relief_is_made_well() -> None:
    bar = {"id": "b", "when": {"told": True}, "unless": {"pick": "arms"}}
    assert finding(library({"bars": [bar]}), {"told": True}).letters["b"] == "F"


def test_grant_is_true_where_that_grant_is() -> None:
    grants = [{"id": "g", "when": {"told": True}}, {"id": "h"}, {"id": "old", "until": DAY}]
    bars = [{"id": "b", "when": {"grant": "g"}}, {"id": "c", "when": {"grant": "old"}}]
    found = finding(library({"grants": grants, "bars": bars}), {"told": True})
    assert (found.letters["b"], found.letters["c"], found.verdict) == ("T", "F", "prohibited")
    assert finding(library({"grants": grants, "bars": bars}), {"told": False}).verdict == "permitted"


NOTICE = {"id": "d", "act": "say", "days": 15}


@pytest.mark.parametrize(
    ("duty", "facts", "says", "outstanding"),
    [
        (NOTICE, {}, "conditional", ("d",)),
        (NOTICE, {"acts": {"say": "done"}}, "permitted", ()),
        (NOTICE, {"acts": {"say": "refused"}}, "prohibited", ()),
        (NOTICE, {"start": date(2024, 3, 16)}, "conditional", ("d",)),
        (NOTICE, {"start": date(2024, 3, 15)}, "prohibited", ()),
        (NOTICE, {"start": date(2024, 3, 15), "acts": {"say": "done"}}, "permitted", ()),
        (NOTICE, {"start": date(2024, 3, 15), "acts": {"say": date(2024, 2, 29)}}, "permitted", ()),
        (NOTICE, {"start": date(2024, 3, 14), "acts": {"say": DAY}}, "prohibited", ()),
        (NOTICE, {"acts": {"say": date(2024, 3, 2)}}, "conditional", ("d",)),
        ({"id": "d", "act": "say", "hours": 48}, {"start": date(2024, 3, 2)}, "prohibited", ()),
        ({"id": "d", "act": "say", "hours": 48}, {"start": date(2024, 3, 3)}, "conditional", ("d",)),
        ({"id": "d", "act": "say", "months": 1}, {"start": date(2024, 3, 31)}, "prohibited", ()),
        ({"id": "d", "act": "say", "months": 1}, {"start": date(2024, 4, 1)}, "conditional", ("d",)),
        ({"id": "d", "act": "say", "days": 9, "before": "end"}, {"end": date(2024, 3, 9)}, "prohibited", ()),
        ({"id": "d", "act": "say", "after": "start", "days": 9}, {"start": DAY}, "permitted", ()),
        ({"id": "d", "act": "say", "after": "start"}, {"acts": {"say": "refused"}}, "permitted", ()),
        ({"id": "d", "act": "say", "before": "end"}, {"acts": {"say": "refused"}}, "prohibited", ()),
        ({"id": "d", "act": "say", "recurring": True}, {}, "permitted", ()),
        ({"id": "d", "act": "say", "when": {"told": True}}, {"told": False}, "permitted", ()),
        ({"id": "d", "act": "say", "when": {"told": True}}, {}, "conditional", ("d",)),
        ({"id": "d", "act": "say", "when": {"question": "q"}}, {}, "conditional", ("d",)),
        (
            {"id": "d", "act": "say", "when": {"question": "q"}},
            {"acts": {"say": "refused"}},
            "needs counsel",
            (),
        ),
        ({"id": "d", "act": "say", "when": {"told": True}}, {"acts": {"say": "refused"}}, "needs facts", ()),
        ({"id": "d", "act": "say", "when": {"pick": "arms"}}, {}, "permitted", ()),
        (
            {"id": "d", "act": "say", "when": {"act": "waive"}},
            {"acts": {"waive": "done"}},
            "conditional",
            ("d",),
        ),
        ({"id": "d", "act": "say", "unless": {"act": "waive"}}, {"acts": {"waive": "done"}}, "permitted", ()),
        ({"id": "d", "act": "say", "until": DAY}, {}, "permitted", ()),
    ],
)
def test_duties(duty: Raw, facts: Raw, says: str, outstanding: tuple[str, ...]) -> None:
    found = finding(library({"duties": [duty]}), facts)
    assert (found.verdict, found.outstanding) == (says, outstanding)


def test_waits_count_from_the_stated_date_else_from_today() -> None:
    raw = library({"duties": [NOTICE]})
    line = {"start": date(2024, 3, 20)}
    assert second_opinion(raw, line, known=DAY, today=DAY).line_verdict == "conditional"
    assert second_opinion(raw, line, known=DAY, today=date(2024, 3, 6)).line_verdict == "prohibited"


CAP = {"id": "c", "counts": "cost", "amount": 100}


@pytest.mark.parametrize(
    ("cap", "facts", "letter"),
    [
        (CAP, {"cost": 100}, "F"),
        (CAP, {"cost": 101}, "T"),
        (CAP, {}, "P"),
        (CAP | {"when": {"told": True}}, {"told": False}, "F"),
        (CAP | {"when": {"ruled": True}}, {"cost": 101}, "C"),
        (CAP | {"used": "spent"}, {"cost": 100}, "F"),
        (CAP | {"used": "spent"}, {"cost": 60, "spent": 41}, "T"),
        (CAP | {"used": "spent"}, {"cost": 60, "spent": "unknown"}, "P"),
        (CAP | {"used": "spent"}, {"cost": 101, "spent": "unknown"}, "T"),
        (CAP | {"used": "spent"}, {"spent": 101}, "T"),
        (CAP | {"used": "spent"}, {"spent": 100}, "P"),
        (CAP | {"used": "spent"}, {"spent": 60, "cap_others": {("au", "c"): 41}}, "T"),
        (CAP, {"cost": 60, "cap_others": {("au", "c"): 41}}, "T"),
        (CAP, {"cost": 60, "cap_others": {("au", "c"): 40}}, "F"),
        (CAP | {"group": "k"}, {"cost": 60, "cap_others": {("au", "k"): 41}}, "T"),
        (CAP | {"amount": {"value": "ceiling"}}, {"cost": 8}, "T"),
    ],
)
def test_caps(cap: Raw, facts: Raw, letter: str) -> None:
    found = finding(library({"caps": [cap], "values": {"ceiling": [{"is": 7}]}}), facts)
    assert (found.letters["c"], found.money) == (letter, letter)


def test_what_is_used_is_not_presumed_when_strict() -> None:
    assert finding(library({"caps": [CAP | {"used": "spent"}]}), {"cost": 1}, strict=True).letters["c"] == "P"


ONLY = {"id": "f", "account": "om", "only": True}
YEARS = {"id": "f", "account": "om", "begin_in": "fund-year", "end_by": {"years_after": 1}}


@pytest.mark.parametrize(
    ("funds", "facts", "money", "says"),
    [
        ([ONLY], {}, "F", "conditional"),
        ([ONLY], {"account": "om-army"}, "F", "permitted"),
        ([ONLY], {"account": "hca"}, "T", "prohibited"),
        ([ONLY], {"account": "money"}, "P", "needs facts"),
        ([ONLY], {"account": "unknown"}, "P", "needs facts"),
        ([{"id": "f", "account": "om"}], {}, "F", "permitted"),
        ([{"id": "f", "account": "om"}], {"account": "hca"}, "T", "prohibited"),
        ([ONLY, {"id": "h", "account": "hca"}], {"account": "hca"}, "F", "permitted"),
        ([{"id": "f", "account": ["hca", "om"]}], {"account": "hca"}, "F", "permitted"),
        ([ONLY | {"until": DAY}], {"account": "hca"}, "F", "permitted"),
        ([{"id": "f", "account": "hca", "not": True}], {"account": "hca"}, "T", "prohibited"),
        ([{"id": "f", "account": "hca", "not": True}], {"account": "om"}, "F", "permitted"),
        ([{"id": "f", "account": "hca", "not": True}], {}, "F", "permitted"),
        ([ONLY | {"when": {"told": True}}], {"account": "om", "told": False}, "T", "prohibited"),
        ([ONLY | {"when": {"question": "q"}}], {"account": "om"}, "C", "needs counsel"),
        (
            [YEARS],
            {"account": "om", "fund_year": 2024, "start": date(2024, 9, 30), "end": date(2025, 9, 30)},
            "F",
            "permitted",
        ),
        ([YEARS], {"account": "om", "fund_year": 2024, "start": date(2024, 10, 1)}, "T", "prohibited"),
        ([YEARS], {"account": "om", "fund_year": 2024, "start": date(2023, 9, 30)}, "T", "prohibited"),
        ([YEARS], {"account": "om", "fund_year": 2024, "end": date(2025, 10, 1)}, "T", "prohibited"),
        ([YEARS], {"account": "om", "fund_year": "unknown", "start": DAY}, "P", "needs facts"),
        ([YEARS], {"account": "om"}, "F", "permitted"),
    ],
)
def test_funds(funds: list[Raw], facts: Raw, money: str, says: str) -> None:
    found = finding(library({"funds": funds}), facts)
    assert (found.money, found.verdict) == (money, says)
