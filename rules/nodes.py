"""The nodes of a rulebook: conditions put in place for a day, each read with a goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rules.lines import Cell
from rules.planes import Letter
from rules.provisions import Cap, Definition, Duty


@dataclass(eq=False, slots=True)
class Node:
    """One condition with a goal. ``source`` is the condition it came from, for the explainer."""

    goal: bool


@dataclass(eq=False, slots=True)
class FactLeaf(Node):
    """A test of one fact: ``test`` turns a cell into a letter; ``operand`` is what it was compared with."""

    fact: str
    on: str
    test: Callable[[Cell], Letter]
    operand: Any
    kind: str


@dataclass(eq=False, slots=True)
class Computed(Node):
    """A test over several facts (money's years, reach by money)."""

    name: str
    facts: tuple[str, ...]
    test: Callable[[Sequence[Cell]], Letter]


@dataclass(eq=False, slots=True)
class ActLeaf(Node):
    """True where the act is ``state``: done or refused."""

    act: str
    state: str


@dataclass(eq=False, slots=True)
class QuestionLeaf(Node):
    """An open question: counsel's, unless the proposal brings counsel's word with its source."""

    question: str


@dataclass(eq=False, slots=True)
class Settled(Node):
    """A question with interpretations: the first whose scope is true answers; where none is, it stays counsel's."""

    open: QuestionLeaf
    answers: tuple[tuple[Node, bool], ...]


@dataclass(eq=False, slots=True)
class Late(Node):
    """True where the duty's wait or time can no longer be met before a stated event."""

    duty: Duty


@dataclass(eq=False, slots=True)
class CapLeaf(Node):
    """True where the counted fact, with what is used and the proposal's other lines, exceeds the amount."""

    key: tuple[str, str]
    cap: Cap
    amount: int


@dataclass(eq=False, slots=True)
class Constant(Node):
    """Always the letter given."""

    letter: Letter


@dataclass(eq=False, slots=True)
class All(Node):
    """Conjunction."""

    parts: tuple[Node, ...]


@dataclass(eq=False, slots=True)
class Any_(Node):
    """Disjunction."""

    parts: tuple[Node, ...]


@dataclass(eq=False, slots=True)
class Not(Node):
    """Negation; its part has the opposite goal."""

    part: Node


@dataclass(eq=False, slots=True)
class Named(Node):
    """A definition where it is used: the explainer shows its name and cite."""

    part: Node
    definition: Definition
