"""The second opinion against the rule language, rule by rule, on small libraries of plain data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from rules.second import Finding, Opinion, SecondOpinionError, available, second_opinion

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")

DAY = date(2024, 3, 1)
OLD = date(2010, 1, 1)
Raw = dict[str, Any]


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
        },
        "accounts": {"om": {"period_years": 1}, "om-army": {"period_years": 2}, "hca": {}},
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


TABLE = {
    "t": {
        "key": "k",
        "value": "v",
        "from": "f",
        "until": "u",
        "rows": [
            {"k": "arms", "v": "yes", "f": "2020-01-01", "u": "2024-03-01"},
            {"k": "food", "v": "no", "f": "", "u": ""},
            {"k": "gun", "v": "", "f": "", "u": ""},
        ],
    }
}


def tabled(facts: Raw, table: Raw | None = None, **how: Any) -> str:
    declared = {
        "type": "boolean",
        "supplier": "table",
        "keyed_by": "what",
        "table": "t",
        **how.pop("declared", {}),
    }
    raw = library()
    tables = {"t": TABLE["t"] | (table or {})}
    return both({"listed": True}, facts, raw={"facts": raw["facts"] | {"listed": declared}, "tables": tables}, **how)


def test_a_table_answers_before_the_proposal() -> None:
    assert tabled({"what": "arms"}) == "TT"
    assert tabled({"what": "food"}) == "FF"
    assert tabled({"what": "arms", "listed": False}) == "TT"
    assert tabled({"what": "arms", "listed": {"value": False, "source": "a letter"}}) == "FF"
    assert tabled({"what": "arms", "date": date(2024, 3, 2)}) == "PP"
    assert tabled({"what": "arms", "date": date(2019, 12, 31)}) == "PP"


def test_a_table_says_nothing_without_key_row_cell_or_coverage() -> None:
    assert tabled({}) == "PP"
    assert tabled({"what": "metal"}) == "PP"
    assert tabled({"what": "metal"}, {"complete": True}) == "FF"
    assert tabled({"what": "gun"}, {"complete": True}) == "PP"
    late = {"covers": {"from": date(2025, 1, 1)}, "complete": True}
    assert tabled({"what": "food"}, late) == "PP"
    assert tabled({"what": "food", "listed": True}, late) == "TT"


def test_a_presumption_fills_nothing_only_where_the_day_is_covered() -> None:
    presumed = {"presume": True}
    assert tabled({"what": "metal"}, declared=presumed) == "TT"
    assert tabled({}, declared=presumed) == "TT"
    assert tabled({"what": "metal"}, {"covers": {"to": date(2024, 2, 29)}}, declared=presumed) == "PP"


DEFINED = {
    "defs": {
        "id": "defs",
        "law": {"public_law": "1-1"},
        "values": {"set": [{"is": ["arms"]}]},
        "definitions": [
            {"id": "plain", "when": {"what": {"value": "set"}}},
            {"id": "clear", "inside": {"what": "arms"}, "outside": {"what": "food"}},
            {
                "id": "vague",
                "inside": {"what": "gun"},
                "outside": {"what": "food"},
                "otherwise": {"question": "q"},
            },
            {
                "id": "picky",
                "inside": {"told": True},
                "outside": {"pick": "food"},
                "otherwise": {"question": "q"},
            },
            {"id": "later", "since": date(2025, 1, 1), "when": {"told": True}},
            {"id": "loop", "when": {"satisfies": "loop"}},
        ],
    }
}


@pytest.mark.parametrize(
    ("name", "what", "letters"),
    [
        ("plain", "gun", "TT"),
        ("plain", "food", "FF"),
        ("clear", "arms", "TT"),
        ("clear", "metal", "PP"),
        ("vague", "gun", "TT"),
        ("vague", "food", "FF"),
        ("vague", "metal", "PC"),
        ("vague", "place", "CC"),
        (["plain", "vague"], "gun", "TT"),
    ],
)
def test_definitions(name: Any, what: str, letters: str) -> None:
    assert both({"satisfies": name}, {"what": what}, raw={"definitions": DEFINED}) == letters


def test_what_is_outside_is_read_towards_the_opposite_goal() -> None:
    assert both({"satisfies": "picky"}, {"told": False}, raw={"definitions": DEFINED}) == "CF"


def test_a_definition_of_the_same_file_comes_first() -> None:
    own = {"definitions": [{"id": "plain", "when": {"what": "food"}}]}
    assert both({"satisfies": "plain"}, {"what": "food"}, parts=own, raw={"definitions": DEFINED}) == "TT"


@pytest.mark.parametrize("name", ["later", "loop", "nowhere"])
def test_a_definition_that_cannot_be_used_is_an_error(name: str) -> None:
    with pytest.raises(SecondOpinionError, match=name):
        both({"satisfies": name}, raw={"definitions": DEFINED})


PURPOSES = {
    "values": {
        "set": [
            {"since": OLD, "is": ["arms"]},
            {"since": date(2022, 1, 1), "law": {"public_law": "1-2"}, "removes": ["arms"], "adds": ["food"]},
            {"since": date(2023, 1, 1), "law": {"public_law": "1-3"}, "adds": ["metal"]},
        ],
        "years": [
            {"fund_years": {"to": 2023}, "is": 10},
            {"fund_years": {"from": 2024}, "law": {"public_law": "1-2"}, "is": 20},
        ],
        "short": [{"is": 1, "until": date(2020, 1, 1), "ended_by": {"public_law": "1-2"}}],
    }
}


@pytest.mark.parametrize(
    ("condition", "facts", "known", "letters"),
    [
        ({"what": {"value": "set"}}, {"what": "gun", "date": date(2021, 12, 31)}, DAY, "TT"),
        ({"what": {"value": "set"}}, {"what": "gun", "date": date(2022, 1, 1)}, DAY, "FF"),
        ({"what": {"value": "set"}}, {"what": "food"}, DAY, "TT"),
        ({"what": {"value": "set"}}, {"what": "food"}, date(2019, 12, 31), "FF"),
        ({"what": {"value": "set"}}, {"what": "place"}, DAY, "FF"),
        ({"what": {"value": "set"}}, {"what": "metal"}, date(2030, 1, 1), "TT"),
        ({"what": {"value of": {"file": "au", "name": "set"}}}, {"what": "food"}, DAY, "TT"),
        ({"cost": {"at most": {"value": "years"}}}, {"cost": 15, "fund_year": 2023}, DAY, "FF"),
        ({"cost": {"at most": {"value": "years"}}}, {"cost": 15, "fund_year": 2024}, DAY, "TT"),
        ({"cost": {"at most": {"value": "years"}}}, {"cost": 15}, DAY, "TT"),
        ({"cost": {"at most": {"value": "years"}}}, {"cost": 15, "fund_year": "unknown"}, DAY, "PP"),
        ({"cost": {"at most": {"value": "years"}}}, {"cost": 5, "fund_year": "unknown"}, DAY, "TT"),
        ({"cost": {"value": "years"}}, {"cost": 20}, DAY, "TT"),
        ({"cost": {"value": "short"}}, {"cost": 1}, date(2019, 12, 31), "TT"),
    ],
)
def test_dated_values(condition: Raw, facts: Raw, known: date, letters: str) -> None:
    assert both(condition, facts, known=known, parts=PURPOSES) == letters


def test_a_value_without_an_entry_in_force_is_an_error() -> None:
    with pytest.raises(SecondOpinionError, match="short"):
        both({"cost": {"value": "short"}}, {"cost": 1}, parts=PURPOSES)


@pytest.mark.parametrize(
    ("entry", "facts", "known", "alive"),
    [
        ({}, {}, DAY, True),
        ({}, {"date": date(2009, 12, 31)}, DAY, False),
        ({"since": DAY}, {}, DAY, True),
        ({"since": date(2024, 3, 2)}, {}, DAY, False),
        ({"until": DAY}, {}, DAY, False),
        ({"until": date(2024, 3, 2)}, {}, DAY, True),
        ({"law": {"public_law": "1-3"}, "since": OLD}, {}, DAY, False),
        ({"law": {"public_law": "1-3"}, "since": OLD}, {}, date(2030, 1, 1), True),
        ({"until": DAY, "ended_by": {"public_law": "1-3"}}, {}, DAY, True),
        ({"until": DAY, "ended_by": {"public_law": "1-3"}}, {}, date(2030, 1, 1), False),
        ({"until": DAY, "on": "start"}, {"start": date(2024, 2, 1)}, DAY, True),
        ({"until": DAY, "on": "start"}, {}, DAY, False),
        ({"until": date(2024, 6, 1), "on": "end"}, {"end": date(2024, 6, 1)}, DAY, False),
        ({"fund_years": {"from": 2020, "to": 2023}}, {"fund_year": 2023}, DAY, True),
        ({"fund_years": {"from": 2020, "to": 2023}}, {"fund_year": 2024}, DAY, False),
        ({"fund_years": {"to": 2023}}, {}, DAY, False),
    ],
)
def test_a_provision_counts_in_its_life(entry: Raw, facts: Raw, known: date, alive: bool) -> None:
    found = finding(library({"grants": [{"id": "g", **entry}]}), facts, known=known)
    assert (found.verdict, "g" in found.letters) == (("permitted", True) if alive else ("no authority", False))


def test_the_day_of_a_line() -> None:
    raw = library({"grants": [{"id": "g", "since": date(2024, 5, 1)}]})
    line = {"start": date(2024, 5, 2)}
    assert second_opinion(raw, line, known=DAY, today=DAY).line_verdict == "permitted"
    assert second_opinion(raw, line | {"date": DAY}, known=DAY, today=DAY).line_verdict == "no authority"
    assert second_opinion(raw, {}, known=DAY, today=date(2024, 5, 1)).line_verdict == "permitted"


def answered(**interpretation: Any) -> list[Raw]:
    return [{"question": "q", "answer": True, "fiscal_years": [2024], "date": OLD, **interpretation}]


@pytest.mark.parametrize(
    ("interpretations", "facts", "letters"),
    [
        ([], {}, "CC"),
        ([], {"questions": {"q": {"value": False, "source": "memo"}}}, "FF"),
        ([], {"q": {"value": True, "source": "memo"}}, "TT"),
        ([], {"questions": {"q": {"value": True}}}, "CC"),
        (answered(), {}, "TT"),
        (answered(), {"questions": {"q": {"value": False, "source": "memo"}}}, "TT"),
        (answered(answer=False), {}, "FF"),
        (answered(fiscal_years=[2023, 2025]), {}, "CC"),
        (answered(date=date(2024, 3, 2)), {}, "CC"),
        (answered(when={"told": True}), {"told": True}, "TT"),
        (answered(when={"told": True}), {"told": False}, "CC"),
        (answered(when={"told": True}), {}, "CC"),
        (answered(when={"pick": "arms"}), {}, "TC"),
        (answered() + answered(answer=False, date=DAY), {}, "FF"),
    ],
)
def test_questions(interpretations: list[Raw], facts: Raw, letters: str) -> None:
    assert both({"question": "q"}, facts, raw={"interpretations": interpretations}) == letters
