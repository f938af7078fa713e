"""Small faults in what is not a condition: days, numbers, money, reach and the marks a provision carries."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from authorities.mutation._conditions import by_one, sets
from rules.conditions import TRUE, Negation
from rules.library import Library
from rules.provisions import (
    EVENTS,
    PERS,
    Cap,
    Definition,
    Duty,
    Fund,
    LawFile,
    Life,
    Provision,
    Reach,
    ValueEntry,
)

Named = tuple[str, str, Any]
"""(key, words, the thing as changed)."""

_FIRST = datetime.date(1000, 1, 1)
_HOURS = 24


def days(day: datetime.date | None) -> Iterator[tuple[str, datetime.date]]:
    """A day moved by one; nothing for words that were always law."""
    if day is not None and day > _FIRST:
        yield from by_one(day)


def lives(life: Life, own_day: bool) -> Iterator[tuple[str, str, Life]]:
    """When words are law, moved by a day or a year at each end they say themselves."""
    if life.fund_years is not None:
        for which in ("first", "last"):
            year = getattr(life.fund_years, which)
            if year is not None:
                for said, moved in by_one(year):
                    changed: Any = {which: moved}
                    yield "fund_years", said, replace(life, fund_years=replace(life.fund_years, **changed))
        yield "fund_years", "removed", replace(life, fund_years=None)
        return
    if own_day:
        for said, day in days(life.since):
            if life.until is None or day < life.until:
                yield "since", said, replace(life, since=day)
    if life.until is not None:
        for said, day in days(life.until):
            if day > life.since:
                yield "until", said, replace(life, until=day)
        yield "until", "removed", replace(life, until=None, ended_by=None)
    if life.on != "date":
        yield "on", f"date for {life.on}", replace(life, on="date")


def definition(one: Definition) -> Iterator[Named]:
    """The parts of a definition changed about."""
    if one.inside is None:
        return
    if one.outside is not None:
        yield "inside", "swapped with outside", replace(one, inside=one.outside, outside=one.inside)
    yield "inside", "removed", replace(one, inside=Negation(TRUE))
    if one.otherwise is not None:
        yield "otherwise", "removed", replace(one, otherwise=None)


def terms(one: Provision, library: Library) -> Iterator[Named]:
    """What else a provision of each kind says."""
    for key in one.defeats:
        yield "defeats", f"without {key}", replace(one, defeats=tuple(k for k in one.defeats if k != key))
    match one:
        case Duty():
            yield from _duty(one)
        case Cap():
            yield from _cap(one, library)
        case Fund():
            yield from _fund(one, library)


def _duty(one: Duty) -> Iterator[Named]:
    """The act's time. What only moves the day a later or recurring report falls due decides no verdict: left alone."""
    waits = bool(one.days or one.months or one.hours)
    if one.direction == "before":
        for key, step in (("days", 1), ("months", 1), ("hours", _HOURS)):
            length = getattr(one, key)
            if length:
                for moved in (length - step, length + step):
                    changed: Any = {key: moved}
                    yield key, f"{moved} for {length}", replace(one, **changed)
        for event in EVENTS if waits else ():
            if event != one.event:
                other: Any = {"event": event}
                yield "before", f"{event} for {one.event}", replace(one, **other)
        yield "before", f"after {one.event}", replace(one, direction="after")
        yield "recurring", str(not one.recurring).lower(), replace(one, recurring=not one.recurring)
    elif waits or not one.recurring:
        yield "after", f"before {one.event}", replace(one, direction="before")


def _cap(one: Cap, library: Library) -> Iterator[Named]:
    if isinstance(one.amount, int):
        for said, moved in by_one(one.amount):
            yield "amount", said, replace(one, amount=moved)
    for per in PERS:
        if per != one.per:
            yield "per", f"{per} for {one.per}", replace(one, per=per)
    kind = library.vocabulary.facts[one.counts].type
    used = {p.counts for f in library.files() for p in f.caps if library.vocabulary.facts[p.counts].type == kind}
    for fact in sorted(used - {one.counts}):
        yield "counts", f"{fact} for {one.counts}", replace(one, counts=fact)
    for key in ("used", "group"):
        if getattr(one, key) is not None:
            gone: Any = {key: None}
            yield key, "removed", replace(one, **gone)


def _fund(one: Fund, library: Library) -> Iterator[Named]:
    for said, accounts in sets(one.accounts, library.vocabulary.facts["account"].of, library.vocabulary):
        yield "account", said, replace(one, accounts=accounts)
    if not one.never:
        yield "only", str(not one.only).lower(), replace(one, only=not one.only)
    yield "not", str(not one.never).lower(), replace(one, never=not one.never)
    yield (
        "begin_in",
        "removed" if one.begin_in_fund_year else "added",
        replace(one, begin_in_fund_year=not one.begin_in_fund_year),
    )
    if isinstance(one.end_by_years, int):
        for said, years in by_one(one.end_by_years):
            yield "end_by", said, replace(one, end_by_years=years)
    if one.end_by_years is not None:
        yield "end_by", "removed", replace(one, end_by_years=None)


def entries(states: tuple[ValueEntry, ...], i: int, own_day: bool, library: Library) -> Iterator[Named]:
    """The states of a dated value with one of them changed."""
    entry = states[i]

    def put(*new: ValueEntry) -> tuple[ValueEntry, ...]:
        return (*states[:i], *new, *states[i + 1 :])

    yield "", "removed", put()
    for key, words, life in lives(entry.life, own_day):
        yield key, words, put(replace(entry, life=life))
    if isinstance(entry.is_, tuple):
        for words, members in sets(entry.is_, None, library.vocabulary):
            yield "is", words, put(replace(entry, is_=members))
    elif isinstance(entry.is_, int) and not isinstance(entry.is_, bool):
        for words, number in by_one(entry.is_):
            yield "is", words, put(replace(entry, is_=number))
    for key, members in (("adds", entry.adds), ("removes", entry.removes)):
        for n, term in enumerate(members):
            changed: Any = {key: (*members[:n], *members[n + 1 :])}
            yield key, f"without {term}", put(replace(entry, **changed))


def whole(file: LawFile, library: Library) -> Iterator[tuple[str, str, str, LawFile]]:
    """What a file reaches and what it beats, each part dropped or widened."""
    for section, field in (("reaches", "reach"), ("except", "reach_except")):
        for key, words, reach in _reach(getattr(file, field), library, section == "except"):
            changed: Any = {field: reach}
            yield section, key, words, replace(file, **changed)
    if file.notwithstanding is not None:
        rest = tuple(file.notwithstanding)
        for name in rest:
            kept = tuple(n for n in rest if n != name) or None
            yield "notwithstanding", "", f"without {name}", replace(file, notwithstanding=kept)
        for name in file.but_not:
            kept_out = tuple(n for n in file.but_not if n != name)
            yield "but_not", "", f"without {name}", replace(file, but_not=kept_out)


def _reach(reach: Reach, library: Library, exempts: bool) -> Iterator[tuple[str, str, Reach]]:
    for key in ("authorities", "tags"):
        for name in sorted(getattr(reach, key)):
            changed: Any = {key: getattr(reach, key) - {name}}
            yield key, f"without {name}", replace(reach, **changed)
    if len(reach.accounts) == 1:
        yield "accounts", f"without {reach.accounts[0]}", replace(reach, accounts=())
    for words, accounts in sets(reach.accounts, library.vocabulary.facts["account"].of, library.vocabulary):
        yield "accounts", words, replace(reach, accounts=accounts)
    if reach.everything:
        yield "everything", "removed", replace(reach, everything=False)
    elif not exempts and reach != Reach():
        yield "everything", "true", replace(reach, everything=True)
