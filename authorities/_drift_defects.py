"""Known defects of the sources, taken out before two texts are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from authorities.register import Defect, Row


@dataclass(frozen=True, slots=True)
class Known:
    """A known defect of one of the texts compared; `differs`: without it known, it would have shown as a change."""

    defect: Defect
    differs: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """The fingerprints of a section at one release, by paragraph number, in the order of the text."""

    release: str
    released: date
    marks: Mapping[str, str]


def recorded_states(rows: Iterable[Row]) -> tuple[Recorded, ...]:
    """Every recorded release of one section, oldest first."""
    states: dict[tuple[date, str], dict[str, str]] = {}
    for row in rows:
        states.setdefault((row.released, row.release), {})[row.designation] = row.fingerprint
    return tuple(Recorded(name, day, states[day, name]) for day, name in sorted(states))


def without_defects(
    states: tuple[Recorded, ...], at: Recorded, new: Mapping[str, str], new_release: str, known: Iterable[Defect]
) -> tuple[dict[str, str], dict[str, str], tuple[Known, ...]]:
    """The recorded and the new fingerprints to compare, and the defects of one section listed as such.

    A defective paragraph of the recorded text is read as at a sound release, the one that agrees with the new text
    if one does; where the new text is the defective one, or no release is sound, the paragraph is not compared.
    """
    defects = tuple(known)
    bad = {(one.designation, one.release) for one in defects}
    here, there = dict(at.marks), dict(new)
    listed: list[Known] = []
    for one in defects:
        if one.release not in (at.release, new_release):
            continue
        name = one.designation
        differs = at.marks.get(name) != new.get(name)
        listed.append(Known(one, differs))
        if not differs:
            continue
        sound = _sound(states, at, name, bad)
        if one.release == new_release or not sound:
            here.pop(name, None)
            there.pop(name, None)
        else:
            fits = [mark for mark in sound if mark == new.get(name)] or [mark for mark in sound if mark in new.values()]
            here = _put(here, name, (fits or sound)[0])
    return here, there, tuple(listed)


def _sound(states: tuple[Recorded, ...], at: Recorded, name: str, bad: set[tuple[str, str]]) -> list[str]:
    """The paragraph's fingerprints at the nearest releases without the defect: the one after, the one before."""
    good = [one for one in states if (name, one.release) not in bad and name in one.marks]
    later = [one for one in good if one.released > at.released]
    earlier = [one for one in good if one.released < at.released]
    return [one.marks[name] for one in (*later[:1], *earlier[-1:])]


def _put(marks: dict[str, str], name: str, mark: str) -> dict[str, str]:
    """The fingerprints with one more, after the units that share most of its number."""
    if name in marks:
        return {**marks, name: mark}
    stem = name.removesuffix(" flush")
    before = max((i for i, one in enumerate(marks) if one.startswith(stem)), default=len(marks) - 1)
    pairs = list(marks.items())
    return dict([*pairs[: before + 1], (name, mark), *pairs[before + 1 :]])
