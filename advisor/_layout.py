"""Text laid out on a page: labels with their text beside them, names in a row, like things together."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from advisor.screen import WIDTH

One = TypeVar("One")


def names(words: Iterable[str]) -> str:
    """Names in a row, those that differ only in their last word together: ``trafficking (imet, pko), coups``."""
    stems: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        stem, _, last = word.rpartition("_")
        stems.setdefault(stem or word, []).append(last if stem else "")
    said = []
    for stem, ends in stems.items():
        alone = stem if ends == [""] else f"{stem}_{ends[0]}"
        said.append(alone if len(ends) == 1 else f"{stem} ({', '.join(ends)})")
    return ", ".join(one.replace("_", " ") for one in said)


def once(words: Iterable[str]) -> str:
    """Each of the words once, in order."""
    return "; ".join(dict.fromkeys(words))


def together(items: Iterable[One], key: Callable[[One], Hashable]) -> list[list[One]]:
    """The items with the same key, together, in the order in which each key first comes."""
    out: dict[Hashable, list[One]] = {}
    for one in items:
        out.setdefault(key(one), []).append(one)
    return list(out.values())


def wrapped(label: str, text: str, room: int = 13) -> list[str]:
    """A label and its text beside it; a long label stands above."""
    head = f"  {label:<{room - 2}} "
    if len(head) > room + 1:
        return [*indented(label, 1), *indented(text, room)]
    return fill(text, head, " " * (room + 1))


def indented(text: str, room: int) -> list[str]:
    """A text set in by ``room`` and one."""
    return fill(text, " " * (room + 1), " " * (room + 1))


def fill(text: str, first: str, rest: str) -> list[str]:
    """A text as lines no wider than the page, after what each line begins with."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
