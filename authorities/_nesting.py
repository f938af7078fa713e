"""Finding which unit every line of a section belongs to, from the order of its enumerators.

Sources lose indents, and `(i)` is both a letter and a numeral, so no line can be placed by itself.  The lines
are therefore placed together: every reading that could be meant is carried on, each with a cost for what is
unusual in it, and the cheapest at the end is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from authorities._words import Paragraph, flush_name

_WIDTH = 48
_ROMAN = re.compile(r"^(?=[ivxl])(x[lc]|l?x{0,3})(i[xv]|v?i{0,3})$")
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_CLOSED = (".", ".”", ".'", '."', "!", "?")
_DASHED = ("—", "-", "–", ":")

# The cost of a kind of unit standing directly under another ("" is the section): the ladder of drafting
# is (a)(1)(A)(i)(I)(aa); old acts leave rungs out or start elsewhere.
_UNDER = {
    "": {"a": 0.0, "1": 0.0, "A": 3.0, "i": 4.0},
    "a": {"1": 0.0, "A": 1.5, "i": 2.0},
    "1": {"A": 0.0, "i": 1.5, "a": 2.5},
    "A": {"i": 0.0, "1": 2.5, "I": 2.5},
    "i": {"I": 0.0, "A": 2.5, "1": 3.0},
    "I": {"aa": 0.0, "A": 3.0, "a": 3.0},
    "aa": {"AA": 0.0},
    "AA": {},
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line to place: an enumerated unit (`mark` is what stands in its parentheses) or bare words.

    `run_in`: the unit stands on its parent's line.  `bare`: the unit so far has no words of its own.
    """

    mark: str
    indent: int
    words: str
    run_in: bool = False

    @property
    def bare(self) -> bool:
        return not self.words


class _Level(NamedTuple):
    """One open unit."""

    kind: str
    number: float
    mark: str
    indent: int
    children: bool
    flushes: int


class _State(NamedTuple):
    """One reading of the lines so far."""

    cost: float
    levels: tuple[_Level, ...]  # the section itself stands first
    flushing: bool  # the last line was flush text of the last level
    placed: tuple[str, _Trail | None]
    resumed: _Level | None = None  # the unit before the flush text; its sequence may go on after it


_Trail = tuple[str, "_Trail | None"]


def _meanings(mark: str) -> Iterator[tuple[str, float]]:
    """What an enumerator may be: its kind and its place in the sequence."""
    digits = re.match(r"(\d+)([A-Za-z]?)$", mark)
    if digits:
        extra = digits.group(2).lower()
        yield "1", int(digits.group(1)) + ((ord(extra) - 96) / 100 if extra else 0)
        return
    low, upper = mark.lower(), mark.isupper()
    if len(low) == 1:
        yield ("A" if upper else "a"), ord(low) - 96
    elif len(set(low)) == 1 and len(low) == 2:
        yield ("AA" if upper else "aa"), ord(low[0]) - 96
        yield ("A" if upper else "a"), ord(low[0]) - 70
    elif re.match(r"[a-z]-?\d+$", low):
        yield ("A" if upper else "a"), ord(low[0]) - 96 + int(low.lstrip("abcdefghijklmnopqrstuvwxyz-")) / 100
    if _ROMAN.match(low):
        values = [_NUMERALS[letter] for letter in low]
        total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
        yield ("I" if upper else "i"), total


def _step(number: float, previous: float) -> float:
    """The cost of a number coming after another in one sequence."""
    if number == previous + 1 or (number > previous and number - previous < 1):
        return 0.0
    if int(number) == int(previous) + 1:
        return 0.0
    return 3.0 + min(number - previous, 6) * 0.5 if number > previous else 6.0


def _name(levels: Sequence[_Level]) -> str:
    return "".join(f"({level.mark})" for level in levels[1:])


def _wants_children(item: Item | None) -> float:
    """How much a line just read leads one to expect units under it."""
    if item is None or not item.mark:
        return 0.0
    return 2.5 if item.words.endswith(_DASHED) or item.bare else 0.0


def _refuses_children(item: Item | None) -> float:
    """How much a line just read leads one not to expect units under it."""
    if item is None or item.bare:
        return 0.0
    if item.words.endswith(_CLOSED):
        return 1.0
    return 2.5 if item.words.endswith((";", ",", "; and", "; or", ", and", ", or")) else 0.0


def _units(state: _State, item: Item, before: Item | None, indented: bool) -> Iterator[_State]:
    """The readings in which this line opens a unit: the next of an open sequence, or the first of a new one."""
    levels = state.levels
    for kind, number in _meanings(item.mark):
        for depth in range(len(levels)):
            level = levels[depth]
            if depth and level.kind == kind:
                cost = _step(number, level.number)
                if depth == len(levels) - 1 and not state.flushing:
                    cost += _wants_children(before)
                if indented and not item.run_in and level.indent != item.indent:
                    cost += 2.5
                above = levels[:depth]
                yield _opened(state, above, kind, number, item, cost)
            resumed = state.resumed if depth == len(levels) - 1 else None
            if resumed and resumed.kind == kind:
                cost = 1.0 + _step(number, resumed.number)
                yield _opened(state, levels, kind, number, item, cost)
            rung = _UNDER[level.kind].get(kind)
            if rung is None:
                continue
            cost = rung + (0.0 if number == 1 else 5.0 + min(number, 6) * 0.3)
            if depth == len(levels) - 1:
                cost += 2.0 if state.flushing else _refuses_children(before)
            else:
                cost += 8.0
            if any(other.kind == kind for other in levels[1 : depth + 1]):
                cost += 6.0
            if indented and depth and not item.run_in:
                cost += 0.0 if item.indent > level.indent else 2.5 if item.indent == level.indent else 7.0
            yield _opened(state, levels[: depth + 1], kind, number, item, cost)


def _opened(state: _State, above: tuple[_Level, ...], kind: str, number: float, item: Item, cost: float) -> _State:
    parents = (*above[:-1], above[-1]._replace(children=True))
    levels = (*parents, _Level(kind, number, item.mark, item.indent, False, 0))
    return _State(state.cost + cost, levels, False, (_name(levels), state.placed))


def _bare_words(state: _State, item: Item, before: Item | None, indented: bool) -> Iterator[_State]:
    """The readings in which this line has no enumerator: more of the unit just read, or flush text above it."""
    levels = state.levels
    last = levels[-1]
    if state.flushing:
        yield state._replace(cost=state.cost, placed=(state.placed[0], state.placed))
    elif not last.children:
        cost = 0.0
        if before is not None and before.mark and not before.bare:
            cost = 2.0 + (1.0 if indented and item.indent not in (last.indent, last.indent + 4) else 0.0)
            cost += 3.0 if before.words.endswith((";", ",", "; and", "; or", ", and", ", or")) else 0.0
        yield state._replace(cost=state.cost + cost, placed=(_name(levels), state.placed))
    for depth, level in enumerate(levels):
        if not level.children:
            continue
        cost = 0.6 * (len(levels) - 1 - depth) + (1.0 if depth == 0 else 0.0)
        if before is not None and before.bare:
            cost += 4.0
        if indented:
            wanted = level.indent
            cost += 0.0 if item.indent == wanted else 1.0 if item.indent == wanted + 4 else 2.5
        flushed = level._replace(flushes=level.flushes + 1)
        name = flush_name(_name(levels[: depth + 1]), flushed.flushes)
        resumed = levels[depth + 1] if depth + 1 < len(levels) else state.resumed
        yield _State(state.cost + cost, (*levels[:depth], flushed), True, (name, state.placed), resumed)


def place(items: Sequence[Item]) -> tuple[str, ...]:
    """The designation of the paragraph each line belongs to."""
    indented = any(item.indent for item in items)
    start = (_Level("", 0, "", 0, False, 0),)
    states = [_State(0.0, start, False, ("", None))]
    before: Item | None = None
    for item in items:
        move = _units if item.mark else _bare_words
        found = [new for state in states for new in move(state, item, before, indented)]
        if not found:
            raise ValueError(f"cannot place ({item.mark}) {item.words[:60]}")
        found.sort(key=lambda state: state.cost)
        states = found[:_WIDTH]
        before = item
    names: list[str] = []
    trail: _Trail | None = states[0].placed
    while trail is not None:
        names.append(trail[0])
        trail = trail[1]
    return tuple(reversed(names[:-1]))


def assemble(numbered: Sequence[tuple[int, Item]], under: str = "") -> tuple[Paragraph, ...]:
    """The paragraphs the lines make up; lines that belong together are joined.

    `under` is the designation of the unit that holds the lines, empty for a whole section.
    """
    result: list[Paragraph] = []
    last: str | None = None
    for name, (line, item) in zip(place([item for _, item in numbered]), numbered, strict=True):
        if item.mark or name != last:
            full = f"{under} {name}" if under and name.startswith("flush") else under + name
            result.append(Paragraph(full, item.words, line))
        else:
            held = result.pop()
            result.append(Paragraph(held.designation, f"{held.words} {item.words}".strip(), held.line))
        last = name
    return tuple(result)
