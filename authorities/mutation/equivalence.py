"""What becomes of a mutant that every case lets live: proved the same as the law, or the case that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from authorities.mutation._bench import Bench
from authorities.mutation._proof import Prover
from authorities.mutation._shown import Missing
from authorities.mutation._witness import Witnesses
from authorities.mutation.mutants import Mutant

Status = Literal["killed", "equivalent", "missing", "unproved", "waiting", "excluded"]
"""``waiting``: only a case that nobody has confirmed would notice. ``unproved``: no case found, and no proof."""


AT_ONCE = 12
"""Days and authorities in which a missing case is sought, before further ones are looked for."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a mutant. ``by``: the case that killed it, or how it was proved. ``found``: of one excluded, what
    it would have come to, where that was asked."""

    status: Status
    by: str = ""
    missing: Missing | None = None
    found: Status | None = None


class Judge:
    """Settles mutants of one library."""

    def __init__(self, bench: Bench):
        self.bench = bench
        self.prover = Prover(bench.library, bench.dependents)
        self.witnesses = Witnesses(bench)

    def settle(self, mutant: Mutant) -> Settled:
        """Kill it, prove it the same as the law, or find the case that is missing."""
        killer = self.bench.killer(mutant)
        if killer:
            return Settled("killed", killer)
        return self.survivor(mutant)

    def survivor(self, mutant: Mutant) -> Settled:
        """What becomes of a mutant that no case notices."""
        differences = self.prover.differences(mutant)
        lines = contexts = seen = told = 0
        while some := list(islice(differences, AT_ONCE)):
            seen += len(some)
            telling = [one for one in some if self.prover.tells(mutant, one)]
            told += len(telling)
            search = self.witnesses.search(mutant, telling)
            if search.missing is not None:
                return Settled("missing", missing=search.missing)
            lines, contexts = lines + search.lines, contexts + search.contexts
        if not seen:
            return Settled("equivalent", "the same on every combination of what it reads, on every day")
        if not told:
            return Settled("equivalent", "the same verdict and reasons wherever a provision comes out otherwise")
        return Settled("unproved", f"no difference on {lines} lines at and beside every limit, around {contexts} cases")


__all__ = ["Judge", "Settled", "Status"]
