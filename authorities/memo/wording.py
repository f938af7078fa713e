"""Cites, lives and facts in the memo's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from authorities.memo.frame import DAY, DaySpeaker, Frame
from authorities.memo.model_money import Statement
from authorities.showing import law_words
from authorities.showing._lives import day_words, years_words
from authorities.showing._view import marks
from rules import conditions as c
from rules.provisions import LawFile, Life, Provision
from rules.words import amount, listed

_ON = {
    "start": "judged on the day it starts",
    "delivery": "judged on the day of delivery",
    "end": "judged on the day it ends",
}


def cite_words(statute: str, cite: str) -> str:
    """``10 U.S.C. 333(c)(1), (g)``; ``Public Law 116-283, section 1256 (10 U.S.C. 333 note), at (a)``."""
    pinpoint = cite.replace("*", "").strip()
    if statute.endswith(")") and pinpoint:
        return f"{statute}, at {pinpoint}"
    return f"{statute}{'' if pinpoint.startswith('(') else ' '}{pinpoint}".strip()


def life_words(life: Life) -> str:
    """``since 23 December 2016 (Pub. L. 114-328, section 1241)``, with the last day and by which Act it ended."""
    says = years_words(life.fund_years) if life.fund_years is not None else f"since {day_words(life.since)}"
    says += f" ({law_words(life.law)})" if life.law is not None else ""
    if life.until is not None and life.fund_years is None:
        says += f", through {day_words(life.until - DAY)}"
        if life.ended_by is not None and life.ended_by != life.law:
            says += f" ({law_words(life.ended_by)})"
    return says + (f"; {_ON[life.on]}" if life.on in _ON else "")


def stated(file: LawFile, one: Provision) -> Statement:
    """A provision as a statement."""
    until = one.life.until if one.life.fund_years is None else None
    last = until - DAY if until is not None else None
    return Statement(one.id, cite_words(file.statute, one.cite), one.gist, life_words(one.life), marks(one), last)


def facts_words(frame: Frame, file: LawFile, day: date, given: Mapping[str, Any]) -> dict[str, str]:
    """What a case says, fact by fact, in words; acts each under their own key."""
    speaker = DaySpeaker(frame, file, day)
    out: dict[str, str] = {}
    for key, raw in given.items():
        if key == "acts":
            out |= {f"act {id_}": _act(frame, id_, state) for id_, state in raw.items()}
        elif key != "title":
            value = raw["value"] if isinstance(raw, Mapping) else raw
            out[key] = _fact(frame, speaker, key, value)
    return out


def _act(frame: Frame, id_: str, state: Any) -> str:
    act = frame.library.vocabulary.acts[id_]
    said = f"done on {day_words(state)}" if isinstance(state, date) else str(state)
    return f"{said}: {act.gist} ({act.actor})"


def _fact(frame: Frame, speaker: DaySpeaker, key: str, value: Any) -> str:
    question = frame.library.questions.get(key)
    if question is not None:
        return f"counsel has answered {'yes' if value else 'no'} on “{question.words}”"
    if value == "unknown":
        return f"{speaker.fact(key)}: not known"
    if isinstance(value, bool):
        return speaker.leaf(c.Equals(key, value))
    values = value if isinstance(value, list | tuple) else (value,)
    kind = frame.library.vocabulary.facts[key].type
    said = listed([speaker.operand(key, one) if kind != "date" else amount(one) for one in values], "and")
    return f"{speaker.fact(key)}: {said or 'none'}"
