"""Tests over several facts, such as the money's years: read back from what their functions hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from typing import Any

from authorities.proving.facts import Facts, Labels, Way, fiscal_year
from authorities.proving.faults import NotEncoded
from authorities.proving.formulas import TRUE, Formula
from authorities.proving.ground import LINE_DAY
from authorities.proving.numbers import Number, from_to, plus, within
from rules.nodes import Computed


def computed(facts: Facts, node: Computed) -> Labels:
    """Each letter that a computed test says, and where. Raises :class:`NotEncoded` for a test not known here."""
    held = _held(node.test)
    if node.facts == ("account",):
        return facts.labels("account", "date", lambda cell: node.test((cell,)))
    if node.name.startswith("in force on ") and set(held) == {"life", "until"}:
        return _in_force(facts, node.facts[0], held["life"].since, held["until"])
    if node.facts[0] == "fund_year" and set(held) == {"year_starts", "first", "last"}:
        return _years_after(facts, node, held["first"], held["last"])
    if node.name == "no value for the money's year" and set(held) == {"spans"}:
        return _unheld(facts, node, held["spans"])
    if node.name == "fiscal year of the interpretation" and set(held) == {"one", "starts"}:
        year = fiscal_year(LINE_DAY, held["starts"])
        true = facts.pool.any_([within(facts.pool, year, "equals", one) for one in sorted(held["one"].fiscal_years)])
        return {"T": true, "F": -true}
    raise NotEncoded(f"the test '{node.name}'")


def _held(test: Callable[..., Any]) -> dict[str, Any]:
    """The names that a function holds from where it was made, with what they stand for."""
    code, cells = getattr(test, "__code__", None), getattr(test, "__closure__", None) or ()
    return {} if code is None else {n: c.cell_contents for n, c in zip(code.co_freevars, cells, strict=True)}


def _in_force(facts: Facts, on: str, since: date, until: date | None) -> Labels:
    """Whether words are law on another day than the line's; unsaid, on the line's."""
    pool, out = facts.pool, list[Formula]()
    for way in facts.numbers(on):
        day = LINE_DAY if way.value is None else way.value
        begun = from_to(pool, day, since, None)
        over = TRUE if until is None else -from_to(pool, day, until, None)
        out.append(pool.all_((way.where, begun, over)))
    true = pool.any_(out)
    return {"T": true, "F": -true}


def _each(facts: Facts, node: Computed, tell: Callable[[Sequence[Number]], dict[str, Formula]]) -> Labels:
    """What is told of the numbers, where all are said; where one is not, what the test itself says."""
    pool, out = facts.pool, dict[Any, list[Formula]]()
    every: list[list[Way]] = [facts.numbers(name) for name in node.facts]
    for ways in product(*every):
        where = pool.all_([way.where for way in ways])
        values = [way.value for way in ways if way.value is not None]
        if len(values) < len(ways):
            out.setdefault(node.test([(way.kind, None) for way in ways]), []).append(where)
            continue
        for letter, when in tell(values).items():
            out.setdefault(letter, []).append(pool.both(where, when))
    return {letter: pool.any_(some) for letter, some in out.items()}


def _years_after(facts: Facts, node: Computed, first: int | None, last: int) -> Labels:
    starts = facts.library.calendar.year_starts

    def tell(values: Sequence[Number]) -> dict[str, Formula]:
        year, day = values
        after = plus(fiscal_year(day, starts), year, -1)
        true = within(facts.pool, after, "at most", last)
        if first is not None:
            true = facts.pool.both(true, within(facts.pool, after, "at least", first))
        return {"T": true, "F": -true}

    return _each(facts, node, tell)


def _unheld(facts: Facts, node: Computed, spans: Sequence[Any]) -> Labels:
    def tell(values: Sequence[Number]) -> dict[str, Formula]:
        held: list[Formula] = []
        for span in spans:
            lower = TRUE if span.first is None else within(facts.pool, values[0], "at least", span.first)
            upper = TRUE if span.last is None else within(facts.pool, values[0], "at most", span.last)
            held.append(facts.pool.both(lower, upper))
        true = facts.pool.any_(held)
        return {"F": true, "C": -true}

    return _each(facts, node, tell)
