"""The sample questions, each stated as its story and facts state it, answered as the law answers."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advisor.asking import ask
from authorities.documents import read_document
from authorities.loading import load
from rules.findings import Answer
from rules.judge import LAWFUL
from rules.reading import read_yaml

HERE = Path(__file__).parent
CASES: dict[str, Any] = read_yaml((HERE / "expected.yaml").read_bytes(), "expected.yaml").data["cases"]
TODAY = datetime.date(2026, 11, 21)


@cache
def answered(name: str) -> Answer:
    document = read_document(str(HERE / f"{name}.yaml"))
    return ask(load(), document, today=TODAY, asked=CASES[name].get("asked"), second=False)


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_the_laws(name: str) -> None:
    assert answered(name).verdict == CASES[name]["verdict"]


@pytest.mark.parametrize("name", CASES)
def test_every_fitting_authority_is_among_the_best_and_no_tempting_one_is_lawful(name: str) -> None:
    for line in answered(name).lines:
        best = {f.authority for f in line.findings if f.verdict == line.verdict}
        assert set(CASES[name]["fit"]) <= best
        lawful = {f.authority for f in line.findings if f.verdict in LAWFUL}
        assert not lawful & set(CASES[name]["tempting"])


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.get("outstanding")])
def test_the_conditions_of_the_answer_are_among_the_steps_shown(name: str) -> None:
    first = CASES[name]["fit"][0]
    shown = {
        d.ref.key for line in answered(name).lines for f in line.findings if f.authority == first for d in f.duties
    }
    assert set(CASES[name]["outstanding"]) <= shown


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.get("needs")])
def test_what_is_missing_is_named(name: str) -> None:
    for line in answered(name).lines:
        missing = {u.id for f in line.findings if f.verdict == line.verdict for u in f.unknown}
        assert set(CASES[name]["needs"]) <= missing


def test_k01_is_barred_because_general_purpose_forces_trained_only_with_military_forces() -> None:
    finding = answered("K-01").lines[0].findings[0]
    assert any("military" in bar.ref.key and bar.state == "true" for bar in finding.bars)


def test_k43_a_defense_waiver_does_not_lift_the_limit_on_foreign_military_financing() -> None:
    finding = answered("K-43").lines[0].findings[0]
    assert [b.ref.key for b in finding.bars if b.state == "true"] == ["22-usc-2378d.gross-violation"]


def test_k32_says_what_replaced_the_repealed_section() -> None:
    assert "Section 333" in answered("K-32").lines[0].findings[0].in_force


def test_t21_the_notice_holds_the_contents_for_construction() -> None:
    [construction] = [line for line in answered("T-21").lines if line.element == "construction"]
    [finding] = [f for f in construction.findings if f.authority == "10-usc-333"]
    assert "construction-notice" in {d.ref.key for d in finding.duties}
