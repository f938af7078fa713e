"""The nodes of a rulebook as formulas: where each is true, where false, and what an unknown could become.

Four formulas for each node, as the evaluator has four planes (see :mod:`rules.planes`), for all proposals at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from authorities.proving.computed import computed
from authorities.proving.facts import Facts, Labels, Way
from authorities.proving.faults import NotEncoded
from authorities.proving.formulas import FALSE, TRUE, Formula
from authorities.proving.ground import WAITS_FROM
from authorities.proving.numbers import Number, Sum, less_than, plus, variable, within
from rules import nodes
from rules.provisions import Duty


class Truth(NamedTuple):
    """Where a node is true; false; would reach its goal if staff findings came out well; and if planners' did too."""

    t: Formula
    f: Formula
    s: Formula
    p: Formula


class Encoder:
    """The nodes of one edition's rulebooks. ``renamed``: caps (file, cap or group) called otherwise in the other edition.

    What other lines count under a cap is a number of its own, so that lines may be read with others beside them.
    """

    def __init__(self, facts: Facts, renamed: Mapping[tuple[str, str], tuple[str, str]] | None = None):
        self.facts, self.ground, self.pool = facts, facts.ground, facts.pool
        self.renamed = renamed or {}
        self._known: dict[int, Truth] = {}
        self._kept: list[nodes.Node] = []

    def truth(self, node: nodes.Node) -> Truth:
        """A node as formulas."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._encode(node)
            self._kept.append(node)  # its id is the key
        return known

    def forget(self) -> None:
        """Let go of the nodes seen so far; what their tests say is kept."""
        self._known.clear()
        self._kept.clear()

    def _encode(self, node: nodes.Node) -> Truth:
        match node:
            case nodes.All():
                return self._joined(node.parts, node.goal, True)
            case nodes.Any_():
                return self._joined(node.parts, node.goal, False)
            case nodes.Not():
                part = self.truth(node.part)
                return Truth(part.f, part.t, part.s, part.p)
            case nodes.Named():
                return self.truth(node.part)
            case nodes.Settled():
                return self._settled(node)
        return self._leaf(self.letters(node), node.goal)

    def _joined(self, parts: Sequence[nodes.Node], goal: bool, every: bool) -> Truth:
        """All of some parts, or (not ``every``) any of them."""
        told = [self.truth(part) for part in parts]
        sure, other = (self.pool.all_, self.pool.any_) if every else (self.pool.any_, self.pool.all_)
        hoped = self.pool.all_ if every == goal else self.pool.any_
        return Truth(
            sure([one.t for one in told]),
            other([one.f for one in told]),
            hoped([one.s for one in told]),
            hoped([one.p for one in told]),
        )

    def _leaf(self, letters: Labels, goal: bool) -> Truth:
        either = self.pool.either
        t, f, choice, staff, planner = (letters.get(letter, FALSE) for letter in ("T", "F", "c", "S", "P"))
        t, f = (either(t, choice), f) if goal else (t, either(f, choice))
        s = either(staff, t if goal else f)
        return Truth(t, f, s, either(planner, s))

    def _settled(self, node: nodes.Settled) -> Truth:
        both, either = self.pool.both, self.pool.either
        t, f, _, _ = self.truth(node.open)
        said = either(t, f)
        for scope, answer in node.answers:
            here = both(self.truth(scope).t, -said)
            t, f = (either(t, here), both(f, -here)) if answer else (both(t, -here), either(f, here))
        at_goal = t if node.goal else f
        return Truth(t, f, at_goal, at_goal)

    # --- leaves --------------------------------------------------------------------------------------------------
    def letters(self, node: nodes.Node) -> Labels:
        """Each letter that a leaf says, and where."""
        match node:
            case nodes.Constant():
                return {node.letter: TRUE}
            case nodes.FactLeaf():
                key = (node.fact, node.on, node.kind, node.operand, type(node.operand))
                tested = self.facts.tested
                if key not in tested:
                    tested[key] = self._tested(node)
                return tested[key]
            case nodes.Computed():
                return computed(self.facts, node)
            case nodes.ActLeaf():
                true = self.ground.act(node.act, "refused") if node.state == "refused" else self.done(node.act)
                return {"T": true, "F": -true}
            case nodes.QuestionLeaf():
                yes, no = (self.ground.answered(node.question, one) for one in (True, False))
                return {"T": yes, "F": no, "C": self.pool.both(-yes, -no)}
            case nodes.Late():
                true = self._late(node.duty)
                return {"T": true, "F": -true}
            case nodes.CapLeaf():
                return self._exceeded(node)
        raise NotEncoded(f"a node of the kind {type(node).__name__}")

    def _tested(self, node: nodes.FactLeaf) -> Labels:
        """The test of a fact."""
        if self.facts.facts[node.fact].type in ("term", "boolean"):
            return self.facts.labels(node.fact, node.on, node.test)
        bounds = node.operand if node.kind == "bounds" else (("equals", node.operand),)
        out: dict[Any, list[Formula]] = {}
        for way in self.facts.numbers(node.fact):
            if way.value is None:
                out.setdefault(node.test((way.kind, None)), []).append(way.where)
                continue
            true = self.pool.all_([within(self.pool, way.value, word, operand) for word, operand in bounds])
            out.setdefault("T", []).append(self.pool.both(way.where, true))
            out.setdefault("F", []).append(self.pool.both(way.where, -true))
        return {letter: self.pool.any_(some) for letter, some in out.items()}

    # --- acts, waits and caps ------------------------------------------------------------------------------------
    def _in_time(self, act: str) -> Formula:
        """Where an act's day is given and come."""
        come = -less_than(self.pool, plus(WAITS_FROM, _day_of(act), -1), Fraction(0))
        return self.pool.both(self.ground.act(act, "dated"), come)

    def done(self, act: str) -> Formula:
        """Where an act is done."""
        return self.pool.either(self.ground.act(act, "done"), self._in_time(act))

    def _late(self, duty: Duty) -> Formula:
        """Where the event comes before the wait or time of a duty is over."""
        wait = duty.days + -(-duty.hours // 24)
        if not wait and not duty.months:
            return FALSE
        pool, in_time = self.pool, self._in_time(duty.act)
        out: list[Formula] = []
        for way in self.facts.numbers(duty.event):
            if way.value is None or not isinstance(way.value, Sum):
                continue
            from_act = self._before(way.value, _day_of(duty.act), duty.months, wait)
            from_now = self._before(way.value, WAITS_FROM, duty.months, wait)
            early = pool.either(pool.both(in_time, from_act), pool.both(-in_time, from_now))
            out.append(pool.both(way.where, early))
        return pool.both(-self.ground.act(duty.act, "done"), pool.any_(out))

    def _before(self, event: Sum, begins: Sum, months: int, wait: int) -> Formula:
        """Where the event comes before a day some months and days after another."""
        if months:
            return self.pool.atom("early", event, begins, months, wait)
        return less_than(self.pool, plus(event, begins, -1), Fraction(wait))

    def _exceeded(self, node: nodes.CapLeaf) -> Labels:
        """A cap as a bar: what is counted and used against the amount."""
        pool, others = self.pool, variable(("others", *self.renamed.get(node.key, node.key)))
        used = node.cap.used
        before = (_UNUSED,) if used is None else self.facts.numbers(used)
        out: dict[Any, list[Formula]] = {}
        for one, more in product(self.facts.numbers(node.cap.counts), before):
            where = pool.both(one.where, more.where)
            total: Number = others
            for value in (one.value, more.value):
                total = total if value is None else plus(total, value)
            over = -within(pool, total, "at most", node.amount)
            out.setdefault("T", []).append(pool.both(where, over))
            kinds = [way.kind for way in (one, more) if way.value is None and way is not _UNUSED]
            if more.value is None and not more.spoken and more is not _UNUSED and used != node.cap.counts:
                # what was used before, unsaid, counts for nothing, but is missing where nothing is presumed
                strict = pool.all_((where, -over, self.ground.strict))
                out.setdefault(_as_letter(kinds), []).append(strict)
                kinds, where = kinds[:-1], pool.both(where, -self.ground.strict)
            out.setdefault(_as_letter(kinds), []).append(pool.both(where, -over))
        return {letter: pool.any_(some) for letter, some in out.items()}


_UNUSED = Way(TRUE, "", None, False)
"""Of a cap that knows nothing of what is used before."""


def _day_of(act: str) -> Sum:
    return variable(("act", act))


def _as_letter(missing: Sequence[str]) -> str:
    """The letter of a sum that is within the cap as far as known, and of which something is missing."""
    letters = {"C": "C", "S": "S", "c": "c", "": "F"}
    return letters.get(next((kind for kind in ("C", "P", "S", "o", "c") if kind in missing), ""), "P")
