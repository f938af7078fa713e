"""Cases as grids: a case of the library varied in what some tests read, judged, beside a provision's own truth."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorities.casework import known_of
from authorities.mutation._bench import Bench, book_of
from authorities.mutation._candidates import Candidates
from authorities.mutation._examples import Example
from authorities.mutation._grid import Axis, Edit, Grid, GridEvaluation, edited
from authorities.mutation._observing import Observed, observe
from authorities.mutation._proof import change_days, parts
from authorities.mutation._shown import moved
from rules import nodes
from rules.books import AuthorityBook
from rules.judge import judge, judge_alone
from rules.library import Library
from rules.provisions import Definition, LawFile, Provision
from rules.rulebook import Builder

LINES = 1 << 14
"""Most lines of a view."""
CONTEXTS = 16
"""Cases tried for each provision."""


@dataclass(frozen=True)
class View:
    """A grid around one case, judged: what each line shows, and the provision's own truth on it."""

    example: Example
    moves: tuple[Edit, ...]
    grid: Grid
    evaluation: GridEvaluation
    seen: Observed
    node: nodes.Node


class Views:
    """The views of one file's provisions."""

    def __init__(self, library: Library, file: LawFile):
        self.library, self.file = library, file
        bench = Bench(library)
        self.files = {f.id: f for f in library.files()}
        self.days = sorted({d for f in library.files() for d in change_days(f)})
        self._books: dict[Any, tuple[Builder, AuthorityBook, bool]] = {}
        self._nodes: dict[Any, nodes.Node | None] = {}
        users = bench.dependents[file.id]
        asked = [file.id] if file.kind != "definitions" else sorted(users - {file.id})
        self.examples = [e for g in bench.groups if g.asked in asked for e in g.examples]
        self.examples += [
            e
            for g in bench.groups
            if g.asked not in asked
            for e in g.examples
            if e.file == file.id and e.asked != file.id
        ]

    def book(
        self, asked: str, first: date, last: date | None, day: date, known: date
    ) -> tuple[Builder, AuthorityBook, bool]:
        """What is asked, as the law has it from ``first`` up to but not on ``last``."""
        key = (asked, first, last, known)
        if key not in self._books:
            builder = Builder(self.library, day, known)
            self._books[key] = (builder, *book_of(builder, asked))
        return self._books[key]

    def near(self, one: Provision, day: date | None) -> list[Example]:
        """The cases to change, the most promising first: those it decides, those that are lawful, the nearest in time."""
        key = one.id

        def rank(example: Example) -> tuple[Any, ...]:
            case = example.case
            away = abs((example.lines[0].day - day).days) if day is not None else 0
            return (
                key not in case.because and f"{self.file.id}.{key}" not in case.because,
                case.verdict in ("no authority", "prohibited"),
                away,
            )

        return sorted(self.examples, key=rank)[:CONTEXTS]

    def view(self, example: Example, one: Provision, day: date | None, odds: Iterable[nodes.Node]) -> View | None:
        """A case, moved to a day if one is given, varied in what some tests read; None where it never applies."""
        line = example.lines[0]
        moves: tuple[Edit, ...] = () if day is None or day == line.day else tuple(moved(line, day - line.day))
        line = edited(line, moves)
        at = bisect_right(self.days, line.day)
        first = self.days[at - 1] if at else date.min
        last = self.days[at] if at < len(self.days) else None
        known = max(known_of(example.case), line.day)
        builder, book, alone = self.book(example.asked, first, last, line.day, known)
        key = (example.asked, first, known, id(one))
        if key not in self._nodes:
            self._nodes[key] = _node(builder, self.file, one, book, alone)
        node = self._nodes[key]
        if node is None and day is None:
            return None
        axes: list[Axis] = []
        odds = list(odds)
        if odds and node is not None:
            grants = [part.node for (_, kind), part in parts(book, alone).items() if kind == "grant"]
            axes = Candidates(self.library, [node], grants, odds, odds, exact=True).axes(
                line, first, last, LINES, "odds"
            )
        grid = Grid(self.library, line, axes, strict=example.case.strict)
        evaluation = GridEvaluation(grid)
        judged = judge_alone(evaluation, book) if alone else judge(evaluation, book, evaluation.full)
        found = nodes.Constant(False, "F") if node is None else node
        return View(example, moves, grid, evaluation, observe(evaluation, judged), found)


def _node(builder: Builder, file: LawFile, one: Provision, book: AuthorityBook, alone: bool) -> nodes.Node | None:
    """A provision's own condition on the day, under what is asked; None where it is not law or does not reach."""
    if not builder.in_force(one.life):
        return None
    if isinstance(one, Definition):
        return builder.window(one.life, builder.meaning(one, file, "date", True))
    key = one.id if book.file.id == file.id else f"{file.id}.{one.id}"
    found = parts(book, alone)
    for kind in ("grant", "bar", "cap", "never", "fund", "bars"):
        if (key, kind) in found:
            return found[key, kind].node
    return None
