"""The lines of a plan whose verdict differs between two editions of the library, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.answering import answer
from rules.findings import Finding, LineAnswer
from rules.library import Library
from rules.proposals import expand
from rules.reading import Document
from rules.rulebook import Shelf


@dataclass(frozen=True, slots=True)
class Under:
    """The verdict under one authority in both editions, and the provisions that decide it."""

    authority: str
    before: str
    decided_before: tuple[str, ...]
    after: str
    decides_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line whose verdict, or whose verdict under some authority, differs."""

    line: str
    before: str
    after: str
    under: tuple[Under, ...]


def changed_lines(old: Library, new: Library, document: Document, today: date) -> Iterator[LineChange]:
    """Every line of a proposal that comes out otherwise. Raises FaultsError where an edition cannot read it."""
    answers = [
        answer(library, Shelf(library), expand(library, document, today=today), known=today, today=today)
        for library in (old, new)
    ]
    for number, (was, now) in enumerate(zip(answers[0].lines, answers[1].lines, strict=True), 1):
        before, after = _by_authority(was), _by_authority(now)
        under = [Under(id_, *_of(before.get(id_)), *_of(after.get(id_))) for id_ in dict.fromkeys((*after, *before))]
        differing = tuple(one for one in under if one.before != one.after)
        if differing or was.verdict != now.verdict:
            name = " with ".join(word for word in (was.element, was.partner) if word)
            yield LineChange(
                f"{document.file}, line {number}" + (f" ({name})" if name else ""), was.verdict, now.verdict, differing
            )


def _by_authority(line: LineAnswer) -> dict[str, Finding]:
    return {finding.authority: finding for finding in line.findings.read}


def _of(finding: Finding | None) -> tuple[str, tuple[str, ...]]:
    return ("no authority", ()) if finding is None else (finding.verdict, finding.deciding)
