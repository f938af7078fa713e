"""Every dated fact that a table holds about a country on a day, with its basis, its source and the table's coverage.

Two kinds of table: those of the library, which rules read, and the reference lists (``reference/tables.yaml``), which
none reads. Where a day is outside a table's coverage, or an incomplete table has no row, the fact is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from authorities.home import home, kept, reference_rows
from rules.library import Library, Table, TableRow
from rules.reading import read_yaml

KEY = "partner"
"""The fact that names the country: a table keyed by it is about countries."""


class DatedFact(NamedTuple):
    """What one table says of a country on a day.

    ``value``: a term, a word of the list, yes or no; None: unknown, and ``why`` says why. ``detail``: what the row
    says beside it. ``first``, ``last``: the days of the row, inclusive, None open. ``covers``: the table's own.
    ``facts``: the facts of the rules that read the table; none: no rule reads it, and ``law`` says what it means.
    """

    table: str
    says: str
    value: str | bool | None
    detail: str
    why: str
    basis: str
    source: str
    first: date | None
    last: date | None
    note: str
    covers: tuple[date | None, date | None]
    covered: bool
    complete: bool
    facts: tuple[str, ...]
    law: str


class Entry(NamedTuple):
    """One row of a reference list: a country's value from the first to the last day (inclusive, None open)."""

    value: str
    detail: str
    first: date | None
    last: date | None
    basis: str
    source: str
    note: str


class Listing(NamedTuple):
    """A reference list. ``complete``: the periods in which an absent row means no. ``rows`` by country code."""

    id: str
    says: str
    source: str
    law: str
    covers: tuple[date | None, date | None]
    complete: tuple[tuple[date | None, date | None], ...]
    rows: Mapping[str, tuple[Entry, ...]]


def partner_facts(library: Library, country: str, day: date) -> tuple[DatedFact, ...]:
    """Every dated fact of both kinds of table about a country (its code), the tables of the library first.

    Each table gives one fact, or one for each row in force on the day.
    """
    law = [_of_library(library, table, facts, country, day) for table, facts in country_tables(library).items()]
    context = [fact for listing in listings().values() for fact in _of_listing(listing, country, day)]
    return (*law, *context)


def country_tables(library: Library) -> dict[str, tuple[str, ...]]:
    """The tables of the library that are about countries, each with the facts that read it."""
    out: dict[str, tuple[str, ...]] = {}
    for fact in library.vocabulary.facts.values():
        if fact.table is not None and fact.keyed_by == KEY:
            out[fact.table] = (*out.get(fact.table, ()), fact.id)
    return out


@kept
def listings() -> Mapping[str, Listing]:
    """The reference lists by id. Raises FaultsError where their description cannot be read."""
    raw = read_yaml((home().reference / "tables.yaml").read_bytes(), "tables.yaml").data["tables"]
    return {id_: _listing(id_, one) for id_, one in raw.items()}


def _listing(id_: str, raw: Mapping[str, Any]) -> Listing:
    covers = _span(raw["covers"])
    rows: dict[str, tuple[Entry, ...]] = {}
    for row in reference_rows(raw["file"]):
        beside = [row[column] for column in raw.get("with", ()) if row[column]]
        entry = Entry(
            row[raw["value"]].replace("_", " "),
            ", ".join(beside).replace("_", " "),
            _day(row["from"]),
            _day(row["until"]),
            row["basis"],
            row["source"] or f"none read: {row['note']}",
            row["note"],
        )
        rows[row["iso3"]] = (*rows.get(row["iso3"], ()), entry)
    whole = raw["complete"]
    periods = ((covers,) if whole else ()) if isinstance(whole, bool) else tuple(_span(one) for one in whole)
    return Listing(id_, raw["says"], raw["source"], raw["law"], covers, periods, rows)


def _span(raw: Mapping[str, date]) -> tuple[date | None, date | None]:
    return raw.get("from"), raw.get("to")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _within(day: date, span: tuple[date | None, date | None]) -> bool:
    return (span[0] is None or span[0] <= day) and (span[1] is None or day <= span[1])


def _outside(day: date, covers: tuple[date | None, date | None]) -> str:
    """Why a table does not speak of a day it does not cover."""
    first, last = covers
    if first is not None and day < first:
        return f"the table begins on {_said(first)}"
    return f"the table ends on {_said(last)}" if last is not None else ""


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


NOT_FOUND = "not found, which is not no"
"""Why a fact is unknown where an incomplete table has no row."""


def _of_library(library: Library, id_: str, facts: tuple[str, ...], country: str, day: date) -> DatedFact:
    table = library.tables[id_]
    covers = (table.first, table.last)
    row = table.answer(country, day)
    value, why = _value(table, row, day)
    return DatedFact(
        id_,
        table.says,
        value,
        "",
        why,
        # a table without a basis for each row has one for all: what its source says it rests on
        (row.basis if row is not None else "") or table.source,
        (row.source if row is not None else "") or table.source,
        row.first if row is not None else None,
        row.last if row is not None else None,
        "",
        covers,
        table.covers(day),
        table.complete,
        facts,
        f"read by the rules as {' and '.join(facts)}",
    )


def _value(table: Table, row: TableRow | None, day: date) -> tuple[str | bool | None, str]:
    """The value and, where it is unknown, why."""
    if not table.covers(day):
        return None, _outside(day, (table.first, table.last))
    if row is not None:
        return row.value, "" if row.value is not None else "the table leaves it open"
    return (False, "") if table.complete else (None, NOT_FOUND)


def _of_listing(listing: Listing, country: str, day: date) -> Iterator[DatedFact]:
    covered = _within(day, listing.covers)
    rows = [row for row in listing.rows.get(country, ()) if _within(day, (row.first, row.last))] if covered else []
    complete = any(_within(day, period) for period in listing.complete)
    for row in rows:
        yield _fact(listing, row, row.value, "", complete, covered)
    if not rows:
        why = _outside(day, listing.covers) if not covered else "" if complete else NOT_FOUND
        # what no row says rests on the list as a whole
        none = Entry("", "", None, None, listing.source, listing.source, "")
        yield _fact(listing, none, None if why else False, why, complete, covered)


def _fact(listing: Listing, row: Entry, value: str | bool | None, why: str, complete: bool, covered: bool) -> DatedFact:
    return DatedFact(
        listing.id,
        listing.says,
        value,
        row.detail,
        why,
        row.basis,
        row.source,
        row.first,
        row.last,
        row.note,
        listing.covers,
        covered,
        complete,
        (),
        listing.law,
    )
