"""What a rulebook holds for each authority and limit: its provisions in force, as nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.nodes import Node
from rules.provisions import Bar, Cap, Duty, Fund, Grant, LawFile


@dataclass(eq=False, slots=True)
class BarBook:
    """A bar as it applies: ``node`` is the whole; ``base`` without its exception; ``unless`` the exception."""

    key: str
    provision: Bar
    file: LawFile
    node: Node
    base: Node
    unless: Node | None


@dataclass(eq=False, slots=True)
class DutyBook:
    """A duty as it applies: where; where excused; where it bars because refused or too late."""

    key: str
    provision: Duty
    file: LawFile
    applies: Node
    excused: Node | None
    bars: Node


@dataclass(eq=False, slots=True)
class CapBook:
    """A cap: where it applies, and the cap as a bar."""

    key: str
    provision: Cap
    file: LawFile
    applies: Node
    node: Node
    amount: int


@dataclass(eq=False, slots=True)
class FundBook:
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


@dataclass(eq=False, slots=True)
class AuthorityBook:
    """One authority (or limit, judged alone) on the day: its grants, bars, duties, caps and funds with its limits'."""

    file: LawFile
    grants: tuple[tuple[str, Grant, Node], ...]
    bars: tuple[BarBook, ...]
    duties: tuple[DutyBook, ...]
    caps: tuple[CapBook, ...]
    funds: tuple[FundBook, ...]
    G: Node
    B: Node
    M: Node
    contents: Mapping[tuple[str, str], Node]


@dataclass(eq=False)
class Rulebook:
    """Every authority and limit on one day, as known on another."""

    day: date
    known: date
    authorities: Mapping[str, AuthorityBook]
    limits: Mapping[str, AuthorityBook]
    line_bars: tuple[BarBook, ...]
    relief_acts: frozenset[str]
