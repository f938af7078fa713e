"""Coverage of the rules by the confirmed cases: by provision, and by branch of each condition.

A provision is covered when it decides a case, or (a later duty) follows from one, or (a definition) holds in one. A
branch is a part of a condition, whole or leaf, or the question a definition leaves its middle to; it is covered when it
is true in some case and false in some case of those that read it (the cases under its own file, under an authority a
limit reaches, or under a file that uses the definition), or where it is proved that it can never be so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from authorities._cover_proof import Prover, Way
from authorities.casework import known_of
from authorities.mutation._bench import Bench, Group, first_of, held
from authorities.mutation._conditions import Spot, brief
from authorities.mutation._examples import Example
from authorities.mutation._observing import Observed
from rules import conditions as c
from rules.evaluate import Evaluation
from rules.library import Library
from rules.nodes import Constant, Node
from rules.provisions import Definition, Duty, LawFile, Life, Provision
from rules.rulebook import Builder, Shelf

_HOPED = ("grants", "funds", "definitions")
_SECTIONS = ("grants", "bars", "duties", "caps", "funds", "definitions")
_KEYS = ("when", "unless", "inside", "outside")


@dataclass(slots=True)
class Branch:
    """One part of a condition: how many cases it is true in, and false in.

    ``key`` and ``spot``: which condition of its provision, and where in it. ``ways``: for what no case shows (true or
    false), how it can be; None where it is proved that it cannot.
    """

    key: str
    spot: Spot
    words: str
    true: int = 0
    false: int = 0
    ways: dict[bool, Way | None] = field(default_factory=dict)

    @property
    def unseen(self) -> list[bool]:
        """What no case shows."""
        return [side for side, count in ((True, self.true), (False, self.false)) if not count]

    @property
    def lacking(self) -> list[bool]:
        """What no case shows and one could."""
        return [side for side in self.unseen if self.ways.get(side, ()) is not None]

    @property
    def proved(self) -> list[bool]:
        """What no case shows because none can."""
        return [side for side in self.unseen if self.ways.get(side, ()) is None]

    @property
    def covered(self) -> bool:
        """Seen both ways, or every way it can be."""
        return not self.lacking


@dataclass(slots=True)
class Exercised:
    """One provision: how many cases it decides (or what else counts for its kind), and its branches.

    ``kind``: the section of its file; ``index``: which of that section; ``later``: a later or recurring duty.
    """

    file: str
    path: str
    line: int
    provision: str
    kind: str
    index: int
    life: Life
    later: bool = False
    decides: int = 0
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every provision of a library, in the order of its files."""

    provisions: Sequence[Exercised]

    def of(self, ids: Iterable[str]) -> Coverage:
        """The part of some files."""
        wanted = frozenset(ids)
        return Coverage([p for p in self.provisions if not wanted or p.file in wanted])

    @property
    def branches(self) -> list[tuple[Exercised, Branch]]:
        """Every branch with its provision."""
        return [(p, b) for p in self.provisions for b in p.branches]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to cover."""
        return all(p.decides for p in self.provisions) and all(b.covered for _, b in self.branches)


def cover(library: Library, ids: Iterable[str] = (), bench: Bench | None = None) -> Coverage:
    """Run every confirmed case that holds, and count; then tell what is missing from what is impossible.

    ``ids``: of some files only; then only the cases that can show anything of them are run. ``bench``: all the
    library's confirmed cases, where they have been judged already.
    """
    counter = _Counter(library, frozenset(ids))
    bench = bench or Bench(library)
    for group in bench.groups:
        if counter.concerns(group.asked):
            counter.group(group)
    for example in bench.joined:
        if counter.concerns(example.asked):
            counter.joined(example, bench.shelf)
    counter.prove()
    return Coverage(list(counter.rows.values()))


class _Counter:
    def __init__(self, library: Library, ids: frozenset[str]):
        self.library = library
        self.rows: dict[tuple[str, int], Exercised] = {}
        self.shelf = Shelf(library)
        self.builders: dict[tuple[int, int], Builder] = {}
        self.nodes: dict[tuple[int, int, str, bool], Node] = {}
        self.parts: dict[int, list[tuple[Branch, c.Condition, bool]]] = {}
        self.files = [f for f in library.files() if not ids or f.id in ids]
        self.alone = {f.id for f in self.files}
        """The files; where all are authorities, only cases under them show anything of them."""
        self.shared = not ids or not self.alone <= library.authorities.keys()
        for file in self.files:
            for section in _SECTIONS:
                for index, one in enumerate(getattr(file, section)):
                    self.add(file, section, index, one)

    def concerns(self, asked: str) -> bool:
        """Whether a case asked under a file can show anything of those wanted."""
        return self.shared or asked in self.alone

    def add(self, file: LawFile, section: str, index: int, one: Provision) -> None:
        """A provision and its branches, not yet seen."""
        later = isinstance(one, Duty) and (one.direction != "before" or one.recurring)
        row = Exercised(file.id, file.path, one.line, one.id, section, index, one.life, later)
        self.rows[file.id, id(one)] = row
        self.parts[id(one)] = []
        for key, condition in _conditions(one):
            hoped = (section in _HOPED) != (key in ("unless", "outside"))
            for spot, part, goal in inside(condition, (), hoped):
                branch = Branch(key, spot, brief(part))
                row.branches.append(branch)
                self.parts[id(one)].append((branch, part, goal))

    def group(self, group: Group) -> None:
        """Count what the cases of one day, asked under one authority, show."""
        _, evaluation, seen = group.base()
        self.count(
            group.asked, self.builder(group.day, group.known), evaluation, seen, evaluation.full & ~group.failing(seen)
        )

    def joined(self, example: Example, shelf: Shelf) -> None:
        """Count what a case of several lines, where it holds, shows of the first, which is the one judged."""
        session, seen = first_of(self.library, shelf, example)
        bit = 1 << session.places.index(0)
        if held(example, seen, bit):
            builder = self.builder(example.lines[0].day, known_of(example.case))
            self.count(example.asked, builder, session.evaluation, seen, bit)

    def builder(self, day: date, known: date) -> Builder:
        """The maker of conditions for a day; one for all days between which nothing changes."""
        key = (bisect_right(self.shelf.days, day), bisect_right(self.shelf.enactments, known))
        if key not in self.builders:
            self.builders[key] = Builder(self.library, day, known)
        return self.builders[key]

    def node(self, builder: Builder, part: c.Condition, file: LawFile, on: str, goal: bool) -> Node:
        """A part of a condition of a provision, made once for each state of the law."""
        key = (id(builder), id(part), on, goal)
        if key not in self.nodes:
            self.nodes[key] = builder.node(part, file, on, goal)
        return self.nodes[key]

    def prove(self) -> None:
        """For all that no case shows: how it could be shown, or that it cannot."""
        prover = Prover(self.library)
        for file in self.files:
            for one in file.provisions():
                for branch, part, _ in self.parts[id(one)]:
                    branch.ways = {side: prover.way(file, one.life, part, side) for side in branch.unseen}

    def count(self, about: str, builder: Builder, evaluation: Evaluation, seen: Observed, lines: int) -> None:
        """Count what some lines, asked under one authority or limit, show."""
        asked = self.library.authorities.get(about)
        if asked is None:
            files = [(self.library.limits[about], lines, "")]
        else:
            files = [(asked, lines, ""), *self.reached(builder, evaluation, asked, lines)]
        used: dict[int, tuple[LawFile, Definition]] = {}
        for file, here, prefix in files:
            for one in file.provisions():
                if builder.in_force(one.life):
                    if not isinstance(one, Definition) and file.id in self.alone:
                        self.provision(builder, evaluation, seen, file, one, here, prefix)
                    used |= {id(d): (owner, d) for owner, d in self.uses(builder, file, one)}
        for owner, definition in used.values():
            if owner.id in self.alone:
                self.provision(builder, evaluation, seen, owner, definition, lines, "")

    def reached(
        self, builder: Builder, evaluation: Evaluation, asked: LawFile, lines: int
    ) -> Iterator[tuple[LawFile, int, str]]:
        """The limits that reach an authority, with the lines where they do."""
        for limit in self.library.limits.values():
            reach = builder.reaches(limit, asked)
            if reach is not None:
                yield limit, lines & evaluation.planes(reach).t, f"{limit.id}."

    def provision(
        self,
        builder: Builder,
        evaluation: Evaluation,
        seen: Observed,
        file: LawFile,
        one: Provision,
        lines: int,
        prefix: str,
    ) -> None:
        """Count one provision and its branches on the lines where it is law."""
        row = self.rows[file.id, id(one)]
        lines &= evaluation.planes(builder.window(one.life, Constant(True, "T"))).t
        if isinstance(one, Definition):
            row.decides += (evaluation.planes(builder.meaning(one, file, "date", True)).t & lines).bit_count()
        else:
            shown = seen.deciding.get(prefix + one.id, 0) | seen.follows.get(prefix + one.id, 0)
            row.decides += (shown & lines).bit_count()
        for branch, part, goal in self.parts[id(one)]:
            t, f, _, _ = evaluation.planes(self.node(builder, part, file, one.life.on, goal))
            branch.true += (t & lines).bit_count()
            branch.false += (f & lines).bit_count()

    def uses(self, builder: Builder, file: LawFile, one: Provision) -> Iterator[tuple[LawFile, Definition]]:
        """The definitions in force that a provision uses, directly or through others."""
        for _, condition in _conditions(one):
            for part in c.walk(condition):
                for name in part.names if isinstance(part, c.Satisfies) else ():
                    for owner in (file, *self.library.definitions.values()):
                        found = [d for d in owner.definitions if d.id == name and builder.in_force(d.life)]
                        for definition in found:
                            yield owner, definition
                            yield from self.uses(builder, owner, definition)


def _conditions(one: Provision) -> Iterator[tuple[str, c.Condition]]:
    """The conditions of a provision, each by the key it stands under."""
    for key in _KEYS:
        condition = getattr(one, key, None)
        if condition is not None and condition != c.TRUE:
            yield key, condition
    if isinstance(one, Definition) and one.otherwise is not None:
        yield "otherwise", c.Question(one.otherwise)
    for n, content in enumerate(one.contents if isinstance(one, Duty) else ()):
        if content.when != c.TRUE:
            yield f"contents[{n}].when", content.when


def inside(condition: c.Condition, spot: Spot, goal: bool) -> Iterator[tuple[Spot, c.Condition, bool]]:
    """A condition and every part of it, with where it stands and what is hoped of it."""
    yield spot, condition, goal
    turned = goal != isinstance(condition, c.Negation)
    for i, part in enumerate(c.parts_of(condition)):
        yield from inside(part, (*spot, i), turned)
