"""Where in a file a mutant's words stand: the key, and its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authorities.mutation._conditions import Spot
from authorities.mutation.mutants import Mutant
from rules.faults import FaultsError, Place
from rules.reading import Document, read_yaml

_WORDS = ("any of", "all of", "not")
_BLOCKS = {"law": ("law",), "reaches": ("reaches",), "except": ("except",)}


class Places:
    """Finds places in the files of one library folder, each read once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._documents: dict[str, Document | None] = {}

    def of(self, mutant: Mutant) -> Place:
        """The place of a mutant's words; the file alone where it cannot be read."""
        path = mutant.changed.path
        document = self._document(path)
        if document is None:
            return Place(path, None, mutant.provision)
        return document.place(keys(mutant, document.data))

    def _document(self, path: str) -> Document | None:
        if path not in self._documents:
            try:
                self._documents[path] = read_yaml((self.folder / path).read_bytes(), path)
            except (OSError, FaultsError):
                self._documents[path] = None
        return self._documents[path]


def keys(mutant: Mutant, data: Mapping[str, Any]) -> tuple[str | int, ...]:
    """The way from the top of a file to a mutant's words, as far as the file says them."""
    section, _, name = mutant.section.partition(".")
    if section in _BLOCKS or section in ("notwithstanding", "but_not"):
        return (section, *((mutant.key,) if mutant.key else ()))
    path: tuple[str | int, ...] = (section, *((name,) if name else ()), mutant.index)
    if not mutant.key:
        return path
    path = (*path, mutant.key)
    said: Any = data
    for step in path:
        try:
            said = said[step]
        except (KeyError, IndexError, TypeError):
            return path
    return (*path, *inside(said, mutant.spot))


def inside(said: Any, spot: Spot) -> tuple[str | int, ...]:
    """The way to a part of a condition, by where it stands in the condition's tree."""
    if not isinstance(said, Mapping):
        return ()
    entries = list(said.items())
    if len(entries) > 1:
        if not spot:
            return ()
        word, test = entries[spot[0]]
        return (word, *_within(word, test, spot[1:]))
    word, test = entries[0]
    return (word, *_within(word, test, spot))


def _within(word: str, test: Any, spot: Spot) -> tuple[str | int, ...]:
    if word == "not":
        return inside(test, spot[1:]) if spot else ()
    if word in _WORDS:
        return (spot[0], *inside(test[spot[0]], spot[1:])) if spot else ()
    if isinstance(test, Mapping) and spot and spot[0] < len(test):
        return (list(test)[spot[0]],)
    return ()


__all__ = ["Places", "inside", "keys"]
