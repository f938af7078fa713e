"""A second opinion: the rule language read again, line by line, by code that shares nothing with the first.

It takes the parsed library and one line as plain data, resolves dates, values, taxonomy, definitions,
tables and presumptions in its own naive way into letters (T, F, and P, C, S for an unknown by its supplier),
and lets `durable-rules` chain from the letters to the verdicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.second import _chain as chain
from rules.second import _durable as durable
from rules.second import _findings as findings
from rules.second import _verdict as verdict
from rules.second._case import Case
from rules.second._errors import BoundExceeded, ChainMismatch, SecondOpinionError, SecondOpinionUnavailable
from rules.second._letters import F, T
from rules.second._library import Library

__all__ = [
    "BoundExceeded",
    "ChainMismatch",
    "Finding",
    "Opinion",
    "SecondOpinionError",
    "SecondOpinionUnavailable",
    "available",
    "second_opinion",
]

available = durable.available


@dataclass(frozen=True, slots=True)
class Finding:
    """One authority on one line.

    `letters`: provision id -> letter (a limit's as `limit.id`): grants, bars with reach, relief and defeat,
    duties as they apply, caps as bars, funds as usable (`not` funds as bars). `grants`, `bars`, `money` are
    the three sums. `outstanding`: duties due before the activity. `needs_only`: an `only` account is unsaid.
    `other_money`: what fails is the money named, so the authority is out of the comparison. `trace`: the
    rules fired.
    """

    verdict: str
    letters: Mapping[str, str]
    outstanding: tuple[str, ...] = ()
    grants: str = F
    bars: str = F
    money: str = F
    needs_only: bool = False
    other_money: bool = False
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """The findings by authority id (or by what was asked alone), and the verdict on the line."""

    findings: Mapping[str, Finding] = field(default_factory=dict)
    line_verdict: str = verdict.NO_AUTHORITY


_latest: list[Library] = []


def second_opinion(
    raw: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    known: date,
    today: date,
    strict: bool = False,
    asked: str | None = None,
    explain: str | None = None,
) -> Opinion:
    """Judges one line under every authority, or what is `asked`: an authority, limit, account, `file.fund`.

    `raw`: the parsed library, {"authorities": {id: file}, "limits", "definitions": {id: file}, "accounts",
    "facts", "terms", "questions", "acts": {id: fields}, "interpretations": [...], "laws": {number: day},
    "tables": {id: {..., "rows": [...]}}}; it must not be changed afterwards.
    `facts`: fact id -> value, with `acts`, `questions` and `cap_others` ({(file id, cap id or group): amount
    that sibling lines count}).
    `known`: judged with what was enacted by that day. `explain`: the authority whose trace is wanted from its
    fact tests up (default: `asked`; "" for none).

    Raises SecondOpinionUnavailable without `durable-rules`, ChainMismatch where the forward chain differs
    from the plain reading, SecondOpinionError where the library cannot be read.
    """
    if not available():
        raise SecondOpinionUnavailable("durable-rules is not available, so no second opinion was taken")
    case = Case(_indexed(raw), facts, known, today, strict)
    wanted = asked if explain is None else explain
    if asked is not None and asked not in case.library.authorities:
        finding = _finding(findings.alone(case, asked), asked == wanted)
        return Opinion({asked: finding}, finding.verdict)
    names = [asked] if asked is not None else list(case.library.authorities)
    found = {}
    for name in names:
        assembly = findings.authority(case, case.library.authorities[name], name == asked)
        found[name] = _finding(assembly, name == wanted)
    if asked is not None:
        return Opinion(found, found[asked].verdict)
    return Opinion(found, _line(case, found))


def _indexed(raw: Mapping[str, Any]) -> Library:
    """The index of `raw`, kept for the library used last."""
    if not _latest or _latest[0].raw is not raw:
        _latest[:] = [Library(raw)]
    return _latest[0]


def _finding(assembly: findings.Assembly, explained: bool) -> Finding:
    standing = assembly.standing
    assert standing is not None
    says, fired = chain.conclude(standing)
    trace = chain.explain(assembly) if explained else []
    money_fails = standing.in_force and standing.money == T and says == verdict.PROHIBITED
    return Finding(
        verdict=says,
        letters=assembly.letters,
        outstanding=tuple(assembly.outstanding),
        grants=standing.grants,
        bars=standing.bars,
        money=standing.money,
        needs_only=assembly.needs_only,
        other_money=money_fails and standing.bars != T and not assembly.cap_barred and assembly.other_money,
        trace=(*trace, f"{says}: {fired}"),
    )


def _line(case: Case, found: Mapping[str, Finding]) -> str:
    """The best finding whose money will do; if that is no authority, a limit may bar the line itself."""
    best = verdict.best(finding.verdict for finding in found.values() if not finding.other_money)
    if best == verdict.NO_AUTHORITY:
        account = findings.named_money(case)
        if any(node.letter == T for _, node in findings.limits_of_line(case, account)):
            return verdict.PROHIBITED
    return best
