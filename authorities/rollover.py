"""What counsel has to look at before a fiscal year begins, worked out from the library: a list to be worked through.

Each item is something that ends with the year before or in the new one, or that was said for the year before only
(design, section 9). An item's id is made of what it speaks of, so that a tick stays with it when the list is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from authorities.money import rows as fund_years
from authorities.showing import Expiry, expiries, facts_read, law_words
from authorities.standing import standings
from rules.derived import fiscal_year, fiscal_year_ends
from rules.library import Library

HEADINGS = {
    "reaffirm": "Answers of counsel that lapse: record them again, or let them go",
    "question": "Questions that nobody has answered for the year",
    "sunset": "What ends: look for an extension, and write what follows",
    "value": "Values said for money of the year before or earlier, and read on",
    "appropriation": "Appropriations of the year that are not here",
    "list": "Lists that end before the year does",
    "text": "How far the law was read",
}
"""The parts of the list, in order."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``kind``: the heading it stands under; ``subject``: what it speaks of, its id within that."""

    kind: str
    subject: str
    says: str

    @property
    def id(self) -> str:
        """What it is known by from one making of the list to the next."""
        return f"{self.kind}:{self.subject}"


def items(library: Library, year: int, today: date) -> tuple[Item, ...]:
    """Everything to look at for a fiscal year, by heading."""
    found = [
        *_answers(library, year, today),
        *_sunsets(library, year),
        *_values(library, year),
        *_appropriations(library, year),
        *_lists(library, year),
        *_text(library, year),
    ]
    order = list(HEADINGS)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.kind)))


def first_day(library: Library, year: int) -> date:
    """The day on which a fiscal year begins."""
    return fiscal_year_ends(year - 1, library.calendar.year_starts) + timedelta(days=1)


def _answers(library: Library, year: int, today: date) -> Iterator[Item]:
    for one in standings(library, {}, first_day(library, year)):
        asked = f"{one.question.statute}, asked by {', '.join(one.files)}; {one.question.decides} decides"
        given = [i for i in library.interpretations if i.question == one.question.id and i.dated <= today]
        if any(year in i.fiscal_years for i in given):
            continue
        last = max(given, key=lambda i: (max(i.fiscal_years), i.dated), default=None)
        if last is None:
            yield Item("question", one.question.id, f"{one.question.id}: {asked}.")
        else:
            word = "yes" if last.answer else "no"
            says = f"{one.question.id}: {word} by {last.office}, {last.memo}, for fiscal year {max(last.fiscal_years)} ({asked})."
            yield Item("reaffirm", one.question.id, says)


def _sunsets(library: Library, year: int) -> Iterator[Item]:
    """What ends on a day that was not read yet, up to the end of the year: of one file and day together."""
    first = library.known_through or first_day(library, year - 1)
    last = fiscal_year_ends(year, library.calendar.year_starts)
    for file in library.files():
        days: dict[date, list[Expiry]] = {}
        for one in expiries(library, file, first):
            if one.kind in ("provision", "sunset", "value", "money") and first <= one.day <= last:
                days.setdefault(one.day, []).append(one)
        for day, some in days.items():
            names = ", ".join(dict.fromkeys(one.id for one in some))
            says = f"{file.statute} ({file.id}): last day {day} of {names}."
            says += f" {some[0].says}" if len(some) == 1 else ""
            yield Item("sunset", f"{file.id}@{day}", says)


def _values(library: Library, year: int) -> Iterator[Item]:
    for file in library.files():
        for name, entries in file.values.items():
            tied = [entry.life.fund_years for entry in entries if entry.life.fund_years is not None]
            newest = max(tied, key=lambda one: one.first or 0, default=None)
            if newest is not None and (newest.first or 0) < year and (newest.last is None or newest.last >= year):
                says = f"{file.statute} ({file.id}): '{name}' was last said for money of fiscal year {newest.first}."
                yield Item("value", f"{file.id}.{name}", says)
        for provision in file.provisions():
            years = provision.life.fund_years
            if years is not None and years.last is None and years.first is not None and years.first == year - 1:
                law = law_words(provision.life.law)
                says = f"{file.statute} ({file.id}, {provision.id}): words for money of fiscal year {years.first}"
                yield Item("value", f"{file.id}.{provision.id}", says + (f" [{law}]." if law else "."))


def _appropriations(library: Library, year: int) -> Iterator[Item]:
    """Accounts with money of one of the two years before, in the accounts or the fund-year table, and none of the year."""
    years: dict[str, set[int]] = {id_: set(account.years) for id_, account in library.accounts.items()}
    for row in fund_years():
        if row.account in years and row.years is not None and row.years[0] == row.years[1] and row.years[0] is not None:
            years[row.account].add(row.years[0])
    for id_, known in years.items():
        newest = max(known, default=0)
        if year - 2 <= newest < year:
            says = f"{library.accounts[id_].name} ({id_}): none of fiscal year {year}; the newest here is of {newest}."
            yield Item("appropriation", id_, says)


def _lists(library: Library, year: int) -> Iterator[Item]:
    last = fiscal_year_ends(year, library.calendar.year_starts)
    first = first_day(library, year - 1)
    readers: dict[str, list[str]] = {}
    for file in library.files():
        for table_id in dict.fromkeys(library.vocabulary.facts[fact].table for fact in facts_read(library, file)):
            readers.setdefault(table_id or "", []).append(file.id)
    for table in library.tables.values():
        if table.last is not None and first <= table.last < last:
            used = ", ".join(readers.get(table.id, ())) or "no law file"
            yield Item("list", table.id, f"{table.id} ends on {table.last} (read by {used}). Source: {table.source}.")


def _text(library: Library, year: int) -> Iterator[Item]:
    through = library.known_through
    if through is None or fiscal_year(through, library.calendar.year_starts) < year:
        told = f"through {through}" if through is not None else "to no stated day"
        says = f"The texts were read {told}: register the new release (authorities drift) and read on."
        yield Item("text", "known-through", says)
