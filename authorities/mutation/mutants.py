"""Mutants: each one file of the law with one small fault planted in it, such as a slip of the pen could make.

Gists, cites, notes and the contents of a notice decide no verdict and are left alone.
"""

from __future__ import annotations

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
    """A file with one fault. ``key``: the key of the provision (or value) that is at fault; ``spot``: where in it.

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
        base = f"{file.id}/{draft.provision}/{draft.key}: {draft.words}" if draft.key else f"{file.id}/{draft.sentence}"
        seen[base] = seen.get(base, 0) + 1
        out.append(replace(draft, id=base if seen[base] == 1 else f"{base} ({seen[base]})"))
    return tuple(out)


def _provisions(library: Library, file: LawFile) -> Iterator[Mutant]:
    for section in SECTIONS:
        provisions: tuple[Provision, ...] = getattr(file, section)
        for i, one in enumerate(provisions):

            def made(key: str, spot: Spot, words: str, new: Provision | None, i: int = i, one: Provision = one) -> Mutant:
                provisions: tuple[Provision, ...] = getattr(file, section)  # noqa: B023
                rest = (*provisions[:i], *(() if new is None else (new,)), *provisions[i + 1 :])
                lives = (one.life,) if new is None or new.life == one.life else (one.life, new.life)
                changed: Any = {section: rest}  # noqa: B023
                return Mutant("", file.id, section, i, one.id, key, spot, words, replace(file, **changed), lives)  # noqa: B023

            yield made("", (), "removed", None)
            for key in _CONDITIONS:
                condition = getattr(one, key, None)
                if condition is None or condition == c.TRUE:
                    continue
                if key != "inside":
                    gone: Any = {key: c.TRUE if key == "when" else None}
                    yield made(key, (), "removed", replace(one, **gone))
                for change in changes(condition, library.vocabulary):
                    new: Any = {key: change.condition}
                    yield made(key, change.spot, change.words, replace(one, **new))
            if isinstance(one, Definition):
                for key, words, other in _terms.definition(one):
                    yield made(key, (), words, other)
            for key, words, life in _terms.lives(one.life, _own_day(file, one.life)):
                yield made(key, (), words, replace(one, life=life))
            for key, words, provision in _terms.terms(one, library):
                yield made(key, (), words, provision)


def _own_day(file: LawFile, life: Life) -> bool:
    """Whether the day these words begin is their own, not the day the whole file began."""
    return life.since != _first_day(file)


def _first_day(file: LawFile) -> Any:
    """The day on which most of the file began: that of its own law."""
    return min((p.life.since for p in file.provisions()), default=None)


def _values(file: LawFile, library: Library) -> Iterator[Mutant]:
    for name, entries in file.values.items():
        for i, entry in enumerate(entries):
            for key, words, rest in _terms.entries(entries, i, _own_day(file, entry.life), library):
                changed = replace(file, values={**file.values, name: rest})
                yield Mutant("", file.id, f"values.{name}", i, f"{name}[{entry.life.since}]", key, (), words, changed)


def _whole(library: Library, file: LawFile) -> Iterator[Mutant]:
    """Faults of the file as such: the day its own law began, what it reaches, what it beats."""
    first = _first_day(file)
    for words, day in _terms.days(first):
        shifted: dict[str, Any] = {
            section: tuple(
                replace(p, life=replace(p.life, since=day)) if p.life.since == first and _movable(p.life, day) else p
                for p in getattr(file, section)
            )
            for section in SECTIONS
        }
        values = {
            name: tuple(
                replace(e, life=replace(e.life, since=day)) if e.life.since == first and _movable(e.life, day) else e
                for e in entries
            )
            for name, entries in file.values.items()
        }
        changed = replace(file, values=values, **shifted)
        yield Mutant("", file.id, "law", 0, "the file's first day", "", (), words, changed)
    for section, key, words, changed in _terms.whole(file, library):
        yield Mutant("", file.id, section, 0, section, key, (), words, changed)


def _movable(life: Life, day: Any) -> bool:
    return life.until is None or day < life.until
