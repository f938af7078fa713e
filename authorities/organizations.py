"""Regional organizations and their members on a day (``reference/regional_orgs.csv``, ``regional_org_members.csv``).

An absent row means not found, not no. Most first days of membership were not researched: such a row has none.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from authorities.home import kept, reference_rows

MEMBER = "member"
"""The status of a full member; suspended, excluded, disputed and others are not."""


class Organization(NamedTuple):
    """A regional organization. ``since``, ``until``: its first and last day, None where not known or open."""

    acronym: str
    name: str
    since: date | None
    until: date | None


class Membership(NamedTuple):
    """A country's place in an organization. ``since``, ``until``: first and last day, None where not known or open.

    ``status``: ``member``, or another. ``basis``: ``sourced``, ``partly_sourced`` or ``general_knowledge``.
    """

    country: str
    organization: str
    status: str
    since: date | None
    until: date | None
    basis: str
    source: str
    note: str


@kept
def organizations() -> tuple[Organization, ...]:
    """Every organization of the table."""
    return tuple(
        Organization(row["acronym"], row["name"], _day(row["from"]), _day(row["until"]))
        for row in reference_rows("regional_orgs.csv")
        if row["acronym"].isalnum()  # the one other row states a rule
    )


@kept
def _memberships() -> tuple[Membership, ...]:
    return tuple(
        Membership(
            row["iso3"],
            row["org"],
            row["status"],
            _day(row["from"]),
            _day(row["until"]),
            row["basis"],
            row["source"] or f"none read: {row['note']}",
            row["note"],
        )
        for row in reference_rows("regional_org_members.csv")
    )


def members_on(organization: str, day: date) -> tuple[Membership, ...]:
    """The rows of an organization (its acronym) that hold on a day, of every status; an unknown first day holds."""
    return tuple(
        one
        for one in _memberships()
        if one.organization == organization
        and (one.since is None or one.since <= day)
        and (one.until is None or day <= one.until)
    )


def organization(word: str) -> Organization | None:
    """The organization a word names: by its acronym or its name, as far as a parenthesis; letter case does not matter."""
    said = _plain(word)
    for one in organizations():
        if said in (_plain(one.acronym), _plain(one.name), _plain(one.name.partition("(")[0])):
            return one
    return None


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
