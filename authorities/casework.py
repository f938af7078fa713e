"""The cases beside the rules: each is judged, and its verdict and deciding provisions compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.answering import answer
from rules.faults import FaultsError
from rules.findings import Finding
from rules.library import Library
from rules.lines import Line
from rules.proposals import Proposal, expand, from_mapping
from rules.provisions import Case, LawFile
from rules.rulebook import Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case gave: ``problem`` is empty when it passed."""

    file: str
    case: Case
    verdict: str
    deciding: tuple[str, ...]
    problem: str

    @property
    def place(self) -> str:
        """Where the case stands."""
        return f"{self.file}:{self.case.line}"


def run_cases(
    library: Library, ids: frozenset[str] = frozenset(), but: frozenset[int] = frozenset()
) -> Iterator[Outcome]:
    """Every case of every file, or of the files with these ids, each judged alone. ``but``: not these (by identity)."""
    shelf = Shelf(library)
    for file in library.files():
        if not ids or file.id in ids:
            for case in file.cases:
                if id(case) not in but:
                    yield run_case(library, shelf, file, case)


def known_of(case: Case) -> date:
    """The day of knowledge of a case."""
    return case.known or max(date.today(), case.date)


def lines_of(library: Library, file: LawFile, case: Case) -> tuple[Line, ...]:
    """The lines of a case: the first is the one judged; more than one share caps."""
    return _proposal(library, file, case).lines


def _proposal(library: Library, file: LawFile, case: Case) -> Proposal:
    document = from_mapping({"date": case.date, **case.given}, f"{file.path}:{case.line}")
    return expand(library, document, today=case.date)


def finding_of(library: Library, shelf: Shelf, file: LawFile, case: Case) -> Finding:
    """The finding a case asks about: under its own file, or under the authority it names."""
    asked = case.under or file.id
    proposal = _proposal(library, file, case)
    known = known_of(case)
    found = answer(library, shelf, proposal, known=known, today=case.date, strict=case.strict, asked=asked)
    return found.lines[0].findings[0]


def run_case(library: Library, shelf: Shelf, file: LawFile, case: Case) -> Outcome:
    """Judge one case."""
    try:
        finding = finding_of(library, shelf, file, case)
    except FaultsError as error:
        return Outcome(file.path, case, "error", (), str(error))
    return Outcome(file.path, case, finding.verdict, finding.deciding, problem_of(case, finding))


def problem_of(case: Case, finding: Finding) -> str:
    """How a finding differs from what a case says of it; empty where it does not."""
    problem = ""
    if finding.verdict != case.verdict:
        problem = f"expected {case.verdict}, found {finding.verdict}"
    else:
        absent = [key for key in case.because if key not in finding.deciding]
        if absent:
            problem = (
                f"expected {', '.join(absent)} to decide; what decides: {', '.join(finding.deciding) or 'nothing'}"
            )
        wrong = [key for key in case.not_because if key in finding.deciding]
        if wrong:
            problem = f"expected {', '.join(wrong)} not to decide"
        later = [todo.ref.key for todo in finding.follow_up]
        absent = [key for key in case.follows if key not in later]
        if absent:
            problem = f"expected {', '.join(absent)} to follow; what follows: {', '.join(later) or 'nothing'}"
        wrong = [key for key in case.not_follows if key in later]
        if wrong:
            problem = f"expected {', '.join(wrong)} not to follow"
    return problem
