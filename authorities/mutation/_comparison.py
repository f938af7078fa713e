"""Whether two conditions differ, and in what."""

from __future__ import annotations

from typing import Any

from authorities.mutation._abstract import Space, TooMany, leaves, told
from authorities.mutation._bundles import Bundles
from rules import nodes
from rules.library import Library


class Comparison:
    """Tells whether conditions differ; keeps what it found, for the same pair comes back day after day."""

    def __init__(self, library: Library):
        self.library, self.bundles = library, Bundles(library)
        self._found: dict[tuple[Any, Any], bool] = {}

    def differ(self, one: nodes.Node, other: nodes.Node, limit: int) -> bool:
        """Whether some line could tell two conditions apart. Raises :class:`TooMany` beyond ``limit`` combinations."""
        if one is other or told(one) == told(other):
            return False
        return all(self._differ(part, twin, limit) for part, twin in narrowed(one, other))

    def _differ(self, one: nodes.Node, other: nodes.Node, limit: int) -> bool:
        key = (told(one), told(other))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._differs(one, other, limit)
        return found

    def _differs(self, one: nodes.Node, other: nodes.Node, limit: int) -> bool:
        """Apart first, which is quick; then with what hangs together held together."""
        both = (*leaves(one), *leaves(other))
        for bundles in (None, self.bundles):
            try:
                space = Space(self.library, both, limit, bundles)
            except TooMany:
                if bundles is None:
                    continue
                raise
            if bundles is not None and not space.bundled:
                return True
            if space.planes(one) == space.planes(other):
                return False
        return True


def narrowed(one: nodes.Node, other: nodes.Node) -> list[tuple[nodes.Node, nodes.Node]]:
    """The smallest pair of parts in which two conditions differ, and each pair around it."""
    out = [(one, other)]
    while True:
        a, b = out[-1]
        if isinstance(a, (nodes.Not, nodes.Named)) and type(a) is type(b):
            out.append((a.part, b.part))
        elif isinstance(a, (nodes.All, nodes.Any_)) and type(a) is type(b) and len(a.parts) == len(b.parts):
            pairs = [(p, q) for p, q in zip(a.parts, b.parts, strict=True) if p is not q]
            pairs = [(p, q) for p, q in pairs if told(p) != told(q)]
            if len(pairs) != 1:
                return out[::-1]
            out.append(pairs[0])
        else:
            return out[::-1]


def at_odds(one: nodes.Node, other: nodes.Node) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """The leaves by which two conditions differ: those of one that are not of the other, else all of the part that
    does; and all those of the smallest definition around them."""
    pairs = narrowed(one, other)
    part, twin = pairs[0]
    a, b = leaves(part), leaves(twin)
    told_a, told_b = {told(leaf) for leaf in a}, {told(leaf) for leaf in b}
    only = [leaf for leaf in a if told(leaf) not in told_b] + [leaf for leaf in b if told(leaf) not in told_a]
    named = next((pair for pair in pairs if isinstance(pair[0], nodes.Named)), pairs[-1])
    return only or a + b, [*leaves(named[0]), *leaves(named[1])]
