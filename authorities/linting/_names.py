"""What the conditions of a file rest on: its own values and definitions, and those of the files it names.

Looked up once for a library, so that what a check costs grows with the files, not with their square.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules import conditions as c
from rules.checks import value_refs
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import Definition, LawFile, Life


class Names:
    """The law files of a library by id, and its shared definitions by name."""

    def __init__(self, library: Library):
        self.by_id = {one.id: one for one in reversed(library.files())}
        self.shared: dict[str, list[tuple[LawFile, Definition]]] = {}
        for owner in library.definitions.values():
            for one in owner.definitions:
                self.shared.setdefault(one.id, []).append((owner, one))
        self.translators: dict[tuple[str, date], object] = {}
        self._days: dict[tuple[str, Life], tuple[date, ...]] = {}
        self._changes: dict[str, frozenset[date]] = {}

    def definitions(self, file: LawFile, name: str) -> Iterator[tuple[LawFile, Definition]]:
        """The definitions of a name as a file's conditions find them: its own first, each with its file."""
        yield from ((file, one) for one in file.definitions if one.id == name)
        yield from self.shared.get(name, ())

    def days(self, file: LawFile, life: Life) -> tuple[date, ...]:
        """The days on which a condition of a file may mean something new within a life, its first day first."""
        key = (file.id, life)
        if key not in self._days:
            if file.id not in self._changes:
                self._changes[file.id] = frozenset(self._change_days(file))
            changes = self._changes[file.id]
            later = (d for d in changes if life.since < d and (life.until is None or d < life.until))
            self._days[key] = (life.since, *sorted(later))
        return self._days[key]

    def _change_days(self, file: LawFile) -> Iterator[date]:
        lives = [grant.life for grant in file.grants]
        for one in self.rests_on(file):
            lives += [entry.life for entries in one.values.values() for entry in entries]
            lives += [definition.life for definition in one.definitions]
        yield from (day for life in lives for day in (life.since, life.until) if day is not None)

    def rests_on(self, file: LawFile) -> list[LawFile]:
        """A file, and those whose values or definitions its conditions use, directly or through others."""
        found = {id(file): file}
        todo = [file]
        while todo:
            for other in self._named(todo.pop()):
                if id(other) not in found:
                    found[id(other)] = other
                    todo.append(other)
        return list(found.values())

    def _named(self, file: LawFile) -> Iterator[LawFile]:
        for provision in file.provisions():
            for ref in value_refs(provision):
                if ref.file in self.by_id:
                    yield self.by_id[ref.file]
        conditions = [condition for _, _, condition, _ in all_conditions(file)]
        conditions += [content.when for duty in file.duties for content in duty.contents]
        for condition in conditions:
            for part in c.walk(condition):
                for name in part.names if isinstance(part, c.Satisfies) else ():
                    yield from (owner for owner, _ in self.shared.get(name, ()))
