"""Mutants: each one file of the law with one small fault planted in it, such as a slip of the pen could make.

Gists, cites, notes, the contents of a notice and the day a later report falls due decide no verdict: left alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from authorities.mutation import _terms
from authorities.mutation._conditions import Spot, changes
from rules import conditions as c
from rules.library import Library
from rules.provisions import Definition, LawFile, Life, Provision

SECTIONS = ("grants", "bars", "duties", "caps", "funds", "definitions")
_CONDITIONS = ("when", "unless", "inside", "outside")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one fault. ``section`` and ``index``: where the provision (or value) at fault stands in the file;
    ``key``: the key of it that is at fault; ``spot``: where in that.

    ``lives``: when the words at fault are law, as they stand and as changed; empty where that does not bound it.
    """

    id: str
    file: str
    section: str
    index: int
    provision: str
    key: str
    spot: Spot
    words: str
    changed: LawFile
    cite: str = ""
    lives: tuple[Life, ...] = ()

    @property
    def sentence(self) -> str:
        """``advisors, when: without recipient: army``."""
        return f"{self.provision}{f', {self.key}' if self.key else ''}: {self.words}"


def mutants_of(library: Library, file: LawFile) -> tuple[Mutant, ...]:
    """Every mutant of one file, in the order of the file; the same library gives the same ids."""
    seen: dict[str, int] = {}
    out: list[Mutant] = []
    for draft in (*_provisions(library, file), *_values(file, library), *_whole(library, file)):
        id_ = f"{file.id}/{draft.provision}/{draft.key}: {draft.words}" if draft.key else f"{file.id}/{draft.sentence}"
        seen[id_] = seen.get(id_, 0) + 1
        out.append(replace(draft, id=id_ if seen[id_] == 1 else f"{id_} ({seen[id_]})"))
    return tuple(out)


class _Plot:
    """One provision of a file, in which faults are planted."""

    def __init__(self, file: LawFile, section: str, index: int, provision: Provision):
        self.file, self.section, self.index, self.provision = file, section, index, provision

    def put(self, key: str, spot: Spot, words: str, new: Provision | None) -> Mutant:
        """The file with the provision changed, or (None) gone."""
        one = self.provision
        all_: tuple[Provision, ...] = getattr(self.file, self.section)
        rest = (*all_[: self.index], *(() if new is None else (new,)), *all_[self.index + 1 :])
        lives = (one.life,) if new is None or new.life == one.life else (one.life, new.life)
        changed: Any = {self.section: rest}
        file = replace(self.file, **changed)
        return Mutant("", file.id, self.section, self.index, one.id, key, spot, words, file, one.cite, lives)


def _provisions(library: Library, file: LawFile) -> Iterator[Mutant]:
    for section in SECTIONS:
        for i, one in enumerate(getattr(file, section)):
            plot = _Plot(file, section, i, one)
            yield plot.put("", (), "removed", None)
            for key in _CONDITIONS:
                yield from _condition(plot, key, library)
            if isinstance(one, Definition):
                for key, words, new in _terms.definition(one):
                    yield plot.put(key, (), words, new)
            for key, words, life in _terms.lives(one.life, _own_day(file, one.life)):
                yield plot.put(key, (), words, replace(one, life=life))
            for key, words, new in _terms.terms(one, library):
                yield plot.put(key, (), words, new)


def _condition(plot: _Plot, key: str, library: Library) -> Iterator[Mutant]:
    one = plot.provision
    condition = getattr(one, key, None)
    if condition is None or condition == c.TRUE:
        return
    if key != "inside":
        gone: Any = {key: c.TRUE if key == "when" else None}
        yield plot.put(key, (), "removed", replace(one, **gone))
    for change in changes(condition, library.vocabulary):
        new: Any = {key: change.condition}
        yield plot.put(key, change.spot, change.words, replace(one, **new))


def _own_day(file: LawFile, life: Life) -> bool:
    """Whether the day these words begin is their own, not the day the file began."""
    return life.since != _first_day(file)


def _first_day(file: LawFile) -> datetime.date | None:
    """The day on which the first of the file began."""
    return min((p.life.since for p in file.provisions()), default=None)


def _values(file: LawFile, library: Library) -> Iterator[Mutant]:
    for name, entries in file.values.items():
        for i, entry in enumerate(entries):
            for key, words, rest in _terms.entries(entries, i, _own_day(file, entry.life), library):
                changed = replace(file, values={**file.values, name: rest})
                called = f"{name}[{entry.life.since}]"
                yield Mutant("", file.id, f"values.{name}", i, called, key, (), words, changed, entry.cite)


def _whole(library: Library, file: LawFile) -> Iterator[Mutant]:
    """Faults of the file as such: the day it began (for all that began then), what it reaches, what it beats."""
    first = _first_day(file)
    for words, day in _terms.days(first):

        def moved(one: Any, day: datetime.date = day) -> Any:
            life = one.life
            kept = life.since != first or (life.until is not None and day >= life.until)
            return one if kept else replace(one, life=replace(life, since=day))

        shifted: dict[str, Any] = {section: tuple(map(moved, getattr(file, section))) for section in SECTIONS}
        values = {name: tuple(map(moved, entries)) for name, entries in file.values.items()}
        changed = replace(file, values=values, **shifted)
        yield Mutant("", file.id, "law", 0, "the file's first day", "", (), words, changed)
    for section, key, words, changed in _terms.whole(file, library):
        yield Mutant("", file.id, section, 0, section, key, (), words, changed)
