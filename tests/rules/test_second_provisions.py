"""The second opinion on provisions, limits and verdicts (sections 5 and 6 of the rule language)."""

from datetime import date
from typing import Any

import pytest

from rules.second import SecondOpinionError, available, second_opinion
from tests.rules.test_second import DAY, Raw, finding, judged, library, limit

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
        ({"id": "d", "act": "say", "after": "start"}, {"acts": {"say": "refused"}}, "prohibited", ()),
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


@pytest.mark.parametrize(
    ("reaches", "facts", "reached"),
    [
        ({"everything": True}, {}, "T"),
        ({"authorities": ["au"]}, {}, "T"),
        ({"authorities": ["other"]}, {}, None),
        ({"tags": ["x"]}, {}, "T"),
        ({"tags": ["y"]}, {}, None),
        ({"everything": True, "except": {"authorities": ["au"]}}, {}, None),
        ({"everything": True, "except": {"tags": ["x"]}}, {}, None),
        ({"accounts": ["om"]}, {"account": "om-army"}, "T"),
        ({"accounts": ["om-army"]}, {"account": "om"}, "P"),
        ({"accounts": ["hca"]}, {"account": "om"}, None),
        ({"accounts": ["om"]}, {}, "T"),
        ({"accounts": ["hca"]}, {}, None),
        ({"accounts": ["om"]}, {"account": "unknown"}, "P"),
        ({"everything": True, "except": {"accounts": ["om"]}}, {"account": "om"}, None),
    ],
)
def test_reach(reaches: Raw, facts: Raw, reached: str | None) -> None:
    raw = library({"tags": ["x"], "funds": [{"id": "f", "account": "om-army"}]}, limits=limit(reaches=reaches))
    assert finding(raw, facts).letters.get("lim.b") == reached


def test_money_that_may_not_be_used_is_no_fund_of_the_authority() -> None:
    barred = {"funds": [{"id": "f", "account": "hca", "not": True}]}
    assert "lim.b" not in finding(library(barred, limits=limit(reaches={"accounts": ["hca"]}))).letters


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("all", "permitted"),
        (["lim"], "permitted"),
        (["other"], "prohibited"),
        ({"all": True, "but not": ["lim"]}, "prohibited"),
        ({"all": True, "but not": ["other"]}, "permitted"),
        ({"limits": ["lim"]}, "permitted"),
    ],
)
def test_notwithstanding(spec: Any, says: str) -> None:
    assert finding(library({"notwithstanding": spec}, limits=limit())).verdict == says


def test_a_limit_brings_bars_duties_caps_and_funds() -> None:
    assert finding(library(limits=limit(bars=[], duties=[NOTICE]))).outstanding == ("lim.d",)
    assert finding(library(limits=limit(bars=[], caps=[CAP])), {"cost": 101}).verdict == "prohibited"
    barred = limit(bars=[], funds=[{"id": "n", "account": "hca", "not": True}])
    assert finding(library(limits=barred), {"account": "hca"}).verdict == "prohibited"


@pytest.mark.parametrize(("facts", "letter"), [({"told": True}, "F"), ({"told": False}, "T"), ({}, "P")])
def test_defeats(facts: Raw, letter: str) -> None:
    grants = [{"id": "g"}, {"id": "h", "when": {"told": True}, "defeats": ["lim.b"]}]
    assert finding(library({"grants": grants}, limits=limit()), facts).letters["lim.b"] == letter


def test_a_defeating_fund_needs_only_its_own_when() -> None:
    raw = library({"funds": [{"id": "f", "account": "om", "defeats": ["lim.b"]}]}, limits=limit())
    assert finding(raw, {"account": "om"}).verdict == "permitted"


@pytest.mark.parametrize(
    ("names", "letter"), [(["lim"], "T"), (["x"], "T"), (["other"], "T"), (["y"], "F"), (["x", "y"], "T")]
)
def test_barred_under(names: list[str], letter: str) -> None:
    bars = [{"id": "b", "when": {"barred under": names}}]
    limits = limit(reaches={"tags": ["x"], "authorities": ["other"]}, bars=[{"id": "b", "when": {"told": True}}])
    raw = library({"bars": bars}, limits=limits)
    assert finding(raw, {"told": True}).letters["b"] == letter
    assert finding(raw, {"told": False}).letters["b"] == "F"


def test_limits_that_look_at_one_another_are_an_error() -> None:
    one = limit(bars=[{"id": "b", "when": {"barred under": ["two"]}}])
    two = {"two": one["lim"] | {"id": "two", "bars": [{"id": "b", "when": {"barred under": ["lim"]}}]}}
    with pytest.raises(SecondOpinionError, match="itself"):
        judged(library(limits=one | two))


BAR = {"bars": [{"id": "b", "when": {"told": True}}]}


def test_the_ladder_of_verdicts() -> None:
    failing = {"grants": [{"id": "g", "when": {"open": True}}]}
    gone = {"grants": [{"id": "g", "until": DAY}]}
    assert verdict({}) == "permitted"
    assert verdict(gone | BAR, {"told": True}) == "no authority"
    assert verdict(failing | BAR, {"told": True}) == "prohibited"
    assert verdict(failing | BAR, {"told": True}, asked=None) == "no authority"
    assert verdict(failing) == "no authority"
    assert verdict({"grants": [{"id": "g", "when": {"found": True}}]} | BAR, {"told": True}, asked=None) == "prohibited"
    assert verdict({"grants": [{"id": "g", "when": {"found": True}}]}) == "conditional"
    assert verdict({"bars": [{"id": "b", "when": {"found": True}}]}) == "conditional"
    assert verdict({"grants": [{"id": "g", "when": {"found": True}}]} | BAR) == "needs facts"
    assert verdict({"grants": [{"id": "g", "when": {"question": "q"}}]} | BAR) == "needs counsel"
    assert (
        verdict({"grants": [{"id": "g", "when": {"found": True}}, {"id": "h", "when": {"question": "q"}}]})
        == "conditional"
    )
    assert verdict(BAR | {"caps": [CAP]}, {"cost": 101}) == "prohibited"


def several(**others: Raw) -> Raw:
    raw = library({"funds": [{"id": "f", "account": "om"}]})
    raw["authorities"] |= {name: {"id": name, "law": {"public_law": "1-1"}, **doc} for name, doc in others.items()}
    return raw


def test_a_line_takes_its_best_finding_whose_money_will_do() -> None:
    worse = {"grants": [{"id": "g", "when": {"question": "q"}}]}
    assert judged(several(other=worse)).line_verdict == "permitted"
    opinion = judged(several(other=worse), {"account": "hca"})
    assert (opinion.findings["au"].verdict, opinion.findings["au"].other_money) == ("prohibited", True)
    assert opinion.line_verdict == "needs counsel"
    assert judged(several(other={"grants": []}), {"account": "hca"}).line_verdict == "no authority"


def test_money_that_fails_for_its_year_or_a_cap_stays_in_the_comparison() -> None:
    years = library({"funds": [YEARS]})
    assert not finding(years, {"account": "om", "fund_year": 2024, "start": date(2025, 1, 1)}).other_money
    capped = library({"funds": [ONLY], "caps": [CAP]})
    assert not finding(capped, {"account": "hca", "cost": 101}).other_money
    assert finding(capped, {"account": "hca", "cost": 99}).other_money


def test_a_limit_on_everything_or_on_the_named_money_bars_a_line_that_nothing_grants() -> None:
    none = {"grants": [{"id": "g", "when": {"open": True}}]}
    assert judged(library(none, limits=limit())).line_verdict == "prohibited"
    assert judged(library(none, limits=limit(reaches={"authorities": ["au"]}))).line_verdict == "no authority"
    money = library(none, limits=limit(reaches={"accounts": ["om"]}))
    assert judged(money, {"account": "om-army"}).line_verdict == "prohibited"
    assert judged(money, {"account": "hca"}).line_verdict == "no authority"


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"open": True}, "permitted"),
        ({"open": False}, "prohibited"),
        ({"told": True}, "needs facts"),
        ({"question": "q"}, "needs counsel"),
        ({"found": True}, "needs facts"),
    ],
)
def test_a_limit_asked_alone(condition: Raw, says: str) -> None:
    raw = library(limits=limit(bars=[{"id": "b", "when": condition}]))
    assert judged(raw, asked="lim").line_verdict == says
    assert judged(raw, asked="om").line_verdict == says


def test_a_fund_asked_alone() -> None:
    raw = library({"funds": [YEARS | {"only": True}]})
    assert judged(raw, {"account": "om", "start": DAY, "fund_year": 2024}, asked="au.f").line_verdict == "permitted"
    assert judged(raw, {"account": "om", "start": DAY, "fund_year": 2023}, asked="au.f").line_verdict == "prohibited"
    with pytest.raises(SecondOpinionError, match="nothing"):
        judged(raw, asked="nothing")
