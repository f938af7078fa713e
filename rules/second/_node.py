"""A node: one condition judged on one line, with the nodes it was judged from."""

from collections.abc import Sequence

from rules.second import _letters as letters

NOT = "not"


class Node:
    """A condition with its letter.

    `op` is `leaf`, `and`, `or` or `not`; `goal` is what the condition is hoped to be; `domain` holds the
    letters that the condition could have on any line; `label` is unique words for the trace.
    """

    __slots__ = ("domain", "goal", "kids", "label", "letter", "op")

    def __init__(
        self, op: str, goal: bool, letter: str, label: str, kids: tuple["Node", ...], domain: str
    ) -> None:
        self.op, self.goal, self.letter, self.label, self.kids, self.domain = (
            op,
            goal,
            letter,
            label,
            kids,
            domain,
        )

    def __repr__(self) -> str:
        return f"{self.label}={self.letter}"


def leaf(letter: str, goal: bool, label: str, domain: str = "TFP") -> Node:
    """A test of a fact, or another thing without parts."""
    return Node("leaf", goal, letter, label, (), domain)


def named(kid: Node, label: str) -> Node:
    """A node of its own that is as `kid` is, so that the trace can speak of it by `label`."""
    return Node(letters.AND, kid.goal, kid.letter, label, (kid,), kid.domain)


def _join(op: str, goal: bool, kids: Sequence[Node], label: str) -> Node:
    if len(kids) == 1:
        return kids[0]
    letter = letters.combine(op, goal, [kid.letter for kid in kids])
    if not kids:
        return Node("leaf", goal, letter, label, (), "TF")
    domain = kids[0].domain
    for kid in kids[1:]:
        if kid.domain != domain:
            domain = "".join(sorted(set(domain) | set(kid.domain)))
    return Node(op, goal, letter, label, tuple(kids), domain)


def all_of(goal: bool, kids: Sequence[Node], label: str) -> Node:
    """True where every one of `kids` is."""
    return _join(letters.AND, goal, kids, label)


def any_of(goal: bool, kids: Sequence[Node], label: str) -> Node:
    """True where one of `kids` is."""
    return _join(letters.OR, goal, kids, label)


def negation(kid: Node, label: str) -> Node:
    """True where `kid`, read towards the opposite goal, is false."""
    domain = "".join(sorted({*kid.domain, "T", "F"}))
    return Node(NOT, not kid.goal, letters.flip(kid.letter), label, (kid,), domain)
