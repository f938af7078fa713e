"""The members of an organization as partners of a proposal, each with the basis of its membership."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from authorities.forces import words
from authorities.organizations import MEMBER, Membership, members_on, organization, organizations
from rules.faults import Fault, nearest
from rules.findings import Filled
from rules.library import Library

COUNTRY = "country"
"""The term above every country."""


class Unfound(NamedTuple):
    """Why a word gives no members: as a fault says it."""

    found: str
    expected: str
    suggestion: str = ""


def expanded(word: str, day: date, line: int, countries: Iterable[str]) -> list[Filled] | Unfound:
    """A record for each full member on a day, in the order of their codes, the first being that ``line``.

    Then one with an empty value for each country that the table lists but that is no full member, or no partner.
    """
    one = organization(word)
    if one is None:
        known = [o.acronym for o in organizations()]
        near = nearest(word, [*known, *(o.name for o in organizations())])
        return Unfound(f"the organization '{word}'", f"one of {', '.join(known)}", near)
    known_countries = set(countries)
    rows = sorted(members_on(one.acronym, day))
    partners = [row for row in rows if row.status == MEMBER and row.country in known_countries - {words().data["home"]}]
    if not partners:
        return Unfound(f"the organization {one.acronym}", f"one with members on {day} in the table")
    filled = [_record(row, line + i, row.country, _since(row)) for i, row in enumerate(partners)]
    return filled + [_record(row, line, "", _left_out(row)) for row in rows if row not in partners]


def suggested(library: Library, fault: Fault) -> Fault:
    """The fault of a partner that is no term of the vocabulary: an organization's members may be named instead."""
    word = fault.found.strip("'")
    facts = library.vocabulary.facts["partner"]
    said = fault.place.key.rpartition(".")[2].partition("[")[0].lower()
    one = organization(word) if said in ("partner", *facts.synonyms) else None
    if one is None:
        return fault
    return Fault(fault.place, fault.found, fault.expected, f"{{members of: {one.acronym}}}", fault.kind)


def _record(row: Membership, line: int, value: str, says: str) -> Filled:
    return Filled(line, "partner", value, says, row.source, None, row.basis)


def _since(row: Membership) -> str:
    return f"{row.status} of {row.organization}, {f'since {row.since}' if row.since else 'first day not known'}"


def _left_out(row: Membership) -> str:
    said = row.status if row.status != MEMBER else "no partner of its own"
    return f"{row.country} is left out: {said} ({row.organization})"
