"""The judge: from truth to the six verdicts, for every authority and line (the language page, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from rules import books, nodes
from rules.evaluate import Evaluation, Variants
from rules.library import Library
from rules.lines import Batch, Line, Unchanged
from rules.planes import Planes
from rules.rulebook import Shelf
from rules.sharing import Ledger
from rules.sharing import others as others_of

VERDICTS = ("permitted", "conditional", "needs facts", "needs counsel", "prohibited", "no authority")
"""The six verdicts, best first."""
LAWFUL = frozenset(VERDICTS[:2])
UNLAWFUL = frozenset(VERDICTS[4:])


def best(verdicts: Iterable[str]) -> str:
    """The best of some verdicts; of none, no authority: an expenditure is proper only if some law permits it."""
    return min(verdicts, key=VERDICTS.index, default="no authority")


def worst(verdicts: Iterable[str]) -> str:
    """The worst of some verdicts."""
    return max(verdicts, key=VERDICTS.index, default="no authority")


class Judged(NamedTuple):
    """One authority on every line of a batch: the lines of each verdict, and the planes they came from."""

    book: books.AuthorityBook
    verdicts: dict[str, int]
    G: Planes
    B: Planes
    M: Planes
    due: tuple[tuple[books.DutyBook, int], ...]
    """Duties due before the activity, with the lines where each is still to do."""
    outstanding: int
    other_money: int

    @property
    def live(self) -> bool:
        """Whether some line has a finding other than no authority."""
        return any(lines for name, lines in self.verdicts.items() if name != "no authority")

    def verdict(self, bit: int) -> str:
        """The verdict on one line."""
        for name, lines in self.verdicts.items():
            if lines & bit:
                return name
        raise LookupError("a line without a verdict")


def due(evaluation: Evaluation, book: books.AuthorityBook) -> tuple[tuple[books.DutyBook, int], ...]:
    """Duties due before the activity, with the lines where each is still to do (or may be: its ``when`` unknown)."""
    out: list[tuple[books.DutyBook, int]] = []
    planes, full = evaluation.planes, evaluation.full
    for reach, duties in book.steps:
        if planes(reach).f == full:
            continue
        for duty in duties:
            lines = full & ~planes(duty.applies).f
            if lines:
                lines &= ~evaluation.batch.act_lines(duty.provision.act, "done")
            if lines and duty.excused is not None:
                lines &= ~planes(duty.excused).t
            if lines:
                out.append((duty, lines))
    return tuple(out)


def account_open(evaluation: Evaluation, book: books.AuthorityBook) -> int:
    """Lines where only certain money may pay and the proposal has not yet chosen it."""
    only = [f for f in book.funds if f.provision.only]
    if not only:
        return 0
    unsaid = evaluation.batch.column("account").get(("c", None), 0)
    applies = 0
    for fund in only:
        applies |= evaluation.full & ~evaluation.planes(fund.applies).f
    return unsaid & applies


_CLEAR = Planes(0, 0, 0, 0)


def judge(evaluation: Evaluation, book: books.AuthorityBook, asked: int = 0) -> Judged:
    """The verdict of one authority on every line; ``asked``: lines where this authority was asked about by name."""
    full = evaluation.full
    G = evaluation.planes(book.G)
    if not book.grants or (G.f == full and not asked):
        # nothing else can change that no grant holds: the rest need not be read
        return Judged(book, {"no authority": full}, G, _CLEAR, _CLEAR, (), 0, 0)
    if asked and book.standing is not None:
        asked &= ~evaluation.planes(book.standing).f
    B, M = evaluation.planes(book.B), evaluation.planes(book.M)
    steps = due(evaluation, book)
    todo = account_open(evaluation, book)
    for _, lines in steps:
        todo |= lines
    left = full
    prohibited = B.t & (full & ~G.f | asked)
    left &= ~prohibited
    none = left & G.f
    left &= ~none
    over = left & M.t
    left &= ~over
    lawful = left & G.t & B.f & M.f
    left &= ~lawful
    staff = left & G.s & B.s & M.s
    left &= ~staff
    facts = left & G.p & B.p & M.p
    verdicts = {
        "permitted": lawful & ~todo,
        "conditional": lawful & todo | staff,
        "needs facts": facts,
        "needs counsel": left & ~facts,
        "prohibited": prohibited | over,
        "no authority": none,
    }
    return Judged(book, verdicts, G, B, M, steps, todo, over and over & _wrong_money(evaluation, book))


def judge_alone(evaluation: Evaluation, book: books.AuthorityBook) -> Judged:
    """A limit asked about by itself: only whether it bars."""
    full = evaluation.full
    B, M = evaluation.planes(book.B), evaluation.planes(book.M)
    always = Planes(full, 0, full, full)
    prohibited = B.t | M.t
    clear = B.f & M.f
    staff = full & ~prohibited & ~clear & B.s & M.s
    facts = full & ~prohibited & ~clear & ~staff & B.p & M.p
    verdicts = {
        "permitted": clear,
        "conditional": staff,
        "needs facts": facts,
        "needs counsel": full & ~(prohibited | clear | staff | facts),
        "prohibited": prohibited,
        "no authority": 0,
    }
    return Judged(book, verdicts, always, B, M, due(evaluation, book), 0, 0)


def fund_alone(book: books.Rulebook, asked: str) -> books.AuthorityBook | None:
    """A fund (``file.fund``) asked about by itself: its own purpose, account and years."""
    file, _, id_ = asked.partition(".")
    owner = book.authorities.get(file)
    for fund in owner.funds if owner is not None else ():
        if fund.key == id_:
            fails: nodes.Node = fund.never if fund.provision.never else nodes.Not(False, fund.node)
            money = nodes.Any_(False, (fails,))
            nothing = nodes.Any_(False, ())
            alone = partial(books.Terms, (), (), (), (fund,), nothing, money, {}, ())
            return books.AuthorityBook(fund.file, (), nodes.Any_(True, ()), alone)
    return None


def _wrong_money(evaluation: Evaluation, book: books.AuthorityBook) -> int:
    """Lines where the account named is all that fails (the money's year would do): lawful with other money."""
    may = [f for f in book.funds if not f.provision.never]
    column = evaluation.batch.column("account")
    lines = 0
    for (kind, _), mask in column.items():
        if kind == "v":
            lines |= mask
    forbidden = 0
    for fund in book.funds:
        if fund.provision.never:
            forbidden |= evaluation.planes(fund.never).t
    would_do = 0
    for fund in may:
        here = evaluation.full & ~evaluation.planes(fund.applies).f
        would_do |= here & ~evaluation.planes(fund.years).f
        lines &= ~(here & ~evaluation.planes(fund.account).f & ~forbidden)
    for cap in book.caps:
        lines &= ~evaluation.planes(cap.node).t
    return lines & would_do & ~evaluation.planes(book.B).t


class Session(NamedTuple):
    """Lines under one rulebook, judged by every authority."""

    rulebook: books.Rulebook
    evaluation: Evaluation
    judged: dict[str, Judged]
    places: tuple[int, ...]
    shut: tuple[str, ...] = ()
    """Authorities none of whose grants can hold on any line, left unread: no authority."""


def run(
    library: Library,
    shelf: Shelf,
    lines: Sequence[Line],
    *,
    known: date,
    strict: bool = False,
    asked: str | None = None,
    ledger: Ledger | None = None,
    only: frozenset[str] | None = None,
    same: Sequence[Unchanged] | None = None,
    stood: Sequence[Session] = (),
) -> list[Session]:
    """Judge lines under every authority (or ``only`` some), in groups that share a rulebook.

    ``same``: for lines that are variants of others (judged in ``stood``), what did not change.
    """
    before = {id(session.evaluation.batch): session.evaluation for session in stood}
    beside = len({line.group for line in lines}) < len(lines)
    groups: dict[int, tuple[books.Rulebook, list[int]]] = {}
    for i, line in enumerate(lines):
        book = shelf.book(line.day, known)
        groups.setdefault(id(book), (book, []))[1].append(i)
    prepared = []
    for book, places in groups.values():
        was = None if same is None else [same[i] for i in places]
        batch = Batch(library, [lines[i] for i in places], strict=strict, same=was)
        evaluation = Evaluation(batch, book.reads) if was is None else Variants(batch, book.reads, before, was, beside)
        prepared.append((book, places, evaluation))
    opened = [book.doors.open_to(evaluation.batch, asked) if only is None else only for book, _, evaluation in prepared]
    others = others_of(library, prepared, opened)
    sessions: list[Session] = []
    for k, (book, places, evaluation) in enumerate(prepared):
        if others or ledger:
            evaluation = evaluation.counting(others.get(k, {}), ledger or {})
        full = evaluation.full
        wanted = [id_ for id_ in book.authorities if (asked is None or id_ == asked) and (only is None or id_ in only)]
        judged = {
            id_: judge(evaluation, book.authorities[id_], full if id_ == asked else 0)
            for id_ in wanted
            if id_ in opened[k]
        }
        if asked is not None and asked not in judged:
            alone = book.limits.get(asked) or fund_alone(book, asked)
            if alone is not None:
                judged[asked] = judge_alone(evaluation, alone)
        shut = tuple(id_ for id_ in wanted if id_ not in opened[k])
        sessions.append(Session(book, evaluation, judged, tuple(places), shut))
    return sessions
