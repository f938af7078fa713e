"""Answering from an edition: its file verified, unpacked once into the user's cache folder, and lived in.

What is unpacked is kept under the hash of the file. It is used again only while the manifest beside it is the file's own
and the folder holds those files alone, each of the time it was given when it was unpacked; else it is unpacked anew.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from authorities import _cache
from authorities.editions.archive import MANIFEST
from authorities.editions.manifest import Manifest, read_manifest
from authorities.editions.verifying import path_of, read_bytes, whole
from authorities.home import Home, living_at

_HEADER = 512
"""The bytes of a tar header: the manifest, the first file of an edition, begins after it."""
_TIME = 10**9
"""The time of change, in nanoseconds, that every unpacked file is given."""


@contextmanager
def opened(word: str, folder: Path = Path()) -> Iterator[Home]:
    """Answers come from the edition that a word names (see :func:`path_of`). Raises FaultsError."""
    path = path_of(word, folder)
    content = read_bytes(path)
    place = _cache.folder() / f"edition-{sha256(content).hexdigest()[:32]}"
    with ExitStack() as stack:
        manifest = _kept(place, content)
        if manifest is None:
            manifest, files = whole(content, path)
            if not _unpack(place, manifest, files):
                place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                _write(place, manifest, files)
        home = Home(place / "library", place / "reference", manifest.name, manifest.digest)
        yield stack.enter_context(living_at(home))


def _kept(place: Path, content: bytes) -> Manifest | None:
    """The manifest of what is unpacked at a place, where it is this edition's and nothing was touched."""
    try:
        if not (_cache._private(place.parent) and _cache._private(place)):
            return None
        manifest = (place / MANIFEST).read_bytes()
        if not content.startswith(manifest, _HEADER):
            return None
        made = read_manifest(manifest)
        found = set()
        for inside, _, names in os.walk(place):
            for name in names:
                path = os.path.join(inside, name)
                if os.lstat(path).st_mtime_ns != _TIME:
                    return None
                found.add(os.path.relpath(path, place).replace(os.sep, "/"))
        return made if found == {MANIFEST, *made.files} else None
    except (OSError, ValueError, AttributeError):
        return None


def _unpack(place: Path, manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    """Unpack into the cache folder; readers never see half of it. False where the folder cannot be written."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _cache._private(place.parent):
            return False
        made = Path(tempfile.mkdtemp(dir=place.parent))
        try:
            _write(made, manifest, files)
            if place.exists():
                with suppress(OSError):
                    os.replace(place, made / "before")
            os.rename(made, place)
            shutil.rmtree(place / "before", ignore_errors=True)
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except (OSError, AttributeError):  # no place of one's own, or a system without owners of files
        return False
    return True


def _write(place: Path, manifest: Manifest, files: Mapping[str, bytes]) -> None:
    for name, content in {MANIFEST: manifest.content(), **files}.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, ns=(_TIME, _TIME))
