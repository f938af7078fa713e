"""Paragraphs of United States Code sections in USLM XML, read as a stream so that a whole title fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element, XMLPullParser

from authorities._nesting import Item, assemble
from authorities._words import Paragraph, distinct, flush_name, is_place_holder

_UNITS = frozenset(
    (
        "subsection",
        "paragraph",
        "subparagraph",
        "clause",
        "subclause",
        "item",
        "subitem",
        "subsubitem",
        "level",
    )
)
_SKIPPED = frozenset(("note", "notes", "sourceCredit", "num", "heading", "toc", "sup"))
_IDENTIFIER = re.compile(r"^/us/usc/t(\w+)/s([^/]+)$")
_INDENT = re.compile(r"\bindent(\d+)")
_RUN_MARK = re.compile(r"^\(([0-9]{1,2}|[a-z]{1,4}|[A-Z]{1,4})\)\s*(.*)$", re.DOTALL)
_NUMBER = re.compile(r"\(([^()\s]+)\)")


def _tag(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _pieces(element: Element) -> Iterator[str]:
    """The text inside an element, less notes, footnote marks, numbers and headings."""
    yield element.text or ""
    for child in element:
        # A `sup` holds a footnote's number; where a note is cited again it stands without a reference.
        if _tag(child) not in _SKIPPED and child.get("class") != "footnoteRef":
            # Two paragraphs of one unit must not run together into one word.
            yield " " if _tag(child) == "p" else ""
            yield from _pieces(child)
        yield child.tail or ""


def _text(element: Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _mark(element: Element) -> str:
    """`(a)` of a unit: as printed, or as its identifier gives it."""
    number = next((child for child in element if _tag(child) == "num"), None)
    value = "" if number is None else (number.get("value") or "")
    if not value and number is not None:
        printed = _NUMBER.search("".join(number.itertext()))
        value = printed.group(1) if printed else ""
    return f"({value})"


def _set_as_text(content: Element, designation: str, line: int) -> tuple[Paragraph, ...]:
    """The paragraphs of units that the XML sets as plain `p` lines; none if it has no such units."""
    items: list[tuple[int, Item]] = []
    for child in content:
        if _tag(child) == "p":
            words = _text(child)
            marked = _RUN_MARK.match(words)
            indent = _INDENT.search(child.get("class") or "")
            level = 4 * int(indent.group(1)) if indent else 0
            items.append((line, Item(marked.group(1), level, marked.group(2)) if marked else Item("", level, words)))
    return assemble(items, designation) if any(item.mark for _, item in items) else ()


def _walk(element: Element, designation: str, lines: dict[Element, int]) -> Iterator[Paragraph]:
    """The paragraphs of one unit (or of the section) in document order; none for a repealed unit."""
    heading = next((child for child in element if _tag(child) == "heading"), None)
    if designation and heading is not None and is_place_holder(_text(heading)):
        return
    own: list[str] = []
    rest: list[tuple[str, Element]] = []
    for child in element:
        name = _tag(child)
        if name in _UNITS:
            rest.append(("unit", child))
        elif name in _SKIPPED:
            continue
        elif any(kind == "unit" for kind, _ in rest):
            rest.append(("flush", child))
        elif inner := _set_as_text(child, designation, lines.get(child, 0)):
            yield from inner
            return
        else:
            own.append(_text(child))
    words = " ".join(piece for piece in own if piece)
    if designation and is_place_holder(words):
        return
    if designation or words:
        yield Paragraph(designation, words, lines.get(element, 0))
    flushes, previous = 0, ""
    held: Paragraph | None = None
    for kind, child in rest:
        if kind == "unit":
            if held:
                yield held
                held = None
            yield from _walk(child, designation + _mark(child), lines)
        elif held and previous == "flush":
            held = Paragraph(held.designation, f"{held.words} {_text(child)}", held.line)
        else:
            flushes += 1
            held = Paragraph(flush_name(designation, flushes), _text(child), lines.get(child, 0))
        previous = kind
    if held:
        yield held


def _section_name(identifier: str) -> str:
    """`10 USC 333` for `/us/usc/t10/s333`; empty when the identifier names no section."""
    found = _IDENTIFIER.match(identifier)
    if not found:
        return ""
    # USLM writes section numbers with an en dash; people and file names write a hyphen.
    return f"{found.group(1)} USC {found.group(2).replace('–', '-')}"


def _stream(source: BinaryIO) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """Every section of the stream.  Fed line by line, so that each unit's line is known; each section is
    emptied once read, so that memory does not grow with the title."""
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    lines: dict[Element, int] = {}
    open_elements: list[Element] = []
    notes = 0
    current: Element | None = None
    for number, line in enumerate(source, 1):
        parser.feed(line)
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            name = _tag(element)
            if event == "start":
                open_elements.append(element)
                notes += name in ("notes", "note", "quotedContent")
                # A section quoted in a note, or inside another section, is not a section of the Code.
                outermost = name == "section" and not notes and current is None
                if outermost and _section_name(element.get("identifier") or ""):
                    current = element
                if current is not None and not notes:
                    lines[element] = number
                continue
            open_elements.pop()
            notes -= name in ("notes", "note", "quotedContent")
            if element is current:
                found = distinct(_walk(element, "", lines))
                yield _section_name(element.get("identifier") or ""), found
                current = None
                lines.clear()
            if current is None and open_elements and not notes:
                open_elements[-1].remove(element)


def iter_sections(path: Path) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """Every section of a USLM file (one section or a whole title): its name (`10 USC 333`), its paragraphs."""
    with path.open("rb") as source:
        yield from _stream(source)


def parse_uslm(section_xml: bytes | Path) -> tuple[Paragraph, ...]:
    """The paragraphs of the first section in the XML."""
    source: BinaryIO = BytesIO(section_xml) if isinstance(section_xml, bytes) else section_xml.open("rb")
    with source:
        for _, paragraphs in _stream(source):
            return paragraphs
    raise ValueError("the XML holds no section of the United States Code")
