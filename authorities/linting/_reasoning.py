"""What conditions can hold together, decided by search over their tests.

Sound and bounded: "cannot hold" is said only when every way to make it hold was tried and failed. Facts are taken as
independent of each other, and a search that grows too long gives up and says "may hold".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from authorities.linting._formulas import Every, Formula, Literal, Some, Translator
from authorities.linting._names import Names
from authorities.linting._ranges import Ranges
from rules.conditions import Condition
from rules.library import Library
from rules.provisions import LawFile, Life, Provision

BUDGET = 4_000
"""Most steps of one search."""

Said = tuple[Condition, bool]
"""A condition, and whether it is taken to hold or to fail."""


class Reasoner:
    """Answers for one library."""

    def __init__(self, library: Library):
        self.names = Names(library)
        self.ranges = Ranges(library.vocabulary)

    def never_in_force(self, provisions: Iterable[Provision], file: LawFile, said: Sequence[Said]) -> bool:
        """Whether all that is said can never hold together while some provisions are all law.

        The years of money that a provision follows count as said too.
        """
        some = tuple(provisions)
        life = _common([one.life for one in some])

        def formulas(on: Translator) -> list[Formula]:
            return [*(on.life(one.life) for one in some), *(on.formula(one, sign) for one, sign in said)]

        return not self._ever(file, life, formulas)

    def _ever(self, file: LawFile, life: Life, make: Callable[[Translator], list[Formula]]) -> bool:
        tried: set[tuple[Formula, ...]] = set()
        for day in self.names.days(file, life):
            formulas = tuple(make(Translator.of(self.names, file, day)))
            if formulas not in tried:
                tried.add(formulas)
                if _Search(self.ranges).holds(formulas):
                    return True
        return False


def _common(lives: Sequence[Life]) -> Life:
    ends = [life.until for life in lives if life.until is not None]
    return Life(max(life.since for life in lives), until=min(ends, default=None))


class _Search:
    """One search: literals are gathered fact by fact, alternatives tried in turn."""

    def __init__(self, ranges: Ranges):
        self.ranges, self.steps = ranges, 0

    def holds(self, formulas: Iterable[Formula]) -> bool:
        """Whether some assignment makes every formula hold (or the budget ran out)."""
        return self._go(list(formulas), {}, [])

    def _go(self, todo: list[Formula], said: dict[str, tuple[Literal, ...]], choices: list[Some]) -> bool:
        self.steps += 1
        if self.steps > BUDGET:
            return True
        said, choices = dict(said), list(choices)
        while todo:
            one = todo.pop()
            match one:
                case Every(parts):
                    todo.extend(parts)
                case Some(parts):
                    choices.append(one)
                case Literal():
                    before = said.get(one.fact, ())
                    if one not in before:
                        said[one.fact] = (*before, one)
                        if not self.ranges.possible(said[one.fact]):
                            return False
        if not choices:
            return True
        choices.sort(key=lambda choice: -len(choice.parts))
        choice = choices.pop()
        return any(self._go([part], said, choices) for part in choice.parts)
