"""Whether a finding can come out otherwise where a provision of it can.

What a mutant changes may be without consequence: where the provision comes out otherwise nothing is granted, say. To
prove it, the provisions that differ and the grants are taken as they stand, in every combination of what they read.
All other bars, duties, caps and funds are the same for the law and for the mutant, and stand as one bar, one duty and
one cap that come out every way there is. Only the combinations in which something differs are gone through.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from authorities.mutation._abstract import Space, leaves
from authorities.mutation._bundles import Bundles
from authorities.mutation._narrow import ACCOUNT_UNSAID, BARS, DUTIES, MONEY, Narrow, Region
from authorities.mutation._observing import Observed, observe
from authorities.mutation._simpler import settled
from rules import books, nodes
from rules.judge import judge
from rules.library import Library
from rules.provisions import Bar, Cap, Duty, Life

FALSE = nodes.Constant(False, "F")
_LIFE = Life(datetime.date.min)
_ONLY_FALSE = ("bar", "bars", "duty", "unless", "never")
"""Kinds of condition that are as good as false where they are not there at all."""

Node = nodes.Node
Parts = Mapping[tuple[str, str], Any]


class Whole:
    """Compares findings; ``limit``: most combinations gone through."""

    def __init__(self, library: Library, bundles: Bundles, limit: int):
        self.library, self.bundles, self.limit = library, bundles, limit

    def differ(
        self,
        keys: Iterable[tuple[str, str]],
        law: tuple[books.AuthorityBook, Parts],
        planted: tuple[books.AuthorityBook, Parts],
    ) -> bool:
        """Whether a finding under an authority can come out otherwise: its book as it is and as a mutant has it, with
        their parts, which differ in ``keys``. Raises :class:`TooMany`."""
        keys = list(keys)
        if any(kind == "cap" for _, kind in keys):
            # what a line counts under a cap may tell on the other lines of its proposal
            return True
        regions = self._regions(keys, law[1], planted[1])
        if regions == []:
            return False
        funds = any(kind in ("fund", "pays", "never") for _, kind in keys)
        wanted = {key for key, _ in keys}
        reduced = [_reduced(book, wanted, funds) for book, _ in (law, planted)]
        sketch = self._space(reduced, funds, regions, None)
        reduced = [_made_of(book, lambda node: settled(node, sketch.always)) for book in reduced]
        space = self._space(reduced, funds, regions, self.limit)
        seen, shown = (_told(observe(space, judge(space, book, space.full))) for book in reduced)
        granted = [space.planes(book.G).f for book in reduced]
        return granted[0] != granted[1] or seen != shown

    def _space(
        self, some: Sequence[books.AuthorityBook], funds: bool, regions: Sequence[Region] | None, limit: int | None
    ) -> Narrow:
        read = [node for book in some for node in _read(book)] + ([ACCOUNT_UNSAID] if funds else [])
        found = [leaf for node in read for leaf in leaves(node)]
        return Narrow(self.library, found, limit, self.bundles, regions)

    def _regions(self, keys: Iterable[tuple[str, str]], before: Parts, after: Parts) -> list[Region] | None:
        """Where each condition differs; None where one may differ anywhere."""
        out: list[Region] = []
        for key in keys:
            one, other = before.get(key), after.get(key)
            if (one is None or other is None) and key[1] not in _ONLY_FALSE:
                return None
            if one is not None and other is not None and one.marks != other.marks:
                return None
            a, b = (FALSE if part is None else part.node for part in (one, other))
            space = Space(self.library, (*leaves(a), *leaves(b)), self.limit, self.bundles)
            region = Region(space, space.planes(a), space.planes(b))
            if not region.empty:
                out.append(region)
        return out


def _reduced(book: books.AuthorityBook, wanted: set[str], funds: bool) -> books.AuthorityBook:
    """A book of its grants, of the provisions wanted (of the funds, all or none), and of one of each for the rest."""
    bar = Bar("", "", "", "", _LIFE)
    duty = Duty("", "", "", "", _LIFE)
    cap = Cap("", "", "", "", _LIFE)
    bars = (*(b for b in book.bars if b.key in wanted), books.BarBook("", bar, book.file, BARS, BARS, None))
    duties = (
        *(d for d in book.duties if d.key in wanted),
        books.DutyBook("", duty, book.file, DUTIES, None, FALSE),
    )
    caps = (books.CapBook("", cap, book.file, MONEY, MONEY, 0),)
    kept = book.funds if funds else ()
    money: list[Node] = [MONEY, *(f.never for f in kept if f.provision.never)]
    may = tuple(f.node for f in kept if not f.provision.never)
    if may:
        money.append(nodes.Not(False, nodes.Any_(True, may)))
    barred = nodes.Any_(False, (*(b.node for b in bars), *(d.bars for d in duties)))
    terms = books.Terms(
        bars, duties, caps, kept, barred, nodes.Any_(False, tuple(money)), {}, books.steps_of((books.ALWAYS, duties))
    )
    return books.AuthorityBook(book.file, book.grants, book.G, lambda: terms, book.standing)


def _made_of(book: books.AuthorityBook, simpler: Callable[[Node], Node]) -> books.AuthorityBook:
    """A reduced book with each of its conditions made simpler."""
    grants = tuple((key, grant, simpler(node)) for key, grant, node in book.grants)
    bars = tuple(b._replace(node=simpler(b.node)) for b in book.bars)
    duties = tuple(
        d._replace(
            applies=simpler(d.applies),
            excused=None if d.excused is None else simpler(d.excused),
            bars=simpler(d.bars),
        )
        for d in book.duties
    )
    funds = tuple(
        f._replace(
            applies=simpler(f.applies),
            account=simpler(f.account),
            years=simpler(f.years),
            node=simpler(f.node),
            never=simpler(f.never),
        )
        for f in book.funds
    )
    terms = books.Terms(
        bars, duties, book.caps, funds, simpler(book.B), simpler(book.M), {}, books.steps_of((books.ALWAYS, duties))
    )
    return books.AuthorityBook(book.file, grants, simpler(book.G), lambda: terms, book.standing)


def _read(book: books.AuthorityBook) -> list[Node]:
    """Every condition that judging a reduced book reads."""
    out: list[Node] = [book.G, book.B, book.M, *(cap.node for cap in book.caps)]
    out += [] if book.standing is None else [book.standing]
    for duty in book.duties:
        out += [duty.applies, *([] if duty.excused is None else [duty.excused])]
        out += [nodes.ActLeaf(True, duty.provision.act, "done")] if duty.provision.act else []
    for fund in book.funds:
        out += [fund.applies, fund.account, fund.years, fund.never]
    return out


def _told(seen: Observed) -> tuple[Any, ...]:
    return tuple({key: lines for key, lines in shown.items() if lines} for shown in seen)


__all__ = ["Whole"]
