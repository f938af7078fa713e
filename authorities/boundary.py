"""Cases at the boundaries of the law: just below, at and above each limit and date; and for each test of a condition a
pair of cases that differ in what it reads and in nothing else, of which it decides the outcome (MC/DC).

Each is made from a case of the library with as little changed as will do. Its verdict is what the rules say, and it is
`confirmed: false` until somebody has read that against the paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from authorities.mutation._abstract import leaves
from authorities.mutation._bench import Bench, Example, book_of, known_of, lines_of
from authorities.mutation._candidates import Candidates
from authorities.mutation._grid import Axis, Edit, Grid, GridEvaluation, edited
from authorities.mutation._observing import Observed, observe
from authorities.mutation._proof import change_days, parts
from authorities.mutation._sides import SIDES, limits_of, said, sides
from authorities.mutation._shown import changed_case, moved
from rules import nodes
from rules.faults import FaultsError
from rules.judge import judge, judge_alone
from rules.library import Library
from rules.provisions import Case, Definition, LawFile, Provision
from rules.rulebook import Builder

LINES = 1 << 14
CONTEXTS = 16
FEW = 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Boundary:
    """One made-up case: the file it belongs in, the provision it is about, and which boundary it stands at."""

    file: str
    provision: str
    why: str
    case: Case


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The cases of one file, in the order of its provisions, none that the library has already.

    ``undecided``: the tests and limits that decide no outcome in any case that could be made.
    """

    cases: tuple[Boundary, ...]
    undecided: tuple[str, ...]


def boundary(library: Library, id_: str) -> Boundaries:
    """The boundary cases of one file."""
    file = next(f for f in library.files() if f.id == id_)
    maker = _Maker(library, file)
    seen = {_story(file.id, case) for file in library.files() for case in file.cases}
    out: list[Boundary] = []
    for one in maker.all():
        story = _story(one.file, one.case)
        if story not in seen:
            seen.add(story)
            out.append(one)
    return Boundaries(tuple(out), tuple(maker.undecided))


def _story(file: str, case: Case) -> tuple[str, ...]:
    return (case.under or file, str(case.date), repr(sorted(map(repr, case.given.items()))), str(case.strict))


@dataclass(frozen=True)
class _View:
    """A grid around one case, judged: what each line shows, and the provision's own truth on it."""

    example: Example
    moves: tuple[Edit, ...]
    grid: Grid
    evaluation: GridEvaluation
    seen: Observed
    node: nodes.Node


class _Maker:
    def __init__(self, library: Library, file: LawFile):
        self.library, self.file = library, file
        bench = Bench(library)
        self.files = {f.id: f for f in library.files()}
        self.days = sorted({d for f in library.files() for d in change_days(f)})
        self.undecided: list[str] = []
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

    def all(self) -> Iterator[Boundary]:
        """Every boundary of every provision of the file."""
        for one in self.file.provisions():
            yield from self.lives(one)
            yield from self.limits(one)
            yield from self.pairs(one)

    # --- days -----------------------------------------------------------------------------------------------------
    def lives(self, one: Provision) -> Iterator[Boundary]:
        """The day before, the day and the day after a provision begins and ends."""
        if one.life.fund_years is not None:
            return
        for word, day in (("begins", one.life.since), ("ends", one.life.until)):
            if day is None or day.year < 1000:
                continue
            for example in self.near(one, day):
                found = [self.on(example, one, day + n * DAY, f"{side} the day it {word}, {day}") for n, side in _ABOUT]
                made = [b for b in found if b is not None]
                if len({(b.case.verdict, b.case.because) for b in made}) > 1:
                    yield from made
                    break

    def on(self, example: Example, one: Provision, day: date, why: str) -> Boundary | None:
        """A case moved to a day."""
        view = self.view(example, one, day, ())
        return None if view is None else self.made(view, 0, one, why)

    # --- limits ---------------------------------------------------------------------------------------------------
    def limits(self, one: Provision) -> Iterator[Boundary]:
        """Each number, length of time or day that a provision compares with: just below it, at it, just above it."""
        wanted: dict[Any, str] = {}
        done: set[Any] = set()
        for view, leaf in self.leaves(one):
            for limit in limits_of(leaf):
                key = (said(leaf), limit)
                wanted.setdefault(key, f"{one.id}: at {said(leaf)}")
                if key in done:
                    continue
                wide = self.view(view.example, one, None, (leaf,))
                found = [] if wide is None else self.sides(wide, one, leaf, limit)
                if found:
                    done.add(key)
                    yield from found
        self.undecided += [words for key, words in wanted.items() if key not in done]

    def sides(self, view: _View, one: Provision, leaf: nodes.Node, limit: Any) -> list[Boundary]:
        """Three lines about a limit, if they do not all come out alike."""
        out: list[Boundary] = []
        for side, lines in zip(SIDES, sides(view.grid, view.evaluation, leaf, limit), strict=True):
            made = self.first(view, lines, one, f"{side} {said(leaf)}")
            out += [made] if made is not None else []
        alike = len({(b.case.verdict, one.id in b.case.because) for b in out}) < 2
        return [] if alike else out

    # --- pairs ----------------------------------------------------------------------------------------------------
    def pairs(self, one: Provision) -> Iterator[Boundary]:
        """For each test of a provision, two cases that differ only in what it reads, and come out differently."""
        wanted: dict[str, str] = {}
        done: set[str] = set()
        for view, leaf in self.leaves(one):
            key = said(leaf)
            if key in done or isinstance(leaf, (nodes.Late, nodes.CapLeaf, nodes.Constant)):
                continue
            wanted.setdefault(key, f"{one.id}: where {key} decides")
            wide = self.view(view.example, one, None, (leaf,))
            found = [] if wide is None else self.pair(wide, one, leaf)
            if found:
                done.add(key)
                yield from found
        self.undecided += [words for key, words in wanted.items() if key not in done]

    def leaves(self, one: Provision) -> Iterator[tuple[_View, nodes.Node]]:
        """The tests of a provision in each case worth changing."""
        for example in self.near(one, None):
            view = self.view(example, one, None, ())
            if view is not None:
                yield from ((view, leaf) for leaf in leaves(view.node))

    def pair(self, view: _View, one: Provision, leaf: nodes.Node) -> list[Boundary]:
        """The pair in one grid, all of whose lines differ only in what the test reads; none if it decides nothing."""
        test, whole = view.evaluation.planes(leaf), view.evaluation.planes(view.node)
        valid = view.grid.full & ~view.grid.backwards()
        for on, off in ((whole.t, whole.f), (whole.f, whole.t)):
            for verdict in view.seen.verdicts.values():
                holds, fails = test.t & on & verdict & valid, test.f & off & ~verdict & valid
                if holds and fails:
                    made = [
                        self.first(view, holds, one, f"where {said(leaf)} decides: it holds"),
                        self.first(view, fails, one, f"where {said(leaf)} decides: it fails"),
                    ]
                    found = [b for b in made if b is not None]
                    if len(found) == 2:
                        return found
        return []

    # --- grids and cases ------------------------------------------------------------------------------------------
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

    def view(self, example: Example, one: Provision, day: date | None, odds: Iterable[nodes.Node]) -> _View | None:
        """A case, moved to a day if one is given, varied in what some tests read; None where it never applies."""
        line = example.lines[0]
        moves: tuple[Edit, ...] = () if day is None or day == line.day else tuple(moved(line, day - line.day))
        line = edited(line, moves)
        at = bisect_right(self.days, line.day)
        first = self.days[at - 1] if at else date.min
        last = self.days[at] if at < len(self.days) else None
        builder = Builder(self.library, line.day, max(known_of(example.case), line.day))
        book, alone = book_of(builder, example.asked)
        node = _node(builder, self.file, one, example.asked)
        if node is None and day is None:
            return None
        axes: list[Axis] = []
        odds = list(odds)
        if odds and node is not None:
            grants = [part.node for (_, kind), part in parts(book, alone).items() if kind == "grant"]
            axes = Candidates(self.library, [node], grants, odds, odds).axes(line, first, last, LINES, "odds")
        grid = Grid(self.library, line, axes, strict=example.case.strict)
        evaluation = GridEvaluation(grid)
        judged = judge_alone(evaluation, book) if alone else judge(evaluation, book, evaluation.full)
        found = nodes.Constant(False, "F") if node is None else node
        return _View(example, moves, grid, evaluation, observe(evaluation, judged), found)

    def first(self, view: _View, lines: int, one: Provision, why: str) -> Boundary | None:
        """The nearest of some lines that may be written as a case."""
        for _ in range(FEW):
            index = view.grid.product.nearest(lines)
            if index is None:
                return None
            made = self.made(view, index, one, why)
            if made is not None:
                return made
            lines &= ~(1 << index)
        return None

    def made(self, view: _View, index: int, one: Provision, why: str) -> Boundary | None:
        """One line as a case; None if no proposal may say it."""
        bit = 1 << index
        verdict = next(name for name, lines in view.seen.verdicts.items() if lines & bit)
        deciding = [key for key, lines in view.seen.deciding.items() if lines & bit]
        own = [key for key in deciding if key in (one.id, f"{self.file.id}.{one.id}")]
        because = tuple(dict.fromkeys((*own, *deciding[:FEW])))[:FEW]
        case = changed_case(view.example.case, (*view.moves, *view.grid.edits_of(index)), verdict, because, ())
        file = view.example.file
        case = replace(case, paragraph=one.cite if file == self.file.id else "")
        try:
            lines_of(self.library, self.files[file], case)
        except FaultsError:
            return None
        return Boundary(file, one.id, why, case)


_ABOUT = ((-1, "the day before"), (0, "on"), (1, "the day after"))


def _node(builder: Builder, file: LawFile, one: Provision, asked: str) -> nodes.Node | None:
    """A provision's own condition on the day, under what is asked; None where it is not law or does not reach."""
    if not builder.in_force(one.life):
        return None
    if isinstance(one, Definition):
        return builder.window(one.life, builder.meaning(one, file, "date", True))
    book, alone = book_of(builder, asked)
    key = one.id if asked == file.id else f"{file.id}.{one.id}"
    found = parts(book, alone)
    for kind in ("grant", "bar", "cap", "never", "fund", "bars"):
        if (key, kind) in found:
            return found[key, kind].node
    return None
