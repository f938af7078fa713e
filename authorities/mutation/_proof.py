"""Where a mutant could come out otherwise than the law: under which authority, on which day, in which provision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from authorities.mutation._abstract import TooMany
from authorities.mutation._comparison import Comparison
from authorities.mutation._reading import Dependents, with_file
from authorities.mutation._whole import Whole
from authorities.mutation.mutants import Mutant
from rules import books, nodes
from rules.derived import fiscal_year
from rules.library import Library
from rules.provisions import Cap, LawFile
from rules.rulebook import Builder

DAY = timedelta(days=1)
LIMIT = 1 << 20
"""Most combinations tried to prove two conditions the same."""

_FALSE = nodes.Constant(False, "F")

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
        self.whole = Whole(library, self.comparison.bundles, LIMIT)
        self._books: dict[tuple[str, date], Books] = {}

    def differences(self, mutant: Mutant) -> Iterator[Difference]:
        """Every day on which a line could tell the mutant from the law; none: they are equivalent."""
        if self._same_lines(mutant):
            return
        library = with_file(self.library, mutant.changed)
        own: list[tuple[date, date]] = []
        for asked in self._asked(mutant):
            days = self._days(asked, mutant, library)
            for day, until in zip(days, (*days[1:], date.max), strict=True):
                before, after = self._law(asked, day), _made(library, asked, day, self.known)
                keys = tuple(k for k in dict.fromkeys((*before, *after)) if self._differ(k, before, after))
                if keys:
                    own.append((day, until))
                    yield Difference(asked, day, until, keys)
        if mutant.file in self.library.limits and mutant.section in ("duties", "reaches", "except"):
            yield from self._reached(mutant, library, own)

    def _reached(self, mutant: Mutant, library: Library, own: list[tuple[date, date]]) -> Iterator[Difference]:
        """The same under the authorities that a limit reaches, of what the limit alone brings to them.

        ``own``: when the limit alone differs; its duties can differ at no other time.
        """
        limit = mutant.file
        for asked in self.library.authorities:
            if asked in self.dependents[limit]:
                continue
            days = self._days(asked, mutant, library)
            for day, until in zip(days, (*days[1:], date.max), strict=True):
                if mutant.section == "duties" and not any(a < until and day < b for a, b in own):
                    continue
                before = _brought(self.library, limit, asked, day, self.known)
                after = _brought(library, limit, asked, day, self.known)
                keys = tuple(k for k in dict.fromkeys((*before, *after)) if self._differ(k, before, after))
                if keys:
                    yield Difference(asked, day, until, keys)

    def tells(self, mutant: Mutant, one: Difference) -> bool:
        """Whether a finding can come out otherwise where a condition of it can, as far as can be told.

        A limit asked alone shows less than under an authority it reaches: of it nothing is told away.
        """
        if one.asked in self.library.limits:
            return True
        library = with_file(self.library, mutant.changed)
        law, planted = (_book(lib, one.asked, one.day, self.known) for lib in (self.library, library))
        try:
            return self.whole.differ(one.keys, (law, parts(law)), (planted, parts(planted)))
        except TooMany:
            return True

    def _same_lines(self, mutant: Mutant) -> bool:
        """Whether a mutant only has a cap add up the lines of a year instead of a whole proposal, or the other way
        round, and the cap is law in one year only: then it adds up the same lines."""
        if mutant.section != "caps" or mutant.key != "per":
            return False
        file = next(f for f in self.library.files() if f.id == mutant.file)
        some = [one for one in (*file.caps, *mutant.changed.caps) if one.id == mutant.provision]
        return all(one.per in ("activity", "authority-year") and self._one_year(one) for one in some)

    def _one_year(self, cap: Cap) -> bool:
        """Whether a cap that shares its sum with no other is law on days of one fiscal year only."""
        life, starts = cap.life, self.library.calendar.year_starts
        if life.until is None or life.on != "date" or life.fund_years is not None or cap.group is not None:
            return False
        return fiscal_year(life.since, starts) == fiscal_year(life.until - DAY, starts)

    def _asked(self, mutant: Mutant) -> list[str]:
        """The authorities and limits whose findings a mutant can touch; the limit by itself stands for its bars."""
        changed = self.dependents[mutant.file]
        whole = [*self.library.authorities, *self.library.limits]
        return sorted((id_ for id_ in whole if id_ in changed), key=lambda id_: id_ != mutant.file)

    def _days(self, asked: str, mutant: Mutant, library: Library) -> list[date]:
        """The first day of each stretch in which the law, as it is and as changed, stands still."""
        read = {f for f, users in self.dependents.items() if asked in users or mutant.file in users}
        if mutant.section in ("notwithstanding", "but_not"):
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


def _brought(library: Library, limit: str, asked: str, day: date, known: date) -> Books:
    """What a limit brings to an authority that grants something on the day."""
    builder, file = Builder(library, day, known), library.authorities[asked]
    if not any(builder.in_force(grant.life) for grant in file.grants):
        return {}
    nothing = nodes.Any_(False, ())
    bars, duties, caps, funds = builder.reached(library.limits[limit], file)
    defeated = builder.defeated(file)
    terms = books.Terms(
        tuple(builder.escaped(bar, defeated) for bar in bars),
        tuple(duties),
        tuple(caps),
        tuple(funds),
        nothing,
        nothing,
        {},
        (),
    )
    return parts(books.AuthorityBook(file, (), nodes.Any_(True, ()), lambda: terms), alone=True)


def _made(library: Library, asked: str, day: date, known: date) -> Books:
    return parts(_book(library, asked, day, known), alone=asked in library.limits)


def _book(library: Library, asked: str, day: date, known: date) -> books.AuthorityBook:
    builder = Builder(library, day, known)
    found = library.authorities.get(asked)
    return builder.authority(library.limits[asked], alone=True) if found is None else builder.authority(found)


def change_days(file: LawFile) -> set[date]:
    """The days on which something in a file begins or ends."""
    lives = [p.life for p in file.provisions()]
    lives += [e.life for entries in file.values.values() for e in entries]
    return {day for life in lives for day in (life.since, life.until) if day is not None}
