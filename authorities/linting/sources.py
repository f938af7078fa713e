"""What is said without a source, and sentences that say too much or too little."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.provisions import Definition, Duty, Provision

LONGEST = 200

LONG = Kind(
    "long-gist", "warning", f"A gist of more than {LONGEST} characters: it is one plain sentence.", "say it shorter"
)
SECONDARY = Kind(
    "unsourced-secondary",
    "warning",
    "A secondary basis that names nothing one could look up: no number, no date, no page.",
    "name the document, with its number or date, and what of it was read",
)
DEFINITION = Kind(
    "unsourced-definition",
    "warning",
    "A definition that cites no paragraph of its own file (its cite holds none that can be read).",
    "cite the paragraph that defines the word, or give its secondary basis",
)
DELEGABLE = Kind(
    "delegable-without-statute",
    "warning",
    "An act is said to be delegable, or not, without the words that say so.",
    "name the paragraph under `statute`, or leave `delegable` away: the text is silent",
)
ACT = Kind("unsourced-act", "warning", "An act that does not say where the law asks for it.", "name it under `statute`")
KINDS = (LONG, SECONDARY, DEFINITION, DELEGABLE, ACT)

_FINDABLE = re.compile(r"\d")


def check(view: View) -> Iterator[Issue]:
    """Every gist, basis and act."""
    for file in view.files:
        if _unfindable(file.basis):
            yield SECONDARY.at(view.at(file, "basis", ("basis",)), f"the basis '{_bare(file.basis)}'")
        for provision in file.provisions():
            yield from _provision(view, provision, file.basis)
        for section, remarks in (("notes", file.notes), ("left_out", file.left_out)):
            for i, remark in enumerate(remarks):
                if len(remark.gist) > LONGEST:
                    place = view.at(file, f"{section} {remark.cite}", (section, i))
                    yield LONG.at(place, f"{len(remark.gist)} characters")
    for act in view.words.acts.values():
        place = view.entry(view.sources.vocabulary, "acts", act.id)
        if len(act.gist) > LONGEST:
            yield LONG.at(place, f"{len(act.gist)} characters")
        if not act.statute:
            if act.delegable is not None:
                said = "delegable" if act.delegable else "not delegable"
                yield DELEGABLE.at(place, f"'{act.id}' is said to be {said}, by no statute")
            else:
                yield ACT.at(place, f"'{act.id}' names no statute")


def _provision(view: View, provision: Provision, basis: str) -> Iterator[Issue]:
    if len(provision.gist) > LONGEST:
        yield LONG.at(view.provision(provision, "gist"), f"{len(provision.gist)} characters")
    if provision.basis != basis and _unfindable(provision.basis):
        yield SECONDARY.at(view.provision(provision, "basis"), f"the basis '{_bare(provision.basis)}'")
    if isinstance(provision, Definition) and provision.basis == "text" and "(" not in provision.cite:
        yield DEFINITION.at(view.provision(provision, "cite"), f"'{provision.id}' cites '{provision.cite}'")
    if isinstance(provision, Duty):
        for content in provision.contents:
            if len(content.gist) > LONGEST:
                yield LONG.at(view.provision(provision, "contents"), f"{len(content.gist)} characters")


def _unfindable(basis: str) -> bool:
    return basis != "text" and not _FINDABLE.search(basis)


def _bare(basis: str) -> str:
    return basis.removeprefix("secondary: ")
