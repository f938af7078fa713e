"""The quiet line at the foot of every output: that it is advice, and through which days law and lists are known."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rules.library import Library

ADVICE = "Advice, not legal advice."
ROWS = "rows"
"""The key under which JSON keeps an output that is a list."""
READ: ContextVar[Library | None] = ContextVar("READ", default=None)
"""The library that was read last, set by whatever reads one: the days are those of what a command did read."""


def notice(library: Library | None, edition: str = "") -> str:
    """The line, without line break; without a library only that it is advice. ``edition``: what to call the library."""
    words = [ADVICE]
    if edition:
        words.append(f"Edition {edition}.")
    if library is not None and library.known_through is not None:
        words.append(f"Law read through {_day(library.known_through)}{_lists(library.lists_through)}.")
    return " ".join(words)


def keys(library: Library | None) -> dict[str, Any]:
    """The same for JSON: ``advice``, and ``known_through`` with the days (or null) of ``law`` and ``lists``."""
    law, lists = (None, None) if library is None else (library.known_through, library.lists_through)
    return {"advice": ADVICE, "known_through": {"law": _iso(law), "lists": _iso(lists)}}


def with_keys(data: Any, library: Library | None) -> dict[str, Any]:
    """An output with those keys after its own; one that is not a mapping goes under ``rows``."""
    return {**(data if isinstance(data, Mapping) else {ROWS: data}), **keys(library)}


def _lists(day: date | None) -> str:
    return "" if day is None else f"; lists through {_day(day)} or later"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
