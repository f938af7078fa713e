"""The stretches of time on which two editions stand still: days of the law, crossed with days of knowledge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from authorities.proving.lives import Reading, life_key
from rules.derived import FIRST_YEAR, LAST_YEAR
from rules.provisions import LawRef

FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
DAY = timedelta(days=1)


class Cell(NamedTuple):
    """Days from ``first`` to ``last``, as known on the days from ``known`` to ``known_last``; all included."""

    first: date
    last: date
    known: date
    known_last: date


def stretches(*readings: Reading) -> list[tuple[Cell, ...]]:
    """Every cell, in groups on which the same words of every edition are law; the latest known, latest days first.

    The days a proposal can state are covered without a gap or an overlap.
    """
    turns = {day for one in readings for p in one.pieces.values() for day in (p.life.since, p.life.until) if day}
    heard = {day for one in readings for day in (*one.laws().values(), *one.dates)}
    days, knowns = _spans(turns), _spans(heard)
    states = [_State(one, [span[0] for span in days]) for one in readings]
    groups: dict[tuple[object, ...], list[Cell]] = {}
    for known in reversed(knowns):
        told = [one.on(known[0]) for one in states]
        for n in reversed(range(len(days))):
            key = tuple((bits[n], interpreted) for bits, interpreted in told)
            groups.setdefault(key, []).append(Cell(*days[n], *known))
    return [tuple(cells) for cells in groups.values()]


def _spans(turns: set[date]) -> list[tuple[date, date]]:
    """The days that can be stated, cut at each turn."""
    firsts = [FIRST, *sorted(day for day in turns if FIRST < day <= LAST)]
    return [(day, following - DAY) for day, following in zip(firsts, [*firsts[1:], LAST + DAY], strict=True)]


class _State:
    """Which of the words of an edition are law."""

    def __init__(self, reading: Reading, days: Sequence[date]):
        self.reading, self.days = reading, days
        lives = {life_key(one.life): one.life for one in reading.pieces.values()}
        self.lives = list(lives.values())

    def on(self, known: date) -> tuple[list[int], frozenset[date]]:
        """As known on a day: for each of the days a number that tells the states apart; and what was interpreted."""
        turns: list[int] = [0] * (len(self.days) + 1)
        always = 0
        for n, life in enumerate(self.lives):
            if not self._enacted(life.law, known):
                continue
            until = life.until if life.until is not None and self._enacted(life.ended_by, known) else None
            bit = 1 << 2 * n
            always |= bit if until is None else bit << 1
            here = 1 << 2 * (len(self.lives) + n)
            turns[self._place(life.since)] ^= here
            if until is not None:
                turns[self._place(until)] ^= here << 1
        out, state = list[int](), always
        for turn in turns[:-1]:
            state ^= turn
            out.append(state)
        return out, frozenset(day for day in self.reading.dates if day <= known)

    def _place(self, day: date) -> int:
        """The first of the days that is not before this one."""
        return bisect_right(self.days, day - DAY) if day > date.min else 0

    def _enacted(self, law: LawRef | None, known: date) -> bool:
        return law is None or self.reading.library.laws[law.public_law] <= known
