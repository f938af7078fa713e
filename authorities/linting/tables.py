"""The dated lists: rows that collide, stand outside, or name what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from authorities.linting._issue import Issue, Kind
from authorities.linting._reading import TABLE_VALUE
from authorities.linting._view import View
from rules.faults import Place, clip, nearest
from rules.library import Table, TableRow
from rules.vocabulary import Fact

OVERLAP = Kind(
    "table-overlap",
    "error",
    "Two rows of a table answer for one key on the same day.",
    "end the one where the other begins",
)
OUTSIDE = Kind(
    "row-outside-coverage",
    "warning",
    "A row wholly outside the days its table covers, or that ends before it begins: it never answers.",
    "widen `covers`, or correct the row",
)
KEY = Kind(
    "table-key",
    "error",
    "A key that is no value of the fact that looks it up: the row never answers.",
    "write the key as the term is declared",
)
BASIS = Kind("unsourced-row", "warning", "A table has a column for the basis and a row leaves it empty.", "fill it")
COVERAGE = Kind(
    "table-out-of-date",
    "style",
    "A table's coverage ends before the last day through which the law was read: later days are unknown.",
    "read the newer list",
)
KINDS = (OVERLAP, OUTSIDE, KEY, BASIS, COVERAGE)


def check(view: View) -> Iterator[Issue]:
    """Every table, row by row."""
    readers: dict[str, list[Fact]] = {}
    for fact in view.words.facts.values():
        if fact.table is not None:
            readers.setdefault(fact.table, []).append(fact)
    for doc in view.sources.tables:
        for id_, raw in doc.data.get("tables", {}).items():
            rows = view.sources.rows[raw["file"]]
            path = f"tables/{raw['file']}"
            if id_ in view.library.tables:
                table = view.library.tables[id_]
                yield from _table(view, table, raw, path, rows, readers.get(id_, []))
                through = view.library.known_through
                if table.last is not None and through is not None and table.last < through:
                    place = doc.place(("tables", id_, "covers"))
                    text = f"'{id_}' covers days to {table.last}; the law was read through {through}"
                    yield COVERAGE.at(Place(place.file, place.line, f"{id_}.covers"), text)


def _table(
    view: View,
    table: Table,
    raw: Mapping[str, Any],
    path: str,
    cells: list[dict[str, str]],
    readers: list[Fact],
) -> Iterator[Issue]:
    lines: dict[str, list[int]] = {}
    for line, cell in enumerate(cells, start=2):
        lines.setdefault(cell[raw["key"]], []).append(line)
    for key, rows in table.rows.items():
        for i, row in enumerate(rows):
            place = Place(path, lines[key][i], f"{table.id} {key}")
            for other in rows[:i]:
                if _first(other) <= _last(row) and _first(row) <= _last(other):
                    yield OVERLAP.at(place, f"two rows for '{key}' on {_day(max(_first(row), _first(other)))}")
                    break
            if not _answers(table, row):
                yield OUTSIDE.at(place, f"the row of '{key}' lies outside what '{table.id}' covers")
            if "basis" in raw and not row.basis:
                yield BASIS.at(place, f"the row of '{key}' says nothing in '{raw['basis']}'")
            for fact in readers:
                yield from _reader(view, fact, row, place)


def _reader(view: View, fact: Fact, row: TableRow, place: Place) -> Iterator[Issue]:
    key = view.words.facts[fact.keyed_by or fact.id]
    if key.type == "term":
        allowed = view.words.taxonomy.below.get(key.of or "", frozenset(view.words.terms))
        if row.key not in allowed:
            near = nearest(row.key, allowed)
            meant = f"did you mean {near}?" if near else ""
            yield KEY.at(place, f"the key '{clip(row.key)}' is no value of '{key.id}'", meant)
    if row.value is None:
        return
    if fact.type == "boolean":
        good = isinstance(row.value, bool)
    else:
        good = row.value in view.words.taxonomy.below.get(fact.of or "", frozenset(view.words.terms))
    if not good:
        yield TABLE_VALUE.at(place, f"the value '{clip(str(row.value))}' is none that '{fact.id}' can have")


def _first(row: TableRow) -> date:
    return row.first or date.min


def _last(row: TableRow) -> date:
    return row.last or date.max


def _answers(table: Table, row: TableRow) -> bool:
    first, last = max(_first(row), table.first or date.min), min(_last(row), table.last or date.max)
    return first <= last


def _day(day: date) -> str:
    return "every day" if day == date.min else str(day)
