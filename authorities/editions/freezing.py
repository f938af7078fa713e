"""Freezing a library: every file of its folder, the reference tables beside it, and the manifest, in one archive."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from authorities.editions.archive import MANIFEST, SIGNATURE, packed
from authorities.editions.engine import version
from authorities.editions.manifest import FORMAT, Manifest, digest_of, hashes
from authorities.editions.signing import sign
from authorities.home import Home
from authorities.loading import is_law, of_contents
from rules.faults import Fault, FaultsError, Place

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_KINDS = (".yaml", ".csv", ".tsv")
"""The files that an edition takes from a folder."""


def contents_of(home: Home) -> dict[str, bytes]:
    """The files an edition holds, by path: ``library/...`` and ``reference/...``. Raises FaultsError."""
    found: dict[str, bytes] = {}
    for room, folder in (("library", home.library), ("reference", home.reference)):
        if not folder.is_dir():
            raise FaultsError([Fault(Place(str(folder), None, ""), "no such folder", f"the folder of the {room}")])
        for place, folders, names in os.walk(folder):
            folders[:] = [one for one in folders if not one.startswith(".")]
            for name in names:
                if name.endswith(_KINDS) and not name.startswith("."):
                    path = Path(place, name)
                    found[f"{room}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return dict(sorted(found.items()))


def law_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an edition that are law, by their paths in the library folder: what a library is loaded from."""
    inside = {name.removeprefix("library/"): content for name, content in files.items() if name.startswith("library/")}
    return {name: content for name, content in sorted(inside.items()) if is_law(name)}


def digest_at(home: Home) -> str:
    """The digest an edition frozen from a place has. Raises FaultsError."""
    return home.digest or digest_of(hashes(contents_of(home)))


def frozen(
    name: str, home: Home, made: date, *, checked: tuple[str, ...] = (), key: Path | None = None
) -> tuple[Manifest, bytes]:
    """The manifest and the file of an edition. Raises FaultsError with every fault of a library that does not load.

    ``checked``: what was run over the library and was clean; ``key``: a private key to sign it with.
    """
    if not _NAME.fullmatch(name):
        expected = "letters, digits, dots, dashes and underscores, such as FY2026.1"
        raise FaultsError([Fault(Place("NAME", None, ""), f"'{name}'", expected)])
    files = contents_of(home)
    loaded = of_contents(law_of(files), cases=True)
    hashed = hashes(files)
    through = loaded.library.known_through
    manifest = Manifest(
        FORMAT,
        name,
        made.isoformat(),
        version(),
        loaded.raw["settings"]["language"],
        "" if through is None else through.isoformat(),
        checked,
        digest_of(hashed),
        hashed,
    )
    content = manifest.content()
    signed = {} if key is None else {SIGNATURE: sign(content, key).content()}
    return manifest, packed({MANIFEST: content, **signed, **files})
