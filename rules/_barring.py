"""What forbids a line, or may: bars, duties refused or late, caps and money, each with why and what would lift it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules import books
from rules.derived import fiscal_year_ends
from rules.explain import Explainer, acts_in, ref
from rules.findings import Bar, Relief
from rules.judge import LAWFUL, Judged, Session
from rules.provisions import Duty

View = tuple[Session, int]


class Barring:
    """Reads the terms of one authority for one line. ``variants``: name -> the same line changed in one respect."""

    def __init__(self, id_: str, explainer: Explainer, judged: Judged, variants: Mapping[str, View | None]):
        self.id, self.explainer, self.judged, self.variants = id_, explainer, judged, variants
        self.book, self.file = judged.book, judged.book.file
        self.evaluation = explainer.evaluation
        self.bit, self.i = explainer.bit, explainer.i
        self.verdict = judged.verdict(self.bit)

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
        if self.judged.B.f & self.judged.M.f & self.bit:
            return ()
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

    def actor(self, duty: Duty) -> str:
        """Who does the act."""
        return self.explainer.library.vocabulary.acts[duty.act].actor

    @staticmethod
    def wait(duty: Duty) -> str:
        """The wait or term, in words."""
        parts = [(duty.days, "day"), (duty.months, "month"), (duty.hours, "hour")]
        return " ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in parts if n)

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
