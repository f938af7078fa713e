"""The second opinion on limits, and on verdicts from all that bears on a line."""

from datetime import date
from typing import Any

import pytest

from rules.second import SecondOpinionError, available
from tests.rules.test_second import DAY, Raw, finding, judged, library, limit
from tests.rules.test_second_provisions import CAP, NOTICE, ONLY, YEARS, verdict

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")


@pytest.mark.parametrize(
    ("reaches", "facts", "reached"),
    [
        ({"everything": True}, {}, "T"),
        ({"authorities": ["au"]}, {}, "T"),
        ({"authorities": ["other"]}, {}, None),
        ({"tags": ["x"]}, {}, "T"),
        ({"tags": ["y"]}, {}, None),
        ({"accounts": ["om"]}, {"account": "om-army"}, "T"),
        ({"accounts": ["om-army"]}, {"account": "om"}, "P"),
        ({"accounts": ["hca"]}, {"account": "om"}, None),
        ({"accounts": ["om"]}, {}, "T"),
        ({"accounts": ["hca"]}, {}, None),
        ({"accounts": ["om"]}, {"account": "unknown"}, "P"),
    ],
)
def test_reach(reaches: Raw, facts: Raw, reached: str | None) -> None:
    raw = library({"tags": ["x"], "funds": [{"id": "f", "account": "om-army"}]}, limits=limit(reaches=reaches))
    assert finding(raw, facts).letters.get("lim.b") == reached


@pytest.mark.parametrize(
    ("spared", "facts", "reached"),
    [
        ({"authorities": ["au"]}, {}, None),
        ({"authorities": ["other"]}, {}, "T"),
        ({"tags": ["x"]}, {}, None),
        ({"accounts": ["om"]}, {"account": "om-army"}, None),
        ({"accounts": ["om-army"]}, {"account": "om"}, "P"),
        ({"accounts": ["hca"]}, {"account": "om"}, "T"),
    ],
)
def test_what_is_excepted_from_the_reach(spared: Raw, facts: Raw, reached: str | None) -> None:
    raw = library({"tags": ["x"]}, limits=limit(**{"except": spared}))
    assert finding(raw, facts).letters.get("lim.b") == reached


def test_money_that_may_not_be_used_is_no_fund_of_the_authority() -> None:
    barred = {"funds": [{"id": "f", "account": "hca", "not": True}]}
    assert "lim.b" not in finding(library(barred, limits=limit(reaches={"accounts": ["hca"]}))).letters


@pytest.mark.parametrize(
    ("spec", "but_not", "says"),
    [
        ("all", [], "permitted"),
        (["lim"], [], "permitted"),
        (["other"], [], "prohibited"),
        ("all", ["lim"], "prohibited"),
        ("all", ["other"], "permitted"),
    ],
)
def test_notwithstanding(spec: Any, but_not: list[str], says: str) -> None:
    raw = library({"notwithstanding": spec, "but_not": but_not}, limits=limit())
    assert finding(raw).verdict == says


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
    barred = {"id": "n", "account": "om", "not": True}
    assert finding(library({"funds": [barred]}), {"account": "om"}).other_money
    late = {"account": "om", "fund_year": 2024, "start": date(2025, 1, 1)}
    assert not finding(library({"funds": [YEARS, barred]}), late).other_money


def test_a_limit_on_everything_or_on_the_named_money_bars_a_line_that_nothing_grants() -> None:
    none = {"grants": [{"id": "g", "when": {"open": True}}]}
    assert judged(library(none, limits=limit())).line_verdict == "prohibited"
    assert judged(library(none, limits=limit())).trace == ("prohibited: lim.b bars the line itself",)
    assert judged(library(none, limits=limit(reaches={"authorities": ["au"]}))).line_verdict == "no authority"
    money = library(none, limits=limit(reaches={"accounts": ["om"]}))
    assert judged(money, {"account": "om-army"}).line_verdict == "prohibited"
    assert judged(money).line_verdict == "no authority"
    spared = library(none, limits=limit(**{"except": {"accounts": ["om"]}}))
    assert judged(spared, {"account": "om-army"}).line_verdict == "no authority"
    assert judged(spared, {"account": "hca"}).line_verdict == "prohibited"
    refused = library(none, limits=limit(bars=[], duties=[NOTICE]))
    assert judged(refused, {"acts": {"say": "refused"}}).line_verdict == "no authority"
    assert judged(money, {"account": "hca"}).line_verdict == "no authority"


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"open": True}, "permitted"),
        ({"open": False}, "prohibited"),
        ({"told": True}, "needs facts"),
        ({"question": "q"}, "needs counsel"),
        ({"found": True}, "conditional"),
    ],
)
def test_a_limit_asked_alone(condition: Raw, says: str) -> None:
    raw = library(limits=limit(bars=[{"id": "b", "when": condition}]))
    assert judged(raw, asked="lim").line_verdict == says


def test_a_fund_asked_alone() -> None:
    raw = library({"funds": [YEARS | {"only": True}]})
    assert judged(raw, {"account": "om", "start": DAY, "fund_year": 2024}, asked="au.f").line_verdict == "permitted"
    assert judged(raw, {"account": "om", "start": DAY, "fund_year": 2023}, asked="au.f").line_verdict == "prohibited"
    with pytest.raises(SecondOpinionError, match="nothing"):
        judged(raw, asked="nothing")
