"""The outline of a file: what must be known of it before it is opened.

Most authorities grant nothing to a given line for a plain reason: another kind of support, another country, a
circumstance nobody spoke of, or a law that is not in force.  A *door* is one grant's life with the tests that it
cannot do without; where one of them fails on every line, so does the grant, and the file need not be read.
A door only ever says that a grant is false where reading the grant whole would say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from rules import conditions as c
from rules._frozen import dataclass
from rules._leaves import Test, equal, member
from rules.lines import Batch, Cell
from rules.provisions import Grant, LawFile, Life

_FIRST = "element"
"""The fact that shuts most doors: the kind of support."""
Tests = Mapping[str, Any]
"""Fact -> the terms (a frozenset) or the value that a grant cannot do without."""


class Door(NamedTuple):
    """One grant: when it is law, and what it cannot do without."""

    life: Life
    tests: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Outline:
    """A file before it is opened. ``days``: when something in it changes; ``reliefs``: acts that lift its bars."""

    short: str
    statute: str
    replaces: tuple[str, ...]
    doors: tuple[Door, ...]
    days: frozenset[date]
    reliefs: frozenset[str]


class Kept(Mapping[str, LawFile]):
    """Files with their outlines, each opened when first asked for by ``open_``."""

    def outlines(self) -> Mapping[str, Outline]:
        """Every file's outline."""
        raise NotImplementedError


def outlines(files: Mapping[str, LawFile]) -> Mapping[str, Outline]:
    """The outline of every file: as kept beside them, or made now."""
    return files.outlines() if isinstance(files, Kept) else {id_: outline(file) for id_, file in files.items()}


def outline(file: LawFile) -> Outline:
    """What must be known of a file before it is opened."""
    lives = [p.life for p in file.provisions()]
    lives += [entry.life for entries in file.values.values() for entry in entries]
    reliefs = (
        one.id
        for bar in file.bars
        if bar.unless is not None
        for one in c.walk(bar.unless)
        if isinstance(one, c.ActDone)
    )
    return Outline(
        file.short,
        file.statute,
        file.replaces,
        tuple(Door(grant.life, tuple(_order(_tests(grant.when, grant, file)))) for grant in file.grants),
        frozenset(day for life in lives for day in (life.since, life.until) if day is not None),
        frozenset(reliefs),
    )


def _order(tests: Tests) -> Iterator[tuple[str, Any]]:
    """The test that shuts most doors first."""
    return iter(sorted(tests.items(), key=lambda one: (one[0] != _FIRST, one[0])))


def _tests(condition: c.Condition, grant: Grant, file: LawFile) -> dict[str, Any]:
    """Tests whose failure alone makes the condition false. Tables read on another day than the line's are no door."""
    if grant.life.on != "date":
        return {}
    match condition:
        case c.OneOf(fact, members):
            terms = members if isinstance(members, tuple) else _ever(members, grant, file)
            return {} if terms is None else {fact: frozenset(terms)}
        case c.Equals(fact, value) if not isinstance(value, c.ValueRef):
            return {fact: value}
        case c.AllOf(parts):
            found: dict[str, Any] = {}
            for part in parts:
                for fact, test in _tests(part, grant, file).items():
                    found.setdefault(fact, test)
            return found
        case c.AnyOf(parts) if parts:
            ways = [_tests(part, grant, file) for part in parts]
            common = {fact for fact in ways[0] if all(isinstance(way.get(fact), frozenset) for way in ways)}
            return {fact: frozenset[str]().union(*(way[fact] for way in ways)) for fact in common}
    return {}


def _ever(ref: c.ValueRef, grant: Grant, file: LawFile) -> frozenset[str] | None:
    """All that a dated value of the file ever names, if it has a state all through the grant's life."""
    entries = file.values.get(ref.name, ()) if ref.file is None else ()
    if any(entry.life.until is not None or entry.life.fund_years is not None for entry in entries):
        return None
    if not any(e.life.since <= grant.life.since and e.life.law in (None, grant.life.law) for e in entries):
        return None
    return frozenset(term for entry in entries for term in (*(entry.is_ or ()), *entry.adds))


class Doors:
    """The grants in force of every authority in one rulebook, as the doors that they are.

    What the doors ask, and which authorities face each kind of support, is kept from one batch to the next.
    """

    def __init__(self, of: Mapping[str, tuple[Door, ...]]):
        self._of = of
        self._tests: dict[tuple[str, Any], Test] = {}
        self._facing: dict[Cell, frozenset[str]] = {}

    def open_to(self, batch: Batch, asked: str | None) -> frozenset[str]:
        """The authorities of which some grant may hold on some line of a batch, and the one ``asked`` about."""
        # a batch of its own: what only the doors ask about is no fact that an answer rests on
        porch = _Porch(self, Batch(batch.library, batch.lines, strict=batch.strict))
        porch.batch.lend(batch)
        facing = frozenset[str]().union(*(self._faced_by(cell, porch) for cell in porch.batch.column(_FIRST)))
        opened = {id_ for id_ in facing if not all(porch.shut(door) for door in self._of[id_])}
        return frozenset(opened if asked is None else {*opened, asked} & self._of.keys())

    def _faced_by(self, cell: Cell, porch: _Porch) -> frozenset[str]:
        """The authorities that a line with this kind of support need try."""
        known = self._facing.get(cell)
        if known is None:
            known = self._facing[cell] = frozenset(
                id_
                for id_, doors in self._of.items()
                if any(all(f != _FIRST or self.test(f, w, porch.batch)(cell) != "F" for f, w in d.tests) for d in doors)
            )
        return known

    def test(self, fact: str, wanted: Any, batch: Batch) -> Test:
        """One test of a door."""
        test = self._tests.get((fact, wanted))
        if test is None:
            taxonomy = batch.library.vocabulary.taxonomy
            made = member(taxonomy, tuple(wanted)) if isinstance(wanted, frozenset) else equal(wanted)
            test = self._tests[fact, wanted] = made
        return test


class _Porch:
    """The doors before one batch."""

    def __init__(self, doors: Doors, batch: Batch):
        self.doors, self.batch = doors, batch
        self._failing: dict[tuple[str, Any], int] = {}

    def shut(self, door: Door) -> bool:
        """Whether the grant fails on every line."""
        lines = 0
        for key in door.tests:
            known = self._failing.get(key)
            if known is None:
                known = self._failing[key] = self._fails(*key)
            lines |= known
            if lines == self.batch.full:
                return True
        return False

    def _fails(self, fact: str, wanted: Any) -> int:
        test = self.doors.test(fact, wanted, self.batch)
        lines = 0
        for cell, mask in self.batch.column(fact).items():
            if test(cell) == "F":
                lines |= mask
        return lines
