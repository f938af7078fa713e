"""The fictional world of ``specification.yaml``, as each implementation takes it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from authorities._sources import raw_of
from rules.building import Sources, build_library
from rules.library import Library
from rules.reading import Document, read_yaml

SPECIFICATION = Path(__file__).parent / "specification.yaml"
_PROVISIONS = ("grants", "bars", "duties", "caps", "funds", "definitions")


@cache
def specification() -> dict[str, Any]:
    """The whole file."""
    data: dict[str, Any] = read_yaml(SPECIFICATION.read_bytes(), SPECIFICATION.name).data
    return data


def entries(section: str) -> list[dict[str, Any]]:
    """The entries of a section."""
    return list(specification().get(section, ()))


def _completed(raw: Mapping[str, Any]) -> dict[str, Any]:
    defaults = specification()["defaults"]
    file = {**defaults["file"], **copy.deepcopy(dict(raw))}
    for section in _PROVISIONS:
        if section in file:
            file[section] = [{**defaults["provision"], **one} for one in file[section]]
    return file


def sources(own: Mapping[str, Any] | None = None) -> Sources:
    """The documents of the shared world; ``own`` (an entry's ``library``) replaces its authorities and limits."""
    spec = specification()
    shared = {kind: {one["id"]: one for one in spec[kind]} for kind in ("authorities", "limits")}
    files: dict[str, list[Any]] = {kind: list(shared[kind].values()) for kind in shared}
    if own is not None:
        files = {
            kind: [shared[kind][one] if isinstance(one, str) else one for one in own.get(kind, ())] for kind in shared
        }
        known = {one["id"] for one in files["authorities"]}
        reached = {
            name
            for one in files["limits"]
            for key in ("reaches", "except")
            for name in one.get(key, {}).get("authorities", ())
        }
        files["authorities"] += [{"id": name} for name in sorted(reached - known)]
    tables = copy.deepcopy(spec["tables"])
    rows = {raw["file"]: raw.pop("rows") for raw in tables.values()}

    def document(data: Any, name: str) -> Document:
        return Document(data, {(): 1}, name)

    def law_files(kind: str) -> list[Document]:
        return [document(_completed(one), f"{kind}/{one['id']}.yaml") for one in files[kind]]

    settings = {"fiscal_year_starts_month": 10, "closing_years": 5}
    own = own or {}
    return Sources(
        settings=document(settings, "library.yaml"),
        laws=[document({"laws": spec["laws"]}, "laws.yaml")],
        vocabulary=[document(spec["vocabulary"], "vocabulary.yaml")],
        accounts=[
            document({"accounts": {k: {"owner": "Council", **v} for k, v in spec["accounts"].items()}}, "accounts")
        ],
        questions=[document({"questions": spec["questions"]}, "questions.yaml")],
        interpretations=[document({"interpretations": spec["interpretations"]}, "interpretations.yaml")],
        tables=[document({"tables": tables}, "tables.yaml")],
        authorities=law_files("authorities"),
        limits=law_files("limits"),
        definitions=[document(_completed(spec["definitions"]), "definitions.yaml")],
        rows=rows,
    )


def world(own: Mapping[str, Any] | None = None) -> tuple[Library, dict[str, Any]]:
    """The library as compiled, and as parsed."""
    made = sources(own)
    return build_library(made), raw_of(made)


def days(entry: Mapping[str, Any]) -> tuple[date | None, date, date]:
    """(date, today, known) of an entry."""
    defaults = specification()["defaults"]
    options = entry.get("options", {})
    return (
        entry.get("date", options.get("date")),
        entry.get("today", options.get("today", defaults["today"])),
        entry.get("known", options.get("known", defaults["known"])),
    )
