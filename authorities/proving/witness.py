"""A proposal that two editions judge differently: read from the solver, made short, written as a case, and judged again
by the evaluator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import z3

from authorities.casework import finding_of
from authorities.mutation._writing import case_from, case_lines
from authorities.proving.asking import SPOKEN, Question
from authorities.proving.faults import NotConfirmed
from authorities.proving.formulas import Formula
from authorities.proving.ground import DATE
from authorities.proving.numbers import PARTS
from authorities.proving.solving import variables_in
from authorities.proving.stretches import Cell
from rules.faults import FaultsError
from rules.judge import VERDICTS
from rules.library import Library
from rules.lines import UNKNOWN
from rules.provisions import Case, LawFile
from rules.rulebook import Shelf

SOURCE = "stated for this case"
"""The source a case gives where it answers for a table or for counsel."""
_NEAR = (("start", 400), ("delivery", 800), ("end", 1200))


class Witness(NamedTuple):
    """A case, as YAML to paste under ``cases:`` of the authority, with each edition's verdict."""

    case: Case
    before: str
    after: str

    def yaml(self) -> str:
        """The case as it stands in a rule file."""
        return "\n".join(case_lines(self.case))


def witness_of(
    question: Question,
    file: LawFile,
    editions: Sequence[tuple[Library, Shelf]],
    verdicts: tuple[Sequence[Formula], Sequence[Formula]],
) -> Witness:
    """The shortest proposal found that answers a question. Raises :class:`NotConfirmed` if the evaluator denies it."""
    _Short(question)
    told = [_told(question, some) for some in verdicts]
    case = _case(question, told)
    return confirmed(Witness(case, told[0], told[1]), file, editions)


def confirmed(witness: Witness, file: LawFile, editions: Sequence[tuple[Library, Shelf]]) -> Witness:
    """The witness, if each edition's evaluator gives the verdict foretold of the case as it will be printed."""
    text = witness.yaml()
    for (library, shelf), told in zip(editions, (witness.before, witness.after), strict=True):
        own = library.authorities.get(file.id) or library.limits[file.id]
        try:
            found = finding_of(library, shelf, own, case_from(text)).verdict
        except FaultsError as error:
            found = str(error)
        if found != told:
            raise NotConfirmed(f"{file.id}: the solver says '{told}', the evaluator '{found}', of this case:\n{text}")
    return witness


def _told(question: Question, verdicts: Sequence[Formula]) -> str:
    for name, where in zip(VERDICTS, verdicts, strict=True):
        if question.true(where):
            return name
    raise NotConfirmed("the solver gives no verdict at all")


class _Short:
    """Makes the proposal that a question found leave out all that it can, and its days near to one another."""

    def __init__(self, question: Question):
        self.question, self.lowering, self.ground = question, question.lowering, question.ground
        number = self.lowering.number
        self.day, waits = number(("line day",)), number(("waits from",))
        question.prefer(z3.Not(self.lowering.term(self.ground.strict)))
        question.prefer(self.day == waits)
        self._leave_out(list(self._spoken()))
        self._days()

    def _leave_out(self, some: list[int]) -> None:
        """Leave out what can be, a half at a time; what the proposal at hand leaves out stays out."""
        said = [id_ for id_ in some if self.question.true(id_)]
        kept = set(said)
        self.question.solver.add([self.lowering.term(-id_) for id_ in some if id_ not in kept])
        if said and not self.question.prefer(z3.And([self.lowering.term(-id_) for id_ in said])) and len(said) > 1:
            middle = len(said) // 2
            self._leave_out(said[middle:])
            self._leave_out(said[:middle])

    def _spoken(self) -> Iterator[int]:
        """Whatever a proposal may say or not: sources, words on questions, acts, ``unknown``, values; sets last."""
        words: dict[int, Any] = {id_: self.ground.pool.parts[id_] for id_ in self.question.atoms}
        for kind in (*SPOKEN, "any"):
            yield from (id_ for id_, one in words.items() if one[0] == kind)

    def _now(self) -> int:
        """The last day through which the law of the first edition was read, or its last Act."""
        library = self.ground.libraries[0]
        return max((library.known_through or date.min, *library.laws.values())).toordinal()

    def _days(self) -> None:
        """A day that begins a stretch, or is near to it; other days and the money's year near to that day."""
        question, number = self.question, self.lowering.number
        for cell in question.cells[:3]:
            first, last = cell.first.toordinal(), cell.last.toordinal()
            now = min(max(first, self._now()), last)
            if any(question.prefer(z3.And(self.day >= max(first, now - n), self.day <= now)) for n in (0, 370)):
                break
        told: set[Any] = {self.ground.pool.parts[id_][:2] for id_ in question.spoken if question.true(id_)}
        kept = {
            name for id_ in question.atoms for name in _named(self.ground.pool.parts[id_]) if _told_of(name) in told
        }
        for name in sorted(kept, key=repr):
            if name[0] in ("day", "act"):
                near = dict(_NEAR).get(name[1], 400)
                question.prefer(z3.And(number(name) >= self.day - 400, number(name) <= self.day + near))
        for name in sorted(kept, key=repr):
            if name[0] == "num" and any(name[1] in lib.vocabulary.money_years for lib in self.ground.libraries):
                for years in (2, 8):
                    apart = 365 * number(name) - (self.day - 180)
                    if question.prefer(z3.And(apart >= -366 * years, apart <= 366 * years)):
                        break


def _told_of(name: Any) -> tuple[Any, ...]:
    """The beginning of the atom by which a proposal tells a number."""
    return ("act" if name[0] == "act" else "said", *name[1:2])


def _named(words: Any) -> Iterator[Any]:
    """The variables an atom speaks of, and the days of its fiscal years."""
    named: Any
    for named in variables_in(words):
        yield named
        if named[0] == "fy":
            yield from (inner for _, inner in named[1])


# --- the case --------------------------------------------------------------------------------------------------------
def _case(question: Question, told: Sequence[str]) -> Case:
    """The proposal found as a case, with the first edition's verdict."""
    ground = question.ground

    def day(name: Any) -> date:
        return date.fromordinal(question.value(name))

    line, waits = day(("line day",)), day(("waits from",))
    given: dict[str, Any] = {} if line == waits else {DATE: UNKNOWN}
    acts: dict[str, Any] = {}
    said: list[Any] = [ground.pool.parts[id_] for id_ in question.spoken if question.true(id_)]
    sourced = {one[1] for one in said if one[0] == "sourced"}
    plain = {ground.pool.parts[id_][1] for id_ in question.spoken if ground.pool.parts[id_][0] == "sourced"} - sourced
    for kind, *rest in said:
        match kind, rest:
            case "said", [fact]:
                value = _value(question, fact)
                answered = any(one.table is not None for one in ground.declared(fact)) and fact not in plain
                given[fact] = {"value": value, "source": SOURCE} if answered or fact in sourced else value
            case "unknown", [fact]:
                given[fact] = UNKNOWN
            case "act", [act, state]:
                acts[act] = day(("act", act)) if state == "dated" else state
            case "answer", [which, answer]:
                given[which] = {"value": answer, "source": SOURCE}
    if acts:
        given["acts"] = acts
    cell = next(one for one in question.cells if one.first <= line <= one.last)
    return Case(
        name=f"{told[0]} in one edition and {told[1]} in the other",
        date=waits,
        given=given,
        verdict=told[0],
        strict=question.true(ground.strict),
        known=_known(cell, line),
        confirmed=False,
    )


def _known(cell: Cell, day: date) -> date:
    """A day of knowledge in a stretch, on the day of the line if that can be."""
    return min(max(cell.known, day), cell.known_last)


def _value(question: Question, fact: str) -> Any:
    """The value stated of a fact: of those the solver takes for alike, the most specific, first in the alphabet."""
    lowering, ground = question.lowering, question.ground
    one = ground.declared(fact)[0]
    if one.type in ("term", "boolean"):
        ids = [id_ for id_ in question.atoms if _asks(ground.pool.parts[id_], fact)]
        ways = lowering.ways(fact, ids)
        if one.many:
            there = [
                values
                for n, values in enumerate(ways.values())
                if z3.is_true(question.model.eval(lowering.member(fact, n), model_completion=True))
            ]
            value: Any = [_plainest(ground.libraries, values) for values in there]
        else:
            value = _plainest(ground.libraries, ways[tuple(question.true(id_) for id_ in ids)])
    elif one.type == "date":
        value = date.fromordinal(question.value(("day", fact)))
    elif one.type == "text":
        value = "x"
    else:
        value = question.value(("num", fact))
        if one.type == "years":
            value = Decimal(value) / PARTS if value % PARTS else value // PARTS
    return value


def _asks(words: Any, fact: str) -> bool:
    return bool(words[0] in ("in", "any") and words[1] == fact)


def _plainest(libraries: Sequence[Library], values: Sequence[Any]) -> Any:
    below = libraries[0].vocabulary.taxonomy.below
    return min(values, key=lambda one: (len(below.get(one, ())), str(one)))
