"""What the table of forces says of one force, in words and as records of what was filled in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from authorities.forces import EARLIER, Force, terms_of
from rules.findings import Filled

SOURCED = "sourced"
INFERRED = "the force was read there, its ministry inferred"
"""What a basis that is not ``sourced`` means in the table of forces."""


class Found(NamedTuple):
    """A force as listed on a day."""

    force: Force
    day: date


def filled_from(force: Force, line: int, fact: str, value: str, says: str) -> Filled:
    """A record with the force's source, date and basis; an empty value: nothing was filled in."""
    return Filled(line, fact, value, says, force.source, force.as_of, force.basis)


def source_of(force: Force) -> str:
    """The source of a filled value: the list, the force, the day it was last seen and the basis."""
    basis = SOURCED if force.basis == SOURCED else f"{force.basis.replace('_', ' ')}: {INFERRED}"
    return f"{force.source}, {force.name} ({force.country}), as of {force.as_of}; {basis}"


def says_of(force: Force, fact: str, day: date) -> str:
    """What the table says of a fact on a day, and why it fills in nothing where it does not."""
    none = fact not in terms_of(force)
    match fact:
        case "recipient":
            said = f"{force.name} ({force.country}), listed as {force.kind}"
            return f"{said}, which is no one term of the library" if none else said
        case "ministry":
            return _ministry(force, none)
        case _:
            return _status(force)


def _ministry(force: Force, none: bool) -> str:
    if force.note == EARLIER:
        return EARLIER
    if force.ministry == "unknown":
        return "the table names none"
    if none:
        return f"{force.ministry_name or force.ministry}, which is no one term of the library"
    named = force.ministry_name or "inferred from its place among the armed forces, no ministry is named"
    span = [f"since {force.since}"] if force.since else []
    span += [f"until {force.until}"] if force.until else []
    return f"{named}, {' '.join(span)}" if span else named


def _status(force: Force) -> str:
    if force.note == EARLIER:
        return EARLIER
    match force.military_status:
        case "yes":
            return "listed as military"
        case "no":
            return "not military; whether civilian or paramilitary the table does not say"
        case _:
            return "the table does not say"
