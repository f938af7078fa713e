"""What a node may read of a line: known for a rulebook once, and used for every line that is another's variant."""

from __future__ import annotations

from collections.abc import Iterable

from rules.lines import ACTS
from rules.nodes import ActLeaf, All, Any_, CapLeaf, Computed, FactLeaf, Late, Named, Node, Not, Settled

BESIDE = ""
"""Stands among the facts for what a line's own do not say: what other lines count under a cap."""


class Reads:
    """The facts that each node may read, as a set of bits; :data:`BESIDE` and ``acts`` are among them."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {BESIDE: 1}
        self.known: dict[int, int] = {}
        """By the id of a node, as far as asked for."""
        self._parts: dict[int, tuple[int, ...]] = {}
        self._kept: list[Node] = []

    def bits(self, facts: Iterable[str]) -> int:
        """A set of facts."""
        out = 0
        for fact in facts:
            out |= self._bits.get(fact) or self._bits.setdefault(fact, 1 << len(self._bits))
        return out

    def of(self, node: Node) -> int:
        """The facts a node may read, itself or below it."""
        known = self.known.get(id(node))
        if known is None:
            known = self.known[id(node)] = self._read(node)
            self._kept.append(node)  # its id is the key
        return known

    def of_parts(self, node: All | Any_) -> tuple[int, ...]:
        """The facts that each part of a node may read."""
        known = self._parts.get(id(node))
        if known is None:
            known = self._parts[id(node)] = tuple([self.of(part) for part in node.parts])
            self._kept.append(node)
        return known

    def _read(self, node: Node) -> int:
        match node:
            case All() | Any_():
                out = 0
                for part in node.parts:
                    out |= self.of(part)
                return out
            case Not() | Named():
                return self.of(node.part)
            case FactLeaf():
                return self.bits((node.fact,))
            case Computed():
                return self.bits(node.facts)
            case ActLeaf():
                return self.bits((ACTS,))
            case Late():
                return self.bits((ACTS, node.duty.event))
            case CapLeaf():
                used = () if node.cap.used is None else (node.cap.used,)
                return self.bits((BESIDE, node.cap.counts, *used))
            case Settled():
                out = self.of(node.open)
                for scope, _ in node.answers:
                    out |= self.of(scope)
                return out
        return 0
