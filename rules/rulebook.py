"""The rulebook: the library resolved for one day of the law and one day of knowledge.

Provisions in force, dated values and definitions are put in place; what remains is a graph of nodes over facts.
One rulebook serves every line between two changes of the law. Shared parts (definitions, limits) are single nodes.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from rules import conditions as c
from rules._leaves import years_after
from rules.books import ALWAYS, AuthorityBook, BarBook, Books, CapBook, DutyBook, FundBook, Rulebook, Terms, steps_of
from rules.doors import Doors, Outline, outlines
from rules.library import Library
from rules.lines import Cell
from rules.nodes import ActLeaf, All, Any_, CapLeaf, Computed, Constant, Late, Node, Not
from rules.planes import Letter
from rules.provisions import Bar, Cap, Duty, Fund, LawFile, Life, Provision, Reach, Years
from rules.reads import Reads
from rules.resolving import Resolver, conjuncts

_NEVER: Node = Constant(False, "F")
"""What a later or recurring duty bars."""


def _barring(bars: Sequence[BarBook], duties: Sequence[DutyBook]) -> list[Node]:
    return [*(b.node for b in bars), *(d.bars for d in duties if d.bars is not _NEVER)]


def _forbidding(caps: Sequence[CapBook], funds: Sequence[FundBook]) -> list[Node]:
    return [*(cap.node for cap in caps), *(fund.never for fund in funds if fund.provision.never)]


class Shelf:
    """Rulebooks of one library, made when first needed, one for each interval between changes of the law."""

    def __init__(self, library: Library):
        self.library = library
        self.outlines = outlines(library.authorities)
        more = {**outlines(library.limits), **outlines(library.definitions)}
        days = {day for one in (*self.outlines.values(), *more.values()) for day in one.days}
        self.days = sorted(days | {one.dated for one in library.interpretations})
        self.reliefs = frozenset(act for one in (*self.outlines.values(), *more.values()) for act in one.reliefs)
        # what is known changes with each law and with each answer of counsel
        self.enactments = sorted({*library.laws.values(), *(one.dated for one in library.interpretations)})
        self._books: dict[tuple[int, int], Rulebook] = {}

    def book(self, day: date, known: date) -> Rulebook:
        """The rulebook for a law-day and a day of knowledge."""
        key = (bisect.bisect_right(self.days, day), bisect.bisect_right(self.enactments, known))
        if key not in self._books:
            self._books[key] = Builder(self.library, day, known).build(self.outlines, self.reliefs)
        return self._books[key]


class Builder(Resolver):
    """Makes the rulebook of one library for one (day, known) pair."""

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
            self.memo[key] = All(goal, (*conjuncts(base), Not(goal, unless)))
        return BarBook(bar.id, bar, file, self.memo[key], base, unless)

    def duty(self, duty: Duty, file: LawFile) -> DutyBook:
        """A duty of a file: where it applies, where excused, where it bars."""
        key = ("duty", file.id, duty.id)
        applies = self.memo.get(key)
        if applies is None:
            applies = self.memo[key] = self.applies(duty, file, False)
        excused = None if duty.unless is None else self.node(duty.unless, file, duty.life.on, True)
        if duty.direction != "before" or duty.recurring:
            return DutyBook(duty.id, duty, file, applies, excused, _NEVER)
        key = ("fails", file.id, duty.id)
        fails = self.memo.get(key)
        if fails is None:
            fails = ActLeaf(False, duty.act, "refused")
            if duty.days or duty.hours or duty.months:
                fails = Any_(False, (fails, Late(False, duty)))
            self.memo[key] = fails
        parts = (applies, fails) if excused is None else (applies, fails, Not(False, excused))
        return DutyBook(duty.id, duty, file, applies, excused, All(False, parts))

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
        leaves += self.unheld([life for _, life in amounts], False)
        body: Node = Any_(False, tuple(leaves)) if leaves else Constant(False, "C")
        return CapBook(cap.id, cap, file, applies, All(False, (applies, body)), amounts[-1][0] if amounts else 0)

    def fund(self, fund: Fund, file: LawFile) -> FundBook:
        """A fund rule: the account fits, and the activity's years fit the money's."""
        applies = self.applies(fund, file, True)
        account = self.one_of("account", "date", fund.accounts, True)
        years: list[Node] = []
        starts = self.library.calendar.year_starts
        if fund.begin_in_fund_year:
            years.append(Computed(True, "begin in fund year", ("fund_year", "start"), years_after(starts, 0, 0)))
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
                one: Node = Computed(
                    True, f"end by year {after}", ("fund_year", "end"), years_after(starts, None, after)
                )
                ends.append(one if life is None else self.window(life, one))
            ends += self.unheld([life for _, life in states], True)
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
        inner = named.test

        def test(cells: Sequence[Cell]) -> Letter:
            return ("T" if within else "F") if cells[0][0] == "c" else inner(cells[0])

        return Computed(goal, "reach by money", ("account",), test)

    def named_money(self, accounts: tuple[str, ...]) -> Node:
        """True where the proposal names an account that is, or is below, one of these; false where it names none."""
        inner = self.one_of("account", "date", accounts, True)
        test = inner.test
        return Computed(True, "named money", ("account",), lambda cells: "F" if cells[0][0] == "c" else test(cells[0]))

    def reached(
        self, limit: LawFile, file: LawFile
    ) -> tuple[list[BarBook], list[DutyBook], list[CapBook], list[FundBook]]:
        """What a limit brings to an authority, each part under the reach; of its funds, those that may not be used."""
        reach = self.reaches(limit, file)
        if reach is None:
            return [], [], [], []
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
                applies, fails = under(one.applies), one.bars
                if isinstance(fails, All) and not everywhere:
                    fails = All(False, (applies, *fails.parts[1:]))
                duties.append(one._replace(key=f"{limit.id}.{duty.id}", applies=applies, bars=fails))
        caps: list[CapBook] = []
        for cap in limit.caps:
            if self.in_force(cap.life):
                made = self.cap(cap, limit)
                caps.append(
                    CapBook(f"{limit.id}.{cap.id}", cap, limit, under(made.applies), under(made.node), made.amount)
                )
        funds: list[FundBook] = []
        for fund in limit.funds:
            if fund.never and self.in_force(fund.life):
                kept = self.fund(fund, limit)
                funds.append(kept._replace(key=f"{limit.id}.{fund.id}", never=under(kept.never)))
        return bars, duties, caps, funds

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
        anything = Any_(True, tuple(node for _, _, node in grants))
        lives = [g.life for _, g, _ in grants]
        elsewhere = all(life.on != "date" or life.fund_years is not None for life in lives)
        windows = tuple(self.window(life, Constant(True, "T")) for life in lives)
        standing = Any_(True, windows) if elsewhere and lives else None
        return AuthorityBook(file, grants, anything, lambda: self.terms(file, alone=alone), standing)

    def terms(self, file: LawFile, *, alone: bool) -> Terms:
        """Bars, duties, caps and funds of one authority, with those of the limits that reach it."""
        bars = [self.bar(b, file, False) for b in file.bars if self.in_force(b.life)]
        duties = [self.duty(d, file) for d in file.duties if self.in_force(d.life)]
        caps = [self.cap(k, file) for k in file.caps if self.in_force(k.life)]
        funds = [self.fund(f, file) for f in file.funds if self.in_force(f.life)]
        barring: list[Node] = _barring(bars, duties)
        money: list[Node] = _forbidding(caps, funds)
        may = tuple(f.node for f in funds if not f.provision.never)
        if may:
            money.append(Not(False, Any_(True, may)))
        reaching: list[tuple[Node, Sequence[DutyBook]]] = [(ALWAYS, tuple(duties))]
        if not alone:
            defeated = self.defeated(file)
            for limit in self.library.limits.values():
                reach = self.reaches(limit, file)
                if reach is None:
                    continue
                more_bars, more_duties, more_caps, more_funds = self.reached(limit, file)
                more_bars = [self.escaped(bar, defeated) for bar in more_bars]
                bars += more_bars
                duties += more_duties
                caps += more_caps
                funds += more_funds
                # where the limit does not reach, nothing of it is read
                for all_, some in (
                    (barring, _barring(more_bars, more_duties)),
                    (money, _forbidding(more_caps, more_funds)),
                ):
                    all_ += [All(False, (reach, Any_(False, tuple(some))))] if len(some) > 1 else some
                reaching.append((reach, more_duties))
        return Terms(
            tuple(bars),
            tuple(duties),
            tuple(caps),
            tuple(funds),
            Any_(False, tuple(barring)),
            Any_(False, tuple(money)),
            {
                (d.key, one.cite): self.node(one.when, d.file, "date", False)
                for d in duties
                for one in d.provision.contents
                if one.when is not c.TRUE
            },
            steps_of(*reaching),
        )

    @staticmethod
    def escaped(bar: BarBook, defeated: dict[str, Node]) -> BarBook:
        """A bar as it is left by the provisions that defeat it."""
        if bar.key not in defeated:
            return bar
        escape = Not(False, defeated[bar.key])
        return bar._replace(node=All(False, (bar.node, escape)), base=All(False, (bar.base, escape)))

    def never(self, fund: Fund, file: LawFile) -> Node:
        """Money that may not be used, as a bar."""
        applies = self.applies(fund, file, False)
        return All(False, (applies, self.one_of("account", "date", fund.accounts, False)))

    def build(self, outlines: Mapping[str, Outline], reliefs: frozenset[str]) -> Rulebook:
        """Every authority and limit, each made when first asked for."""
        authorities, limits = self.library.authorities, self.library.limits
        return Rulebook(
            self.day,
            self.known,
            Books(tuple(outlines), lambda id_: self.authority(authorities[id_])),
            Books(tuple(limits), lambda id_: self.authority(limits[id_], alone=True)),
            Doors({id_: tuple(d for d in one.doors if self.in_force(d.life)) for id_, one in outlines.items()}),
            self.line_bars(),
            reliefs,
            Reads(),
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
                excepted = limit.reach_except.accounts
                if excepted:
                    spared = Not(False, self.named_money(excepted))
                    book = BarBook(book.key, bar, limit, All(False, (spared, book.node)), book.base, book.unless)
                if not limit.reach.everything:
                    named = self.one_of("account", "date", limit.reach.accounts, False)
                    reach = All(False, (named, book.node))
                    book = BarBook(book.key, bar, limit, reach, book.base, book.unless)
                out.append(BarBook(f"{limit.id}.{bar.id}", bar, limit, book.node, book.base, book.unless))
        return tuple(out)
