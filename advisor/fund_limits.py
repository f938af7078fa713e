"""Limits that turn on money: how long it lasts, and which money may not pay under an authority."""

from __future__ import annotations

from collections.abc import Iterator

from rules.conditions import walk
from rules.library import Library
from rules.provisions import LawFile, Reach


def of_time(library: Library) -> Iterator[str]:
    """The limits that reach everything and turn on the phase of the money."""
    phases = {f.id for f in library.vocabulary.facts.values() if f.derived == "money phase"}
    for file in library.limits.values():
        if file.reach.everything:
            read = (getattr(part, "fact", "") for bar in file.bars for part in walk(bar.when))
            if not phases.isdisjoint(read):
                yield file.id


def not_from(library: Library, file: LawFile) -> Iterator[LawFile]:
    """The limits that reach an authority by its name or tag and say that some money may not pay."""
    for limit in library.limits.values():
        if any(fund.never for fund in limit.funds) and _names(limit.reach, file):
            if not _names(limit.reach_except, file):
                yield limit


def _names(reach: Reach, file: LawFile) -> bool:
    return reach.everything or file.id in reach.authorities or not reach.tags.isdisjoint(file.tags)
