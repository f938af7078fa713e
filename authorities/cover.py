"""Coverage of the rules by the confirmed cases: by provision, and by branch of each condition.

A provision is covered when it decides a case, or (a later duty) follows from one, or (a definition) holds in one. A branch is a part of a condition, whole
or leaf; it is covered when it is true in some case and false in some case of those that read it: the cases under its
own file, under an authority a limit reaches, or under a file that uses the definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from authorities.mutation._bench import Bench, Group
from authorities.mutation._conditions import Spot, brief
from authorities.mutation._observing import Observed
from rules import conditions as c
from rules.evaluate import Evaluation
from rules.library import Library
from rules.nodes import Constant
from rules.provisions import Definition, LawFile, Provision
from rules.rulebook import Builder

_HOPED = ("grants", "funds", "definitions")
_SECTIONS = ("grants", "bars", "duties", "caps", "funds", "definitions")
_KEYS = ("when", "unless", "inside", "outside")


@dataclass(slots=True)
class Branch:
    """One part of a condition: how many cases it is true in, and false in."""

    key: str
    words: str
    true: int = 0
    false: int = 0

    @property
    def covered(self) -> bool:
        """Seen both ways."""
        return bool(self.true and self.false)

    @property
    def lacks(self) -> str:
        """What no case shows."""
        if self.covered:
            return ""
        return "never true" if self.false else "never false" if self.true else "never settled"


@dataclass(slots=True)
class Exercised:
    """One provision: how many cases it decides (or what else counts for its kind), and its branches."""

    file: str
    path: str
    line: int
    provision: str
    kind: str
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


def cover(library: Library) -> Coverage:
    """Run every confirmed case that holds, and count."""
    counter = _Counter(library)
    for group in Bench(library).groups:
        counter.group(group)
    return Coverage(list(counter.rows.values()))


class _Counter:
    def __init__(self, library: Library):
        self.library = library
        self.rows: dict[tuple[str, int], Exercised] = {}
        self.parts: dict[int, list[tuple[Branch, c.Condition, bool]]] = {}
        self.kinds: dict[int, str] = {}
        for file in library.files():
            for section in _SECTIONS:
                for one in getattr(file, section):
                    self.add(file, section, one)

    def add(self, file: LawFile, section: str, one: Provision) -> None:
        """A provision and its branches, not yet seen."""
        row = Exercised(file.id, file.path, one.line, one.id, section)
        self.rows[file.id, id(one)] = row
        self.kinds[id(one)] = section
        parts = self.parts[id(one)] = []
        for key in _KEYS:
            condition = getattr(one, key, None)
            if condition is None or condition == c.TRUE:
                continue
            hoped = (section in _HOPED) != (key == "unless" or key == "outside")
            for spot, part, goal in inside(condition, (), hoped):
                branch = Branch(f"{key}{''.join(f'[{n}]' for n in spot)}", brief(part))
                row.branches.append(branch)
                parts.append((branch, part, goal))

    def group(self, group: Group) -> None:
        """Count what the cases of one day, asked under one authority, show."""
        builder, evaluation, seen = group.base()
        lines = evaluation.full & ~group.failing(seen)
        asked = self.library.authorities.get(group.asked)
        if asked is None:
            files = [(self.library.limits[group.asked], lines, "")]
        else:
            files = [(asked, lines, ""), *self.reached(builder, evaluation, asked, lines)]
        used: dict[int, tuple[LawFile, Definition]] = {}
        for file, here, prefix in files:
            for one in file.provisions():
                if builder.in_force(one.life):
                    if not isinstance(one, Definition):
                        self.provision(builder, evaluation, seen, file, one, here, prefix)
                    used |= {id(d): (owner, d) for owner, d in self.uses(builder, file, one)}
        for owner, definition in used.values():
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
            t, f, _, _ = evaluation.planes(builder.node(part, file, one.life.on, goal))
            branch.true += (t & lines).bit_count()
            branch.false += (f & lines).bit_count()

    def uses(self, builder: Builder, file: LawFile, one: Provision) -> Iterator[tuple[LawFile, Definition]]:
        """The definitions in force that a provision uses, directly or through others."""
        for key in _KEYS:
            condition = getattr(one, key, None)
            for part in c.walk(condition) if condition is not None else ():
                for name in part.names if isinstance(part, c.Satisfies) else ():
                    for owner in (file, *self.library.definitions.values()):
                        found = [d for d in owner.definitions if d.id == name and builder.in_force(d.life)]
                        for definition in found:
                            yield owner, definition
                            yield from self.uses(builder, owner, definition)


def inside(condition: c.Condition, spot: Spot, goal: bool) -> Iterator[tuple[Spot, c.Condition, bool]]:
    """A condition and every part of it, with where it stands and what is hoped of it."""
    yield spot, condition, goal
    turned = goal != isinstance(condition, c.Negation)
    for i, part in enumerate(c.parts_of(condition)):
        yield from inside(part, (*spot, i), turned)


def render(coverage: Coverage, verbose: bool = False) -> str:
    """What is not covered (or, verbose, every branch), and the counts of each file."""
    lines: list[str] = []
    for file in dict.fromkeys(p.file for p in coverage.provisions):
        own = coverage.of([file])
        for one in own.provisions:
            place = f"{one.path}:{one.line}: {one.provision}"
            if not one.decides:
                lines.append(f"{place}: {'holds in' if one.kind == 'definitions' else 'decides'} no case")
            for branch in one.branches:
                if verbose or not branch.covered:
                    counts = f"true in {branch.true}, false in {branch.false}"
                    lines.append(f"{place}, {branch.key}, {branch.words}: {branch.lacks or 'both ways'} ({counts})")
        lines.append(f"{file}: {_share(own)}.")
    lines.append(f"{_share(coverage)}.")
    return "\n".join(lines) + "\n"


def _share(coverage: Coverage) -> str:
    provisions, branches = coverage.provisions, coverage.branches
    covered = sum(bool(p.decides) for p in provisions)
    both = sum(b.covered for _, b in branches)
    return f"{covered} of {len(provisions)} provisions, {both} of {len(branches)} branches"


def as_json(coverage: Coverage) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "complete": coverage.complete,
        "provisions": [
            {
                "file": p.file,
                "line": p.line,
                "provision": p.provision,
                "kind": p.kind,
                "decides": p.decides,
                "branches": [{"key": b.key, "words": b.words, "true": b.true, "false": b.false} for b in p.branches],
            }
            for p in coverage.provisions
        ],
    }
