"""Where the value of a fact comes from: a table, the proposal, a presumption; or why it is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.second import _derived as derived
from rules.second import _letters as letters
from rules.second._case import UNKNOWN, Case
from rules.second._plain import SEVERAL, Doc, listed

CHOICE, OPENER = "choice", "opener"


class Missing:
    """No value. `kind` is `choice`, `opener`, or the letter of who must supply it (P, C, S)."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


def sought(case: Case, name: str, day: date) -> Any:
    """The value of a fact for a provision read on `day`, or `Missing`."""
    key = (name, day)
    if key not in case.found:
        case.found[key] = _sought(case, name, day)
    return case.found[key]


def _sought(case: Case, name: str, day: date) -> Any:
    declared = case.library.fact(name)
    value, with_source = case.stated(name)
    if "derived" in declared and (value is None or not declared.get(CHOICE)):
        return _computed(case, declared, day)
    covered = True
    if "table" in declared:
        table = case.library.tables[declared["table"]]
        covered = covers(table, day)
        answer = from_table(case, declared, table, day) if covered else None
        if answer is not None and not (with_source and value not in (None, UNKNOWN)):
            return answer
    if value is None:
        if name == "date":
            return case.day  # a line without a date is judged on its start, else today
        if "presume" in declared and not case.strict and covered:
            return declared["presume"]
        return Missing(unsaid_kind(declared))
    if isinstance(value, str) and value == UNKNOWN:
        supplier = letters.SUPPLIERS[declared.get("supplier", "planner")]
        return Missing(letters.P if declared.get(OPENER) or declared.get(CHOICE) else supplier)
    return value


def unsaid_kind(declared: Doc) -> str:
    """What follows where nothing is said of a fact."""
    if declared.get(OPENER):
        return OPENER
    if declared.get(CHOICE):
        return CHOICE
    return letters.SUPPLIERS[declared.get("supplier", "planner")]


def covers(table: Doc, day: date) -> bool:
    """Whether a table speaks of `day`."""
    span: Mapping[str, date] = table.get("covers") or {}
    return span.get("from", date.min) <= day <= span.get("to", date.max)


def from_table(case: Case, declared: Doc, table: Doc, day: date) -> Any:
    """What a table says of the line on a day it covers; None where it says nothing."""
    key = sought(case, declared["keyed_by"], day)
    if isinstance(key, (Missing, *SEVERAL)):
        return None
    answered = [row for row in case.library.rows(declared["table"], str(key)) if _row_alive(table, row, day)]
    if not answered:
        general = case.library.taxonomy.is_general(str(key))
        return _absent(declared) if table.get("complete") and not general else None
    cells = [str(row.get(table["value"]) or "").strip() for row in answered]
    values = [_parsed(declared, cell) for cell in cells if cell]
    if not values:
        return None
    return tuple(values) if declared.get("many") else values[0]


def _row_alive(table: Doc, row: Doc, day: date) -> bool:
    first = row.get(table["from"]) if "from" in table else None
    last = row.get(table["until"]) if "until" in table else None
    return (not first or date.fromisoformat(first) <= day) and (not last or day <= date.fromisoformat(last))


def _absent(declared: Doc) -> Any:
    return {"boolean": False, "term": ()}.get(declared["type"])


def _parsed(declared: Doc, cell: str) -> Any:
    match declared.get("type"):
        case "boolean":
            return cell.lower() in ("yes", "true")
        case "money" | "count":
            return int(cell)
        case "years":
            from fractions import Fraction  # slow to import, seldom needed

            return Fraction(cell)
        case "date":
            return date.fromisoformat(cell)
    return cell


def _computed(case: Case, declared: Doc, day: date) -> Any:
    inputs = [sought(case, name, day) for name in listed(declared["from"])]
    kinds = [found.kind for found in inputs if isinstance(found, Missing)]
    if kinds:
        return Missing(gravest(kinds))
    value = derived.compute(declared["derived"], inputs, case.library, case.enacted_known)
    return Missing(letters.P) if value is None else value


def gravest(kinds: list[str]) -> str:
    """The kind of what rests on several missing facts: a plain unknown, then an opener, then a choice."""
    return next(kind for kind in (letters.C, letters.P, letters.S, OPENER, CHOICE) if kind in kinds)
