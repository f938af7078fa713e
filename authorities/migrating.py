"""Older files rewritten to the present version, line by line: what is not of the version stays as it was written.

A rewriting is a chain of steps, one a version, each a function from a document to edits of its lines. What a version
held otherwise is said in ``docs/versions.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.faults import Fault, FaultsError, Place
from rules.reading import Document, read_yaml
from rules.versions import LANGUAGE, SCHEMA, language_of, schema_of

UNVERSIONED = ("defects.yaml", "releases.yaml")
"""Files of the register that are no rules and say no version."""
_SETTINGS = "library.yaml"
_SINGLE = ("replaces", "replaced_by")
_SECTIONS = frozenset(
    [
        "facts",
        "terms",
        "accounts",
        "questions",
        "interpretations",
        "tables",
        "laws",
        "exclusions",
        "mutants",
        "sign_offs",
        "fiscal_year_starts_month",
    ]
)
"""Keys that only rule files have."""


@dataclass(frozen=True)
class Edit:
    """``old`` becomes ``new`` on a line (from 1); ``old`` None: a line put before it. ``says``: what was done."""

    line: int
    old: re.Pattern[str] | None
    new: str
    says: str


@dataclass(frozen=True)
class Migrated:
    """One file: its version before and now (equal: nothing to do), what was done, and its text now."""

    path: Path
    kind: str
    before: int
    after: int
    says: tuple[str, ...]
    content: bytes


def migrated(path: Path) -> tuple[Migrated, ...]:
    """Every rule file of a library folder, or every proposal of another folder, or one file of either kind.

    Nothing is written. Raises FaultsError for a file that cannot be read, is newer, or cannot be edited line by line.
    """
    if not path.exists():
        raise FaultsError([Fault(Place(str(path), None, ""), "no such file", "a file or folder")])
    done: list[Migrated] = []
    faults: list[Fault] = []
    for file in _files(path):
        try:
            done.append(_one(file))
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    return tuple(done)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.rglob("*.yaml") if not (one.name in UNVERSIONED and _in_library(one)))


def _one(path: Path) -> Migrated:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FaultsError(
            [Fault(Place(str(path), None, ""), error.strerror or "no way in", "a file to read")]
        ) from None
    if path.suffix == ".json":
        raise FaultsError([Fault(Place(str(path), None, ""), "a JSON file", "YAML: edits keep its lines and comments")])
    doc = read_yaml(content, str(path))
    rules = _in_library(path) or _is_rule_file(doc.data)
    key, present = ("language", LANGUAGE) if rules else ("schema", SCHEMA)
    version = (language_of if rules else schema_of)(doc.data)
    if version is None or version > present:
        found = f"{key} {version}" if version is not None else f"no version under `{key}`"
        raise FaultsError([Fault(doc.place((key,)), found, f"{key} {present} or older: a newer program wrote this")])
    text, says, before = content, [], version
    steps = RULES if rules else PROPOSALS
    while version < present:
        edits = list(steps[version](doc))
        text = _edited(text, edits, doc)
        says += [edit.says for edit in edits]
        doc = read_yaml(text, str(path))
        version += 1
    return Migrated(path, "rules" if rules else "proposal", before, version, tuple(says), text)


def _in_library(path: Path) -> bool:
    """Whether a file lies in a library folder (one that holds ``library.yaml``), or in a folder of it."""
    return any((folder / _SETTINGS).is_file() for folder in (path.parent, path.parent.parent))


def _is_rule_file(data: Any) -> bool:
    """A rule file outside a library: one of its kinds has these keys."""
    if not isinstance(data, Mapping):
        return False
    keys = set(data)
    acts = data.get("acts")
    declared = isinstance(acts, Mapping) and any(isinstance(one, Mapping) for one in acts.values())
    return {"id", "statute"} <= keys or bool(keys & _SECTIONS) or declared


def _edited(content: bytes, edits: list[Edit], doc: Document) -> bytes:
    """The text with its edits, from the last line to the first. Raises FaultsError where a line is of another form."""
    lines = content.decode("utf-8").split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    for edit in sorted(edits, key=lambda e: e.line, reverse=True):
        if edit.old is None:
            lines.insert(edit.line - 1, edit.new + end)
            continue
        line, count = edit.old.subn(edit.new, lines[edit.line - 1], count=1)
        if not count:
            place = Place(doc.file, edit.line, "")
            raise FaultsError([Fault(place, "a key in braces or quotes", f"a line of its own for this: {edit.says}")])
        lines[edit.line - 1] = line
    return "\n".join(lines).encode("utf-8")


def _rules_0(doc: Document) -> Iterator[Edit]:
    """Language 0: no version said, ``but not`` in two words, and one authority replaced without brackets."""
    data: Mapping[str, Any] = doc.data
    if "language" in data:
        yield Edit(_line(doc, "language"), re.compile(r"^language:(\s+)0\b"), r"language:\g<1>1", "language 1")
    else:
        yield Edit(_first(doc), None, "language: 1", "language 1")
    if "but not" in data:
        yield Edit(_line(doc, "but not"), re.compile(r"^but not(?=\s*:)"), "but_not", "`but not` is `but_not`")
    for key in _SINGLE:
        if isinstance(data.get(key), str):
            form = re.compile(rf"^({key}\s*:\s+)([a-z0-9-]+)")
            yield Edit(_line(doc, key), form, r"\g<1>[\g<2>]", f"`{key}` is a list")


def _proposal_0(doc: Document) -> Iterator[Edit]:
    """Proposals of version 0: the version under ``language``, as a rule file has it, or ``schema: 0``."""
    if "schema" in doc.data:
        yield Edit(_line(doc, "schema"), re.compile(r"^schema:(\s+)0\b"), r"schema:\g<1>1", "schema 1")
    else:
        form = re.compile(r"^language:(\s+)\d+\b")
        yield Edit(_line(doc, "language"), form, r"schema:\g<1>1", "`language` is `schema: 1`")


def _line(doc: Document, key: str) -> int:
    return doc.lines[(key,)]


def _first(doc: Document) -> int:
    """The line of the first key, below the comments and the mark that open a file."""
    return min(line for path, line in doc.lines.items() if path)


RULES: tuple[Callable[[Document], Iterator[Edit]], ...] = (_rules_0,)
"""Step n rewrites a rule file of language n to n + 1."""
PROPOSALS: tuple[Callable[[Document], Iterator[Edit]], ...] = (_proposal_0,)
"""Step n rewrites a proposal of version n to n + 1."""
