"""Counsel's sign-offs: files of them that cannot be read, and sign-offs of what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from authorities._review_file import sign_offs
from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.faults import FaultsError, Place

NOTHING = Kind(
    "sign-off-of-nothing",
    "warning",
    "A sign-off of a provision that is not in the library, or a file of sign-offs for a law file that is not.",
    "delete it, or sign the provision that took its place",
)
FORM = Kind(
    "bad-sign-off",
    "error",
    "A file of sign-offs that cannot be read: answers that look for sign-offs stop at it.",
    "write it as the message says, or let `authorities review sign` write it",
)
KINDS = (NOTHING, FORM)


def check(view: View) -> Iterator[Issue]:
    """Every file of sign-offs against the law files."""
    for path, content in view.reviews.items():
        try:
            found = sign_offs({path: content})
        except FaultsError as error:
            for fault in error.faults:
                yield FORM.at(fault.place, f"found {fault.found}", f"expected {fault.expected}")
            continue
        for id_, signed in found.items():
            file = view.by_id.get(id_)
            if file is None:
                yield NOTHING.at(Place(path, 1, "file"), f"no law file has the id '{id_}'")
                continue
            ids = {one.id for one in file.provisions()}
            for one in signed.values():
                if one.provision not in ids:
                    yield NOTHING.at(
                        Place(path, one.place.line, one.provision), f"{id_} has no provision '{one.provision}'"
                    )
