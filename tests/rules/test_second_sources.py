"""The second opinion on where facts, definitions, values and answers come from, and when they count."""

from datetime import date
from typing import Any

import pytest

from rules.second import SecondOpinionError, available, second_opinion
from tests.rules.test_second import DAY, OLD, Raw, both, finding, library

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")


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
    assert tabled({"what": "place"}, {"complete": True}) == "FF"
    assert tabled({"what": "metal"}, {"complete": True}) == "PP"
    assert tabled({"what": "gun"}, {"complete": True}) == "PP"
    late = {"covers": {"from": date(2025, 1, 1)}, "complete": True}
    assert tabled({"what": "food"}, late) == "PP"
    assert tabled({"what": "food", "listed": True}, late) == "TT"


def test_a_complete_table_says_no_of_a_term_and_nothing_of_a_number() -> None:
    raw = library()
    declared = {"table": "t", "keyed_by": "what", "supplier": "table"}
    facts = {"kind": {"type": "term", **declared}, "size": {"type": "count", **declared}}
    parts = {"facts": raw["facts"] | facts, "tables": {"t": TABLE["t"] | {"complete": True}}}
    assert both({"kind": "arms"}, {"what": "place"}, raw=parts) == "FF"
    assert both({"size": {"at most": 4}}, {"what": "place"}, raw=parts) == "PP"


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


def test_a_definition_that_is_not_in_force_is_counsels() -> None:
    assert both({"satisfies": "later"}, raw={"definitions": DEFINED}) == "CC"


@pytest.mark.parametrize("name", ["loop", "nowhere"])
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


def test_a_value_without_an_entry_in_force_is_counsels() -> None:
    assert both({"cost": {"value": "short"}}, {"cost": 1}, parts=PURPOSES) == "CC"


@pytest.mark.parametrize(
    ("entry", "facts", "known", "alive"),
    [
        ({}, {}, DAY, True),
        ({}, {"date": date(2009, 12, 31)}, DAY, False),
        ({"since": DAY}, {}, DAY, True),
        ({"since": date(2024, 3, 2)}, {}, DAY, False),
        ({"until": DAY}, {}, DAY, False),
        ({"until": date(2024, 3, 2)}, {}, DAY, True),
        ({"law": {"public_law": "1-2"}}, {"date": date(2019, 12, 31)}, DAY, False),
        ({"law": {"public_law": "1-2"}}, {}, DAY, True),
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
        (answered(), {"questions": {"q": {"value": False, "source": "memo"}}}, "FF"),
        (answered(), {"questions": {"q": {"value": False}}}, "TT"),
        (answered(answer=False), {}, "FF"),
        (answered(fiscal_years=[2023, 2025]), {}, "CC"),
        (answered(date=date(2024, 3, 2)), {}, "CC"),
        (answered(when={"told": True}), {"told": True}, "TT"),
        (answered(when={"told": True}), {"told": False}, "CC"),
        (answered(when={"told": True}), {}, "CC"),
        (answered(when={"pick": "arms"}), {}, "TC"),
        (answered() + answered(answer=False, date=DAY), {}, "FF"),
        (answered(date=DAY) + answered(answer=False), {}, "TT"),
        (answered() + answered(answer=False, date=DAY, when={"told": True}), {"told": False}, "TT"),
    ],
)
def test_questions(interpretations: list[Raw], facts: Raw, letters: str) -> None:
    assert both({"question": "q"}, facts, raw={"interpretations": interpretations}) == letters
