"""The library as read: law files, words, money, questions and tables; everything but the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from rules._frozen import dataclass
from rules.conditions import Condition
from rules.provisions import LawFile
from rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class Account:
    """An appropriation account. ``period_years``: how many fiscal years new obligations may be made; None: no limit.

    ``years`` holds the exceptions: fiscal year of appropriation -> last day it is available.
    """

    id: str
    name: str
    owner: str
    period_years: int | None
    years: Mapping[int, date] = field(default_factory=dict)
    basis: str = ""


@dataclass(frozen=True)
class Calendar:
    """How the country counts fiscal years: the month one starts, and how many an expired account stays open."""

    year_starts: int = 1
    closing_years: int = 0


@dataclass(frozen=True)
class OpenQuestion:
    """An open question of law: only counsel can answer it."""

    id: str
    words: str
    statute: str
    positions: tuple[tuple[str, str], ...]
    decides: str
    turns_on: str


@dataclass(frozen=True)
class Interpretation:
    """Counsel's answer to a question for named fiscal years, within a scope."""

    question: str
    answer: bool
    fiscal_years: frozenset[int]
    when: Condition
    office: str
    memo: str
    dated: date


@dataclass(frozen=True)
class TableRow:
    """One row: what the table says of ``key`` from the first to the last day (inclusive, None open).

    ``value`` None: the row is there, but says nothing.
    """

    key: str
    value: Any
    first: date | None
    last: date | None
    basis: str
    source: str


@dataclass(frozen=True)
class Table:
    """A dated list with its source, its coverage, and whether an absent row means no."""

    id: str
    says: str
    source: str
    first: date | None
    last: date | None
    complete: bool
    rows: Mapping[str, tuple[TableRow, ...]]

    def covers(self, day: date) -> bool:
        """Whether the table speaks of this day at all."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def answer(self, key: str, day: date) -> TableRow | None:
        """The row that answers for ``key`` on ``day``, if any."""
        if not self.covers(day):
            return None
        for row in self.rows.get(key, ()):
            if (row.first is None or row.first <= day) and (row.last is None or day <= row.last):
                return row
        return None


@dataclass(frozen=True)
class Library:
    """Everything counsel wrote. ``digest`` names the content; ``known_through`` is the last day the law was read.

    ``lists_through``: the last day of the dated list that ends first; None where every list is open.
    """

    vocabulary: Vocabulary
    authorities: Mapping[str, LawFile]
    limits: Mapping[str, LawFile]
    definitions: Mapping[str, LawFile]
    accounts: Mapping[str, Account]
    questions: Mapping[str, OpenQuestion]
    interpretations: tuple[Interpretation, ...]
    tables: Mapping[str, Table]
    laws: Mapping[str, date]
    calendar: Calendar = Calendar()
    known_through: date | None = None
    digest: str = ""
    lists_through: date | None = None

    def files(self) -> tuple[LawFile, ...]:
        """Authorities, limits and definitions, in that order."""
        return (*self.authorities.values(), *self.limits.values(), *self.definitions.values())
