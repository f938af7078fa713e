"""The cases of a library in groups that share a day of the law, and the judging of one changed file against them.

The lines and their columns are made once, for no mutant changes a fact; of the rulebook only what hangs on the
changed file is made again, the rest is shared with the library as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from authorities.casework import known_of, lines_of
from authorities.mutation._examples import Example
from authorities.mutation._grafting import Grafted
from authorities.mutation._observing import Observed, observe
from authorities.mutation._own import untouched
from authorities.mutation._reading import Dependents, dependents, with_file
from authorities.mutation.mutants import Mutant
from rules import books
from rules.evaluate import Evaluation
from rules.faults import FaultsError
from rules.judge import Judged, Session, judge, judge_alone, run
from rules.library import Library
from rules.lines import Batch
from rules.nodes import Node
from rules.provisions import LawFile, Life
from rules.rulebook import Builder, Shelf

DAY = timedelta(days=1)


class Sharing(Evaluation):
    """An evaluation that knows the planes of nodes evaluated before, on the same batch."""

    def __init__(self, batch: Batch, before: Evaluation | None = None):
        super().__init__(batch)
        if before is not None:
            self._memo = dict(before._memo)


class Group:
    """Cases asked under one authority, read on days between which no mutant of one day changes the law."""

    def __init__(self, library: Library, asked: str, examples: list[Example]):
        self.library, self.asked, self.examples = library, asked, examples
        first = examples[0].case
        self.day, self.known, self.strict = examples[0].lines[0].day, known_of(first), first.strict
        self.batch = Batch(library, [e.lines[0] for e in examples], strict=self.strict)
        self.files = {e.file for e in examples}
        self._base: tuple[Grafted, Evaluation, Observed] | None = None
        self._stock: tuple[frozenset[str], dict[Any, Node]] | None = None
        self.expected: dict[str, int] = {}
        self.because: dict[str, int] = {}
        self.not_because: dict[str, int] = {}
        self.follows: dict[str, int] = {}
        self.not_follows: dict[str, int] = {}
        for i, example in enumerate(examples):
            case = example.case
            self.expected[case.verdict] = self.expected.get(case.verdict, 0) | 1 << i
            for keys, shelf in (
                (case.because, self.because),
                (case.not_because, self.not_because),
                (case.follows, self.follows),
                (case.not_follows, self.not_follows),
            ):
                for key in keys:
                    shelf[key] = shelf.get(key, 0) | 1 << i

    def base(self) -> tuple[Grafted, Evaluation, Observed]:
        """The library as it is: its rulebook's parts, their planes, and what they show."""
        if self._base is None:
            builder = Grafted(self.library, self.day, self.known)
            evaluation = Sharing(self.batch)
            self._base = builder, evaluation, look(builder, evaluation, self.asked)
        return self._base

    def mutated(self, library: Library, changed: frozenset[str]) -> tuple[Builder, Evaluation, Observed]:
        """The same under a changed library; ``changed``: the files of which nothing may be shared."""
        builder, evaluation = self.planted(library, changed)
        return builder, evaluation, look(builder, evaluation, self.asked)

    def planted(self, library: Library, changed: frozenset[str]) -> tuple[Builder, Evaluation]:
        """A rulebook's maker for a changed library, and an evaluation, that share what did not change."""
        before, evaluated, _ = self.base()
        if self._stock is None or self._stock[0] != changed:
            self._stock = changed, {k: node for k, node in before.memo.items() if owner(k) not in changed}
        builder = Grafted(library, self.day, self.known, before, changed)
        builder.memo = dict(self._stock[1])
        return builder, Sharing(self.batch, evaluated)

    def wrong(self, mutant: Mutant, file: LawFile, library: Library, changed: frozenset[str]) -> int:
        """The cases (bits) that do not hold under a mutant of ``file``."""
        before = self.base()[0]
        builder, evaluation = self.planted(library, changed)
        if untouched(mutant, file, before, builder, evaluation):
            return 0
        return self.failing(look(builder, evaluation, self.asked))

    def names(self, provision: str) -> bool:
        """Whether a case names a provision."""
        return provision in self.because or provision in self.follows

    def alive(self, lives: Iterable[Life]) -> bool:
        """Whether any of these words count on the group's day."""
        builder = self.base()[0]
        return any(builder.in_force(life) for life in lives)

    def failing(self, seen: Observed) -> int:
        """The cases (bits) that do not hold."""
        wrong = 0
        for verdict, lines in self.expected.items():
            wrong |= lines & ~seen.verdicts.get(verdict, 0)
        for wanted, unwanted, shown in (
            (self.because, self.not_because, seen.deciding),
            (self.follows, self.not_follows, seen.follows),
        ):
            for key, lines in wanted.items():
                wrong |= lines & ~shown.get(key, 0)
            for key, lines in unwanted.items():
                wrong |= lines & shown.get(key, 0)
        return wrong


def owner(key: Any) -> str:
    """The file that a part of the rulebook, by the key it is kept under, was read from; empty for a bare test."""
    return "" if key[0] == "leaf" else str(key[2] if key[0] in ("base", "unless") else key[1])


def book_of(builder: Builder, asked: str) -> tuple[books.AuthorityBook, bool]:
    """The book of an authority; or, with True, of a limit asked about by itself."""
    found = builder.library.authorities.get(asked)
    if found is not None:
        return builder.authority(found), False
    return builder.authority(builder.library.limits[asked], alone=True), True


def judged_by(builder: Builder, evaluation: Evaluation, asked: str) -> Judged:
    """One authority, asked about by name, on every line."""
    book, alone = book_of(builder, asked)
    return judge_alone(evaluation, book) if alone else judge(evaluation, book, evaluation.full)


def look(builder: Builder, evaluation: Evaluation, asked: str) -> Observed:
    """What a finding under ``asked`` shows on every line."""
    return observe(evaluation, judged_by(builder, evaluation, asked))


class Bench:
    """The cases of a library (those confirmed, or those not), ready to be judged under changed files."""

    def __init__(
        self,
        library: Library,
        examples: Iterable[Example] | None = None,
        *,
        confirmed: bool = True,
        ids: frozenset[str] = frozenset(),
    ):
        """``examples``: instead of the library's own; ``ids``: of these files only."""
        self.library, self.confirmed, self.ids = library, confirmed, ids
        self.shelf = Shelf(library)
        self.dependents: Dependents = dependents(library)
        self.faulty: list[str] = []
        found = list(self._examples()) if examples is None else list(examples)
        self.groups = self._grouped([e for e in found if len(e.lines) == 1])
        self.joined = [e for e in found if len(e.lines) > 1]
        self.files = {f.id: f for f in library.files()}
        self._reaching: dict[str, frozenset[str]] = {}
        self._touched: tuple[tuple[str, bool], list[Group]] | None = None

    def _examples(self) -> Iterator[Example]:
        for file in self.library.files():
            for case in file.cases:
                if case.confirmed == self.confirmed and (not self.ids or file.id in self.ids):
                    try:
                        lines = lines_of(self.library, file, case)
                    except FaultsError as error:
                        self.faulty.append(str(error))
                        continue
                    yield Example(file.id, case.under or file.id, case, lines)

    def _grouped(self, examples: list[Example]) -> list[Group]:
        shelf = self.shelf
        days = sorted({d + n * DAY for d in shelf.days if d - date.min > DAY for n in (-1, 0, 1)})
        sorted_: dict[tuple[Any, ...], list[Example]] = {}
        for one in examples:
            key = (
                one.asked,
                one.case.strict,
                bisect_right(days, one.lines[0].day),
                bisect_right(shelf.enactments, known_of(one.case)),
            )
            sorted_.setdefault(key, []).append(one)
        return [Group(self.library, key[0], group) for key, group in sorted_.items()]

    def failing(self) -> list[str]:
        """The cases that do not hold under the library as it is: mutants can only be judged by cases that do."""
        return self.faulty + [e.name for e in self.amiss()]

    def amiss(self) -> list[Example]:
        """The cases that can be read and do not hold."""
        out = []
        for group in self.groups:
            wrong = group.failing(group.base()[2])
            out += [e for i, e in enumerate(group.examples) if wrong >> i & 1]
        return out + [e for e in self.joined if not self.holds(e, self.library)]

    def sound(self) -> frozenset[int]:
        """The cases, by identity, that hold: judged together, many at a time."""
        amiss = {id(e.case) for e in self.amiss()}
        here = [e for group in self.groups for e in group.examples] + self.joined
        return frozenset(id(e.case) for e in here) - amiss

    def killer(self, mutant: Mutant) -> str:
        """A case that no longer holds under a mutant; empty where every case still does."""
        return next((example.name for example in self.killers(mutant)), "")

    def killers(self, mutant: Mutant) -> Iterator[Example]:
        """The cases that no longer hold under a mutant, those most likely first."""
        library = with_file(self.library, mutant.changed)
        changed = self.dependents[mutant.file]
        anywhere = mutant.section in ("reaches", "except")
        if self._touched is None or self._touched[0] != (mutant.file, anywhere):
            touched = [g for g in self.groups if anywhere or self.touches(g, changed)]
            self._touched = (mutant.file, anywhere), touched
        key = lambda g: (mutant.file not in g.files, not g.names(mutant.provision))  # noqa: E731
        for group in sorted(self._touched[1], key=key):
            if mutant.lives and not group.alive(mutant.lives):
                continue
            wrong = group.wrong(mutant, self.files[mutant.file], library, changed)
            yield from (e for i, e in enumerate(group.examples) if wrong >> i & 1)
        for one in self.joined:
            if (anywhere or self.touches(one, changed)) and not self.holds(one, library):
                yield one

    def touches(self, one: Group | Example, changed: frozenset[str]) -> bool:
        """Whether a change in these files can reach what a group (or a case) is asked."""
        return one.asked in changed or bool(self.reaching(one.asked) & changed)

    def reaching(self, asked: str) -> frozenset[str]:
        """The limits that may reach an authority on some day; of a limit asked by itself, none."""
        if asked not in self._reaching:
            file = self.library.authorities.get(asked)
            builder = Builder(self.library, date.min, date.max)
            self._reaching[asked] = frozenset(
                limit.id
                for limit in self.library.limits.values()
                # which money a law names changes with the day
                if file is not None and (limit.reach.accounts or builder.reaches(limit, file) is not None)
            )
        return self._reaching[asked]

    def holds(self, one: Example, library: Library) -> bool:
        """Whether a case of several lines, which share caps, holds: the first line is the one judged."""
        shelf = self.shelf if library is self.library else Shelf(library)
        session, seen = first_of(library, shelf, one)
        return held(one, seen, 1 << session.places.index(0))


def first_of(library: Library, shelf: Shelf, one: Example) -> tuple[Session, Observed]:
    """Where the first line of a case is judged, and what it shows."""
    case = one.case
    known = known_of(case)
    sessions = run(library, shelf, one.lines, known=known, strict=case.strict, asked=one.asked)
    session = next(s for s in sessions if 0 in s.places)
    return session, observe(session.evaluation, session.judged[one.asked])


def held(one: Example, seen: Observed, bit: int) -> bool:
    """Whether a case holds, by what is seen of the line judged."""
    return (
        bool(seen.verdicts.get(one.case.verdict, 0) & bit)
        and all(seen.deciding.get(key, 0) & bit for key in one.case.because)
        and not any(seen.deciding.get(key, 0) & bit for key in one.case.not_because)
        and all(seen.follows.get(key, 0) & bit for key in one.case.follows)
        and not any(seen.follows.get(key, 0) & bit for key in one.case.not_follows)
    )
