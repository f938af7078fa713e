"""Pairing the paragraphs of two texts of one section by number and by fingerprint.

A paragraph is sought under its own number or, where the unit above it was renumbered, under the number that unit
has now.  Words alone are compared; a unit without words of its own goes where most of the units under it went.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from authorities.paragraphs import fingerprint, normalise

Kind = Literal["changed", "added", "removed", "moved"]
KINDS: tuple[Kind, ...] = ("changed", "added", "removed", "moved")
_ALIKE = 0.5  # share of words in the same order above which two paragraphs are taken for alike
_BARE = fingerprint("")
_TAIL = re.compile(r"(?: flush(?: \d+)?|\([^()]*\))$")
_TWIN = re.compile(r" \[\d+\]$")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.  `paragraph` is the number in the new text (in the old, when removed); `was` is the number
    in the old text, None when added.  An empty number is the text before the first unit."""

    kind: Kind
    paragraph: str
    was: str | None


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes from `old` to `new`: fingerprints by paragraph number, in the order of each text."""
    pairs = _Pairing(old, new).pairs
    back = {there: here for here, there in pairs.items()}
    found: list[tuple[tuple[int, int], Change]] = []
    for place, name in enumerate(new):
        was = back.get(name)
        if was is None:
            found.append(((place, 1), Change("added", name, None)))
        elif old[was] != new[name]:
            found.append(((place, 1), Change("changed", name, was)))
        elif was != name:
            found.append(((place, 1), Change("moved", name, was)))
    places = {name: place for place, name in enumerate(new)}
    last = -1
    for name in old:
        # What was removed stands after what stood before it.
        if name in pairs:
            last = places[pairs[name]]
        else:
            found.append(((last, 2), Change("removed", name, name)))
    return tuple(change for _, change in sorted(found, key=lambda one: one[0]))


def unit_above(name: str, present: Container[str]) -> str | None:
    """The number of the unit a paragraph stands under; None directly under the section."""
    twin = _TWIN.search(name)
    parent = _TAIL.sub("", _TWIN.sub("", name))
    if twin and parent + twin.group() in present:
        parent += twin.group()
    return parent or None


def nearest_words(words: str, old: Mapping[str, str], was: str | None) -> str | None:
    """The paragraph of `old` whose words these are most like: over half alike, and more than those of `was`."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(normalise(words).split())

    def alike(name: str) -> float:
        matcher.set_seq1(normalise(old[name]).split())
        return matcher.ratio()

    best = alike(was) if was is not None and was in old else 0.0
    found, best = None, max(best, _ALIKE)
    for name in old:
        if name != was and old[name] and (ratio := alike(name)) > best:
            found, best = name, ratio
    return found


class _Pairing:
    """Works out `pairs`: old number to new number."""

    def __init__(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        self.old, self.new = old, new
        self.old_above = {name: unit_above(name, old) for name in old}
        self.new_above = {name: unit_above(name, new) for name in new}
        self.pairs: dict[str, str] = {}
        self.taken: set[str] = set()
        self.words_that_stand_once()
        self.with_what_is_under()
        self.words_that_recur()
        self.with_what_is_under()
        self.same_number()

    def pair(self, here: str, there: str) -> None:
        self.pairs[here] = there
        self.taken.add(there)

    def words_that_stand_once(self) -> None:
        """Pair words that each text has once, whatever their number."""
        times, new_times = Counter(self.old.values()), Counter(self.new.values())
        where = {mark: name for name, mark in self.new.items()}
        for name, mark in self.old.items():
            if mark != _BARE and times[mark] == new_times[mark] == 1:
                self.pair(name, where[mark])

    def words_that_recur(self) -> None:
        """Pair other words: first where number and unit above agree, then the unit, then the number, then any."""
        there = defaultdict[str, list[str]](list)
        for name, mark in self.new.items():
            there[mark].append(name)
        agree: tuple[Callable[[str, str], bool], ...] = (
            lambda here, there: there == self.wanted(here),
            self.under_its_own,
            lambda here, there: here == there,
            lambda here, there: True,
        )
        for fits in agree:
            for name in sorted(self.old, key=_depth):
                if name not in self.pairs and self.old[name] != _BARE:
                    left = [one for one in there[self.old[name]] if one not in self.taken and fits(name, one)]
                    if left:
                        self.pair(name, left[0])

    def wanted(self, name: str) -> str | None:
        """The number a paragraph should have now, by that of the unit above it; None where that unit is gone."""
        up = self.old_above[name]
        if up is None or up not in self.old:
            return name
        if up not in self.pairs:
            return None
        now = self.pairs[up]
        # Under a second unit of one number, `(g) [2]`, numbers do not begin with the unit's.
        return now + name[len(up) :] if name.startswith(up) else name if now == up else None

    def under_its_own(self, here: str, there: str) -> bool:
        """Whether the unit above the one is paired with the unit above the other."""
        up, new_up = self.old_above[here], self.new_above[there]
        return new_up is None if up is None else self.pairs.get(up, "") == new_up

    def with_what_is_under(self) -> None:
        """Pair a unit not yet paired with the unit that most of the units under it now stand under."""
        under = defaultdict[str, list[str]](list)
        for name, up in self.old_above.items():
            if up is not None:
                under[up].append(name)
        for name in sorted(self.old, key=_depth, reverse=True):
            if name in self.pairs or not under[name]:
                continue
            votes = Counter(self.new_above[self.pairs[one]] for one in under[name] if one in self.pairs)
            for choice, count in votes.most_common(1):
                if choice is not None and choice in self.new and choice not in self.taken:
                    if 2 * count > len(under[name]):
                        self.pair(name, choice)

    def same_number(self) -> None:
        """Pair what is left by number, from the top down, under units that are paired."""
        for name in sorted(self.old, key=_depth):
            wanted = self.wanted(name)
            if name not in self.pairs and wanted is not None and wanted in self.new and wanted not in self.taken:
                self.pair(name, wanted)


def _depth(name: str) -> int:
    """How many units deep a paragraph stands; text that goes on after units is one deeper than its own."""
    return name.count("(") + ("flush" in name)
