"""What two editions are compared over: the proposals of one line that both can read.

Of each fact a proposal states a value, writes ``unknown``, or is silent; and so of acts and questions. A fact, term, act
or question that only one edition has stands in no such proposal.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from authorities.proving.formulas import FALSE, TRUE, Formula, Pool
from authorities.proving.numbers import PARTS, Number, variable
from rules.library import Library
from rules.vocabulary import Fact

DATE = "date"
"""The fact whose value is always the day of the line."""
LINE_DAY = variable(("line day",))
WAITS_FROM = variable(("waits from",))


class Ground:
    """What the solver may choose, for one or two libraries."""

    def __init__(self, *libraries: Library):
        self.pool, self.libraries = Pool(), libraries
        self.strict: Formula = self.pool.atom("strict")
        self._domains: dict[str, tuple[Any, ...]] = {}
        self._facts: dict[str, bool] = {}
        self.readers: list[Any] = []
        """The facts of each library (:class:`authorities.proving.facts.Facts`)."""
        self.readable: dict[str, Formula] = {}
        """Of facts that a table may answer and a proposal states without a source: where every library reads it."""

    def declared(self, fact: str) -> list[Fact]:
        """The fact as each library declares it; of those that have it."""
        return [lib.vocabulary.facts[fact] for lib in self.libraries if fact in lib.vocabulary.facts]

    def statable(self, fact: str) -> bool:
        """Whether a proposal that every library reads may state the fact."""
        known = self._facts.get(fact)
        if known is None:
            found = self.declared(fact)
            known = len(found) == len(self.libraries) and len({(one.type, one.many) for one in found}) == 1
            known = known and all(one.derived is None or one.choice for one in found)
            self._facts[fact] = known
        return known

    def domain(self, fact: str) -> tuple[Any, ...]:
        """The values of a fact of terms, or of yes or no, that every library reads."""
        if fact not in self._domains:
            found = self.declared(fact)
            if not found or found[0].type == "boolean":
                self._domains[fact] = (True, False)
            else:
                shelves = [
                    lib.vocabulary.taxonomy.below.get(one.of or "", frozenset(lib.vocabulary.terms))
                    for lib, one in zip(self.libraries, found, strict=True)
                ]
                self._domains[fact] = tuple(sorted(frozenset.intersection(*map(frozenset, shelves))))
        return self._domains[fact]

    # --- what a proposal says ------------------------------------------------------------------------------------
    def said(self, fact: str) -> Formula:
        """Where a value is stated."""
        if fact == DATE:
            return TRUE
        return self.pool.atom("said", fact) if self.statable(fact) else FALSE

    def unknown(self, fact: str) -> Formula:
        """Where ``unknown`` is written."""
        return self.pool.atom("unknown", fact) if self.statable(fact) and fact != DATE else FALSE

    def sourced(self, fact: str) -> Formula:
        """Where the value is stated with a source (told apart only of days that tables are read on, and of facts that
        tables answer on another day than the line's)."""
        return self.pool.atom("sourced", fact)

    def bound(self, formulas: Iterable[Formula]) -> tuple[Formula, ...]:
        """Some formulas, with what must be so for every library to read what they speak of."""
        some = tuple(formulas)
        words: list[Any] = [self.pool.parts[id_] for id_ in self.pool.atoms_in(some)] if self.readable else []
        return (*some, *(self.readable[one[1]] for one in words if one[0] == "sourced" and one[1] in self.readable))

    def among(self, fact: str, values: frozenset[Any]) -> Formula:
        """Where the value stated is one of some (of a set: where some value of it is)."""
        if not values:
            return FALSE
        many = any(one.many for one in self.declared(fact))
        if not many and len(values) == len(self.domain(fact)):
            return TRUE
        if not many and (2 * len(values), self.domain(fact)[0] in values) > (len(self.domain(fact)), False):
            return -self.among(fact, frozenset(self.domain(fact)) - values)
        return self.pool.atom("any" if many else "in", fact, values)

    def number(self, fact: str) -> Number:
        """The number or day stated."""
        if fact == DATE:
            return LINE_DAY
        type_ = self.declared(fact)[0].type
        if type_ == "years":
            return variable(("num", fact), PARTS)
        return variable(("day" if type_ == "date" else "num", fact))

    # --- acts and questions --------------------------------------------------------------------------------------
    def has_act(self, act: str) -> bool:
        """Whether every library has the act."""
        return all(act in lib.vocabulary.acts for lib in self.libraries)

    def act(self, act: str, state: Hashable) -> Formula:
        """Where an act is said ``done`` without a day, ``dated`` with one, or ``refused``."""
        return self.pool.atom("act", act, state) if self.has_act(act) else FALSE

    def answered(self, question: str, answer: bool) -> Formula:
        """Where the proposal brings counsel's word on a question."""
        if all(question in lib.questions for lib in self.libraries):
            return self.pool.atom("answer", question, answer)
        return FALSE
