"""A proposal as a planner wrote it, as lines: one for each element and partner, with every value by its id."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.second._case import UNKNOWN
from rules.second._library import Library
from rules.second._names import QUESTION, Names, spelled
from rules.second._plain import SEVERAL, Doc, listed

IGNORED = ("schema", "title")


def lines(library: Library, proposal: Doc, day: date | None) -> list[dict[str, Any]]:
    """The lines, elements in order and within each its partners; `day` takes the place of the stated date.

    A line is fact id -> value (or {value, source}), with `acts` and `questions` by id.
    """
    names = library.names
    shared = _read(names, library, proposal)
    found: list[dict[str, Any]] = []
    for element in listed(_part(proposal, "elements")) or [{}]:
        own = _read(names, library, element)
        line = {**shared, **own, **{kind: {**shared[kind], **own[kind]} for kind in ("acts", "questions")}}
        if day is not None:
            line["date"] = day
        found.extend(line if one is None else {**line, "partner": one} for one in _each(line.get("partner")))
    return found


def _part(written: Doc, wanted: str) -> Any:
    return next((value for key, value in written.items() if spelled(key) == wanted), None)


def _each(partner: Any) -> list[Any]:
    """The partners of a line, each with the source of the word; [None] where none is said."""
    if isinstance(partner, Mapping):
        return [{**partner, "value": one} for one in listed(partner["value"])]
    return listed(partner) or [None]


def _read(names: Names, library: Library, written: Doc) -> dict[str, Any]:
    found: dict[str, Any] = {"acts": {}, "questions": {}}
    for key, value in written.items():
        word = spelled(key)
        if word in IGNORED or word == "elements":
            continue
        if word == "acts":
            found["acts"] = {names.act(act): _state(state) for act, state in value.items()}
            continue
        kind, name = names.key(key)
        if kind == QUESTION:
            found["questions"][name] = value
        elif isinstance(value, Mapping):
            found[name] = {**value, "value": _value(names, library, name, value.get("value"))}
        else:
            found[name] = _value(names, library, name, value)
    return found


def _state(written: Any) -> Any:
    """A date, or `done`, `not yet`, `refused`."""
    if isinstance(written, date) or written[:1].isdigit():
        return _day(written)
    return spelled(written).replace("-", " ")


def _day(written: Any) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)


def _value(names: Names, library: Library, fact: str, written: Any) -> Any:
    """A value by its id; lists are of many, or of partners."""
    declared = library.fact(fact)
    if isinstance(written, str) and spelled(written) == UNKNOWN:
        return UNKNOWN
    if declared.get("many") or isinstance(written, SEVERAL):
        return tuple(_single(names, fact, declared, one) for one in listed(written))
    return _single(names, fact, declared, written)


def _single(names: Names, fact: str, declared: Doc, written: Any) -> Any:
    match declared["type"]:
        case "term":
            return names.term(fact, declared, written)
        case "date":
            return _day(written)
    return written
