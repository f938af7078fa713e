"""An answer as JSON, to the published schema (``rules/schemas/answer.json``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from authorities.home import home
from authorities.notice import keys
from rules.findings import Answer, Finding, LineAnswer
from rules.library import Library

SCHEMA = 1


def answer_json(answer: Answer, *, every: bool = False, library: Library | None = None) -> dict[str, Any]:
    """The answer as plain data. ``every`` keeps findings of ``no authority``."""
    return {
        "schema": SCHEMA,
        "title": answer.title,
        "verdict": answer.verdict,
        "asked": answer.asked,
        "edition": {
            "name": home().edition or None,
            "hash": answer.edition,
            "known_through": _day(library.known_through if library else None),
        },
        "known": _day(answer.known),
        "today": _day(answer.today),
        "strict": answer.strict,
        "filled": [plain(one) for one in answer.filled],
        "lines": [_line(line, every or answer.asked is not None) for line in answer.lines],
        "second_opinion": dict(answer.second_opinion),
        "review": dict(answer.review),
        **keys(library),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _line(line: LineAnswer, every: bool) -> dict[str, Any]:
    found = line.findings
    kept = list(found) if every else [*found.read, *(found.of(id_) for id_ in found.near if id_ in found.doors)]
    return {
        "element": line.element,
        "partner": line.partner,
        "date": _day(line.day),
        "verdict": line.verdict,
        "findings": [_finding(f) for f in kept],
        "barred_by": [plain(b) for b in line.barred_by],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = plain(finding)
    data.pop("deciding")
    for ref, said in zip(finding.relies_on, data["relies_on"], strict=True):
        said["citation"] = ref.citation
    data["deciding"] = list(finding.deciding)
    return data


def plain(value: Any) -> Any:
    """The value as plain data: days as text, records as mappings."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
