"""What an answer says of counsel's sign-offs: how the provisions stand that the verdicts shown rest on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from authorities.signed import States, in_words, states
from rules.findings import Answer, Finding, LineAnswer
from rules.judge import LAWFUL
from rules.library import Library

NONE = "No provision of this answer has been signed by counsel."
_MOST = 4
"""How many stale provisions the line names."""


def reviewed(answer: Answer, folder: Path, library: Library) -> Answer:
    """The answer, with how what it rests on stands with counsel, by the sign-offs in the library's folder.

    ``review``: ``says``, the line that is shown; and ``provisions``, each ``file.provision`` with its ``state`` (signed,
    stale, unsigned) and what of it ``changed``. Raises FaultsError for sign-offs that cannot be read.
    """
    known = states(folder, library)
    rows = [
        {"provision": one, "state": state, "changed": list(changed)}
        for one in rests_on(answer)
        for state, changed in [known.get(one, ("unsigned", ()))]
    ]
    return answer._replace(review={"says": _says(rows, known), "provisions": rows})


def rests_on(answer: Answer) -> list[str]:
    """The provisions (``file.provision``) that the verdict of each authority shown rests on, in the order shown."""
    found: dict[str, None] = {}
    for line in answer.lines:
        found.update(dict.fromkeys(bar.ref.key for bar in line.barred_by))
        for finding in shown(line, asked=answer.asked is not None):
            owner = finding.authority.partition(".")[0]
            found.update(dict.fromkeys(key if "." in key else f"{owner}.{key}" for key in _keys(finding)))
    return list(found)


def shown(line: LineAnswer, *, asked: bool) -> list[Finding]:
    """The findings that the screen shows whole: the best, where a line is lawful; else the first three that say so."""
    if line.verdict == "no authority" and not asked:
        return []
    some = [f for f in line.findings.read if f.verdict == line.verdict and not f.other_money]
    return some[:1] if line.verdict in LAWFUL else some[:3]


def _keys(finding: Finding) -> Iterator[str]:
    """What decides a finding, and what it tells to do, to pay with and to mind."""
    yield from finding.deciding
    if finding.verdict != "no authority":
        yield from (bar.ref.key for bar in finding.bars)
        yield from (todo.ref.key for todo in (*finding.duties, *finding.follow_up))
        yield from (money.ref.key for money in finding.funds)


def _says(rows: list[dict[str, Any]], known: States) -> str:
    if not rows and known:
        return "No provision permits this, so no sign-off of a provision speaks to it."
    signed = sum(one["state"] == "signed" for one in rows)
    stale = [one for one in rows if one["state"] == "stale"]
    if not signed and not stale:
        return NONE
    if signed == len(rows):
        what = "All" if signed > 1 else "The"
        number = f" {signed}" if signed > 1 else ""
        return f"{what}{number} {_provisions(signed)} this answer rests on {_are(signed)} signed by counsel."
    begin = f"{signed} of {len(rows)} {_provisions(len(rows))} this answer rests on {_are(signed)} signed by counsel"
    return f"{begin}; stale: {_stale(stale)}." if stale else f"{begin}."


def _stale(some: list[dict[str, Any]]) -> str:
    said = [f"{one['provision']} (changed: {', '.join(in_words(one['changed']))})" for one in some[:_MOST]]
    more = [f"{len(some) - _MOST} more"] if len(some) > _MOST else []
    return ", ".join([*said, *more])


def _provisions(number: int) -> str:
    return "provision" if number == 1 else "provisions"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
