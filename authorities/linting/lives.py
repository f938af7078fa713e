"""Dates: lives that hold no day, laws that speak of days before they were made, what is later than what was read."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.faults import Place
from rules.provisions import LawFile, Life

EMPTY = Kind(
    "empty-life",
    "error",
    "Words that follow the money's year, for years that run backwards: no money is ever meant.",
    "put the first year first",
)
RETROACTIVE = Kind(
    "retroactive",
    "warning",
    "Words dated before the law that put them there was enacted.",
    "check the effective date: if the law says so, add an exclusion that quotes it",
)
ENDED = Kind(
    "ended-before-enactment",
    "warning",
    "Words that end before the law that ended them was enacted.",
    "check the date: a sunset written into the words has no `ended_by`",
)
BEYOND = Kind(
    "law-beyond-known",
    "warning",
    "A law enacted after the last day through which the library says the law was read.",
    "move `known_through` when the texts have been read, or correct the date",
)
KINDS = (EMPTY, RETROACTIVE, ENDED, BEYOND)


def lives(view: View, file: LawFile) -> Iterator[tuple[Life, Place]]:
    """Every life of a file with its place."""
    for provision in file.provisions():
        yield provision.life, view.provision(provision)
    for name, entries in file.values.items():
        for i, entry in enumerate(entries):
            yield entry.life, view.at(file, f"values.{name}[{i}]", ("values", name, i))
    for section, remarks in (("notes", file.notes), ("left_out", file.left_out)):
        for i, remark in enumerate(remarks):
            if remark.life is not None:
                yield remark.life, view.at(file, f"{section} {remark.cite}", (section, i))


def check(view: View) -> Iterator[Issue]:
    """Every life against the register of laws."""
    laws = view.library.laws
    through = view.library.known_through
    for file in view.files:
        for life, place in lives(view, file):
            years = life.fund_years
            if years is not None and years.first is not None and years.last is not None and years.last < years.first:
                yield EMPTY.at(place, f"money of fiscal years {years.first} to {years.last}")
            if life.law is not None and years is None and life.since < laws[life.law.public_law]:
                enacted = laws[life.law.public_law]
                yield RETROACTIVE.at(place, f"since {life.since}, but Pub. L. {life.law.public_law} is of {enacted}")
            if life.until is not None and life.ended_by is not None:
                enacted = laws[life.ended_by.public_law]
                if life.until < enacted:
                    text = f"until {life.until}, but Pub. L. {life.ended_by.public_law} is of {enacted}"
                    yield ENDED.at(place, text)
    if through is not None:
        for number, enacted in laws.items():
            if enacted > through:
                place = view.entry(view.sources.laws, "laws", number)
                yield BEYOND.at(place, f"Pub. L. {number} of {enacted}; the law was read through {through}")
