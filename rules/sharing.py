"""What the lines of one proposal share: the amounts they count under the same caps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.books import Rulebook
from rules.derived import fiscal_year
from rules.evaluate import Evaluation
from rules.library import Library
from rules.lines import Batch, Line
from rules.provisions import Cap

Ledger = Mapping[tuple[str, str], int]
"""(file, cap or group) -> the amount that lines outside the proposal already count under that cap."""


def cap_key_lines(library: Library, cap: Cap, line: Line, batch: Batch, i: int) -> tuple[object, ...] | None:
    """Which lines of a proposal share this cap: None where a cap is not shared between lines."""
    year = fiscal_year(line.day, library.calendar.year_starts)
    match cap.per:
        case "authority-year":
            return (line.group, year)
        case "country-year":
            return (line.group, year, batch.found("partner")[i].cell)
        case "activity":
            return (line.group,)
        case "project":
            project = line.facts.get("project")
            return None if project is None else (line.group, project)
    return None


def others(
    library: Library, prepared: list[tuple[Rulebook, list[int], Evaluation]], opened: Sequence[frozenset[str]]
) -> dict[int, dict[tuple[tuple[str, str], int], int]]:
    """For each session: what sibling lines of a proposal count under the caps that add lines together.

    ``opened``: for each session, the authorities of which some grant may hold.
    """
    groups = [line.group for _, _, evaluation in prepared for line in evaluation.batch.lines]
    if len(set(groups)) == len(groups):
        return {}  # every line is a proposal of its own
    own: dict[tuple[int, int, tuple[str, str], tuple[object, ...]], dict[str, int]] = {}
    for k, (book, _, evaluation) in enumerate(prepared):
        batch = evaluation.batch
        for id_ in book.authorities:
            if id_ not in opened[k]:
                continue
            authority = book.authorities[id_]
            if evaluation.planes(authority.G).f == evaluation.full:
                continue
            for cap in authority.caps:
                if cap.provision.per in ("element", "individual"):
                    continue
                counts = evaluation.full & ~evaluation.planes(cap.applies).f & ~evaluation.planes(authority.G).f
                key = (cap.file.id, cap.provision.group or cap.provision.id)
                for i, line in enumerate(batch.lines):
                    shared = cap_key_lines(library, cap.provision, line, batch, i)
                    if shared is None:
                        continue
                    # once, however many caps of a group, or authorities that a limit reaches, count it
                    counted = own.setdefault((k, i, key, shared), {})
                    kind, amount = batch.found(cap.provision.counts)[i].cell
                    if counts >> i & 1 and kind == "v":
                        counted[cap.provision.counts] = amount
    totals: dict[tuple[tuple[str, str], tuple[object, ...]], int] = {}
    for (_, _, key, shared), counted in own.items():
        totals[key, shared] = totals.get((key, shared), 0) + sum(counted.values())
    out: dict[int, dict[tuple[tuple[str, str], int], int]] = {}
    for (k, i, key, shared), counted in own.items():
        rest = totals[key, shared] - sum(counted.values())
        if rest:
            found = out.setdefault(k, {})
            found[key, i] = max(rest, found.get((key, i), 0))
    return out
