"""What the checks walk: the library with the documents it was read from, so that each issue has its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from authorities.register import HOME, Row
from authorities.register import load as register_rows
from rules.building import Sources
from rules.conditions import Condition, walk
from rules.faults import Place
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import LawFile, Life, Provision
from rules.reading import Document

if TYPE_CHECKING:
    from authorities.linting._reasoning import Reasoner
    from authorities.linting._trials import Trials

LAW_SECTIONS = ("grants", "bars", "duties", "caps", "funds", "definitions")


class View:
    """A library, its documents by path, its files and those of sign-offs (``reviews``) as bytes, and the folder of its
    register (``home``); what several checks need is worked out once."""

    def __init__(
        self,
        library: Library,
        sources: Sources,
        contents: Mapping[str, bytes],
        reviews: Mapping[str, bytes],
        home: Path = HOME,
    ):
        self.library, self.sources, self.contents, self.reviews = library, sources, contents, reviews
        self.home = home
        self.words = library.vocabulary

    # --- documents ------------------------------------------------------------------------------------------------
    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document by its path."""
        some = self.sources
        groups = (some.laws, some.vocabulary, some.accounts, some.questions, some.interpretations, some.tables)
        law = (some.authorities, some.limits, some.definitions)
        return {doc.file: doc for group in (*groups, *law, [some.settings]) for doc in group}

    @cached_property
    def files(self) -> tuple[LawFile, ...]:
        """Authorities, limits and definitions."""
        return self.library.files()

    @cached_property
    def by_id(self) -> dict[str, LawFile]:
        """Law files by id (definitions last, as values of another file are looked up)."""
        return {file.id: file for file in reversed(self.files)}

    # --- places ---------------------------------------------------------------------------------------------------
    def at(self, file: LawFile, key: str = "", path: Sequence[str | int] = ()) -> Place:
        """A place in a law file: the line of ``path`` in its document, under a key that does not move with lines."""
        return Place(file.path, self.documents[file.path].place(tuple(path)).line, key)

    def provision(self, provision: Provision, key: str = "") -> Place:
        """A provision, or a key of it."""
        path = self._paths.get((provision.file, provision.line), "")
        return Place(path, provision.line or None, f"{provision.id}.{key}" if key else provision.id)

    @cached_property
    def _paths(self) -> dict[tuple[str, int], str]:
        return {(p.file, p.line): file.path for file in self.files for p in file.provisions()}

    def entry(self, documents: Sequence[Document], section: str, id_: str) -> Place:
        """An entry of a mapping section (``terms.army``), wherever it is declared."""
        for doc in documents:
            if id_ in doc.data.get(section, {}):
                place = doc.place((section, id_))
                return Place(place.file, place.line, f"{section}.{id_}")
        return Place("", None, f"{section}.{id_}")

    def fact(self, id_: str) -> Place:
        """Where a fact is declared."""
        return self.entry(self.sources.vocabulary, "facts", id_)

    def question(self, id_: str) -> Place:
        """Where an open question is declared."""
        for doc in self.sources.questions:
            for i, raw in enumerate(doc.data.get("questions", ())):
                if raw["id"] == id_:
                    return Place(doc.file, doc.place(("questions", i)).line, id_)
        return Place("", None, id_)

    # --- the register ---------------------------------------------------------------------------------------------
    @cached_property
    def _registers(self) -> dict[str, tuple[Row, ...]]:
        return {}

    def register(self, file: LawFile) -> tuple[Row, ...]:
        """The paragraphs of a file's section at each release; empty when the register does not hold it."""
        if file.id not in self._registers:
            self._registers[file.id] = register_rows(file.id, self.home)
        return self._registers[file.id]

    # --- conditions -----------------------------------------------------------------------------------------------
    def conditions(self, file: LawFile) -> list[tuple[Provision, str, Condition]]:
        """Every condition of a file, with the provision and the key it stands under; contents of notices too."""
        out = [(provision, key, condition) for _, key, condition, provision in all_conditions(file)]
        for duty in file.duties:
            out += [(duty, f"contents[{i}].when", content.when) for i, content in enumerate(duty.contents)]
        return out

    def every_condition(self) -> Iterator[Condition]:
        """Every condition of the library and every part of it, interpretations too."""
        for file in self.files:
            for _, _, condition in self.conditions(file):
                yield from walk(condition)
        for one in self.library.interpretations:
            yield from walk(one.when)

    # --- what is worked out once ----------------------------------------------------------------------------------
    @cached_property
    def reasoner(self) -> Reasoner:
        """Decides what conditions can hold together."""
        from authorities.linting._reasoning import Reasoner

        return Reasoner(self.library)

    @cached_property
    def trials(self) -> Trials:
        """The cases, judged, with what each provision was in them."""
        from authorities.linting._trials import Trials

        return Trials(self.library)


def grants_life(file: LawFile) -> tuple[date, date | None] | None:
    """The first day any grant of a file is law and the day the last ends (None: open); None without grants."""
    return _span([grant.life for grant in file.grants])


def _span(lives: Sequence[Life]) -> tuple[date, date | None] | None:
    if not lives:
        return None
    ends = [life.until for life in lives]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(life.since for life in lives), last


def alive(life: Life, day: date) -> bool:
    """Whether words with this life are law on a day (what follows the money's year: always)."""
    return life.fund_years is not None or (life.since <= day and (life.until is None or day < life.until))


def overlap(one: Life, other: Life) -> bool:
    """Whether two lives share a day (or, where both follow the money, a fiscal year)."""
    if one.fund_years is not None and other.fund_years is not None:
        a, b = one.fund_years, other.fund_years
        begins = max(a.first or 0, b.first or 0)
        return begins <= min(a.last or 9999, b.last or 9999)
    begins_on = max(one.since, other.since)
    return all(life.until is None or begins_on < life.until for life in (one, other))


def within(one: Life, other: Life) -> bool:
    """Whether a life lies wholly inside another, both read the same way."""
    if one.on != other.on or one.fund_years != other.fund_years:
        return False
    ends = other.until is None or (one.until is not None and one.until <= other.until)
    return other.since <= one.since and ends
