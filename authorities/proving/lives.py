"""The dated words that the verdict of an authority can hang on, and what they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rules import conditions as c
from rules.library import Library
from rules.provisions import Cap, Definition, Duty, Fund, LawFile, Life, Provision, ValueEntry

Piece = Provision | ValueEntry
"""What has a life of its own."""


class Reading:
    """All that the verdict of one authority (or limit alone) may read of a library.

    ``pieces``: provisions and states of values, by what names them; ``files``; ``facts``: those tested or counted;
    ``questions``; ``dates``: when they were interpreted.
    """

    def __init__(self, library: Library, id_: str | None = None):
        self.library = library
        self.pieces: dict[Any, Piece] = {}
        self.files: dict[str, LawFile] = {}
        self.facts: set[str] = {"date"}
        self.questions: set[str] = set()
        self.dates: set[date] = set()
        if id_ is None:
            return
        own = library.authorities.get(id_)
        if own is None:
            self._file(library.limits[id_])
            return
        self._file(own)
        for limit in library.limits.values():
            if reachable(limit, own):
                self._file(limit)

    @classmethod
    def of_file(cls, library: Library, file: LawFile) -> Reading:
        """What one file reads by itself, without the limits that reach it."""
        made = cls(library)
        made._file(file)
        return made

    def _file(self, file: LawFile) -> None:
        if file.id not in self.files:
            self.files[file.id] = file
            if file.reach.accounts or file.reach_except.accounts:
                self.facts.add("account")
            for provision in file.provisions():
                self._provision(file, provision)

    def _provision(self, file: LawFile, one: Provision) -> None:
        key = (file.id, type(one).__name__, one.id)
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
                        self._file(limit)

    def _definition(self, file: LawFile, name: str) -> None:
        if any(one.id == name for one in file.definitions):
            return  # among the file's provisions already
        for owner in self.library.definitions.values():
            for one in owner.definitions:
                if one.id == name:
                    self._provision(owner, one)

    def _value(self, file: LawFile, ref: c.ValueRef) -> None:
        owner = file if ref.file is None else next(one for one in self.library.files() if one.id == ref.file)
        for n, entry in enumerate(owner.values.get(ref.name, ())):
            self.pieces[owner.id, "value", ref.name, n] = entry
            self.facts |= {"fund_year"} if entry.life.fund_years is not None else {entry.life.on}

    def _question(self, id_: str) -> None:
        if id_ not in self.questions:
            self.questions.add(id_)
            for one in self.library.interpretations:
                if one.question == id_:
                    self.dates.add(one.dated)
                    for part in c.walk(one.when):
                        self._condition(_NOWHERE, part)

    def laws(self) -> Iterator[date]:
        """The days on which the laws that put these words there, or ended them, were enacted."""
        for piece in self.pieces.values():
            for law in (piece.life.law, piece.life.ended_by):
                if law is not None:
                    yield self.library.laws[law.public_law]


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
            out |= {one.counts, "partner"} | ({one.used} if one.used is not None else set())
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
