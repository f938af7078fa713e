"""Tests of one fact, and of `act`: the leaves of every condition."""

from datetime import date
from typing import Any

from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second import _values as values
from rules.second._case import DONE, Case
from rules.second._errors import SecondOpinionError
from rules.second._node import Node, leaf
from rules.second._plain import Doc, listed


def compare(word: str, value: Any, bound: Any) -> bool:
    """One bound of a number or a date."""
    try:
        return _compare(word, value, bound)
    except TypeError:  # a Decimal of a file and a Fraction of a derived fact
        from fractions import Fraction

        return _compare(word, Fraction(value), Fraction(bound))


def _compare(word: str, value: Any, bound: Any) -> bool:
    match word:
        case "at most":
            return bool(value <= bound)
        case "more than":
            return bool(value > bound)
        case "at least":
            return bool(value >= bound)
        case "less than" | "before":
            return bool(value < bound)
        case "after":
            return bool(value > bound)
        case "between":
            return bool(bound[0] <= value <= bound[1])
    raise SecondOpinionError(f"no test is written {word!r}")


def fact_test(case: Case, name: str, test: Any, doc: Doc, day: date, goal: bool) -> Node:
    """The leaf `name: test`, read towards `goal` for a provision whose day is `day`."""
    domain = case.library.domain(name)
    if isinstance(test, dict) and not values.is_reference(test):
        for bound in test.values():
            domain = values.domain(bound, domain)
        bounds = [_bound(case, name, word, bound, doc, day, goal) for word, bound in test.items()]
        letter = letters.combine(letters.AND, goal, bounds)
    else:
        letter = values.judged(case, test, doc, day, goal, lambda want: _among(case, name, want, day, goal))
    return leaf(letter, goal, (name, ": ", test), values.domain(test, domain))


def missing_letter(kind: str, goal: bool) -> str:
    """A test of a fact without value: a choice is made well, an opener is not there, else it is unknown."""
    if kind == facts.CHOICE:
        return letters.of(goal)
    return letters.F if kind == facts.OPENER else kind


def _bound(case: Case, name: str, word: str, bound: Any, doc: Doc, day: date, goal: bool) -> str:
    value = facts.sought(case, name, day)
    if isinstance(value, facts.Missing):
        return missing_letter(value.kind, goal)
    return values.judged(case, bound, doc, day, goal, lambda known: letters.of(compare(word, value, known)))


def _among(case: Case, name: str, want: Any, day: date, goal: bool) -> str:
    value = facts.sought(case, name, day)
    wanted = listed(want)
    declared = case.library.fact(name)
    if isinstance(value, facts.Missing):
        if value.kind == facts.OPENER and declared.get("type") == "boolean":
            return letters.of(False in wanted)
        return missing_letter(value.kind, goal)
    return among(case, declared, value, wanted)


def among(case: Case, declared: Doc, value: Any, wanted: list[Any]) -> str:
    """Whether a known value is one of (for terms: or below one of) the wanted; of many, whether any is."""
    every = listed(value)
    if declared.get("type") != "term":
        return letters.of(any(one in wanted for one in every))
    found = [case.library.taxonomy.membership(one, wanted) for one in every]
    return next((letter for letter in (letters.T, letters.P) if letter in found), letters.F)


def act_test(case: Case, act: Any, goal: bool) -> Node:
    """The leaf `act: id`: true when done."""
    done = all(case.act_status(one)[0] == DONE for one in listed(act))
    return leaf(letters.of(done), goal, ("act: ", act), "TF")
