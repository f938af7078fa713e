"""The shipped library with its cases: loaded once in each process of the tests. No test may change it."""

from __future__ import annotations

from authorities.loading import load
from rules.rulebook import Shelf

LOADED = load(cases=True)
LIBRARY = LOADED.library
SHELF = Shelf(LIBRARY)
