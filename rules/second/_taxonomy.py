"""Terms, and what stands below them."""

from collections.abc import Iterable, Mapping

from rules.second import _letters as letters
from rules.second._plain import Doc, listed


class Taxonomy:
    """Terms and what stands below them; a term may have several parents."""

    def __init__(self, terms: Mapping[str, Doc]) -> None:
        self._children: dict[str, list[str]] = {}
        for term, fields in terms.items():
            for parent in listed((fields or {}).get("under")):
                self._children.setdefault(parent, []).append(term)
        self._below: dict[str, frozenset[str]] = {}

    def descendants(self, term: str) -> frozenset[str]:
        """The term and everything below it."""
        if term not in self._below:
            found, waiting = {term}, [term]
            while waiting:
                for child in self._children.get(waiting.pop(), ()):
                    if child not in found:
                        found.add(child)
                        waiting.append(child)
            self._below[term] = frozenset(found)
        return self._below[term]

    def is_below(self, term: str, members: Iterable[str]) -> bool:
        """Whether the term is one of `members` or below one."""
        return any(term in self.descendants(member) for member in members)

    def is_general(self, term: str) -> bool:
        """Whether something stands below the term."""
        return term in self._children

    def membership(self, term: str, members: Iterable[str]) -> str:
        """T in or below the set; P too general or overlapping (a common descendant); F otherwise."""
        members = list(members)
        if self.is_below(term, members):
            return letters.T
        mine = self.descendants(term)
        return letters.P if any(mine & self.descendants(member) for member in members) else letters.F
