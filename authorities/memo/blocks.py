"""What a written memo is made of: headings, paragraphs, lists and tables, of runs of text. No mark-up, no style."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Run(NamedTuple):
    """Text of one kind: ``strong``, ``soft`` (a source or remark), ``cite`` or plain; ``to``: the anchor it leads to."""

    text: str
    kind: str = ""
    to: str = ""


Inline: TypeAlias = tuple[Run, ...]


class Para(NamedTuple):
    """A paragraph."""

    runs: Inline


class Items(NamedTuple):
    """A list of bullets, each perhaps with bullets of its own."""

    items: tuple[tuple[Inline, tuple[Inline, ...]], ...]


class Heading(NamedTuple):
    """A heading: level 2 begins a part, level 3 a part of it."""

    level: int
    text: str
    anchor: str


Cell: TypeAlias = tuple["Para | Items", ...]


class Table(NamedTuple):
    """A table whose first column heads its rows. ``widths``: of the columns, in percent."""

    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Facts(NamedTuple):
    """Labels, and what is said under each."""

    caption: str
    rows: tuple[tuple[str, Cell], ...]


Block: TypeAlias = "Heading | Para | Items | Table | Facts"


class Page(NamedTuple):
    """A whole document. ``lead``: under the title; ``foot``: once, at its end."""

    title: str
    subtitle: str
    lead: tuple[Block, ...]
    contents: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    foot: str


def plain(text: str, kind: str = "", to: str = "") -> Inline:
    """One run."""
    return (Run(text, kind, to),)


def para(*runs: Run | str) -> Para:
    """A paragraph of runs, empty ones left out."""
    made = (Run(one) if isinstance(one, str) else one for one in runs)
    return Para(tuple(one for one in made if one.text))


def cell(*texts: str | Para | Items) -> Cell:
    """Paragraphs of a cell, empty ones left out."""
    return tuple(para(one) if isinstance(one, str) else one for one in texts if one)


def bullets(some: Iterable[Inline]) -> Items:
    """A list without lists inside."""
    return Items(tuple((one, ()) for one in some))


def words(one: Block) -> str:
    """All the text of a block, for reading it without its form."""
    match one:
        case Heading():
            return one.text
        case Para():
            return "".join(run.text for run in one.runs)
        case Items():
            rows = [inline for item, more in one.items for inline in (item, *more)]
            return "\n".join("".join(run.text for run in inline) for inline in rows)
        case Table():
            inner = [part for row in one.rows for held in row for part in held]
        case Facts():
            inner = [part for _, held in one.rows for part in held]
    return "\n".join(words(part) for part in inner)
