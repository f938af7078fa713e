"""A law file as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from authorities.showing._lives import day_words, life_words
from authorities.showing._phrases import Phrase, Said
from authorities.showing._view import Shown, View, marks, view
from rules.library import Library
from rules.provisions import LawFile

WIDTH = 100


def render_file(library: Library, file: LawFile, today: date) -> str:
    """The whole file in plain English."""
    seen = view(library, file, today)
    out = list(_head(seen))
    for heading, some in seen.sections:
        out += ["", heading, *_lines(some)]
    if seen.borrowed:
        out += ["", "Words defined elsewhere", *_lines(seen.borrowed)]
    if seen.values:
        out += ["", "Values"]
        for value in seen.values:
            out += _wrap(f"{value.name} {value.cite}: {value.says}; {value.life}", 2, 6)
    if file.notes:
        out += ["", "Notes"]
        for note in file.notes:
            out += _wrap(f"{note.cite}  {note.gist}", 2, 6)
    out += _limits(seen)
    out += _questions(seen)
    out += _expiries(seen)
    out += _history(seen)
    if seen.past:
        out += ["", "No longer in force", *_lines(seen.past)]
    return "\n".join(out)


def _wrap(text: str, first: int, rest: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * first, subsequent_indent=" " * rest)


def _head(seen: View) -> Iterator[str]:
    file = seen.file
    yield from _wrap(f"{file.statute}. {file.title}", 0, 2)
    yield from _wrap(f"{file.id}; {seen.status}" + (f"; holder: {file.holder}" if file.holder else ""), 2, 4)
    if file.basis != "text":
        yield from _wrap(f"Basis: {file.basis}", 2, 4)
    for one in seen.replaces:
        yield from _wrap(f"Replaces {one}", 2, 4)
    for one in seen.replaced_by:
        yield from _wrap(f"Replaced by {one}", 2, 4)
    if seen.reaches:
        yield from _wrap(f"Reaches: {seen.reaches}", 2, 4)
    read = f"; law read through {day_words(seen.known_through)}" if seen.known_through else ""
    yield f"  As of {day_words(seen.today)}{read}"


def _lines(some: Iterable[Shown]) -> Iterator[str]:
    for shown in some:
        p, mark = shown.provision, marks(shown.provision)
        cite = p.cite if shown.home is None else f"{shown.home.statute} {p.cite}"
        yield from _wrap(f"{cite}  {p.gist}{f' [{mark}]' if mark else ''}", 2, 6)
        yield from _wrap(f"{p.id}: {life_words(p.life)}", 6, 8)
        for said in shown.says:
            yield from _said(said)


def _said(said: Said) -> Iterator[str]:
    if not said.phrase.parts:
        yield from _wrap(said.line, 6, 8)
        return
    yield from _wrap(f"{said.label}, {said.phrase.text}:", 6, 8)
    yield from _parts(said.phrase, 8)


def _parts(phrase: Phrase, indent: int) -> Iterator[str]:
    for part in phrase.parts:
        yield from _wrap(f"- {part.text}{':' if part.parts else ''}", indent, indent + 2)
        yield from _parts(part, indent + 2)


def _limits(seen: View) -> list[str]:
    if not seen.reached:
        return []
    limit = seen.file.kind == "limit"
    out = ["", "Authorities it reaches" if limit else "Limits that reach it"]
    for one in seen.reached:
        other = one.authority if limit else one.limit
        out += _wrap(f"{other.statute} ({other.id}): {other.title}; {one.how}", 2, 6)
    return out


def _questions(seen: View) -> list[str]:
    out = ["", "Open questions"] if seen.questions else []
    for asked in seen.questions:
        q = asked.question
        out += _wrap(f"{q.id}: \u201c{q.words}\u201d, {q.statute}", 2, 6)
        for says, source in q.positions:
            out += _wrap(f"- {says} [{source}]", 6, 8)
        out += _wrap(f"Who decides: {q.decides}.", 6, 8)
        out += _wrap(f"What turns on it: {q.turns_on.rstrip('.')}.", 6, 8)
        out += _wrap(f"Decides: {', '.join(asked.decides)}.", 6, 8)
        for one in asked.answers:
            years = ", ".join(str(y) for y in sorted(one.fiscal_years))
            said = f"Counsel answered {'yes' if one.answer else 'no'} on {day_words(one.dated)}, fiscal years {years}"
            out += _wrap(f"{said}: {one.office}, {one.memo}.", 6, 8)
    return out


def _expiries(seen: View) -> list[str]:
    out = ["", "What expires when"]
    for one in seen.expiries:
        verb = "ended after" if one.past else "holds through"
        out += _wrap(f"{one.kind} {one.id} {verb} {day_words(one.day)}: {one.says}", 2, 6)
    return out if seen.expiries else [*out, "  Nothing here has an end to come, or rests on a list that ends."]


def _history(seen: View) -> list[str]:
    out = ["", "History"]
    for (day, law), some in groupby(seen.events, key=lambda e: (e.day, e.law)):
        out.append(f"  {day_words(day)}{f'  {law}' if law else ''}{'  (to come)' if day > seen.today else ''}")
        for event in some:
            out += _wrap(f"{event.change:<7} {event.kind} {event.id} {event.cite}: {event.gist}", 6, 14)
    return out
