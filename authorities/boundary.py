"""Cases at the boundaries of the law: just below, at and above each limit and date; and for each test of a condition a
pair of cases that differ in what it reads and in nothing else, of which it decides the outcome (MC/DC).

Each is made from a case of the library with as little changed as will do. Its verdict is what the rules say, and it is
`confirmed: false` until somebody has read that against the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from authorities.casework import lines_of
from authorities.mutation._abstract import leaves
from authorities.mutation._examples import Example
from authorities.mutation._shown import changed_case
from authorities.mutation._sides import SIDES, limits_of, said, sides
from authorities.mutation._views import View, Views
from rules import nodes
from rules.checks import value_refs
from rules.faults import FaultsError
from rules.library import Library
from rules.provisions import Case, LawFile, Provision

FEW = 3
"""Lines tried until one may be written; provisions that a case names."""
MOST = 24
"""Lines tried about the day a value changes."""
TESTS = (nodes.FactLeaf, nodes.CapLeaf)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Boundary:
    """One made-up case: the file it belongs in, the provision it is about, and which boundary it stands at.

    ``beside``: the name of its twin, where it is one of a pair.
    """

    file: str
    provision: str
    why: str
    case: Case
    beside: str = ""


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
    seen = {_story(file.id, case): case.name for file in library.files() for case in file.cases}
    names: dict[str, str] = {}
    out: list[Boundary] = []
    for one in maker.all():
        story = _story(one.file, one.case)
        if story in seen:
            names[one.case.name] = seen[story]
        else:
            seen[story] = one.case.name
            out.append(one)
    cases = tuple(replace(one, beside=names.get(one.beside, one.beside)) for one in out)
    return Boundaries(cases, tuple(maker.undecided))


def _story(file: str, case: Case) -> tuple[str, ...]:
    return (case.under or file, str(case.date), repr(sorted(map(repr, case.given.items()))), str(case.strict))


class _Maker:
    def __init__(self, library: Library, file: LawFile):
        self.file = file
        self.views = Views(library, file)
        self.undecided: list[str] = []

    def all(self) -> Iterator[Boundary]:
        """Every boundary of every provision of the file."""
        for one in self.file.provisions():
            yield from self.lives(one)
            yield from self.values(one)
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
            for example in self.views.near(one, day):
                found = [self.on(example, one, day + n * DAY, f"{side} the day it {word}, {day}") for n, side in _ABOUT]
                made = [b for b in found if b is not None]
                if len({(b.case.verdict, b.case.because) for b in made}) > 1:
                    yield from made
                    break

    def values(self, one: Provision) -> Iterator[Boundary]:
        """The day before and the day on which a dated value that a provision uses changes."""
        owners: dict[str | None, LawFile] = {f.id: f for f in self.views.library.files()}
        owners[None] = self.file
        for ref in dict.fromkeys(value_refs(one)):
            for entry in owners[ref.file].values.get(ref.name, ())[1:]:
                if entry.life.fund_years is None:
                    yield from self.change(one, ref.name, entry.life.since)

    def change(self, one: Provision, name: str, day: date) -> Iterator[Boundary]:
        """Two cases a day apart that the change of a value tells apart; none if nothing that could be made does."""
        for example in self.views.near(one, day):
            bare = self.views.view(example, one, day, ())
            some = () if bare is None else [leaf for leaf in leaves(bare.node) if isinstance(leaf, TESTS)]
            for leaf in some:
                wide = self.views.view(example, one, day, (leaf,))
                for index in range(min(wide.grid.product.count, MOST)) if wide is not None else ():
                    assert wide is not None
                    after = self.made(wide, index, one, f"on {day}, the day {name} changes")
                    if after is None:
                        continue
                    story = Example(after.file, example.asked, after.case, (wide.grid.line_at(index),))
                    before = self.on(story, one, day - DAY, f"the day before {name} changes, {day}")
                    if before is not None and before.case.verdict != after.case.verdict:
                        yield from (before, after)
                        return

    def on(self, example: Example, one: Provision, day: date, why: str) -> Boundary | None:
        """A case moved to a day."""
        view = self.views.view(example, one, day, ())
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
                wide = self.views.view(view.example, one, None, (leaf,))
                found = [] if wide is None else self.sides(wide, one, leaf, limit)
                if found:
                    done.add(key)
                    yield from found
        self.undecided += [words for key, words in wanted.items() if key not in done]

    def sides(self, view: View, one: Provision, leaf: nodes.Node, limit: Any) -> list[Boundary]:
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
            wide = self.views.view(view.example, one, None, (leaf,))
            found = [] if wide is None else self.pair(wide, one, leaf)
            if found:
                done.add(key)
                yield from found
        self.undecided += [words for key, words in wanted.items() if key not in done]

    def leaves(self, one: Provision) -> Iterator[tuple[View, nodes.Node]]:
        """The tests of a provision in each case worth changing."""
        for example in self.views.near(one, None):
            view = self.views.view(example, one, None, ())
            if view is not None:
                yield from ((view, leaf) for leaf in leaves(view.node))

    def pair(self, view: View, one: Provision, leaf: nodes.Node) -> list[Boundary]:
        """The pair in one grid, all of whose lines differ only in what the test reads; none if it decides nothing."""
        test, whole = view.evaluation.planes(leaf), view.evaluation.planes(view.node)
        valid = view.grid.full & ~view.grid.backwards()
        for on, off in ((whole.t, whole.f), (whole.f, whole.t)):
            for verdict in view.seen.verdicts.values():
                holds, fails = test.t & on & verdict & valid, test.f & off & ~verdict & valid
                if holds and fails:
                    where = f"where {said(leaf)} decides"
                    made = [self.first(view, holds, one, f"{where}: it holds")]
                    made.append(self.first(view, fails, one, f"{where}: it fails"))
                    found = [b for b in made if b is not None]
                    if len(found) == 2:
                        return [replace(b, beside=other.case.name) for b, other in zip(found, found[::-1], strict=True)]
        return []

    # --- cases ----------------------------------------------------------------------------------------------------
    def first(self, view: View, lines: int, one: Provision, why: str) -> Boundary | None:
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

    def made(self, view: View, index: int, one: Provision, why: str) -> Boundary | None:
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
            lines_of(self.views.library, self.views.files[file], case)
        except FaultsError:
            return None
        return Boundary(file, one.id, why, case)


_ABOUT = ((-1, "the day before"), (0, "on"), (1, "the day after"))
