"""An answer as JSON, to the published schema (``rules/schemas/answer.json``)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from rules.findings import Answer, Finding, LineAnswer

SCHEMA = 1
QUIET = "Advice to a lawyer's client, not legal advice."


def answer_json(answer: Answer, *, every: bool = False, known_through: date | None = None) -> dict[str, Any]:
    """The answer as plain data. ``every`` keeps findings of ``no authority``."""
    return {
        "schema": SCHEMA,
        "title": answer.title,
        "verdict": answer.verdict,
        "asked": answer.asked,
        "edition": {"hash": answer.edition, "known_through": _day(known_through)},
        "known": _day(answer.known),
        "today": _day(answer.today),
        "strict": answer.strict,
        "lines": [_line(line, every or answer.asked is not None) for line in answer.lines],
        "second_opinion": answer.second_opinion,
        "note": QUIET,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _line(line: LineAnswer, every: bool) -> dict[str, Any]:
    kept = [f for f in line.findings if every or f.verdict != "no authority" or f.doors]
    return {
        "element": line.element,
        "partner": line.partner,
        "date": _day(line.day),
        "verdict": line.verdict,
        "findings": [_finding(f) for f in kept],
        "barred_by": [_plain(asdict(b)) for b in line.barred_by],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data = asdict(finding)
    for key in ("deciding", "letters"):
        data.pop(key)
    data["relies_on"] = [{**asdict(r), "citation": r.citation} for r in finding.relies_on]
    data["deciding"] = list(finding.deciding)
    plain: dict[str, Any] = _plain(data)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
