"""Where a mutant's provisions could come out otherwise than the law's: on which day, under which authority, which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from authorities.mutation._abstract import Comparison, TooMany, told
from authorities.mutation._reading import Dependents, with_file
from authorities.mutation.mutants import Mutant
from rules import books, nodes
from rules.library import Library
from rules.provisions import LawFile
from rules.rulebook import Builder

_FALSE = nodes.Constant(False, "F")


class Difference(NamedTuple):
    """A provision (``key``) of what is asked that differs on a day; ``proved`` False: too many ways to try them all."""

    asked: str
    day: date
    key: str
    part: str
    proved: bool = True


Books = dict[tuple[str, str], "Part"]
"""(key of a provision, which condition of it) -> the condition, for what is asked on a day."""


class Part(NamedTuple):
    """One condition of a book, with what else of its provision bears on a verdict."""

    node: nodes.Node
    marks: tuple[Any, ...] = ()


def parts(book: books.AuthorityBook, alone: bool = False) -> Books:
    """Every condition that a verdict under a book is made of; none where nothing is granted, whatever else is law."""
    out: Books = {(key, "grant"): Part(node) for key, _, node in book.grants}
    if not out and not alone:
        return {}
    for bar in book.bars:
        out[bar.key, "bar"] = Part(bar.node)
    for duty in book.duties:
        before = duty.provision.direction == "before" and not duty.provision.recurring
        out[duty.key, "duty"] = Part(duty.applies, (before, duty.provision.act, duty.excused is None))
        out[duty.key, "bars"] = Part(duty.bars)
        if duty.excused is not None:
            out[duty.key, "unless"] = Part(duty.excused)
    for cap in book.caps:
        out[cap.key, "cap"] = Part(cap.node)
    for fund in book.funds:
        if fund.provision.never:
            out[fund.key, "never"] = Part(fund.never)
        else:
            out[fund.key, "fund"] = Part(fund.node, (fund.provision.only,))
            out[fund.key, "pays"] = Part(fund.applies)
    return out


def alike(one: Part | None, other: Part | None) -> bool:
    """Whether two conditions are made in the same way."""
    return one is not None and other is not None and one.marks == other.marks and told(one.node) == told(other.node)


class Prover:
    """Compares the provisions of a library with a mutant's, day by day; keeps what it made of the library."""

    def __init__(self, library: Library, dependents: Dependents):
        self.library, self.dependents = library, dependents
        self.known = max((*library.laws.values(), library.known_through or date.min))
        self.comparison = Comparison(library)
        self._books: dict[tuple[str, date], Books] = {}

    def asked(self, mutant: Mutant) -> list[str]:
        """The authorities and limits whose findings a mutant can touch; the limit by itself stands for its bars."""
        if mutant.section in ("reaches", "except"):
            return list(self.library.authorities)
        changed = self.dependents[mutant.file]
        whole = [*self.library.authorities, *self.library.limits]
        return sorted((id_ for id_ in whole if id_ in changed), key=lambda id_: id_ != mutant.file)

    def days(self, asked: str, mutant: Mutant, library: Library) -> list[date]:
        """A day in each interval in which the law, as it is and as changed, stands still."""
        read = {f for f, users in self.dependents.items() if asked in users}
        if asked in self.library.authorities:
            read |= set(self.library.limits) if mutant.section in ("reaches", "except", "notwithstanding", "but_not") else set()
        days: set[date] = set()
        for one in (self.library, library):
            for file in one.files():
                if file.id in read:
                    days |= change_days(file)
        return sorted(days)

    def structural(self, mutant: Mutant) -> Iterator[tuple[str, date, tuple[tuple[str, str], ...]]]:
        """(asked, day, conditions) that are not made alike in the law and the mutant; most are not alike in effect."""
        library = with_file(self.library, mutant.changed)
        for asked in self.asked(mutant):
            for day in self.days(asked, mutant, library):
                before, after = self._law(asked, day), self._parts(library, asked, day)
                keys = tuple(k for k in dict.fromkeys((*before, *after)) if not alike(before.get(k), after.get(k)))
                if keys:
                    yield asked, day, keys

    def _law(self, asked: str, day: date) -> Books:
        if (asked, day) not in self._books:
            self._books[asked, day] = self._parts(self.library, asked, day)
        return self._books[asked, day]

    def differences(self, mutant: Mutant, limit: int) -> Iterator[Difference]:
        """Every provision and day where a line could tell the mutant from the law; none: they are equivalent."""
        library = with_file(self.library, mutant.changed)
        for asked in self.asked(mutant):
            for day in self.days(asked, mutant, library):
                yield from self._on(asked, day, library, limit)

    def _on(self, asked: str, day: date, library: Library, limit: int) -> Iterator[Difference]:
        before = self._law(asked, day)
        after = self._parts(library, asked, day)
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key), after.get(key)
            try:
                if self._differ(key[1], one, other, limit):
                    yield Difference(asked, day, *key)
            except TooMany:
                yield Difference(asked, day, *key, proved=False)

    def _differ(self, part: str, one: Part | None, other: Part | None, limit: int) -> bool:
        if one is None or other is None:
            if part in ("grant", "fund", "pays"):
                return True
            present = one or other
            return present is not None and self.comparison.differ(present.node, _FALSE, limit)
        if one.marks != other.marks:
            return True
        return self.comparison.differ(one.node, other.node, limit)

    def _parts(self, library: Library, asked: str, day: date) -> Books:
        builder = Builder(library, day, self.known)
        found = library.authorities.get(asked)
        if found is not None:
            return parts(builder.authority(found))
        return parts(builder.authority(library.limits[asked], alone=True), alone=True)


def change_days(file: LawFile) -> set[date]:
    """The days on which something in a file begins or ends."""
    lives = [p.life for p in file.provisions()]
    lives += [e.life for entries in file.values.values() for e in entries]
    return {day for life in lives for day in (life.since, life.until) if day is not None}
