"""The file of mechanisms: whole, sourced, and strict about what is written into it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from authorities.mechanisms import FIELDS, KINDS, SHIPPED, Mechanism, load_mechanisms
from rules.faults import FaultsError
from tests.support.shipped import LIBRARY

MECHANISMS = load_mechanisms(LIBRARY)
BY_ID = {one.id: one for one in MECHANISMS}
with (SHIPPED.parent / "programs.csv").open(encoding="utf-8", newline="") as rows:
    PROGRAMS = {row["id"]: row for row in csv.DictReader(rows)}


def test_each_entry_is_a_program_and_stands_on_authorities_of_the_library() -> None:
    assert PROGRAMS.keys() >= BY_ID.keys()
    for one in MECHANISMS:
        assert one.authorities
        assert LIBRARY.authorities.keys() >= set(one.authorities)
        assert LIBRARY.accounts.keys() >= set(one.accounts)


@pytest.mark.parametrize(
    "authority",
    [
        *(f"10-usc-{n}" for n in ("331", "332", "333", "341", "342", "345", "127e", "2561", "401", "407")),
        "10-usc-2342",  # cross-servicing agreements
        "pl-114-92-1263",  # the maritime security initiative
        "22-usc-2763",  # foreign military financing
        "22-usc-2347",  # international military education and training
        "22-usc-2321j",  # excess defense articles
        "22-usc-2318",  # drawdown
        "22-usc-2348",  # peacekeeping operations
        "22-usc-2291",  # narcotics control and law enforcement
    ],
)
def test_the_authorities_planners_use_most_have_a_mechanism(authority: str) -> None:
    assert [one.id for one in MECHANISMS if authority in one.authorities]


def test_a_program_whose_citation_names_an_encoded_section_has_an_entry() -> None:
    cites = {
        file.statute.replace(" U.S.C. ", "-").replace(".", ""): file.id
        for file in LIBRARY.authorities.values()
        if file.statute.split()[1:2] == ["U.S.C."]
    }
    for row in PROGRAMS.values():
        named = row["legal_citation"].replace(" U.S.C. ", "-")
        if named in cites:
            assert row["id"] in BY_ID, f"{cites[named]} is encoded: {row['id']} needs an entry"
            assert cites[named] in BY_ID[row["id"]].authorities


def test_each_value_has_a_source_and_each_estimate_a_basis() -> None:
    for one in MECHANISMS:
        for value in (*one.values.values(), *one.steps):
            assert value.kind in KINDS
            assert value.source
            assert (value.kind == "estimated") == bool(value.basis)
        assert all(rating.by and rating.says and rating.source for rating in one.ratings)


def test_the_word_catalogue_stands_for_the_source_of_the_row() -> None:
    """No value is left pointing at `catalogue`, and section 333's account names the row's own source."""
    assert not any(v.source.startswith("catalogue") for one in MECHANISMS for v in (*one.values.values(), *one.steps))
    assert BY_ID["section-333"].values["account"].source.startswith(PROGRAMS["section-333"]["source"])


def test_what_is_our_classification_is_an_estimate() -> None:
    """Only rows read from an Appendix 8 header give status and duration in the manual's own words."""
    for one in MECHANISMS:
        for field in ("status", "duration"):
            if field in one.values:
                read = "Appendix 8, Program" in PROGRAMS[one.id]["source"]
                assert one.kinds(field) == (("sourced",) if read else ("estimated",))


def test_a_program_known_from_memory_says_nothing_more() -> None:
    remembered = [one for one in MECHANISMS if one.memory]
    assert {one.id for one in remembered} == {id_ for id_ in BY_ID if PROGRAMS[id_]["sourced"] == "memory"}
    assert remembered
    for one in remembered:
        assert not (one.values or one.steps or one.ratings or one.accounts)
        assert {one.kinds(f) for fields in FIELDS.values() for f in fields} == {("unknown",)}


# --- what the loader refuses --------------------------------------------------------------------------------------

ENTRY = """\
language: 1
mechanisms:
  - id: section-333
    name: "Section 333 - Foreign Security Forces: Authority to Build Capacity"
    authorities: [10-usc-333]
"""
ACCOUNT = "    resources:\n      account:\n        value: some account\n"
STEP = "    processes:\n      steps:\n        - step: Ask\n"


def read(tmp_path: Path, text: str) -> tuple[Mechanism, ...]:
    path = tmp_path / "mechanisms.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mechanisms(LIBRARY, path)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    told = (
        STEP
        + "          lead_days: 20\n          kind: estimated\n          source: a book\n          basis: a guess\n"
    )
    (one,) = read(tmp_path, ENTRY + ACCOUNT + "        kind: sourced\n        source: a book\n" + told)
    assert one.values["account"].text == "some account"
    assert one.steps[0].lead == "20 days"
    assert one.kinds("steps") == ("estimated",)
    assert one.kinds("staff_burden") == ("unknown",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace("[10-usc-333]", "[10-usc-334x]"), "found '10-usc-334x'; expected an authority of the library"),
        (ENTRY.replace("[10-usc-333]", "[]"), "found no authority; expected the authorities it stands on"),
        (ENTRY.replace("id: section-333", "id: section-3333"), "did you mean section-333?"),
        (ENTRY.replace("Foreign Security", "Foreign Sekurity"), "expected the name in programs.csv; did you mean"),
        (ENTRY + ENTRY.split("mechanisms:\n")[1], "found the program 'section-333' again; expected each program once"),
        (ENTRY + "    account_ids: [dod-omm]\n", "expected an account of the library; did you mean dod-om?"),
        (ENTRY + "    memory: true\n", "found true; expected no `memory`, as the row in programs.csv says"),
        (ENTRY + ACCOUNT + "        kind: sourced\n", "resources.account: found no source; expected the key source"),
        (ENTRY + ACCOUNT + "        kind: estimated\n        source: a\n", "found an estimate without a basis"),
        (
            ENTRY + ACCOUNT + "        kind: sourced\n        source: a\n        basis: b\n",
            "a basis of what is sourced",
        ),
        (ENTRY + ACCOUNT + "        kind: guessed\n        source: a\n", "expected sourced or estimated"),
        (ENTRY + ACCOUNT.replace("account:", "acount:") + "        kind: sourced\n", "did you mean account?"),
        (ENTRY + STEP + "          kind: law\n          source: a\n", "the steps of the law are read from the library"),
        (
            ENTRY + STEP + "          lead_days: 0\n          kind: sourced\n          source: a\n",
            "whole number of days",
        ),
        (
            ENTRY
            + ACCOUNT.replace("resources", "organization")
            .replace("account", "commands_served", 1)
            .replace("some account", "[CENTCON]")
            + "        kind: sourced\n        source: a\n",
            "found 'CENTCON'; expected a unified command, or all; did you mean CENTCOM?",
        ),
        (ENTRY + "    ratings:\n      - by: RAND\n        says: good\n", "found no source; expected the key source"),
        (
            ENTRY.replace("id: section-333", "id: global-lift-and-sustain").replace(
                '"Section 333 - Foreign Security Forces: Authority to Build Capacity"',
                "Global Lift and Sustain / Section 1234",
            )
            + "    memory: true\n    account_ids: [dod-om]\n",
            "found the key 'account_ids'; expected nothing more of a program known from memory",
        ),
        ("language: 2\nmechanisms: none\n", "expected a list"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FaultsError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = ENTRY.replace("[10-usc-333]", "[10-usc-334x]") + ACCOUNT + "        kind: estimated\n        source: a\n"
    with pytest.raises(FaultsError) as caught:
        read(tmp_path, text)
    assert [fault.place.line for fault in caught.value.faults] == [5, 7]
