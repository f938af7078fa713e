"""The cases, judged once: what failed, what decided, and each provision's truth in them.

Only a case that passes, and that a person has confirmed, says anything of a provision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from authorities.casework import run_case
from rules import nodes
from rules.books import AuthorityBook
from rules.evaluate import Evaluation
from rules.judge import LAWFUL, run
from rules.library import Library
from rules.proposals import expand, from_mapping
from rules.provisions import Case, LawFile
from rules.rulebook import Shelf

Key = tuple[str, str]
"""(file id, provision id)."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One case: what it gave. ``problem``: why it could not be judged, or how its verdict differs."""

    file: LawFile
    index: int
    case: Case
    verdict: str
    deciding: tuple[str, ...]
    problem: str


class Trials:
    """All cases of a library."""

    def __init__(self, library: Library):
        self.library, self.shelf = library, Shelf(library)
        self.decides: set[Key] = set()
        self.holds: set[Key] = set()
        self.fails: set[Key] = set()
        self._limits = library.limits
        self.all = tuple(self._run())

    def _run(self) -> Iterator[Trial]:
        for file in self.library.files():
            for i, case in enumerate(file.cases):
                yield self._trial(file, i, case)

    def _trial(self, file: LawFile, index: int, case: Case) -> Trial:
        try:
            found = run_case(self.library, self.shelf, file, case)
        except IndexError:
            return Trial(file, index, case, "error", (), f"there is no finding under '{case.under or file.id}'")
        problem = found.problem.splitlines()[0] if found.problem else ""
        if not problem and case.confirmed:
            asked = (case.under or file.id).partition(".")[0]
            self.decides |= {self._key(asked, key) for key in case.because or found.deciding}
            self._read(file, case, found.verdict)
        return Trial(file, index, case, found.verdict, found.deciding, problem)

    def _key(self, asked: str, key: str) -> Key:
        limit, dot, id_ = key.partition(".")
        return (limit, id_) if dot else (asked, key)

    def _read(self, file: LawFile, case: Case, verdict: str) -> None:
        """Which provisions and definitions hold, and which fail, of the first line of a case."""
        asked = case.under or file.id
        proposal = expand(self.library, from_mapping({"date": case.date, **case.given}, file.path), today=case.date)
        known = case.known or max(date.today(), case.date)
        for session in run(self.library, self.shelf, proposal.lines, known=known, strict=case.strict, asked=asked):
            for judged in session.judged.values():
                self._book(session.evaluation, judged.book)
                if verdict in LAWFUL:
                    self._later(session.evaluation, judged.book)

    def _later(self, evaluation: Evaluation, book: AuthorityBook) -> None:
        """Duties that come after a lawful activity: they decide nothing, and a case shows that they are due."""
        for duty in book.duties:
            later = duty.provision.direction == "after" or duty.provision.recurring
            if later and not evaluation.planes(duty.applies).f:
                self.decides.add((duty.file.id, duty.provision.id))

    def _book(self, evaluation: Evaluation, book: AuthorityBook) -> None:
        seen: set[int] = set()

        def note(key: Key, node: nodes.Node) -> None:
            planes = evaluation.planes(node)
            if planes.t:
                self.holds.add(key)
            if planes.f:
                self.fails.add(key)
            self._definitions(evaluation, node, seen)

        for id_, grant, node in book.grants:
            note((grant.file, id_), node)
        for bar in book.bars:
            note((bar.file.id, bar.provision.id), bar.node)
        for duty in book.duties:
            note((duty.file.id, duty.provision.id), duty.applies)
            if duty.excused is not None:
                self._definitions(evaluation, duty.excused, seen)
        for cap in book.caps:
            note((cap.file.id, cap.provision.id), cap.node)
        for fund in book.funds:
            note((fund.file.id, fund.provision.id), fund.never if fund.provision.never else fund.node)

    def _definitions(self, evaluation: Evaluation, node: nodes.Node, seen: set[int]) -> None:
        todo = [node]
        while todo:
            one = todo.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            match one:
                case nodes.All() | nodes.Any_():
                    todo.extend(one.parts)
                case nodes.Not():
                    todo.append(one.part)
                case nodes.Named():
                    planes = evaluation.planes(one)
                    key = (one.definition.file, one.definition.id)
                    if planes.t:
                        self.holds.add(key)
                    if planes.f:
                        self.fails.add(key)
                    todo.append(one.part)

    def of(self) -> dict[str, list[Trial]]:
        """Trials by the file they stand in."""
        out: dict[str, list[Trial]] = defaultdict(list)
        for one in self.all:
            out[one.file.id].append(one)
        return out
