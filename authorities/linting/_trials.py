"""The cases, judged once: what failed, what decided, and each provision's truth in them.

Only a case that passes, and that a person has confirmed, says anything of a provision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from authorities.casework import known_of, lines_of, run_case
from authorities.mutation._observing import Observed, observe
from rules import nodes
from rules.books import AuthorityBook, Rulebook
from rules.evaluate import Evaluation
from rules.faults import FaultsError
from rules.judge import LAWFUL, Judged, judge, judge_alone, run
from rules.library import Library
from rules.lines import Batch, Line
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

    @property
    def asked(self) -> str:
        """The file the case is judged under."""
        return self.case.under or self.file.id


class Trials:
    """All cases of a library."""

    def __init__(self, library: Library):
        self.library, self.shelf = library, Shelf(library)
        self.decides: set[Key] = set()
        self.holds: set[Key] = set()
        self.fails: set[Key] = set()
        self._done: dict[tuple[str, int], Trial] = {}
        every = [Trial(file, i, case, "", (), "") for file in library.files() for i, case in enumerate(file.cases)]
        groups: dict[tuple[str, date, bool], list[tuple[Trial, tuple[Line, ...]]]] = {}
        for one in every:
            try:
                lines = lines_of(library, one.file, one.case)
            except FaultsError:
                self._again(one)
            else:
                key = (one.asked, known_of(one.case), one.case.strict)
                groups.setdefault(key, []).append((one, lines))
        for (asked, known, strict), some in groups.items():
            self._group(asked, known, strict, some)
        self.all = tuple(self._done[one.file.id, one.index] for one in every)

    def _group(self, asked: str, known: date, strict: bool, some: list[tuple[Trial, tuple[Line, ...]]]) -> None:
        """Cases asked alike: those of one line judged in one pass for each rulebook, others as proposals."""
        single: dict[int, tuple[Rulebook, list[tuple[Trial, Line]]]] = {}
        joined: list[Line] = []
        firsts: dict[int, Trial] = {}
        for number, (one, lines) in enumerate(some):
            if len(lines) == 1:
                book = self.shelf.book(lines[0].day, known)
                single.setdefault(id(book), (book, []))[1].append((one, lines[0]))
            else:
                firsts[len(joined)] = one
                joined += [replace(line, group=number) for line in lines]
        for book, ones in single.values():
            evaluation = Evaluation(Batch(self.library, [line for _, line in ones], strict=strict))
            self._judged(asked, evaluation, judged_by(book, evaluation, asked), [one for one, _ in ones])
        for session in run(self.library, self.shelf, joined, known=known, strict=strict, asked=asked):
            first = [firsts.get(place) for place in session.places]
            self._judged(asked, session.evaluation, session.judged[asked], first)

    def _judged(self, asked: str, evaluation: Evaluation, judged: Judged, trials: Sequence[Trial | None]) -> None:
        """What a batch shows of the cases that its lines are (None: a line that only stands beside another)."""
        here = {1 << i: one for i, one in enumerate(trials) if one is not None}
        seen = observe(evaluation, judged)
        sound = lawful = 0
        for bit, one in here.items():
            if not _holds(one.case, seen, bit):
                self._again(one)
                continue
            deciding = tuple(key for key, lines in seen.deciding.items() if lines & bit)
            self._put(replace(one, verdict=one.case.verdict, deciding=deciding))
            if one.case.confirmed:
                sound |= bit
                lawful |= bit if one.case.verdict in LAWFUL else 0
                self.decides |= {self._key(asked, key) for key in one.case.because or deciding}
        if sound:
            self._book(evaluation, judged.book, sound)
            self._later(evaluation, judged.book, lawful)

    def _put(self, one: Trial) -> None:
        self._done[one.file.id, one.index] = one

    def _again(self, one: Trial) -> None:
        """A case that does not hold, judged by itself: why."""
        found = run_case(self.library, self.shelf, one.file, one.case)
        problem = found.problem.splitlines()[0] if found.problem else ""
        self._put(replace(one, verdict=found.verdict, deciding=found.deciding, problem=problem))

    def _key(self, asked: str, key: str) -> Key:
        limit, dot, id_ = key.partition(".")
        return (limit, id_) if dot else (asked, key)

    def _later(self, evaluation: Evaluation, book: AuthorityBook, lawful: int) -> None:
        """Duties that come after a lawful activity: they decide nothing, and a case shows that they are due."""
        for duty in book.duties:
            later = duty.provision.direction == "after" or duty.provision.recurring
            if later and lawful & ~evaluation.planes(duty.applies).f:
                self.decides.add((duty.file.id, duty.provision.id))

    def _book(self, evaluation: Evaluation, book: AuthorityBook, sound: int) -> None:
        """What holds, and what fails, on some of the lines that are ``sound``."""
        seen: set[int] = set()

        def note(key: Key, node: nodes.Node) -> None:
            self._note(evaluation, key, node, sound)
            self._definitions(evaluation, node, seen, sound)

        for id_, grant, node in book.grants:
            note((grant.file, id_), node)
        for bar in book.bars:
            note((bar.file.id, bar.provision.id), bar.node)
        for duty in book.duties:
            note((duty.file.id, duty.provision.id), duty.applies)
            if duty.excused is not None:
                self._definitions(evaluation, duty.excused, seen, sound)
        for cap in book.caps:
            note((cap.file.id, cap.provision.id), cap.node)
        for fund in book.funds:
            note((fund.file.id, fund.provision.id), fund.never if fund.provision.never else fund.node)

    def _note(self, evaluation: Evaluation, key: Key, node: nodes.Node, sound: int) -> None:
        planes = evaluation.planes(node)
        if planes.t & sound:
            self.holds.add(key)
        if planes.f & sound:
            self.fails.add(key)

    def _definitions(self, evaluation: Evaluation, node: nodes.Node, seen: set[int], sound: int) -> None:
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
                    self._note(evaluation, (one.definition.file, one.definition.id), one, sound)
                    todo.append(one.part)

    def of(self) -> dict[str, list[Trial]]:
        """Trials by the file they stand in."""
        out: dict[str, list[Trial]] = defaultdict(list)
        for one in self.all:
            out[one.file.id].append(one)
        return out


def judged_by(book: Rulebook, evaluation: Evaluation, asked: str) -> Judged:
    """One authority, or one limit by itself, on every line."""
    authority = book.authorities.get(asked)
    if authority is not None:
        return judge(evaluation, authority, evaluation.full)
    return judge_alone(evaluation, book.limits[asked])


def _holds(case: Case, seen: Observed, bit: int) -> bool:
    """Whether a line shows all that its case asserts."""
    return (
        bool(seen.verdicts.get(case.verdict, 0) & bit)
        and all(seen.deciding.get(key, 0) & bit for key in case.because)
        and not any(seen.deciding.get(key, 0) & bit for key in case.not_because)
        and all(seen.follows.get(key, 0) & bit for key in case.follows)
        and not any(seen.follows.get(key, 0) & bit for key in case.not_follows)
    )
