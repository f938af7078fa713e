"""Cases as lines to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.library import Library
from rules.lines import Line
from rules.proposals import expand, from_mapping
from rules.provisions import Case, LawFile


def lines_of(library: Library, file: LawFile, case: Case) -> tuple[Line, ...]:
    """The lines of a case: the first is the one judged; more than one share caps."""
    document = from_mapping({"date": case.date, **case.given}, f"{file.path}:{case.line}")
    return expand(library, document, today=case.date).lines


def known_of(case: Case) -> date:
    """The day of knowledge of a case."""
    return case.known or max(date.today(), case.date)


@dataclass(frozen=True, eq=False)
class Example:
    """A case with its file and lines."""

    file: str
    asked: str
    case: Case
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """``file: name``."""
        return f"{self.file}: {self.case.name}"
