"""A condition tree as rulesets for the forward chain: each inner node its own letter, depth by depth."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rules.second import _letters as letters
from rules.second._durable import MOST_RULES, Rule, Ruleset, check_room
from rules.second._errors import ChainMismatch
from rules.second._node import NOT, Node, text

LEAF = "leaf"
# Kids of a node whose rules must fit in one ruleset, and of one whose rules fit without being counted.
MOST_KIDS = (MOST_RULES - 2) // (len(letters.TOWARDS_TRUE) - 1)
FEW_KIDS = (MOST_RULES - 1) // len(letters.TOWARDS_TRUE)


class Shape(NamedTuple):
    """A node without its letter. `kids` are positions of shapes before it."""

    op: str
    goal: bool
    kids: tuple[int, ...]
    label: str
    domain: str


def flatten(roots: Iterable[Node], given: Iterable[Node] = ()) -> tuple[list[Node], tuple[Shape, ...]]:
    """The nodes under `roots`, each once and after its kids, with shapes; `given` nodes count as leaves."""
    stops = {id(node) for node in given}
    place: dict[int, int] = {}
    nodes: list[Node] = []
    shapes: list[Shape] = []

    def visit(node: Node) -> int:
        if id(node) not in place:
            op = LEAF if id(node) in stops else node.op
            kids = () if op == LEAF else tuple(dict.fromkeys(visit(kid) for kid in node.kids))
            place[id(node)] = len(nodes)
            nodes.append(node)
            shapes.append(Shape(op, node.goal, kids, text(node.label), node.domain))
        return place[id(node)]

    for root in roots:
        visit(root)
    return nodes, tuple(shapes)


def rules_of(at: int, shape: Shape, shapes: Sequence[Shape]) -> list[Rule]:
    """Exclusive flat rules, one of which gives the node its letter. A result is (position, letter, words)."""
    if shape.op == NOT:
        kid = shape.kids[0]
        return [
            _rule(at, shape, letters.flip(letter), [(kid, letter, True)], shapes[kid]) for letter in shapes[kid].domain
        ]
    order = letters.deciding(shape.op, shape.goal)
    found = []
    for rank, position in _deciders(shape, shapes):
        kid, letter = shape.kids[position], order[rank]
        tests = [(kid, letter, True)]
        for other_position, other in enumerate(shape.kids):
            if other != kid:
                domain = shapes[other].domain
                barred = order[: rank + (other_position < position)]
                tests += [(other, worse, False) for worse in barred if worse in domain]
        found.append(_rule(at, shape, letter, tests, shapes[kid]))
    return found


def _deciders(shape: Shape, shapes: Sequence[Shape]) -> list[tuple[int, int]]:
    """(rank, position): the letters, first the one that decides, and the kids that may be the first to have it.

    It may where the letter is one of its own, every kid has a letter as good, and every kid before it a better.
    """
    order = letters.deciding(shape.op, shape.goal)
    domains = [shapes[kid].domain for kid in shape.kids]
    last = [max(map(order.index, domain), default=-1) for domain in domains]
    found = []
    for rank, letter in enumerate(order):
        if min(last, default=rank) < rank:
            break
        for position, domain in enumerate(domains):
            if letter in domain:
                found.append((rank, position))
            if last[position] == rank:
                break
    return found


def _rule(at: int, shape: Shape, letter: str, tests: list[tuple[int, str, bool]], because: Shape) -> Rule:
    was = next(value for _, value, equal in tests if equal)
    words = f"{shape.label} is {letter}, for {because.label} is {was}"
    return Rule(tuple((f"n{kid}", value, equal) for kid, value, equal in tests), (at, letter, words))


def split(shapes: Sequence[Shape]) -> list[Shape]:
    """`shapes`, and after them parts of the nodes that have too many kids for one ruleset."""
    found = list(shapes)
    for at, shape in enumerate(found):  # parts join the end of the list, and are looked at in their turn
        while len(shape.kids) > FEW_KIDS and len(_deciders(shape, found)) + 1 > MOST_RULES:
            groups = [shape.kids[i : i + MOST_KIDS] for i in range(0, len(shape.kids), MOST_KIDS)]
            first = len(found)
            for number, kids in enumerate(groups):
                domain = "".join(sorted({letter for kid in kids for letter in found[kid].domain}))
                label = f"{shape.label}, part {number + 1} of {len(groups)}"
                found.append(Shape(shape.op, shape.goal, kids, label, domain))
            shape = shape._replace(kids=tuple(range(first, len(found))))
            found[at] = shape
    return found


def depths(shapes: Sequence[Shape]) -> list[int]:
    """How far each shape stands above the leaves."""
    found: dict[int, int] = {}

    def depth(at: int) -> int:
        if at not in found:
            found[at] = 1 + max((depth(kid) for kid in shapes[at].kids), default=-1)
        return found[at]

    return [depth(at) for at in range(len(shapes))]


def steps(shapes: Sequence[Shape]) -> list[tuple[list[Rule], list[int]]]:
    """(rules, positions of the nodes they give letters to) of each ruleset; two depths never share one."""
    levels = depths(shapes)
    found: list[tuple[list[Rule], list[int]]] = []
    for level in range(1, max(levels, default=0) + 1):
        found.append(([], []))
        for at in [at for at, depth in enumerate(levels) if depth == level]:
            more = rules_of(at, shapes[at], shapes)
            if len(found[-1][0]) + len(more) + 1 > MOST_RULES:
                found.append(([], []))
            found[-1][0].extend(more)
            found[-1][1].append(at)
    return found


class Program:
    """The rulesets of one tree. Making it costs time and memory that is never given back: keep it."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = split(shapes)
        planned = steps(self._shapes)
        check_room(len(planned))
        self._steps = [(Ruleset(rules), members) for rules, members in planned]

    def run(self, nodes: Sequence[Node]) -> list[str]:
        """The words of the rules fired, from the leaves up; each node's letter must come out as read.

        `nodes` have the shapes that the program was made of, in the same order. Raises ChainMismatch.
        """
        known: dict[int, str] = {at: node.letter for at, node in enumerate(nodes) if self._shapes[at].op == LEAF}
        trace: list[str] = []
        for ruleset, members in self._steps:
            kids = [int(name[1:]) for name in ruleset.properties]
            fired = ruleset.fire({f"n{kid}": known[kid] for kid in kids})
            if sorted(at for at, _, _ in fired) != members:
                raise ChainMismatch(f"not one rule fired for each of {[self._shapes[at].label for at in members]}")
            for at, letter, words in fired:
                known[at] = letter
                trace.append(words)
                if at < len(nodes) and nodes[at].letter != letter:
                    raise ChainMismatch(
                        f"{text(nodes[at].label)}: the chain says {letter}, the reading {nodes[at].letter}"
                    )
        return trace
