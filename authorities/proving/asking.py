"""Questions put to the solver: can this be so of any proposal, and of which; none is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import z3

from authorities.proving.formulas import FALSE, TRUE, Formula, Pool
from authorities.proving.ground import Ground
from authorities.proving.numbers import Variable
from authorities.proving.solving import Lowering, variables_in
from authorities.proving.stretches import Cell

Term = Any
SPOKEN = ("sourced", "answer", "act", "unknown", "said")


class GaveUp(Exception):
    """The solver found neither a proposal nor that there is none, in the time it has."""


class Question:
    """A formula, on some days, as the solver holds it."""

    def __init__(
        self,
        lowering: Lowering,
        formula: Formula,
        cells: Sequence[Cell] = (),
        *,
        seconds: float,
        also: Iterable[Formula] = (),
    ):
        ground = lowering.ground
        self.ground, self.lowering, self.cells = ground, lowering, cells
        self.solver = z3.SimpleSolver()
        self.solver.set("timeout", round(1000 * seconds))
        self.solver.set("random_seed", 0)
        self.model: Any = None
        """The last proposal found."""
        self.also = list(also)
        self.atoms = ground.pool.atoms_in(ground.bound((formula, ground.strict, ground.said("start"), *self.also)))
        self.spoken = [id_ for id_ in self.atoms if ground.pool.parts[id_][0] in SPOKEN]
        """Of its atoms, those that are what a proposal says."""
        self.solver.add(self.lowering.term(formula), *self.lowering.rules((formula, *self.also)))
        if cells:
            day = self.lowering.number(("line day",))
            self.solver.add(z3.Or([self._on(day, cell) for cell in cells]))

    @staticmethod
    def _on(day: Term, cell: Cell) -> Term:
        return z3.And(day >= cell.first.toordinal(), day <= cell.last.toordinal())

    def alone(self) -> bool:
        """Whether it can be so where no other lines count under any cap; from now on, none do. Raises :class:`GaveUp`."""
        words: list[Any] = [self.ground.pool.parts[id_] for id_ in self.atoms]
        others = {name: None for one in words for name in variables_in(one) if name[0] == "others"}
        self.solver.add([self.lowering.number(name) == 0 for name in others])
        return not others or self.possible()

    def possible(self, *more: Term) -> bool:
        """Whether it can be so, and ``more`` besides. Raises :class:`GaveUp`."""
        found = self.solver.check(*more)
        if found == z3.unknown:
            raise GaveUp
        if found == z3.sat:
            self.model = self.solver.model()
        return bool(found == z3.sat)

    def true(self, formula: Formula) -> bool:
        """Whether a formula is so of the last proposal found."""
        return bool(z3.is_true(self.model.eval(self.lowering.term(formula), model_completion=True)))

    def value(self, name: Variable) -> int:
        """A number of the last proposal found."""
        return int(self.model.eval(self.lowering.number(name), model_completion=True).as_long())

    def prefer(self, wish: Term) -> bool:
        """Hold to a wish if it can be so."""
        self.solver.push()
        self.solver.add(wish)
        if self.solver.check() == z3.sat:
            self.model = self.solver.model()
            return True
        self.solver.pop()
        return False


class Oracle:
    """Answers whether a formula can ever be so, and whether two are the same; keeps what it found."""

    def __init__(self, ground: Ground, seconds: float):
        self.ground, self.pool, self.seconds = ground, ground.pool, seconds
        self.lowering = Lowering(ground)
        self.asked = self.gave_up = 0
        self._never: dict[Formula, bool] = {}
        self._same: dict[tuple[Formula, Formula], bool] = {}

    def never(self, formula: Formula) -> bool:
        """Whether it is proved that a formula is so of no proposal, on any day, whatever other lines count."""
        if formula in (TRUE, FALSE):
            return formula == FALSE
        known = self._never.get(formula)
        if known is None:
            self.asked += 1
            try:
                known = not Question(self.lowering, formula, seconds=self.seconds).possible()
            except GaveUp:
                known = False
            self._never[formula] = known
        return known

    def same(self, one: Formula, other: Formula) -> bool:
        """Whether it is proved that two formulas are so of the same proposals."""
        if one == other:
            return True
        key = (min(one, other), max(one, other))
        known = self._same.get(key)
        if known is None:
            known = self._same[key] = self._compare(*key)
        return known

    def _compare(self, one: Formula, other: Formula) -> bool:
        left, right, _ = stripped(self.pool, one, other)
        if (left, right) != (one, other):
            return self.same(left, right)
        return self.never(self.pool.differ(one, other))


def stripped(pool: Pool, one: Formula, other: Formula) -> tuple[Formula, Formula, tuple[Formula, ...]]:
    """Two conjunctions (or two disjunctions) without the parts they share, and those parts; others as they stand."""
    if (one > 0) != (other > 0) or pool.is_atom(one) or pool.is_atom(other) or TRUE in (abs(one), abs(other)):
        return one, other, ()
    sign = 1 if one > 0 else -1
    mine: Any = pool.parts[abs(one)]
    theirs: Any = pool.parts[abs(other)]
    common = tuple(part for part in mine if part in set(theirs))
    if not common:
        return one, other, ()
    rest = [pool.all_([part for part in parts if part not in common]) for parts in (mine, theirs)]
    return sign * rest[0], sign * rest[1], common
