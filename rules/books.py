"""What a rulebook holds for each authority and limit: its provisions in force, as nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rules.doors import Doors
from rules.nodes import Constant, Node
from rules.provisions import Bar, Cap, Duty, Fund, Grant, LawFile
from rules.reads import Reads


class BarBook(NamedTuple):
    """A bar as it applies: ``node`` is the whole; ``base`` without its exception; ``unless`` the exception."""

    key: str
    provision: Bar
    file: LawFile
    node: Node
    base: Node
    unless: Node | None


class DutyBook(NamedTuple):
    """A duty as it applies: where; where excused; where it bars because refused or too late."""

    key: str
    provision: Duty
    file: LawFile
    applies: Node
    excused: Node | None
    bars: Node


class CapBook(NamedTuple):
    """A cap: where it applies, and the cap as a bar."""

    key: str
    provision: Cap
    file: LawFile
    applies: Node
    node: Node
    amount: int


class FundBook(NamedTuple):
    """A fund rule: where it applies, whether the account fits, whether account and years fit."""

    key: str
    provision: Fund
    file: LawFile
    applies: Node
    account: Node
    years: Node
    node: Node
    never: Node
    end_by: tuple[tuple[int, int, int], ...]


Steps = tuple[tuple[Node, tuple[DutyBook, ...]], ...]
"""Duties to be done before something, once, by the node of where they reach."""
ALWAYS: Node = Constant(False, "T")
"""Where an authority's own provisions reach."""


def steps_of(*reaching: tuple[Node, Sequence[DutyBook]]) -> Steps:
    """The steps among some duties."""
    steps = (
        (reach, tuple(d for d in duties if d.provision.direction == "before" and not d.provision.recurring))
        for reach, duties in reaching
    )
    return tuple((reach, some) for reach, some in steps if some)


class Terms(NamedTuple):
    """All but the grants: bars, duties, caps and funds, its own and its limits'; ``B`` and ``M`` their sums.

    ``steps``: its own duties' and each limit's.
    """

    bars: tuple[BarBook, ...]
    duties: tuple[DutyBook, ...]
    caps: tuple[CapBook, ...]
    funds: tuple[FundBook, ...]
    B: Node
    M: Node
    contents: Mapping[tuple[str, str], Node]
    steps: Steps


class AuthorityBook:
    """One authority (or limit, judged alone) on the day. Its terms are made when first asked for: most authorities
    grant nothing to a given line, and then nothing else of them is read.

    ``standing``: where some grant is in force, if that hangs on another day than the line's or on the money's year;
    None: everywhere."""

    __slots__ = ("G", "_make", "_terms", "file", "grants", "standing")

    def __init__(
        self,
        file: LawFile,
        grants: tuple[tuple[str, Grant, Node], ...],
        G: Node,
        make: Callable[[], Terms],
        standing: Node | None = None,
    ):
        self.file, self.grants, self.G, self.standing = file, grants, G, standing
        self._make, self._terms = make, None

    _terms: Terms | None

    @property
    def terms(self) -> Terms:
        """The terms of the authority on the day."""
        if self._terms is None:
            self._terms = self._make()
        return self._terms

    @property
    def bars(self) -> tuple[BarBook, ...]:
        """Its bars and those of the limits that reach it."""
        return self.terms.bars

    @property
    def duties(self) -> tuple[DutyBook, ...]:
        """Its duties and those of the limits that reach it."""
        return self.terms.duties

    @property
    def steps(self) -> Steps:
        """Those of its duties that are to be done before something, once, by where they reach."""
        return self.terms.steps

    @property
    def caps(self) -> tuple[CapBook, ...]:
        """Its caps and those of the limits that reach it."""
        return self.terms.caps

    @property
    def funds(self) -> tuple[FundBook, ...]:
        """Its fund rules, and the money its limits forbid."""
        return self.terms.funds

    @property
    def B(self) -> Node:
        """The bars, and the duties that bar, as one."""
        return self.terms.B

    @property
    def M(self) -> Node:
        """The caps and the fund rule, as one."""
        return self.terms.M

    @property
    def contents(self) -> Mapping[tuple[str, str], Node]:
        """When a notice must hold something: (duty key, cite) -> the condition."""
        return self.terms.contents


class Books(Mapping[str, AuthorityBook]):
    """Authorities (or limits) by id, each made when first asked for."""

    def __init__(self, ids: tuple[str, ...], make: Callable[[str], AuthorityBook]):
        self._ids, self._make = dict.fromkeys(ids), make
        self._made: dict[str, AuthorityBook] = {}

    def __getitem__(self, id_: str) -> AuthorityBook:
        made = self._made.get(id_)
        if made is None:
            if id_ not in self._ids:
                raise KeyError(id_)
            made = self._made[id_] = self._make(id_)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Rulebook(NamedTuple):
    """Every authority and limit on one day, as known on another. ``doors``: the grants in force, before any is read."""

    day: date
    known: date
    authorities: Mapping[str, AuthorityBook]
    limits: Mapping[str, AuthorityBook]
    doors: Doors
    line_bars: tuple[BarBook, ...]
    relief_acts: frozenset[str]
    reads: Reads
