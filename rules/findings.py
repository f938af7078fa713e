"""What an answer is made of: plain records, ready to be shown or written as JSON.

Named tuples, where the house has dataclasses: every command imports these, and a named tuple is made in a seventh
of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, overload


class Ref(NamedTuple):
    """A provision: ``key`` (``limit.bar`` for a limit's), its statute and pinpoint, and its gist."""

    key: str
    statute: str
    cite: str
    gist: str
    force: str = "statute"
    basis: str = "text"

    @property
    def citation(self) -> str:
        """The statute with its first pinpoint."""
        head = self.cite.split(",")[0].split("-")[0].rstrip("*").strip()
        return f"{self.statute}{head}" if head.startswith("(") else f"{self.statute} {head}".strip()


class Clause(NamedTuple):
    """One test that fails: the fact, the value found, and the values that would do; without a fact, only what would do."""

    fact: str
    found: str
    would_do: str
    within: str = ""


class Failing(NamedTuple):
    """A grant that is false, with the smallest set of clauses that make it so; ``others`` counts other ways in."""

    grant: Ref
    clauses: tuple[Clause, ...]
    others: int = 0


class Unknown(NamedTuple):
    """What is missing: a fact or a question, its words, and who can say; ``?`` for what the library does not hold."""

    id: str
    question: str
    supplier: str
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is called beside others: its id, or what the library does not hold."""
        return self.question if self.id == "?" else self.id


class Relief(NamedTuple):
    """What would lift a bar: acts with their officials, or a first lawful day."""

    acts: tuple[tuple[str, str, str], ...] = ()
    first_start: date | None = None


class Bar(NamedTuple):
    """A bar, cap, fund rule or duty that forbids (``true``) or may (``unknown``), with what escapes it."""

    ref: Ref
    kind: str
    state: str
    why: str = ""
    reliefs: tuple[Relief, ...] = ()


class Todo(NamedTuple):
    """An act to do: by whom, by when (``due``: last day it can be done for a stated start), how long the wait."""

    ref: Ref
    act: str
    gist: str
    actor: str
    delegable: bool | None
    state: str
    when: str
    due: date | None = None
    wait_days: int = 0
    if_: bool = False
    contents: tuple[tuple[str, str], ...] = ()


class Money(NamedTuple):
    """Money that may pay: accounts, whether no other may, the years open on the day and when the activity must end."""

    ref: Ref
    accounts: tuple[tuple[str, str], ...]
    only: bool
    years: str = ""
    end_by: date | None = None


class Assumption(NamedTuple):
    """A value presumed or read from a table, that the answer rests on."""

    fact: str
    value: str
    question: str
    source: str


class Finding(NamedTuple):
    """The verdict on one line under one authority, with its reasons."""

    authority: str
    short: str
    statute: str
    verdict: str
    relies_on: tuple[Ref, ...] = ()
    failing: tuple[Failing, ...] = ()
    bars: tuple[Bar, ...] = ()
    duties: tuple[Todo, ...] = ()
    follow_up: tuple[Todo, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    conditions: tuple[str, ...] = ()
    funds: tuple[Money, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    doors: tuple[Unknown, ...] = ()
    other_money: bool = False
    in_force: str = ""
    deciding: tuple[str, ...] = ()
    basis: str = "text"


class Findings(Sequence[Finding]):
    """The findings of a line, best first: those in which some grant may hold (``read``); then authorities of which
    none does (``none``), put in order by ``order`` when first asked for; then those left
    unread because none can (``shut``). The last two are no authority, each explained by ``make`` when first asked for.
    ``letters``: authority -> each of its provisions' truth towards its goal, to hold against the second opinion.
    """

    def __init__(
        self,
        read: tuple[Finding, ...],
        none: tuple[str, ...],
        order: Callable[[], tuple[tuple[str, ...], frozenset[str]]],
        shut: tuple[str, ...],
        make: Callable[[str], Finding],
        letters: Callable[[str], Mapping[str, str]],
    ):
        self.read, self.none, self.shut = read, none, shut
        self._order, self._make, self.letters = order, make, letters
        self._ordered: tuple[tuple[str, ...], frozenset[str]] | None = None
        self._made: dict[str, Finding] = {}

    @property
    def near(self) -> tuple[str, ...]:
        """Authorities read of which no grant holds, nearest first."""
        return self._in_order()[0]

    @property
    def doors(self) -> frozenset[str]:
        """Those of them that open on a circumstance nobody spoke of."""
        return self._in_order()[1]

    def _in_order(self) -> tuple[tuple[str, ...], frozenset[str]]:
        if self._ordered is None:
            self._ordered = self._order()
        return self._ordered

    def of(self, id_: str) -> Finding:
        """The finding of an authority that grants nothing to the line."""
        if id_ not in self._made:
            self._made[id_] = self._make(id_)
        return self._made[id_]

    def __len__(self) -> int:
        return len(self.read) + len(self.none) + len(self.shut)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        place = index + len(self) if index < 0 else index
        if place < len(self.read):
            return self.read[place]
        return self.of((*self.near, *self.shut)[place - len(self.read)])


class LineAnswer(NamedTuple):
    """One element with one partner: its verdict and a finding for every authority, best first."""

    element: str
    partner: str
    day: date
    verdict: str
    findings: Findings
    barred_by: tuple[Bar, ...] = ()


class Filled(NamedTuple):
    """A value that the proposal left unsaid and a reference list supplied, before the proposal was read.

    ``line``: the number of the line, from 1. ``value``: a term, or empty: nothing was filled in, and ``says`` says why.
    ``as_of``: the day the list was last seen, None where the source itself says it. ``basis``: ``sourced``, or else
    part of it was inferred or not read.
    """

    line: int
    fact: str
    value: str
    says: str
    source: str
    as_of: date | None
    basis: str


class Answer(NamedTuple):
    """The whole answer to a proposal. ``filled``: what reference lists supplied to it; ``review``: what is said of how
    the provisions it rests on stand with those who sign them (empty: nobody asked)."""

    title: str
    verdict: str
    lines: tuple[LineAnswer, ...]
    edition: str
    known: date
    today: date
    strict: bool
    asked: str | None
    second_opinion: Mapping[str, Any] = MappingProxyType({})
    filled: tuple[Filled, ...] = ()
    review: Mapping[str, Any] = MappingProxyType({})
