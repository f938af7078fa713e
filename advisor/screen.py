"""The answer as a page of text: the first screen is what a busy planner needs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date

from authorities.home import edition_named
from authorities.notice import notice
from rules.findings import Answer, Bar, Filled, Finding, LineAnswer, Todo
from rules.judge import LAWFUL, VERDICTS
from rules.library import Library
from rules.words import listed

WIDTH = 100
HOW = "--all or --under lists them"
PART = {"partly_sourced": "part of it was inferred", "general_knowledge": "no source was read, verify"}
"""What a basis that is not ``sourced`` means."""
_MEANING = {
    "permitted": "lawful as described",
    "conditional": "lawful once the steps below are done",
    "needs facts": "not yet decided: facts are missing",
    "needs counsel": "not yet decided: counsel must answer an open question of law",
    "prohibited": "not lawful: a law forbids it",
    "no authority": "not lawful: no law in this library permits it",
}


def day(value: date) -> str:
    """``15 March 2026``."""
    return f"{value.day} {value:%B} {value.year}"


def render(answer: Answer, *, every: bool = False, library: Library | None = None) -> str:
    """The whole page."""
    out: list[str] = [f"{answer.verdict.upper()}: {_MEANING[answer.verdict]}."]
    if answer.title:
        out.append(answer.title)
    out.append("")
    if answer.filled:
        out += [*_filled(answer), ""]
    for number, line in enumerate(answer.lines, start=1):
        out += _line(answer, line, number, every)
    review = textwrap.wrap(answer.review.get("says", ""), WIDTH, break_on_hyphens=False)
    out += [_second(answer), *review, notice(library, edition_named(answer.edition))]
    return "\n".join(out) + "\n"


def _filled(answer: Answer) -> list[str]:
    """What reference lists supplied to the proposal: each value with its source and date, the same ones together."""
    same: dict[Filled, list[Filled]] = {}
    for one in answer.filled:
        alike = one._replace(line=0, value="") if one.fact == "partner" else one._replace(line=0)
        same.setdefault(alike, []).append(one)
    out = ["Filled in"]
    for fact, many in same.items():
        values = listed(list(dict.fromkeys(one.value for one in many if one.value)), "and")
        numbers = listed([str(one.line) for one in many], "and")
        where = f" (line {numbers})" if fact.fact != "partner" and len(answer.lines) > 1 else ""
        part = f"; {fact.basis.replace('_', ' ')}: {PART[fact.basis]}" if fact.basis in PART else ""
        out += _wrapped(fact.fact.removeprefix("military_"), f"{values or 'not filled in'}: {fact.says}{where}{part}")
    sources = [f"{one.source}{f', as of {day(one.as_of)}' if one.as_of else ''}" for one in answer.filled]
    for source in dict.fromkeys(sources):
        out += _wrapped("Source", source)
    return out


def _second(answer: Answer) -> str:
    taken = answer.second_opinion
    if taken.get("taken"):
        return "Two independent implementations agree on every verdict."
    return f"No second opinion was taken: {taken.get('why', 'unavailable')}."


def _line(answer: Answer, line: LineAnswer, number: int, every: bool) -> list[str]:
    place = f" with {line.partner}" if line.partner else ""
    many = f"{number}. " if len(answer.lines) > 1 else ""
    out = [f"{many}{line.element}{place}, decided {day(line.day)}: {line.verdict.upper()}"]
    shown = [f for f in line.findings.read if f.verdict == line.verdict and not f.other_money]
    if answer.asked is not None or line.verdict not in ("no authority",):
        for finding in shown[:1] if line.verdict in LAWFUL else shown[:3]:
            out += _finding(finding, every or answer.asked is not None)
        rest = shown[1:] if line.verdict in LAWFUL else shown[3:]
        if rest:
            out += _wrapped("Also", listed([f"{f.short} ({f.statute})" for f in rest], "and") + f": {line.verdict}.")
    for bar in line.barred_by:
        out += _bar(bar)
    if every:
        out += _every(line, shown[:1])
    else:
        out += _others(answer, line, shown)
    return [*out, ""]


def _finding(finding: Finding, whole: bool) -> list[str]:
    lawful = finding.verdict in LAWFUL
    out: list[str] = []
    for ref in finding.relies_on if lawful else ():
        out += _wrapped("Authority", f"{finding.short}, {ref.citation}: {ref.gist}")
    if not out:
        said = f"{finding.short} ({finding.statute}): {finding.verdict}"
        out += _wrapped("Authority", f"{said}; {finding.in_force}." if finding.in_force else f"{said}.")
    if finding.basis != "text":
        out += _wrapped("Basis", finding.basis)
    for bar in finding.bars:
        if bar.state == "true" or finding.verdict == "conditional":
            out += _bar(bar)
    for failing in finding.failing[:2]:
        out += _wrapped("Why not", _why(failing))
    if not lawful:
        out += _missing(finding)
    if finding.duties and (lawful or whole):
        out.append("  Before it starts")
        for same in _by_act(finding.duties):
            out += _todo(same, whole)
    elif finding.duties:
        n = len(_by_act(finding.duties))
        out += _wrapped(
            "Then", f"{n} step{'s' * (n != 1)} before it starts (--under lists {'them' if n != 1 else 'it'})."
        )
    for condition in finding.conditions:
        out += _wrapped("Condition", condition)
    for money in finding.funds:
        names = listed([name for _, name in money.accounts])
        end = f"; the activity must end by {day(money.end_by)}" if money.end_by else ""
        years = f"; {money.years}" if money.years else ""
        only = "only " if money.only else ""
        out += _wrapped("Money", f"{only}{names}{years}{end} ({money.ref.citation})")
    if lawful:
        out += _missing(finding)
    for assumed in finding.assumptions:
        out += _wrapped("Assumed", f"{assumed.fact}: {assumed.value} ({assumed.source})")
    if finding.follow_up:
        gists = listed(list(dict.fromkeys(f"{t.ref.gist.rstrip('.')} ({t.when})" for t in finding.follow_up)), "and")
        out += _wrapped("Afterwards", gists + ".")
    return out


def _missing(finding: Finding) -> list[str]:
    """What is missing, and who can say."""
    out: list[str] = []
    for one in finding.unknown:
        who = one.supplier if one.supplier.startswith("counsel") else f"the {one.supplier}"
        why = f" ({one.why})" if one.why else ""
        what = one.question if one.subject == one.question else f"{one.subject}: {one.question}"
        out += _wrapped("Missing", f"{what}{why} \u2014 {who}")
    return out


def _by_act(duties: Iterable[Todo]) -> list[list[Todo]]:
    """Duties that one act discharges, together; the soonest due first."""
    acts: dict[str, list[Todo]] = {}
    for todo in sorted(duties, key=lambda t: (t.due or date.max, t.ref.key)):
        acts.setdefault(todo.act, []).append(todo)
    return list(acts.values())


def _todo(same: list[Todo], whole: bool) -> list[str]:
    todo = same[0]
    by = f"by {day(todo.due)}" if todo.due else f"before the {todo.when.rsplit(' ', 1)[-1]}"
    if_ = "if it applies: " if all(t.if_ for t in same) else ""
    personal = " (not delegable)" if todo.delegable is False else ""
    cites = listed(list(dict.fromkeys(t.ref.citation for t in same)), "and")
    first = f"    {by:<22} {if_}{todo.gist} \u2014 {todo.actor}{personal}, {cites}"
    out = textwrap.wrap(first, WIDTH, subsequent_indent=" " * 27, break_long_words=False)
    inner = " " * 27
    if todo.wait_days:
        out += textwrap.wrap(f"at least {todo.when}", WIDTH, initial_indent=inner, subsequent_indent=inner)
    holds = [gist for t in same for _, gist in t.contents]
    holds += [t.ref.gist.rstrip(".") for t in same[1:] if not t.contents]
    if holds:
        listed_whole = whole or len(holds) < 3
        said = (
            "It holds: " + "; ".join(dict.fromkeys(holds)) + "."
            if listed_whole
            else f"It holds {len(holds)} things: {HOW}."
        )
        out += textwrap.wrap(said, WIDTH, initial_indent=inner, subsequent_indent=inner + "  ")
    return out


def _bar(bar: Bar) -> list[str]:
    word = "Barred" if bar.state == "true" else "Depends"
    out = _wrapped(word, f"{bar.ref.gist.rstrip('.')} ({bar.ref.citation}){': ' + bar.why if bar.why else ''}")
    for relief in bar.reliefs:
        for _, gist, actor in relief.acts:
            out += _wrapped("  Relief", f"{gist} \u2014 {actor}")
        if relief.first_start:
            out += _wrapped("  Relief", f"the first lawful day is {day(relief.first_start)}")
    return out


def _why(failing: object) -> str:
    from rules.findings import Failing

    assert isinstance(failing, Failing)
    said = []
    for clause in failing.clauses[:4]:
        within = f" (for {clause.within})" if clause.within else ""
        found = f"{clause.fact.replace('_', ' ')} is {clause.found}; " if clause.fact else ""
        said.append(f"{found}would do{within}: {clause.would_do}")
    more = f" (and {len(failing.clauses) - 4} more)" if len(failing.clauses) > 4 else ""
    return f"{failing.grant.citation}: " + "; ".join(said) + more


def _others(answer: Answer, line: LineAnswer, shown: list[Finding]) -> list[str]:
    """Undecided ones, near misses, other money and doors, each in a line."""
    if answer.asked is not None:
        return []
    out: list[str] = []
    found = line.findings
    rest = [f for f in found.read if f not in shown]
    undecided = [f for f in rest if f.verdict in VERDICTS[2:4]]
    for finding in undecided[:3]:
        missing = listed([u.subject for u in finding.unknown[:4]], "and")
        out += _wrapped("Undecided", f"{finding.short}: {finding.verdict} ({missing})")
    money = [f for f in rest if f.other_money]
    if money:
        out += _wrapped("Other money", listed([f.short for f in money], "and") + " would do with other money.")
    near = [f for f in rest if f.verdict == "prohibited" and not f.other_money]
    misses, doors = (3, 4) if len(answer.lines) == 1 else (1, 1)
    near += [found.of(id_) for id_ in [id_ for id_ in found.near if id_ not in found.doors][:misses]]
    for finding in near[:misses]:
        out += _wrapped("Near miss", f"{finding.short}: {_short_reason(finding)}")
    for finding in [found.of(id_) for id_ in found.near if id_ in found.doors][:doors]:
        out += _wrapped(
            "Door", f"{finding.short} opens on the answer to: {' '.join(d.question for d in finding.doors)}"
        )
    return out


def _short_reason(finding: Finding) -> str:
    if finding.verdict == "prohibited":
        bars = [b for b in finding.bars if b.state == "true"]
        return "; ".join(f"{b.ref.gist.rstrip('.')} ({b.ref.citation})" for b in bars[:2])
    return _why(finding.failing[0]) if finding.failing else finding.in_force


def _every(line: LineAnswer, shown: Iterable[Finding]) -> list[str]:
    out = ["  Every authority"]
    for finding in line.findings:
        if finding in shown:
            continue
        reason = finding.in_force or _short_reason(finding) if finding.verdict in VERDICTS[4:] else ""
        if finding.verdict in VERDICTS[2:4]:
            reason = "missing: " + listed([u.id for u in finding.unknown], "and")
        out += _wrapped(finding.short, f"{finding.verdict}{'. ' + reason if reason else ''}", 30)
    return out


def _wrapped(label: str, text: str, room: int = 13) -> list[str]:
    head = f"  {label:<{room - 2}} "
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * (room + 1), break_long_words=False)
