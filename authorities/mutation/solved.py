"""Mutants put to the SMT comparer (:mod:`authorities.proving`): proved to give every proposal the same verdict, or told
apart by a proposal. Needs z3."""

from __future__ import annotations

from authorities.mutation._reading import with_file
from authorities.mutation._shown import Missing
from authorities.mutation.equivalence import Settled
from authorities.mutation.mutants import Mutant
from authorities.proving.comparing import Comparer
from authorities.proving.faults import NotConfirmed
from rules.library import Library


class Solved:
    """Settles mutants of one library; keeps what it made of the library."""

    def __init__(self, library: Library):
        self.library = library
        self.base = Comparer(library, library)
        self.asked = (*library.authorities, *library.limits)

    def settle(self, mutant: Mutant) -> Settled:
        """Proved the same under every authority and limit, or the case that is missing under one of them, or neither."""
        comparer = Comparer(self.library, with_file(self.library, mutant.changed), like=self.base)
        left: list[str] = []
        for id_ in sorted(self.asked, key=lambda one: one != mutant.file):
            try:
                found = comparer.compare(id_, first=True)
            except NotConfirmed as error:
                left.append(str(error).partition("\n")[0])
                continue
            for witness in found.witnesses.values():
                return Settled("missing", missing=Missing(id_, witness.case))
            if found.relation != "equal" or found.not_compared:
                left.append(f"{id_}: {', '.join(found.not_compared) or found.relation}")
        if left:
            more = f"; and {len(left) - 1} more" if len(left) > 1 else ""
            return Settled("unproved", f"not decided by the solver: {left[0]}{more}")
        return Settled("equivalent", "the same verdict on every proposal, by the solver")
