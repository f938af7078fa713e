"""What differs between two editions of the library, provision by provision, in plain English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorities.loading import Loaded
from authorities.showing import file_json

_KINDS = ("authorities", "limits", "definitions")
_HEADER = (
    "title",
    "short",
    "statute",
    "holder",
    "tags",
    "reaches",
    "except",
    "replaces",
    "replaced_by",
    "law",
    "basis",
)
_REMARKS = ("notes", "left_out", "unchanged", "cases")
_OTHERS = ("facts", "terms", "acts", "accounts", "questions", "tables", "laws", "interpretations")
_NAMES = {"facts": "fact", "terms": "term", "acts": "act", "accounts": "account", "questions": "question"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. ``where``: a law file, or a part of the library; ``what``: of it; ``how``: added, removed
    or changed; ``before`` and ``after``: the words that differ, line by line."""

    where: str
    what: str
    how: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def changes(old: Loaded, new: Loaded, today: date) -> Iterator[Change]:
    """Everything that differs, law first, in the order of the library."""
    for kind in _KINDS:
        before, after = old.raw[kind], new.raw[kind]
        for id_ in dict.fromkeys((*before, *after)):
            if id_ not in after:
                yield Change(id_, before[id_]["title"], "removed")
            elif id_ not in before:
                yield Change(id_, after[id_]["title"], "added")
            elif before[id_] != after[id_]:
                yield from _of_file(id_, kind, old, new, today)
    for part in _OTHERS:
        yield from _of_part(part, _part(old, part), _part(new, part))


def _part(loaded: Loaded, part: str) -> Any:
    """A part of the library that is no law file; accounts are terms too, and are told once."""
    found = loaded.raw[part]
    return {k: v for k, v in found.items() if k not in loaded.raw["accounts"]} if part == "terms" else found


def _of_file(id_: str, kind: str, old: Loaded, new: Loaded, today: date) -> Iterator[Change]:
    raw_before, raw_after = old.raw[kind][id_], new.raw[kind][id_]
    for key in _HEADER:
        if raw_before.get(key) != raw_after.get(key):
            yield Change(id_, key, "changed", _lines(raw_before.get(key)), _lines(raw_after.get(key)))
    before, after = (_file(one, kind, id_, today) for one in (old, new))
    for name, some, others in (
        ("value", _by(before["values"], "name", "life", "says"), _by(after["values"], "name", "life", "says")),
        ("", _by(before["provisions"], "kind", "id"), _by(after["provisions"], "kind", "id")),
    ):
        for words in dict.fromkeys((*some, *others)):
            was, now = some.get(words), others.get(words)
            if was != now:
                what = f"{name} {words[0]}" if name else " ".join(words)
                yield Change(id_, what, _how(was, now), _said(was, now), _said(now, was))
    for key in _REMARKS:
        some_, others_ = raw_before.get(key, []), raw_after.get(key, [])
        gone = sum(one not in others_ for one in some_)
        come = sum(one not in some_ for one in others_)
        if gone or come:
            yield Change(id_, f"{key.replace('_', ' ')}: {come} new or changed, {gone} gone or changed", "changed")


def _file(loaded: Loaded, kind: str, id_: str, today: date) -> dict[str, Any]:
    return file_json(loaded.library, getattr(loaded.library, kind)[id_], today)


def _by(rows: list[dict[str, Any]], *keys: str) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(str(row[key]) for key in keys): row for row in rows}


def _how(was: object, now: object) -> str:
    return "added" if was is None else "removed" if now is None else "changed"


def _said(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The words of one that the other has not."""
    if one is None:
        return ()
    lines: list[str] = []
    for key, value in one.items():
        if key in ("id", "kind", "name") or (other is not None and other.get(key) == value):
            continue
        if key == "says" and not isinstance(value, str):
            lines += [line for line in value if other is None or line not in other["says"]]
        elif value not in (None, "", "statute", "text") or other is not None:
            lines += [f"{key}: {'none' if value is None else value}"]
    return tuple(lines)


def _of_part(part: str, before: Any, after: Any) -> Iterator[Change]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        gone = [one for one in before if one not in after]
        come = [one for one in after if one not in before]
        if gone or come:
            yield Change(part, part, "changed", _lines(gone or None), _lines(come or None))
        return
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was != now:
            what = f"{_NAMES.get(part, part.removesuffix('s'))} {key}"
            if part == "tables" and was is not None and now is not None:
                yield Change(part, what, "changed", *_rows(was, now))
            else:
                yield Change(part, what, _how(was, now), _lines(was), _lines(now))


def _rows(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What two states of a table have alone: its rows, and how it is described."""
    out = []
    for one, other in ((was, now), (now, was)):
        rows = [
            ", ".join(f"{k} {v}" for k, v in row.items() if v)
            for row in one.get("rows", ())
            if row not in other.get("rows", ())
        ]
        out.append((*rows, *(f"{k}: {v}" for k, v in one.items() if k != "rows" and other.get(k) != v)))
    return out[0], out[1]


def _lines(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (str(value),)
