"""The rollover list as a Markdown checklist that is worked through in the file itself, and made anew without losing a tick."""

from __future__ import annotations

import re
from collections.abc import Sequence

from authorities.rollover import HEADINGS, Item

_ITEM = re.compile(r"^- \[([ xX])\] (?P<rest>.*) <!-- (?P<id>[^ ]+) -->$")
_NOTE = re.compile(r"^  \S")


def rendered(items: Sequence[Item], year: int, digest: str, before: str = "") -> str:
    """The checklist. ``before``: the file as it was: ticks and indented notes stay; what is no longer there is listed
    as settled."""
    ticked, notes, said = _read(before)
    here = {one.id for one in items}
    done = sum(one.id in ticked for one in items)
    out = [f"# Rollover to fiscal year {year}", "", f"Library {digest}. {len(items)} to look at, {done} done.", ""]
    out += ["Tick a line when it is done; notes go under it, indented. Made anew, the list keeps both.", ""]
    for kind, heading in HEADINGS.items():
        some = [one for one in items if one.kind == kind]
        out += [f"## {heading} ({len(some)})", ""]
        for one in some:
            out += [f"- [{'x' if one.id in ticked else ' '}] {one.says} <!-- {one.id} -->", *notes.get(one.id, ())]
        out += [""] if some else ["Nothing.", ""]
    gone = [id_ for id_ in said if id_ not in here]
    if gone:
        out += [f"## Settled in the library since the list was first made ({len(gone)})", ""]
        for id_ in gone:
            out += [f"- [x] {said[id_]} <!-- {id_} -->", *notes.get(id_, ())]
        out += [""]
    return "\n".join(out)


def left(text: str) -> int:
    """How many lines of a checklist are not ticked."""
    found = (_ITEM.match(line) for line in text.splitlines())
    return sum(match is not None and match[1] == " " for match in found)


def _read(text: str) -> tuple[set[str], dict[str, list[str]], dict[str, str]]:
    """What was ticked, the notes under each line, and each line's words, by id."""
    ticked: set[str] = set()
    notes: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        match = _ITEM.match(line)
        if match:
            last = match["id"]
            said[last] = match["rest"]
            if match[1] != " ":
                ticked.add(last)
        elif last and _NOTE.match(line):
            notes.setdefault(last, []).append(line)
        else:
            last = ""
    return ticked, notes, said
