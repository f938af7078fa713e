"""What a run came to: each mutant's end, and the fewest missing cases that would kill those that live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from authorities.casework import lines_of
from authorities.mutation._bench import Bench
from authorities.mutation._examples import Example
from authorities.mutation._shown import Missing
from authorities.mutation.equivalence import Settled
from authorities.mutation.mutants import Mutant
from rules.library import Library
from rules.provisions import Case


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one mutant."""

    mutant: Mutant
    settled: Settled


@dataclass(frozen=True, slots=True)
class Wanted:
    """A missing case, for a file, with the mutants it would kill."""

    file: str
    case: Case
    kills: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Every mutant with its end; the cases wanted; exclusions of what is no mutant, or is none that lives."""

    results: Sequence[Result]
    cases: Sequence[Wanted] = ()
    stale: tuple[str, ...] = ()

    def count(self, *statuses: str) -> int:
        """How many mutants came to this."""
        return sum(r.settled.status in statuses for r in self.results)

    @property
    def undecided(self) -> list[Result]:
        """The mutants, excluded ones too, of which no case was found and no proof."""
        return [r for r in self.results if "unproved" in (r.settled.status, r.settled.found)]

    @property
    def survivors(self) -> list[Result]:
        """The mutants neither killed, nor proved the same as the law, nor excluded."""
        return [r for r in self.results if r.settled.status in ("missing", "unproved", "waiting")]


def few_cases(library: Library, results: Iterable[Result]) -> tuple[Wanted, ...]:
    """Of the missing cases, a few that kill all that they kill together, file by file."""
    by_file: dict[str, list[Result]] = {}
    for one in results:
        if one.settled.missing is not None:
            by_file.setdefault(one.mutant.file, []).append(one)
    return tuple(wanted for some in by_file.values() for wanted in _few(library, some))


def _few(library: Library, results: Sequence[Result]) -> list[Wanted]:
    files = {f.id: f for f in library.files()}
    proposed: dict[tuple[str, str], Missing] = {}
    for one in results:
        missing = one.settled.missing
        assert missing is not None
        key = (missing.file, repr((missing.case.date, missing.case.given, missing.case.under, missing.case.strict)))
        before = proposed.get(key)
        proposed[key] = missing if before is None else _merged(before, missing)
    examples: dict[int, Missing] = {}
    ready: list[Example] = []
    for missing in proposed.values():
        lines = lines_of(library, files[missing.file], missing.case)
        example = Example(missing.file, missing.case.under or missing.file, missing.case, lines)
        examples[id(example)] = missing
        ready.append(example)
    bench = Bench(library, ready)
    kills: dict[int, list[Mutant]] = {}
    for one in results:
        for example in bench.killers(one.mutant):
            kills.setdefault(id(example), []).append(one.mutant)
    left = {m.id for some in kills.values() for m in some}
    out: list[Wanted] = []
    while left:
        best = max(kills, key=lambda k: sum(m.id in left for m in kills[k]))
        killed = tuple(m for m in kills[best] if m.id in left)
        left -= {m.id for m in killed}
        missing = examples[best]
        cite = killed[0].cite if missing.file == killed[0].file else ""
        out.append(Wanted(missing.file, replace(missing.case, paragraph=cite), killed))
    return out


def _merged(one: Missing, other: Missing) -> Missing:
    """The same story asserting what both assert."""
    both: Any = {
        key: tuple(dict.fromkeys((*getattr(one.case, key), *getattr(other.case, key))))
        for key in ("because", "not_because", "follows", "not_follows")
    }
    return Missing(one.file, replace(one.case, **both))
