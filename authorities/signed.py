"""What an answer may ask at little cost: how the provisions it rests on stand with counsel.

Where a library has no sign-offs that is one look at its folder. Where it has, every file with sign-offs is compared
once and the outcome kept in the user's cache folder, under the library's content and what the file system says of the
sign-offs and of the register; only then is anything hashed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.library import Library

States = Mapping[str, tuple[str, tuple[str, ...]]]
"""`file.provision` -> `signed`, or `stale` and what changed; a provision that is not there is unsigned."""


def states(folder: Path, library: Library) -> States:
    """How the provisions signed stand, of the library read from a folder; empty where nothing is signed.

    Raises FaultsError for a file of sign-offs that cannot be read.
    """
    if not _files(f"{folder}/reviews", ".yaml"):
        return {}
    from authorities import _cache

    name = _name(folder, library)
    kept = _cache.get(name) if name else None
    if isinstance(kept, dict):
        return kept
    found = _compared(folder, library)
    if name:
        _cache.put(name, found)
    return found


def in_words(changed: Iterable[str]) -> list[str]:
    """What changed, as it is said: `the provision`, `the paragraph of the law`, or the name of what it leans on."""
    words = {"provision": "the provision", "paragraph": "the paragraph of the law"}
    return [words.get(one) or (one if "." in one else f"the heading of {one}") for one in changed]


def _name(folder: Path, library: Library) -> str:
    """What the outcome is kept under; empty while a change is too fresh to tell from the next."""
    from authorities import _index

    stamps = [library.digest]
    for inside, end in (("reviews", ".yaml"), ("register", (".tsv", ".yaml"))):
        stamps.append(_index.stamp(folder / inside, _files(f"{folder}/{inside}", end)))
    return "-".join((*stamps, "signed")) if all(stamps) else ""


def _files(place: str, end: str | tuple[str, ...]) -> list[str]:
    return sorted(name for name in os.listdir(place) if name.endswith(end)) if os.path.isdir(place) else []


def _compared(folder: Path, library: Library) -> dict[str, tuple[str, tuple[str, ...]]]:
    from authorities._review_file import read_folder, sign_offs
    from authorities._review_normal import file_of
    from authorities._review_paragraphs import Register
    from authorities.reviewing import standings

    texts = Register(folder / "register")
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for id_, signed in sign_offs(read_folder(folder)).items():
        file = file_of(library, id_)
        for one in standings(library, texts, file, signed) if file is not None else ():
            if one.state in ("signed", "stale"):
                found[f"{id_}.{one.provision}"] = (one.state, one.changed)
    return found
