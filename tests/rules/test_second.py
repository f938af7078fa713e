"""The second opinion against the rule language, rule by rule, on small libraries of plain data."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules.second import Finding, Opinion, SecondOpinionError, available, second_opinion

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")

DAY = date(2024, 3, 1)
OLD = date(2010, 1, 1)
Raw = dict[str, Any]


ODD = {
    "period_years": 1,
    "appropriations": [
        {"fund_year": 2024, "available_until": date(2024, 2, 29), "law": "1-1"},
        {"fund_year": 2023, "available_until": DAY, "law": "1-1"},
        {"fund_year": 2022, "available_until": date(2030, 9, 30), "law": "1-3"},
    ],
}


def library(authority: Mapping[str, Any] | None = None, **parts: Any) -> Raw:
    """A small library with one authority, `au`, whose only grant holds always unless it says otherwise."""
    raw: Raw = {
        "authorities": {},
        "limits": {},
        "definitions": {},
        "laws": {"1-1": OLD, "1-2": date(2020, 1, 1), "1-3": date(2030, 1, 1)},
        "terms": {
            **{
                name: {}
                for name in (
                    "thing",
                    "place",
                    "money",
                    "phase-kind",
                    "expired",
                    "current",
                    "cancelled",
                    "not-yet",
                )
            },
            "arms": {"under": ["thing"]},
            "gun": {"under": ["arms", "metal"]},
            "metal": {"under": ["thing"]},
            "food": {"under": ["thing"]},
            "om": {"under": ["money"]},
            "om-army": {"under": ["om"]},
            "hca": {"under": ["money"]},
            "odd": {"under": ["money"]},
        },
        "accounts": {"om": {"period_years": 1}, "om-army": {"period_years": 2}, "hca": {}, "odd": ODD},
        "facts": {
            "what": {"type": "term"},
            "uses": {"type": "term", "many": True},
            "told": {"type": "boolean"},
            "found": {"type": "boolean", "supplier": "staff"},
            "ruled": {"type": "boolean", "supplier": "counsel"},
            "open": {"type": "boolean", "opener": True},
            "door": {"type": "term", "opener": True},
            "quiet": {"type": "boolean", "presume": False},
            "pick": {"type": "term", "choice": True},
            "cost": {"type": "money"},
            "spent": {"type": "money"},
            "start": {"type": "date", "choice": True},
            "end": {"type": "date", "choice": True},
            "date": {"type": "date"},
            "account": {"type": "term", "of": "money", "choice": True},
            "fund_year": {"type": "count", "choice": True, "derived": "fiscal year", "from": ["date"]},
            "signed": {"type": "date"},
            "span": {"type": "years", "derived": "years between", "from": ["signed", "date"]},
            "length": {"type": "years", "derived": "years between", "from": ["start", "end"]},
            "wait": {"type": "count", "derived": "days between", "from": ["date", "start"]},
            "late": {"type": "count", "derived": "days between", "from": ["signed", "start"]},
            "phase": {"type": "term", "derived": "money phase", "from": ["account", "fund_year", "date"]},
        },
        "settings": {"fiscal_year_starts_month": 10, "closing_years": 5},
        "questions": {"q": {}, "r": {}},
        "acts": {"say": {}, "waive": {}},
        "interpretations": [],
        "tables": {},
    }
    raw["authorities"]["au"] = {
        "id": "au",
        "law": {"public_law": "1-1"},
        "grants": [{"id": "g"}],
        **(authority or {}),
    }
    raw.update(parts)
    return raw


def judged(raw: Raw, facts: Mapping[str, Any] | None = None, **how: Any) -> Opinion:
    """The opinion on a line dated DAY, known and asked on DAY, unless `how` says otherwise."""
    settings: dict[str, Any] = {"known": DAY, "today": DAY, **how}
    return second_opinion(raw, {"date": DAY, **(facts or {})}, **settings)


def finding(raw: Raw, facts: Mapping[str, Any] | None = None, **how: Any) -> Finding:
    return judged(raw, facts, **{"asked": "au", **how}).findings["au"]


def limit(**parts: Any) -> Raw:
    return {
        "lim": {
            "id": "lim",
            "law": {"public_law": "1-1"},
            "bars": [{"id": "b"}],
            "reaches": {"everything": True},
            **parts,
        }
    }


def both(condition: Raw, facts: Mapping[str, Any] | None = None, **how: Any) -> str:
    """The letters of a condition as a grant (hoped true) and as a bar (hoped false)."""
    parts = how.pop("parts", {})
    raw = library({"grants": [{"id": "g", "when": condition}], "bars": [{"id": "b", "when": condition}]} | parts)
    raw.update(how.pop("raw", {}))
    found = finding(raw, facts, **how)
    return found.letters["g"] + found.letters["b"]


@pytest.mark.parametrize(
    ("condition", "facts", "letters"),
    [
        # term tests: in, below, beside, too general, overlapping
        ({"what": "arms"}, {"what": "arms"}, "TT"),
        ({"what": "arms"}, {"what": "gun"}, "TT"),
        ({"what": ["food", "arms"]}, {"what": "gun"}, "TT"),
        ({"what": "arms"}, {"what": "food"}, "FF"),
        ({"what": "arms"}, {"what": "thing"}, "PP"),
        ({"what": "arms"}, {"what": "metal"}, "PP"),
        # many: any true, else any unknown; a stated empty set is false
        ({"uses": "arms"}, {"uses": ("food", "gun")}, "TT"),
        ({"uses": "arms"}, {"uses": ("food", "thing")}, "PP"),
        ({"uses": "arms"}, {"uses": ("food",)}, "FF"),
        ({"uses": "arms"}, {"uses": ()}, "FF"),
        # booleans, numbers and dates
        ({"told": True}, {"told": False}, "FF"),
        ({"told": False}, {"told": False}, "TT"),
        ({"cost": {"at most": 5}}, {"cost": 5}, "TT"),
        ({"cost": {"more than": 5}}, {"cost": 5}, "FF"),
        ({"cost": {"at least": 5}}, {"cost": 5}, "TT"),
        ({"cost": {"less than": 5}}, {"cost": 5}, "FF"),
        ({"cost": {"at least": 2, "less than": 5}}, {"cost": 4}, "TT"),
        ({"cost": {"at least": 2, "less than": 5}}, {"cost": 1}, "FF"),
        ({"signed": {"before": DAY}}, {"signed": DAY}, "FF"),
        ({"signed": {"after": DAY}}, {"signed": DAY}, "FF"),
        ({"signed": {"between": [OLD, DAY]}}, {"signed": DAY}, "TT"),
        ({"cost": 7}, {"cost": 7}, "TT"),
        # unsaid: the supplier's letter
        ({"told": True}, {}, "PP"),
        ({"found": True}, {}, "SS"),
        ({"ruled": True}, {}, "CC"),
        ({"ruled": True}, {"ruled": "unknown"}, "CC"),
        ({"told": True}, {"told": {"value": True, "source": "a letter"}}, "TT"),
        # openers, choices, presumptions; `unknown` defeats each
        ({"open": True}, {}, "FF"),
        ({"open": False}, {}, "TT"),
        ({"door": "arms"}, {}, "FF"),
        ({"open": True}, {"open": "unknown"}, "PP"),
        ({"pick": "arms"}, {}, "TF"),
        ({"not": {"pick": "arms"}}, {}, "TF"),
        ({"pick": "arms"}, {"pick": "unknown"}, "PP"),
        ({"quiet": True}, {}, "FF"),
        ({"quiet": False}, {}, "TT"),
        ({"quiet": False}, {"quiet": "unknown"}, "PP"),
        ({"quiet": False}, {"quiet": True}, "FF"),
        # and, or, not; the order opposite, C, P, S, goal turns with the goal
        ({"told": True, "found": True}, {}, "PS"),
        ({"told": True, "found": True}, {"told": True}, "SS"),
        ({"told": True, "found": True}, {"told": False}, "FF"),
        ({"any of": [{"told": True}, {"found": True}]}, {}, "SP"),
        ({"any of": [{"told": True}, {"found": True}]}, {"told": True}, "TT"),
        ({"any of": [{"ruled": True}, {"told": True}]}, {}, "PC"),
        ({"all of": [{"ruled": True}, {"told": True}]}, {}, "CP"),
        ({"not": {"told": True, "found": True}}, {}, "SP"),
        ({"not": {"told": True}}, {"told": False}, "TT"),
        ({"not": {"not": {"ruled": True, "told": True}}}, {}, "CP"),
        # derived facts
        ({"span": {"at least": 5}}, {"signed": date(2019, 3, 1)}, "TT"),
        ({"span": {"more than": 5}}, {"signed": date(2019, 3, 1)}, "FF"),
        ({"span": {"more than": 5}}, {"signed": date(2019, 2, 28)}, "TT"),
        ({"span": {"at least": Decimal("5.5")}}, {"signed": date(2018, 9, 1)}, "FF"),
        ({"span": {"at least": Decimal("5.5")}}, {"signed": date(2018, 8, 31)}, "TT"),
        ({"span": {"more than": 5}}, {}, "PP"),
        ({"length": {"more than": 5}}, {"start": DAY}, "TF"),
        ({"late": {"at least": 1}}, {}, "PP"),
        ({"late": {"at least": 1}}, {"signed": DAY}, "TF"),
        ({"wait": {"at least": 15}}, {"start": date(2024, 3, 16)}, "TT"),
        ({"phase": "current"}, {"account": "om", "fund_year": 2024}, "TT"),
        ({"phase": "expired"}, {"account": "om", "fund_year": 2023}, "TT"),
        ({"phase": "current"}, {"account": "om-army", "fund_year": 2023}, "TT"),
        ({"phase": "not-yet"}, {"account": "om", "fund_year": 2025}, "TT"),
        ({"phase": "expired"}, {"account": "om", "fund_year": 2019}, "TT"),
        ({"phase": "cancelled"}, {"account": "om", "fund_year": 2018}, "TT"),
        ({"phase": "current"}, {"account": "hca", "fund_year": 2024}, "PP"),
        ({"phase": "expired"}, {"account": "odd", "fund_year": 2024}, "TT"),
        ({"phase": "current"}, {"account": "odd", "fund_year": 2023}, "TT"),
        ({"phase": "expired"}, {"account": "odd", "fund_year": 2022}, "TT"),
        ({"phase": "expired"}, {}, "TF"),
        ({"fund_year": 2024}, {}, "TT"),
    ],
)
def test_condition(condition: Raw, facts: Raw, letters: str) -> None:
    assert both(condition, facts) == letters


def test_strict_presumes_nothing() -> None:
    assert both({"quiet": True}, strict=True) == "PP"


def test_a_fact_outside_the_vocabulary_is_an_error() -> None:
    with pytest.raises(SecondOpinionError, match="nonsense"):
        both({"nonsense": True})
