"""A second opinion: the rule language read again, line by line, by code that shares nothing with the first.

It takes the parsed library and the proposal as plain data, expands the proposal into lines, resolves dates,
values, taxonomy, definitions, tables and presumptions in its own naive way into letters (T, F, and P, C, S for
an unknown by its supplier), and lets `durable-rules` chain from the letters to the verdicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.second import _chain as chain
from rules.second import _durable as durable
from rules.second import _findings as findings
from rules.second import _verdict as verdict
from rules.second._alone import alone
from rules.second._case import Case
from rules.second._deciding import deciding
from rules.second._errors import BoundExceeded, ChainMismatch, SecondOpinionError, SecondOpinionUnavailable
from rules.second._expand import lines
from rules.second._letters import F, T
from rules.second._library import Library
from rules.second._node import text
from rules.second._outline import outline
from rules.second._siblings import share

__all__ = [
    "BoundExceeded",
    "ChainMismatch",
    "Finding",
    "Opinion",
    "SecondOpinionError",
    "SecondOpinionUnavailable",
    "available",
    "outline",
    "second_opinion",
    "second_opinions",
]

available = durable.available


@dataclass(frozen=True, slots=True)
class Finding:
    """One authority on one line.

    `letters`: provision id -> letter (a limit's as `limit.id`): grants, bars with reach, relief and defeat,
    duties as they apply, caps as bars, funds as usable (`not` funds as bars); the grants only, where all of
    them fail and the authority was not asked about. `grants`, `bars`, `money` are the three sums (F where not
    read). `outstanding`: duties due before the activity, also those that only may apply. `needed`: `only`
    funds whose account is unsaid. `deciding`: the provisions that decide the verdict. `other_money`: what
    fails is the money named, so the authority is out of the comparison. `trace`: the rules fired.
    """

    verdict: str
    letters: Mapping[str, str]
    outstanding: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    grants: str = F
    bars: str = F
    money: str = F
    other_money: bool = False
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """The findings by authority id (or by what was asked alone), and the verdict on the line.

    `trace`: the rules fired for the best authority; for what was asked about, from its fact tests up.
    """

    findings: Mapping[str, Finding] = field(default_factory=dict)
    line_verdict: str = verdict.NO_AUTHORITY
    trace: tuple[str, ...] = ()


_latest: list[Library] = []


def second_opinions(
    raw: Mapping[str, Any],
    proposal: Mapping[str, Any],
    *,
    known: date,
    today: date,
    day: date | None = None,
    strict: bool = False,
    asked: str | None = None,
) -> tuple[Opinion, ...]:
    """Judges every line of a proposal, elements in order and within each its partners.

    `raw`: the parsed library, {"settings": {...}, "authorities": {id: file}, "limits", "definitions": {id:
    file}, "accounts", "facts", "terms", "questions", "acts": {id: fields}, "interpretations": [...], "laws":
    {number: day}, "tables": {id: {..., "rows": [...]}}}; it must not be changed afterwards. With "outlines" {id:
    outline(file)} a file whose grants name other kinds of support than the line's is not opened.
    `proposal`: the mapping as the planner wrote it, known to be free of faults. `day`: in place of its stated
    date. `known`: judged with what was enacted by that day. `asked`: an authority, or a limit or `file.fund`
    alone; else every authority.

    Raises SecondOpinionUnavailable without `durable-rules`, ChainMismatch where the forward chain differs
    from the plain reading, SecondOpinionError where the library or the proposal cannot be read.
    """
    _check_available()
    library = _indexed(raw)
    cases = [Case(library, line, known, today, strict, asked is None) for line in lines(library, proposal, day)]
    share(cases, asked)
    return tuple(_opinion(case, asked) for case in cases)


def second_opinion(
    raw: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    known: date,
    today: date,
    strict: bool = False,
    asked: str | None = None,
) -> Opinion:
    """Judges one line already expanded, as `second_opinions` does.

    `facts`: fact id -> value or {value, source}, with `acts`, `questions` and `cap_others` ({(file id, cap id
    or group): amount that sibling lines count}).
    """
    _check_available()
    return _opinion(Case(_indexed(raw), facts, known, today, strict, asked is None), asked)


def _check_available() -> None:
    if not available():
        raise SecondOpinionUnavailable("durable-rules is not available, so no second opinion was taken")


def _indexed(raw: Mapping[str, Any]) -> Library:
    """The index of `raw`, kept for the library used last."""
    if not _latest or _latest[0].raw is not raw:
        _latest[:] = [Library(raw)]
    return _latest[0]


def _opinion(case: Case, asked: str | None) -> Opinion:
    authorities = case.library.authorities
    if asked is not None:
        assembly = findings.authority(case, authorities[asked], True) if asked in authorities else alone(case, asked)
        finding = _finding(assembly, True)
        return Opinion({asked: finding}, finding.verdict, finding.trace)
    found = {
        name: _SHUT
        if findings.shut(case, name)
        else _finding(findings.authority(case, authorities[name], False), False)
        for name in authorities
    }
    running = [finding for finding in found.values() if not finding.other_money]
    best = min(
        running, key=lambda finding: verdict.ORDER.index(finding.verdict), default=Finding(verdict.NO_AUTHORITY, {})
    )
    if best.verdict == verdict.NO_AUTHORITY:
        barred = next((node for node in findings.limits_of_line(case) if node.letter == T), None)
        if barred is not None:
            return Opinion(found, verdict.PROHIBITED, (f"prohibited: {text(barred.label)} bars the line itself",))
    return Opinion(found, best.verdict, best.trace)


_SHUT = Finding(verdict.NO_AUTHORITY, {}, trace=("no authority: no grant names this kind of support",))


def _finding(assembly: findings.Assembly, explained: bool) -> Finding:
    standing = assembly.standing
    says, fired = chain.conclude(standing)
    trace = chain.explain(assembly) if explained else []
    account_only = assembly.wrong_account and not assembly.otherwise_wrong
    return Finding(
        verdict=says,
        letters={name: node.letter for name, _, node in assembly.entries},
        outstanding=tuple(assembly.outstanding),
        deciding=deciding(assembly, says),
        needed=assembly.needed,
        grants=standing.grants,
        bars=standing.bars,
        money=standing.money,
        other_money=says == verdict.PROHIBITED and standing.bars != T and account_only,
        trace=(*trace, f"{says}: {fired}"),
    )
