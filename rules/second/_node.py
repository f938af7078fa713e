"""A node: one condition judged on one line, with the nodes it was judged from."""

from collections.abc import Sequence
from typing import Any

from rules.second import _letters as letters
from rules.second._plain import words

NOT = "not"
# What a node is called: text, a piece of a file, or a tuple of these; made text only when a trace is wanted.
Label = Any


def text(label: Label) -> str:
    """A label as text."""
    if isinstance(label, str):
        return label
    return "".join(map(text, label)) if isinstance(label, tuple) else words(label)


class Node:
    """A condition with its letter.

    `op` is `leaf`, `and`, `or` or `not`; `goal` is what the condition is hoped to be; `label` is unique words
    for the trace.
    """

    __slots__ = ("_domain", "goal", "kids", "label", "letter", "op")

    def __init__(
        self, op: str, goal: bool, letter: str, label: Label, kids: tuple["Node", ...], domain: str = ""
    ) -> None:
        self.op, self.goal, self.letter, self.label, self.kids = op, goal, letter, label, kids
        self._domain = domain

    @property
    def domain(self) -> str:
        """The letters that the condition could have on any line."""
        if not self._domain:
            found = {letter for kid in self.kids for letter in kid.domain}
            self._domain = "".join(sorted(found | {"T", "F"} if self.op == NOT else found))
        return self._domain

    def __repr__(self) -> str:
        return f"{text(self.label)}={self.letter}"


def leaf(letter: str, goal: bool, label: Label, domain: str = "TFP") -> Node:
    """A test of a fact, or another thing without parts."""
    return Node("leaf", goal, letter, label, (), domain)


def named(kid: Node, label: Label) -> Node:
    """A node of its own that is as `kid` is, so that the trace can speak of it by `label`."""
    return Node(letters.AND, kid.goal, kid.letter, label, (kid,))


def all_of(goal: bool, kids: Sequence[Node], label: Label) -> Node:
    """True where every one of `kids` is."""
    return _join(letters.AND, goal, kids, label)


def any_of(goal: bool, kids: Sequence[Node], label: Label) -> Node:
    """True where one of `kids` is."""
    return _join(letters.OR, goal, kids, label)


def _join(op: str, goal: bool, kids: Sequence[Node], label: Label) -> Node:
    if len(kids) == 1:
        return kids[0]
    letter = letters.combine(op, goal, [kid.letter for kid in kids])
    return Node(op, goal, letter, label, tuple(kids)) if kids else leaf(letter, goal, label, "TF")


def negation(kid: Node, label: Label) -> Node:
    """True where `kid`, read towards the opposite goal, is false."""
    return Node(NOT, not kid.goal, letters.flip(kid.letter), label, (kid,))
