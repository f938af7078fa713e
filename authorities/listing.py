"""Law files as a list: what the library holds, in force or ended; and finding one by id or statute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Library
from rules.provisions import LawFile


def _day(value: Any) -> str:
    return f"{value.day} {value:%B} {value.year}"


def status(file: LawFile) -> str:
    """In force, or when it ended."""
    provisions = file.grants if file.kind == "authority" else file.provisions()
    if any(p.life.until is None for p in provisions):
        return "in force"
    ends = [p.life.until for p in provisions if p.life.until is not None]
    return f"ended {_day(max(ends))}" if ends else "in force"


def listed(library: Library) -> list[dict[str, Any]]:
    """A row for each law file."""
    return [
        {
            "id": file.id,
            "kind": file.kind,
            "statute": file.statute,
            "title": file.title,
            "holder": file.holder,
            "status": status(file),
            "basis": file.basis,
            "tags": sorted(file.tags),
            "provisions": len(file.provisions()),
            "cases": len(file.cases),
            "replaces": list(file.replaces),
        }
        for file in library.files()
    ]


def render_list(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as a table."""
    out = []
    for kind, heading in (("authority", "Authorities"), ("limit", "Limits"), ("definitions", "Definitions")):
        out.append(heading)
        for row in rows:
            if row["kind"] == kind:
                counts = f"{row['provisions']:>3} provisions {row['cases']:>3} cases"
                out.append(f"  {row['id']:<22} {row['status']:<26} {counts}  {row['title']}")
        out.append("")
    return "\n".join(out).rstrip()


def shown(library: Library, word: str) -> LawFile:
    """A law file by id or statute."""
    folded = "".join(ch for ch in word.lower() if ch.isalnum())
    for file in library.files():
        if word == file.id or folded in (
            "".join(c for c in w.lower() if c.isalnum()) for w in (file.id, file.statute, file.short)
        ):
            return file
    ids = [file.id for file in library.files()]
    raise FaultsError(
        [
            Fault(
                Place("authorities", None, ""),
                f"'{word}'",
                "an id of the library (see: authorities list)",
                nearest(word, ids),
            )
        ]
    )
