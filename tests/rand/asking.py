"""How the tests of RAND's findings ask: one proposal with its second opinion, or many lines at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from advisor.asking import ask
from rules.findings import Finding, LineAnswer
from rules.judge import LAWFUL, run
from rules.proposals import expand, from_mapping
from rules.reading import read_yaml
from tests.support.shipped import LIBRARY, LOADED, SHELF

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
OPEN = ("needs facts", "needs counsel")
DATA: dict[str, Any] = read_yaml((HERE / "findings.yaml").read_bytes(), "findings.yaml").data
REACH: dict[str, Any] = read_yaml((HERE / "reach.yaml").read_bytes(), "reach.yaml").data
DAYS: dict[str, date] = DATA["days"]
FINDINGS: dict[str, Any] = {one["id"]: one for one in DATA["findings"]}
BELOW = LIBRARY.vocabulary.taxonomy.below
TRAIN_OR_EQUIP = BELOW["training"] | BELOW["equipping"]

Facts = Mapping[str, Any]


def asked(proposal: Facts, year: str, second: bool) -> LineAnswer:
    """The answer to one proposal of ``findings.yaml`` on the day of a fiscal year."""
    facts = {**proposal["facts"], **proposal[year].get("more", {}), "date": DAYS[year]}
    document = from_mapping(facts, str(proposal["id"]))
    found = ask(LOADED, document, today=TODAY, second=second, shelf=SHELF)
    if second:
        assert found.second_opinion["agrees"]
    [line] = found.lines
    return line


def verdicts(lines: Sequence[tuple[str, Facts]], year: str) -> list[str]:
    """The verdict of an authority on each of many lines (authority, facts), judged together and not explained."""
    wanted = frozenset(authority for authority, _ in lines)
    found = every_verdict([facts for _, facts in lines], year, wanted)
    return [verdict.get(authority, "no authority") for (authority, _), verdict in zip(lines, found, strict=True)]


def every_verdict(lines: Sequence[Facts], year: str, only: frozenset[str] | None = None) -> list[dict[str, str]]:
    """For each of many lines, the authorities (or ``only`` some) that may grant it, with their verdicts."""
    made = [
        expand(LIBRARY, from_mapping({**facts, "date": DAYS[year]}, "line"), today=TODAY, group=number).lines[0]
        for number, facts in enumerate(lines)
    ]
    found: list[dict[str, str]] = [{} for _ in lines]
    for session in run(LIBRARY, SHELF, made, known=TODAY, only=only):
        for authority, judged in session.judged.items():
            for verdict, mask in judged.verdicts.items():
                for i, place in enumerate(session.places if mask and verdict != "no authority" else ()):
                    if mask >> i & 1:
                        found[place][authority] = verdict
    return found


def stops(finding: Finding) -> set[str]:
    """What stops an authority: the facts of the clauses that fail, the bars that are true, or that it is no law."""
    facts = {clause.fact for failing in finding.failing for clause in failing.clauses}
    return (
        facts | {bar.ref.key for bar in finding.bars if bar.state == "true"} | ({"time"} if finding.in_force else set())
    )


def examples(authority: str, year: str, only: frozenset[str] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lawful examples beside an authority that say who receives what, moved to the day of a fiscal year.

    Left out are those that need an open question answered: the answer is for their own recipient.
    """
    for case in LIBRARY.authorities[authority].cases:
        given = dict(case.given)
        if case.under not in (None, authority) or case.verdict not in LAWFUL or "elements" in given:
            continue
        if "recipient" not in given or "element" not in given or set(LIBRARY.questions) & set(given):
            continue
        if only is not None and given["element"] not in only:
            continue
        for dated in ("start", "end", "delivery", "date"):
            given.pop(dated, None)
        if "fund_year" in given:
            given["fund_year"] = DAYS[year].year
        acts = given.get("acts", {})
        given["acts"] = {act: "done" if isinstance(state, date) else state for act, state in acts.items()}
        yield case.name, given


def readdressed(given: Facts, body: Facts) -> dict[str, Any]:
    """The same support for another body."""
    forgotten = {*REACH["forget"], *(REACH["forget_of_a_country"] if "ministry" not in body else ())}
    return {**{fact: value for fact, value in given.items() if fact not in forgotten}, **body}


def examples_for(sweep: str, authority: str, year: str) -> dict[str, dict[str, Any]]:
    """The examples of an authority that a sweep of ``reach.yaml`` looks at, by name."""
    return dict(examples(authority, year, TRAIN_OR_EQUIP if sweep == "train-or-equip" else None))
