"""Every dated fact about a country carries its basis and source, and nothing is said past a table's coverage.

The tables are read a second time here, with the csv module alone, and the facts held against that reading.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from authorities.partner_facts import DatedFact, partner_facts
from tests.support.shipped import LIBRARY

HOME = Path(__file__).parents[2] / "authorities"
LAW, LISTS = HOME / "library" / "tables", HOME / "reference"
SEED, COUNTRIES, DAYS = 5, 60, 12
BASES = {"sourced", "partly_sourced", "general_knowledge"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def about_partners() -> set[str]:
    """The tables of the library that some fact keyed by the partner reads, from the vocabulary as written."""
    found = set()
    for path in (HOME / "library" / "vocabulary").glob("*.yaml"):
        for fact in (plain(path).get("facts") or {}).values():
            if fact.get("keyed_by") == "partner":
                found.add(fact["table"])
    return found


CODES = sorted(row["iso3"] for row in rows(LAW / "countries.csv"))
DRAW = random.Random(SEED)
DRAWN = ["BFA", "PHL", "XKX", *DRAW.sample(sorted(set(CODES) - {"BFA", "PHL", "XKX"}), COUNTRIES - 3)]
FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
DATES = sorted(FIRST + timedelta(days=DRAW.randrange((LAST - FIRST).days)) for _ in range(DAYS))
RAW: Mapping[str, tuple[Path, dict[str, Any]]] = {
    **{id_: (LAW, raw) for id_, raw in plain(LAW / "tables.yaml")["tables"].items() if id_ in about_partners()},
    **{id_: (LISTS, raw) for id_, raw in plain(LISTS / "tables.yaml")["tables"].items()},
}
ROWS = {id_: rows(folder / raw["file"]) for id_, (folder, raw) in RAW.items()}


def holds(day: date, first: date | str | None, last: date | str | None) -> bool:
    return (not first or str(first) <= str(day)) and (not last or str(day) <= str(last))


def read_again(table: str, country: str, day: date) -> Iterator[tuple[str, ...]]:
    """What a table asserts of a country on a day, read with nothing of the program: (value, first, last, basis)."""
    folder, raw = RAW[table]
    law = folder is LAW
    covers = raw.get("covers", {})
    if not holds(day, covers.get("from"), covers.get("to")):
        return
    since, until, basis = (raw.get(word, "") if law else word for word in ("from", "until", "basis"))
    found = [
        row
        for row in ROWS[table]
        if row[raw.get("key", "iso3")] == country and holds(day, row.get(since), row.get(until))
    ]
    for row in found[:1] if law else found:
        if row[raw["value"]]:
            said = row[raw["value"]] if law else row[raw["value"]].replace("_", " ")
            yield said, row.get(since, ""), row.get(until, ""), row.get(basis) or raw["source"]
    periods = raw["complete"] if isinstance(raw["complete"], list) else [covers] if raw["complete"] else []
    if not found and any(holds(day, one.get("from"), one.get("to")) for one in periods):
        yield "no", "", "", raw["source"]


def as_read(fact: DatedFact) -> tuple[str, ...]:
    value = {True: "yes", False: "no"}.get(fact.value, fact.value) if isinstance(fact.value, bool) else fact.value
    return str(value), str(fact.first or ""), str(fact.last or ""), fact.basis


def test_every_fact_is_the_tables_own_with_basis_and_source_and_within_its_days() -> None:
    asserted: Counter[str] = Counter()
    for country in DRAWN:
        for day in DATES:
            facts = partner_facts(LIBRARY, country, day)
            assert {fact.table for fact in facts} == set(RAW), "each table speaks, or says that it does not"
            for table in RAW:
                said = [fact for fact in facts if fact.table == table and fact.value is not None]
                expected = sorted(read_again(table, country, day))
                assert sorted(map(as_read, said)) == expected, (table, country, day)
                for fact in said:
                    assert fact.basis and fact.source and not fact.why, (table, country, day)
                    assert fact.covered and holds(day, *fact.covers) and holds(day, fact.first, fact.last)
                    asserted[table] += 1
                for fact in facts:
                    assert fact.value is not None or fact.why, "what is unknown says why"
    assert len(asserted) > len(RAW) * 3 // 4, "the draw reaches most tables"


@pytest.mark.parametrize(
    ("table", "last"),
    [
        ("developing", date(2026, 6, 30)),
        *((f"child_soldiers_{part}", date(2025, 9, 30)) for part in ("imet", "pko", "fmf", "eda", "other")),
        *((f"trafficking_{part}", date(2026, 9, 30)) for part in ("imet", "pko", "fmf", "eda", "other")),
        ("mnna", date(2026, 8, 31)),
        ("spp", date(2024, 12, 31)),
    ],
)
def test_past_its_last_day_a_table_says_nothing_of_any_country(table: str, last: date) -> None:
    def said(day: date) -> list[DatedFact]:
        return [f for code in CODES for f in partner_facts(LIBRARY, code, day) if f.table == table]

    assert any(fact.value is not None for fact in said(last)), "on its last day it still speaks"
    after = said(last + timedelta(days=1))
    assert all(fact.value is None and not fact.covered for fact in after)
    assert {fact.why for fact in after} == {f"the table ends on {last.day} {last:%B} {last.year}"}


def test_an_absent_row_is_no_only_where_the_list_is_complete() -> None:
    day = date(2026, 2, 16)
    facts = {fact.table: fact for fact in partner_facts(LIBRARY, "CHE", day)}
    assert (facts["nato"].value, facts["mnna"].value) == (False, False), "complete lists"
    assert (facts["treaty_allies"].value, facts["treaty_allies"].why) == (None, "not found, which is not no")
    # of the trafficking reports, that of 2017 was not read whole, that of 2018 was
    unread, read = date(2017, 8, 1), date(2018, 8, 1)
    tiers = {d: {f.table: f.value for f in partner_facts(LIBRARY, "CHE", d)}["tip_tier3"] for d in (unread, read)}
    assert tiers == {unread: None, read: False}


def test_a_table_keeps_the_basis_of_the_list_it_was_made_from() -> None:
    area = {row["iso3"]: row["basis"] for row in rows(LISTS / "aor.csv") if row["command"] == "INDOPACOM"}
    allies = {
        (row["iso3"], row["from"], row["until"]): row["basis"]
        for name in ("nato.csv", "mnna.csv")
        for row in rows(LISTS / name)
    }
    for row in rows(LAW / "indopacom_area.csv"):
        assert row["basis"] == area[row["iso3"]], row
    for row in rows(LAW / "alliances.csv"):
        assert row["basis"] == allies[row["iso3"], row["from"], row["until"]], row
    for path in sorted(LISTS.glob("*.csv")):
        for number, row in enumerate(rows(path), start=2):
            assert row.get("basis", "sourced") in BASES, (path.name, number)
