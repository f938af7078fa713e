"""How provisions stand with counsel, as text and as plain data."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from authorities._review_paragraphs import NONE
from authorities.reviewing import SignOff, Standing, State
from authorities.signed import in_words
from rules.words import listed

_WIDTH = 110
_STATES: tuple[State, ...] = ("signed", "stale", "unsigned", "gone")


def rendered(found: Sequence[Standing], *, whole: bool) -> str:
    """A line for each file, its stale and lost sign-offs below it, with `whole` every provision; the totals last."""
    out: list[str] = []
    files = [(id_, list(some)) for id_, some in groupby(found, key=lambda one: one.file)]
    width = max((len(id_) for id_, _ in files), default=0)
    for id_, some in files:
        out.append(f"{id_:<{width}}  {counted(some)}")
        for one in some:
            if whole or one.state in ("stale", "gone"):
                out += textwrap.wrap(
                    f"{one.state:<9} {one.provision} {said(one)}".rstrip(),
                    _WIDTH,
                    initial_indent="  ",
                    subsequent_indent=" " * 12,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
    plural = "file" if len(files) == 1 else "files"
    out.append(f"{len(files)} {plural}: {counted(found)}.")
    return "\n".join(out) + "\n"


def counted(some: Iterable[Standing]) -> str:
    """`3 signed, 1 stale, 12 unsigned`."""
    counts = totals(some)
    gone = f", {counts['gone']} of a provision that is not there" if counts["gone"] else ""
    return ", ".join(f"{counts[state]} {state}" for state in _STATES[:3]) + gone


def totals(some: Iterable[Standing]) -> dict[str, int]:
    """How many stand in each state."""
    every = Counter(one.state for one in some)
    return {state: every[state] for state in _STATES}


def said(one: Standing) -> str:
    """What is said of one provision after its name."""
    cite = f"({one.cite}) " if one.cite and not one.cite.startswith("(") else f"{one.cite} "
    off = one.sign_off
    if off is None:
        return cite.rstrip()
    signed = f"signed by {off.by} ({off.office}) on {off.date.day} {off.date:%B %Y}"
    if one.state == "gone":
        return f"{signed}; no such provision is in the library"
    since = f"; changed since: {listed(in_words(one.changed), 'and')}" if one.changed else ""
    return f"{cite}{signed}{since}{unbound(off)}{f'. {off.note}' if off.note else ''}"


def unbound(off: SignOff) -> str:
    """That a sign-off binds no paragraph, where it does not."""
    return "; it binds no paragraph: the register has no text of it for those days" if off.paragraph == NONE else ""


def data(found: Sequence[Standing]) -> dict[str, Any]:
    """The same as plain data."""
    return {"provisions": [_row(one) for one in found], "totals": totals(found)}


def _row(one: Standing) -> dict[str, Any]:
    off = one.sign_off
    signed = (
        {
            "by": off.by,
            "office": off.office,
            "date": off.date.isoformat(),
            "binds_paragraph": off.paragraph != NONE,
            "note": off.note,
        }
        if off
        else None
    )
    return {
        "file": one.file,
        "provision": one.provision,
        "cite": one.cite,
        "state": one.state,
        "changed": list(one.changed),
        "sign_off": signed,
    }
