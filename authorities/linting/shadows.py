"""Provisions that another of the same file makes idle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View, overlap, within
from rules import conditions as c
from rules.provisions import Bar, Definition, Grant, LawFile, Life, Provision

DUPLICATE = Kind(
    "duplicate-provision",
    "warning",
    "Two provisions of one kind that say the same on the same days.",
    "keep one, with both cites",
)
GRANT = Kind(
    "shadowed-grant",
    "warning",
    "A grant that is true only where another grant of the file, in force all its life, is true too.",
    "delete it, or give the general grant a `not:` of the special case",
)
BAR = Kind(
    "shadowed-bar",
    "style",
    "A bar that is true only where another bar of the file is true too.",
    "delete it, unless the paragraph deserves to be named in the answer",
)
BARRED = Kind(
    "barred-grant",
    "error",
    "A grant whose every case a bar of the same file forbids: it can never make anything lawful.",
    "correct the grant or the bar",
)
KINDS = (DUPLICATE, GRANT, BAR, BARRED)


def check(view: View) -> Iterator[Issue]:
    """Every pair of provisions of a file."""
    for file in view.files:
        copies = set()
        for one, other in combinations(file.provisions(), 2):
            if type(one) is type(other) and overlap(one.life, other.life) and _same(view, file, one, other):
                copies |= {one.id, other.id}
                text = f"'{other.id}' says what '{one.id}' says"
                yield DUPLICATE.at(view.provision(other), text)
        yield from _shadowed(view, file, [g for g in file.grants if g.id not in copies], GRANT)
        yield from _shadowed(view, file, [b for b in file.bars if b.id not in copies], BAR)
        for grant in file.grants:
            for bar in file.bars:
                if within(grant.life, bar.life) and _holds_only_where(view, file, grant, bar):
                    text = f"wherever '{grant.id}' is true, the bar '{bar.id}' forbids it"
                    yield BARRED.at(view.provision(grant), text)


def _same(view: View, file: LawFile, one: Provision, other: Provision) -> bool:
    if isinstance(one, Definition):
        return False
    if _bare(one) == _bare(other):
        return True
    if isinstance(one, Grant) and one.defeats == other.defeats and one.life.on == other.life.on:
        return _holds_only_where(view, file, one, other) and _holds_only_where(view, file, other, one)
    return False


def _bare(provision: Provision) -> Any:
    life = Life(provision.life.since.min, on=provision.life.on)
    return replace(provision, id="", cite="", gist="", line=0, basis="", life=life)


def _shadowed(view: View, file: LawFile, some: Sequence[Provision], kind: Kind) -> Iterator[Issue]:
    tested = {
        one.id
        for _, _, condition in view.conditions(file)
        for one in c.walk(condition)
        if isinstance(one, c.GrantHolds)
    }
    for one in some:
        for other in some:
            if one is other or one.id in tested or not within(one.life, other.life):
                continue
            if not set(one.defeats) <= set(other.defeats) or one.force != other.force:
                continue
            if _holds_only_where(view, file, one, other) and not _boundless(view, file, other):
                yield kind.at(view.provision(one), f"'{one.id}' is true only where '{other.id}' is")
                break


def _boundless(view: View, file: LawFile, one: Provision) -> bool:
    """Whether a provision is always true: another check says so."""
    return not _without(one) and view.reasoner.never_in_force([one], file, [(one.when, False)])


def _holds_only_where(view: View, file: LawFile, one: Provision, other: Provision) -> bool:
    """Whether one can be true only where the other is; not where the first can never be."""
    holds = [(one.when, True), *_without(one)]
    never = view.reasoner.never_in_force
    if never([one], file, holds):
        return False
    if isinstance(other, Bar) and other.unless is not None:
        excepted = [*holds, (other.when, True), (other.unless, True)]
        return never([one, other], file, [*holds, (other.when, False)]) and never([one, other], file, excepted)
    return never([one, other], file, [*holds, (other.when, False)])


def _without(one: Provision) -> list[tuple[c.Condition, bool]]:
    return [(one.unless, False)] if isinstance(one, Bar) and one.unless is not None else []
