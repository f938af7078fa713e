"""Where a mutant could come out otherwise than the law: under which authority, on which day, in which provision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from authorities.mutation._abstract import Comparison, TooMany
from authorities.mutation._reading import Dependents, with_file
from authorities.mutation.mutants import Mutant
from rules import books, nodes
from rules.library import Library
from rules.provisions import LawFile
from rules.rulebook import Builder

LIMIT = 1 << 20
"""Most combinations tried to prove two conditions the same."""

_FALSE = nodes.Constant(False, "F")
_WHOLE = ("reaches", "except", "notwithstanding", "but_not")

Books = dict[tuple[str, str], "Part"]
"""(key of a provision, which condition of it) -> the condition, for what is asked on a day."""


class Part(NamedTuple):
    """One condition of a book, with what else of its provision bears on a verdict."""

    node: nodes.Node
    marks: tuple[Any, ...] = ()


class Difference(NamedTuple):
    """What is asked, the days (from, up to but not on) in which what it reads of the law stands still, and the
    conditions that can come out otherwise."""

    asked: str
    day: date
    until: date
    keys: tuple[tuple[str, str], ...]


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


class Prover:
    """Compares the provisions of a library with a mutant's, day by day; keeps what it made of the library."""

    def __init__(self, library: Library, dependents: Dependents):
        self.library, self.dependents = library, dependents
        self.known = max((*library.laws.values(), library.known_through or date.min))
        self.comparison = Comparison(library)
        self._books: dict[tuple[str, date], Books] = {}

    def differences(self, mutant: Mutant) -> Iterator[Difference]:
        """Every day on which a line could tell the mutant from the law; none: they are equivalent."""
        library = with_file(self.library, mutant.changed)
        for asked in self._asked(mutant):
            days = self._days(asked, mutant, library)
            for day, until in zip(days, (*days[1:], date.max), strict=True):
                before, after = self._law(asked, day), _made(library, asked, day, self.known)
                keys = tuple(k for k in dict.fromkeys((*before, *after)) if self._differ(k, before, after))
                if keys:
                    yield Difference(asked, day, until, keys)

    def _asked(self, mutant: Mutant) -> list[str]:
        """The authorities and limits whose findings a mutant can touch; the limit by itself stands for its bars."""
        if mutant.section in ("reaches", "except"):
            return list(self.library.authorities)
        changed = self.dependents[mutant.file]
        whole = [*self.library.authorities, *self.library.limits]
        found = sorted((id_ for id_ in whole if id_ in changed), key=lambda id_: id_ != mutant.file)
        if mutant.section == "duties" and mutant.file in self.library.limits:
            # a step still to take shows only under what the limit reaches
            found += [id_ for id_ in self.library.authorities if id_ not in found]
        return found

    def _days(self, asked: str, mutant: Mutant, library: Library) -> list[date]:
        """The first day of each stretch in which the law, as it is and as changed, stands still."""
        read = {f for f, users in self.dependents.items() if asked in users}
        if mutant.section in _WHOLE:
            read |= set(self.library.limits)
        days: set[date] = set()
        for one in (self.library, library):
            for file in one.files():
                if file.id in read:
                    days |= change_days(file)
        return sorted(days)

    def _law(self, asked: str, day: date) -> Books:
        if (asked, day) not in self._books:
            self._books[asked, day] = _made(self.library, asked, day, self.known)
        return self._books[asked, day]

    def _differ(self, key: tuple[str, str], before: Books, after: Books) -> bool:
        """Whether one condition can come out otherwise, as far as can be told."""
        one, other = before.get(key), after.get(key)
        try:
            if one is None or other is None:
                present = one or other
                if key[1] in ("grant", "fund", "pays") or present is None:
                    return True
                return self.comparison.differ(present.node, _FALSE, LIMIT)
            return one.marks != other.marks or self.comparison.differ(one.node, other.node, LIMIT)
        except TooMany:
            return True


def _made(library: Library, asked: str, day: date, known: date) -> Books:
    builder = Builder(library, day, known)
    found = library.authorities.get(asked)
    if found is not None:
        return parts(builder.authority(found))
    return parts(builder.authority(library.limits[asked], alone=True), alone=True)


def change_days(file: LawFile) -> set[date]:
    """The days on which something in a file begins or ends."""
    lives = [p.life for p in file.provisions()]
    lives += [e.life for entries in file.values.values() for e in entries]
    return {day for life in lives for day in (life.since, life.until) if day is not None}
