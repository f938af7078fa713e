"""Whether some value of one fact passes all the tests made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from authorities.linting._formulas import OPAQUE, Literal
from rules.vocabulary import Fact, Vocabulary

_WHOLE = ("money", "count", "date")


class Ranges:
    """Answers for one vocabulary. A term is judged by its narrowest kinds, as the engine does."""

    def __init__(self, words: Vocabulary):
        self.words = words
        below = words.taxonomy.below
        self._narrowest = {t: frozenset(u for u in under if len(below[u]) == 1) for t, under in below.items()}
        self._members: dict[object, frozenset[str]] = {}
        self._every = frozenset(t for t, under in below.items() if len(under) == 1)

    def narrowest(self, terms: Sequence[str]) -> frozenset[str]:
        """The terms without anything below them that some terms hold."""
        return frozenset().union(*(self._narrowest.get(t, frozenset((t,))) for t in terms))

    def members(self, operand: object) -> frozenset[str]:
        """The narrowest terms that a test of terms allows."""
        if operand not in self._members:
            terms = operand if isinstance(operand, tuple) else (operand,)
            self._members[operand] = self.narrowest([t for t in terms if isinstance(t, str)])
        return self._members[operand]

    def possible(self, literals: Sequence[Literal]) -> bool:
        """Whether one value (or one set of values) passes every test: all of the same fact."""
        first = literals[0]
        if first.test == OPAQUE:
            return len({one.sign for one in literals}) == 1
        fact = self.words.facts.get(first.fact)
        if fact is None:
            return True
        if fact.type == "term":
            return self._term(fact, literals)
        if fact.type == "boolean":
            return len({one.operand if one.sign else not one.operand for one in literals}) == 1
        return _number(fact, literals)

    def _term(self, fact: Fact, literals: Sequence[Literal]) -> bool:
        root = self._narrowest.get(fact.of, self._every) if fact.of else self._every
        held = [self.members(one.operand) for one in literals if one.sign]
        out: frozenset[str] = frozenset().union(*(self.members(one.operand) for one in literals if not one.sign))
        if fact.many:
            return all(set_ - out for set_ in held)
        return bool(reduce(frozenset.intersection, held, root if not held else held[0]) - out)


def _number(fact: Fact, literals: Sequence[Literal]) -> bool:
    """Numbers and dates: whether the bounds leave room. Stated amounts and counts are never below zero."""
    low: Any = None
    high: Any = None
    if fact.type in ("money", "count", "years") and fact.derived is None:
        low = (Fraction(0), False)
    apart: set[Fraction] = set()
    for one in literals:
        for word, operand in _bounds(one):
            value = _plain(operand)
            if value is None:
                continue
            match word:
                case "at least" | "more than":
                    low = max((low, (value, word == "more than")), key=lambda b: (-1,) if b is None else (0, *b))
                case "at most" | "less than":
                    high = min((high, (value, word == "at most")), key=lambda b: (1,) if b is None else (0, *b))
                case "apart":
                    apart.add(value)
    whole = fact.type in _WHOLE
    if low is None or high is None:
        return True
    begins, ends = low[0], high[0]
    if whole:
        begins = _ceiling(begins) + (1 if low[1] and begins == _ceiling(begins) else 0)
        ends = _floor(ends) - (1 if not high[1] and ends == _floor(ends) else 0)
        room = int(ends - begins) + 1
        if room > len(apart):
            return True
        return any(Fraction(n) not in apart for n in range(int(begins), int(ends) + 1))
    if begins == ends:
        return not low[1] and bool(high[1]) and begins not in apart
    return bool(begins < ends)


_DENIED = {"at least": "less than", "more than": "at most", "at most": "more than", "less than": "at least"}


def _bounds(one: Literal) -> list[tuple[str, Any]]:
    """A literal as bounds, days too."""
    word, operand = one.test, one.operand
    if word == "equals":
        return [("at least", operand), ("at most", operand)] if one.sign else [("apart", operand)]
    word = {"before": "less than", "after": "more than"}.get(word, word)
    return [(word if one.sign else _DENIED[word], operand)]


def _plain(value: Any) -> Fraction | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return Fraction((value - date.min) // timedelta(days=1))
    if isinstance(value, (int, Decimal)):
        return Fraction(value)
    return None


def _ceiling(value: Fraction) -> Fraction:
    return Fraction(-(-value.numerator // value.denominator))


def _floor(value: Fraction) -> Fraction:
    return Fraction(value.numerator // value.denominator)
