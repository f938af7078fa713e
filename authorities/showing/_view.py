"""Everything that is shown of one law file, gathered before it is written as text, JSON or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from authorities.listing import status
from authorities.showing._expiry import Expiry, expiries
from authorities.showing._history import Event, history
from authorities.showing._links import Asked, Reached, borrowed, questions, reached
from authorities.showing._lives import ended, life_words
from authorities.showing._phrases import Said, details
from authorities.showing._values import spaced, speaker_of, speaker_value
from rules.library import Library
from rules.provisions import LawFile, Provision


@dataclass(frozen=True)
class Shown:
    """A provision in words. ``past``: no longer in force; ``home``: the file it stands in, where another."""

    provision: Provision
    kind: str
    says: tuple[Said, ...]
    past: bool
    home: LawFile | None = None


@dataclass(frozen=True)
class ShownValue:
    """One dated state of a value in words."""

    name: str
    cite: str
    says: str
    life: str


@dataclass(frozen=True)
class View:
    """One law file on one day. ``sections``: heading and provisions in force or to come; ``past``: what has ended."""

    file: LawFile
    today: date
    known_through: date | None
    status: str
    sections: tuple[tuple[str, tuple[Shown, ...]], ...]
    past: tuple[Shown, ...]
    borrowed: tuple[Shown, ...]
    values: tuple[ShownValue, ...]
    events: tuple[Event, ...]
    expiries: tuple[Expiry, ...]
    questions: tuple[Asked, ...]
    reached: tuple[Reached, ...]
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    reaches: str


def view(library: Library, file: LawFile, today: date) -> View:
    """Gather all that is shown."""

    def shown(home: LawFile, one: Provision) -> Shown:
        kind = type(one).__name__.lower()
        other = None if home is file else home
        return Shown(one, kind, tuple(details(library, home, one)), ended(one.life, today), other)

    groups: list[tuple[str, tuple[Shown, ...]]] = []
    past: list[Shown] = []
    for heading, provisions in (
        ("May", file.grants),
        ("May not", file.bars),
        ("Must", file.duties),
        ("No more than", file.caps),
        ("Money", file.funds),
        ("Words", file.definitions),
    ):
        all_ = [shown(file, one) for one in provisions]
        past += [one for one in all_ if one.past]
        if living := tuple(one for one in all_ if not one.past):
            groups.append((heading, living))
    speaker = speaker_of(library, file)
    values = tuple(
        ShownValue(name, e.cite, speaker_value(speaker, e.is_, e.adds, e.removes), life_words(e.life))
        for name, entries in file.values.items()
        for e in entries
    )
    return View(
        file=file,
        today=today,
        known_through=library.known_through,
        status=status(file),
        sections=tuple(groups),
        past=tuple(past),
        borrowed=tuple(shown(home, one) for home, one in borrowed(library, file)),
        values=values,
        events=tuple(history(library, file)),
        expiries=tuple(expiries(library, file, today)),
        questions=tuple(questions(library, file)),
        reached=tuple(reached(library, file)),
        replaces=tuple(_named(library, id_) for id_ in file.replaces),
        replaced_by=tuple(_named(library, id_) for id_ in file.replaced_by),
        reaches=_reach_words(library, file) if file.kind == "limit" else "",
    )


def _named(library: Library, id_: str) -> str:
    found = next((f for f in library.files() if f.id == id_), None)
    return f"{found.statute} ({id_}): {found.title}; {status(found)}" if found else id_


def _reach_words(library: Library, file: LawFile) -> str:
    def clause(name: str) -> list[str]:
        reach = getattr(file, name)
        if reach.everything:
            return ["everything"]
        accounts = [library.vocabulary.terms[a].name if a in library.vocabulary.terms else a for a in reach.accounts]
        return [
            *sorted(reach.authorities),
            *(f"authorities marked \u201c{spaced(tag)}\u201d" for tag in sorted(reach.tags)),
            *(f"activities paid with {account}" for account in accounts),
        ]

    spared = clause("reach_except")
    return "; ".join(clause("reach")) + (f" \u2014 except {'; '.join(spared)}" if spared else "")


def marks(provision: Provision) -> str:
    """Its force and basis where they are not the common ones (statute, read in its text)."""
    some = (
        provision.force if provision.force != "statute" else "",
        provision.basis if provision.basis != "text" else "",
    )
    return "; ".join(mark for mark in some if mark)
