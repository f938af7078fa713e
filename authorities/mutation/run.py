"""The whole run: every mutant of some files settled, on several processors, with progress, and resumed where it stopped."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from authorities.loading import load
from authorities.mutation._bench import Bench
from authorities.mutation._state import State
from authorities.mutation.equivalence import Judge, Settled
from authorities.mutation.mutants import Mutant, mutants_of
from authorities.mutation.report import Report, Result, few_cases
from rules.library import Library

if TYPE_CHECKING:
    from authorities.mutation.solved import Solved

CHUNK = 24
"""Mutants settled between two reports of progress."""


class CasesFail(Exception):
    """Cases that do not hold under the law as it is: no mutant can be judged by them."""

    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        super().__init__(self.names)


class ProcessDied(Exception):
    """A process that settled mutants was ended from outside: what was settled is kept, if a file was named for it."""


Progress = Callable[[int, int, Mapping[str, int]], None]
"""Told how many are settled, of how many, and how many came to each end."""


def run(
    folder: Path,
    ids: Sequence[str],
    *,
    jobs: int = 2,
    state: Path | None = None,
    excluded: Mapping[str, str] | None = None,
    prove: bool = False,
    progress: Progress = lambda done, all_, counts: None,
) -> Report:
    """Settle every mutant of the files (of all, if none are named). ``prove``: what is neither told apart nor proved
    the same is put to the solver, and excluded mutants are settled too. Raises :class:`CasesFail`."""
    loaded = load(folder, cases=True)
    library = loaded.library
    files = [f for f in library.files() if not ids or f.id in ids]
    bench = Bench(library)
    failing = bench.failing()
    if failing:
        raise CasesFail(failing)
    mutants = {f.id: mutants_of(library, f) for f in files}
    every = [(f.id, i) for f in files for i in range(len(mutants[f.id]))]
    kept = State(state, library.digest)
    settled: dict[tuple[str, int], Settled] = {}
    for key in every:
        id_ = mutants[key[0]][key[1]].id
        reason = (excluded or {}).get(id_)
        before = kept.known.get(id_)
        if before is not None and not (prove and before.status == "unproved"):
            settled[key] = before if reason is None else Settled("excluded", reason, found=before.status)
        elif reason is not None and not prove:
            settled[key] = Settled("excluded", reason)
    todo = [key for key in every if key not in settled]
    counts = Counter(str(one.status) for one in settled.values())
    progress(len(settled), len(every), counts)
    for chunk in _spread(folder, todo, jobs, prove):
        for key, one in chunk:
            id_ = mutants[key[0]][key[1]].id
            kept.add(id_, one)
            reason = (excluded or {}).get(id_)
            settled[key] = one if reason is None else Settled("excluded", reason, found=one.status)
            counts[settled[key].status] += 1
        progress(len(settled), len(every), counts)
    kept.close()
    results = [Result(mutants[file][i], settled[file, i]) for file, i in every]
    known = {m.id for some in mutants.values() for m in some}
    stale = tuple(id_ for id_ in excluded or () if id_ not in known and (not ids or id_.partition("/")[0] in ids))
    return Report(results, few_cases(library, results), stale)


def _spread(
    folder: Path, todo: Sequence[tuple[str, int]], jobs: int, prove: bool
) -> Iterator[list[tuple[tuple[str, int], Settled]]]:
    """The mutants settled, some at a time, by one process or several. Raises :class:`ProcessDied`."""
    chunks = [todo[i : i + CHUNK] for i in range(0, len(todo), CHUNK)]
    if jobs < 2 or len(chunks) < 2:
        worker = _Worker(folder, prove)
        for chunk in chunks:
            yield worker.settle(chunk)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _begin, (folder, prove)) as pool:
        some = [pool.submit(_settle, chunk) for chunk in chunks]
        try:
            for one in as_completed(some):
                yield one.result()
        except BrokenExecutor as error:
            raise ProcessDied from error
        finally:
            pool.shutdown(cancel_futures=True)


class _Worker:
    """What one process keeps between chunks."""

    def __init__(self, folder: Path, prove: bool):
        self.library = load(folder, cases=True).library
        self.files = {f.id: f for f in self.library.files()}
        self.judge = Judge(Bench(self.library))
        self.waiting = Bench(self.library, confirmed=False)
        self.mutants: dict[str, tuple[Mutant, ...]] = {}
        self.solved = _solved(self.library) if prove else None

    def settle(self, chunk: Iterable[tuple[str, int]]) -> list[tuple[tuple[str, int], Settled]]:
        """Settle some mutants, named by file and number."""
        out = []
        for file, i in chunk:
            if file not in self.mutants:
                self.mutants[file] = mutants_of(self.library, self.files[file])
            mutant = self.mutants[file][i]
            out.append(((file, i), self._one(mutant)))
        return out

    def _one(self, mutant: Mutant) -> Settled:
        killer = self.judge.bench.killer(mutant)
        if killer:
            return Settled("killed", killer)
        waits = self.waiting.killer(mutant)
        one = Settled("waiting", waits) if waits else self.judge.survivor(mutant)
        return self.solved.settle(mutant) if self.solved is not None and one.status == "unproved" else one


def _solved(library: Library) -> Solved:
    """What puts mutants to the solver, loaded only where it is asked for: it needs z3."""
    from authorities.mutation.solved import Solved

    return Solved(library)


_worker: _Worker | None = None


def _begin(folder: Path, prove: bool) -> None:
    global _worker
    _worker = _Worker(folder, prove)


def _settle(chunk: Sequence[tuple[str, int]]) -> list[tuple[tuple[str, int], Settled]]:
    assert _worker is not None
    return _worker.settle(chunk)
