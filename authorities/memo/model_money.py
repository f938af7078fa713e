"""What a memo says of money; and the statement that all its parts are made of."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from authorities.showing._phrases import Phrase

UNKNOWN = "unknown"


class Statement(NamedTuple):
    """One unit of law in words. ``cite``: statute and pinpoint; ``life``: since when, by which Act, and through when;
    ``mark``: its force and basis where they are not statute read in its text; ``last``: its last day, where it has one."""

    id: str
    cite: str
    says: str
    life: str
    mark: str = ""
    last: date | None = None


class Paying(NamedTuple):
    """A rule on money: ``verb`` (may pay, only this may pay, may not pay), the accounts, and the terms."""

    statement: Statement
    verb: str
    accounts: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]
    when: Phrase | None


class YearMoney(NamedTuple):
    """One year's money that can be obligated at some time in the memo's year. ``last_day``: for new obligations;
    ``closes``: for old bills; None: no end known. ``parts``: what ends on another day."""

    year: int
    opens: date
    last_day: date | None
    closes: date | None
    source: str
    parts: tuple[str, ...]


class Purse(NamedTuple):
    """An account that a rule names. ``years``: none where no period is known or the money has no end (``period``)."""

    id: str
    name: str
    owner: str
    purpose: str
    purpose_source: str
    period: str
    years: tuple[YearMoney, ...]
    sums: tuple[str, ...]


class Code(NamedTuple):
    """A program code: ``years`` of money, and the public record it was read in; ``current``: of money of the year."""

    code: str
    program: str
    years: str
    source: str
    current: bool
