"""The year a memo speaks of, and what is law in it, as known on the memo's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from authorities.memo.model_money import UNKNOWN
from authorities.showing._phrases import Phrase, phrase
from authorities.showing._values import spaced
from rules import conditions as c
from rules.derived import fiscal_year_ends
from rules.library import Library
from rules.provisions import LawFile, LawRef, Life, Provision, ValueEntry
from rules.words import Speaker

DAY = timedelta(days=1)
_Kind = TypeVar("_Kind", bound=Provision)


class Frame(NamedTuple):
    """What every part of a memo is made from. ``accounts``: the accounts as written, with their sources."""

    library: Library
    accounts: Mapping[str, Any]
    year: int
    first: date
    last: date
    today: date


def frame_of(library: Library, accounts: Mapping[str, Any], year: int, today: date) -> Frame:
    """The frame of a fiscal year; of the library, what was enacted and answered by ``today``."""
    starts = library.calendar.year_starts
    first, last = fiscal_year_ends(year - 1, starts) + DAY, fiscal_year_ends(year, starts)
    return Frame(as_known(library, today), accounts, year, first, last, today)


def as_known(library: Library, today: date) -> Library:
    """The library without what was enacted or answered after a day; an end enacted later has not happened."""
    late = {number for number, enacted in library.laws.items() if enacted > today}

    def unknown(law: LawRef | None) -> bool:
        return law is not None and law.public_law in late

    def life(one: Life) -> Life:
        return replace(one, until=None, ended_by=None) if unknown(one.ended_by) else one

    def some(provisions: Iterable[_Kind]) -> tuple[_Kind, ...]:
        return tuple(replace(p, life=life(p.life)) for p in provisions if not unknown(p.life.law))

    def entries(one: Sequence[ValueEntry]) -> tuple[ValueEntry, ...]:
        return tuple(replace(e, life=life(e.life)) for e in one if not unknown(e.life.law))

    def file(one: LawFile) -> LawFile:
        return replace(
            one,
            grants=some(one.grants),
            bars=some(one.bars),
            duties=some(one.duties),
            caps=some(one.caps),
            funds=some(one.funds),
            definitions=some(one.definitions),
            values={name: kept for name, every in one.values.items() if (kept := entries(every))},
        )

    def files(kind: Mapping[str, LawFile]) -> dict[str, LawFile]:
        return {id_: file(one) for id_, one in kind.items()} if late else dict(kind)

    return replace(
        library,
        authorities=files(library.authorities),
        limits=files(library.limits),
        definitions=files(library.definitions),
        interpretations=tuple(i for i in library.interpretations if i.dated <= today),
    )


# --- lives --------------------------------------------------------------------------------------------------------
def alive(life: Life, day: date, years: Iterable[int]) -> bool:
    """Whether words count on a day, or for money of one of some years; those judged on a later day of the activity
    count before they begin."""
    if life.fund_years is not None:
        return any(life.fund_years.holds(year) for year in years)
    begun = life.since <= day or life.on != "date"
    return begun and (life.until is None or day < life.until)


def reading_day(frame: Frame, file: LawFile) -> date | None:
    """The last day of the year on which some grant is in force; None where none is."""
    days = []
    for grant in file.grants:
        life = grant.life
        if life.fund_years is not None:
            days += [frame.last] if life.fund_years.holds(frame.year) else []
            continue
        end = frame.last if life.until is None else min(frame.last, life.until - DAY)
        days += [end] if life.since <= end and end >= frame.first else []
    return max(days, default=None)


# --- values and words ---------------------------------------------------------------------------------------------
def value_on(file: LawFile, name: str, day: date, year: int) -> tuple[Any, ValueEntry | None]:
    """What a dated value is on a day, and the entry that says so last; nothing where none does."""
    now: Any = None
    last: ValueEntry | None = None
    for entry in file.values.get(name, ()):
        if alive(entry.life, day, (year,)):
            now = (
                entry.is_
                if entry.is_ is not None
                else tuple(t for t in (*(now or ()), *entry.adds) if t not in entry.removes)
            )
            last = entry
    return now, last


def owner_of(library: Library, file: LawFile, id_: str | None) -> LawFile:
    """The file a dated value stands in: this one, or another by id."""
    return file if id_ is None else next(f for f in library.files() if f.id == id_)


class DaySpeaker(Speaker):
    """Says the conditions of a file with its dated values as they are on one day."""

    def __init__(self, frame: Frame, file: LawFile, day: date):
        def resolve(ref: c.ValueRef) -> Any:
            return value_on(owner_of(frame.library, file, ref.file), ref.name, day, frame.year)[0]

        super().__init__(frame.library.vocabulary, resolve, whole=True)

    def operand(self, fact: str, value: Any) -> str:
        """What a fact is compared with; a dated value is said as it stands that day."""
        if isinstance(value, c.ValueRef) and self.value(value) is None:
            return f"{UNKNOWN} (the dated value “{spaced(value.name)}” has no state that day)"
        return super().operand(fact, value)

    def phrase(self, condition: c.Condition | None) -> Phrase | None:
        """A condition in words; None where there is none."""
        return None if condition is None or condition == c.TRUE else phrase(self, condition)


def tests(library: Library, file: LawFile, condition: c.Condition) -> set[str]:
    """The facts that a condition hangs on, those of the definitions it names among them."""
    found: set[str] = set()
    seen: set[str] = set()

    def look(one: c.Condition) -> None:
        for part in c.walk(one):
            if isinstance(part, (c.OneOf, c.Equals, c.Bounded)):
                found.add(part.fact)
            for name in part.names if isinstance(part, c.Satisfies) else ():
                if name not in seen:
                    seen.add(name)
                    for _, definition in defining(library, file, name):
                        for inner in (definition.when, definition.inside, definition.outside):
                            look(inner if inner is not None else c.TRUE)

    look(condition)
    return found


def defining(library: Library, file: LawFile, name: str) -> list[tuple[LawFile, Any]]:
    """Each definition of a name, in its file: the file's own first, else those of the files of definitions."""
    for home in (file, *library.definitions.values()):
        if some := [(home, one) for one in home.definitions if one.id == name]:
            return some
    return []
