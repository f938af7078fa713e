"""From a proposal to its answer: every line judged under every authority, with reasons.

Besides the line itself, variants are judged in the same pass: each presumption withdrawn (does the finding rest on
it?), and every relief done (would it lift the bar?).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rules._finding import FindingMaker
from rules.explain import Explainer
from rules.findings import Answer, Bar, Finding, Findings, LineAnswer
from rules.judge import VERDICTS, Judged, Session, best, judge, run, worst
from rules.library import Library
from rules.lines import ACTS, UNKNOWN, Batch, Line, Stated, Unchanged
from rules.proposals import Proposal
from rules.rulebook import Shelf
from rules.sharing import Ledger


def answer(
    library: Library,
    shelf: Shelf,
    proposal: Proposal,
    *,
    known: date,
    today: date,
    strict: bool = False,
    asked: str | None = None,
    ledger: Ledger | None = None,
) -> Answer:
    """Judge and explain a proposal. ``asked``: the one authority or limit asked about.

    ``ledger``: (file, cap or group) -> what lines outside this proposal already count under the cap.
    """
    sessions = run(library, shelf, proposal.lines, known=known, strict=strict, asked=asked, ledger=ledger)
    variants = _Variants(library, shelf, proposal.lines, sessions, known, strict, asked, ledger)
    answers: list[LineAnswer | None] = [None] * len(proposal.lines)
    for session in sessions:
        for i, place in enumerate(session.places):
            answers[place] = _line(session, i, proposal.labels[place], variants.of(place), asked)
    lines = tuple(line for line in answers if line is not None)
    return Answer(
        proposal.title,
        worst(line.verdict for line in lines),
        lines,
        library.digest,
        known,
        today,
        strict,
        asked,
    )


def _line(
    session: Session,
    i: int,
    label: tuple[str, str],
    variants: Mapping[str, Mapping[str, Any]],
    asked: str | None,
) -> LineAnswer:
    explainer = Explainer(session.evaluation, i)
    read: list[Finding] = []
    none: dict[str, Judged] = {}
    for id_, judged in session.judged.items():
        if asked is None and judged.verdict(explainer.bit) == "no authority":
            none[id_] = judged
        else:
            views = {name: views.get(id_) for name, views in variants.items()}
            read.append(FindingMaker(id_, explainer, judged, views).finding())
    read.sort(key=lambda f: (VERDICTS.index(f.verdict), -len(f.relies_on), f.authority))
    verdict = best(f.verdict for f in read if not f.other_money or asked is not None)
    barred: list[Bar] = []
    if asked is None and verdict == "no authority":
        standing = [bar for bar in session.rulebook.line_bars if explainer.true(bar.node)]
        barred = [FindingMaker.bar_record(explainer, bar, True) for bar in standing]
        verdict = "prohibited" if barred else verdict

    def maker(id_: str) -> FindingMaker:
        judged = session.judged.get(id_) or judge(session.evaluation, session.rulebook.authorities[id_])
        return FindingMaker(id_, explainer, judged, {})

    every = Findings(
        tuple(read),
        tuple(none),
        lambda: _nearest(explainer, none),
        session.shut,
        lambda id_: maker(id_).finding(),
        lambda id_: maker(id_).letters(),
    )
    return LineAnswer(label[0], label[1], session.evaluation.batch.lines[i].day, verdict, every, tuple(barred))


def _nearest(explainer: Explainer, none: Mapping[str, Judged]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Authorities that grant nothing, nearest first; and those that open on a circumstance nobody spoke of."""
    near: list[tuple[int, str]] = []
    doors: set[str] = set()
    for id_, judged in none.items():
        nearest = 99
        for _, _, node in judged.book.grants:
            clauses, unspoken = explainer.distance(node, nearest)
            nearest = min(nearest, clauses)
            if unspoken and clauses:
                doors.add(id_)
        near.append((nearest, id_))
    return tuple(id_ for _, id_ in sorted(near)), frozenset(doors)


class _Variants:
    """The lines changed in one respect each, judged together."""

    def __init__(
        self,
        library: Library,
        shelf: Shelf,
        lines: Sequence[Line],
        sessions: Sequence[Session],
        known: date,
        strict: bool,
        asked: str | None,
        ledger: Ledger | None,
    ):
        self.names: list[tuple[int, str]] = []
        made: list[Line] = []
        same: list[Unchanged] = []
        groups = max((line.group for line in lines), default=0) + 1
        kinds: dict[str, int] = {}
        live: set[str] = set()
        changed: dict[tuple[str, int], set[int]] = {}
        stand = {place: (session.evaluation.batch, i) for session in sessions for i, place in enumerate(session.places)}

        def add(place: int, name: str, line: Line, touched: frozenset[str], kind: str) -> None:
            self.names.append((place, name))
            group = line.group + groups * kinds.setdefault(kind, len(kinds) + 1)
            made.append(Line(line.facts, line.acts, line.day, line.waits_from, line.answers, group))
            same.append(Unchanged(*stand[place], touched))

        for session in sessions:
            live.update(id_ for id_, judged in session.judged.items() if judged.live)
            for i, place in enumerate(session.places):
                for name, line, touched in _changed(library, session, session.evaluation.batch, i):
                    add(place, name, line, touched, name)
                    changed.setdefault((name, line.group), set()).add(place)
        for (name, group), places in changed.items():
            # the lines beside it that it does not change still count under the caps they share
            for place in sorted(stand.keys() - places):
                if lines[place].group == group:
                    add(place, "", lines[place], frozenset(), name)
        self.views: dict[tuple[int, str], dict[str, tuple[Session, int]]] = {}
        if not made or not live:
            return
        for session in run(
            library,
            shelf,
            made,
            known=known,
            strict=strict,
            asked=asked,
            ledger=ledger,
            only=frozenset(live),
            same=same,
            stood=sessions,
        ):
            for i, place in enumerate(session.places):
                self.views[self.names[place]] = dict.fromkeys(session.judged, (session, i))

    def of(self, place: int) -> dict[str, dict[str, tuple[Session, int]]]:
        """The variants of one line: name -> authority -> where it was judged."""
        return {name: view for (line, name), view in self.views.items() if line == place}


def _changed(library: Library, session: Session, batch: Batch, i: int) -> Iterator[tuple[str, Line, frozenset[str]]]:
    """(name, the line changed in one respect, the facts that may differ) for one line."""
    line = batch.lines[i]
    for (fact, on), found in list(batch.known()):
        origin = found[i].origin
        # a table that says what the planner says, of the fact or of its key, is no assumption
        said = found[i].cell[1] in (line.facts.get(fact), line.facts.get(library.vocabulary.facts[fact].keyed_by or ""))
        if on == "date" and origin in ("presumed", "table") and not said:
            withdrawn: Any = UNKNOWN if origin == "presumed" else Stated(UNKNOWN, "withdrawn")
            facts = {**line.facts, fact: withdrawn}
            changed = Line(facts, line.acts, line.day, line.waits_from, line.answers, line.group)
            yield f"without {fact}", changed, library.vocabulary.touched_by(fact)
    barred = 0
    for judged in session.judged.values():
        barred |= judged.verdicts.get("prohibited", 0)
    if barred >> i & 1 and session.rulebook.relief_acts:
        done = {**line.acts, **dict.fromkeys(session.rulebook.relief_acts, "done")}
        yield "relieved", replace(line, acts=done), frozenset((ACTS,))
