"""The manifest of an edition: what it is, and the hash of every file in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any

FORMAT = 1
"""Version of the manifest's shape."""


@dataclass(frozen=True)
class Manifest:
    """``made``, ``known_through``: days, the day of the law empty where the library does not say. ``engine``: version of
    the program that froze it; ``language``: of the rule files. ``checked``: what was run first and was clean (lint,
    cases). ``digest``: of all files, by :func:`digest_of`. ``files``: SHA-256 in hexadecimal by path."""

    format: int
    name: str
    made: str
    engine: str
    language: int
    known_through: str
    checked: tuple[str, ...]
    digest: str
    files: Mapping[str, str]

    def content(self) -> bytes:
        """The manifest as a file: JSON."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, in the order of their names."""
    return {name: sha256(files[name]).hexdigest() for name in sorted(files)}


def digest_of(hashed: Mapping[str, str]) -> str:
    """One SHA-256 of all files: of the lines ``path NUL hash`` in the order of their paths."""
    return sha256("".join(f"{name}\0{hashed[name]}\n" for name in sorted(hashed)).encode()).hexdigest()


def read_manifest(content: bytes) -> Manifest:
    """The manifest a file holds. Raises ValueError for one that :meth:`Manifest.content` did not write."""
    try:
        raw: Any = json.loads(content)
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise ValueError("of another format")
        if list(raw) != [one.name for one in fields(Manifest)]:
            raise ValueError("of other keys")
        made = Manifest(**{**raw, "checked": tuple(raw["checked"])})
        whole = _texts((made.name, made.engine, made.digest, made.known_through, *made.checked))
        whole = whole and _texts(made.files) and _texts(made.files.values()) and type(made.language) is int
        date.fromisoformat(made.made)
        if not whole or made.content() != content:
            raise ValueError("of other values")
    except (TypeError, AttributeError, RecursionError, UnicodeError) as error:
        raise ValueError("not JSON of a manifest") from error
    return made


def _texts(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in values)
