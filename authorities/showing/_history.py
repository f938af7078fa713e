"""The history of a law file: every provision and value that begins or ends, by day, with the law that did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from authorities.showing._lives import law_words, years_words
from authorities.showing._values import speaker_of, speaker_value
from rules.library import Library
from rules.provisions import LawFile, Life

Change = Literal["begins", "changes", "ends"]


@dataclass(frozen=True)
class Event:
    """One change on one day. ``id`` is the provision's, or the value's name; ``law`` is empty where none is named."""

    day: date
    law: str
    change: Change
    kind: str
    id: str
    cite: str
    gist: str


def history(library: Library, file: LawFile) -> list[Event]:
    """Every change, oldest first; on one day by law, then endings, changes and beginnings."""
    order = {"ends": 0, "changes": 1, "begins": 2}
    some = [*_provisions(file), *_values(library, file)]
    return sorted(some, key=lambda e: (e.day, e.law, order[e.change]))


def _provisions(file: LawFile) -> Iterator[Event]:
    for p in file.provisions():
        kind = type(p).__name__.lower()
        yield Event(p.life.since, law_words(p.life.law), "begins", kind, p.id, p.cite, p.gist + _money(p.life))
        if p.life.until is not None:
            yield Event(p.life.until, law_words(p.life.ended_by), "ends", kind, p.id, p.cite, p.gist)


def _values(library: Library, file: LawFile) -> Iterator[Event]:
    speaker = speaker_of(library, file)
    for name, entries in file.values.items():
        for i, entry in enumerate(entries):
            life, words = (
                entry.life,
                f"{speaker_value(speaker, entry.is_, entry.adds, entry.removes)}{_money(entry.life)}",
            )
            change: Change = "changes" if i else "begins"
            yield Event(life.since, law_words(life.law), change, "value", name, entry.cite, words)
            if life.until is not None:
                law = law_words(life.ended_by)
                yield Event(life.until, law, "ends", "value", name, entry.cite, words)


def _money(life: Life) -> str:
    return "" if life.fund_years is None else f" [{years_words(life.fund_years)}]"
