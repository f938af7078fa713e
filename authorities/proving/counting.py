"""Whether pieces of two editions that differ come to the same in a stretch: by what of them counts there, then by what
their conditions mean.

All that a verdict takes from a provision is what it is and where its conditions hold. Where these are the same, so are
the verdicts, whatever else the authority reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from authorities.proving.asking import Oracle
from authorities.proving.encode import Encoder
from authorities.proving.lives import Key, Piece, bare
from rules import conditions as c
from rules.library import Library
from rules.provisions import EVENTS, Definition, LawFile, Life, Provision, ValueEntry
from rules.rulebook import Builder

_ALWAYS = Life(date.min)
_CONDITIONS = ("when", "unless", "inside", "outside")
Pieces = Mapping[Key, Piece]


def differing(builders: tuple[Builder, Builder], pieces: tuple[Pieces, Pieces]) -> list[Key]:
    """The pieces of which something else counts in a stretch under one edition than under the other."""
    before, after = builders
    return [
        key
        for key in dict.fromkeys((*pieces[0], *pieces[1]))
        if _counts(before, pieces[0].get(key)) != _counts(after, pieces[1].get(key))
    ]


def _counts(builder: Builder, piece: Piece | None) -> Any:
    """What counts of a piece in a stretch; None where it is not law."""
    if piece is None or not builder.enacted(piece.life.law):
        return None
    life, said = piece.life, replace(bare(piece), life=_ALWAYS)
    until = builder.until(life)
    if life.fund_years is not None or life.on != "date":
        return said, life.since, until, life.on, life.fund_years
    ended = until is not None and until <= builder.day
    if isinstance(piece, ValueEntry):
        # a later state ends the reading of a value, and one that has ended takes it away
        return (said, ended) if life.since <= builder.day else "later"
    return said if life.since <= builder.day and not ended else None


def same_conditions(
    oracle: Oracle,
    builders: tuple[Builder, Builder],
    encoders: tuple[Encoder, Encoder],
    pieces: tuple[Pieces, Pieces],
    keys: list[Key],
) -> bool:
    """Whether pieces that count differ in their conditions alone, and these are proved to hold in the same places."""
    for key in keys:
        one, other = (some.get(key) for some in pieces)
        if not isinstance(one, Provision) or not isinstance(other, Provision):
            return False
        if _stripped(builders[0], one) != _stripped(builders[1], other):
            return False
        files = [_file(builder.library, key) for builder in builders]
        for name in _CONDITIONS:
            mine, theirs = getattr(one, name, None), getattr(other, name, None)
            if (mine is None) != (theirs is None):
                return False
            if mine is None or theirs is None or mine == theirs:
                continue
            for on, goal in _readings(one):
                told = [
                    encoder.truth(builder.node(condition, file, on, goal))
                    for builder, encoder, condition, file in zip(builders, encoders, (mine, theirs), files, strict=True)
                ]
                if not all(oracle.same(x, y) for x, y in zip(*told, strict=True)):
                    return False
    return True


def _stripped(builder: Builder, one: Provision) -> Any:
    """What counts of a provision but its conditions."""
    kept: Any = {name: c.TRUE for name in _CONDITIONS if getattr(one, name, None) is not None}
    return _counts(builder, replace(one, **kept))


def _readings(one: Provision) -> Iterator[tuple[Any, bool]]:
    """(day tables are read on, goal) in which conditions of a provision are read: of a definition, any."""
    for on in EVENTS if isinstance(one, Definition) else (one.life.on,):
        for goal in (True, False):
            yield on, goal


def _file(library: Library, key: Key) -> LawFile:
    shelves = {"authority": library.authorities, "limit": library.limits, "definitions": library.definitions}
    return shelves[key[0]][key[1]]
