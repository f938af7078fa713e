"""Which files of a library read which: what a change in one file can reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rules import conditions as c
from rules.checks import value_refs
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import LawFile

Dependents = Mapping[str, frozenset[str]]
"""File -> itself and every file that reads it."""


def with_file(library: Library, file: LawFile) -> Library:
    """The library with one file changed (known by its id)."""
    kind = {"authority": "authorities", "limit": "limits", "definitions": "definitions"}[file.kind]
    shelf: Mapping[str, LawFile] = getattr(library, kind)
    changed: Any = {kind: {**shelf, file.id: file}}
    return replace(library, **changed)


def conditions_of(file: LawFile) -> Iterator[c.Condition]:
    """Every condition of a file that a verdict reads, and everything inside it."""
    for _, _, condition, _ in all_conditions(file):
        yield from c.walk(condition)


def reads(library: Library, file: LawFile) -> set[str]:
    """The other files whose definitions, values or bars this one reads."""
    out = {ref.file for provision in file.provisions() for ref in value_refs(provision) if ref.file is not None}
    own = {d.id for d in file.definitions}
    for one in conditions_of(file):
        match one:
            case c.Satisfies(names):
                for name in names:
                    if name not in own:
                        out |= {f.id for f in library.definitions.values() if any(d.id == name for d in f.definitions)}
            case c.BarredUnder(targets):
                wanted = frozenset(targets)
                for limit in library.limits.values():
                    if limit.id in wanted or wanted & (limit.reach.tags | limit.reach.authorities):
                        out.add(limit.id)
    return out - {file.id}


def dependents(library: Library) -> Dependents:
    """For each file: itself, and every file that reads it, directly or through others."""
    direct = {file.id: reads(library, file) for file in library.files()}
    out: dict[str, frozenset[str]] = {}
    for target in direct:
        found = {target}
        while True:
            more = {f for f, read in direct.items() if read & found} - found
            if not more:
                break
            found |= more
        out[target] = frozenset(found)
    return out
