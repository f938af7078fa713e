"""Proof that two conditions come out alike on every line there can be.

Each test of a fact is a letter. The values of a fact fall into classes on which all its tests agree; one value of each
stands for all. Acts, questions, waits, caps and the money's years are letters of their own. The conditions are judged
on every combination at once: where all planes agree, no line can tell the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from authorities.mutation._bundles import Bundles
from authorities.mutation._cells import cells
from authorities.mutation._product import Product
from authorities.mutation._told import identity, test_of
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
    """Every combination of what some leaves hang on; without a ``limit``, what they hang on and no combinations."""

    def __init__(
        self, library: Library, found: Iterable[nodes.Node], limit: int | None, bundles: Bundles | None = None
    ):
        super().__init__(Batch(library, ()))
        self.axes: dict[Any, list[Any]] = {}
        self.bundled: dict[Any, tuple[int, int]] = {}
        tests: dict[Any, list[nodes.FactLeaf]] = {}
        found = list(found)
        for n, bundle in enumerate(() if bundles is None else bundles.of(found)):
            self.axes["bundle", n] = list(bundle.ways)
            self.bundled |= {test: (n, place) for place, test in enumerate(bundle.tests)}
        for one in found:
            key = axis_of(one)
            if isinstance(one, (nodes.FactLeaf, nodes.Computed)) and test_of(one) in self.bundled:
                continue
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
        self._leaves = {test_of(one): one for one in found if isinstance(one, (nodes.FactLeaf, nodes.Computed))}
        self.narrow()
        self.keys = list(self.axes)
        size = 1
        for values in self.axes.values():
            size *= len(values)
        if limit is None:
            return
        if size > limit:
            raise TooMany
        self.product = Product([len(values) for values in self.axes.values()])
        self.full = self.product.full

    def narrow(self) -> None:
        """Leave some values of the axes out, before they are combined."""

    def always(self, leaf: nodes.Node) -> Letter | None:
        """The letter of a leaf that comes out one way on every combination."""
        if isinstance(leaf, nodes.Constant):
            return leaf.letter
        if isinstance(leaf, (nodes.FactLeaf, nodes.Computed)) and test_of(leaf) in self.bundled:
            n, place = self.bundled[test_of(leaf)]
            letters = {way[place] for way in self.axes["bundle", n]}
        elif isinstance(leaf, nodes.FactLeaf):
            letters = {leaf.test(cell) for cell in self.axes[axis_of(leaf)]}
        else:
            return None
        return letters.pop() if len(letters) == 1 else None

    def tests_on(self, key: Any) -> list[nodes.FactLeaf | nodes.Computed]:
        """The tests of facts that hang on an axis; none for one whose values are letters or states."""
        if key[0] == "bundle":
            return [one for test, one in self._leaves.items() if self.bundled.get(test, (None,))[0] == key[1]]
        if key[0] != "fact":
            return []
        return [one for test, one in self._leaves.items() if test not in self.bundled and axis_of(one) == key]

    def way(self, key: Any, tests: Sequence[nodes.FactLeaf | nodes.Computed], place: int) -> tuple[Letter, ...]:
        """How some tests on an axis come out at one of its values."""
        value = self.axes[key][place]
        if key[0] == "bundle":
            return tuple(value[self.bundled[test_of(one)][1]] for one in tests)
        return tuple(one.test(value) for one in tests)

    def _tested(self, node: nodes.FactLeaf) -> Planes:
        if test_of(node) in self.bundled:
            return self._of_bundle(node)
        return self._leaf(node, [node.test(cell) for cell in self.axes[axis_of(node)]])

    def _of_bundle(self, node: nodes.FactLeaf | nodes.Computed) -> Planes:
        n, place = self.bundled[test_of(node)]
        return self._leaf(node, [way[place] for way in self.axes["bundle", n]], ("bundle", n))

    def _evaluate(self, node: nodes.Node) -> Planes:
        if isinstance(node, nodes.Computed) and test_of(node) in self.bundled:
            return self._of_bundle(node)
        match node:
            case nodes.ActLeaf():
                states = self.axes[axis_of(node)]
                return self._leaf(node, ["T" if state == node.state else "F" for state in states])
            case nodes.QuestionLeaf() | nodes.Late() | nodes.CapLeaf() | nodes.Computed():
                return self._leaf(node, self.axes[axis_of(node)])
        return super()._evaluate(node)

    def _leaf(self, node: nodes.Node, letters: Sequence[Letter], key: Any = None) -> Planes:
        axis = self.keys.index(axis_of(node) if key is None else key)
        masks = [(letter, self.product.mask(axis, i)) for i, letter in enumerate(letters)]
        return leaf(masks, node.goal)


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
