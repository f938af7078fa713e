"""One finding with its reasons, for one line under one authority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rules import books
from rules._barring import Barring
from rules.derived import add_months, fiscal_year, money_phase
from rules.doors import Kept, Outline
from rules.explain import ref
from rules.findings import Assumption, Bar, Failing, Finding, Money, Todo, Unknown
from rules.judge import LAWFUL
from rules.planes import letter_of
from rules.provisions import LawFile


class FindingMaker(Barring):
    """Makes the finding. ``variants``: name -> the same line changed in one respect, where it was judged."""

    def finding(self) -> Finding:
        """The finding, whole."""
        lawful = self.verdict in LAWFUL
        relies = tuple(ref(k, g, self.file) for k, g, n in self.book.grants if self.explainer.true(n))
        bars = self.bars() if self.verdict not in ("no authority",) else ()
        possible = self.verdict not in ("no authority", "prohibited")
        duties = tuple(self.todo(d) for d in self.due) if possible else ()
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
            doors=self.doors(failing),
            other_money=bool(self.judged.other_money & self.bit),
            in_force=self.in_force(),
            deciding=self.deciding(relies, bars, duties, conditions),
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

    def failing(self) -> tuple[Failing, ...]:
        """Each grant in force with the clauses that keep it from holding, nearest first."""
        out = []
        for key, grant, node in self.book.grants:
            clauses, others = self.explainer.failing(node)
            out.append(Failing(ref(key, grant, self.file), tuple(dict.fromkeys(clauses)), others))
        return tuple(sorted(out, key=lambda f: len(f.clauses)))

    # --- duties and money -----------------------------------------------------------------------------------------
    @property
    def due(self) -> tuple[books.DutyBook, ...]:
        """Duties due before the activity that are still open."""
        return tuple(duty for duty, lines in self.judged.due if lines & self.bit)

    def follows(self, duty: books.DutyBook) -> bool:
        """Whether a later or recurring duty applies (or may)."""
        if not (duty.provision.direction == "after" or duty.provision.recurring) or self.explainer.false(duty.applies):
            return False
        return duty.excused is None or not self.explainer.true(duty.excused)

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
            own = fund.provision.life.fund_years
            some = {y for a in fund.provision.accounts for y in self.open_years(a)}
            years = sorted(y for y in some if own is None or own.holds(y))
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

    # --- what is missing, assumed, closed -------------------------------------------------------------------------
    def unknown(self) -> tuple[Unknown, ...]:
        """Facts and questions that still matter, grants first."""
        out: dict[str, Unknown] = {}
        nodes = [n for _, _, n in self.book.grants] if self.explainer.unknown(self.book.G) else []
        if self.verdict != "prohibited":
            if not self.judged.B.f & self.bit:
                nodes += [b.node for b in self.book.bars] + [d.bars for d in self.book.duties]
            nodes += [self.book.M] + [d.applies for d in self.due]
            for node in nodes:
                for one in self.explainer.missing(node):
                    out.setdefault(one.id, one)
        return tuple(out.values())

    def assumptions(self) -> tuple[Assumption, ...]:
        """What was presumed, or read from a table, that the finding rests on: withdrawing it alone would change it."""
        out = []
        for name, view in self.variants.items():
            if not name.startswith("without ") or view is None:
                continue
            session, i = view
            if session.judged[self.id].verdict(1 << i) != self.verdict:
                out.append(self.assumption(name.removeprefix("without ")))
        return tuple(out)

    def assumption(self, fact: str) -> Assumption:
        """A value that was presumed or read from a table, with its source."""
        declared = self.explainer.library.vocabulary.facts[fact]
        found = self.evaluation.batch.found(fact)[self.i]
        if found.origin == "table" and declared.table is not None:
            table = self.explainer.library.tables[declared.table]
            row = found.row
            said = ("it names no such", table.source) if row is None else (row.basis, row.source or table.source)
            source = f"table {table.id} ({'; '.join(filter(None, said))}): {table.says}"
        else:
            source = "presumed: nothing says otherwise"
        return Assumption(fact, self.explainer.found(fact), declared.question, source)

    def doors(self, failing: tuple[Failing, ...]) -> tuple[Unknown, ...]:
        """Openers, unsaid, that alone keep this authority closed."""
        library = self.explainer.library
        out: dict[str, Unknown] = {}
        for one in failing:
            facts = [library.vocabulary.facts.get(clause.fact) for clause in one.clauses]
            found = [fact for fact in facts if fact is not None and fact.opener]
            if len(found) == len(one.clauses) and all(
                self.evaluation.batch.found(f.id)[self.i].cell[0] == "o" for f in found
            ):
                out.update({f.id: Unknown(f.id, f.question, f.supplier) for f in found})
        return tuple(out.values())

    def in_force(self) -> str:
        """Why no grant is in force on the day: lapsed, or not yet law; and what replaced it."""
        if self.book.grants or self.file.kind != "authority":
            return ""
        day = self.evaluation.batch.lines[self.i].day
        files = self.explainer.library.authorities
        names: Mapping[str, Outline | LawFile] = files.outlines() if isinstance(files, Kept) else files
        ends = [g.life.until for g in self.file.grants if g.life.until is not None and g.life.until <= day]
        begins = [g.life.since for g in self.file.grants if g.life.since > day]
        if ends:
            after = [names[a].short for a in self.file.replaced_by if a in names]
            after += [one.short for one in names.values() if self.file.id in one.replaces and one.short not in after]
            said = f"; replaced by {', '.join(after)}" if after else ""
            return f"not in force since {max(ends):%-d %B %Y}{said}"
        return f"not in force before {min(begins):%-d %B %Y}" if begins else "not in force"

    def letters(self) -> dict[str, str]:
        """Each provision's truth as a letter towards its goal, to hold against the second opinion."""
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
