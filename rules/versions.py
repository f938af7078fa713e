"""Which version of the language a file says, and of its schema a proposal; and what to do about an older one.

`docs/versions.md` says what each version held otherwise; `authorities migrate` rewrites older files.
"""

from __future__ import annotations

from typing import Any

from rules.faults import Fault, Place
from rules.reading import Document

LANGUAGE = 1
"""The version of the rule language this program reads."""
SCHEMA = 1
"""The version of proposals this program reads; a proposal that says none is of this one."""
OLDER = "older-version"
"""The kind of a fault whose remedy is `authorities migrate`."""


def language_of(data: Any) -> int | None:
    """The version of the language of a rule file: 0 where it says none, None where it says no version at all."""
    return _version(data.get("language", 0)) if isinstance(data, dict) else None


def schema_of(data: Any) -> int | None:
    """The version of a proposal. One of version 0 says so, or has its version under `language`, as a rule file has."""
    if not isinstance(data, dict):
        return None
    return _version(data.get("schema", 0 if "language" in data else SCHEMA))


def older_language(documents: list[Document]) -> Fault | None:
    """One fault for all files of an older language among those of a library; None where there is none."""
    older = [doc for doc in documents if _is_before(language_of(doc.data), LANGUAGE)]
    if not older:
        return None
    others = f" (and {len(older) - 1} more)" if len(older) > 1 else ""
    found = f"language {language_of(older[0].data)}{others}"
    return _fault(older[0].place(("language",)), found, f"language {LANGUAGE}", "FOLDER")


def older_proposal(document: Document) -> Fault | None:
    """The fault of a proposal of an older version; None where it is of this one (or of none that can be)."""
    version = schema_of(document.data)
    if not _is_before(version, SCHEMA):
        return None
    return _fault(document.place(("schema",)), f"a proposal of version {version}", f"version {SCHEMA}", "FILE")


def _version(said: Any) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) else None


def _is_before(version: int | None, present: int) -> bool:
    return version is not None and version < present


def _fault(place: Place, found: str, version: str, what: str) -> Fault:
    return Fault(place, found, f"{version} (run `authorities migrate {what}`)", "", OLDER)
