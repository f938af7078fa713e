"""What differs between two editions, as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import TextWrapper

from authorities.changed_lines import LineChange
from authorities.changes import Change

WIDTH = 118
MOST = 12
"""Lines shown of one thing that differs."""


def text(found: Sequence[Change]) -> str:
    """Each law file or part of the library, and under it each thing that differs."""
    out = []
    for where, some in groupby(found, key=lambda one: one.where):
        out.append(where)
        for one in some:
            out += _wrapped(
                f"{one.what}: {one.how}" if one.before or one.after or ":" not in one.what else one.what, "  "
            )
            for mark, lines in (("-", one.before), ("+", one.after)):
                for line in lines[:MOST]:
                    out += _wrapped(f"{mark} {line}", "    ")
                if len(lines) > MOST:
                    out.append(f"    {mark} and {len(lines) - MOST} more (--json has all)")
        out.append("")
    files = len({one.where for one in found})
    out.append(f"{len(found)} changes in {files} files or parts." if found else "Nothing differs.")
    return "\n".join(out)


def lines_text(moved: Sequence[LineChange]) -> str:
    """Each line of a plan whose verdict differs, and under which authorities."""
    out = []
    for one in moved:
        words = f"{one.before} -> {one.after}" if one.before != one.after else f"{one.after}, as before"
        out += _wrapped(f"{one.line}: {words}", "")
        for under in one.under:
            before = f"{under.before}{_by(under.decided_before)}"
            out += _wrapped(f"{under.authority}: {before} -> {under.after}{_by(under.decides_after)}", "  ")
    out.append(f"{len(moved)} lines come out otherwise." if moved else "Every line of the plan comes out as before.")
    return "\n".join(out)


def _by(deciding: Sequence[str]) -> str:
    return f" ({', '.join(deciding)})" if deciding else ""


def _wrapped(words: str, indent: str) -> list[str]:
    later = indent + "  "
    return TextWrapper(WIDTH, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False).wrap(words)
