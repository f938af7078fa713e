"""Dated values in words, and a speaker that knows the whole library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rules.conditions import ValueRef
from rules.library import Library
from rules.provisions import LawFile
from rules.words import Speaker, amount, file_value
from rules.words import listed as joined


def owner(library: Library, file: LawFile, id_: str | None) -> LawFile:
    """The file a value stands in: this one, or another by id."""
    return file if id_ is None else next(f for f in library.files() if f.id == id_)


def speaker_of(library: Library, file: LawFile) -> Speaker:
    """Says the conditions of one file, every test so that it stands alone."""
    return Speaker(library.vocabulary, lambda ref: file_value(owner(library, file, ref.file), ref), whole=True)


def value_words(library: Library, file: LawFile, raw: int | ValueRef, kind: str) -> str:
    """``$750,000``, or of a dated value its newest state and where it stands."""
    if not isinstance(raw, ValueRef):
        return amount(raw, kind)
    held = owner(library, file, raw.file)
    where = f" of {held.statute}" if held is not file else ""
    return (
        f"{amount(file_value(held, raw), kind)} (newest state of the dated value \u201c{spaced(raw.name)}\u201d{where})"
    )


def speaker_value(speaker: Speaker, is_: Any, adds: Sequence[str], removes: Sequence[str]) -> str:
    """A dated value's entry in words."""
    if isinstance(is_, tuple):
        return joined([speaker.term(t) for t in is_], "and")
    if is_ is not None:
        return f"{is_:,}" if isinstance(is_, int) and not isinstance(is_, bool) else amount(is_)
    parts = []
    if adds:
        parts.append("adds " + joined([speaker.term(t) for t in adds], "and"))
    if removes:
        parts.append("removes " + joined([speaker.term(t) for t in removes], "and"))
    return "; ".join(parts)


def spaced(name: str) -> str:
    """An id as words."""
    return name.replace("-", " ").replace("_", " ")
