"""The six verdicts of an authority as formulas (the language page, section 6), for all proposals at once.

An authority is asked about by name, as cases ask. That other money would do is no verdict, and is left out.
"""

from __future__ import annotations

from typing import NamedTuple

from authorities.proving.encode import Encoder, Truth
from authorities.proving.formulas import FALSE, TRUE, Formula, Pool
from rules.books import AuthorityBook
from rules.judge import VERDICTS

RANKS = (VERDICTS[:2], VERDICTS[2:4], VERDICTS[4:])
"""Lawful, undetermined, not lawful: from looser to stricter."""
_NEVER = Truth(FALSE, TRUE, FALSE, FALSE)


class Counted(NamedTuple):
    """A cap that adds the lines of a proposal together: its key, what it counts and how, and of which lines."""

    key: tuple[str, str]
    counts: str
    per: str
    lines: Formula


class Parts(NamedTuple):
    """What a verdict is made of: the grants (``G``), the bars, caps and funds, and whether a step is still to do.

    ``granting``: whether any grant is law; ``asked``: where asking by name makes a bar tell; ``alone``: of a limit by itself.
    """

    G: Truth
    B: Truth
    M: Truth
    asked: Formula
    todo: Formula
    granting: bool = True
    alone: bool = False
    shared: tuple[Counted, ...] = ()


_CLEAR = Truth(FALSE, TRUE, TRUE, TRUE)
NOTHING = Parts(_NEVER, _CLEAR, _CLEAR, FALSE, FALSE, False)
"""Where no grant is law."""


def parts_of(encoder: Encoder, book: AuthorityBook, *, alone: bool) -> Parts:
    """What the verdict of an authority, or of a limit by itself, is made of on a day."""
    if alone:
        return Parts(_NEVER, encoder.truth(book.B), encoder.truth(book.M), FALSE, FALSE, alone=True)
    if not book.grants:
        return NOTHING
    G, B, M = (encoder.truth(node) for node in (book.G, book.B, book.M))
    asked = TRUE if book.standing is None else -encoder.truth(book.standing).f
    todo = encoder.pool.either(_account_open(encoder, book), *_due(encoder, book))
    return Parts(G, B, M, asked, todo, True, False, tuple(_shared(encoder, book, G)))


def verdicts_of(pool: Pool, parts: Parts) -> tuple[Formula, ...]:
    """Where each verdict is given, in the order of :data:`rules.judge.VERDICTS`."""
    G, B, M = parts.G, parts.B, parts.M
    if parts.alone:
        return _alone(pool, B, M)
    if not parts.granting:
        return (FALSE,) * 5 + (TRUE,)
    prohibited = pool.both(B.t, pool.either(-G.f, parts.asked))
    none = pool.both(-prohibited, G.f)
    over = pool.all_((-prohibited, -none, M.t))
    left = pool.all_((-prohibited, -none, -over))
    lawful = pool.all_((left, G.t, B.f, M.f))
    staff = pool.all_((left, -lawful, G.s, B.s, M.s))
    facts = pool.all_((left, -lawful, -staff, G.p, B.p, M.p))
    return (
        pool.both(lawful, -parts.todo),
        pool.either(pool.both(lawful, parts.todo), staff),
        facts,
        pool.all_((left, -lawful, -staff, -facts)),
        pool.either(prohibited, over),
        none,
    )


def _alone(pool: Pool, B: Truth, M: Truth) -> tuple[Formula, ...]:
    prohibited, clear = pool.either(B.t, M.t), pool.both(B.f, M.f)
    left = pool.both(-prohibited, -clear)
    staff = pool.all_((left, B.s, M.s))
    facts = pool.all_((left, -staff, B.p, M.p))
    return clear, staff, facts, pool.all_((left, -staff, -facts)), pool.both(prohibited, TRUE), FALSE


def rank_of(verdict: str) -> int:
    """0 lawful, 1 undetermined, 2 not lawful."""
    return next(n for n, names in enumerate(RANKS) if verdict in names)


def ranks(pool: Pool, verdicts: tuple[Formula, ...]) -> tuple[Formula, Formula, Formula]:
    """Where the verdict is lawful, undetermined, not lawful."""
    return tuple(pool.any_(verdicts[2 * n : 2 * n + 2]) for n in range(3))  # type: ignore[return-value]


def _due(encoder: Encoder, book: AuthorityBook) -> list[Formula]:
    """Where each duty due before the activity is still to do, or may be."""
    out: list[Formula] = []
    for reach, duties in book.steps:
        reached = -encoder.truth(reach).f
        for duty in duties:
            excused = FALSE if duty.excused is None else encoder.truth(duty.excused).t
            done = encoder.done(duty.provision.act)
            out.append(encoder.pool.all_((reached, -encoder.truth(duty.applies).f, -done, -excused)))
    return out


def _account_open(encoder: Encoder, book: AuthorityBook) -> Formula:
    """Where only certain money may pay and the proposal has not yet chosen it."""
    only = [fund for fund in book.funds if fund.provision.only]
    if not only:
        return FALSE
    unsaid = encoder.facts.labels("account", "date", lambda cell: cell[0]).get("c", FALSE)
    return encoder.pool.both(unsaid, encoder.pool.any_([-encoder.truth(fund.applies).f for fund in only]))


def _shared(encoder: Encoder, book: AuthorityBook, G: Truth) -> list[Counted]:
    out: list[Counted] = []
    for cap in book.caps:
        one = cap.provision
        if one.per in ("element", "individual") or (one.per == "project" and not encoder.ground.statable("project")):
            continue
        lines = encoder.pool.both(-encoder.truth(cap.applies).f, -G.f)
        if lines != FALSE:
            key = encoder.renamed.get((cap.file.id, one.group or one.id), (cap.file.id, one.group or one.id))
            out.append(Counted(key, one.counts, one.per, lines))
    return sorted(out)
