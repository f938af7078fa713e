"""Conditions made simpler by what is known to come out one way."""

from __future__ import annotations

from collections.abc import Callable

from rules import nodes
from rules.planes import Letter


def settled(node: nodes.Node, always: Callable[[nodes.Node], Letter | None]) -> nodes.Node:
    """A condition without the leaves that come out one way always: on every line it comes out as before."""
    match node:
        case nodes.All() | nodes.Any_():
            kept: list[nodes.Node] = []
            ends: Letter = "F" if isinstance(node, nodes.All) else "T"
            adds_nothing: Letter = "T" if isinstance(node, nodes.All) else "F"
            for part in node.parts:
                one = settled(part, always)
                letter = one.letter if isinstance(one, nodes.Constant) else None
                if letter == ends:
                    return nodes.Constant(node.goal, ends)
                if letter != adds_nothing:
                    kept.append(one)
            if not kept:
                return nodes.Constant(node.goal, adds_nothing)
            return kept[0] if len(kept) == 1 else type(node)(node.goal, tuple(kept))
        case nodes.Not():
            part = settled(node.part, always)
            if isinstance(part, nodes.Constant) and part.letter in ("T", "F"):
                return nodes.Constant(node.goal, "F" if part.letter == "T" else "T")
            return nodes.Not(node.goal, part)
        case nodes.Named():
            return settled(node.part, always)
        case nodes.Settled():
            answers = tuple((settled(scope, always), answer) for scope, answer in node.answers)
            return nodes.Settled(node.goal, node.open, answers)
    letter = always(node)
    if letter == "c":
        letter = "T" if node.goal else "F"
    return node if letter is None else nodes.Constant(node.goal, letter)
