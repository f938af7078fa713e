"""Numbers and days as the solver sees them: sums of whole-number variables, and lengths of time in years.

A day is its ordinal. A length in years that a proposal states counts in parts finer than rules tell (:data:`PARTS`).
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from authorities.proving.faults import NotEncoded
from authorities.proving.formulas import FALSE, TRUE, Formula, Pool
from rules.derived import years_between

Variable = tuple[Hashable, ...]
"""A whole number the solver chooses: ``("num", fact)``, ``("day", fact)``, ``("line day",)``, ``("fy", sum, month)``."""
PARTS = 2000
"""Into how many parts a year is cut. Rules tell thousandths apart: between two of them lies one length more."""


class Sum(NamedTuple):
    """``constant`` and some variables, each so many times; all of it ``scale`` times the number meant."""

    terms: tuple[tuple[int, Variable], ...]
    constant: int = 0
    scale: int = 1


class Span(NamedTuple):
    """The years from one day to another, with the exact fraction of the year begun."""

    start: Sum
    end: Sum


Number = Sum | Span


def variable(name: Variable, scale: int = 1) -> Sum:
    """One variable by itself."""
    return Sum(((1, name),), 0, scale)


def constant(value: Any) -> Number:
    """A plain number or day."""
    if isinstance(value, date):
        return Sum((), value.toordinal())
    exact = Fraction(value)
    return Sum((), exact.numerator, exact.denominator)


def plus(one: Number, other: Number, times: int = 1) -> Sum:
    """One and so many times the other."""
    if not isinstance(one, Sum) or not isinstance(other, Sum) or one.scale != 1 or other.scale != 1:
        raise NotEncoded("a sum of lengths of time")
    terms: dict[Variable, int] = {}
    for factor, some in ((1, one.terms), (times, other.terms)):
        for count, name in some:
            terms[name] = terms.get(name, 0) + factor * count
    kept = tuple(sorted(((n, name) for name, n in terms.items() if n), key=repr))
    return Sum(kept, one.constant + times * other.constant)


def as_fraction(operand: Any) -> Fraction:
    """What a number or day is compared with."""
    return Fraction(operand.toordinal() if isinstance(operand, date) else operand)


def at_most(pool: Pool, number: Number, operand: Fraction) -> Formula:
    """Where the number is no more than the operand."""
    if isinstance(number, Span):
        return _span(pool, number, operand, "at most")
    return _bounded(pool, number, math.floor(_scaled(number, operand)) - number.constant)


def less_than(pool: Pool, number: Number, operand: Fraction) -> Formula:
    """Where the number is less than the operand."""
    if isinstance(number, Span):
        return _span(pool, number, operand, "less than")
    return _bounded(pool, number, math.ceil(_scaled(number, operand)) - 1 - number.constant)


def _scaled(number: Sum, operand: Fraction) -> Fraction:
    scaled = operand * number.scale
    if number.terms and number.scale != 1 and (scaled / 2).denominator != 1:
        raise NotEncoded(f"a length of time compared with {operand}")
    return scaled


def _bounded(pool: Pool, number: Sum, bound: int) -> Formula:
    if not number.terms:
        return TRUE if bound >= 0 else FALSE
    return pool.atom("sum", number.terms, bound)


def _span(pool: Pool, span: Span, operand: Fraction, word: str) -> Formula:
    if not span.start.terms and not span.end.terms:
        start, end = (date.fromordinal(one.constant) for one in span)
        length = years_between(start, end)
        return TRUE if length < operand or (word == "at most" and length == operand) else FALSE
    return pool.atom("years", word, span, operand)


def within(pool: Pool, number: Number, word: str, operand: Any) -> Formula:
    """One bound of the language."""
    if word == "between":
        first, last = map(as_fraction, operand)
        return pool.both(-less_than(pool, number, first), at_most(pool, number, last))
    exact = as_fraction(operand)
    match word:
        case "at most":
            return at_most(pool, number, exact)
        case "less than" | "before":
            return less_than(pool, number, exact)
        case "at least":
            return -less_than(pool, number, exact)
        case "more than" | "after":
            return -at_most(pool, number, exact)
        case "equals":
            return pool.both(at_most(pool, number, exact), -less_than(pool, number, exact))
    raise NotEncoded(f"the bound '{word}'")


def from_to(pool: Pool, number: Number, first: date | None, last: date | None) -> Formula:
    """Where a day lies from the first to the last, both included."""
    lower = TRUE if first is None else -less_than(pool, number, as_fraction(first))
    upper = TRUE if last is None else at_most(pool, number, as_fraction(last))
    return pool.both(lower, upper)
