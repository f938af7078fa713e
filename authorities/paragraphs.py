"""Paragraphs of statutory text: from plain-text files of the Code and of Acts, and from USLM XML.

Whatever the source, the same text gives the same designations and the same fingerprints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from authorities._nesting import Item, assemble
from authorities._text import Hints, Line, body, footnotes, is_full_form, lines_of, unquoted
from authorities._uslm import iter_sections, parse_uslm
from authorities._words import WORD, Paragraph, distinct, fingerprint, is_place_holder, normalise

__all__ = [
    "Hints",
    "Paragraph",
    "fingerprint",
    "hints_of",
    "iter_sections",
    "joined_hints",
    "normalise",
    "parse_act",
    "parse_note",
    "parse_text",
    "parse_uslm",
]

_FLUSH = re.compile(r" ?flush( \d+)?$")
_NO_HINTS = Hints()


def parse_text(text: str, hints: Hints = _NO_HINTS) -> tuple[Paragraph, ...]:
    """The paragraphs of a `usc/<release>/` file: line 1 the heading, then text, credit, `--- notes ---`."""
    return _parse(body(text, 1), hints)


def parse_note(text: str, hints: Hints = _NO_HINTS) -> tuple[Paragraph, ...]:
    """The paragraphs of a `usc-notes/<release>/` file: line 1 the citation, line 2 the heading."""
    return _parse(unquoted(body(text, 2)), hints)


def parse_act(text: str, hints: Hints = _NO_HINTS) -> tuple[Paragraph, ...]:
    """The paragraphs of an `acts/<law>/` file: line 1 the citation; `status:` and `source:` at the end."""
    return _parse(body(text, 1), hints)


def hints_of(text: str) -> Hints:
    """What one file shows for the reading of other releases of the same section.

    A form without indents and dashes has no sure headings and flush text, so nothing is taken from it.
    """
    numbered = body(text, 1)
    if not is_full_form(numbered):
        return Hints()
    lines = lines_of(numbered, _NO_HINTS)
    headings = frozenset((line.headed, normalise(line.heading)) for line in lines if line.heading)
    flushes = frozenset((p.designation, normalise(p.words)) for p in _assembled(lines) if _FLUSH.search(p.designation))
    return Hints(headings, frozenset(footnotes(text)), flushes)


def joined_hints(hints: Iterable[Hints]) -> Hints:
    """All that several files show."""
    every = tuple(hints)
    return Hints(
        frozenset[tuple[str, str]]().union(*(one.headings for one in every)),
        frozenset[str]().union(*(one.footnotes for one in every)),
        frozenset[tuple[str, str]]().union(*(one.flushes for one in every)),
    )


def _assembled(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    items: list[tuple[int, Item]] = []
    for line in lines:
        last = len(line.marks) - 1
        for index, mark in enumerate(line.marks):
            words = line.words if index == last else ""
            items.append((line.number, Item(mark, line.indent, words, run_in=index > 0)))
        if not line.marks:
            items.append((line.number, Item("", line.indent, line.words)))
    return assemble(items)


def _parse(numbered: Sequence[tuple[int, str]], hints: Hints) -> tuple[Paragraph, ...]:
    found = _assembled(lines_of(numbered, hints))
    kept = (paragraph for paragraph in found if not is_place_holder(paragraph.words))
    return distinct(_with_flushes(tuple(kept), hints))


def _with_flushes(paragraphs: tuple[Paragraph, ...], hints: Hints) -> Iterator[Paragraph]:
    """The paragraphs, flush text that was run into the last unit before it set apart again."""
    present = {paragraph.designation for paragraph in paragraphs}
    for paragraph in paragraphs:
        for name, flush in hints.flushes:
            plain = normalise(paragraph.words)
            parent = _FLUSH.sub("", name)
            inside = paragraph.designation.startswith(parent) and paragraph.designation != parent
            if name not in present and inside and plain.endswith(" " + flush) and " " in flush:
                count = len(flush.split())
                start = list(WORD.finditer(paragraph.words))[-count].start()
                yield Paragraph(paragraph.designation, paragraph.words[:start].rstrip(), paragraph.line)
                yield Paragraph(name, paragraph.words[start:], paragraph.line)
                break
        else:
            yield paragraph
