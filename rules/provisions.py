"""Provisions: the dated, cited units of law that a file holds.

Kinds: grant, bar, duty, cap, fund, definition; values change by date; notes carry what has no effect on a verdict.
A :class:`LawFile` is one authority, limit or file of definitions.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from rules._frozen import dataclass
from rules.conditions import TRUE, Condition, ValueRef

Day = Literal["date", "start", "delivery", "end"]
EVENTS = ("start", "date", "delivery", "end")
FORCES = ("statute", "appropriation", "regulation", "policy", "decision")
PERS = ("project", "activity", "individual", "element", "country-year", "authority-year")
LEFT_OUT_REASONS = (
    "heading-only",
    "internal-administration",
    "committee-names",
    "report-contents",
    "definition-of-form",
    "other-subject",
    "repealed-text",
    "not-a-partner-activity",
)


@dataclass(frozen=True)
class LawRef:
    """The Public Law and section that put words there or took them away."""

    public_law: str
    section: str = ""


@dataclass(frozen=True)
class Years:
    """A range of fiscal years of money, inclusive; None is open."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Whether money of this fiscal year is meant."""
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)


@dataclass(frozen=True)
class Life:
    """When words are law: from ``since`` up to but not on ``until``, as enacted by ``law`` and ``ended_by``.

    With ``fund_years`` they follow the money's year instead of the day.
    """

    since: datetime.date
    law: LawRef | None = None
    until: datetime.date | None = None
    ended_by: LawRef | None = None
    on: Day = "date"
    fund_years: Years | None = None


@dataclass(frozen=True)
class Provision:
    """What every provision carries. ``key`` is ``id`` within its file; ``line`` its line in the file."""

    id: str
    file: str
    cite: str
    gist: str
    life: Life
    when: Condition = TRUE
    force: str = "statute"
    basis: str = "text"
    defeats: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Grant(Provision):
    """Lets the official do it: affirmative scope only."""


@dataclass(frozen=True)
class Bar(Provision):
    """Forbids it, unless the exception or relief in ``unless`` holds."""

    unless: Condition | None = None


@dataclass(frozen=True)
class Content:
    """One thing a notice or report must hold."""

    cite: str
    gist: str
    when: Condition = TRUE


@dataclass(frozen=True)
class Duty(Provision):
    """An act to do before or after an event. ``days``/``months``/``hours`` are the wait or the term."""

    act: str = ""
    direction: Literal["before", "after"] = "before"
    event: Day = "start"
    days: int = 0
    months: int = 0
    hours: int = 0
    recurring: bool = False
    contents: tuple[Content, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True)
class Cap(Provision):
    """No more than ``amount`` of the fact ``counts`` per project, person, year..."""

    counts: str = "cost"
    amount: int | ValueRef = 0
    per: str = "element"
    used: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Fund(Provision):
    """Which money may pay (or, with ``never``, may not), and the years it binds to."""

    accounts: tuple[str, ...] = ()
    only: bool = False
    never: bool = False
    begin_in_fund_year: bool = False
    end_by_years: int | ValueRef | None = None


@dataclass(frozen=True)
class Definition(Provision):
    """A named condition: plain (``when``), or clear cases inside, clear cases outside, the rest a question."""

    inside: Condition | None = None
    outside: Condition | None = None
    otherwise: str | None = None


@dataclass(frozen=True)
class ValueEntry:
    """One dated state of a value: its own, or additions to and removals from the entry before."""

    life: Life
    cite: str = ""
    is_: Any = None
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A note, or a paragraph left out for a reason: no effect on a verdict."""

    cite: str
    gist: str = ""
    reason: str = ""
    life: Life | None = None


@dataclass(frozen=True)
class Unchanged:
    """Words that differ between two releases though the law did not change."""

    cite: str
    between: tuple[str, str]
    why: str


@dataclass(frozen=True)
class Reach:
    """What a limit reaches; any one is enough."""

    authorities: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    accounts: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True)
class Case:
    """An example beside the rules, with its verdict and the provisions that decide it.

    Until its verdict has been read against the cited paragraph it is not ``confirmed``, and proves nothing.
    """

    name: str
    date: datetime.date
    given: Mapping[str, Any]
    verdict: str
    because: tuple[str, ...] = ()
    not_because: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    not_follows: tuple[str, ...] = ()
    under: str | None = None
    strict: bool = False
    known: datetime.date | None = None
    paragraph: str = ""
    line: int = 0
    confirmed: bool = True


@dataclass(frozen=True)
class LawFile:
    """One authority, limit or file of definitions."""

    id: str
    kind: Literal["authority", "limit", "definitions"]
    title: str
    short: str
    statute: str
    path: str
    holder: str = ""
    force: str = "statute"
    basis: str = "text"
    tags: frozenset[str] = frozenset()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    reach: Reach = Reach()
    reach_except: Reach = Reach()
    notwithstanding: tuple[str, ...] | None = None
    but_not: tuple[str, ...] = ()
    values: Mapping[str, tuple[ValueEntry, ...]] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    bars: tuple[Bar, ...] = ()
    duties: tuple[Duty, ...] = ()
    caps: tuple[Cap, ...] = ()
    funds: tuple[Fund, ...] = ()
    definitions: tuple[Definition, ...] = ()
    notes: tuple[Remark, ...] = ()
    left_out: tuple[Remark, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    cases: tuple[Case, ...] = ()

    def provisions(self) -> tuple[Provision, ...]:
        """Every provision that can decide a verdict, in file order by kind."""
        return (*self.grants, *self.bars, *self.duties, *self.caps, *self.funds, *self.definitions)
