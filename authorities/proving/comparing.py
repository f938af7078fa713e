"""Two editions compared, authority by authority."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from authorities.proving.asking import Oracle
from authorities.proving.counting import differing, same_conditions
from authorities.proving.differences import KINDS, Kind, alike, find, shared_alike
from authorities.proving.encode import Encoder
from authorities.proving.facts import Facts
from authorities.proving.faults import NotEncoded
from authorities.proving.ground import Ground
from authorities.proving.lives import Readings
from authorities.proving.same import Likeness, differing_files, differing_pieces, only_shared_otherwise, renamed_caps
from authorities.proving.stretches import Cell, stretches
from authorities.proving.verdicts import NOTHING, Parts, parts_of, verdicts_of
from authorities.proving.witness import Witness, witness_of
from rules.library import Library
from rules.rulebook import Builder, Shelf

SECONDS = 20.0
"""What the solver has for one question, unless told otherwise."""
SEVERAL = "proposals of several lines that share a cap"


@dataclass(slots=True)
class Comparison:
    """What came of comparing one authority. ``relation``: how the second edition stands to the first: ``equal``,
    ``looser``, ``stricter``, ``incomparable``, ``shifted`` (another verdict of the same rank), ``different`` (not asked
    further), ``not compared``, ``not proved`` (the solver gave up), ``added`` or ``removed``. ``identical``: it reads the
    same words. ``not_compared``: what is left out. ``gave_up``: questions the solver left unanswered."""

    id: str
    relation: str = "equal"
    identical: bool = False
    witnesses: dict[Kind, Witness] = field(default_factory=dict)
    not_compared: list[str] = field(default_factory=list)
    gave_up: int = 0


class Comparer:
    """Compares the authorities (and limits by themselves) of two editions; keeps what it learns.

    ``like``: a comparer of the same first edition with another that has the same vocabulary, tables and accounts too.
    """

    def __init__(self, before: Library, after: Library, *, seconds: float = SECONDS, like: Comparer | None = None):
        self.libraries = (before, after)
        own = Readings(before) if like is None else like.readings[0]
        self.shelves: tuple[Shelf, Shelf] = (Shelf(before) if like is None else like.shelves[0], Shelf(after))
        self.changed = differing_files(own, after)
        """The files that differ, and those that read them."""
        alike = own if before.interpretations == after.interpretations else None
        self.readings: tuple[Readings, Readings] = (own, Readings(after, alike, self.changed))
        self.likeness = Likeness(before, after)
        self.ground: Ground = Ground(before, after) if like is None else like.ground
        self.oracle: Oracle = Oracle(self.ground, seconds) if like is None else like.oracle
        self.facts: tuple[Facts, Facts] = (
            (Facts(self.ground, before), Facts(self.ground, after)) if like is None else like.facts
        )

    def compare(self, id_: str, *, first: bool = False) -> Comparison:
        """One authority, or one limit by itself. ``first``: only until some proposal tells the editions apart.

        Raises :class:`NotConfirmed` if the evaluator does not find what the solver says.
        """
        held = [id_ in lib.authorities or id_ in lib.limits for lib in self.libraries]
        result = Comparison(id_)
        if not all(held):
            result.relation = "removed" if held[0] else "added"
            return result
        run = _Run(self, id_)
        if run.same and run.pieces is not None and not any(run.pieces):
            result.identical = True
            return result
        if run.pieces is not None and only_shared_otherwise(run.pieces):
            result.not_compared.append(SEVERAL)
            return result
        try:
            self._compare(run, result, first)
        except NotEncoded as error:
            return Comparison(id_, "not compared", not_compared=[str(error)])
        result.relation = _relation(result, first)
        return result

    def _compare(self, run: _Run, result: Comparison, first: bool) -> None:
        several = False
        for cells in self._likely(run):
            pair = run.parts(cells[0])
            if pair is None:
                continue
            sharing = any(parts.shared for parts in pair)
            several = several or (sharing and not (run.same and shared_alike(self.oracle, *pair)))
            for kind in self._kinds(pair, cells, result, first):
                if kind in result.witnesses or (result.witnesses and kind == "shifted"):
                    continue
                found = find(self.oracle, *pair, kind, cells)
                several, result.gave_up = several or found.several, result.gave_up + found.gave_up
                if found.question is not None:
                    file = self.libraries[0].authorities.get(run.id) or self.libraries[0].limits[run.id]
                    verdicts = (verdicts_of(self.ground.pool, pair[0]), verdicts_of(self.ground.pool, pair[1]))
                    editions = list(zip(self.libraries, self.shelves, strict=True))
                    result.witnesses[kind] = witness_of(found.question, file, editions, verdicts)
            if {"looser", "stricter"} <= result.witnesses.keys() or (first and result.witnesses):
                break
        if several and _relation(result, first) not in ("incomparable", "different"):
            result.not_compared.append(SEVERAL)

    def _likely(self, run: _Run) -> list[tuple[Cell, ...]]:
        """The stretches, those first in which the authority has cases: there proposals come to something."""
        own = self.libraries[0].authorities.get(run.id) or self.libraries[0].limits[run.id]
        days = sorted({case.date for case in own.cases})
        every = stretches(*run.readings)
        latest = max(cell.known for cells in every for cell in cells)

        def likely(cells: tuple[Cell, ...]) -> bool:
            some = [cell for cell in cells if cell.known == latest]
            return any(bisect_left(days, cell.first) < bisect_right(days, cell.last) for cell in some)

        return sorted(every, key=lambda cells: not likely(cells))

    def _kinds(
        self, pair: tuple[Parts, Parts], cells: tuple[Cell, ...], result: Comparison, first: bool
    ) -> Sequence[Kind]:
        """In which ways to ask whether two verdicts differ: none, where they cannot; ``first``: in any."""
        if alike(self.oracle, *pair):
            return ()
        if first:
            return ("different",)
        if result.witnesses:
            return [kind for kind in KINDS[:2] if kind not in result.witnesses]
        found = find(self.oracle, *pair, "different", cells)
        return KINDS if found.question is not None or found.several or found.gave_up else ()


def _relation(result: Comparison, first: bool) -> str:
    """How the second edition stands to the first, by the proposals found."""
    kinds = set(result.witnesses)
    if first and kinds:
        return "different"
    if {"looser", "stricter"} <= kinds:
        return "incomparable"
    if result.gave_up:
        return "not proved"
    return next((kind for kind in KINDS if kind in kinds), "equal")


class _Run:
    """One authority under both editions, stretch by stretch. ``same``: whether all but files of law is the same;
    ``pieces``: what differs, if only provisions and values do."""

    def __init__(self, comparer: Comparer, id_: str):
        self.id, self.libraries = id_, comparer.libraries
        self.readings = [one.of(id_) for one in comparer.readings]
        self.same = comparer.likeness.same_words(*self.readings)
        self.pieces = differing_pieces(*self.readings) if self.same else None
        self.changed, self.oracle = comparer.changed, comparer.oracle
        renamed = renamed_caps(*self.readings)
        facts = comparer.facts
        before = Encoder(facts[0])
        after = before if self.same and not renamed else Encoder(facts[0 if self.same else 1], renamed)
        self.encoders = (before, after)

    def parts(self, cell: Cell) -> tuple[Parts, Parts] | None:
        """What the verdicts are made of in a stretch; None where all that counts in it is the same."""
        before, after = (Builder(library, cell.first, cell.known) for library in self.libraries)
        try:
            if self.pieces is not None:
                keys = differing((before, after), self.pieces)
                if not keys or same_conditions(self.oracle, (before, after), self.encoders, self.pieces, keys):
                    return None
            one = self._parts(before, self.encoders[0])
            if self.same:
                after.memo |= {key: node for key, node in before.memo.items() if _owner(key) not in self.changed}
            return one, self._parts(after, self.encoders[1])
        finally:
            for encoder in self.encoders:
                encoder.forget()

    def _parts(self, builder: Builder, encoder: Encoder) -> Parts:
        library = builder.library
        own = library.authorities.get(self.id)
        if own is None:
            return parts_of(encoder, builder.authority(library.limits[self.id], alone=True), alone=True)
        if not any(builder.in_force(grant.life) for grant in own.grants):
            return NOTHING
        return parts_of(encoder, builder.authority(own), alone=False)


def _owner(key: Any) -> str:
    """The file that a part of a rulebook, by the key it is kept under, was read from; empty for a bare test."""
    return "" if key[0] == "leaf" else str(key[2] if key[0] in ("base", "unless") else key[1])
