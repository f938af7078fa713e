"""What a dated value is used for, and what its states must then be: terms for a list, a number or a day for a bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rules import conditions as c
from rules.provisions import Cap, Fund, Provision, ValueEntry

WHOLE, ORDERED, TERMS = "a whole number", "a number or a day", "a list of terms"


def uses(provision: Provision, conditions: list[c.Condition]) -> Iterator[tuple[c.ValueRef, str]]:
    """Every dated value that a provision, with its conditions, uses, and what it must be there."""
    for condition in conditions:
        for one in c.walk(condition):
            if isinstance(one, c.OneOf) and isinstance(one.members, c.ValueRef):
                yield one.members, TERMS
            elif isinstance(one, c.Bounded):
                yield from ((operand, ORDERED) for _, operand in one.bounds if isinstance(operand, c.ValueRef))
    if isinstance(provision, Cap) and isinstance(provision.amount, c.ValueRef):
        yield provision.amount, WHOLE
    if isinstance(provision, Fund) and isinstance(provision.end_by_years, c.ValueRef):
        yield provision.end_by_years, WHOLE


def misfit(entry: ValueEntry, wanted: str) -> bool:
    """Whether a state of a value cannot be used as wanted."""
    listed = entry.is_ is None or isinstance(entry.is_, tuple)  # what adds or takes away is a list
    if wanted == TERMS:
        return not listed
    types = (int,) if wanted == WHOLE else (int, Decimal, date)
    return listed or isinstance(entry.is_, bool) or not isinstance(entry.is_, types)
