"""Military and security forces of each country, by kind, ministry and military status, as listed on a day.

The table is ``reference/forces.csv`` (as last seen) with ``reference/forces_dated.csv`` (changes of ministry); what its
words mean in the library is ``reference/force_terms.yaml``. An absent force is not found, which is not none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from authorities.home import home, kept, reference_rows
from rules.faults import Fault, FaultsError, Place, nearest
from rules.reading import Document, read_yaml
from rules.vocabulary import Vocabulary

TERMS = "force_terms.yaml"
UNKNOWN = "unknown"
EARLIER = "the table does not say whom it answered to on the day, nor its status"
"""The note of a force on a day of which the table does not speak."""
_COLUMNS = {"yes": "military", "unknown": "unsaid", "no": "other"}


class Force(NamedTuple):
    """A force as listed. ``country``: its ISO 3166 code. ``ministry``: the class of its ministry, ``ministry_name`` its
    name where one is given; ``military_status``: yes, no; either ``unknown`` where the table does not say.

    ``since``: the first day of the row, ``until``: the first day it is no longer so; None where the table has none.
    ``as_of``: the day the listing was last seen. ``basis``: ``sourced``, or ``partly_sourced``: the force was read, its
    ministry inferred. ``entity``: what it is, as a term under ``partner-entity``, or ``unknown``.
    """

    country: str
    name: str
    abbreviation: str
    kind: str
    ministry_name: str
    ministry: str
    military_status: str
    since: date | None
    until: date | None
    as_of: date | None
    basis: str
    note: str
    source: str
    entity: str = UNKNOWN


@kept
def words() -> Document:
    """``force_terms.yaml``, read. Raises FaultsError where it cannot be."""
    return read_yaml((home().reference / TERMS).read_bytes(), TERMS)


@kept
def forces() -> tuple[Force, ...]:
    """Every force as last listed, those of a country in the order of the table. Raises FaultsError for an unknown word."""
    data = words().data
    faults = [fault for file in ("forces.csv", "forces_dated.csv") for fault in _unknown_words(file)]
    if faults:
        raise FaultsError(faults)
    own = {(one["country"], one["force"]): one["term"] for one in data["forces"]}
    out = []
    for row in reference_rows("forces.csv"):
        column = _COLUMNS[row["military_status"]]
        entity = own.get((row["iso3"], row["force"]), data["kinds"][row["kind"]][column])
        out.append(_force(row, row["military_status"], date.fromisoformat(row["as_of"]), entity))
    return tuple(out)


def forces_of(country: str, day: date) -> tuple[Force, ...]:
    """The forces of a country as listed on a day; what is known of each is that day's (see :class:`Force`).

    A dated row stands on its days. Ministry and status are unknown before the table begins, and before the first row of
    a force whose rows do not go back that far. After the last listing it stands as last seen.
    """
    dated = _dated().get(country, {})
    none = words().data["no_force"]
    listed = [one for one in forces() if one.country == country and one.name not in none]
    out = [_on(one, dated.get(one.name, ()), day) for one in listed]
    known = {one.name for one in listed}
    for name, rows in dated.items():
        out += [_replaced(row, None) for row in rows if name not in known and _covers(row, day)]
    return tuple(out)


def terms_of(force: Force) -> Mapping[str, str]:
    """The force as facts of a proposal: recipient, ministry and military_status, each a term; what is unknown is left out."""
    data = words().data
    said = {
        "recipient": force.entity,
        "ministry": data["ministries"][force.ministry],
        "military_status": data["statuses"][force.military_status],
    }
    return {fact: str(term) for fact, term in said.items() if term != UNKNOWN}


def denied_by(force: Force) -> Mapping[str, str]:
    """The terms that the listing denies, by fact: a force that is not military, military status."""
    term = words().data["denies"].get(force.military_status)
    return {} if term is None else {"military_status": term}


def begins() -> date:
    """The first day of which the table speaks."""
    first: date = words().data["covers"]["from"]
    return first


def check(vocabulary: Vocabulary) -> None:
    """Hold every term of ``force_terms.yaml`` against the vocabulary. Raises FaultsError with all that are not there."""
    document = words()
    faults = []
    for path, term, above in _terms(document.data):
        below = vocabulary.taxonomy.below.get(above, frozenset())
        if term != UNKNOWN and term not in below:
            near = nearest(str(term), below)
            faults.append(Fault(document.place(path), f"'{term}'", f"a term under {above}, or {UNKNOWN}", near))
    if faults:
        raise FaultsError(faults)


def _terms(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for kind, columns in data["kinds"].items():
        for column, term in columns.items():
            yield ("kinds", kind, column), term, "partner-entity"
    for i, one in enumerate(data["forces"]):
        yield ("forces", i, "term"), one["term"], "partner-entity"
    for part, above in (("ministries", "ministry-kind"), ("statuses", "status-kind"), ("denies", "status-kind")):
        for word, term in data[part].items():
            yield (part, word), term, above


# --- days -----------------------------------------------------------------------------------------------------------
def _on(listed: Force, rows: tuple[Force, ...], day: date) -> Force:
    """A force as the table has it on a day."""
    for row in rows:
        if _covers(row, day):
            return _replaced(row, listed)
    if day >= begins() and (not rows or None in {row.since for row in rows}):
        return listed
    general = _general(listed)
    return listed._replace(ministry_name="", ministry=UNKNOWN, military_status=UNKNOWN, entity=general, note=EARLIER)


def _covers(row: Force, day: date) -> bool:
    """Whether a dated row speaks of a day; one without a first day speaks from the day the table begins."""
    return (row.since or begins()) <= day and (row.until is None or day < row.until)


def _replaced(row: Force, listed: Force | None) -> Force:
    """A dated row, with what the listing adds: its status only where the ministry is of the same class."""
    if listed is None:
        return row
    same = row.ministry == listed.ministry
    return row._replace(
        name=listed.name,
        abbreviation=listed.abbreviation,
        military_status=listed.military_status if same else UNKNOWN,
        entity=listed.entity if same else _general(listed),
        note=row.note or listed.note if same else row.note,
    )


def _general(listed: Force) -> str:
    """What a force is, where the day's status is not known."""
    columns: Mapping[str, str] = words().data["kinds"][listed.kind]
    return listed.entity if listed.entity == columns["unsaid"] else columns["general"]


@kept
def _dated() -> Mapping[str, Mapping[str, tuple[Force, ...]]]:
    """The dated rows by country and name of the force as listed."""
    data = words().data
    same = {(one["country"], one["dated"]): one["listed"] for one in data["same_force"]}
    out: dict[str, dict[str, tuple[Force, ...]]] = {}
    for row in reference_rows("forces_dated.csv"):
        row["force"] = same.get((row["iso3"], row["force"]), row["force"])
        named = out.setdefault(row["iso3"], {})
        one = _force(row, UNKNOWN, data["as_of"], data["kinds"][row["kind"]]["general"])
        named[row["force"]] = (*named.get(row["force"], ()), one)
    return out


def _unknown_words(file: str) -> Iterator[Fault]:
    """A fault for each word of a table that ``force_terms.yaml`` does not have."""
    data = words().data
    for line, row in enumerate(reference_rows(file), start=2):
        for column, part in (("kind", "kinds"), ("ministry", "ministries"), ("military_status", "statuses")):
            if row.get(column, UNKNOWN) not in {*data[part], UNKNOWN}:
                known = ", ".join(data[part])
                yield Fault(
                    Place(file, line, column), f"'{row[column]}'", f"one of {known}", nearest(row[column], data[part])
                )


def _force(row: Mapping[str, str], status: str, as_of: date, entity: str) -> Force:
    since, until = row.get("from"), row.get("until")
    return Force(
        row["iso3"],
        row["force"],
        row.get("abbreviation", ""),
        row["kind"],
        row["ministry_name"],
        row["ministry"],
        status,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        as_of,
        row["basis"],
        row["note"],
        words().data["source"],
        entity,
    )
