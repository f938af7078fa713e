"""Properties of the judge, held on random proposals of the real library."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answering import answer
from rules.evaluate import Evaluation, Variants
from rules.faults import FaultsError
from rules.judge import LAWFUL, UNLAWFUL
from rules.lines import UNKNOWN, Batch, Unchanged
from rules.nodes import CapLeaf
from rules.proposals import Proposal, expand, from_mapping
from tests.support.generator import Generator
from tests.support.shipped import LIBRARY, SHELF

TODAY = datetime.date(2026, 11, 21)
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
RUNS = settings(max_examples=150, deadline=None, derandomize=True)


Made = tuple[Generator, dict[str, Any]]
"""A generator, with the proposal it drew."""


def drawn(seed: int) -> Made | None:
    """A proposal without faults; None for the few that have some."""
    generator = Generator(LIBRARY, seed)
    data, _ = next(generator.draw(1))
    try:
        expanded(data)
    except FaultsError:
        return None
    return generator, data


DRAWN = SEEDS.map(drawn).filter(lambda made: made is not None)


def expanded(data: dict[str, Any]) -> Proposal:
    return expand(LIBRARY, from_mapping(data, "drawn"), today=TODAY)


def verdicts(data: dict[str, Any], *, strict: bool = False) -> list[dict[str, str]]:
    found = answer(LIBRARY, SHELF, expanded(data), known=TODAY, today=TODAY, strict=strict)
    read = [{f.authority: f.verdict for f in line.findings.read} for line in found.lines]
    return [{id_: one.get(id_, "no authority") for id_ in LIBRARY.authorities} for one in read]


def settled_class(verdict: str) -> str | None:
    return "lawful" if verdict in LAWFUL else "unlawful" if verdict in UNLAWFUL else None


@RUNS
@given(DRAWN)
def test_a_further_fact_never_moves_a_settled_class(made: Made) -> None:
    """Nothing presumed, no opener or choice added, acts and tables fixed: only planner's and counsel's facts."""
    generator, data = made
    before = verdicts(data, strict=True)
    unsaid = [
        f
        for f in generator.facts
        if f.id not in data
        and not (f.opener or f.choice or f.table or f.derived)
        and f.supplier in ("planner", "counsel")
    ]
    unsaid = [f for f in unsaid if f.id not in _keys_of_tables()]
    more = dict(data)
    for fact in generator.random.sample(unsaid, k=min(3, len(unsaid))):
        generator.state(more, fact)
    try:
        after = verdicts(more, strict=True)
    except FaultsError:
        return
    for was, now in zip(before, after, strict=True):
        for authority, verdict in was.items():
            if settled_class(verdict) is not None:
                assert settled_class(now[authority]) == settled_class(verdict), (authority, data, more)


def _keys_of_tables() -> set[str]:
    return {f.keyed_by for f in LIBRARY.vocabulary.facts.values() if f.keyed_by}


@RUNS
@given(DRAWN)
def test_an_unknown_in_a_bar_never_ends_in_permitted(made: Made) -> None:
    found = answer(LIBRARY, SHELF, expanded(made[1]), known=TODAY, today=TODAY)
    for line in found.lines:
        for finding in line.findings.read:
            if finding.verdict == "permitted":
                assert not [b.ref.key for b in finding.bars]


@RUNS
@given(DRAWN)
def test_what_is_unknown_when_withdrawn_is_never_permitted_by_silence(made: Made) -> None:
    """Each presumption written as unknown: what was permitted on it is then open, or rests on something else."""
    _, data = made
    found = answer(LIBRARY, SHELF, expanded(data), known=TODAY, today=TODAY)
    for number, line in enumerate(found.lines):
        for finding in line.findings.read:
            for assumed in finding.assumptions:
                if assumed.source.startswith("table") or any(
                    assumed.fact in element for element in data.get("elements", ())
                ):
                    continue
                now = verdicts({**data, assumed.fact: UNKNOWN})[number][finding.authority]
                assert now != finding.verdict


@RUNS
@given(DRAWN)
def test_an_authority_left_unread_has_no_authority_when_read_whole(made: Made) -> None:
    """Doors only ever shut out what reading every condition would: each finding not read is made, and looked at."""
    found = answer(LIBRARY, SHELF, expanded(made[1]), known=TODAY, today=TODAY)
    for line in found.lines:
        unread = line.findings[len(line.findings.read) :]
        assert [one.authority for one in unread] == [*line.findings.near, *line.findings.shut]
        assert {one.authority for one in line.findings} == set(LIBRARY.authorities)
        assert {one.verdict for one in unread} <= {"no authority"}


@RUNS
@given(DRAWN)
def test_a_door_is_told_before_its_finding_is_made(made: Made) -> None:
    """Which near authorities open on an unspoken circumstance: as counted, and as explained."""
    found = answer(LIBRARY, SHELF, expanded(made[1]), known=TODAY, today=TODAY)
    for line in found.lines:
        explained = {id_ for id_ in line.findings.near if line.findings.of(id_).doors}
        assert explained == set(line.findings.doors)


@RUNS
@given(DRAWN)
def test_a_variant_judged_from_what_stood_is_as_judged_anew(made: Made) -> None:
    """Presumptions withdrawn and reliefs done: what a variant does not touch is taken from the line itself."""
    proposal = expanded(made[1])
    found = answer(LIBRARY, SHELF, proposal, known=TODAY, today=TODAY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Variants, "planes", Evaluation.planes)
        anew = answer(LIBRARY, SHELF, proposal, known=TODAY, today=TODAY)
    assert [line.findings.read for line in found.lines] == [line.findings.read for line in anew.lines]


@RUNS
@given(DRAWN)
def test_splitting_a_proposals_elements_into_proposals_changes_no_line(made: Made) -> None:
    """But for what caps count, which the lines of one proposal share: it is left unsaid here."""
    generator, data = made
    counted = {cap.counts for file in LIBRARY.files() for cap in file.caps}
    data = generator.split({k: v for k, v in data.items() if k not in counted})
    elements = [{k: v for k, v in one.items() if k not in counted} for one in data.get("elements", ())]
    if not elements:
        return
    data = {**data, "elements": elements}
    together = verdicts(data)
    shared = {k: v for k, v in data.items() if k != "elements"}
    apart = [line for one in elements for line in verdicts({**shared, "elements": [one]})]
    assert together == apart


def test_what_is_counted_under_a_shared_cap_is_counted_anew() -> None:
    """Also where each line that shares it stands alone in its rulebook; alone, it stands as it stood."""
    [line] = expanded({"element": "incremental-expenses", "partner": "PHL", "cost": 400}).lines
    cap = next(cap for file in LIBRARY.files() for cap in file.caps if cap.counts == "cost")
    leaf = CapLeaf(False, ("file", cap.id), cap, 500)
    stood = Evaluation(Batch(LIBRARY, [line]))
    was = stood.planes(leaf)
    same = [Unchanged(stood.batch, 0, frozenset({"recipient_level"}))]
    stands = {id(stood.batch): stood}
    batch = Batch(LIBRARY, [line], same=same)
    beside = Variants(batch, stood.reads, stands, same, beside=True).counting({(leaf.key, 0): 200}, {})
    alone = Variants(batch, stood.reads, stands, same, beside=False).counting({(leaf.key, 0): 200}, {})
    assert (was.t, beside.planes(leaf).t) == (0, 1)
    assert alone.planes(leaf) == was
