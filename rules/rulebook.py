"""The rulebook: the library resolved for one day of the law and one day of knowledge.

Provisions in force, dated values and definitions are put in place; what remains is a graph of nodes over facts.
One rulebook serves every line between two changes of the law. Shared parts (definitions, limits) are single nodes.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import conditions as c
from rules.derived import fiscal_year
from rules.library import Interpretation, Library
from rules.lines import Cell
from rules.planes import Letter
from rules.provisions import Bar, Cap, Definition, Duty, Fund, Grant, LawFile, Life, Provision, Reach, ValueEntry, Years


@dataclass(eq=False, slots=True)
class Node:
    """One condition with a goal. ``source`` is the condition it came from, for the explainer."""

    goal: bool


@dataclass(eq=False, slots=True)
class FactLeaf(Node):
    """A test of one fact: ``test`` turns a cell into a letter; ``operand`` is what it was compared with."""

    fact: str
    on: str
    test: Callable[[Cell], Letter]
    operand: Any
    kind: str


@dataclass(eq=False, slots=True)
class Computed(Node):
    """A test over several facts (money's years, reach by money)."""

    name: str
    facts: tuple[str, ...]
    test: Callable[[Sequence[Cell]], Letter]


@dataclass(eq=False, slots=True)
class ActLeaf(Node):
    """True where the act is ``state``: done or refused."""

    act: str
    state: str


@dataclass(eq=False, slots=True)
class QuestionLeaf(Node):
    """An open question: counsel's, unless the proposal brings counsel's word with its source."""

    question: str


@dataclass(eq=False, slots=True)
class Settled(Node):
    """A question with interpretations: the first whose scope is true answers; where none is, it stays counsel's."""

    open: QuestionLeaf
    answers: tuple[tuple[Node, bool], ...]


@dataclass(eq=False, slots=True)
class Late(Node):
    """True where the duty's wait or time can no longer be met before a stated event."""

    duty: Duty


@dataclass(eq=False, slots=True)
class CapLeaf(Node):
    """True where the counted fact, with what is used and the proposal's other lines, exceeds the amount."""

    key: tuple[str, str]
    cap: Cap
    amount: int


@dataclass(eq=False, slots=True)
class Constant(Node):
    """Always the letter given."""

    letter: Letter


@dataclass(eq=False, slots=True)
class All(Node):
    """Conjunction."""

    parts: tuple[Node, ...]


@dataclass(eq=False, slots=True)
class Any_(Node):
    """Disjunction."""

    parts: tuple[Node, ...]


@dataclass(eq=False, slots=True)
class Not(Node):
    """Negation; its part has the opposite goal."""

    part: Node


@dataclass(eq=False, slots=True)
class Named(Node):
    """A definition where it is used: the explainer shows its name and cite."""

    part: Node
    definition: Definition


@dataclass(eq=False, slots=True)
class BarBook:
    """A bar as it applies: ``node`` is the whole; ``base`` without its exception; ``unless`` the exception."""

    key: str
    provision: Bar
    file: LawFile
    node: Node
    base: Node
    unless: Node | None


@dataclass(eq=False, slots=True)
class DutyBook:
    """A duty as it applies: where; where excused; where it bars because refused or too late."""

    key: str
    provision: Duty
    file: LawFile
    applies: Node
    excused: Node | None
    bars: Node


@dataclass(eq=False, slots=True)
class CapBook:
    """A cap: where it applies, and the cap as a bar."""

    key: str
    provision: Cap
    file: LawFile
    applies: Node
    node: Node
    amount: int


@dataclass(eq=False, slots=True)
class FundBook:
    """A fund rule: where it applies, whether the account fits, whether account and years fit."""

    key: str
    provision: Fund
    file: LawFile
    applies: Node
    account: Node
    years: Node
    node: Node
    never: Node
    end_by: tuple[tuple[int, int, int], ...]


@dataclass(eq=False, slots=True)
class AuthorityBook:
    """One authority (or limit, judged alone) on the day: its grants, bars, duties, caps and funds with its limits'."""

    file: LawFile
    grants: tuple[tuple[str, Grant, Node], ...]
    bars: tuple[BarBook, ...]
    duties: tuple[DutyBook, ...]
    caps: tuple[CapBook, ...]
    funds: tuple[FundBook, ...]
    G: Node
    B: Node
    M: Node
    contents: Mapping[tuple[str, str], Node]


@dataclass(eq=False)
class Rulebook:
    """Every authority and limit on one day, as known on another."""

    day: date
    known: date
    authorities: Mapping[str, AuthorityBook]
    limits: Mapping[str, AuthorityBook]
    line_bars: tuple[BarBook, ...]
    relief_acts: frozenset[str]


class Shelf:
    """Rulebooks of one library, made when first needed, one for each interval between changes of the law."""

    def __init__(self, library: Library):
        self.library = library
        self.days = _change_days(library)
        self.enactments = sorted(set(library.laws.values()))
        self._books: dict[tuple[int, int], Rulebook] = {}

    def book(self, day: date, known: date) -> Rulebook:
        """The rulebook for a law-day and a day of knowledge."""
        key = (bisect.bisect_right(self.days, day), bisect.bisect_right(self.enactments, known))
        if key not in self._books:
            self._books[key] = Builder(self.library, day, known).build()
        return self._books[key]


def _lives(library: Library) -> list[Life]:
    lives = [p.life for file in library.files() for p in file.provisions()]
    lives += [e.life for file in library.files() for entries in file.values.values() for e in entries]
    return lives


def _change_days(library: Library) -> list[date]:
    days = {d for life in _lives(library) for d in (life.since, life.until) if d is not None}
    days |= {i.dated for i in library.interpretations}
    return sorted(days)


class Builder:
    """Resolves one library for one (day, known) pair."""

    def __init__(self, library: Library, day: date, known: date):
        self.library, self.day, self.known = library, day, known
        self.memo: dict[Any, Node] = {}
        self.taxonomy = library.vocabulary.taxonomy

    # --- what is in force -----------------------------------------------------------------------------------------
    def enacted(self, law: Any) -> bool:
        """Whether the law was enacted by the day of knowledge (no law named: always)."""
        return law is None or self.library.laws[law.public_law] <= self.known

    def until(self, life: Life) -> date | None:
        """The end, unless what ended it was not yet enacted."""
        return life.until if life.until is not None and self.enacted(life.ended_by) else None

    def in_force(self, life: Life) -> bool:
        """Whether words judged on the line's day are in force; true for those judged on another day or by the money."""
        if not self.enacted(life.law):
            return False
        if life.fund_years is not None or life.on != "date":
            return True
        until = self.until(life)
        return life.since <= self.day and (until is None or self.day < until)

    def window(self, life: Life, node: Node) -> Node:
        """Wrap words that follow the money's year, or another day than the line's, in that test."""
        goal = node.goal
        if life.fund_years is not None:
            years = life.fund_years
            bounds: list[tuple[c.Bound, Any]] = []
            if years.first is not None:
                bounds.append(("at least", years.first))
            if years.last is not None:
                bounds.append(("at most", years.last))
            return All(goal, (self.bounded("fund_year", "date", tuple(bounds), goal), node))
        if life.on != "date":
            until = self.until(life)

            def test(cells: Sequence[Cell]) -> Letter:
                kind, day = cells[0]
                day = day if kind == "v" else cells[1][1]
                return "T" if life.since <= day and (until is None or day < until) else "F"

            return All(goal, (Computed(goal, f"in force on {life.on}", (life.on, "date"), test), node))
        return node

    # --- values ---------------------------------------------------------------------------------------------------
    def value(self, file: LawFile, ref: c.ValueRef) -> list[tuple[Any, ValueEntry]]:
        """The states of a dated value that matter on the day: one, or one for each range of fund years."""
        owner = file if ref.file is None else self.file(ref.file)
        now: Any = None
        entry_now: ValueEntry | None = None
        by_year: list[tuple[Any, ValueEntry]] = []
        for entry in owner.values.get(ref.name, ()):
            if not self.enacted(entry.life.law):
                continue
            if entry.life.fund_years is not None:
                by_year.append((entry.is_, entry))
                continue
            if entry.life.since > self.day:
                break
            if entry.is_ is not None:
                now = entry.is_
            else:
                now = tuple(t for t in (*(now or ()), *entry.adds) if t not in entry.removes)
            entry_now = entry
            until = self.until(entry.life)
            if until is not None and until <= self.day:
                now, entry_now = None, None
        if by_year:
            return by_year
        return [] if entry_now is None else [(now, entry_now)]

    def file(self, id_: str) -> LawFile:
        """A law file of any kind by id."""
        for shelf in (self.library.authorities, self.library.limits, self.library.definitions):
            if id_ in shelf:
                return shelf[id_]
        raise KeyError(id_)

    # --- leaves ---------------------------------------------------------------------------------------------------
    def bounded(self, fact: str, on: str, bounds: tuple[tuple[c.Bound, Any], ...], goal: bool) -> Node:
        """A number or date within bounds."""

        def test(cell: Cell) -> Letter:
            kind, value = cell
            if kind == "v":
                return "T" if all(_COMPARE[word](value, operand) for word, operand in bounds) else "F"
            return _absent(kind)

        return FactLeaf(goal, fact, on, test, bounds, "bounds")

    def one_of(self, fact: str, on: str, members: tuple[str, ...], goal: bool) -> Node:
        """A term (or set of terms) against a set."""
        relation = self.taxonomy.relation
        verdicts: dict[str, Letter] = {"in": "T", "overlaps": "P", "out": "F"}

        def test(cell: Cell) -> Letter:
            kind, value = cell
            if kind != "v":
                return _absent(kind)
            if isinstance(value, tuple):
                letters = [verdicts[relation(one, members)] for one in value]
                return "T" if "T" in letters else "P" if "P" in letters else "F"
            return verdicts[relation(value, members)]

        return FactLeaf(goal, fact, on, test, members, "one of")

    def equals(self, fact: str, on: str, expected: Any, goal: bool) -> Node:
        """A yes-or-no fact, number or date that equals a value; an unsaid opener is as if said false."""
        opener: Letter = "T" if expected is False else "F"

        def test(cell: Cell) -> Letter:
            kind, value = cell
            if kind == "v":
                return "T" if value == expected else "F"
            return opener if kind == "o" else _absent(kind)

        return FactLeaf(goal, fact, on, test, expected, "equals")

    # --- conditions -----------------------------------------------------------------------------------------------
    def node(self, condition: c.Condition, file: LawFile, on: str, goal: bool) -> Node:
        """The node of a condition in a file, read with a goal, tables on the day of ``on``."""
        match condition:
            case c.AllOf(parts):
                return All(goal, tuple(self.node(p, file, on, goal) for p in parts))
            case c.AnyOf(parts):
                return Any_(goal, tuple(self.node(p, file, on, goal) for p in parts))
            case c.Negation(part):
                return Not(goal, self.node(part, file, on, not goal))
            case c.OneOf(fact, members):
                return self.with_values(fact, members, file, goal, lambda m: self.one_of(fact, on, m, goal))
            case c.Equals(fact, value):
                return self.with_values(fact, value, file, goal, lambda v: self.equals(fact, on, v, goal))
            case c.Bounded(fact, bounds):
                parts_: list[Node] = []
                for word, operand in bounds:
                    parts_.append(
                        self.with_values(
                            fact, operand, file, goal, lambda v, w=word: self.bounded(fact, on, ((w, v),), goal)
                        )
                    )
                return parts_[0] if len(parts_) == 1 else All(goal, tuple(parts_))
            case c.Satisfies(names):
                nodes = tuple(self.definition(name, file, on, goal) for name in names)
                return nodes[0] if len(nodes) == 1 else Any_(goal, nodes)
            case c.Question(id_):
                return self.question(id_, on, goal)
            case c.ActDone(id_):
                return ActLeaf(goal, id_, "done")
            case c.GrantHolds(id_):
                for grant in file.grants:
                    if grant.id == id_ and self.in_force(grant.life):
                        return self.window(grant.life, self.node(grant.when, file, grant.life.on, goal))
                return Constant(goal, "F")
            case c.BarredUnder(targets):
                return self.barred_under(targets, goal)

    def with_values(
        self, fact: str, operand: Any, file: LawFile, goal: bool, make: Callable[[Any], Node]
    ) -> Node:
        """A leaf whose operand may be a dated value, perhaps one that differs by the money's year."""
        if not isinstance(operand, c.ValueRef):
            return make(operand)
        states = self.value(file, operand)
        if not states:
            return Constant(goal, "C")
        parts = [self.window(entry.life, make(value)) for value, entry in states]
        return parts[0] if len(parts) == 1 else Any_(goal, tuple(parts))

    def definition(self, name: str, file: LawFile, on: str, goal: bool) -> Node:
        """A definition of the file, else of the library; one that is not in force is left to counsel."""
        for owner in (file, *self.library.definitions.values()):
            for one in owner.definitions:
                if one.id == name and self.in_force(one.life):
                    key = ("definition", owner.id, name, on, goal)
                    if key not in self.memo:
                        self.memo[key] = Named(goal, self.window(one.life, self.meaning(one, owner, on, goal)), one)
                    return self.memo[key]
        return Constant(goal, "C")

    def meaning(self, one: Definition, file: LawFile, on: str, goal: bool) -> Node:
        """``when``; or inside, or (not outside and the question)."""
        if one.inside is None:
            return self.node(one.when, file, on, goal)
        inside = self.node(one.inside, file, on, goal)
        if one.otherwise is None:
            return inside
        middle: list[Node] = [self.question(one.otherwise, on, goal)]
        if one.outside is not None:
            middle.insert(0, Not(goal, self.node(one.outside, file, on, not goal)))
        return Any_(goal, (inside, All(goal, tuple(middle))))

    def question(self, id_: str, on: str, goal: bool) -> Node:
        """Counsel's interpretations known by the day, each within its years and scope; else open."""
        open_ = QuestionLeaf(goal, id_)
        answers = tuple(
            (self.scope(one, on, True), one.answer)
            for one in self.library.interpretations
            if one.question == id_ and one.dated <= self.known
        )
        return Settled(goal, open_, answers) if answers else open_

    def scope(self, one: Interpretation, on: str, goal: bool) -> Node:
        """Where an interpretation speaks: its fiscal years and its ``when``."""
        starts = self.library.calendar.year_starts

        def test(cells: Sequence[Cell]) -> Letter:
            return "T" if fiscal_year(cells[0][1], starts) in one.fiscal_years else "F"

        years = Computed(goal, "fiscal year of the interpretation", ("date",), test)
        return All(goal, (years, self.node(one.when, _NOWHERE, on, goal)))

    def barred_under(self, targets: tuple[str, ...], goal: bool) -> Node:
        """True where a limit with one of these ids, or reaching one of these tags or authorities, bars the line."""
        wanted = frozenset(targets)
        nodes: list[Node] = []
        for limit in self.library.limits.values():
            if limit.id in wanted or wanted & (limit.reach.tags | limit.reach.authorities):
                nodes += [self.bar(bar, limit, goal).node for bar in limit.bars if self.in_force(bar.life)]
        return Any_(goal, tuple(nodes))

    # --- provisions -----------------------------------------------------------------------------------------------
    def applies(self, provision: Provision, file: LawFile, goal: bool) -> Node:
        """Where a provision applies."""
        return self.window(provision.life, self.node(provision.when, file, provision.life.on, goal))

    def bar(self, bar: Bar, file: LawFile, goal: bool) -> BarBook:
        """A bar of a file, shared by all it reaches."""
        key = ("bar", file.id, bar.id, goal)
        base = self.memo.get(("base", *key))
        if base is None:
            base = self.memo[("base", *key)] = self.applies(bar, file, goal)
        if bar.unless is None:
            return BarBook(bar.id, bar, file, base, base, None)
        unless = self.memo.get(("unless", *key))
        if unless is None:
            unless = self.memo[("unless", *key)] = self.node(bar.unless, file, bar.life.on, not goal)
            self.memo[key] = All(goal, (base, Not(goal, unless)))
        return BarBook(bar.id, bar, file, self.memo[key], base, unless)

    def duty(self, duty: Duty, file: LawFile) -> DutyBook:
        """A duty of a file: where it applies, where excused, where it bars."""
        key = ("duty", file.id, duty.id)
        applies = self.memo.get(key)
        if applies is None:
            applies = self.memo[key] = self.applies(duty, file, False)
        excused = None if duty.unless is None else self.node(duty.unless, file, duty.life.on, True)
        fails: list[Node] = [ActLeaf(False, duty.act, "refused")]
        if duty.direction == "before":
            fails.append(Late(False, duty))
        parts: list[Node] = [applies, Any_(False, tuple(fails))]
        if excused is not None:
            parts.append(Not(False, excused))
        return DutyBook(duty.id, duty, file, applies, excused, All(False, tuple(parts)))

    def cap(self, cap: Cap, file: LawFile) -> CapBook:
        """A cap of a file, as a bar."""
        applies = self.applies(cap, file, False)
        amounts: list[tuple[int, Life | None]]
        if isinstance(cap.amount, c.ValueRef):
            amounts = [(int(v), e.life) for v, e in self.value(file, cap.amount)]
        else:
            amounts = [(cap.amount, None)]
        key = (file.id, cap.group or cap.id)
        leaves: list[Node] = []
        for amount, life in amounts:
            leaf: Node = CapLeaf(False, key, cap, amount)
            leaves.append(leaf if life is None else self.window(life, leaf))
        body: Node = Any_(False, tuple(leaves)) if leaves else Constant(False, "C")
        return CapBook(cap.id, cap, file, applies, All(False, (applies, body)), amounts[-1][0] if amounts else 0)

    def fund(self, fund: Fund, file: LawFile) -> FundBook:
        """A fund rule: the account fits, and the activity's years fit the money's."""
        applies = self.applies(fund, file, True)
        account = self.one_of("account", "date", fund.accounts, True)
        years: list[Node] = []
        starts = self.library.calendar.year_starts
        if fund.begin_in_fund_year:
            years.append(Computed(True, "begin in fund year", ("fund_year", "start"), _years(starts, 0, 0)))
        end_by: list[tuple[int, int, int]] = []
        if fund.end_by_years is not None:
            states: list[tuple[int, Life | None]]
            if isinstance(fund.end_by_years, c.ValueRef):
                states = [(int(v), e.life) for v, e in self.value(file, fund.end_by_years)]
            else:
                states = [(fund.end_by_years, None)]
            ends: list[Node] = []
            for after, life in states:
                span = life.fund_years if life is not None and life.fund_years is not None else Years()
                end_by.append((span.first or 0, span.last or 9999, after))
                one: Node = Computed(True, f"end by year {after}", ("fund_year", "end"), _years(starts, None, after))
                ends.append(one if life is None else self.window(life, one))
            years.append(Any_(True, tuple(ends)) if ends else Constant(True, "C"))
        within: Node = All(True, tuple(years))
        node = All(True, (applies, account, within))
        return FundBook(fund.id, fund, file, applies, account, within, node, self.never(fund, file), tuple(end_by))

    # --- whole authorities ----------------------------------------------------------------------------------------
    def reaches(self, limit: LawFile, file: LawFile) -> Node | None:
        """Where a limit reaches an authority: None for nowhere."""
        if file.notwithstanding is not None and limit.id not in file.but_not:
            if "all" in file.notwithstanding or limit.id in file.notwithstanding:
                return None
        reach = self.reach(limit.reach, file)
        if reach is None:
            return None
        exempt = self.reach(limit.reach_except, file, goal=True)
        return reach if exempt is None else All(False, (reach, Not(False, exempt)))

    def reach(self, reach: Reach, file: LawFile, *, goal: bool = False) -> Node | None:
        """The node of one reach clause for an authority."""
        if reach.everything or file.id in reach.authorities or file.tags & reach.tags:
            return Constant(goal, "T")
        if not reach.accounts:
            return None
        own = [a for fund in file.funds if not fund.never and self.in_force(fund.life) for a in fund.accounts]
        within = any(self.taxonomy.relation(a, reach.accounts) == "in" for a in own)
        named = self.one_of("account", "date", reach.accounts, goal)
        assert isinstance(named, FactLeaf)
        inner = named.test

        def test(cells: Sequence[Cell]) -> Letter:
            return ("T" if within else "F") if cells[0][0] == "c" else inner(cells[0])

        return Computed(goal, "reach by money", ("account",), test)

    def reached(self, limit: LawFile, file: LawFile) -> tuple[list[BarBook], list[DutyBook], list[CapBook]]:
        """What a limit brings to an authority, each part under the reach."""
        reach = self.reaches(limit, file)
        if reach is None:
            return [], [], []
        everywhere = isinstance(reach, Constant)
        under: Callable[[Node], Node] = (lambda n: n) if everywhere else (lambda n: All(False, (reach, n)))
        bars: list[BarBook] = []
        for bar in limit.bars:
            if self.in_force(bar.life):
                book = self.bar(bar, limit, False)
                bars.append(
                    BarBook(f"{limit.id}.{bar.id}", bar, limit, under(book.node), under(book.base), book.unless)
                )
        duties: list[DutyBook] = []
        for duty in limit.duties:
            if self.in_force(duty.life):
                one = self.duty(duty, limit)
                duties.append(
                    DutyBook(
                        f"{limit.id}.{duty.id}", duty, limit, under(one.applies), one.excused, under(one.bars)
                    )
                )
        caps: list[CapBook] = []
        for cap in limit.caps:
            if self.in_force(cap.life):
                made = self.cap(cap, limit)
                caps.append(
                    CapBook(f"{limit.id}.{cap.id}", cap, limit, under(made.applies), under(made.node), made.amount)
                )
        return bars, duties, caps

    def defeated(self, file: LawFile) -> dict[str, Node]:
        """Bars (``limit.bar``) that a provision of this file defeats, with where."""
        out: dict[str, list[Node]] = {}
        for provision in file.provisions():
            if provision.defeats and self.in_force(provision.life):
                for key in provision.defeats:
                    out.setdefault(key, []).append(self.applies(provision, file, True))
        return {key: Any_(True, tuple(nodes)) for key, nodes in out.items()}

    def authority(self, file: LawFile, *, alone: bool = False) -> AuthorityBook:
        """One authority with everything that reaches it; a limit ``alone`` has only its own bars."""
        grants = tuple(
            (g.id, g, self.window(g.life, self.node(g.when, file, g.life.on, True)))
            for g in file.grants
            if self.in_force(g.life)
        )
        bars = [self.bar(b, file, False) for b in file.bars if self.in_force(b.life)]
        duties = [self.duty(d, file) for d in file.duties if self.in_force(d.life)]
        caps = [self.cap(k, file) for k in file.caps if self.in_force(k.life)]
        funds = [self.fund(f, file) for f in file.funds if self.in_force(f.life)]
        if not alone:
            defeated = self.defeated(file)
            for limit in self.library.limits.values():
                more_bars, more_duties, more_caps = self.reached(limit, file)
                for bar in more_bars:
                    if bar.key in defeated:
                        escape = Not(False, defeated[bar.key])
                        bar.node = All(False, (bar.node, escape))
                        bar.base = All(False, (bar.base, escape))
                    bars.append(bar)
                duties += more_duties
                caps += more_caps
        money: list[Node] = [cap.node for cap in caps]
        money += [f.never for f in funds if f.provision.never]
        may = tuple(f.node for f in funds if not f.provision.never)
        if may:
            money.append(Not(False, Any_(True, may)))
        return AuthorityBook(
            file,
            grants,
            tuple(bars),
            tuple(duties),
            tuple(caps),
            tuple(funds),
            Any_(True, tuple(node for _, _, node in grants)),
            Any_(False, (*(b.node for b in bars), *(d.bars for d in duties))),
            Any_(False, tuple(money)),
            {
                (d.key, one.cite): self.node(one.when, d.file, "date", False)
                for d in duties
                for one in d.provision.contents
                if one.when is not c.TRUE
            },
        )

    def never(self, fund: Fund, file: LawFile) -> Node:
        """Money that may not be used, as a bar."""
        applies = self.applies(fund, file, False)
        return All(False, (applies, self.one_of("account", "date", fund.accounts, False)))

    def build(self) -> Rulebook:
        """Every authority and limit."""
        return Rulebook(
            self.day,
            self.known,
            {id_: self.authority(file) for id_, file in self.library.authorities.items()},
            {id_: self.authority(file, alone=True) for id_, file in self.library.limits.items()},
            self.line_bars(),
            frozenset(
                one.id
                for file in self.library.files()
                for bar in file.bars
                if bar.unless is not None
                for one in c.walk(bar.unless)
                if isinstance(one, c.ActDone)
            ),
        )

    def line_bars(self) -> tuple[BarBook, ...]:
        """Bars of limits that reach everything, or named money: judged for the line itself."""
        out: list[BarBook] = []
        for limit in self.library.limits.values():
            if not (limit.reach.everything or limit.reach.accounts):
                continue
            for bar in limit.bars:
                if not self.in_force(bar.life):
                    continue
                book = self.bar(bar, limit, False)
                if not limit.reach.everything:
                    named = self.one_of("account", "date", limit.reach.accounts, False)
                    reach = All(False, (named, book.node))
                    book = BarBook(book.key, bar, limit, reach, book.base, book.unless)
                out.append(BarBook(f"{limit.id}.{bar.id}", bar, limit, book.node, book.base, book.unless))
        return tuple(out)


_NOWHERE = LawFile("", "definitions", "", "", "", "")

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "at most": lambda v, x: bool(v <= x),
    "more than": lambda v, x: bool(v > x),
    "at least": lambda v, x: bool(v >= x),
    "less than": lambda v, x: bool(v < x),
    "before": lambda v, x: bool(v < x),
    "after": lambda v, x: bool(v > x),
    "between": lambda v, x: bool(x[0] <= v <= x[1]),
}


def _absent(kind: str) -> Letter:
    if kind == "o":
        return "F"
    return kind  # type: ignore[return-value]


def _years(year_starts: int, first: int | None, last: int) -> Callable[[Sequence[Cell]], Letter]:
    """Whether a day lies from ``first`` to ``last`` fiscal years after the money's year."""

    def test(cells: Sequence[Cell]) -> Letter:
        for kind, _ in cells:
            if kind != "v":
                return _absent(kind) if kind != "o" else "F"
        after = fiscal_year(cells[1][1], year_starts) - cells[0][1]
        return "T" if (first is None or after >= first) and after <= last else "F"

    return test
