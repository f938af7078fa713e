"""The values a fact can have, one for each way the tests made of it can come out: every other value is like one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from rules.library import Library
from rules.lines import Cell
from rules.nodes import FactLeaf
from rules.vocabulary import Fact

_SUPPLIER = {"planner": "P", "table": "P", "counsel": "C", "staff": "S"}
DAY = datetime.timedelta(days=1)


def cells(library: Library, fact: Fact, leaves: Sequence[FactLeaf], *, exact: bool = False) -> list[Cell]:
    """One cell for each distinct way the leaves (tests of this fact) come out, said and unsaid.

    ``exact``: every number and day on and beside a boundary, also where two come out alike.
    """
    if exact and fact.type not in ("term", "boolean"):
        said: list[Cell] = [("v", value) for value in values(library, fact, leaves)]
        return list(dict.fromkeys((*absent(library, fact), *said)))
    tests = list({(leaf.kind, leaf.operand): leaf.test for leaf in leaves}.values())
    seen: dict[tuple[str, ...], Cell] = {}
    for cell in (*absent(library, fact), *(("v", value) for value in values(library, fact, leaves))):
        seen.setdefault(tuple(test(cell) for test in tests), cell)
    if fact.many:
        _close(seen, tests)
    return list(seen.values())


def _close(seen: dict[tuple[str, ...], Cell], tests: Sequence[Any]) -> None:
    """Sets of several values: joined until nothing comes out anew."""
    seen.setdefault(tuple(test(("v", ())) for test in tests), ("v", ()))
    while True:
        said = [cell[1] for cell in seen.values() if cell[0] == "v"]
        more = [tuple(sorted({*a, *b})) for i, a in enumerate(said) for b in said[:i]]
        before = len(seen)
        for value in more:
            seen.setdefault(tuple(test(("v", value)) for test in tests), ("v", value))
        if len(seen) == before:
            return


def absent(library: Library, fact: Fact) -> list[Cell]:
    """The cells of a fact of which no value is said."""
    kinds = [_SUPPLIER[fact.supplier]]
    if fact.opener:
        kinds.append("o")
    if fact.choice:
        kinds.append("c")
    for source in fact.source:
        kinds += [kind for kind, _ in absent(library, library.vocabulary.facts[source])]
    return [(kind, None) for kind in dict.fromkeys(kinds)]


def values(library: Library, fact: Fact, leaves: Iterable[FactLeaf]) -> Iterator[Any]:
    """Values on and beside every boundary: terms the tests name before all other terms of the fact."""
    operands = list(dict.fromkeys(one for leaf in leaves for one in _operands(leaf.operand)))
    if fact.type == "boolean":
        yield from (True, False)
    elif fact.type == "term":
        terms = library.vocabulary.taxonomy.below.get(fact.of or "", frozenset(library.vocabulary.terms))
        named = [o for o in operands if o in terms]
        near = [p for o in named for p in library.vocabulary.terms[o].under if p in terms]
        for term in dict.fromkeys((*named, *near, *sorted(terms))):
            yield (term,) if fact.many else term
    elif fact.type == "date":
        for day in operands:
            yield from (day - DAY, day, day + DAY)
    else:
        step: Any = Decimal("0.01") if fact.type == "years" else 1
        for number in operands:
            yield from (number - step, number, number + step)


def _operands(operand: Any) -> Iterator[Any]:
    """The plain values inside what a fact is compared with."""
    if isinstance(operand, tuple):
        for one in operand:
            if not (isinstance(one, str) and one in ("at most", "more than", "at least", "less than")) and one not in (
                "before",
                "after",
                "between",
            ):
                yield from _operands(one)
    else:
        yield operand
