"""The dated words that the verdict of an authority can hang on, and what they read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rules import conditions as c
from rules.library import Library
from rules.provisions import Cap, Definition, Duty, Fund, LawFile, Life, Provision, ValueEntry

Piece = Provision | ValueEntry
"""What has a life of its own."""
Key = tuple[str, str, str, str, int]
VALUE = "value"


class Reading:
    """All that some files of a library may read of it: of one authority with the limits that reach it, say.

    ``pieces``: provisions and states of values, by what names them (kind of file, file, kind of piece, name, number
    among those of that name); ``files`` by kind and id; ``facts``: those tested or counted; ``questions``; ``dates``:
    when they were interpreted.
    """

    def __init__(self, library: Library):
        self.library = library
        self.pieces: dict[Key, Piece] = {}
        self.files: dict[tuple[str, str], LawFile] = {}
        self.facts: set[str] = {"date"}
        self.questions: set[str] = set()
        self.dates: set[date] = set()

    @classmethod
    def of(cls, library: Library, id_: str) -> Reading:
        """All that the verdict of one authority, or limit alone, may read."""
        return Readings(library).of(id_)

    def add(self, other: Reading) -> None:
        """Read what another reads, too."""
        self.pieces.update(other.pieces)
        self.files.update(other.files)
        self.facts |= other.facts
        self.questions |= other.questions
        self.dates |= other.dates

    def add_file(self, file: LawFile) -> None:
        """Read one file, without the limits that reach it."""
        if (file.kind, file.id) not in self.files:
            self.files[file.kind, file.id] = file
            if file.reach.accounts or file.reach_except.accounts:
                self.facts.add("account")
            for key, provision in numbered(file, file.provisions()):
                self._provision(file, key, provision)

    def _provision(self, file: LawFile, key: Key, one: Provision) -> None:
        if key in self.pieces:
            return
        self.pieces[key] = one
        self.facts |= _read(one)
        conditions = [one.when, getattr(one, "unless", None)]
        if isinstance(one, Definition):
            conditions += [one.inside, one.outside]
            if one.otherwise is not None:
                self._question(one.otherwise)
        for condition in conditions:
            for part in c.walk(condition) if condition is not None else ():
                self._condition(file, part)
        amount = one.amount if isinstance(one, Cap) else one.end_by_years if isinstance(one, Fund) else None
        if isinstance(amount, c.ValueRef):
            self._value(file, amount)

    def _condition(self, file: LawFile, part: c.Condition) -> None:
        if isinstance(part, c.OneOf | c.Equals | c.Bounded):
            self.facts.add(part.fact)
        match part:
            case c.OneOf(_, c.ValueRef() as ref) | c.Equals(_, c.ValueRef() as ref):
                self._value(file, ref)
            case c.Bounded(_, bounds):
                for operand in _flat(bounds):
                    if isinstance(operand, c.ValueRef):
                        self._value(file, operand)
            case c.Satisfies(names):
                for name in names:
                    self._definition(file, name)
            case c.Question(id_):
                self._question(id_)
            case c.BarredUnder(targets):
                wanted = frozenset(targets)
                for limit in self.library.limits.values():
                    if limit.id in wanted or wanted & (limit.reach.tags | limit.reach.authorities):
                        self.add_file(limit)

    def _definition(self, file: LawFile, name: str) -> None:
        own = any(one.id == name for one in file.definitions)
        for owner in (file,) if own else self.library.definitions.values():
            for key, one in numbered(owner, owner.definitions):
                if one.id == name:
                    self._provision(owner, key, one)

    def _value(self, file: LawFile, ref: c.ValueRef) -> None:
        owner = file if ref.file is None else next(one for one in self.library.files() if one.id == ref.file)
        for n, entry in enumerate(owner.values.get(ref.name, ())):
            self.pieces[owner.kind, owner.id, VALUE, ref.name, n] = entry
            self.facts |= {"fund_year"} if entry.life.fund_years is not None else {entry.life.on}

    def _question(self, id_: str) -> None:
        if id_ not in self.questions:
            self.questions.add(id_)
            for one in self.library.interpretations:
                if one.question == id_:
                    self.dates.add(one.dated)
                    for part in c.walk(one.when):
                        self._condition(_NOWHERE, part)

    def laws(self) -> dict[str, date]:
        """The laws that put these words there, or ended them, with the days on which they were enacted."""
        some = {law for piece in self.pieces.values() for law in (piece.life.law, piece.life.ended_by)}
        return {law.public_law: self.library.laws[law.public_law] for law in some if law is not None}


class Readings:
    """What each file, authority and limit of one library reads, each read once.

    ``like``: those of a library in which all files but the ``changed`` (and those that read them) are the same.
    """

    def __init__(self, library: Library, like: Readings | None = None, changed: frozenset[str] = frozenset()):
        self.library, self._like, self._changed = library, like, changed
        self._files: dict[tuple[str, str], Reading] = {}

    def file(self, file: LawFile) -> Reading:
        """What one file reads by itself."""
        if self._like is not None and file.id not in self._changed:
            return self._like.file(file)
        key = (file.kind, file.id)
        if key not in self._files:
            self._files[key] = made = Reading(self.library)
            made.add_file(file)
        return self._files[key]

    def of(self, id_: str) -> Reading:
        """All that the verdict of one authority, or limit alone, may read."""
        own, out = self.library.authorities.get(id_), Reading(self.library)
        if own is None:
            out.add(self.file(self.library.limits[id_]))
            return out
        out.add(self.file(own))
        for limit in self.library.limits.values():
            if reachable(limit, own):
                out.add(self.file(limit))
        return out


def numbered(file: LawFile, provisions: Iterable[Provision]) -> Iterator[tuple[Key, Provision]]:
    """Provisions of a file with their keys: a definition may stand there several times, each in force at its time."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in provisions:
        name = (type(one).__name__, one.id)
        yield (file.kind, file.id, *name, seen[name]), one
        seen[name] += 1


_NOWHERE = LawFile("", "definitions", "", "", "", "")


def reachable(limit: LawFile, file: LawFile) -> bool:
    """Whether a limit may reach an authority at all."""
    if file.notwithstanding is not None and limit.id not in file.but_not:
        if "all" in file.notwithstanding or limit.id in file.notwithstanding:
            return False
    reach = limit.reach
    return bool(reach.everything or file.id in reach.authorities or file.tags & reach.tags or reach.accounts)


def _read(one: Provision) -> set[str]:
    """The facts that a provision reads by being what it is."""
    out: set[str] = {"fund_year"} if one.life.fund_years is not None else {one.life.on}
    match one:
        case Cap():
            out |= {one.counts, "partner", "project"} | ({one.used} if one.used is not None else set())
        case Duty():
            out.add(one.event)
        case Fund():
            out |= {"account", "fund_year", "start", "end"}
    return out


def _flat(operand: Any) -> Iterator[Any]:
    if isinstance(operand, tuple) and not isinstance(operand, c.ValueRef):
        for one in operand:
            yield from _flat(one)
    else:
        yield operand


def bare(piece: Piece) -> Piece:
    """A piece without what decides no verdict: its cite, its gist, where it stands."""
    if isinstance(piece, ValueEntry):
        return replace(piece, cite="")
    return replace(piece, cite="", gist="", line=0, force="", basis="")


def life_key(life: Life) -> tuple[Any, ...]:
    """A life, to tell lives apart."""
    return (life.since, life.law, life.until, life.ended_by, life.on, life.fund_years)
