"""What a schema cannot say of the words and tables of a library, and no engine can do without.

Facts computed from the wrong inputs, or from themselves; presumptions of another type; tables for facts that no table
can supply; rows of the wrong length; settings left out. Each is a fault at load, so that no answer ends in an error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rules.faults import Fault, KeyPath, Place, clip, show
from rules.reading import Document

INPUTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "years between": (("date", "date"), "years"),
    "days between": (("date", "date"), "count"),
    "fiscal year": (("date",), "count"),
    "fiscal years spanned": (("date", "date"), "count"),
    "money phase": (("term", "count", "date"), "term"),
    "years after": (("count", "date"), "count"),
}
"""What each computed fact takes, by type in order, and the type it has (the language page, section 2)."""

_PLAIN: Mapping[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "money": (int,),
    "count": (int,),
    "years": (int, Decimal),
    "date": (date,),
    "text": (str,),
    "term": (str,),
}


def settings_faults(doc: Document) -> Iterator[Fault]:
    """How the country counts fiscal years: both settings, within reason."""
    for key, low, high in (("fiscal_year_starts_month", 1, 12), ("closing_years", 0, 100)):
        value = doc.data.get(key)
        if value is None:
            yield Fault(doc.place(()), f"no key `{key}`", "that key", kind="missing-key")
        elif not low <= value <= high:
            yield Fault(doc.place((key,)), show(value), f"a whole number from {low} to {high}", kind="range")


def row_faults(content: bytes, name: str) -> Iterator[Fault]:
    """Rows of a CSV that have more or fewer cells than its header, or a header that names no or one column twice."""
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    header: Sequence[str] = next(rows, [])
    if not header or not all(header) or len(set(header)) != len(header):
        yield Fault(Place(name, 1, ""), f"the header '{clip(','.join(header))}'", "a name for each column, each once")
        return
    for row in rows:
        if row and len(row) != len(header):
            place = Place(name, rows.line_num, "")
            yield Fault(place, f"{len(row)} cells", f"{len(header)}, as in the header", kind="ragged-row")


def vocabulary_faults(documents: Sequence[Document]) -> Iterator[Fault]:
    """Every fact: its presumption, its table, its inputs."""
    facts = {id_: (raw, doc) for doc in documents for id_, raw in doc.data.get("facts", {}).items()}
    for id_, (raw, doc) in facts.items():
        at = ("facts", id_)
        if "presume" in raw and not _fits(raw, raw["presume"]):
            what = f"a {raw['type']}" if raw["type"] != "term" else "a term"
            yield Fault(
                doc.place((*at, "presume")), show(raw["presume"]), f"{what}, as the fact is", "", "bad-presumption"
            )
        if "table" in raw and raw["type"] not in ("boolean", "term"):
            found = f"a table for a {raw['type']} fact"
            yield Fault(
                doc.place((*at, "table")), found, "a boolean or term fact: a table supplies no other", "", "table-value"
            )
        if "derived" in raw and all(name in facts for name in raw["from"]):
            yield from _derived(raw, doc, at, [str(facts[name][0]["type"]) for name in raw["from"]])
        if _round(id_, facts):
            yield Fault(
                doc.place(at), f"the fact '{id_}' found from itself", "facts without circles", "", "derived-inputs"
            )


def _fits(raw: Mapping[str, Any], value: Any) -> bool:
    types = _PLAIN[raw["type"]]
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _derived(raw: Mapping[str, Any], doc: Document, at: tuple[str, str], given: list[str]) -> Iterator[Fault]:
    wanted, made = INPUTS[raw["derived"]]
    if tuple(given) != wanted:
        found = f"{', '.join(given)} for '{raw['derived']}'"
        yield Fault(doc.place((*at, "from")), found, f"facts of the types {', '.join(wanted)}", "", "derived-inputs")
    elif raw["type"] != made:
        found = f"'{raw['derived']}' as a {raw['type']}"
        yield Fault(doc.place((*at, "type")), found, made, made, "derived-inputs")


LONGEST = 36_500
"""Most days, hours or months that a wait or term may be."""
LONGEST_YEARS = 1_000
"""Most years that a period may be."""


def span_faults(doc: Document) -> Iterator[Fault]:
    """Waits, terms and periods of a law file or a file of accounts that are too long for any calendar."""
    spans: list[tuple[KeyPath, Any]] = []
    for i, duty in enumerate(doc.data.get("duties", ())):
        spans += [(("duties", i, key), duty[key]) for key in ("days", "hours", "months") if key in duty]
    for i, fund in enumerate(doc.data.get("funds", ())):
        spans += [(("funds", i, "end_by", key), value) for key, value in fund.get("end_by", {}).items()]
    for id_, account in doc.data.get("accounts", {}).items():
        spans += [(("accounts", id_, key), account[key]) for key in ("period_years",) if key in account]
    for path, value in spans:
        most = LONGEST_YEARS if path[-1] in ("years_after", "period_years") else LONGEST
        if isinstance(value, int) and not -1 < value <= most:
            yield Fault(doc.place(path), show(value), f"at most {most}", kind="range")


def _round(id_: str, facts: Mapping[str, tuple[Mapping[str, Any], Document]]) -> bool:
    """Whether looking a fact up, through its inputs and its table's key, comes back to it."""
    todo, seen = [id_], set[str]()
    while todo:
        raw = facts[todo.pop()][0]
        for name in (*raw.get("from", ()), *((raw["keyed_by"],) if "keyed_by" in raw else ())):
            if name == id_:
                return True
            if name in facts and name not in seen:
                seen.add(name)
                todo.append(name)
    return False
