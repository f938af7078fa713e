"""What expires when: provisions, money, sunsets, interpretations and tables, by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from authorities.showing._links import conditions, facts_read, questions
from authorities.showing._lives import law_words
from authorities.showing._values import spaced
from rules import conditions as c
from rules.library import Calendar, Library
from rules.provisions import LawFile, Life

Kind = Literal["provision", "value", "sunset", "money", "interpretation", "table"]


@dataclass(frozen=True)
class Expiry:
    """``day`` is the last on which it holds; ``past`` whether that day is over."""

    day: date
    kind: Kind
    id: str
    says: str
    past: bool


def expiries(library: Library, file: LawFile, today: date) -> list[Expiry]:
    """What of a file has an end to come; and what it rests on whose end may be past: tables, interpretations."""
    found = [
        *_lives(library, file, today),
        *_sunsets(library, file, today),
        *_interpretations(library, file, today),
        *_tables(library, file, today),
    ]
    return sorted(set(found), key=lambda one: (one.day, one.kind, one.id, one.says))


def _lives(library: Library, file: LawFile, today: date) -> Iterator[Expiry]:
    some: list[tuple[Kind, str, str, Life]] = [("provision", p.id, p.gist, p.life) for p in file.provisions()]
    for name, entries in file.values.items():
        some += [("value", name, f"The value \u201c{spaced(name)}\u201d", e.life) for e in entries]
    for kind, id_, says, life in some:
        if life.until is not None and life.until > today:
            law = law_words(life.ended_by)
            yield Expiry(life.until - timedelta(days=1), kind, id_, says + (f" [{law}]" if law else ""), False)
        years = life.fund_years
        if years is not None and years.last is not None:
            last = year_end(years.last, library.calendar)
            if last >= today:
                yield Expiry(last, "money", id_, f"{says} (money of fiscal year {years.last} is the last)", False)


def _sunsets(library: Library, file: LawFile, today: date) -> Iterator[Expiry]:
    """Bars and other words that bite from a day on: ``on: end``, and tests of a date against a day of the law."""
    by_id = {p.id: p for p in file.provisions()}
    for bar in file.bars:
        if bar.life.on == "end" and bar.life.since > today:
            yield Expiry(bar.life.since - timedelta(days=1), "sunset", bar.id, bar.gist, False)
    for id_, condition in conditions(file):
        life = by_id[id_].life
        if life.until is not None and life.until <= today:
            continue
        for one in c.walk(condition):
            if not isinstance(one, c.Bounded) or library.vocabulary.facts[one.fact].type != "date":
                continue
            for word, operand in one.bounds:
                day = operand[1] if word == "between" else operand
                if isinstance(day, date):
                    last = day - timedelta(days=1) if word == "before" else day
                    if last >= today:
                        says = f"{by_id[id_].gist} (a test of the {spaced(one.fact)} day)"
                        yield Expiry(last, "sunset", id_, says, False)


def _interpretations(library: Library, file: LawFile, today: date) -> Iterator[Expiry]:
    for asked in questions(library, file):
        for one in asked.answers:
            if one.fiscal_years:
                last = year_end(max(one.fiscal_years), library.calendar)
                says = f"Counsel's answer ({'yes' if one.answer else 'no'}) of {one.dated}; {one.office}, {one.memo}"
                yield Expiry(last, "interpretation", one.question, says, last < today)


def _tables(library: Library, file: LawFile, today: date) -> Iterator[Expiry]:
    for fact in facts_read(library, file):
        table = library.tables.get(library.vocabulary.facts[fact].table or "")
        if table is not None and table.last is not None:
            yield Expiry(table.last, "table", table.id, table.says, table.last < today)


def year_end(year: int, calendar: Calendar) -> date:
    """The last day of a fiscal year: the day before the next begins."""
    starts = calendar.year_starts
    return date(year if starts > 1 else year + 1, starts, 1) - timedelta(days=1)
