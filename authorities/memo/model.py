"""What a memo says, as plain values: one :class:`Section` an authority, one :class:`LimitSection` a law that limits it.

Every statement carries its cite. Days are inclusive: ``last`` days are the last on which something holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from authorities.memo.model_money import Code, Paying, Purse, Statement
from authorities.showing._phrases import Phrase, flat

NO_OWNER = "no owner recorded"


class Word(NamedTuple):
    """A definition in its own sentence. ``question``: which open question decides what is plainly neither in nor out."""

    statement: Statement
    question: str


class May(NamedTuple):
    """What the official may do: the kinds of support, the partners, and what else must be so."""

    statement: Statement
    support: tuple[Phrase, ...]
    partners: tuple[Phrase, ...]
    when: tuple[Phrase, ...]


class MayNot(NamedTuple):
    """What is forbidden. ``unless``: what takes a case out; ``relief``: the acts in it, each with its official."""

    statement: Statement
    unless: Phrase | None
    relief: tuple[tuple[str, str], ...]


class Step(NamedTuple):
    """An act that the law asks for. ``actor``: the official; ``delegable``: whether the act may be delegated, None where
    the text is silent; ``term``: when it is due; ``when``: the case it is asked in, None for every case;
    ``contents``: what a notice holds, each with its cite; ``timed``: it waits, reports or comes after;
    ``other``: the limit that asks it, where not the authority itself."""

    statement: Statement
    act: str
    actor: str
    delegable: bool | None
    term: str
    when: Phrase | None
    unless: Phrase | None
    contents: tuple[tuple[str, str], ...]
    timed: bool
    other: str = ""


class Ceiling(NamedTuple):
    """A cap. ``limit``: in words, with the amount of the year; ``amount``: None where the library has none for the day;
    ``source``: where the amount stands and since when, where it is a dated value."""

    statement: Statement
    limit: str
    amount: int | None
    source: str
    when: Phrase | None


class Change(NamedTuple):
    """What one Act did on one day: what ended, and what holds since, in the words of the rules. The ``life`` of each
    statement names the place in the Act."""

    day: date
    law: str
    enacted: date | None
    ended: tuple[Statement, ...]
    begun: tuple[Statement, ...]


class Ending(NamedTuple):
    """Something with an end to come: ``day`` is the last on which it holds."""

    day: date
    kind: str
    cite: str
    says: str


class Told(NamedTuple):
    """A confirmed case as an example. ``fits``: yes, no, or counsel; ``facts``: in words; ``beside``: the
    example that fits, where only what differs from it is told; ``because``: what decides, each with its cite."""

    name: str
    day: date
    fits: str
    verdict: str
    facts: tuple[str, ...]
    beside: str
    because: tuple[tuple[str, str], ...]


class Given(NamedTuple):
    """Counsel's answer. ``scope``: the cases it speaks of, None for all."""

    answer: bool
    office: str
    memo: str
    dated: date
    years: tuple[int, ...]
    scope: Phrase | None


class Unsettled(NamedTuple):
    """A question of law. ``state``: open, lapsed or answered in the memo's year; ``answers``: in force, or lapsed."""

    id: str
    words: str
    cite: str
    positions: tuple[tuple[str, str], ...]
    owner: str
    turns_on: str
    state: str
    answers: tuple[Given, ...]


class Reaching(NamedTuple):
    """A law that reaches the authority, and why. ``always``: not only with certain money."""

    id: str
    statute: str
    title: str
    how: str
    always: bool


class SignOffs(NamedTuple):
    """How many provisions of an authority counsel has signed, and how many of those have changed since (stale)."""

    signed: int
    stale: int
    unsigned: int


class Section(NamedTuple):
    """One authority. ``in_force``: in words; ``live``: in force on some day of the year; ``day``: the day the tables are
    read on, the last of the year on which it is in force. ``basis``: empty where the text itself was read;
    ``sign_offs``: None where nobody looked."""

    id: str
    short: str
    title: str
    statute: str
    holder: str
    live: bool
    day: date
    in_force: str
    basis: str
    sign_offs: SignOffs | None
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    changes: tuple[Change, ...]
    endings: tuple[Ending, ...]
    may: tuple[May, ...]
    words: tuple[Word, ...]
    may_not: tuple[MayNot, ...]
    steps: tuple[Step, ...]
    ceilings: tuple[Ceiling, ...]
    money: tuple[Paying, ...]
    purses: tuple[Purse, ...]
    codes: tuple[Code, ...]
    examples: tuple[Told, ...]
    questions: tuple[Unsettled, ...]
    reached: tuple[Reaching, ...]
    elsewhere: int


class LimitSection(NamedTuple):
    """A law that reaches authorities of the memo, told once for all of them."""

    id: str
    title: str
    statute: str
    reaches: str
    changes: tuple[Change, ...]
    may_not: tuple[MayNot, ...]
    steps: tuple[Step, ...]
    ceilings: tuple[Ceiling, ...]
    money: tuple[Paying, ...]
    questions: tuple[Unsettled, ...]


class Memo(NamedTuple):
    """The whole. ``first`` and ``last``: the days of the fiscal year; ``known_through``: the last day the law
    was read; ``lists_through``: the last day of the list that ends first, None where none ends."""

    year: int
    first: date
    last: date
    today: date
    known_through: date | None
    lists_through: date | None
    edition: str
    sections: tuple[Section, ...]
    limits: tuple[LimitSection, ...]

    @property
    def everything(self) -> tuple[Section | LimitSection, ...]:
        """The authorities, then the laws that reach them."""
        return (*self.sections, *self.limits)


def as_data(value: Any) -> Any:
    """A memo as JSON has it: records as mappings, days as text, phrases as one line."""
    if isinstance(value, Phrase):
        return flat(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {key: as_data(one) for key, one in value._asdict().items()}
        return [as_data(one) for one in value]
    return value
