"""One finding with its reasons, for one line under one authority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rules import books
from rules.derived import add_months, fiscal_year, fiscal_year_ends, money_phase
from rules.explain import Explainer, acts_in, ref
from rules.findings import Assumption, Bar, Failing, Finding, Money, Relief, Todo, Unknown
from rules.judge import LAWFUL, Judged, Session, outstanding
from rules.planes import letter_of
from rules.provisions import Duty

View = tuple[Session, int]


class FindingMaker:
    """Makes the finding. ``variants``: name -> the same line changed in one respect, where it was judged."""

    def __init__(self, id_: str, explainer: Explainer, judged: Judged, variants: Mapping[str, View | None]):
        self.id, self.explainer, self.judged, self.variants = id_, explainer, judged, variants
        self.book, self.file = judged.book, judged.book.file
        self.evaluation = explainer.evaluation
        self.bit, self.i = explainer.bit, explainer.i
        self.verdict = judged.verdict(self.bit)

    def finding(self) -> Finding:
        """The finding, whole."""
        lawful = self.verdict in LAWFUL
        relies = tuple(ref(k, g, self.file) for k, g, n in self.book.grants if self.explainer.true(n))
        bars = self.bars() if self.verdict not in ("no authority",) else ()
        possible = self.verdict not in ("no authority", "prohibited")
        duties = tuple(self.todo(d) for d in self.book.duties if self.due_before(d)) if possible else ()
        follow = tuple(self.todo(d) for d in self.book.duties if self.follows(d)) if lawful else ()
        conditions = self.conditions() if lawful else ()
        failing = self.failing() if self.verdict == "no authority" else ()
        unknown = self.unknown() if self.verdict != "no authority" else ()
        return Finding(
            authority=self.id,
            short=self.file.short,
            statute=self.file.statute,
            verdict=self.verdict,
            relies_on=relies,
            failing=failing,
            bars=bars,
            duties=duties,
            follow_up=follow,
            unknown=unknown,
            conditions=conditions,
            funds=self.funds() if possible else (),
            assumptions=self.assumptions(),
            doors=self.doors(),
            other_money=bool(self.judged.other_money & self.bit),
            in_force=self.in_force(),
            deciding=self.deciding(relies, bars, duties, conditions),
            letters=self.letters(),
            basis=self.file.basis,
        )

    # --- reasons --------------------------------------------------------------------------------------------------
    def deciding(
        self,
        relies: tuple[Any, ...],
        bars: tuple[Bar, ...],
        duties: tuple[Todo, ...],
        conditions: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The ids of the provisions that decide (the language page, section 10)."""
        granted = tuple(r.key for r in relies)
        match self.verdict:
            case "permitted":
                return granted
            case "conditional":
                open_ = tuple(b.ref.key for b in bars)
                return (*granted, *(d.ref.key for d in duties), *open_, *self.only_funds())
            case "prohibited":
                return tuple(b.ref.key for b in bars if b.state == "true")
            case "no authority":
                return tuple(k for k, _, _ in self.book.grants)
        unknown_grants = tuple(k for k, _, n in self.book.grants if self.explainer.unknown(n))
        return (*unknown_grants, *(b.ref.key for b in bars if b.state == "unknown"))

    def only_funds(self) -> tuple[str, ...]:
        """Funds that must pay, where the proposal names no account."""
        if self.evaluation.batch.found("account")[self.i].cell[0] != "c":
            return ()
        return tuple(f.key for f in self.book.funds if f.provision.only and not self.explainer.false(f.applies))

    @staticmethod
    def bar_record(explainer: Explainer, bar: books.BarBook, relieved: bool) -> Bar:
        """A bar that is true or unknown of the line, with its reliefs if they would serve."""
        reliefs: tuple[Relief, ...] = ()
        if bar.unless is not None and relieved:
            acts = explainer.library.vocabulary.acts
            reliefs = tuple(Relief(((a, acts[a].gist, acts[a].actor),)) for a in acts_in(bar.unless))
        state = "true" if explainer.true(bar.node) else "unknown"
        why = explainer.said(bar.base) if state == "true" else ""
        return Bar(ref(bar.key, bar.provision, bar.file), "bar", state, why, reliefs)

    def bars(self) -> tuple[Bar, ...]:
        """Bars, refused or late duties, caps and money that are true of the line, or not settled."""
        explainer = self.explainer
        out: list[Bar] = []
        relieved = self.relieved()
        for bar in self.book.bars:
            if not explainer.false(bar.node):
                out.append(self.bar_record(explainer, bar, relieved))
        for duty in self.book.duties:
            if not explainer.false(duty.bars):
                out.append(self.failed_duty(duty))
        for cap in self.book.caps:
            if not explainer.false(cap.node):
                out.append(self.cap(cap))
        out.extend(self.money())
        return tuple(out)

    def relieved(self) -> bool:
        """Whether, with every relief done, no bar of the finding would stand."""
        view = self.variants.get("relieved")
        if view is None:
            return False
        session, i = view
        return not session.judged[self.id].B.t >> i & 1

    def failed_duty(self, duty: books.DutyBook) -> Bar:
        """A duty refused, or too late for the stated day."""
        state = "true" if self.explainer.true(duty.bars) else "unknown"
        record = ref(duty.key, duty.provision, duty.file)
        act = self.evaluation.batch.act_state(duty.provision.act, self.i)[0]
        if act == "refused":
            return Bar(record, "refused", state, f"{self.actor(duty.provision)} refused")
        first = self.evaluation.late(duty.provision, self.i)
        event = self.explainer.found(duty.provision.event)
        why = f"too late for the {duty.provision.event} of {event}: {self.wait(duty.provision)} are needed"
        return Bar(record, "late", state, why, (Relief(first_start=first),))

    def cap(self, cap: books.CapBook) -> Bar:
        """A cap exceeded, or one whose amount is not said."""
        record = ref(cap.key, cap.provision, cap.file)
        if not self.explainer.true(cap.node):
            return Bar(record, "cap", "unknown", f"{cap.provision.counts.replace('_', ' ')} is not said")
        kind, value = self.evaluation.batch.found(cap.provision.counts)[self.i].cell
        key = (cap.file.id, cap.provision.group or cap.provision.id)
        others = self.evaluation.others(key, self.i)
        used = self.evaluation.batch.found(cap.provision.used)[self.i].cell[1] if cap.provision.used else 0
        money = self.explainer.library.vocabulary.facts[cap.provision.counts].type == "money"
        say = (lambda n: f"${n:,}") if money else str
        total = (value if kind == "v" else 0) + (used or 0) + others
        parts = f"{say(value)}" if kind == "v" else "what is used"
        if used:
            parts += f" with {say(used)} already used"
        if others:
            parts += f" and {say(others)} in the proposal's other lines"
        return Bar(
            record,
            "cap",
            "true",
            f"{parts} is {say(total - cap.amount)} over the ceiling of {say(cap.amount)}",
        )

    def money(self) -> list[Bar]:
        """Money named that may not pay, or does not fit the years."""
        out: list[Bar] = []
        may = [f for f in self.book.funds if not f.provision.never]
        for fund in self.book.funds:
            if fund.provision.never:
                if not (self.explainer.false(fund.never) or self.verdict in LAWFUL):
                    state = "true" if self.explainer.true(fund.never) else "unknown"
                    why = f"{self.explainer.found('account')} may not pay"
                    out.append(Bar(ref(fund.key, fund.provision, fund.file), "fund", state, why))
        if any(self.explainer.true(f.node) for f in may):
            return out
        for fund in may:
            if self.explainer.false(fund.applies):
                continue
            state = "true" if self.explainer.false(fund.node) else "unknown"
            if self.explainer.false(fund.account):
                would = ", ".join(self.explainer.speaker.term(a) for a in fund.provision.accounts)
                why = f"the proposal names {self.explainer.found('account')}; only {would} may pay"
            elif self.explainer.false(fund.years):
                why = self.years_why(fund)
            else:
                why = "which money pays is not said closely enough"
            out.append(Bar(ref(fund.key, fund.provision, fund.file), "fund", state, why))
        return out

    def years_why(self, fund: books.FundBook) -> str:
        """Why the activity's years do not fit the money's."""
        year = self.explainer.found("fund_year")
        end = self.end_by(fund)
        start, finish = self.explainer.found("start"), self.explainer.found("end")
        limit = f" and end by {end:%-d %B %Y}" if end else ""
        begin = "begin in that fiscal year" if fund.provision.begin_in_fund_year else "run"
        return f"fiscal year {year} money: the activity must {begin}{limit}; it runs from {start} to {finish}"

    def failing(self) -> tuple[Failing, ...]:
        """Each grant in force with the clauses that keep it from holding, nearest first."""
        out = []
        for key, grant, node in self.book.grants:
            clauses, others = self.explainer.failing(node)
            unique = tuple(dict.fromkeys(clauses))
            out.append(Failing(ref(key, grant, self.file), unique, others))
        return tuple(sorted(out, key=lambda f: len(f.clauses)))

    # --- duties and money -----------------------------------------------------------------------------------------
    def due_before(self, duty: books.DutyBook) -> bool:
        """Whether a duty due before the activity is still open."""
        return bool(outstanding(self.evaluation, duty) & self.bit)

    def follows(self, duty: books.DutyBook) -> bool:
        """Whether a later or recurring duty applies (or may)."""
        later = duty.provision.direction == "after" or duty.provision.recurring
        excused = duty.excused is not None and self.explainer.true(duty.excused)
        return later and not excused and not self.explainer.false(duty.applies)

    def actor(self, duty: Duty) -> str:
        """Who does the act."""
        return self.explainer.library.vocabulary.acts[duty.act].actor

    @staticmethod
    def wait(duty: Duty) -> str:
        """The wait or term, in words."""
        parts = [(duty.days, "day"), (duty.months, "month"), (duty.hours, "hour")]
        return " ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in parts if n)

    def todo(self, duty: books.DutyBook) -> Todo:
        """An act to do, with its deadline where the event's day is stated."""
        one = duty.provision
        act = self.explainer.library.vocabulary.acts[one.act]
        kind, event = self.evaluation.batch.found(one.event)[self.i].cell
        wait = one.days + -(-one.hours // 24)
        due: date | None = None
        if kind == "v" and not one.recurring:
            sign = -1 if one.direction == "before" else 1
            due = add_months(event, sign * one.months) + timedelta(days=sign * wait)
        term = self.wait(one)
        when = "recurring" if one.recurring else f"{term + ' ' if term else ''}{one.direction} the {one.event}"
        contents = tuple(
            (f"{duty.file.statute}{c.cite.rstrip('*')}", c.gist) for c in one.contents if self.content_applies(duty, c)
        )
        return Todo(
            ref(duty.key, one, duty.file),
            one.act,
            act.gist,
            act.actor,
            act.delegable,
            self.evaluation.batch.act_state(one.act, self.i)[0],
            when,
            due,
            wait,
            not self.explainer.true(duty.applies),
            contents,
        )

    def content_applies(self, duty: books.DutyBook, content: Any) -> bool:
        """Whether a notice must hold this content (or may have to)."""
        node = self.judged.book.contents.get((duty.key, content.cite))
        return node is None or not self.explainer.false(node)

    def conditions(self) -> tuple[str, ...]:
        """Conditions that are not acts: certain money, and staff findings still to come."""
        out = []
        for key in self.only_funds():
            fund = next(f for f in self.book.funds if f.key == key)
            names = " or ".join(self.explainer.speaker.term(a) for a in fund.provision.accounts)
            out.append(f"Pay only from {names}.")
        return tuple(out)

    def funds(self) -> tuple[Money, ...]:
        """The money that may pay, with the years open on the day."""
        out = []
        for fund in self.book.funds:
            if fund.provision.never or self.explainer.false(fund.applies):
                continue
            accounts = tuple((a, self.explainer.speaker.term(a)) for a in fund.provision.accounts)
            years = sorted({y for a in fund.provision.accounts for y in self.open_years(a)})
            said = f"fiscal year {', '.join(map(str, years))} money" if years else ""
            out.append(
                Money(
                    ref(fund.key, fund.provision, fund.file),
                    accounts,
                    fund.provision.only,
                    said,
                    self.end_by(fund),
                )
            )
        return tuple(out)

    def open_years(self, account: str) -> list[int]:
        """Fiscal years whose money in the account is current on the line's day."""
        library = self.explainer.library
        day = self.evaluation.batch.lines[self.i].day
        now = fiscal_year(day, library.calendar.year_starts)
        return [
            year
            for year in range(now - 6, now + 1)
            if money_phase(library.accounts.get(account), year, day, library.calendar) == "current"
        ]

    def end_by(self, fund: books.FundBook) -> date | None:
        """The last day the activity may end on this money."""
        if fund.provision.end_by_years is None:
            return None
        kind, year = self.evaluation.batch.found("fund_year")[self.i].cell
        if kind != "v":
            return None
        library = self.explainer.library
        after = next((n for first, last, n in fund.end_by if first <= year <= last), None)
        return None if after is None else fiscal_year_ends(year + after, library.calendar.year_starts)

    # --- what is missing, assumed, closed -------------------------------------------------------------------------
    def unknown(self) -> tuple[Unknown, ...]:
        """Facts and questions that still matter, grants first."""
        out: dict[str, Unknown] = {}
        nodes = [n for _, _, n in self.book.grants] if self.explainer.unknown(self.book.G) else []
        if self.verdict != "prohibited":
            nodes += [b.node for b in self.book.bars] + [d.bars for d in self.book.duties]
            nodes += [self.book.M] + [d.applies for d in self.book.duties if self.due_before(d)]
            for node in nodes:
                for one in self.explainer.missing(node):
                    out.setdefault(one.id, one)
        return tuple(out.values())

    def assumptions(self) -> tuple[Assumption, ...]:
        """What was presumed, or read from a table, that the finding rests on: withdrawing it alone would change it."""
        from rules.answering import assumption

        out = []
        for name, view in self.variants.items():
            if not name.startswith("without ") or view is None:
                continue
            session, i = view
            if session.judged[self.id].verdict(1 << i) != self.verdict:
                out.append(assumption(self.explainer, name.removeprefix("without ")))
        return tuple(out)

    def doors(self) -> tuple[Unknown, ...]:
        """Openers, unsaid, that alone keep this authority closed."""
        if self.verdict != "no authority" or not self.book.grants:
            return ()
        library = self.explainer.library
        out: dict[str, Unknown] = {}
        for _, _, node in self.book.grants:
            clauses = self.explainer.failing(node)[0]
            facts = [library.vocabulary.facts.get(clause.fact) for clause in clauses]
            found = [fact for fact in facts if fact is not None and fact.opener]
            if len(found) == len(clauses) and all(
                self.evaluation.batch.found(f.id)[self.i].cell[0] == "o" for f in found
            ):
                out.update({f.id: Unknown(f.id, f.question, f.supplier) for f in found})
        return tuple(out.values())

    def in_force(self) -> str:
        """Why no grant is in force on the day: lapsed, or not yet law; and what replaced it."""
        if self.book.grants or self.file.kind != "authority":
            return ""
        day = self.evaluation.batch.lines[self.i].day
        names = self.explainer.library.authorities
        ends = [g.life.until for g in self.file.grants if g.life.until is not None and g.life.until <= day]
        begins = [g.life.since for g in self.file.grants if g.life.since > day]
        if ends:
            after = [names[a].short for a in self.file.replaced_by if a in names]
            after += [f.short for f in names.values() if self.file.id in f.replaces and f.short not in after]
            said = f"; replaced by {', '.join(after)}" if after else ""
            return f"not in force since {max(ends):%-d %B %Y}{said}"
        return f"not in force before {min(begins):%-d %B %Y}" if begins else "not in force"

    def letters(self) -> dict[str, str]:
        """Each provision's truth as a letter towards its goal, for the second opinion."""
        planes = self.evaluation.planes
        to_true = {"goal": "T", "opposite": "F"}
        to_false = {"goal": "F", "opposite": "T"}
        out: dict[str, str] = {}
        for key, _, node in self.book.grants:
            letter = letter_of(planes(node), self.bit, True)
            out[key] = to_true.get(letter, letter)
        if self.verdict == "no authority":
            return out
        barring = {**{b.key: b.node for b in self.book.bars}, **{k.key: k.node for k in self.book.caps}}
        for key, node in barring.items():
            letter = letter_of(planes(node), self.bit, False)
            out[key] = to_false.get(letter, letter)
        return out
