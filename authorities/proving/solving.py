"""Formulas put to the solver, with all that is so of any proposal: which values go together, which days there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import z3

from authorities.proving.calendar import Calendar, Day
from authorities.proving.formulas import TRUE, Formula
from authorities.proving.ground import Ground
from authorities.proving.numbers import Span, Sum, Variable
from rules.derived import FIRST_YEAR, LAST_YEAR

FIRST, LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
Term = Any


class Lowering:
    """The formulas of one ground as the solver's terms; kept, so that no term is made twice."""

    def __init__(self, ground: Ground):
        self.ground, self.pool = ground, ground.pool
        self._made: dict[int, Term] = {TRUE: z3.BoolVal(True)}
        self._numbers: dict[Variable, Term] = {}
        self._calendar = Calendar()
        self._used: dict[Any, frozenset[Any]] = {}
        """By atom or variable, what of the calendar it rests on."""
        self._digits: dict[tuple[str, int], list[Term]] = {}

    def term(self, formula: Formula) -> Term:
        """A formula as the solver's."""
        waiting = [abs(formula)]
        while waiting:
            id_ = waiting[-1]
            if id_ in self._made:
                waiting.pop()
                continue
            if self.pool.is_atom(id_):
                self._calendar.used.clear()
                self._made[id_] = self._atom(id_)
                self._used[id_] = frozenset(self._calendar.used)
                continue
            parts = [part for part in self.pool.parts[id_] if isinstance(part, int)]
            missing = [abs(part) for part in parts if abs(part) not in self._made]
            if missing:
                waiting += missing
            else:
                self._made[id_] = _all([self._signed(part) for part in parts])
        return self._signed(formula)

    def _signed(self, formula: Formula) -> Term:
        if formula not in self._made:
            self._made[formula] = _not(self._made[-formula])
        return self._made[formula]

    def _atom(self, id_: int) -> Term:
        words: Any = self.pool.parts[id_]
        match words[0]:
            case "sum":
                return self.sum(Sum(words[1])) <= words[2]
            case "years":
                word, span, bound = words[1:]
                return self._calendar.years_within(self._day(span.start), self._day(span.end), word, bound)
            case "early":
                event, begins, months, wait = words[1:]
                return self.sum(event) < self._calendar.months_later(self._day(begins), months) + wait
        return z3.Bool(f"{id_}")

    # --- numbers -------------------------------------------------------------------------------------------------
    def number(self, name: Variable) -> Term:
        """A variable of the solver's."""
        if name not in self._numbers:
            self._numbers[name] = z3.Int(f"n{len(self._numbers)}")
        return self._numbers[name]

    def sum(self, number: Sum) -> Term:
        """A sum of variables."""
        return z3.Sum([count * self.number(name) for count, name in number.terms]) + number.constant

    def _day(self, number: Sum) -> Day:
        """A day in its parts."""
        return self._calendar.day(self.sum(number))

    # --- what is so of any proposal ------------------------------------------------------------------------------
    def rules(self, formulas: Iterable[Formula]) -> list[Term]:
        """What binds the atoms of some formulas."""
        some = tuple(formulas)
        bound = self.ground.bound(some)
        atoms = self.pool.atoms_in(bound)
        for id_ in atoms:
            self.term(id_)
        words: list[Any] = [self.pool.parts[id_] for id_ in atoms]
        out = [*self._values(atoms), *self._exclusive(words), *(self.term(one) for one in bound[len(some) :])]
        numbers: dict[Variable, None] = {("line day",): None, ("waits from",): None}
        for one in words:
            for name in variables_in(one):
                self.reach(name, numbers)
        for name in numbers:
            out += self._range(name)
        out += self._together(numbers)
        used = frozenset[Any]().union(*(self._used.get(one, frozenset()) for one in (*atoms, *numbers)))
        return [*out, *(rule for key, rules in self._calendar.rules.items() if key in used for rule in rules)]

    def _values(self, atoms: Iterable[int]) -> list[Term]:
        """Which sets of values the values of each fact lie in: one solver variable for each way there is."""
        by_fact: dict[str, list[int]] = {}
        for id_ in atoms:
            words: Any = self.pool.parts[id_]
            if words[0] in ("in", "any"):
                by_fact.setdefault(words[1], []).append(id_)
        out: list[Term] = []
        for fact, ids in by_fact.items():
            ways = self.ways(fact, ids)
            if self.pool.parts[ids[0]][0] == "any":
                there: list[Term] = [self.member(fact, n) for n in range(len(ways))]
            else:
                there = self._digits.get((fact, len(ways))) or _one_of(fact, len(ways))
                self._digits[fact, len(ways)] = there
            for place, id_ in enumerate(ids):
                holds = [one for one, way in zip(there, ways, strict=True) if way[place]]
                out.append(self._made[id_] == (_any(holds) if holds else z3.BoolVal(False)))
        return out

    @staticmethod
    def member(fact: str, way: int) -> Term:
        """Whether a set stated has a value that lies in the sets asked about in one of the :meth:`ways`."""
        return z3.Bool(f"{fact} has {way}")

    def ways(self, fact: str, ids: list[int]) -> dict[tuple[bool, ...], list[Any]]:
        """Every way a value can lie in some sets (atoms), with the values that do."""
        out: dict[tuple[bool, ...], list[Any]] = {}
        sets: list[Any] = [self.pool.parts[id_][2] for id_ in ids]
        for value in self.ground.domain(fact):
            out.setdefault(tuple(value in one for one in sets), []).append(value)
        return out

    def _exclusive(self, words: Iterable[Any]) -> list[Term]:
        """What a proposal says of a fact, an act or a question is one thing."""
        groups: dict[Any, set[int]] = {}
        for one in words:
            match one[0]:
                case "said" | "unknown":
                    groups.setdefault(("fact", one[1]), set()).add(self.pool.atom(*one))
                case "act" | "answer":
                    groups.setdefault(one[:2], set()).add(self.pool.atom(*one))
        return [z3.AtMost(*(self._made[id_] for id_ in sorted(ids)), 1) for ids in groups.values() if len(ids) > 1]

    def reach(self, name: Variable, found: dict[Variable, None]) -> None:
        """A variable, and those that it is made from."""
        found.setdefault(name)
        if name[0] == "fy":
            for _, inner in name[1]:  # type: ignore[attr-defined]
                self.reach(inner, found)

    def _range(self, name: Variable) -> list[Term]:
        """The values a variable may take."""
        term = self.number(name)
        kind, *rest = name
        if kind in ("line day", "waits from", "day", "act"):
            return [term >= FIRST, term <= LAST]
        if kind == "fy":
            terms, constant, starts = rest
            self._calendar.used.clear()
            made = self._calendar.fiscal_year(self._day(Sum(terms, constant)), starts)  # type: ignore[arg-type]
            self._used[name] = frozenset(self._calendar.used)
            return [term == made]
        if kind == "num" and any(rest[0] in lib.vocabulary.money_years for lib in self.ground.libraries):
            return [term >= FIRST_YEAR, term <= LAST_YEAR]
        return [term >= 0]

    def _together(self, numbers: Iterable[Variable]) -> list[Term]:
        """How the days of a proposal hang together: no end before the start; waits count from the day of the line, or
        from today where only a start is said, which is then the day of the line."""
        day, waits = self.number(("line day",)), self.number(("waits from",))
        start, end = self.number(("day", "start")), self.number(("day", "end"))
        said_start, said_end = (self.term(self.ground.said(fact)) for fact in ("start", "end"))
        out = [z3.Or(day == waits, z3.And(said_start, start == day))]
        if ("day", "end") in numbers:
            out.append(z3.Implies(z3.And(said_start, said_end), start <= end))
        out += [self._range_of(name, numbers) for name in (("day", "start"), ("day", "end"))]
        return out

    def _range_of(self, name: Variable, numbers: Iterable[Variable]) -> Term:
        return z3.BoolVal(True) if name in numbers else z3.And(self._range(name))


def _all(parts: list[Term]) -> Term:
    """All of some terms, made without the checks that the solver's own constructor makes of each."""
    context = parts[0].ctx
    array = (z3.Ast * len(parts))(*(part.ast for part in parts))
    return z3.BoolRef(z3.Z3_mk_and(context.ref(), len(parts), array), context)


def _any(parts: list[Term]) -> Term:
    """Any of some terms, made the same way."""
    context = parts[0].ctx
    array = (z3.Ast * len(parts))(*(part.ast for part in parts))
    return z3.BoolRef(z3.Z3_mk_or(context.ref(), len(parts), array), context)


def _not(part: Term) -> Term:
    return z3.BoolRef(z3.Z3_mk_not(part.ctx.ref(), part.ast), part.ctx)


def _one_of(name: str, count: int) -> list[Term]:
    """So many terms of which one holds: the digits of a number, with all beyond the last taken for the last."""
    bits = [z3.Bool(f"{name} bit {n}") for n in range(max(count - 1, 0).bit_length())]
    none = [_not(bit) for bit in bits]
    digits = ([bit if n >> k & 1 else none[k] for k, bit in enumerate(bits)] for n in range(count - 1))
    exact = [_all(some) for some in digits]
    return [*exact, _not(_any(exact)) if exact else z3.BoolVal(True)] if count else []


def variables_in(words: Any) -> Iterable[Variable]:
    """The variables that an atom speaks of."""
    match words[0]:
        case "sum":
            return [name for _, name in words[1]]
        case "years":
            span: Span = words[2]
            return [name for one in span for _, name in one.terms]
        case "early":
            return [name for one in words[1:3] for _, name in one.terms]
    return []
