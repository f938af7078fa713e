"""Formulas over atoms, each made once: two conditions that say the same in the same words are the same number.

A formula is a whole number; its negation is the number's negative. Only conjunctions and atoms are kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

Formula = int
TRUE: Formula = 1
FALSE: Formula = -1
Atom = tuple[Hashable, ...]
"""What an atom says: its kind, then what it is about."""


class Pool:
    """The formulas of one comparison."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, int] = {}
        self.parts: list[tuple[Formula, ...] | Atom] = [(), ()]
        """By number: an atom's words, or the parts of a conjunction (``conjunction`` tells which)."""
        self._atoms: set[int] = set()

    def _keep(self, key: Hashable, value: tuple[Formula, ...] | Atom) -> int:
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = len(self.parts)
            self.parts.append(value)
        return known

    def atom(self, *words: Hashable) -> Formula:
        """The atom of these words."""
        id_ = self._keep(("atom", words), words)
        self._atoms.add(id_)
        return id_

    def all_(self, parts: Iterable[Formula]) -> Formula:
        """True where every part is; of none, true."""
        kept: set[Formula] = set()
        for part in parts:
            if part == FALSE or -part in kept:
                return FALSE
            if part != TRUE:
                kept.add(part)
        if not kept:
            return TRUE
        if len(kept) == 1:
            return kept.pop()
        key = tuple(sorted(kept))
        return self._keep(key, key)

    def any_(self, parts: Iterable[Formula]) -> Formula:
        """True where some part is; of none, false."""
        return -self.all_([-part for part in parts])

    def both(self, *parts: Formula) -> Formula:
        """All of a few."""
        return self.all_(parts)

    def either(self, *parts: Formula) -> Formula:
        """Any of a few."""
        return self.any_(parts)

    def differ(self, one: Formula, other: Formula) -> Formula:
        """True where one of the two is and the other is not."""
        if one == other:
            return FALSE
        return self.either(self.both(one, -other), self.both(-one, other))

    def is_atom(self, formula: Formula) -> bool:
        """Whether a formula is an atom, or not an atom."""
        return abs(formula) in self._atoms

    def atoms_in(self, formulas: Iterable[Formula]) -> list[int]:
        """The atoms that some formulas hang on, in the order they were made."""
        seen: set[int] = set()
        waiting = [abs(one) for one in formulas]
        found: list[int] = []
        while waiting:
            id_ = waiting.pop()
            if id_ in seen or id_ == TRUE:
                continue
            seen.add(id_)
            if id_ in self._atoms:
                found.append(id_)
            else:
                waiting += [abs(part) for part in self.parts[id_] if isinstance(part, int)]
        return sorted(found)
