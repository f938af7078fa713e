"""The questions of law of an authority: open, lapsed or answered in the memo's year, each with who decides it."""

from __future__ import annotations

from authorities.memo.frame import DaySpeaker, Frame
from authorities.memo.law import Law
from authorities.memo.model import NO_OWNER, Given, Unsettled
from authorities.showing import Asked, questions
from authorities.standing import Standing, standings
from rules.library import Interpretation
from rules.provisions import Provision


def standing_by_question(frame: Frame) -> dict[str, Standing]:
    """How each question stands in the memo's year by what was answered up to its day."""
    return {one.question.id: one for one in standings(frame.library, {}, frame.last)}


def unsettled(law: Law, standing: dict[str, Standing]) -> tuple[Unsettled, ...]:
    """The questions that a provision in force asks."""
    return tuple(
        _unsettled(law, asked, standing[asked.question.id])
        for asked in questions(law.library, law.file)
        if any(law.live(one) for one in _askers(law, asked))
    )


def _askers(law: Law, asked: Asked) -> list[Provision]:
    own = {one.id: one for one in law.file.provisions()}
    others = {f"{f.id}.{d.id}": d for f in law.library.definitions.values() for d in f.definitions}
    return [found for id_ in asked.decides if (found := own.get(id_) or others.get(id_)) is not None]


def _unsettled(law: Law, asked: Asked, how: Standing) -> Unsettled:
    q = asked.question
    speaker = DaySpeaker(law.frame, law.file, law.day)
    owner = q.decides if q.decides and q.decides != "unknown" else NO_OWNER
    answers = tuple(_given(speaker, one) for one in how.interpretations)
    return Unsettled(q.id, q.words, q.statute, q.positions, owner, q.turns_on, how.state, answers)


def _given(speaker: DaySpeaker, one: Interpretation) -> Given:
    years = tuple(sorted(one.fiscal_years))
    return Given(one.answer, one.office, one.memo, one.dated, years, speaker.phrase(one.when))
