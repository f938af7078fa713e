"""`authorities prove`: the encoding means what the evaluator means; equal is proved, and what differs is shown."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities.casework import run_cases
from authorities.cli import main
from authorities.loading import load
from authorities.mutation._reading import with_file
from authorities.mutation._writing import case_from
from authorities.mutation.mutants import mutants_of
from authorities.proving import faults
from authorities.proving.comparing import SEVERAL, Comparer, Comparison
from authorities.proving.computed import computed
from authorities.proving.facts import Facts
from authorities.proving.faults import NotConfirmed, NotEncoded
from authorities.proving.ground import Ground
from authorities.proving.lives import Reading
from authorities.proving.stretches import FIRST, LAST, stretches
from authorities.proving.witness import Witness, confirmed
from rules.library import Library
from rules.nodes import Computed
from rules.rulebook import Shelf
from tests.specification.world import entries, world
from tests.support.harbor import WORKS, WORLD
from tests.support.proving import Encoding, letter_of, verdicts_said

ID = "harbor-works"


def edition(folder: Path, works: str = WORKS) -> Path:
    shutil.copytree(WORLD, folder)
    (folder / "authorities" / f"{ID}.yaml").write_text(works, encoding="utf-8")
    return folder


def changed(*edits: tuple[str, str]) -> str:
    works = WORKS
    for old, new in edits:
        assert old in works
        works = works.replace(old, new)
    return works


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition(tmp_path_factory.mktemp("base") / "before")


def libraries(base: Path, tmp_path: Path, works: str) -> tuple[Library, Library]:
    return tuple(load(one, cases=True, cache=False).library for one in (base, edition(tmp_path / "after", works)))  # type: ignore[return-value]


def compared(base: Path, tmp_path: Path, *edits: tuple[str, str]) -> Comparison:
    return Comparer(*libraries(base, tmp_path, changed(*edits))).compare(ID)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["prove", *words])


# --- the encoding means what the evaluator means ------------------------------------------------------------------------


def test_every_condition_of_the_specification_comes_out_as_the_specification_says() -> None:
    shared = Encoding(world()[0])
    every = entries("conditions")
    assert len(every) > 600
    assert [e["title"] for e in every if letter_of(e, shared) != e["expect"]["letter"]] == []


def test_every_verdict_of_the_specification_comes_out_as_the_specification_says() -> None:
    shared = Encoding(world()[0])
    every = entries("verdicts")
    assert len(every) > 500
    assert [e["title"] for e in every if verdicts_said(e, shared) != e["expect"]] == []


def test_a_test_that_is_not_known_is_not_encoded_rather_than_guessed() -> None:
    library = world()[0]
    with pytest.raises(NotEncoded, match="the day of the fair"):
        computed(Facts(Ground(library), library), Computed(True, "the day of the fair", ("start",), lambda cells: "T"))


def test_stretches_cover_every_day_and_every_day_of_knowledge_once(base: Path) -> None:
    library = load(base, cases=True, cache=False).library
    cells = [cell for some in stretches(Reading.of(library, ID)) for cell in some]
    assert (
        sum(((c.last - c.first).days + 1) * ((c.known_last - c.known).days + 1) for c in cells)
        == ((LAST - FIRST).days + 1) ** 2
    )
    assert len(cells) == len(set(cells))


# --- equal ------------------------------------------------------------------------------------------------------------


def test_an_edition_is_equal_to_itself(base: Path) -> None:
    result = run(str(base), str(base), "--every")
    assert result.exit_code == 0, result.output
    assert f"{ID}: equal: both editions give it the same words." in result.output
    assert "1 authority: 1 equal." in result.output


REORDERED = """language: 1
id: harbor-works
title: Harbor works
short: Harbor works
statute: Harbor Act 1
holder: Harbor master
tags: [ports]
law: {public_law: 101-1}
funds:
  - {id: money, cite: (f), gist: From the dues., account: harbor-dues}
caps:
  - {id: most, cite: (d), gist: No more., counts: cost, amount: {value: top}, per: authority-year}
duties:
  - {id: tell, cite: (c), gist: Tell., act: harbor-report, days: 10}
bars:
  - {id: not-deep, cite: (b), gist: Not there., when: {cost: {more than: 10}, deep: false}}
grants:
  - {id: dig, cite: (a), gist: Dig., when: {element: dredging}}
values:
  top:
    - {since: 1990-01-05, is: 100}
    - {since: 1992-03-01, law: {public_law: 102-7}, is: 200}
"""


def test_a_file_in_another_order_with_other_ids_is_proved_equal(base: Path, tmp_path: Path) -> None:
    found = Comparer(*libraries(base, tmp_path, REORDERED)).compare(ID)
    assert (found.relation, found.not_compared, found.identical) == ("equal", [], False)


def test_what_says_the_same_in_other_words_is_proved_equal(base: Path, tmp_path: Path) -> None:
    other = "when: {not: {any of: [{deep: true}, {cost: {at most: 10}}]}}"
    assert compared(base, tmp_path, ("when: {deep: false, cost: {more than: 10}}", other)).relation == "equal"


def test_lines_that_share_a_cap_otherwise_are_named_and_not_passed_over(base: Path, tmp_path: Path) -> None:
    found = compared(base, tmp_path, ("per: authority-year", "per: country-year"))
    assert (found.relation, found.not_compared) == ("equal", [SEVERAL])


# --- different ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "relation"),
    [
        ((("is: 200", "is: 300"),), "looser"),
        ((("cost: {more than: 10}", "cost: {more than: 9}"),), "stricter"),
        ((("when: {element: dredging}", "when: {element: filling}"),), "incomparable"),
        ((("days: 10", "recurring: true"),), "looser"),
        ((("    days: 10\n", ""),), "looser"),
        ((("    days: 10\n", "    days: 11\n"),), "stricter"),
        ((("account: harbor-dues", "account: harbor-dues\n    only: true"),), "shifted"),
    ],
)
def test_a_change_is_told_by_what_it_does(
    base: Path, tmp_path: Path, edits: tuple[tuple[str, str], ...], relation: str
) -> None:
    found = compared(base, tmp_path, *edits)
    assert found.relation == relation
    assert len(found.witnesses) == (2 if relation == "incomparable" else 1)


def test_the_proposal_shown_can_be_pasted_and_holds_in_one_edition_only(base: Path, tmp_path: Path) -> None:
    after = edition(tmp_path / "after", changed(("is: 200", "is: 300")))
    result = run(str(base), str(after), "--json")
    assert result.exit_code == 1
    (found,) = json.loads(result.output)["authorities"]
    (witness,) = found["witnesses"]
    assert (found["relation"], witness["kind"]) == ("looser", "looser")
    problems = []
    for folder in (base, after):
        pasted = edition(tmp_path / f"{folder.name}-pasted", (folder / "authorities" / f"{ID}.yaml").read_text())
        with (pasted / "authorities" / f"{ID}.yaml").open("a") as file:
            file.write(witness["yaml"] + "\n")
        tested = CliRunner().invoke(main, ["--library", str(pasted), "test"])
        problems.append((tested.exit_code, f"expected {witness['before']}, found {witness['after']}" in tested.output))
    assert problems == [(0, False), (1, True)]


def test_a_law_not_yet_enacted_tells_on_the_days_before_it_was_known(base: Path, tmp_path: Path) -> None:
    found = compared(base, tmp_path, ("law: {public_law: 102-7}, is: 200", "law: {public_law: 101-1}, is: 200"))
    case = found.witnesses["looser"].case
    assert found.relation == "looser"
    assert case.known is not None
    assert case.known.isoformat() < "1992-03-01" <= case.date.isoformat()


def test_other_words_for_a_fact_tell_too(base: Path, tmp_path: Path) -> None:
    after = edition(tmp_path / "after")
    words = after / "vocabulary" / "words.yaml"
    words.write_text(words.read_text().replace("type: boolean, presume: false", "type: boolean"))
    result = run(str(base), str(after), ID)
    assert result.exit_code == 1, result.output
    assert f"{ID}: stricter: some proposals come out worse in after, none better." in result.output


def test_a_limit_tells_by_itself_and_under_what_it_reaches(base: Path, tmp_path: Path) -> None:
    after = edition(tmp_path / "after")
    limit = after / "limits" / "quarantine.yaml"
    limit.write_text(
        limit.read_text().replace("when: {quarantined: true}", "when: {quarantined: true, element: filling}")
    )
    result = run(str(base), str(after), "quarantine", ID)
    assert result.exit_code == 1, result.output
    assert "quarantine: looser: some proposals come out better in after, none worse." in result.output
    assert f"{ID}: looser: some proposals come out better in after, none worse." in result.output
    assert "2 authorities: 2 looser." in result.output


def test_what_only_one_edition_has_is_said(base: Path, tmp_path: Path) -> None:
    after = edition(tmp_path / "after", changed((f"id: {ID}", "id: harbor-dredging")))
    (after / "authorities" / f"{ID}.yaml").rename(after / "authorities" / "harbor-dredging.yaml")
    result = run(str(base), str(after))
    assert result.exit_code == 1
    assert f"{ID}: only in before." in result.output
    assert "harbor-dredging: only in after." in result.output


def test_every_mutant_is_told_apart_or_proved_equal_as_its_cases_are_judged(base: Path) -> None:
    library = load(base, cases=True, cache=False).library
    shared = Comparer(library, library)
    every = mutants_of(library, library.authorities[ID])
    ends = []
    for mutant in random.Random(3).sample(every, 5):
        mutated = with_file(library, mutant.changed)
        found = Comparer(library, mutated, like=shared).compare(ID, first=True)
        ends.append(found.relation)
        if found.relation == "equal":
            own = replace(mutated.authorities[ID], cases=library.authorities[ID].cases)
            held = [one.verdict for one in run_cases(with_file(mutated, own))]
            assert held == [case.verdict for case in library.authorities[ID].cases], mutant.id
    assert set(ends) <= {"equal", "different"}
    assert ends.count("different") >= 3


# --- what goes wrong ----------------------------------------------------------------------------------------------------


def test_a_proposal_that_the_evaluator_does_not_confirm_is_an_error(base: Path) -> None:
    library = load(base, cases=True, cache=False).library
    case = case_from("- {name: x, date: 1995-05-01, given: {element: filling}, verdict: permitted}")
    editions = [(library, Shelf(library))] * 2
    with pytest.raises(NotConfirmed, match="the solver says 'permitted', the evaluator 'no authority'"):
        confirmed(Witness(case, "permitted", "no authority"), library.authorities[ID], editions)


def test_without_the_solver_one_sentence_says_how_to_install_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "find_spec", lambda name: None)
    for result in (run(str(base), str(base)), CliRunner().invoke(main, ["--library", str(base), "mutate", "--prove"])):
        assert result.exit_code == 2
        assert "pip install 'authority-advisor[prove]'" in result.output
        assert len(result.output.splitlines()) == 1


def test_definitions_and_unknown_ids_are_refused(base: Path) -> None:
    for word, said in (("harbor-words", "definitions give no verdict"), ("harbor-wroks", "harbor-works")):
        result = run(str(base), str(base), word)
        assert result.exit_code == 2
        assert said in result.output
