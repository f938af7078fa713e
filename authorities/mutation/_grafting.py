"""A rulebook's maker for a library with one file changed, which takes what limits bring to an authority from the maker
for the library as it is, where nothing that is read for it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from rules.books import BarBook, CapBook, DutyBook, FundBook
from rules.library import Library
from rules.nodes import Node
from rules.provisions import LawFile
from rules.rulebook import Builder

_Made = TypeVar("_Made")


class Grafted(Builder):
    """``stock``: the maker for the library as it is; ``changed``: the files of which nothing may be taken from it."""

    def __init__(
        self,
        library: Library,
        day: date,
        known: date,
        stock: Grafted | None = None,
        changed: frozenset[str] = frozenset(),
    ):
        super().__init__(library, day, known)
        self.changed = changed
        self._brought: dict[tuple[str, str, str], Any] = {} if stock is None else stock._brought
        self._before = library if stock is None else stock.library

    def reaches(self, limit: LawFile, file: LawFile) -> Node | None:
        """Where a limit reaches an authority: None for nowhere."""
        return self._taken("reaches", limit, file, super().reaches)

    def reached(
        self, limit: LawFile, file: LawFile
    ) -> tuple[list[BarBook], list[DutyBook], list[CapBook], list[FundBook]]:
        """What a limit brings to an authority."""
        return self._taken("reached", limit, file, super().reached)

    def _taken(self, what: str, limit: LawFile, file: LawFile, make: Callable[[LawFile, LawFile], _Made]) -> _Made:
        if limit.id in self.changed or (file.id in self.changed and not self._alike(file)):
            return make(limit, file)
        key = (what, limit.id, file.id)
        if key not in self._brought:
            self._brought[key] = make(limit, file)
        found: _Made = self._brought[key]
        return found

    def _alike(self, file: LawFile) -> bool:
        """Whether a changed file is as it was in all that says which limits reach it (``Builder.reaches``)."""
        before = self._before.authorities.get(file.id)
        return before is not None and (
            (before.tags, before.notwithstanding, before.but_not) == (file.tags, file.notwithstanding, file.but_not)
            and before.funds == file.funds
        )
