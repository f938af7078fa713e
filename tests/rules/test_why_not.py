"""Why a grant does not hold, and what the library does not hold, in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from rules.answering import answer
from rules.findings import Clause, Finding
from rules.proposals import expand, from_mapping
from rules.rulebook import Shelf
from tests.specification.world import days, world

VALUES = {"ceiling": [{"cite": "(a)", "fund_years": {"to": 2030}, "is": 500}]}


def found(grant: dict[str, Any], given: dict[str, Any], **more: Any) -> Finding:
    """The finding under an authority of one grant."""
    own = {"authorities": [{"id": "lend", "grants": [{"id": "g", "cite": "(a)", **grant}], **more}]}
    library, _ = world(own)
    _, today, known = days({})
    proposal = expand(library, from_mapping(given, "given"), today=today)
    answered = answer(library, Shelf(library), proposal, known=known, today=today, asked="lend")
    return answered.lines[0].findings.of("lend")


@pytest.mark.parametrize(
    ("grant", "given", "clause"),
    [
        (
            {"when": {"item": "book"}},
            {"item": "toy"},
            Clause("item", "toy", "book"),
        ),
        (
            {"when": {"item": "book", "not": {"reader": "child"}}},
            {"item": "novel", "reader": "child"},
            Clause("", "", "not where reader is child"),
        ),
        (
            {"when": {"not": {"reader": "child", "fragile": True}}},
            {"reader": "child", "fragile": True},
            Clause("", "", "not where reader is child and fragile is yes"),
        ),
        (
            {"when": {"satisfies": "loan"}},
            {"item": "novel", "reader": "child"},
            Clause("", "", "not where reader is child", "loan"),
        ),
        (
            {"when": {"item": "book"}, "since": datetime.date(2030, 8, 1), "on": "start"},
            {"item": "novel", "start": datetime.date(2030, 7, 1)},
            Clause("", "", "in force on start"),
        ),
        (
            {"when": {"question": "open-question"}},
            {"open-question": {"value": False, "source": "memo"}},
            Clause("", "", "another answer of counsel"),
        ),
    ],
)
def test_each_clause_says_what_would_do(grant: dict[str, Any], given: dict[str, Any], clause: Clause) -> None:
    definitions = [{"id": "loan", "cite": "(b)", "when": {"item": "book", "not": {"reader": "child"}}}]
    finding = found(grant, given, definitions=definitions)
    assert finding.verdict == "no authority"
    assert [one.clauses for one in finding.failing] == [(clause,)]


def test_what_the_library_does_not_hold_is_called_by_what_it_is() -> None:
    caps = [{"id": "cap", "cite": "(c)", "counts": "cost", "amount": {"value": "ceiling"}, "per": "activity"}]
    given = {"item": "novel", "cost": 400, "fund_year": 2031}
    finding = found({"when": {"item": "book"}}, given, caps=caps, values=VALUES)
    assert finding.verdict == "needs counsel"
    assert [one.subject for one in finding.unknown] == ["the library has no value for the money's year"]
