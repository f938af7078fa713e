"""Missing cases of several lines: what a cap counts together shows only where a proposal names two partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from authorities.casework import known_of, lines_of
from authorities.mutation._bench import Bench
from authorities.mutation._examples import Example
from authorities.mutation._observing import Observed, observe
from authorities.mutation._proof import Difference
from authorities.mutation._reading import with_file
from authorities.mutation._shown import Missing, changed_case, differing, edits_between, made
from authorities.mutation.mutants import Mutant
from rules.faults import FaultsError
from rules.judge import run
from rules.library import Library
from rules.provisions import Cap, Case, LawFile
from rules.rulebook import Builder, Shelf

PROJECT = "one"


def shares(mutant: Mutant) -> bool:
    """Whether a mutant changes what a cap counts together."""
    return mutant.section == "caps" and mutant.key in ("per", "group")


def joined(
    bench: Bench, mutant: Mutant, sought: Iterable[tuple[Example, Difference]], lines: list[int]
) -> Missing | None:
    """A case of two partners, near one of some cases, of which the law and the mutant say otherwise.

    ``lines`` gets the number of cases tried.
    """
    library = with_file(bench.library, mutant.changed)
    shelves = Shelf(bench.library), Shelf(library)
    for example, one in sought:
        for case in _tried(bench.library, example, one, mutant):
            lines[0] += 1
            found = _told_apart(bench, library, shelves, example, case)
            if found is not None:
                return Missing(example.file, found)
    return None


def _tried(library: Library, example: Example, one: Difference, mutant: Mutant) -> Iterator[Case]:
    """The case with two partners, each counting a little over half of what the cap allows."""
    files = {f.id: f for f in library.files()}
    cap = next(c for c in files[mutant.file].caps if c.id == mutant.provision)
    day = max(example.lines[0].day, one.day)
    amount = _amount(library, files[mutant.file], cap, day, known_of(example.case))
    if amount is None:
        return
    counted = {cap.counts: amount // 2 + 1}
    partners = list(islice(_fitting(library, files[example.file], example, day), 2))
    for project in ({}, {"project": PROJECT}) if len(partners) == 2 else ():
        given: dict[str, Any] = {"partner": partners, **counted, **project}
        yield changed_case(example.case, edits_between(given, day, example), "", (), ())


def _fitting(library: Library, file: LawFile, example: Example, day: date) -> Iterator[str]:
    """Partners of whom the tables say nothing against the case: its own first."""
    below = library.vocabulary.taxonomy.below
    own = example.case.given.get("partner")
    some = [own] if isinstance(own, str) else []
    some += [t for t in sorted(below[library.vocabulary.facts["partner"].of or ""]) if len(below[t]) == 1 and t != own]
    for partner in some:
        case = changed_case(example.case, edits_between({"partner": partner}, day, example), "", (), ())
        try:
            lines_of(library, file, case)
        except FaultsError:
            continue
        yield partner


def _amount(library: Library, file: LawFile, cap: Cap, day: date, known: date) -> int | None:
    if isinstance(cap.amount, int):
        return cap.amount
    states = Builder(library, day, known).value(file, cap.amount)
    return int(states[0][0]) if states else None


def _told_apart(
    bench: Bench, library: Library, shelves: tuple[Shelf, Shelf], example: Example, case: Case
) -> Case | None:
    file = next(f for f in bench.library.files() if f.id == example.file)
    try:
        one = Example(example.file, example.asked, case, lines_of(bench.library, file, case))
    except FaultsError:
        return None
    (seen, bit), (shown, _) = (
        _first(lib, shelf, one) for lib, shelf in zip((bench.library, library), shelves, strict=True)
    )
    for lines, kind in differing(seen, shown):
        if lines & bit:
            return made(case, (), bit, seen, shown, kind)
    return None


def _first(library: Library, shelf: Shelf, one: Example) -> tuple[Observed, int]:
    """What a finding shows, and the bit of the first line in it."""
    sessions = run(library, shelf, one.lines, known=known_of(one.case), strict=one.case.strict, asked=one.asked)
    session = next(s for s in sessions if 0 in s.places)
    return observe(session.evaluation, session.judged[one.asked]), 1 << session.places.index(0)
