"""The evaluator: one small recursive function that judges one line or a million.

Every node's planes are kept, so that an explanation of line i reads bit i of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rules import nodes
from rules.derived import add_months
from rules.lines import Batch
from rules.planes import Letter, Planes, conj, disj, leaf, negate
from rules.provisions import Duty


class Evaluation:
    """One batch under one rulebook. ``others``: (cap key, line) -> what the proposal's other lines count already."""

    def __init__(
        self,
        batch: Batch,
        others: Mapping[tuple[tuple[str, str], int], int] | None = None,
        ledger: Mapping[tuple[str, str], int] | None = None,
    ):
        self.batch = batch
        self.full = batch.full
        self._others = others or {}
        self._ledger = ledger or {}
        self._memo: dict[int, Planes] = {}
        self._kept: list[nodes.Node] = []

    def planes(self, node: nodes.Node) -> Planes:
        """The truth of a node on every line."""
        key = id(node)
        known = self._memo.get(key)
        if known is None:
            known = self._memo[key] = self._evaluate(node)
            self._kept.append(node)
        return known

    def _evaluate(self, node: nodes.Node) -> Planes:
        goal = node.goal
        match node:
            case nodes.FactLeaf():
                test = node.test
                column = self.batch.column(node.fact, node.on)
                return leaf([(test(cell), lines) for cell, lines in column.items()], goal)
            case nodes.All():
                return conj(self._until(node.parts, settles_true=False), goal, self.full)
            case nodes.Any_():
                return disj(self._until(node.parts, settles_true=True), goal, self.full)
            case nodes.Not():
                return negate(self.planes(node.part))
            case nodes.Named():
                return self.planes(node.part)
            case nodes.ActLeaf():
                lines = self.batch.act_lines(node.act, node.state)
                return leaf((("T", lines), ("F", self.full & ~lines)), goal)
            case nodes.Constant():
                return leaf(((node.letter, self.full),), goal)
            case nodes.Computed():
                cells = self.batch.joint(node.facts)
                return leaf([(node.test(each), lines) for each, lines in cells.items()], goal)
            case nodes.Settled():
                return self._settled(node)
        return leaf(self._by_line(node), goal)

    def _until(self, parts: tuple[nodes.Node, ...], *, settles_true: bool) -> list[Planes]:
        """The parts' planes up to the first that settles every line: a false part an and, a true one an or."""
        out: list[Planes] = []
        for part in parts:
            value = self.planes(part)
            if (value.t if settles_true else value.f) == self.full:
                return [value]
            out.append(value)
        return out

    def _settled(self, node: nodes.Settled) -> Planes:
        """Counsel's answer where an interpretation is in force; the newest that is decides."""
        t, f, _, _ = self.planes(node.open)
        said = t | f
        for scope, answer in node.answers:
            here = self.planes(scope).t & ~said
            t, f = (t | here, f & ~here) if answer else (t & ~here, f | here)
        at_goal = t if node.goal else f
        return Planes(t, f, at_goal, at_goal)

    def _by_line(self, node: nodes.Node) -> list[tuple[Letter, int]]:
        """Letters of the few leaves that are read line by line."""
        letters: dict[Letter, int] = {}
        for i in range(len(self.batch.lines)):
            letter = self._letter(node, i)
            letters[letter] = letters.get(letter, 0) | 1 << i
        return list(letters.items())

    def _letter(self, node: nodes.Node, i: int) -> Letter:
        match node:
            case nodes.QuestionLeaf():
                answer = self.batch.lines[i].answers.get(node.question)
                return "C" if answer is None else "T" if answer.value else "F"
            case nodes.Late():
                return "T" if self.late(node.duty, i) is not None else "F"
            case nodes.CapLeaf():
                total = self.cap_total(node, i)
                if not isinstance(total, str):
                    return "T" if total > node.amount else "F"
                return total
        raise TypeError(type(node).__name__)

    def others(self, key: tuple[str, str], i: int) -> int:
        """What other lines, of the proposal and beyond it, count under a cap."""
        return self._others.get((key, i), 0) + self._ledger.get(key, 0)

    def cap_total(self, node: nodes.CapLeaf, i: int) -> int | Letter:
        """What the line counts, with what is used and the proposal's other lines; or the letter of the unknown."""
        kind, counted = self.batch.found(node.cap.counts)[i].cell
        used: Any = 0
        if node.cap.used is not None:
            used_kind, said = self.batch.found(node.cap.used)[i].cell
            if used_kind == "v":
                used = said
            elif self.batch.strict or self.batch.lines[i].facts.get(node.cap.used) is not None:
                return _as_letter(used_kind)
        if kind != "v":
            if used + self.others(node.key, i) > node.amount:
                return node.amount + 1
            return _as_letter(kind)
        total: int = counted + used + self.others(node.key, i)
        return total

    def late(self, duty: Duty, i: int) -> date | None:
        """The first day the event could lawfully come, if its stated day is too early; else None."""
        wait = duty.days + -(-duty.hours // 24)
        if not wait and not duty.months:
            return None
        kind, event = self.batch.found(duty.event)[i].cell
        if kind != "v":
            return None
        state, day = self.batch.act_state(duty.act, i)
        if state == "done" and day is None:
            return None
        line = self.batch.lines[i]
        begins = day if state == "done" and day is not None else line.waits_from
        first = add_months(begins, duty.months) + timedelta(days=wait)
        return first if event < first else None


def _as_letter(kind: str) -> Letter:
    """The letter of a cell without a value; an opener's amount is the planner's to say."""
    letters: dict[str, Letter] = {"C": "C", "S": "S", "c": "c"}
    return letters.get(kind, "P")
