"""Findings that counsel has read and lets stand: named by kind, file and key, each with its reason.

An exclusion that excludes nothing is a finding itself, and nothing excludes that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from authorities.linting._issue import Issue, Kind
from authorities.linting._reading import SCHEMA, UNREADABLE
from authorities.loading import EXCLUSIONS
from rules.faults import FaultsError, Place
from rules.reading import read_yaml
from rules.schema import validate

STALE = Kind(
    "stale-exclusion",
    "warning",
    "An exclusion of a finding that is not there (or of a kind that nothing has).",
    "delete it: what it let stand is gone",
)
KINDS = (STALE,)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One finding let stand: its kind, its file and key as lint prints them, and why."""

    finding: str
    file: str
    key: str
    reason: str
    place: Place

    def fits(self, issue: Issue) -> bool:
        """Whether this is the finding meant."""
        return (self.finding, self.file, self.key) == (issue.kind, issue.place.file, issue.place.key)


def read_exclusions(content: bytes | None) -> tuple[tuple[Exclusion, ...], list[Issue]]:
    """The exclusions of a library folder, or what is wrong with their file."""
    if content is None:
        return (), []
    try:
        doc = read_yaml(content, EXCLUSIONS)
    except FaultsError as error:
        return (), [UNREADABLE.at(f.place, f"found {f.found}", f"expected {f.expected}") for f in error.faults]
    wrong = validate(doc, "lint-exclusions")
    if wrong:
        return (), [SCHEMA.at(f.place, f"found {f.found}", f"expected {f.expected}") for f in wrong]
    return tuple(
        Exclusion(raw["finding"], raw["file"], raw.get("key", ""), raw["reason"], doc.place(("exclusions", i)))
        for i, raw in enumerate(doc.data["exclusions"])
    ), []


def excluded(
    issues: Sequence[Issue], exclusions: Sequence[Exclusion]
) -> tuple[list[Issue], list[tuple[Issue, Exclusion]], list[Issue]]:
    """The issues that stay, those excluded with their exclusion, and the stale exclusions as issues."""
    kept: list[Issue] = []
    out: list[tuple[Issue, Exclusion]] = []
    for issue in issues:
        found = next((one for one in exclusions if one.fits(issue)), None)
        if found is None:
            kept.append(issue)
        else:
            out.append((issue, found))
    used = {id(one) for _, one in out}
    stale = [
        STALE.at(one.place, f"no {one.finding} at {one.file}{f': {one.key}' if one.key else ''}")
        for one in exclusions
        if id(one) not in used
    ]
    return kept, out, stale
