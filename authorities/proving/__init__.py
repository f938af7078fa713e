"""Two editions of the law compared by an SMT solver, authority by authority: equal, looser, stricter or incomparable."""
