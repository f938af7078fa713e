"""The nodes of a rulebook: conditions put in place for a day, each read with a ``goal`` (what is hoped of it).

Named tuples, like the findings: they are made for every question, and told apart by identity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from rules.lines import Cell
from rules.planes import Letter
from rules.provisions import Cap, Definition, Duty


class FactLeaf(NamedTuple):
    """A test of one fact: ``test`` turns a cell into a letter; ``operand`` is what it was compared with."""

    goal: bool
    fact: str
    on: str
    test: Callable[[Cell], Letter]
    operand: Any
    kind: str


class Computed(NamedTuple):
    """A test over several facts (money's years, reach by money)."""

    goal: bool
    name: str
    facts: tuple[str, ...]
    test: Callable[[Sequence[Cell]], Letter]


class ActLeaf(NamedTuple):
    """True where the act is ``state``: done or refused."""

    goal: bool
    act: str
    state: str


class QuestionLeaf(NamedTuple):
    """An open question: counsel's, unless the proposal brings counsel's word with its source."""

    goal: bool
    question: str


class Settled(NamedTuple):
    """A question with interpretations: the first whose scope is true answers; where none is, it stays counsel's."""

    goal: bool
    open: QuestionLeaf
    answers: tuple[tuple[Node, bool], ...]


class Late(NamedTuple):
    """True where the duty's wait or time can no longer be met before a stated event."""

    goal: bool
    duty: Duty


class CapLeaf(NamedTuple):
    """True where the counted fact, with what is used and the proposal's other lines, exceeds the amount."""

    goal: bool
    key: tuple[str, str]
    cap: Cap
    amount: int


class Constant(NamedTuple):
    """Always the letter given."""

    goal: bool
    letter: Letter


class All(NamedTuple):
    """Conjunction."""

    goal: bool
    parts: tuple[Node, ...]


class Any_(NamedTuple):
    """Disjunction."""

    goal: bool
    parts: tuple[Node, ...]


class Not(NamedTuple):
    """Negation; its part has the opposite goal."""

    goal: bool
    part: Node


class Named(NamedTuple):
    """A definition where it is used: the explainer shows its name and cite."""

    goal: bool
    part: Node
    definition: Definition


Node = FactLeaf | Computed | ActLeaf | QuestionLeaf | Settled | Late | CapLeaf | Constant | All | Any_ | Not | Named
"""Any node."""
