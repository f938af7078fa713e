"""Whether a part of a condition can be true, or false, at all: every combination of what it reads is tried, on every day
on which its provision is law, so that what no case shows is either a missing case or proved impossible.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from authorities.mutation._abstract import Space, TooMany, leaves, told
from rules import conditions as c
from rules.library import Library
from rules.nodes import Node
from rules.provisions import LawFile, Life
from rules.rulebook import Builder, Shelf

LIMIT = 1 << 16
"""Most combinations tried; beyond them nothing is proved."""


class Way(NamedTuple):
    """What makes a part come out as wanted: the first day it can, and what is said (facts, and questions answered)
    or done. Empty where the combinations are too many to try."""

    day: date
    said: dict[str, Any]
    acts: dict[str, str]
    answers: dict[str, bool]


class Prover:
    """Tries the parts of the conditions of one library; remembers what it tried."""

    def __init__(self, library: Library):
        self.library = library
        shelf = Shelf(library)
        self.days, self.enactments = shelf.days, shelf.enactments
        self.latest = max((*self.enactments, library.known_through or date.min), default=date.min)
        self._builders: dict[tuple[date, date], Builder] = {}
        self._tried: dict[tuple[Any, bool], Way | None] = {}

    def way(self, file: LawFile, life: Life, part: c.Condition, wanted: bool) -> Way | None:
        """How a part can be true (``wanted``) or false while its provision is law; None: it is proved that it cannot,
        on any day, whatever is said and whatever part of the law is known."""
        for known in (self.latest, *reversed(self.enactments)):
            for day in self.days:
                builder = self._builder(day, known)
                if builder.in_force(life):
                    found = self._tried_once(builder.node(part, file, life.on, True), wanted)
                    if found is not None:
                        return found._replace(day=day)
        return None

    def _builder(self, day: date, known: date) -> Builder:
        if (day, known) not in self._builders:
            self._builders[day, known] = Builder(self.library, day, known)
        return self._builders[day, known]

    def _tried_once(self, node: Node, wanted: bool) -> Way | None:
        key = (told(node), wanted)
        if key not in self._tried:
            self._tried[key] = self._try(node, wanted)
        return self._tried[key]

    def _try(self, node: Node, wanted: bool) -> Way | None:
        way = Way(date.min, {}, {}, {})
        try:
            space = Space(self.library, leaves(node), LIMIT)
        except TooMany:
            return way
        planes = space.planes(node)
        lines = planes.t if wanted else planes.f
        line = space.product.nearest(lines)
        if line is None:
            return None
        picked = self._plainest(space, lines, list(space.product.decode(line)))
        for (kind, *name), values, index in zip(space.keys, space.axes.values(), picked, strict=True):
            value = values[index]
            if kind == "fact" and value[0] == "v":
                way.said[name[0]] = list(value[1]) if isinstance(value[1], tuple) else value[1]
            elif kind == "act" and value != "not yet":
                way.acts[name[0]] = value
            elif kind == "question" and value in "TF":
                way.answers[name[0]] = value == "T"
        return way

    @staticmethod
    def _plainest(space: Space, lines: int, picked: list[int]) -> list[int]:
        """The same combination with every question that matters nothing left open."""
        for axis, (kind, *_) in enumerate(space.keys):
            if kind == "question":
                left = [*picked[:axis], space.axes[space.keys[axis]].index("C"), *picked[axis + 1 :]]
                bit = sum(n * block for n, block in zip(left, space.product.blocks, strict=True))
                if lines >> bit & 1:
                    picked = left
        return picked
