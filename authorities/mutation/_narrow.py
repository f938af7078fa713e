"""The combinations in which something differs between the law and a mutant, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from authorities.mutation._abstract import Space, axis_of
from authorities.mutation._bundles import Bundles
from authorities.mutation._told import test_of
from rules import nodes
from rules.library import Library
from rules.lines import Batch, Cell
from rules.planes import Letter, Planes


def _anyhow(cells: Sequence[Cell]) -> Letter:
    raise AssertionError("a test that stands for all others is never made")


def _unsaid(cells: Sequence[Cell]) -> Letter:
    return "T" if cells[0][0] == "c" else "F"


ACCOUNT_UNSAID = nodes.Computed(True, "account unsaid", ("account",), _unsaid)
BARS = nodes.Computed(False, "every other bar", (), _anyhow)
MONEY = nodes.Computed(False, "every other cap and fund", (), _anyhow)
DUTIES = nodes.Computed(False, "every other duty", (), _anyhow)
_FREE: dict[Any, tuple[Letter, ...]] = {
    axis_of(BARS): ("F", "T", "P", "C", "S"),
    axis_of(MONEY): ("F", "T", "P", "C", "S"),
    # of a duty still to do all that counts is whether it does not apply
    axis_of(DUTIES): ("F", "T"),
}
"""What stands for all that is the same for the law and a mutant, and every way it can come out (a choice not made is
as good as false)."""


class Region:
    """Where two conditions differ: for each thing they read, how its tests come out there."""

    def __init__(self, space: Space, one: Planes, other: Planes):
        lines = (one.t ^ other.t) | (one.f ^ other.f) | (one.s ^ other.s) | (one.p ^ other.p)
        self.empty = not lines
        self.ways: list[tuple[tuple[Any, ...], frozenset[tuple[Letter, ...]]]] = []
        self.values: dict[Any, frozenset[Any]] = {}
        for axis, key in enumerate(space.keys):
            here = [i for i in range(len(space.axes[key])) if space.product.mask(axis, i) & lines]
            tests = space.tests_on(key)
            if tests:
                self.ways.append((tuple(map(test_of, tests)), frozenset(space.way(key, tests, i) for i in here)))
            else:
                self.values[key] = frozenset(space.axes[key][i] for i in here)

    def holds(self, space: Space, key: Any, place: int) -> bool:
        """Whether something may differ where an axis of another space has a value."""
        if key in self.values:
            return space.axes[key][place] in self.values[key]
        tests = {test_of(one): one for one in space.tests_on(key)}
        return all(
            space.way(key, [tests[one] for one in told], place) in allowed
            for told, allowed in self.ways
            if all(one in tests for one in told)
        )


class Narrow(Space):
    """A space of a reduced book, without the combinations in which nothing differs (None: it may anywhere)."""

    def __init__(
        self,
        library: Library,
        found: Iterable[nodes.Node],
        limit: int | None,
        bundles: Bundles,
        regions: Sequence[Region] | None,
    ):
        self.regions = regions
        super().__init__(library, found, limit, bundles)
        self.batch = _Lines(library, self)

    def narrow(self) -> None:
        for key, values in self.axes.items():
            if key in _FREE:
                self.axes[key] = list(_FREE[key])
            elif self.regions is not None:
                kept = [i for i in range(len(values)) if any(r.holds(self, key, i) for r in self.regions)]
                self.axes[key] = [values[i] for i in kept]


class _Lines(Batch):
    """What judging asks of a batch besides the truth of conditions."""

    def __init__(self, library: Library, space: Space):
        super().__init__(library, ())
        self.space = space

    def column(self, fact: str, on: str = "date") -> dict[Cell, int]:
        """The lines where no account is named, and those where one is; nothing where no fund is judged."""
        if axis_of(ACCOUNT_UNSAID) not in self.space.axes and test_of(ACCOUNT_UNSAID) not in self.space.bundled:
            return {}
        planes = self.space.planes(ACCOUNT_UNSAID)
        return {("c", None): planes.t, ("v", None): self.space.full & ~planes.t}

    def act_lines(self, act: str, state: str) -> int:
        """The lines where an act is done or refused; the duty that stands for all others names none."""
        return self.space.planes(nodes.ActLeaf(True, act, state)).t if act else 0
