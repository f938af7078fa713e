"""The case that is missing: a proposal near one of the library's cases, of which the law and a mutant say otherwise."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from authorities.casework import known_of, lines_of
from authorities.mutation._bench import Bench, Group, book_of, owner
from authorities.mutation._candidates import Candidates, Reach
from authorities.mutation._comparison import at_odds
from authorities.mutation._examples import Example
from authorities.mutation._grid import Edit, Grid, GridEvaluation, edited
from authorities.mutation._joined import joined, shares
from authorities.mutation._observing import observe
from authorities.mutation._proof import Difference, change_days, parts
from authorities.mutation._reading import with_file
from authorities.mutation._shown import Missing, differing, made, moved
from authorities.mutation.mutants import Mutant
from rules.books import AuthorityBook
from rules.evaluate import Evaluation
from rules.faults import FaultsError
from rules.judge import Judged, judge, judge_alone
from rules.library import Library
from rules.provisions import Case
from rules.rulebook import Builder

DAY = timedelta(days=1)
LINES = 1 << 17
"""Most lines judged around one case."""
TRIES = 20
"""Lines that differ, tried until one is a proposal that may be made."""
STAGES: tuple[tuple[Reach, int], ...] = (("odds", 24), ("definition", 24), ("all", 6))
"""How much is varied, and around how many cases: first what a mutant and the law are most at odds in."""
LEAST = 3
"""Cases around which a difference is sought, at the least, on each day and under each authority."""


@dataclass
class Search:
    """What a search came to: the missing case, or how many lines, around how many cases, were judged in vain."""

    missing: Missing | None = None
    lines: int = 0
    contexts: int = 0


class Witnesses:
    """Looks for missing cases; keeps what it made of the library."""

    def __init__(self, bench: Bench):
        self.bench, self.library = bench, bench.library
        self.days = sorted({d for file in self.library.files() for d in change_days(file)})
        self.examples: dict[str, list[Example]] = {}
        for group in bench.groups:
            for one in group.examples:
                self.examples.setdefault(one.asked, []).append(one)
        self._builders: dict[tuple[date, date], Builder] = {}

    def search(self, mutant: Mutant, differences: list[Difference]) -> Search:
        """A missing case, sought around some cases of each day and authority on which they differ."""
        library = with_file(self.library, mutant.changed)
        out = Search()
        if not differences:
            return out
        sought = [
            (example, one)
            for one in sorted(differences, key=lambda one: not self._lived(one))
            for example in self._contexts(one, mutant)[: max(LEAST, STAGES[0][1] // len(differences))]
        ]
        if shares(mutant):
            tried = [0]
            out.missing = joined(self.bench, mutant, sought, tried)
            out.lines, out.contexts = tried[0], len(sought)
            return out
        for reach, cases in STAGES:
            out.lines = out.contexts = 0
            for example, one in sought[: max(cases, len(differences))]:
                out.missing = self._around(example, one, mutant, library, out, reach)
                if out.missing is not None:
                    return out
        return out

    def _lived(self, one: Difference) -> bool:
        """Whether some case is already set in the days of a difference."""
        return any(one.day <= e.lines[0].day < one.until for e in self.examples.get(one.asked, ()))

    def _contexts(self, one: Difference, mutant: Mutant) -> list[Example]:
        """The cases asked under an authority, the most promising first."""
        own = self.examples.get(one.asked, [])

        def rank(example: Example) -> tuple[Any, ...]:
            return (
                example.file != mutant.file and one.asked != mutant.file,
                mutant.provision not in example.case.because,
                example.case.verdict in ("no authority", "prohibited"),
                not one.day <= example.lines[0].day < one.until,
                abs((example.lines[0].day - one.day).days),
            )

        return sorted(own, key=rank)

    def _around(
        self, example: Example, one: Difference, mutant: Mutant, library: Library, out: Search, reach: Reach
    ) -> Missing | None:
        line = example.lines[0]
        moves: tuple[Edit, ...] = ()
        if not one.day <= line.day < one.until:
            moves = tuple(moved(line, one.day - line.day))
            line = edited(line, moves)
        days = sorted({*self.days, *change_days(mutant.changed)})
        at = bisect_right(days, line.day)
        first = days[at - 1] if at else date.min
        last = days[at] if at < len(days) else None
        law, planted = self._books(one, first, max(known_of(example.case), line.day), mutant, library)
        candidates = self._candidates(one, law[0], planted[0])
        axes = candidates.axes(line, first, last, LINES, reach)
        grid = Grid(self.library, line, axes, strict=example.case.strict)
        judged = judge_alone if law[1] else _asked
        before = GridEvaluation(grid)
        seen = observe(before, judged(before, law[0]))
        after = GridEvaluation(grid, before)
        shown = observe(after, judged(after, planted[0]))
        out.lines += grid.product.count
        out.contexts += 1
        valid = grid.full & ~grid.backwards()
        for lines, kind in differing(seen, shown):
            for _ in range(TRIES):
                index = grid.product.nearest(lines & valid)
                if index is None:
                    break
                valid &= ~(1 << index)
                case = made(example.case, (*moves, *grid.edits_of(index)), 1 << index, seen, shown, kind)
                if self._holds(example, case, mutant, library):
                    return Missing(example.file, case)
        return None

    def _books(
        self, one: Difference, day: date, known: date, mutant: Mutant, library: Library
    ) -> tuple[tuple[AuthorityBook, bool], tuple[AuthorityBook, bool]]:
        """What is asked, on the day, as the law has it and as the mutant does; what they share made once."""
        base = self._builders.get((day, known))
        if base is None:
            base = self._builders[day, known] = Builder(self.library, day, known)
        law = book_of(base, one.asked)
        parts(*law)
        changed = self.bench.dependents[mutant.file]
        after = Builder(library, day, known)
        after.memo = {k: node for k, node in base.memo.items() if owner(k) not in changed}
        return law, book_of(after, one.asked)

    def _candidates(self, one: Difference, law: AuthorityBook, planted: AuthorityBook) -> Candidates:
        """What to vary: all that the conditions at odds read, and above all what they are at odds in."""
        alone = one.asked in self.library.limits
        before, after = parts(law, alone), parts(planted, alone)
        near = [p[key].node for key in one.keys for p in (before, after) if key in p]
        both = [at_odds(before[k].node, after[k].node) for k in one.keys if k in before and k in after]
        odds, within = ([leaf for pair in both for leaf in pair[i]] for i in (0, 1))
        around = [part.node for (_, kind), part in (*before.items(), *after.items()) if kind == "grant"]
        return Candidates(self.library, near, around, odds, within)

    def _holds(self, example: Example, case: Case, mutant: Mutant, library: Library) -> bool:
        """Whether a case may be written, holds under the law, and does not under the mutant."""
        file = next(f for f in self.library.files() if f.id == example.file)
        try:
            lines = lines_of(self.library, file, case)
        except FaultsError:
            return False
        group = Group(self.library, example.asked, [Example(file.id, example.asked, case, lines)])
        changed = self.bench.dependents[mutant.file]
        return not group.failing(group.base()[2]) and bool(group.failing(group.mutated(library, changed)[2]))


def _asked(evaluation: Evaluation, book: AuthorityBook) -> Judged:
    return judge(evaluation, book, evaluation.full)
