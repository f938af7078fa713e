"""Authorities that follow one another, and that end."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View, grants_life

OVERLAPS = Kind(
    "overlapping-succession",
    "error",
    "An authority that replaces another whose grants still hold, or hold after its own began.",
    "end the older one's grants where the newer begins",
)
ONE_SIDED = Kind(
    "one-sided-succession",
    "style",
    "Of two authorities, only one says that it follows or is followed by the other.",
    "say `replaces` in the newer and `replaced_by` in the older",
)
ALONE = Kind(
    "ended-without-successor",
    "warning",
    "An authority whose every grant has ended and that does not say what took its place.",
    "say `replaced_by`, or exclude it with the reason why nothing did",
)
KINDS = (OVERLAPS, ONE_SIDED, ALONE)


def check(view: View) -> Iterator[Issue]:
    """Every authority and what it replaces."""
    authorities = view.library.authorities
    for file in authorities.values():
        for id_ in file.replaces:
            older = authorities[id_]
            if file.id not in older.replaced_by:
                text = f"'{file.id}' replaces '{id_}', which does not say so"
                yield ONE_SIDED.at(view.at(older, "replaced_by"), text)
            ours, theirs = grants_life(file), grants_life(older)
            if ours is None or theirs is None:
                continue
            place = view.at(file, "replaces", ("replaces",))
            if theirs[1] is None:
                yield OVERLAPS.at(place, f"it replaces '{id_}', whose grants never end")
            elif theirs[1] > ours[0]:
                yield OVERLAPS.at(place, f"it begins on {ours[0]}; '{id_}' holds until {theirs[1]}")
        for id_ in file.replaced_by:
            if file.id not in authorities[id_].replaces:
                place = view.at(authorities[id_], "replaces")
                yield ONE_SIDED.at(place, f"'{file.id}' says '{id_}' replaced it, which does not say so")
        life = grants_life(file)
        followed = file.replaced_by or any(file.id in other.replaces for other in authorities.values())
        if life is not None and life[1] is not None and not followed:
            yield ALONE.at(view.at(file, "replaced_by"), f"'{file.id}' ended on {life[1]}; nothing says what followed")
