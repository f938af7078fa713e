"""`authorities prove` finds a small fault wherever it stands: in a file of law, its words, its lists or the days of its laws."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from authorities.casework import lines_of
from authorities.loading import load
from authorities.mutation._writing import case_from
from authorities.proving.comparing import Comparer
from rules.evaluate import Evaluation
from rules.library import Library
from rules.lines import Batch
from rules.rulebook import Builder
from tests.support.harbor import WORLD
from tests.support.proving import Encoding

ID = "harbor-works"

PORTS = """language: 1
id: harbor-works
title: Harbor works
short: Harbor works
statute: Harbor Act 1
holder: Harbor master
law: {public_law: 101-1}
values:
  ceiling:
    - {since: 1990-01-05, is: 100}
    - {since: 1992-03-01, law: {public_law: 102-7}, is: 200}
  yearly:
    - {fund_years: {to: 2024}, is: 10}
    - {fund_years: {from: 2025}, is: 20}
definitions:
  - {id: small, cite: (g), gist: Small at first., until: 1995-01-01, when: {cost: {at most: 10}}}
  - {id: small, cite: (g), gist: Small now., since: 1995-01-01, when: {cost: {at most: 30}}}
grants:
  - {id: dredge, cite: (a), gist: Dredge., when: {element: dredging}}
  - {id: fill, cite: (a), gist: Fill., fund_years: {from: 2025, to: 2026}, when: {element: filling}}
bars:
  - {id: shallow, cite: (b), gist: Not there., when: {element: filling, not: {satisfies: deep-water}}}
  - {id: large, cite: (b), gist: Not more., when: {element: dredging, not: {satisfies: small}}}
  - {id: sea, cite: (b), gist: Not in an ocean port., when: {partner: sea-port, quarantined: true}}
  - {id: dear, cite: (b), gist: Not that dear., on: start, when: {element: filling, deep: false, cost: {at least: 90}}}
duties:
  - {id: tell, cite: (c), gist: Tell., act: harbor-report, unless: {act: harbor-consent}}
caps:
  - {id: most, cite: (d), gist: No more., counts: cost, amount: {value: ceiling}, per: element}
  - {id: year, cite: (d), gist: No more., counts: cost, amount: {value: yearly}, per: element, when: {element: filling}}
"""
NESTED = """  - id: deep-water
    cite: (b)
    gist: Deep water.
    when: {satisfies: deep-port}
"""


def ports(folder: Path) -> Path:
    shutil.copytree(WORLD, folder)
    (folder / "authorities" / f"{ID}.yaml").write_text(PORTS, encoding="utf-8")
    with (folder / "definitions" / "harbor.yaml").open("a") as file:
        file.write(NESTED)
    words = folder / "vocabulary" / "words.yaml"
    terms = "  sea-port: {name: sea port, under: [port]}\n  west-port: {name: West Port, under: [sea-port]}\nacts:\n"
    acts = "  harbor-consent: {gist: Consent, actor: Council}\n"
    words.write_text(words.read_text().replace("\nacts:\n", "\n" + terms + acts))
    with (folder / "questions" / "harbor.yaml").open("a") as file:
        file.write(
            (folder / "questions" / "harbor.yaml").read_text().split("questions:\n")[1].replace("how-deep", "how-wide")
        )
    return folder


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    folder = ports(tmp_path_factory.mktemp("sea") / "before")
    return folder, load(folder, cases=True, cache=False).library


WORKS_FILE, WORDS, HARBOR = f"authorities/{ID}.yaml", "vocabulary/words.yaml", "definitions/harbor.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (WORKS_FILE, "since: 1992-03-01", "since: 1992-03-02"),
        (WORKS_FILE, "is: 200", "is: 201"),
        (WORKS_FILE, "fund_years: {from: 2025}, is: 20", "fund_years: {from: 2026}, is: 20"),
        (WORKS_FILE, "is: 20}", "is: 21}"),
        (WORKS_FILE, "not: {satisfies: small}", "satisfies: small"),
        (WORKS_FILE, "{at most: 30}", "{at most: 31}"),
        (WORKS_FILE, "{at most: 10}", "{at most: 11}"),
        (WORKS_FILE, "fund_years: {from: 2025, to: 2026}, when", "fund_years: {from: 2025, to: 2027}, when"),
        (WORKS_FILE, "on: start, when", "when"),
        (WORKS_FILE, "act: harbor-report", "act: harbor-consent"),
        (WORKS_FILE, ", unless: {act: harbor-consent}", ""),
        (HARBOR, "inside: {deep: true}", "inside: {deep: false}"),
        (HARBOR, "otherwise: {question: how-deep}", "otherwise: {question: how-wide}"),
        (HARBOR, "when: {satisfies: deep-port}", "when: {satisfies: deep-port, cost: {at most: 80}}"),
        (WORDS, "type: boolean, presume: false", "type: boolean, presume: true"),
        (WORDS, "name: West Port, under: [sea-port]", "name: West Port, under: [port]"),
        ("tables/depths.csv", "south-port,no", "south-port,yes"),
        ("tables/tables.yaml", "to: 2030-12-31", "to: 2030-12-30"),
        ("tables/tables.yaml", "complete: false", "complete: true"),
        ("laws.yaml", "1992-03-01", "1992-03-02"),
    ],
)
def test_a_small_fault_is_shown_wherever_it_stands(
    sea: tuple[Path, Library], tmp_path: Path, file: str, old: str, new: str
) -> None:
    after = ports(tmp_path / "after")
    assert old in (after / file).read_text()
    (after / file).write_text((after / file).read_text().replace(old, new))
    found = Comparer(sea[1], load(after, cases=True, cache=False).library).compare(ID, first=True)
    assert found.relation == "different", found


def test_laws_that_change_places_are_no_longer_the_same_words(sea: tuple[Path, Library], tmp_path: Path) -> None:
    library, after = sea[1], load(ports(tmp_path / "after"), cases=True, cache=False).library
    one, other = (law for law in library.laws if law in ("101-1", "102-7"))
    swapped = {**library.laws, one: library.laws[other], other: library.laws[one]}
    found = Comparer(library, replace(after, laws=swapped)).compare(ID)
    assert found.witnesses


def test_a_word_without_a_source_gives_way_to_the_table_of_another_day(sea: tuple[Path, Library]) -> None:
    """On the day of the line the list is silent, so `deep` may be said; on the day of the start the list answers."""
    library = sea[1]
    case = case_from(
        "- {name: x, date: 2019-12-01, known: 2026-01-01, verdict: prohibited, given: {element: filling, cost: 95,"
        " start: 2020-02-01, partner: south-port, deep: true, fund_year: 2025}}"
    )
    shared = Encoding(library)
    (line,) = lines_of(library, library.authorities[ID], case)
    assert case.known is not None
    book = Builder(library, line.day, case.known).authority(library.authorities[ID])
    node = next(bar.node for bar in book.bars if bar.key == "dear")
    assert Evaluation(Batch(library, [line])).planes(node).t == 1
    assert shared.letter(shared.encoder.truth(node), False, line, False) == "opposite"
