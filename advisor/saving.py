"""A saved answer: a JSON file with all an answer hangs on (what was asked, edition, engine), the answer, and its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from advisor.reply import Asked, Reply
from authorities.editions.engine import Engine, engine
from rules.faults import Fault, FaultsError, Place

SCHEMA = 1
KIND = "saved answer"


class Saved(NamedTuple):
    """What a saved answer was made with. ``edition``: its name, None: the library was no frozen edition; ``digest``: of
    library and reference tables, as the edition's; ``content``: the file's own words."""

    engine: Engine
    edition: str | None
    digest: str
    asked: Asked
    content: str


def keep(given: Reply, path: Path) -> None:
    """Save an answer to a new file. Raises FaultsError."""
    from authorities.editions.freezing import digest_at
    from authorities.home import home

    text = content_of(given, engine(), home().edition or None, digest_at(home()))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise FaultsError([Fault(Place(str(path), None, ""), "a file that is there already", "a new name")]) from None
    except OSError as error:
        reason = error.strerror or "no way to write"
        raise FaultsError([Fault(Place(str(path), None, ""), reason, "a place to write")]) from None


def content_of(given: Reply, by: Engine, edition: str | None, digest: str) -> str:
    """The words of the file of an answer: the same for the same, byte for byte."""
    asked = given.asked._replace(file=None if given.asked.file is None else Path(given.asked.file).name)
    data = {
        "schema": SCHEMA,
        "kind": KIND,
        "engine": by._asdict(),
        "edition": {"name": edition, "digest": digest},
        "asked": {
            key: value.isoformat() if isinstance(value, date) else value for key, value in asked._asdict().items()
        },
        "answer": given.data(),
        "page": given.page().splitlines(),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_saved(path: Path) -> Saved:
    """The saved answer in a file. Raises FaultsError for one that cannot be read, or is none."""

    def fault(found: str, expected: str, key: str = "") -> FaultsError:
        return FaultsError([Fault(Place(str(path), None, key), found, expected)])

    expected = "an answer saved by advisor ask --save"
    try:
        content = path.read_bytes().decode("utf-8")
        raw: Any = json.loads(content)
    except OSError as error:
        raise fault(error.strerror or "no such file", expected) from None
    except (ValueError, RecursionError):
        raise fault("no JSON", expected) from None
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise fault("something else", expected)
    if raw.get("schema") != SCHEMA:
        raise fault(f"schema {raw.get('schema')}", f"schema {SCHEMA}", "schema")
    part = "asked"
    try:
        asked = _asked(raw["asked"])
        part = "engine"
        by = Engine(**_texts(raw["engine"], Engine._fields))
        part = "edition"
        name = raw["edition"]["name"]
        _texts({"name": name or "", "digest": raw["edition"]["digest"]}, ("name", "digest"))
    except (KeyError, TypeError, ValueError):
        raise fault("another shape", f"{part} as advisor ask --save writes it", part) from None
    return Saved(by, name, raw["edition"]["digest"], asked, content)


def _asked(raw: Mapping[str, Any]) -> Asked:
    """What was asked. Raises KeyError, TypeError, ValueError for another shape."""
    if set(raw) != set(Asked._fields):
        raise ValueError("other keys")
    days = {key: None if raw[key] is None else date.fromisoformat(raw[key]) for key in ("day", "known", "today")}
    texts = [raw[key] for key in ("file", "text", "under") if raw[key] is not None]
    _texts(dict.fromkeys([*texts, *raw["sets"]], ""), [*texts, *raw["sets"]])
    if days["today"] is None or not all(type(raw[key]) is bool for key in ("strict", "every")):
        raise ValueError("no day, or no switch")
    return Asked(**{**raw, **days, "sets": tuple(raw["sets"])})


def _texts(raw: Mapping[str, Any], keys: Any) -> dict[str, str]:
    """A mapping of these keys to text. Raises ValueError."""
    if set(raw) != set(keys) or not all(isinstance(one, str) for one in (*raw, *raw.values())):
        raise ValueError("other keys or values")
    return dict(raw)
