"""Forces named in a proposal are filled in from the table of forces, and members of organizations become lines."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from advisor.asking import ask
from advisor.cli import main
from advisor.filling import fill
from advisor.force_names import Names
from authorities.forces import Force, check, denied_by, forces, forces_of, terms_of
from authorities.organizations import members_on
from rules.faults import FaultsError
from rules.findings import Filled
from rules.proposals import expand, from_mapping
from rules.reading import read_yaml
from rules.schema import validate
from rules.vocabulary import Taxonomy, Vocabulary
from tests.support.shipped import LIBRARY, LOADED, SHELF

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 1)
COUNTRIES = LIBRARY.vocabulary.taxonomy.below["country"] - {"country"}
LISTED = [f for c in sorted({f.country for f in forces()} & COUNTRIES) for f in forces_of(c, TODAY)]
"""Every force of a country of the library, as listed today."""


def filled(data: Mapping[str, Any], day: date | None = None) -> tuple[dict[str, Any], tuple[Filled, ...]]:
    document, records = fill(from_mapping(data, "a test"), LIBRARY, TODAY, day)
    return document.data, records


def faults(data: Mapping[str, Any]) -> list[str]:
    with pytest.raises(FaultsError) as error:
        filled(data)
    return [fault.render() for fault in error.value.faults]


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["ask", *words, "--today", TODAY.isoformat()], input=stdin)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def known(force: Force, records: tuple[Filled, ...]) -> dict[str, str]:
    """What was filled in, by fact, each record holding the force's source, date and basis."""
    for one in records:
        assert (one.source, one.as_of, one.basis) == (force.source, force.as_of, force.basis)
    return {one.fact: one.value for one in records}


# --- a force ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Philippine Coast Guard", "Coast Guard", "pcg", "the PHILIPPINE coast-guard"])
def test_the_philippine_coast_guard_is_filled_in_with_its_ministry_source_and_date(name: str) -> None:
    data, records = filled({"partner": "PHL", "force": name, "element": "training"})
    assert {fact: data[fact]["value"] for fact in ("recipient", "ministry")} == {
        "recipient": "coast-guard",
        "ministry": "ministry-of-transport",
    }
    assert "force" not in data
    assert "military_status" not in data
    for fact in ("recipient", "ministry"):
        for words in ("CIA World Factbook", "Philippine Coast Guard (PHL)", "as of 2026-01-22", "sourced"):
            assert words in data[fact]["source"]
    [status] = [one for one in records if one.fact == "military_status"]
    assert (status.value, status.says) == ("", "the table does not say")


def test_a_ministry_that_the_table_infers_says_so() -> None:
    data, records = filled({"partner": "PHL", "force": "Philippine Army"})
    assert data["military_status"]["value"] == "military-status"
    assert data["ministry"]["value"] == "ministry-of-defense"
    assert "its ministry inferred" in data["ministry"]["source"]
    assert {one.basis for one in records} == {"partly_sourced"}


def test_the_proposals_own_word_with_a_source_stands() -> None:
    own = {"value": "ministry-of-defense", "source": "order of the president, 2 February 2026"}
    data, records = filled({"partner": "PHL", "force": "PCG", "ministry": own})
    assert data["ministry"] == own
    assert "ministry" not in {one.fact for one in records}
    assert data["recipient"]["value"] == "coast-guard"


def test_a_word_without_a_source_that_the_table_contradicts_is_a_fault_naming_both() -> None:
    said = {"partner": "PHL", "force": "PCG", "ministry": "defense", "entity": "army"}
    rest = "; expected the same (of Philippine Coast Guard, PHL), or {value: ..., source: ...} saying where your word comes from"
    assert faults(said) == [
        f"a test: entity: found army where the table of forces says coast guard as of 2026-01-22{rest}",
        f"a test: ministry: found defense where the table of forces says transport as of 2026-01-22{rest}",
    ]


def test_a_police_force_that_the_table_calls_not_military_is_not_called_military() -> None:
    [fault] = faults({"partner": "PHL", "force": "PNP", "military_status": "military-status"})
    assert "found military where the table of forces says not military as of 2026-01-22" in fault


@pytest.mark.parametrize("recipient", ["security-force", "maritime-force", "coast-guard"])
def test_a_more_general_word_is_no_contradiction(recipient: str) -> None:
    data, _ = filled({"partner": "PHL", "force": "PCG", "recipient": recipient})
    assert data["recipient"] == recipient


def test_a_more_special_word_is_no_contradiction() -> None:
    data, _ = filled({"partner": "PHL", "force": "Army", "recipient": "army-special-forces"})
    assert data["recipient"] == "army-special-forces"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            {"partner": "PHL", "force": "Philipine Coast Gard"},
            "found the force 'Philipine Coast Gard'; expected a force of PHL (see: advisor country PHL); did you mean Philippine Coast Guard?",
        ),
        (
            {"partner": "VNM", "force": "Philippine Coast Guard"},
            "found the force 'Philippine Coast Guard'; expected a force of VNM (see: advisor country VNM); did you mean Vietnam Coast Guard?",
        ),
        (
            {"force": "PNP"},
            "found the force 'PNP'; expected one force: Peruvian National Police (PER), Philippine National Police Force (PHL), National Police of Paraguay (PRY)",
        ),
        (
            {"partner": ["PHL", "PER"], "force": "PNP"},
            "found the force 'PNP'; expected one force: Philippine National Police Force (PHL), Peruvian National Police (PER)",
        ),
        (
            {"partner": "NER", "force": "Nigerian Army"},
            "found the force 'Nigerian Army'; expected a force of NER (see: advisor country NER); did you mean Nigerien Armed Forces?",
        ),
        (
            {"partner": "PHL", "force": "rangers", "recipient": "police"},
            "found the fact 'recipient' beside 'force: rangers'; expected each fact once",
        ),
    ],
)
def test_an_unknown_misspelt_or_ambiguous_name_is_a_fault(said: dict[str, Any], fault: str) -> None:
    assert [one.split(": ", 2)[2] for one in faults(said)] == [fault]


def test_every_fault_is_told_at_its_line() -> None:
    text = "partner: PHL\nelements:\n  - {element: training, force: Gurkhas}\n  - {element: training, force: Hussars}\n"
    result = run("-", stdin=text)
    assert result.exit_code == 2
    assert [line.split(": found")[0] for line in result.stderr.splitlines()] == [
        "standard input:3: elements[0].force",
        "standard input:4: elements[1].force",
    ]


def test_a_name_that_only_one_country_has_says_the_country_too() -> None:
    data, records = filled({"force": "Philippine Coast Guard", "element": "training"})
    assert data["partner"] == "PHL"
    assert records[0].fact == "partner"


def test_a_kind_of_force_stays_another_word_for_the_recipient() -> None:
    assert filled({"force": "army", "element": "training"}) == ({"recipient": "army", "element": "training"}, ())


def test_only_the_line_of_the_force_s_own_country_is_filled() -> None:
    data, records = filled({"partner": ["VNM", "PHL", "THA"], "force": "PCG", "elements": [{"element": "training"}]})
    assert [one["partner"] for one in data["elements"]] == [["VNM"], "PHL", ["THA"]]
    assert ["recipient" in one for one in data["elements"]] == [False, True, False]
    assert {one.line for one in records} == {2}
    proposal = expand(LIBRARY, from_mapping(data, "a test"), today=TODAY)
    assert [partner for _, partner in proposal.labels] == ["VNM", "PHL", "THA"]


def test_each_element_may_name_its_own_force() -> None:
    elements = [{"force": "PCG"}, {}, {"force": "PNP", "cost": 5}]
    data, records = filled({"partner": "PHL", "force": "Army", "elements": elements})
    assert [one["recipient"]["value"] for one in data["elements"]] == ["coast-guard", "army", "national-police"]
    assert [one.line for one in records if one.fact == "recipient"] == [1, 2, 3]


# --- days ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "ministry"),
    [
        (date(2020, 6, 1), None),
        (date(2021, 5, 22), "ministry-of-public-security"),
        (date(2021, 5, 23), "ministry-of-interior"),
        (date(2026, 11, 1), "ministry-of-interior"),
    ],
)
def test_a_force_that_changed_its_ministry_answers_to_that_of_the_day(day: date, ministry: str | None) -> None:
    data, _ = filled({"partner": "BEN", "force": "Republican Police"}, day)
    assert data.get("ministry", {}).get("value") == ministry
    assert data["recipient"]["value"] == "national-police"


def test_before_the_table_begins_no_ministry_and_no_status_is_said_of_any_force() -> None:
    for country in sorted({f.country for f in LISTED}):
        for force in forces_of(country, date(2013, 4, 5)):
            assert set(terms_of(force)) <= {"recipient"}
            assert not denied_by(force)


def test_what_the_status_alone_told_is_not_said_before_the_table_begins() -> None:
    now, then = (
        filled({"partner": "JOR", "force": "Special Operations Forces"}, d)[0] for d in (TODAY, date(2015, 1, 1))
    )
    assert now["recipient"]["value"] == "special-forces"
    assert then["recipient"]["value"] == "security-force"


def test_the_day_is_that_of_the_line() -> None:
    elements = [{"date": date(2021, 5, 22)}, {"start": date(2022, 1, 1)}]
    data, _ = filled({"partner": "BEN", "force": "Republican Police", "elements": elements})
    said = [one["ministry"]["value"] for one in data["elements"]]
    assert said == ["ministry-of-public-security", "ministry-of-interior"]


# --- members ------------------------------------------------------------------------------------------------------
def test_the_members_of_asean_are_a_line_each_with_the_basis_of_their_membership() -> None:
    data, records = filled({"partner": {"members of": "ASEAN"}, "elements": [{"element": "training"}]})
    rows = {one.country: one for one in members_on("ASEAN", TODAY)}
    proposal = expand(LIBRARY, from_mapping(data, "a test"), today=TODAY)
    assert [partner for _, partner in proposal.labels] == sorted(rows)
    assert [(one.line, one.value) for one in records] == list(enumerate(sorted(rows), start=1))
    for one in records:
        assert (one.basis, one.source) == (rows[one.value].basis, rows[one.value].source)
        assert ("first day not known" in one.says) == (rows[one.value].since is None)


def test_a_country_is_a_member_from_its_first_day_to_its_last() -> None:
    def of(name: str, day: date) -> set[str]:
        return {one.value for one in filled({"partner": {"members of": name}}, day)[1]}

    assert "TLS" not in of("asean", date(2025, 10, 25))
    assert "TLS" in of("Association of Southeast Asian Nations", date(2025, 10, 26))
    assert "NER" in of("ECOWAS", date(2025, 1, 28))
    assert "NER" not in of("ECOWAS", date(2025, 1, 29))


def test_a_suspended_country_is_left_out_and_named() -> None:
    data, records = filled({"partner": {"members of": "AU"}})
    suspended = {one.country for one in members_on("AU", TODAY) if one.status != "member"}
    assert suspended
    assert not suspended & set(data["partner"])
    assert {one.says for one in records if not one.value} == {f"{c} is left out: suspended (AU)" for c in suspended}


def test_an_organization_that_is_no_term_suggests_its_members() -> None:
    result = run("--set", "element=training", "--set", "partner=ASEAN")
    assert result.exit_code == 2
    assert "did you mean {members of: ASEAN}?" in result.stderr


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"members of": "ASEEN"}, "partner.members of: found the organization 'ASEEN'; expected one of NATO, EU,"),
        ({"members of": "G5SAHEL"}, "found the organization G5SAHEL; expected one with members on 2026-03-01"),
        ({"members of": "ASEAN", "and": "JPN"}, "expected {members of: an organization}, and nothing beside it"),
    ],
)
def test_a_bad_organization_is_a_fault(said: dict[str, Any], fault: str) -> None:
    [found] = faults({"partner": said})
    assert fault in found


# --- properties ---------------------------------------------------------------------------------------------------
def test_filling_is_idempotent_and_each_value_carries_source_date_and_basis() -> None:
    for force in random.Random(5).sample(LISTED, 100):
        said = {"partner": force.country, "force": force.name}
        data, records = filled(said)
        assert {f: v for f, v in known(force, records).items() if v} == terms_of(force)
        assert {f: data[f]["value"] for f in terms_of(force)} == terms_of(force)
        for fact in terms_of(force):
            assert force.source in data[fact]["source"]
            assert f"as of {force.as_of}" in data[fact]["source"]
            assert force.basis.replace("_", " ") in data[fact]["source"]
        assert filled(data) == (data, ())
        again, more = filled({**data, "force": force.name})
        assert again == data
        assert not any(one.value for one in more)


def test_every_force_is_found_by_its_own_name() -> None:
    for force in random.Random(6).sample(LISTED, 60):
        _, records = filled({"partner": force.country, "force": force.name.upper()})
        assert records[0].says.startswith(f"{force.name} ({force.country})")


def test_every_word_of_the_table_has_its_term() -> None:
    check(LIBRARY.vocabulary)
    with pytest.raises(FaultsError) as error:
        check(Vocabulary({}, {}, {}, Taxonomy({})))
    lacking = {fault.found for fault in error.value.faults}
    assert lacking == {f"'{term}'" for f in forces() for term in (*terms_of(f).values(), *denied_by(f).values())}


@pytest.mark.parametrize("word", ["Nigerien Army", "Armed Forces of Niger", "Nigerian Army"])
def test_an_adjective_belongs_to_the_nearest_country_only(word: str) -> None:
    names = Names(LIBRARY.vocabulary)
    whose = {force.country for country in ("NER", "NGA") for force in names.of(word, country, TODAY)}
    assert whose <= ({"NGA"} if "Nigerian" in word else {"NER"})
    assert whose or "of Niger" in word


def test_both_implementations_agree_on_forces_of_every_kind() -> None:
    drawn = random.Random(7)
    kinds = sorted({f.kind for f in LISTED})
    chosen = [drawn.choice([f for f in LISTED if f.kind == kind]) for kind in drawn.sample(kinds, 15)]
    elements = [
        {"partner": f.country, "force": f.name, "element": "training", "purpose": "counterterrorism"} for f in chosen
    ]
    answer = ask(LOADED, from_mapping({"elements": elements}, "a test"), today=TODAY, shelf=SHELF)
    assert answer.second_opinion["agrees"]
    assert {one.line for one in answer.filled} == set(range(1, 16))


def test_the_force_decides_and_not_the_flag() -> None:
    """10 U.S.C. 168 reached military forces; a police force of another ministry only if counsel says so."""
    shared = {
        "partner": "PHL",
        "element": "contact-team",
        "purpose": "democratic-orientation",
        "date": date(2013, 4, 5),
        "imet_eligible": True,
        "acts": {"168-state-approval": "done", "168-funds-provided": "done"},
    }
    interior = {"value": "ministry-of-interior", "source": "the police act"}
    elements = [{"force": "Philippine Army"}, {"force": "PNP"}, {"force": "PNP", "ministry": interior}]
    document = from_mapping({**shared, "elements": elements}, "a test")
    answer = ask(LOADED, document, today=TODAY, asked="10-usc-168", shelf=SHELF)
    assert [line.verdict for line in answer.lines] == ["permitted", "needs facts", "no authority"]


# --- as shown -----------------------------------------------------------------------------------------------------
def test_the_first_screen_shows_what_was_filled_in_with_source_and_date() -> None:
    result = run(str(ROOT / "examples/named-force.yaml"))
    assert result.exit_code == 0
    shown = flat(result.stdout.split("training with PHL")[0])
    for words in (
        "Filled in",
        "coast-guard: Philippine Coast Guard (PHL), listed as coast-guard",
        "ministry-of-transport: Department of Transportation",
        "status not filled in: the table does not say",
        "as of 22 January 2026",
    ):
        assert words in shown
    assert "inferred" not in shown


def test_json_holds_what_was_filled_in_and_what_of_it_was_inferred() -> None:
    result = run("--set", "partner=PHL", "--set", "force=Philippine Army", "--set", "element=training", "--json")
    data = json.loads(result.stdout)
    jsonschema.validate(data, json.loads((ROOT / "rules/schemas/answer.json").read_text(encoding="utf-8")))
    assert [(one["fact"], one["value"], one["basis"], one["as_of"]) for one in data["filled"]] == [
        ("recipient", "army", "partly_sourced", "2026-01-22"),
        ("ministry", "ministry-of-defense", "partly_sourced", "2026-01-22"),
        ("military_status", "military-status", "partly_sourced", "2026-01-22"),
    ]


def test_the_proposals_schema_knows_both_keys() -> None:
    good = "partner: {members of: ASEAN}\nforce: Army\nelements:\n  - {country: {members of: AU}, force: Navy}\n"
    assert not validate(read_yaml(good, "good.yaml"), "proposal")
    [fault] = validate(read_yaml("partner: {member of: ASEAN}\n", "bad.yaml"), "proposal")
    assert fault.suggestion == "members of"
