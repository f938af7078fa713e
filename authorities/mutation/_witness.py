"""The case that is missing: a proposal near one of the library's cases, of which the law and a mutant say otherwise."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from authorities.mutation._bench import Bench, Example, book_of, known_of, lines_of, owner
from authorities.mutation._candidates import Candidates
from authorities.mutation._grid import Edit, Grid, GridEvaluation, edited
from authorities.mutation._observing import Observed, observe
from authorities.mutation._proof import Part, Prover, change_days, parts
from authorities.mutation._reading import with_file
from authorities.mutation.mutants import Mutant
from rules.judge import judge, judge_alone
from rules.library import Library
from rules.lines import Line, Stated
from rules.provisions import Case
from rules.rulebook import Builder

DAY = timedelta(days=1)
LINES = 50_000
"""Most lines judged around one case."""
FEW = 3
"""Up to so many deciding provisions a case made up names them all."""


@dataclass(frozen=True)
class Missing:
    """A case that would kill a mutant, for the file ``file``."""

    file: str
    case: Case


@dataclass
class Search:
    """What a search came to: the missing case, or how many lines were judged without a difference.

    ``whole``: every combination of the values sought out was judged, around each case.
    """

    missing: Missing | None = None
    lines: int = 0
    contexts: int = 0
    whole: bool = True


class Witnesses:
    """Looks for missing cases; keeps what it made of the library."""

    def __init__(self, bench: Bench, prover: Prover):
        self.bench, self.prover, self.library = bench, prover, bench.library
        self.days = sorted({d for file in self.library.files() for d in change_days(file)})
        self.examples: dict[str, list[Example]] = {}
        for group in bench.groups:
            for one in group.examples:
                self.examples.setdefault(one.asked, []).append(one)
        self._builders: dict[tuple[date, date], Builder] = {}

    def search(self, mutant: Mutant, most: int) -> Search:
        """A missing case, from up to ``most`` contexts for each day and authority on which the books differ."""
        library = with_file(self.library, mutant.changed)
        out = Search()
        found_on = sorted(self.prover.structural(mutant), key=lambda one: not self._lived(one[0], one[1]))
        for asked, day, keys in found_on:
            contexts = self._contexts(asked, day, mutant)
            for example in contexts[:most]:
                found = self._around(example, asked, day, keys, mutant, library, out)
                if found is not None:
                    out.missing = found
                    return out
        return out

    def _lived(self, asked: str, day: date) -> bool:
        """Whether some case under an authority is already set in the days that begin on ``day``."""
        at = bisect_right(self.days, day)
        last = self.days[at] if at < len(self.days) else date.max
        return any(day <= e.lines[0].day < last for e in self.examples.get(asked, ()))

    def _contexts(self, asked: str, day: date, mutant: Mutant) -> list[Example]:
        """The cases asked under an authority, the most promising first."""
        own = self.examples.get(asked, [])

        def rank(example: Example) -> tuple[Any, ...]:
            return (
                example.file != mutant.file and asked != mutant.file,
                mutant.provision not in example.case.because,
                example.case.verdict in ("no authority", "prohibited"),
                abs((example.lines[0].day - day).days),
            )

        return sorted(own, key=rank)

    def _around(
        self,
        example: Example,
        asked: str,
        day: date,
        keys: Iterable[tuple[str, str]],
        mutant: Mutant,
        library: Library,
        out: Search,
    ) -> Missing | None:
        line = example.lines[0]
        days = sorted({*self.days, *change_days(mutant.changed)})
        at = bisect_right(days, day)
        last = days[at] if at < len(days) else None
        moves: tuple[Edit, ...] = ()
        if not (day <= line.day and (last is None or line.day < last)):
            moves = tuple(moved(line, day - line.day))
            line = edited(line, moves)
        known = max(known_of(example.case), line.day)
        base = self._builders.get((day, known))
        if base is None:
            base = self._builders[day, known] = Builder(self.library, day, known)
        changed = self.bench.dependents[mutant.file]
        after = Builder(library, day, known)
        book, alone = book_of(base, asked)
        before_parts = parts(book, alone)
        after.memo = {k: node for k, node in base.memo.items() if owner(k) not in changed}
        other, _ = book_of(after, asked)
        after_parts = parts(other, alone)
        near = [p[key].node for key in keys for p in (before_parts, after_parts) if key in p]
        around = [part.node for (_, kind), part in _both(before_parts, after_parts) if kind == "grant"]
        candidates = Candidates(self.library, near, around)
        axes = candidates.axes(line, day, last, LINES)
        out.whole = out.whole and not candidates.trimmed
        grid = Grid(self.library, line, axes, strict=example.case.strict)
        law = GridEvaluation(grid)
        verdict = judge_alone if alone else None
        seen = observe(law, verdict(law, book) if verdict else judge(law, book, law.full))
        planted = GridEvaluation(grid, law)
        shown = observe(planted, verdict(planted, other) if verdict else judge(planted, other, planted.full))
        out.lines += grid.product.count
        out.contexts += 1
        for lines, kind in differences(seen, shown):
            index = grid.product.nearest(lines & ~grid.backwards())
            if index is not None:
                return self._missing(example, (*moves, *grid.edits_of(index)), 1 << index, seen, shown, kind)
        return None

    def _missing(
        self, example: Example, edits: tuple[Edit, ...], bit: int, seen: Observed, shown: Observed, kind: str
    ) -> Missing:
        verdict = next(name for name, lines in seen.verdicts.items() if lines & bit)
        deciding = [key for key, lines in seen.deciding.items() if lines & bit]
        others = [key for key, lines in shown.deciding.items() if lines & bit]
        lost = [key for key in deciding if key not in others]
        extra = tuple(key for key in others if key not in deciding) if kind == "extra" else ()
        because = tuple(deciding if len(deciding) <= FEW else lost or deciding[:1])
        return Missing(example.file, changed_case(example.case, edits, verdict, because, extra))


def _both(*books: Mapping[tuple[str, str], Part]) -> Iterator[tuple[tuple[str, str], Part]]:
    for book in books:
        yield from book.items()


def differences(seen: Observed, shown: Observed) -> Iterator[tuple[int, str]]:
    """Lines where a case could tell two findings apart, what is plainest to a reader first."""
    verdict = 0
    for name, lines in seen.verdicts.items():
        verdict |= lines & ~shown.verdicts.get(name, 0)
    yield verdict, "verdict"
    lost = extra = 0
    for key in dict.fromkeys((*seen.deciding, *shown.deciding)):
        before, after = seen.deciding.get(key, 0), shown.deciding.get(key, 0)
        lost |= before & ~after
        extra |= after & ~before
    yield lost, "lost"
    yield extra, "extra"


def moved(line: Line, shift: timedelta) -> Iterator[Edit]:
    """A line some days earlier or later: all its days move together."""
    for kind, shelf in (("fact", line.facts), ("act", line.acts)):
        for name, value in shelf.items():
            if isinstance(value, date):
                yield Edit(kind, name, value + shift)


def changed_case(
    case: Case, edits: Iterable[Edit], verdict: str, because: tuple[str, ...], not_because: tuple[str, ...]
) -> Case:
    """A case with some things said otherwise, not yet confirmed."""
    given = {k: v for k, v in case.given.items() if k != "acts"}
    acts = dict(case.given.get("acts", {}))
    day, said = case.date, []
    final: dict[tuple[str, str], Edit] = {(e.kind, e.name): e for e in edits}
    for edit in final.values():
        if edit.kind == "act":
            _put(acts, edit)
        elif (edit.kind, edit.name) == ("fact", "date"):
            day = edit.value
        else:
            _put(given, edit)
        said.append(words(edit))
    if acts:
        given["acts"] = acts
    name = "; ".join([case.name, *said])
    return replace(
        case,
        name=name,
        date=day,
        given=given,
        verdict=verdict,
        because=because,
        not_because=not_because,
        confirmed=False,
        line=0,
    )


def _put(shelf: dict[str, Any], edit: Edit) -> None:
    if edit.unsaid:
        shelf.pop(edit.name, None)
        return
    value = edit.value
    if isinstance(value, Stated):
        value = {"value": _plain(value.value), "source": value.source}
    shelf[edit.name] = _plain(value)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def words(edit: Edit) -> str:
    """What was changed, for a case's name."""
    name = edit.name.replace("_", " ") if edit.kind == "fact" else edit.name
    if edit.unsaid:
        return f"{name} unsaid"
    value = edit.value.value if isinstance(edit.value, Stated) else edit.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, tuple):
        value = " and ".join(value) or "none"
    return f"on {value}" if name == "date" else f"{name} {value}"


__all__ = ["Missing", "Search", "Witnesses", "differences", "lines_of", "moved"]
