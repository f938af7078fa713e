"""Pinpoint cites: which paragraphs of a section a cite names (the language page, section 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = r"(?:\([0-9A-Za-z-]+\))+"
_TOKEN = re.compile(
    rf"^(?P<base>chapeau|flush(?: \d+)?|{_UNITS}(?: flush(?: \d+)?| \[\d+\])?)"
    rf"(?:-(?P<last>\([0-9A-Za-z-]+\)))?(?P<below>\*)?$"
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One part of a cite: a paragraph, perhaps through a later sibling (``last``), perhaps with all ``below``."""

    base: str
    last: str = ""
    below: bool = False


def parse_cite(text: str) -> tuple[tuple[Cite, ...], tuple[str, ...]]:
    """The parts of a cite, and the parts that are not one."""
    parts: list[Cite] = []
    bad: list[str] = []
    for token in (t.strip() for t in text.split(",")):
        found = _TOKEN.match(token)
        if found is None:
            bad.append(token)
        else:
            base = "" if found["base"] == "chapeau" else found["base"]
            parts.append(Cite(base, found["last"] or "", bool(found["below"])))
    return tuple(parts), tuple(bad)


def covered(cite: Cite, designations: Sequence[str]) -> set[str]:
    """The designations, of one release in document order, that a cite names."""
    bases = [cite.base]
    if cite.last:
        parent = cite.base[: cite.base.rindex("(")]
        siblings = [d for d in designations if _parent(d) == parent and d]
        last = parent + cite.last
        if cite.base in siblings and last in siblings:
            bases = siblings[siblings.index(cite.base) : siblings.index(last) + 1]
    named = {d for d in designations if d in bases}
    if cite.below:
        named |= {d for d in designations for base in bases if d.startswith((f"{base}(", f"{base} "))}
    return named


def _parent(designation: str) -> str:
    plain = designation.split(" ", maxsplit=1)[0]
    if not plain.startswith("("):
        return "\0"
    return plain[: plain.rindex("(")] if " flush" not in designation else "\0"
