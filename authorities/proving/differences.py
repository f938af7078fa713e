"""Whether two verdicts can differ on some days: by what they are made of, then in outline, then in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from authorities.proving.asking import GaveUp, Oracle, Question, stripped
from authorities.proving.encode import Truth
from authorities.proving.formulas import FALSE, TRUE, Formula, Pool
from authorities.proving.stretches import Cell
from authorities.proving.verdicts import Parts, ranks, verdicts_of

Kind = Literal["looser", "stricter", "shifted", "different"]
"""How the second verdict differs: of a looser rank, of a stricter one, or another verdict of the same rank; or any."""
KINDS: tuple[Kind, ...] = ("looser", "stricter", "shifted")


def differing(pool: Pool, one: Parts, other: Parts) -> dict[Kind, Formula]:
    """Where the second verdict differs from the first, in each way."""
    before, after = verdicts_of(pool, one), verdicts_of(pool, other)
    if before == after:
        return dict.fromkeys((*KINDS, "different"), FALSE)
    a, b = ranks(pool, before), ranks(pool, after)
    looser = pool.either(pool.both(b[0], -a[0]), pool.both(b[1], a[2]))
    stricter = pool.either(pool.both(a[0], -b[0]), pool.both(a[1], b[2]))
    apart = pool.any_([pool.both(x, -y) for x, y in zip(before, after, strict=True)])
    shifted = pool.all_((apart, -looser, -stricter))
    return {"looser": looser, "stricter": stricter, "shifted": shifted, "different": apart}


def alike(oracle: Oracle, one: Parts, other: Parts) -> bool:
    """Whether two verdicts are proved to be made of the same."""
    if (one.granting, one.alone) != (other.granting, other.alone):
        return False
    return all(oracle.same(x, y) for _, x, y in _pairs(one, other))


def shared_alike(oracle: Oracle, one: Parts, other: Parts) -> bool:
    """Whether the lines of a proposal are proved to count the same under the same caps, those under which none counts
    left out."""
    mine, theirs = one.shared, other.shared
    if [cap[:3] for cap in mine] != [cap[:3] for cap in theirs]:
        mine, theirs = (tuple(cap for cap in some if not oracle.never(cap.lines)) for some in (mine, theirs))
    if [cap[:3] for cap in mine] != [cap[:3] for cap in theirs]:
        return False
    return all(oracle.same(a.lines, b.lines) for a, b in zip(mine, theirs, strict=True))


def outlined(pool: Pool, one: Parts, other: Parts) -> tuple[Parts, Parts, Formula]:
    """Two verdicts in outline, and what is so of them: all that they share in their bars, caps, funds and steps is left
    open, as if it could be anything. What is impossible in outline is impossible."""
    mine, theirs = dict[str, Formula](), dict[str, Formula]()
    for name, x, y in _pairs(one, other):
        if name.startswith("G") or name == "asked":
            mine[name], theirs[name] = x, y
            continue
        rest = pool.atom("rest", name)
        if x == y:
            mine[name] = theirs[name] = x if x in (TRUE, FALSE) else rest
            continue
        left, right, common = stripped(pool, x, y)
        sign = 1 if x > 0 else -1
        if common:
            left, right = (sign * pool.both(rest, sign * part) for part in (left, right))
        mine[name], theirs[name] = left, right
    both = [_made(mine, one), _made(theirs, other)]
    return both[0], both[1], pool.all_([rule for parts in both for rule in _sound(pool, parts)])


def _pairs(one: Parts, other: Parts) -> Iterator[tuple[str, Formula, Formula]]:
    for name in ("G", "B", "M"):
        for plane, x, y in zip("tfsp", getattr(one, name), getattr(other, name), strict=True):
            yield f"{name}.{plane}", x, y
    yield "asked", one.asked, other.asked
    yield "todo", one.todo, other.todo


def _made(named: dict[str, Formula], parts: Parts) -> Parts:
    G, B, M = (Truth(*(named[f"{name}.{plane}"] for plane in "tfsp")) for name in ("G", "B", "M"))
    return Parts(G, B, M, named["asked"], named["todo"], parts.granting, parts.alone)


def _sound(pool: Pool, parts: Parts) -> Iterator[Formula]:
    """What is so of every bar and cap: hoped false, where it is false it is at its goal, where it is true it is not."""
    for t, f, s, p in (parts.B, parts.M):
        yield from (pool.either(-t, -f), pool.either(-f, s), pool.either(-s, p), pool.either(-t, -p))


@dataclass(slots=True)
class Search:
    """What came of looking for a proposal: the question it answers, if there is one; whether the solver gave up; whether
    only lines with others beside them are told apart."""

    question: Question | None = None
    gave_up: bool = False
    several: bool = False


def find(oracle: Oracle, one: Parts, other: Parts, kind: Kind, cells: Sequence[Cell]) -> Search:
    """A proposal of one line, on some days, that the verdicts differ on in one way."""
    found = Search()
    first, second, rules = outlined(oracle.pool, one, other)
    if oracle.never(oracle.pool.both(differing(oracle.pool, first, second)[kind], rules)):
        return found
    formula = differing(oracle.pool, one, other)[kind]
    if formula == FALSE:
        return found
    verdicts = (*verdicts_of(oracle.pool, one), *verdicts_of(oracle.pool, other))
    question = Question(oracle.lowering, formula, cells, seconds=oracle.seconds, also=verdicts)
    oracle.asked += 1
    try:
        if question.possible():
            found.several = not question.alone()
            found.question = None if found.several else question
    except GaveUp:
        found.gave_up = True
    return found
