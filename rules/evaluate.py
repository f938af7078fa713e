"""The evaluator: one small recursive function that judges one line or a million.

Every node's planes are kept, so that an explanation of line i reads bit i of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any

from rules.derived import add_months
from rules.lines import Batch, Cell, Unchanged
from rules.nodes import (
    ActLeaf,
    All,
    Any_,
    CapLeaf,
    Computed,
    Constant,
    FactLeaf,
    Late,
    Named,
    Node,
    Not,
    QuestionLeaf,
    Settled,
)
from rules.planes import Letter, Planes, leaf, negate
from rules.provisions import Duty
from rules.reads import BESIDE, Reads

_planes = tuple.__new__
"""Makes planes as their own constructor does, without its call: the evaluator makes little else."""


class Evaluation:
    """One batch under one rulebook."""

    def __init__(self, batch: Batch, reads: Reads | None = None):
        self.batch = batch
        self.reads = Reads() if reads is None else reads
        self.full = batch.full
        self._others: Mapping[tuple[tuple[str, str], int], int] = {}
        self._ledger: Mapping[tuple[str, str], int] = {}
        self._memo: dict[int, Planes] = {}
        self._kept: list[Node] = []
        self._alike: dict[tuple[Letter, bool], Planes] = {}
        self._columns: dict[tuple[str, str], dict[Cell, int]] = {}

    def counting(
        self, others: Mapping[tuple[tuple[str, str], int], int], ledger: Mapping[tuple[str, str], int]
    ) -> Evaluation:
        """The same lines, judged anew: ``others``: (cap key, line) -> what the proposal's other lines count already."""
        again = copy(self)
        again._memo, again._others, again._ledger = {}, others, ledger
        return again

    def planes(self, node: Node) -> Planes:
        """The truth of a node on every line."""
        value = self._memo.get(id(node))
        return self._judged(node) if value is None else value

    def _judged(self, node: Node) -> Planes:
        """A node judged now, and kept."""
        if type(node) is All:
            value = self._all(node.parts, node.goal)
        elif type(node) is Any_:
            value = self._any(node.parts, node.goal)
        elif type(node) is FactLeaf:
            value = self._tested(node)
        else:
            value = self._evaluate(node)
        self._memo[id(node)] = value
        self._kept.append(node)  # its id is the key
        return value

    def unchanged(self, node: Node, touched: int) -> Planes | None:
        """The truth of a node judged here, if it reads nothing of what is ``touched`` (see :class:`Reads`)."""
        known = self._memo.get(id(node))
        return None if known is None or self.reads.of(node) & touched else known

    def _tested(self, node: FactLeaf) -> Planes:
        """The test of a fact, on every line."""
        key = (node.fact, node.on)
        column = self._columns.get(key)
        if column is None:
            column = self._columns[key] = self.batch.column(node.fact, node.on)
        if len(column) == 1:
            for cell in column:
                letter = node.test(cell)
                return self._alike.get((letter, node.goal)) or self._same(letter, node.goal)
        return leaf([(node.test(cell), lines) for cell, lines in column.items()], node.goal)

    def _evaluate(self, node: Node) -> Planes:
        """All nodes but conjunctions, disjunctions and tests of a fact."""
        goal = node.goal
        if type(node) is Named:
            return self.planes(node.part)
        if type(node) is Not:
            return negate(self.planes(node.part))
        if type(node) is ActLeaf:
            lines = self.batch.act_lines(node.act, node.state)
            if not lines:
                return self._same("F", goal)
            return leaf((("T", lines), ("F", self.full & ~lines)), goal)
        if type(node) is Constant:
            return self._same(node.letter, goal)
        if type(node) is Computed:
            cells = self.batch.joint(node.facts)
            return leaf([(node.test(each), lines) for each, lines in cells.items()], goal)
        if type(node) is Settled:
            return self._settled(node)
        return leaf(self._by_line(node), goal)

    def _same(self, letter: Letter, goal: bool) -> Planes:
        """The planes of a leaf that says the same of every line."""
        known = self._alike.get((letter, goal))
        if known is None:
            known = self._alike[letter, goal] = leaf(((letter, self.full),), goal)
        return known

    def _all(self, parts: Sequence[Node], goal: bool) -> Planes:
        """All of the parts, up to the first that is false on every line; of none, true."""
        full = self.full
        t, f = full, 0
        s = p = full if goal else 0
        value = None
        for part in parts:
            value = self.planes(part)
            if value[1] == full:
                return value
            if value[0] == full:
                continue  # it adds nothing
            here_t, here_f, here_s, here_p = value
            t &= here_t
            f |= here_f
            if goal:
                s &= here_s
                p &= here_p
            else:
                s |= here_s
                p |= here_p
        return value if value is not None and t == full else _planes(Planes, (t, f, s, p))

    def _any(self, parts: Sequence[Node], goal: bool) -> Planes:
        """Any of the parts, up to the first that is true on every line; of none, false."""
        full = self.full
        t, f = 0, full
        s = p = 0 if goal else full
        value = None
        for part in parts:
            value = self.planes(part)
            if value[0] == full:
                return value
            if value[1] == full:
                continue  # it adds nothing
            here_t, here_f, here_s, here_p = value
            t |= here_t
            f &= here_f
            if goal:
                s |= here_s
                p |= here_p
            else:
                s &= here_s
                p &= here_p
        return value if value is not None and f == full else _planes(Planes, (t, f, s, p))

    def _settled(self, node: Settled) -> Planes:
        """Counsel's answer where an interpretation is in force; the newest that is decides."""
        t, f, _, _ = self.planes(node.open)
        said = t | f
        for scope, answer in node.answers:
            here = self.planes(scope).t & ~said
            t, f = (t | here, f & ~here) if answer else (t & ~here, f | here)
        at_goal = t if node.goal else f
        return Planes(t, f, at_goal, at_goal)

    def _by_line(self, node: Node) -> list[tuple[Letter, int]]:
        """Letters of the few leaves that are read line by line."""
        letters: dict[Letter, int] = {}
        for i in range(len(self.batch.lines)):
            letter = self._letter(node, i)
            letters[letter] = letters.get(letter, 0) | 1 << i
        return list(letters.items())

    def _letter(self, node: Node, i: int) -> Letter:
        match node:
            case QuestionLeaf():
                answer = self.batch.lines[i].answers.get(node.question)
                return "C" if answer is None else "T" if answer.value else "F"
            case Late():
                return "T" if self.late(node.duty, i) is not None else "F"
            case CapLeaf():
                total = self.cap_total(node, i)
                if not isinstance(total, str):
                    return "T" if total > node.amount else "F"
                return total
        raise TypeError(type(node).__name__)

    def others(self, key: tuple[str, str], i: int) -> int:
        """What other lines, of the proposal and beyond it, count under a cap."""
        return self._others.get((key, i), 0) + self._ledger.get(key, 0)

    def cap_total(self, node: CapLeaf, i: int) -> int | Letter:
        """What the line counts, with what is used and the proposal's other lines; or the letter of the unknown.

        Amounts are never negative: what is known may exceed the ceiling whatever the rest is.
        """
        total: Any = self.others(node.key, i)
        missing: list[str] = []
        for fact in (node.cap.counts, node.cap.used):
            if fact is None:
                continue
            kind, value = self.batch.found(fact)[i].cell
            if kind == "v":
                total += value
            elif fact == node.cap.counts or self.batch.strict or self.batch.lines[i].facts.get(fact) is not None:
                missing.append(kind)
        if missing and total <= node.amount:
            return _as_letter(next(kind for kind in ("C", "P", "S", "o", "c") if kind in missing))
        return int(total)

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


class Variants(Evaluation):
    """A batch of lines that are variants of others, judged before.

    What reads nothing of what any of them changes (``same``) is taken from there; ``beside``: they share caps.
    """

    def __init__(
        self,
        batch: Batch,
        reads: Reads,
        evaluations: Mapping[int, Evaluation],
        same: Sequence[Unchanged],
        beside: bool,
    ):
        super().__init__(batch, reads)
        facts = {fact for one in same for fact in one.touched}
        if beside:
            facts.add(BESIDE)
        lines: dict[tuple[int, int], int] = {}
        for i, one in enumerate(same):
            key = (id(one.batch), one.place)
            lines[key] = lines.get(key, 0) | 1 << i
        self._stood = [
            (evaluations[batch], evaluations[batch].reads.bits(facts), place, here)
            for (batch, place), here in lines.items()
        ]
        self._only = self._stood[0] if len(self._stood) == 1 else None
        self._spread: dict[Planes, Planes] = {}

    def _judged(self, node: Node) -> Planes:
        """A node judged now, and kept; what cannot have changed, as it was."""
        if self._only is None:
            value = self._as_before(node)
        else:
            before, touched, place, here = self._only
            value = None
            was = before._memo.get(id(node))
            if was is not None:
                if not before.reads.of(node) & touched:
                    value = self._spread.get(was)
                    if value is None:
                        value = self._spread[was] = Planes(*(here if plane >> place & 1 else 0 for plane in was))
                elif type(node) is All:
                    if was[0] >> place & 1:
                        value = self._all(self._affected(node), node.goal)
                elif type(node) is Any_ and was[1] >> place & 1:
                    value = self._any(self._affected(node), node.goal)
        if value is None:
            return super()._judged(node)
        self._memo[id(node)] = value
        self._kept.append(node)
        return value

    def _as_before(self, node: Node) -> Planes | None:
        """The planes of a node that stands among several batches, or None where it must be judged anew."""
        t = f = s = p = 0
        for evaluation, touched, place, here in self._stood:
            was = evaluation.unchanged(node, touched)
            if was is None:
                return None
            t |= here if was.t >> place & 1 else 0
            f |= here if was.f >> place & 1 else 0
            s |= here if was.s >> place & 1 else 0
            p |= here if was.p >> place & 1 else 0
        return Planes(t, f, s, p)

    def _affected(self, node: All | Any_) -> list[Node]:
        """The parts that may differ, of a node that was true by all of them (or false by all, of an ``Any_``)."""
        assert self._only is not None
        before, touched, _, _ = self._only
        return [part for part, facts in zip(node.parts, before.reads.of_parts(node), strict=True) if facts & touched]


def _as_letter(kind: str) -> Letter:
    """The letter of a cell without a value; an opener's amount is the planner's to say."""
    letters: dict[str, Letter] = {"C": "C", "S": "S", "c": "c"}
    return letters.get(kind, "P")
