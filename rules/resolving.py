"""Conditions put in place for one day of the law and one day of knowledge."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rules import conditions as c
from rules._leaves import Test, equal, member, within
from rules.books import BarBook
from rules.derived import fiscal_year
from rules.library import Interpretation, Library
from rules.lines import Cell
from rules.nodes import (
    ActLeaf,
    All,
    Any_,
    Computed,
    Constant,
    FactLeaf,
    Named,
    Node,
    Not,
    QuestionLeaf,
    Settled,
)
from rules.planes import Letter
from rules.provisions import Bar, Definition, LawFile, Life, ValueEntry

_NOWHERE = LawFile("", "definitions", "", "", "", "")


def conjuncts(node: Node) -> tuple[Node, ...]:
    """What a conjunction that holds a node may hold instead."""
    return node.parts if isinstance(node, All) else (node,)


class Resolver(ABC):
    """Puts conditions in place for one (day, known) pair: what is in force, dated values, definitions, questions."""

    def __init__(self, library: Library, day: date, known: date):
        self.library, self.day, self.known = library, day, known
        self.memo: dict[Any, Node] = {}
        self.taxonomy = library.vocabulary.taxonomy

    # --- what is in force -----------------------------------------------------------------------------------------
    def enacted(self, law: Any) -> bool:
        """Whether the law was enacted by the day of knowledge (no law named: always)."""
        return law is None or self.library.laws[law.public_law] <= self.known

    def until(self, life: Life) -> date | None:
        """The end, unless what ended it was not yet enacted."""
        return life.until if life.until is not None and self.enacted(life.ended_by) else None

    def in_force(self, life: Life) -> bool:
        """Whether words judged on the line's day are in force; true for those judged on another day or by the money."""
        if not self.enacted(life.law):
            return False
        if life.fund_years is not None or life.on != "date":
            return True
        until = self.until(life)
        return life.since <= self.day and (until is None or self.day < until)

    def window(self, life: Life, node: Node) -> Node:
        """Wrap words that follow the money's year, or another day than the line's, in that test."""
        goal = node.goal
        if life.fund_years is not None:
            years = life.fund_years
            bounds: list[tuple[str, Any]] = []
            if years.first is not None:
                bounds.append(("at least", years.first))
            if years.last is not None:
                bounds.append(("at most", years.last))
            return All(goal, (self.bounded("fund_year", "date", tuple(bounds), goal), *conjuncts(node)))
        if life.on != "date":
            return All(goal, (self.on_its_day(life, goal), *conjuncts(node)))
        return node

    def on_its_day(self, life: Life, goal: bool) -> Node:
        """Whether words judged on another day than the line's are in force on it; unsaid, on the line's."""
        until = self.until(life)

        def test(cells: Sequence[Cell]) -> Letter:
            kind, day = cells[0]
            day = day if kind == "v" else cells[1][1]
            return "T" if life.since <= day and (until is None or day < until) else "F"

        return Computed(goal, f"in force on {life.on}", (life.on, "date"), test)

    # --- values ---------------------------------------------------------------------------------------------------
    def value(self, file: LawFile, ref: c.ValueRef) -> list[tuple[Any, ValueEntry]]:
        """The states of a dated value that matter on the day: one, or one for each range of fund years."""
        owner = file if ref.file is None else self.file(ref.file)
        now: Any = None
        entry_now: ValueEntry | None = None
        by_year: list[tuple[Any, ValueEntry]] = []
        for entry in owner.values.get(ref.name, ()):
            if not self.enacted(entry.life.law):
                continue
            if entry.life.fund_years is not None:
                by_year.append((entry.is_, entry))
                continue
            if entry.life.since > self.day:
                break
            if entry.is_ is not None:
                now = entry.is_
            else:
                now = tuple(t for t in (*(now or ()), *entry.adds) if t not in entry.removes)
            entry_now = entry
            until = self.until(entry.life)
            if until is not None and until <= self.day:
                now, entry_now = None, None
        if by_year:
            return by_year
        return [] if entry_now is None else [(now, entry_now)]

    def file(self, id_: str) -> LawFile:
        """A law file of any kind by id."""
        for shelf in (self.library.authorities, self.library.limits, self.library.definitions):
            if id_ in shelf:
                return shelf[id_]
        raise KeyError(id_)

    # --- leaves ---------------------------------------------------------------------------------------------------
    def leaf(self, goal: bool, fact: str, on: str, test: Test, operand: Any, kind: str) -> FactLeaf:
        """A test of a fact, one node for all who make the same test."""
        key = ("leaf", goal, fact, on, kind, operand)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = FactLeaf(goal, fact, on, test, operand, kind)
        assert isinstance(known, FactLeaf)
        return known

    def bounded(self, fact: str, on: str, bounds: tuple[tuple[str, Any], ...], goal: bool) -> Node:
        """A number or date within bounds."""
        return self.leaf(goal, fact, on, within(bounds), bounds, "bounds")

    def one_of(self, fact: str, on: str, members: tuple[str, ...], goal: bool) -> FactLeaf:
        """A term (or set of terms) against a set."""
        return self.leaf(goal, fact, on, member(self.taxonomy, members), members, "one of")

    def equals(self, fact: str, on: str, expected: Any, goal: bool) -> Node:
        """A fact that equals a value."""
        return self.leaf(goal, fact, on, equal(expected), expected, "equals")

    # --- conditions -----------------------------------------------------------------------------------------------
    def node(self, condition: c.Condition, file: LawFile, on: str, goal: bool) -> Node:
        """The node of a condition in a file, read with a goal, tables on the day of ``on``."""
        match condition:
            case c.AllOf(parts):
                nodes = tuple(self.node(p, file, on, goal) for p in parts)
                return nodes[0] if len(nodes) == 1 else All(goal, nodes)
            case c.AnyOf(parts):
                return Any_(goal, tuple(self.node(p, file, on, goal) for p in parts))
            case c.Negation(part):
                return Not(goal, self.node(part, file, on, not goal))
            case c.OneOf(fact, members):
                return self.with_values(members, file, goal, lambda m: self.one_of(fact, on, m, goal))
            case c.Equals(fact, value):
                return self.with_values(value, file, goal, lambda v: self.equals(fact, on, v, goal))
            case c.Bounded(fact, bounds):
                return self.bounds(fact, bounds, file, on, goal)
            case c.Satisfies(names):
                named = tuple(self.definition(name, file, on, goal) for name in names)
                return named[0] if len(named) == 1 else Any_(goal, named)
            case c.Question(id_):
                return self.question(id_, on, goal)
            case c.ActDone(id_):
                return ActLeaf(goal, id_, "done")
            case c.GrantHolds(id_):
                for grant in file.grants:
                    if grant.id == id_ and self.in_force(grant.life):
                        return self.window(grant.life, self.node(grant.when, file, grant.life.on, goal))
                return Constant(goal, "F")
            case c.BarredUnder(targets):
                return self.barred_under(targets, goal)

    def bounds(self, fact: str, bounds: tuple[tuple[str, Any], ...], file: LawFile, on: str, goal: bool) -> Node:
        """Every bound, each of which may be a dated value."""

        def one(word: str, operand: Any) -> Node:
            return self.with_values(operand, file, goal, lambda v: self.bounded(fact, on, ((word, v),), goal))

        parts = tuple(one(word, operand) for word, operand in bounds)
        return parts[0] if len(parts) == 1 else All(goal, parts)

    def with_values(self, operand: Any, file: LawFile, goal: bool, make: Callable[[Any], Node]) -> Node:
        """A leaf whose operand may be a dated value, perhaps one that differs by the money's year."""
        if not isinstance(operand, c.ValueRef):
            return make(operand)
        states = self.value(file, operand)
        if not states:
            return Constant(goal, "C")
        parts = [self.window(entry.life, make(value)) for value, entry in states]
        parts += self.unheld([entry.life for _, entry in states], goal)
        return parts[0] if len(parts) == 1 else Any_(goal, tuple(parts))

    @staticmethod
    def unheld(lives: Sequence[Life | None], goal: bool) -> list[Node]:
        """Of a value that follows the money's year: for money of a year it says nothing of, counsel's."""
        spans = [life.fund_years for life in lives if life is not None and life.fund_years is not None]

        def test(cells: Sequence[Cell]) -> Letter:
            kind, year = cells[0]
            return "C" if kind == "v" and not any(span.holds(year) for span in spans) else "F"

        return [Computed(goal, "no value for the money's year", ("fund_year",), test)] if spans else []

    def definition(self, name: str, file: LawFile, on: str, goal: bool) -> Node:
        """A definition of the file, else of the library; one that is not in force is left to counsel."""
        own = any(one.id == name for one in file.definitions)
        for owner in (file,) if own else self.library.definitions.values():
            for one in owner.definitions:
                if one.id == name and self.in_force(one.life):
                    key = ("definition", owner.id, name, on, goal)
                    if key not in self.memo:
                        self.memo[key] = Named(goal, self.window(one.life, self.meaning(one, owner, on, goal)), one)
                    return self.memo[key]
        return Constant(goal, "C")

    def meaning(self, one: Definition, file: LawFile, on: str, goal: bool) -> Node:
        """``when``; or inside, or (not outside and the question)."""
        if one.inside is None:
            return self.node(one.when, file, on, goal)
        inside = self.node(one.inside, file, on, goal)
        if one.otherwise is None:
            return inside
        middle: list[Node] = [self.question(one.otherwise, on, goal)]
        if one.outside is not None:
            middle.insert(0, Not(goal, self.node(one.outside, file, on, not goal)))
        return Any_(goal, (inside, All(goal, tuple(middle))))

    def question(self, id_: str, on: str, goal: bool) -> Node:
        """Counsel's interpretations known by the day, each within its years and scope; else open."""
        open_ = QuestionLeaf(goal, id_)
        answers = tuple(
            (self.scope(one, on, True), one.answer)
            for one in sorted(self.library.interpretations, key=lambda one: one.dated)
            if one.question == id_ and one.dated <= self.known
        )
        return Settled(goal, open_, answers) if answers else open_

    def scope(self, one: Interpretation, on: str, goal: bool) -> Node:
        """Where an interpretation speaks: its fiscal years and its ``when``."""
        starts = self.library.calendar.year_starts

        def test(cells: Sequence[Cell]) -> Letter:
            return "T" if fiscal_year(cells[0][1], starts) in one.fiscal_years else "F"

        years = Computed(goal, "fiscal year of the interpretation", ("date",), test)
        return All(goal, (years, self.node(one.when, _NOWHERE, on, goal)))

    def barred_under(self, targets: tuple[str, ...], goal: bool) -> Node:
        """True where a limit with one of these ids, or reaching one of these tags or authorities, bars the line."""
        wanted = frozenset(targets)
        nodes: list[Node] = []
        for limit in self.library.limits.values():
            if limit.id in wanted or wanted & (limit.reach.tags | limit.reach.authorities):
                nodes += [self.bar(bar, limit, goal).node for bar in limit.bars if self.in_force(bar.life)]
        return Any_(goal, tuple(nodes))

    @abstractmethod
    def bar(self, bar: Bar, file: LawFile, goal: bool) -> BarBook:
        """A bar of a file; the rulebook makes it."""
