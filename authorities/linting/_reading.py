"""From a library folder to what the checks walk, or to the issues that keep it from loading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from authorities._sources import read_sources
from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from authorities.notice import READ
from authorities.register import HOME
from rules.building import build_library
from rules.faults import Fault, FaultsError

UNREADABLE = Kind(
    "unreadable",
    "error",
    "A file is not YAML, not UTF-8, not in this library's strict YAML, or not there.",
    "write it as the message says",
)
TAB = Kind("tab", "error", "A tab in a file: no two editors show it alike.", "use spaces")
SCHEMA = Kind(
    "schema",
    "error",
    "A key or value that the language does not know, or one that must be there and is not.",
    "write what the message expects",
)
REFERENCE = Kind(
    "unknown-name",
    "error",
    "A name (of a definition, question, limit, authority, table, law...) that nothing in the library has.",
    "correct the name, or declare what it names",
)
MEANING = Kind(
    "meaning",
    "error",
    "A condition or entry whose words do not fit the vocabulary: an unknown fact or term, a value of the wrong type, "
    "an act where none may stand.",
    "use declared words, each in its own place",
)
INVERTED = Kind(
    "inverted-life",
    "error",
    "Words that end before they begin, or on the same day, or an entry dated before the one it follows.",
    "check `since` and `until` against the texts of both laws",
)
UNCOVERED = Kind(
    "uncovered-life",
    "error",
    "A provision that uses a dated value or a definition on days when there is none.",
    "begin the value or definition earlier, or the provision later",
)
DUPLICATE = Kind("duplicate-id", "error", "One id for two things.", "give one of them an id of its own")
CIRCLE = Kind("circle", "error", "Something defined by itself.", "break the circle")
PRESUMED = Kind(
    "presumed-in-grant",
    "error",
    "A fact that is presumed when unsaid stands in a grant or an `unless`: the presumption would open the door.",
    "test it in a bar, or take away the presumption",
)
RAGGED = Kind("ragged-row", "error", "A row with more or fewer cells than the header.", "quote text that holds commas")
PRESUMPTION = Kind(
    "bad-presumption",
    "error",
    "A fact presumes a value it cannot have.",
    "presume a value of the fact's own type, or a term it may have",
)
DERIVED = Kind(
    "derived-inputs",
    "error",
    "A computed fact whose inputs are not those its formula takes, or are not of their types, or go round in a circle.",
    "name the inputs in the order of the language page, section 2",
)
TABLE_VALUE = Kind(
    "table-value", "error", "A value that the fact cannot have.", "write yes or no, or a term of the fact"
)
KINDS = (
    UNREADABLE,
    TAB,
    SCHEMA,
    REFERENCE,
    MEANING,
    INVERTED,
    UNCOVERED,
    DUPLICATE,
    CIRCLE,
    PRESUMED,
    RAGGED,
    PRESUMPTION,
    DERIVED,
    TABLE_VALUE,
)

_OF_SCHEMA = frozenset(
    {"type", "unknown-key", "missing-key", "choice", "form", "range", "length", "repeated", "together"}
)
_BY_KIND = {
    "tab": TAB,
    "uncovered": UNCOVERED,
    "duplicate-id": DUPLICATE,
    "cycle": CIRCLE,
    "presumed-in-grant": PRESUMED,
    **{kind.id: kind for kind in (RAGGED, PRESUMPTION, DERIVED, TABLE_VALUE)},
}


def read(
    contents: Mapping[str, bytes], reviews: Mapping[str, bytes] = MappingProxyType({}), home: Path = HOME
) -> tuple[View | None, list[Issue]]:
    """What the checks walk; or None with all that keeps the library from loading. ``reviews``: files of sign-offs;
    ``home``: the folder of the register."""
    try:
        sources = read_sources(contents)
    except FaultsError as error:
        return None, list(_issues(error.faults, UNREADABLE))
    try:
        library = build_library(sources)
    except FaultsError as error:
        return None, list(_issues(error.faults, MEANING))
    READ.set(library)
    return View(library, sources, contents, reviews, home), []


def _issues(faults: Iterable[Fault], otherwise: Kind) -> Iterable[Issue]:
    for fault in faults:
        yield _kind(fault, otherwise).at(fault.place, f"found {fault.found}", _remedy(fault))


def _kind(fault: Fault, otherwise: Kind) -> Kind:
    if fault.kind in _BY_KIND:
        return _BY_KIND[fault.kind]
    if fault.kind in _OF_SCHEMA:
        return SCHEMA
    if fault.kind.startswith("unknown-") or fault.expected.startswith(("a Public Law that", "a CSV file of")):
        return REFERENCE
    if fault.expected.startswith("a day after "):
        return INVERTED
    return otherwise


def _remedy(fault: Fault) -> str:
    meant = f"; did you mean {fault.suggestion}?" if fault.suggestion else ""
    return f"expected {fault.expected}{meant}"
