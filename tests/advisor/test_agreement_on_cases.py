"""Engine against engine: the library's own cases, and the questions that faults are planted against."""

from __future__ import annotations

import datetime

import pytest

from advisor.asking import ask
from authorities.casework import problem_of
from rules.faults import FaultsError
from rules.proposals import from_mapping
from rules.provisions import LawFile
from tests.support.agreement import TODAY
from tests.support.questions import questions
from tests.support.shipped import LIBRARY, LOADED, SHELF

FILES = [file for file in LIBRARY.files() if file.cases]
AGREED: set[tuple[tuple[str, int], datetime.date, bool]] = set()
"""The cases (file, which) that both were asked and agreed on, with what was known and whether nothing was presumed."""


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.id)
def test_every_case_holds_and_both_implementations_agree_on_it(file: LawFile) -> None:
    for i, case in enumerate(file.cases):
        document = from_mapping({"date": case.date, **case.given}, case.name)
        known = case.known or TODAY
        asked = case.under or file.id
        found = ask(LOADED, document, today=case.date, known=known, strict=case.strict, asked=asked, shelf=SHELF)
        assert not problem_of(case, found.lines[0].findings[0]), case.name
        AGREED.add(((file.id, i), known, case.strict))


def test_without_a_fault_nothing_is_caught() -> None:
    """What test_planted_faults.py asks, asked without a fault. What was agreed on above, asked alike, is not asked again."""
    for one in questions(LIBRARY):
        if one.place is not None and (one.place, TODAY, False) in AGREED:
            continue
        try:
            ask(LOADED, from_mapping(one.given, "planted"), today=one.today, known=TODAY, asked=one.asked, shelf=SHELF)
        except FaultsError:
            continue
