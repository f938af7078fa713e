"""How each question of law stands on a day: answered for the fiscal year, lapsed, or open; and what turns on it.

An interpretation is in force for the fiscal years it names and lapses with them unless it is recorded again (design,
section 9). What turns on a question is found by asking: each line it leaves to counsel is judged once more with it
answered yes, and once with no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from authorities.casework import finding_of
from authorities.showing import questions
from rules.answering import answer
from rules.derived import fiscal_year
from rules.findings import Answer
from rules.library import Interpretation, Library, OpenQuestion
from rules.proposals import expand, from_mapping
from rules.provisions import Case, LawFile
from rules.reading import Document
from rules.rulebook import Shelf

SUPPOSED = "supposed, to see what turns on it"
"""The source a supposed answer carries."""


@dataclass(frozen=True, slots=True)
class Turning:
    """A line that a question leaves to counsel: its verdict as it stands, with the answer yes, and with no."""

    line: str
    now: str
    yes: str
    no: str

    @property
    def decides(self) -> bool:
        """Whether the answer changes the verdict."""
        return not self.now == self.yes == self.no


@dataclass(frozen=True, slots=True)
class Standing:
    """One question on a day. ``state``: open, answered or lapsed; ``interpretations``: those that answer it in the
    day's fiscal year or, where none does, the newest that did. ``files``: the law files that ask it."""

    question: OpenQuestion
    state: str
    interpretations: tuple[Interpretation, ...]
    files: tuple[str, ...]
    turning: tuple[Turning, ...]


def standings(library: Library, turning: Mapping[str, Sequence[Turning]], today: date) -> tuple[Standing, ...]:
    """Every question, in the order of the library."""
    year = fiscal_year(today, library.calendar.year_starts)
    asked = files_asking(library)
    out = []
    for id_, question in library.questions.items():
        every = sorted((i for i in library.interpretations if i.question == id_), key=lambda i: i.dated)
        known = [i for i in every if i.dated <= today]
        here = tuple(i for i in known if year in i.fiscal_years)
        past = tuple(i for i in known if max(i.fiscal_years) < year)[-1:]
        state = "answered" if here else "lapsed" if past else "open"
        found = tuple(turning.get(id_, ()))
        out.append(Standing(question, state, here or past, tuple(asked.get(id_, ())), found))
    return tuple(out)


def files_asking(library: Library) -> dict[str, list[str]]:
    """The law files that ask each question, in the order of the library."""
    out: dict[str, list[str]] = {}
    for file in library.files():
        for asked in questions(library, file):
            out.setdefault(asked.question.id, []).append(file.id)
    return out


def of_cases(library: Library, shelf: Shelf) -> dict[str, list[Turning]]:
    """What turns on each question among the confirmed cases that end with counsel."""
    out: dict[str, list[Turning]] = {}
    for file in library.files():
        for case in file.cases:
            if case.confirmed and case.verdict == "needs counsel":
                for id_ in _left_open(library, finding_of(library, shelf, file, case).unknown):
                    yes, no = (_supposed(library, shelf, file, case, id_, value) for value in (True, False))
                    out.setdefault(id_, []).append(Turning(f"{file.id}: {case.name}", case.verdict, yes, no))
    return out


def of_plan(library: Library, shelf: Shelf, documents: Sequence[Document], today: date) -> dict[str, list[Turning]]:
    """What turns on each question among the lines of some proposals, over every authority."""
    out: dict[str, list[Turning]] = {}
    for document in documents:
        base = _answered(library, shelf, document, today)
        asked = (q for line in base.lines for f in line.findings.read for q in _left_open(library, f.unknown))
        for id_ in dict.fromkeys(asked):
            yes, no = (_answered(library, shelf, _with(document, id_, value), today) for value in (True, False))
            for number, (line, with_yes, with_no) in enumerate(zip(base.lines, yes.lines, no.lines, strict=True), 1):
                if any(id_ in _left_open(library, f.unknown) for f in line.findings.read):
                    name = f"{document.file}, line {number}: {line.element or 'activity'}"
                    name += f" with {line.partner}" if line.partner else ""
                    out.setdefault(id_, []).append(Turning(name, line.verdict, with_yes.verdict, with_no.verdict))
    return out


def _left_open(library: Library, unknown: Sequence[Any]) -> Iterator[str]:
    return (one.id for one in unknown if one.id in library.questions)


def _word(value: bool) -> dict[str, Any]:
    return {"value": value, "source": SUPPOSED}


def _supposed(library: Library, shelf: Shelf, file: LawFile, case: Case, id_: str, value: bool) -> str:
    return finding_of(library, shelf, file, replace(case, given={**case.given, id_: _word(value)})).verdict


def _with(document: Document, id_: str, value: bool) -> Document:
    return from_mapping({**document.data, id_: _word(value)}, document.file)


def _answered(library: Library, shelf: Shelf, document: Document, today: date) -> Answer:
    return answer(library, shelf, expand(library, document, today=today), known=today, today=today)
