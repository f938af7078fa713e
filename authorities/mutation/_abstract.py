"""Proof that two conditions come out alike on every line there can be.

Each test of a fact is a letter. The values of a fact fall into classes on which all its tests agree; one value of each
stands for all. Acts, questions, waits, caps and the money's years are letters of their own. The conditions are judged
on every combination at once: where all planes agree, no line can tell the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import FunctionType
from typing import Any

from authorities.mutation._cells import cells
from authorities.mutation._product import Product
from rules import nodes
from rules.evaluate import Evaluation
from rules.library import Library
from rules.lines import Batch
from rules.planes import Letter, Planes, leaf

_ACTS = ("not yet", "done", "refused")
_LETTERS: tuple[Letter, ...] = ("T", "F", "P", "C", "S", "c")


class TooMany(Exception):
    """More combinations than are tried."""


def leaves(node: nodes.Node) -> list[nodes.Node]:
    """Every leaf below a node, those of interpretations included."""
    match node:
        case nodes.All() | nodes.Any_():
            return [one for part in node.parts for one in leaves(part)]
        case nodes.Not() | nodes.Named():
            return leaves(node.part)
        case nodes.Settled():
            return [node.open, *(one for scope, _ in node.answers for one in leaves(scope))]
    return [node]


def identity(thing: Any) -> Any:
    """What a test is, told by its code and what it holds: two tests made alike are the same."""
    if isinstance(thing, FunctionType):
        held = tuple(identity(cell.cell_contents) for cell in thing.__closure__ or ())
        return (thing.__code__, held)
    try:
        hash(thing)
    except TypeError:
        return id(thing)
    return thing


def axis_of(node: nodes.Node) -> Any:
    """What a leaf hangs on: leaves of the same axis are judged together."""
    match node:
        case nodes.FactLeaf():
            return ("fact", node.fact, node.on)
        case nodes.ActLeaf():
            return ("act", node.act)
        case nodes.QuestionLeaf():
            return ("question", node.question)
        case nodes.Late():
            duty = node.duty
            return ("late", duty.act, duty.event, duty.days, duty.months, duty.hours)
        case nodes.CapLeaf():
            cap = node.cap
            per = "line" if cap.per in ("element", "individual") else cap.per
            return ("cap", cap.counts, cap.used, per, "" if per == "line" else node.key, node.amount)
        case nodes.Computed():
            return ("computed", node.name, node.facts, identity(node.test))
    return ("constant", node)


class Space(Evaluation):
    """Every combination of what some leaves hang on."""

    def __init__(self, library: Library, found: Iterable[nodes.Node], limit: int):
        super().__init__(Batch(library, ()))
        self.axes: dict[Any, list[Any]] = {}
        tests: dict[Any, list[nodes.FactLeaf]] = {}
        for one in found:
            key = axis_of(one)
            if isinstance(one, nodes.FactLeaf):
                tests.setdefault(key, []).append(one)
            elif key[0] == "act":
                self.axes[key] = list(_ACTS)
            elif key[0] == "question":
                self.axes[key] = ["T", "F", "C"]
            elif key[0] == "late":
                self.axes[key] = ["T", "F"]
            elif key[0] != "constant":
                self.axes[key] = list(_LETTERS)
        for key, same in tests.items():
            self.axes[key] = list(cells(library, library.vocabulary.facts[key[1]], same))
        self.keys = list(self.axes)
        size = 1
        for values in self.axes.values():
            size *= len(values)
        if size > limit:
            raise TooMany
        self.product = Product([len(values) for values in self.axes.values()])
        self.full = self.product.full

    def _evaluate(self, node: nodes.Node) -> Planes:
        match node:
            case nodes.FactLeaf():
                return self._leaf(node, [node.test(cell) for cell in self.axes[axis_of(node)]])
            case nodes.ActLeaf():
                states = self.axes[axis_of(node)]
                return self._leaf(node, ["T" if state == node.state else "F" for state in states])
            case nodes.QuestionLeaf() | nodes.Late() | nodes.CapLeaf() | nodes.Computed():
                return self._leaf(node, self.axes[axis_of(node)])
        return super()._evaluate(node)

    def _leaf(self, node: nodes.Node, letters: Sequence[Letter]) -> Planes:
        axis = self.keys.index(axis_of(node))
        masks = [(letter, self.product.mask(axis, i)) for i, letter in enumerate(letters)]
        return leaf(masks, node.goal)


class Comparison:
    """Tells whether conditions differ; keeps what it found, for the same pair comes back day after day."""

    def __init__(self, library: Library):
        self.library = library
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
            space = Space(self.library, (*leaves(one), *leaves(other)), limit)
            found = self._found[key] = space.planes(one) != space.planes(other)
        return found


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


def told(node: nodes.Node) -> Any:
    """A condition as a value, so that two made alike are equal."""
    match node:
        case nodes.All() | nodes.Any_():
            return (type(node), node.goal, tuple(told(p) for p in node.parts))
        case nodes.Not() | nodes.Named():
            return (type(node), node.goal, told(node.part))
        case nodes.FactLeaf():
            return (node.goal, node.fact, node.on, node.kind, node.operand)
        case nodes.Settled():
            return (node.goal, node.open.question, tuple((told(scope), answer) for scope, answer in node.answers))
        case nodes.Constant():
            return (node.goal, node.letter)
        case nodes.ActLeaf():
            return (node.goal, node.act, node.state)
    return (node.goal, axis_of(node))


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
