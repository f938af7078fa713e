"""The evaluator: one small recursive function that judges one line or a million.

Every node's planes are kept, so that an explanation of line i reads bit i of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rules import rulebook as rb
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
        self._kept: list[rb.Node] = []

    def planes(self, node: rb.Node) -> Planes:
        """The truth of a node on every line."""
        key = id(node)
        known = self._memo.get(key)
        if known is None:
            known = self._memo[key] = self._evaluate(node)
            self._kept.append(node)
        return known

    def _evaluate(self, node: rb.Node) -> Planes:
        kind = type(node)
        if kind is rb.FactLeaf:
            assert isinstance(node, rb.FactLeaf)
            test = node.test
            column = self.batch.column(node.fact, node.on)
            return leaf([(test(cell), lines) for cell, lines in column.items()], node.goal)
        if kind is rb.All:
            assert isinstance(node, rb.All)
            return conj([self.planes(p) for p in node.parts], node.goal, self.full)
        if kind is rb.Any_:
            assert isinstance(node, rb.Any_)
            return disj([self.planes(p) for p in node.parts], node.goal, self.full)
        if kind is rb.Not:
            assert isinstance(node, rb.Not)
            return negate(self.planes(node.part))
        if kind is rb.Named:
            assert isinstance(node, rb.Named)
            return self.planes(node.part)
        if kind is rb.Settled:
            assert isinstance(node, rb.Settled)
            return self._settled(node)
        return leaf(self._lines(node), node.goal)

    def _settled(self, node: rb.Settled) -> Planes:
        """Counsel's answer where an interpretation is in force; the newest that is decides."""
        t, f, s, p = self.planes(node.open)
        said = t | f
        for scope, answer in node.answers:
            here = self.planes(scope).t & ~said
            t, f = (t | here, f & ~here) if answer else (t & ~here, f | here)
        at_goal = t if node.goal else f
        return Planes(t, f, at_goal, at_goal)

    def _lines(self, node: rb.Node) -> list[tuple[Letter, int]]:
        """Letters of the leaves that are read line by line."""
        letters: dict[Letter, int] = {}
        for i in range(len(self.batch.lines)):
            letter = self._letter(node, i)
            letters[letter] = letters.get(letter, 0) | 1 << i
        return list(letters.items())

    def _letter(self, node: rb.Node, i: int) -> Letter:
        match node:
            case rb.Constant():
                return node.letter
            case rb.Computed():
                return node.test([self.batch.found(fact)[i].cell for fact in node.facts])
            case rb.ActLeaf():
                return "T" if self.batch.act_state(node.act, i)[0] == node.state else "F"
            case rb.QuestionLeaf():
                answer = self.batch.lines[i].answers.get(node.question)
                return "C" if answer is None else "T" if answer.value else "F"
            case rb.Late():
                return "T" if self.late(node.duty, i) is not None else "F"
            case rb.CapLeaf():
                total = self.cap_total(node, i)
                return total if isinstance(total, str) else "T" if total > node.amount else "F"
        raise TypeError(type(node).__name__)

    def others(self, key: tuple[str, str], i: int) -> int:
        """What other lines, of the proposal and beyond it, count under a cap."""
        return self._others.get((key, i), 0) + self._ledger.get(key, 0)

    def cap_total(self, node: rb.CapLeaf, i: int) -> Any:
        """What the line counts, with what is used and the proposal's other lines; or the letter of the unknown."""
        kind, counted = self.batch.found(node.cap.counts)[i].cell
        used: Any = 0
        if node.cap.used is not None:
            used_kind, said = self.batch.found(node.cap.used)[i].cell
            if used_kind == "v":
                used = said
            elif self.batch.lines[i].facts.get(node.cap.used) is not None:
                return used_kind
        if kind != "v":
            if used + self.others(node.key, i) > node.amount:
                return node.amount + 1
            return kind if kind in ("P", "C", "S", "c") else "P"
        return counted + used + self.others(node.key, i)

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
        begins = day if day is not None else line.waits_from
        first = add_months(begins, duty.months) + timedelta(days=wait)
        return first if event < first else None
