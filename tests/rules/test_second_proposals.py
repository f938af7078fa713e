"""The second opinion's own expansion of a proposal, and what its lines count together."""

from datetime import date
from typing import Any

import pytest

from rules.second import Opinion, SecondOpinionError, available, second_opinions
from rules.second._expand import lines
from rules.second._library import Library
from tests.rules.test_second import DAY, Raw, library, limit

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")

TERMS: Raw = {
    "place": {},
    "north-isle": {"under": ["place"], "name": "The North Isle", "synonyms": ["Boreas", "Nord_Insel"]},
    "south-isle": {"under": ["place"], "name": "The South Isle"},
    "boreas": {"under": ["thing"]},
}
FACTS: Raw = {
    "partner": {"type": "term", "of": "place", "synonyms": ["country", "partner_country"]},
    "element": {"type": "term", "of": "thing", "synonyms": ["activity"]},
    "project": {"type": "text"},
}


def world(authority: Raw | None = None, **parts: Any) -> Raw:
    raw = library(authority, **parts)
    return raw | {"terms": raw["terms"] | TERMS, "facts": raw["facts"] | FACTS}


def expanded(proposal: Raw, day: date | None = None) -> list[Raw]:
    """The lines without what is empty."""
    found = lines(Library(world()), proposal, day)
    return [{key: value for key, value in line.items() if value != {}} for line in found]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ({"schema": 1, "title": "A thing"}, {}),
        ({"partner": "north-isle"}, {"partner": "north-isle"}),
        ({"Partner_Country": "NORTH isle"}, {"partner": "north-isle"}),
        ({"partner country": "the-north_isle"}, {"partner": "north-isle"}),
        ({"COUNTRY": " Boreas "}, {"partner": "north-isle"}),
        ({"country": "nord insel"}, {"partner": "north-isle"}),
        ({"what": "boreas"}, {"what": "boreas"}),
        ({"country": "Unknown"}, {"partner": "unknown"}),
        ({"uses": ["Gun", "food"]}, {"uses": ("gun", "food")}),
        ({"uses": "gun"}, {"uses": ("gun",)}),
        ({"uses": []}, {"uses": ()}),
        ({"uses": "unknown"}, {"uses": "unknown"}),
        ({"told": {"value": True, "source": "a letter"}}, {"told": {"value": True, "source": "a letter"}}),
        ({"what": {"value": "Gun", "source": "x"}}, {"what": {"value": "gun", "source": "x"}}),
        ({"Signed": DAY, "cost": 7}, {"signed": DAY, "cost": 7}),
        ({"signed": "2024-03-01"}, {"signed": DAY}),
        ({"project": "Pier 4"}, {"project": "Pier 4"}),
        ({"Q": {"value": True, "source": "x"}}, {"questions": {"q": {"value": True, "source": "x"}}}),
        ({"acts": {"SAY": "done", "waive": DAY}}, {"acts": {"say": "done", "waive": DAY}}),
        ({"acts": {"say": "Not_yet", "waive": "2024-03-01"}}, {"acts": {"say": "not yet", "waive": DAY}}),
    ],
)
def test_a_proposal_without_elements_is_one_line(written: Raw, line: Raw) -> None:
    assert expanded(written) == [line]


def test_a_line_for_each_element_and_partner_in_order() -> None:
    proposal = {
        "partner": ["Boreas", "south isle"],
        "cost": 5,
        "acts": {"say": "done"},
        "q": {"value": True, "source": "x"},
        "elements": [
            {"activity": "gun"},
            {"element": "food", "country": "south-isle", "cost": 6, "acts": {"waive": "refused"}},
        ],
    }
    shared = {"cost": 5, "acts": {"say": "done"}, "questions": {"q": {"value": True, "source": "x"}}}
    assert expanded(proposal) == [
        shared | {"element": "gun", "partner": "north-isle"},
        shared | {"element": "gun", "partner": "south-isle"},
        shared | {"element": "food", "partner": "south-isle", "cost": 6, "acts": {"say": "done", "waive": "refused"}},
    ]


def test_partners_share_the_source_of_their_word() -> None:
    found = expanded({"partner": {"value": ["north-isle", "south-isle"], "source": "x"}})
    assert [line["partner"] for line in found] == [
        {"value": "north-isle", "source": "x"},
        {"value": "south-isle", "source": "x"},
    ]


def test_a_day_takes_the_place_of_the_stated_date() -> None:
    assert expanded({"date": DAY, "elements": [{"date": DAY}]}, date(2025, 1, 1)) == [{"date": date(2025, 1, 1)}]


@pytest.mark.parametrize("wrong", [{"nonsense": 1}, {"partner": "gun"}, {"acts": {"shout": "done"}}])
def test_a_word_outside_the_library_is_an_error(wrong: Raw) -> None:
    with pytest.raises(SecondOpinionError):
        expanded(wrong)


CAP = {"id": "c", "counts": "cost", "amount": 100}
ISLES = {"partner": ["north-isle", "south-isle"]}


def opinions(raw: Raw, proposal: Raw, **how: Any) -> tuple[Opinion, ...]:
    return second_opinions(raw, {"date": DAY, **proposal}, **{"known": DAY, "today": DAY, **how})


def caps(raw: Raw, elements: list[Raw], name: str = "c", **shared: Any) -> str:
    found = opinions(raw, {**shared, "elements": elements})
    return "".join(opinion.findings["au"].letters.get(name, "-") for opinion in found)


LATER = {"date": date(2024, 10, 1)}


@pytest.mark.parametrize(
    ("per", "first", "second", "letters"),
    [
        ("authority-year", {}, {}, "TT"),
        ("authority-year", {}, LATER, "FF"),
        ("authority-year", {"partner": "north-isle"}, {"partner": "south-isle"}, "TT"),
        ("country-year", {"partner": "north-isle"}, {"partner": "Boreas"}, "TT"),
        ("country-year", {"partner": "north-isle"}, {"partner": "south-isle"}, "FF"),
        ("country-year", {"partner": "north-isle"}, {"partner": "north-isle"} | LATER, "FF"),
        ("activity", {"partner": "north-isle"}, LATER, "TT"),
        ("project", {"project": "p"}, {"project": "p"} | LATER, "TT"),
        ("project", {"project": "p"}, {"project": "r"}, "FF"),
        ("project", {}, {}, "FF"),
        ("project", {"project": "unknown"}, {"project": "unknown"}, "FF"),
        ("element", {}, {}, "FF"),
        ("individual", {}, {}, "FF"),
    ],
)
def test_lines_under_one_cap_are_added(per: str, first: Raw, second: Raw, letters: str) -> None:
    raw = world({"caps": [CAP | {"per": per}]})
    assert caps(raw, [{"cost": 50} | first, {"cost": 51} | second]) == letters
    assert caps(raw, [{"cost": 50} | first, {"cost": 50} | second]) == "FF"


YEARLY = CAP | {"per": "authority-year"}


def test_a_line_that_says_no_amount_counts_nothing_for_the_others() -> None:
    assert caps(world({"caps": [YEARLY]}), [{"cost": 100}, {}]) == "FP"
    assert caps(world({"caps": [YEARLY]}), [{"cost": 101}, {}]) == "TT"


def test_only_lines_under_the_caps_own_when_are_added() -> None:
    raw = world({"caps": [YEARLY | {"when": {"told": True}}]})
    assert caps(raw, [{"cost": 60, "told": True}, {"cost": 60, "told": True}]) == "TT"
    assert caps(raw, [{"cost": 60, "told": True}, {"cost": 60, "told": False}]) == "FF"
    assert caps(raw, [{"cost": 60, "told": True}, {"cost": 60}]) == "TP"


def test_only_lines_that_the_authority_may_grant_are_added() -> None:
    raw = world({"caps": [YEARLY], "grants": [{"id": "g", "when": {"told": True}}]})
    assert caps(raw, [{"cost": 60, "told": True}, {"cost": 60, "told": False}]) == "F-"
    assert caps(raw, [{"cost": 60, "told": True}, {"cost": 60}]) == "TT"


def test_caps_of_one_group_are_counted_together_and_each_line_once() -> None:
    grouped = [YEARLY | {"group": "k", "when": {"told": True}}, YEARLY | {"group": "k", "id": "d"}]
    raw = world({"caps": grouped})
    line = {"cost": 50, "told": True}
    assert caps(raw, [line, line], "c") == caps(raw, [line, line], "d") == "FF"
    assert caps(raw, [line, {"cost": 51, "told": False}], "c") == "TF"
    assert caps(raw, [line, {"cost": 51, "told": False}], "d") == "TT"


def test_the_cap_of_a_limit_counts_the_lines_it_may_reach() -> None:
    reached = world({"grants": [{"id": "g", "when": {"told": True}}]}, limits=limit(bars=[], caps=[YEARLY]))
    pair = [{"cost": 60, "told": True}, {"cost": 60, "told": True}]
    assert caps(reached, pair, "lim.c") == "TT"
    assert caps(reached, [pair[0], {"cost": 60, "told": False}], "lim.c") == "F-"
    elsewhere = world(limits=limit(bars=[], caps=[YEARLY], reaches={"authorities": ["other"]}))
    unreached = opinions(elsewhere, {"elements": pair})
    assert [opinion.line_verdict for opinion in unreached] == ["permitted"] * 2
    alone = opinions(elsewhere, {"elements": pair}, asked="lim")
    assert [opinion.line_verdict for opinion in alone] == ["prohibited"] * 2


def test_lines_are_judged_apart_and_partners_by_their_own_facts() -> None:
    raw = world({"bars": [{"id": "b", "when": {"partner": "south-isle"}}]})
    assert [opinion.line_verdict for opinion in opinions(raw, ISLES)] == ["permitted", "prohibited"]


def test_the_day_and_what_is_asked_reach_every_line() -> None:
    raw = world({"grants": [{"id": "g", "until": date(2025, 1, 1)}]}, limits=limit(reaches={"authorities": ["other"]}))
    verdicts = [opinion.line_verdict for opinion in opinions(raw, ISLES, day=date(2025, 1, 1))]
    assert verdicts == ["no authority", "no authority"]
    assert [list(opinion.findings) for opinion in opinions(raw, ISLES, asked="lim")] == [["lim"], ["lim"]]


def test_reading_in_brief_gives_the_letters_of_reading_in_full() -> None:
    raw = world(
        {
            "grants": [{"id": "g", "when": {"any of": [{"told": True}, {"found": True}], "what": "arms"}}],
            "bars": [{"id": "b", "when": {"not": {"told": True, "ruled": True}}, "unless": {"act": "waive"}}],
        },
        limits=limit(),
    )
    for told in (True, False, "unknown"):
        for what in ("gun", "food", "thing"):
            for state in ("done", "refused"):
                proposal = {"told": told, "what": what, "acts": {"waive": state}}
                [brief], [full] = opinions(raw, proposal), opinions(raw, proposal, asked="au")
                read = brief.findings["au"].letters
                assert read == {name: full.findings["au"].letters[name] for name in read}
