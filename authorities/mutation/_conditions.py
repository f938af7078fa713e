"""Every small change of a condition that a slip of the pen could make, each with its place and words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from rules import conditions as c
from rules.vocabulary import Vocabulary

Spot = tuple[int, ...]
"""Where in a condition: which part of which part; of a bounded fact, then which bound."""

_NEAR = {"at most": "less than", "less than": "at most", "at least": "more than", "more than": "at least"}
_OPPOSITE = {
    "at most": "more than",
    "less than": "at least",
    "at least": "less than",
    "more than": "at most",
    "before": "after",
    "after": "before",
}


class Change(NamedTuple):
    """One changed condition: where, in words what was changed, and the whole condition as changed."""

    spot: Spot
    words: str
    condition: c.Condition


def brief(condition: c.Condition) -> str:
    """A condition in a few words, as the file says it."""
    match condition:
        case c.OneOf(fact, members):
            return f"{fact}: {_operand(members)}"
        case c.Equals(fact, value):
            return f"{fact}: {_operand(value)}"
        case c.Bounded(fact, bounds):
            return f"{fact} {', '.join(f'{word} {_operand(x)}' for word, x in bounds)}"
        case c.AllOf(parts):
            return f"all of {len(parts)}"
        case c.AnyOf(parts):
            return f"any of {len(parts)}"
        case c.Negation(part):
            return f"not {brief(part)}"
        case c.Satisfies(names):
            return f"satisfies {', '.join(names)}"
        case c.Question(id_):
            return f"question {id_}"
        case c.ActDone(id_):
            return f"act {id_}"
        case c.GrantHolds(id_):
            return f"grant {id_}"
        case c.BarredUnder(targets):
            return f"barred under {', '.join(targets)}"


def _operand(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, c.ValueRef):
        return f"value {value.name}"
    if isinstance(value, tuple):
        words = [_operand(v) for v in value]
        return words[0] if len(words) == 1 else f"[{', '.join(words)}]"
    return str(value)


def changes(condition: c.Condition, words: Vocabulary) -> Iterator[Change]:
    """Every change of a condition and of what is inside it."""
    if condition == c.TRUE:
        return
    if isinstance(condition, (c.AllOf, c.AnyOf)):
        yield Change((), "not the whole", c.Negation(condition))
    yield from _inside(condition, words)


def _inside(condition: c.Condition, words: Vocabulary) -> Iterator[Change]:
    match condition:
        case c.AllOf(parts) | c.AnyOf(parts):
            other = c.AnyOf if isinstance(condition, c.AllOf) else c.AllOf
            yield Change((), f"{brief(condition)} as {brief(other(parts))}", other(parts))
            for i, part in enumerate(parts):
                rest = (*parts[:i], *parts[i + 1 :])
                kept = rest[0] if len(rest) == 1 else type(condition)(rest)
                yield Change((i,), f"without {brief(part)}", kept)
                for one in _inside(part, words):
                    whole = type(condition)((*parts[:i], one.condition, *parts[i + 1 :]))
                    yield Change((i, *one.spot), one.words, whole)
        case c.Negation(part):
            yield Change((), f"{brief(part)} without its not", part)
            for one in _inside(part, words):
                yield Change((0, *one.spot), one.words, c.Negation(one.condition))
        case c.OneOf(fact, members):
            yield Change((), f"not {brief(condition)}", c.Negation(condition))
            if not isinstance(members, c.ValueRef):
                for said, changed in sets(members, words.facts[fact].of, words):
                    yield Change((), f"{fact}: {said}", c.OneOf(fact, changed))
        case c.Equals(fact, value):
            yield from _equals(condition, fact, value)
        case c.Bounded(fact, bounds):
            yield from _bounded(condition, fact, bounds, words.facts[fact].type)
        case c.Satisfies(names) | c.BarredUnder(names):
            yield Change((), f"not {brief(condition)}", c.Negation(condition))
            if len(names) > 1:
                for i, name in enumerate(names):
                    yield Change((), f"without {name}", type(condition)((*names[:i], *names[i + 1 :])))
        case c.Question() | c.ActDone() | c.GrantHolds():
            yield Change((), f"not {brief(condition)}", c.Negation(condition))


def sets(members: tuple[str, ...], root: str | None, words: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A set of terms with one left out, or one replaced by a parent (within the terms of the fact)."""
    below = words.taxonomy.below
    allowed = below.get(root or "", frozenset(words.terms))
    for i, member in enumerate(members):
        if len(members) > 1:
            yield f"without {member}", (*members[:i], *members[i + 1 :])
        declared = words.terms.get(member)
        for parent in declared.under if declared is not None else ():
            if parent in allowed and not any(parent in below[one] for one in members):
                yield f"{parent} for {member}", (*members[:i], parent, *members[i + 1 :])


def by_one(value: Any) -> Iterator[tuple[str, Any]]:
    """A number or date moved by one, both ways."""
    step: Any = timedelta(days=1) if isinstance(value, date) else 1
    for moved in (value - step, value + step):
        yield f"{moved} for {value}", moved


def _equals(whole: c.Condition, fact: str, value: Any) -> Iterator[Change]:
    if isinstance(value, bool):
        yield Change((), f"{fact}: {str(not value).lower()} for {str(value).lower()}", c.Equals(fact, not value))
        return
    yield Change((), f"not {brief(whole)}", c.Negation(whole))
    if not isinstance(value, c.ValueRef):
        for said, moved in by_one(value):
            yield Change((), f"{fact}: {said}", c.Equals(fact, moved))


def _bounded(whole: c.Condition, fact: str, bounds: tuple[tuple[str, Any], ...], kind: str) -> Iterator[Change]:
    if len(bounds) > 1 or bounds[0][0] == "between":
        yield Change((), f"not {brief(whole)}", c.Negation(whole))
    for i, (word, operand) in enumerate(bounds):

        def swapped(pair: tuple[str, Any], i: int = i) -> c.Bounded:
            return c.Bounded(fact, (*bounds[:i], pair, *bounds[i + 1 :]))

        if len(bounds) > 1:
            yield Change((i,), f"{fact} without {word}", c.Bounded(fact, (*bounds[:i], *bounds[i + 1 :])))
        if word in _OPPOSITE:
            yield Change((i,), f"{fact} {_OPPOSITE[word]} for {word}", swapped((_OPPOSITE[word], operand)))
        if word in _NEAR:
            yield Change((i,), f"{fact} {_NEAR[word]} for {word}", swapped((_NEAR[word], operand)))
        if word == "between":
            for at in (0, 1):
                for said, moved in by_one(operand[at]):
                    pair = (moved, operand[1]) if at == 0 else (operand[0], moved)
                    yield Change((i,), f"{fact} between {said}", swapped((word, pair)))
        elif not isinstance(operand, c.ValueRef):
            nearer = -1 if word in ("at most", "more than") else 1
            for n, (said, moved) in zip((-1, 1), by_one(operand), strict=True):
                # of whole numbers, the one nearer is what the near word above says
                same = kind in ("money", "count") and n == nearer and word in _NEAR
                if not same:
                    yield Change((i,), f"{fact} {word} {said}", swapped((word, moved)))
