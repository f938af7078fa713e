"""Reading a library folder from disk, and keeping the compiled library in the user's cache folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from authorities import _cache, _index
from authorities._kept import KeptFiles, KeptValues
from authorities.home import INSTALLED, home
from authorities.notice import READ
from rules.faults import Fault, FaultsError, Place
from rules.library import Library
from rules.provisions import LawFile

SHIPPED = INSTALLED.library
"""The library that is installed with the package."""


@dataclass(frozen=True)
class Loaded:
    """A library as compiled, and as parsed (``raw``): the second opinion reads only the latter."""

    library: Library
    raw: Mapping[str, Any]


def load(folder: Path | None = None, *, cache: bool = True, cases: bool = False) -> Loaded:
    """The library in ``folder`` (default: where answers come from, :mod:`authorities.home`). Raises :class:`FaultsError`
    with every fault of every file.

    Without ``cases`` it holds only what a verdict needs: no cases, notes or remarks on paragraphs.
    """
    folder = home().library if folder is None else folder
    kind = "whole" if cases else "lean"
    stamp = _index.stamp(folder, _names(folder)) if cache else ""
    digest = _index.digest(stamp) if cache else None
    if digest is not None:
        kept = _cache.get(f"{digest[:24]}-{kind}")
        if isinstance(kept, Loaded):
            return _read(kept)
    contents = read_contents(folder)
    if cache:
        _index.keep(stamp, digest_of(contents))
    return of_contents(contents, cache=cache, cases=cases)


def of_contents(contents: Mapping[str, bytes], *, cache: bool = True, cases: bool = False) -> Loaded:
    """The library that some files make, by their paths in its folder. Raises :class:`FaultsError`."""
    digest = digest_of(contents)
    if cache:
        kept = _cache.get(f"{digest[:24]}-{'whole' if cases else 'lean'}")
        if isinstance(kept, Loaded):
            return _read(kept)
    from authorities._sources import raw_of, read_sources
    from rules.building import build_library
    from rules.second import outline

    sources = read_sources(contents)
    whole = Loaded(build_library(sources, digest[:16]), raw_of(sources))
    lean = Loaded(_lean(whole.library), _lean_raw(whole.raw, outline))
    if cache:
        _cache.put(f"{digest[:24]}-whole", whole)
        _cache.put(f"{digest[:24]}-lean", lean)
    return _read(whole if cases else lean)


def _read(loaded: Loaded) -> Loaded:
    """Note it as the library read last."""
    READ.set(loaded.library)
    return loaded


def _lean(library: Library) -> Library:
    def files(kind: Mapping[str, LawFile]) -> dict[str, LawFile]:
        return {k: replace(f, cases=(), notes=(), left_out=(), unchanged=()) for k, f in kind.items()}

    words = library.vocabulary
    kept = replace(words, terms=KeptValues(words.terms), acts=KeptValues(words.acts))
    _ = kept.hangs_on  # worked out here, once, and kept with the rest
    return replace(
        library,
        vocabulary=kept,
        authorities=KeptFiles(files(library.authorities)),
        limits=files(library.limits),
        definitions=files(library.definitions),
        tables=KeptValues(library.tables),
    )


def _lean_raw(raw: Mapping[str, Any], outline: Callable[[Mapping[str, Any]], Any]) -> dict[str, Any]:
    unread = ("cases", "notes", "left_out", "unchanged")
    lean = dict(raw)
    for kind in ("authorities", "limits", "definitions"):
        lean[kind] = {k: {n: v for n, v in doc.items() if n not in unread} for k, doc in raw[kind].items()}
    lean["outlines"] = {k: outline(doc) for k, doc in lean["authorities"].items()}
    for kind in ("authorities", "tables", "acts", "questions"):
        lean[kind] = KeptValues(lean[kind])
    return lean


EXCLUSIONS = "lint-exclusions.yaml"
"""The one file of a library folder that is not law: findings of lint that counsel lets stand."""
BESIDE = ("register", "reviews")
"""The folders of a library that are not law: the fingerprints of the texts, and counsel's sign-offs."""


def read_contents(folder: Path) -> dict[str, bytes]:
    """Every file of a library, by its path inside the folder; what only lint reads is no part of it."""
    contents: dict[str, bytes] = {}
    for name in _names(folder):
        with open(f"{folder}/{name}", "rb") as file:
            contents[name] = file.read()
    return contents


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise FaultsError([Fault(Place(folder.name, None, ""), "no such folder", "the folder of a library")])
    names: list[str] = []
    for place, folders, found in os.walk(folder):
        folders[:] = [one for one in folders if one not in BESIDE]
        inside = "" if place == str(folder) else Path(place).relative_to(folder).as_posix() + "/"
        names += [inside + one for one in found if is_law(inside + one)]
    return sorted(names)


def is_law(name: str) -> bool:
    """Whether a file of a library folder, by its path inside, is law: what the library is compiled from."""
    folders = name.split("/")[:-1]
    return name.endswith((".yaml", ".csv")) and name != EXCLUSIONS and not any(one in BESIDE for one in folders)


def digest_of(contents: Mapping[str, bytes]) -> str:
    """The content's hash: what names a working edition."""
    whole = sha256()
    for name, content in contents.items():
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()
