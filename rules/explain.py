"""The explainer: why, why not, what is missing, what was assumed, what would lift a bar; read from the planes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rules import nodes
from rules.evaluate import Evaluation
from rules.findings import Clause, Ref, Unknown
from rules.provisions import LawFile, Provision
from rules.words import Speaker, amount, listed

_SUPPLIER = {"P": "planner", "C": "counsel", "S": "staff"}


def ref(key: str, provision: Provision, file: LawFile) -> Ref:
    """The record of a provision."""
    return Ref(key, file.statute, provision.cite, provision.gist, provision.force, provision.basis)


class Explainer:
    """Reads one line (``i``) of an evaluation."""

    def __init__(self, evaluation: Evaluation, i: int):
        self.evaluation, self.i, self.bit = evaluation, i, 1 << i
        self.library = evaluation.batch.library
        self.speaker = Speaker(self.library.vocabulary, lambda r: r.name)

    # --- truth ----------------------------------------------------------------------------------------------------
    def true(self, node: nodes.Node) -> bool:
        """Whether the node is true of the line."""
        return bool(self.evaluation.planes(node).t & self.bit)

    def false(self, node: nodes.Node) -> bool:
        """Whether the node is false of the line."""
        return bool(self.evaluation.planes(node).f & self.bit)

    def unknown(self, node: nodes.Node) -> bool:
        """Whether the node is neither."""
        return not (self.true(node) or self.false(node))

    # --- what is missing ------------------------------------------------------------------------------------------
    def missing(self, node: nodes.Node) -> list[Unknown]:
        """The facts and questions an unknown node still hangs on, and nothing whose branch is settled."""
        out: dict[str, Unknown] = {}
        self._missing(node, out)
        return list(out.values())

    def _missing(self, node: nodes.Node, out: dict[str, Unknown]) -> None:
        if not self.unknown(node):
            return
        match node:
            case nodes.All() | nodes.Any_():
                for part in node.parts:
                    self._missing(part, out)
            case nodes.Not():
                self._missing(node.part, out)
            case nodes.Named():
                self._missing(node.part, out)
            case nodes.FactLeaf():
                for fact in self._inputs(node.fact):
                    self._add(fact, node, out)
            case nodes.Computed():
                unsaid = [name for name in node.facts if self.evaluation.batch.found(name)[self.i].cell[0] != "v"]
                for name in unsaid:
                    self._add(name, node, out)
                if not unsaid:
                    out.setdefault("?", Unknown("?", "the library has no value for the money's year", "counsel"))
            case nodes.CapLeaf():
                for fact in self._inputs(node.cap.counts):
                    self._add(fact, node, out)
            case nodes.Settled():
                self._missing(node.open, out)
            case nodes.QuestionLeaf():
                question = self.library.questions[node.question]
                words = f"{question.statute}: what do the words \u201c{question.words}\u201d mean here?"
                out.setdefault(
                    question.id,
                    Unknown(question.id, words, f"counsel ({question.decides})", question.turns_on),
                )
            case nodes.Constant():
                out.setdefault("?", Unknown("?", "the library has no value for this day", "counsel"))

    def _inputs(self, fact: str) -> list[str]:
        """A fact, or for a computed one the inputs that have no value; for a table fact its key if that is unsaid."""
        declared = self.library.vocabulary.facts[fact]
        found = self.evaluation.batch.found(fact)[self.i]
        if declared.derived is not None and found.cell[0] != "v" and not declared.choice:
            return [
                name
                for source in declared.source
                if self.evaluation.batch.found(source)[self.i].cell[0] not in ("v", "c")
                for name in self._inputs(source)
            ]
        if declared.keyed_by is not None and found.cell[0] != "v":
            if self.evaluation.batch.found(declared.keyed_by)[self.i].cell[0] != "v":
                return [declared.keyed_by, fact]
        return [fact]

    def _add(self, fact: str, node: nodes.Node, out: dict[str, Unknown]) -> None:
        declared = self.library.vocabulary.facts[fact]
        kind, value = self.evaluation.batch.found(fact)[self.i].cell
        supplier = declared.supplier
        why = ""
        if kind == "v":
            why = f"'{self.speaker.term(value)}' is too general: which kind?"
            supplier = "planner"
        elif supplier == "table" and declared.table is not None:
            table = self.library.tables[declared.table]
            line = self.evaluation.batch.lines[self.i]
            keyed = declared.keyed_by and self.evaluation.batch.found(declared.keyed_by)[self.i].cell[0] == "v"
            if keyed and not table.covers(line.day):
                why = f"the table '{table.id}' does not reach {line.day}"
            elif keyed:
                why, supplier = f"the table '{table.id}' does not say", "planner"
        out.setdefault(fact, Unknown(fact, declared.question, supplier, why))

    # --- why not --------------------------------------------------------------------------------------------------
    def distance(self, node: nodes.Node, bound: int = 99) -> tuple[int, bool]:
        """How many clauses :meth:`failing` names for a false node, and whether each is an opener nobody spoke of.

        Of more clauses than ``bound`` no more are counted, once one is no such opener.
        """
        planes, bit = self.evaluation.planes, self.bit
        if type(node) is nodes.All:
            clauses, unspoken = 0, True
            for part in node.parts:
                if planes(part).f & bit:
                    if type(part) is nodes.FactLeaf:
                        clauses += 1
                        unspoken = unspoken and self._unspoken(part)
                    else:
                        more, also = self.distance(part, bound - clauses)
                        clauses += more
                        unspoken = unspoken and also
                    if clauses > bound and not unspoken:
                        break
            return clauses, unspoken
        if type(node) is nodes.FactLeaf:
            return 1, self._unspoken(node)
        if type(node) is nodes.Any_:
            nearest = (99, False)
            for part in node.parts:
                if planes(part).f & bit:
                    way = self.distance(part, min(bound, nearest[0]))
                    if way[0] < nearest[0]:
                        nearest = way
            return nearest
        if type(node) is nodes.Named:
            return self.distance(node.part, bound)
        return 1, False

    def _unspoken(self, leaf: nodes.FactLeaf) -> bool:
        cell = self.evaluation.batch.found(leaf.fact)[self.i].cell
        return cell[0] == "o" and self.library.vocabulary.facts[leaf.fact].opener

    def failing(self, node: nodes.Node, within: str = "") -> tuple[list[Clause], int]:
        """The smallest set of clauses that keep a node false, and how many other ways there were."""
        match node:
            case nodes.All():
                clauses: list[Clause] = []
                others = 0
                for part in node.parts:
                    if self.false(part):
                        more, alternatives = self.failing(part, within)
                        clauses += more
                        others += alternatives
                return clauses, others
            case nodes.Any_():
                ways = [self.failing(part, within) for part in node.parts if self.false(part)]
                if not ways:
                    return [], 0
                shortest = min(ways, key=lambda way: len(way[0]))
                return shortest[0], shortest[1] + len(ways) - 1
            case nodes.Not():
                return [Clause("", "", f"not where {listed(self.met(node.part), 'and') or 'it holds'}", within)], 0
            case nodes.Named():
                name = node.definition.id.replace("-", " ")
                more, others = self.failing(node.part, name)
                return self._named(node, more, name), others
            case nodes.FactLeaf():
                return [Clause(node.fact, self.found(node.fact), self.would_do(node), within)], 0
            case nodes.Computed():
                return [Clause("", "", node.name, within)], 0
            case nodes.Constant():
                return [Clause("", "", "a grant that is not law on the day", within)], 0
        return [Clause("", "", "another answer of counsel", within)], 0

    def _named(self, node: nodes.Named, clauses: Sequence[Clause], name: str) -> list[Clause]:
        return [Clause(one.fact, one.found, one.would_do, one.within or name) for one in clauses]

    def found(self, fact: str) -> str:
        """The value a fact has on the line, in words."""
        found = self.evaluation.batch.found(fact)[self.i]
        kind, value = found.cell
        if kind == "o":
            return "not part of the proposal"
        if kind != "v":
            return "unsaid"
        declared = self.library.vocabulary.facts[fact]
        if isinstance(value, tuple):
            return listed([self.speaker.term(v) for v in value], "and") or "none"
        if declared.type == "years":
            return f"{float(value):.1f} years"
        return self.speaker.term(value) if declared.type == "term" else amount(value, declared.type)

    def would_do(self, leaf: nodes.FactLeaf) -> str:
        """The values that would make a leaf true, in words."""
        if leaf.kind == "bounds":
            return self.speaker.bounds(leaf.fact, leaf.operand)
        return self.speaker.operand(leaf.fact, leaf.operand)

    def said(self, node: nodes.Node) -> str:
        """What makes a node true, in words."""
        return "; ".join(self.met(node)) or "it holds"

    def met(self, node: nodes.Node) -> list[str]:
        """The tests that make a node true, each in words."""
        return [f"{self.speaker.fact(fact)} is {self.found(fact)}" for fact in self.tested(node)]

    def tested(self, node: nodes.Node) -> list[str]:
        """The facts whose tests make a true node true."""
        out: dict[str, None] = {}

        def go(one: nodes.Node) -> None:
            match one:
                case nodes.All() | nodes.Any_():
                    for part in one.parts:
                        if self.true(part):
                            go(part)
                case nodes.Named():
                    go(one.part)
                case nodes.Not():
                    for leaf in leaves(one.part):
                        if isinstance(leaf, nodes.FactLeaf) and not self.unknown(leaf):
                            out.setdefault(leaf.fact)
                case nodes.FactLeaf():
                    out.setdefault(one.fact)
                case nodes.Computed():
                    for name in one.facts:
                        out.setdefault(name)
                case nodes.CapLeaf():
                    out.setdefault(one.cap.counts)

        go(node)
        return list(out)


def leaves(node: nodes.Node) -> list[nodes.Node]:
    """Every leaf below a node."""
    match node:
        case nodes.All() | nodes.Any_():
            return [leaf for part in node.parts for leaf in leaves(part)]
        case nodes.Not() | nodes.Named():
            return leaves(node.part)
    return [node]


def facts_read(node: nodes.Node) -> set[str]:
    """Every fact a node may read."""
    out: set[str] = set()
    for leaf in leaves(node):
        match leaf:
            case nodes.FactLeaf():
                out.add(leaf.fact)
            case nodes.Computed():
                out.update(leaf.facts)
            case nodes.CapLeaf():
                out.add(leaf.cap.counts)
                if leaf.cap.used:
                    out.add(leaf.cap.used)
    return out


def acts_in(node: nodes.Node) -> list[str]:
    """Every act a node tests for being done."""
    return list(
        dict.fromkeys(leaf.act for leaf in leaves(node) if isinstance(leaf, nodes.ActLeaf) and leaf.state == "done")
    )


def plain(value: Any) -> Any:
    """A value for JSON."""
    return list(value) if isinstance(value, tuple) else value
