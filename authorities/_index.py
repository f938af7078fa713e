"""What a library's files hold, told without reading them: as git's index does, from what the file system says of each.

A file that is written anew changes its time of change, which no program can set. Only times well past are trusted,
since two writes within one tick of the clock look alike.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from authorities import _cache

_SETTLED = 2 * 10**9
"""How old, in nanoseconds, the last change of any file must be: the coarsest clock of a file system in use."""


def stamp(folder: Path, names: Iterable[str]) -> str:
    """A word that changes when a file is written, added or taken away; empty while a change is too fresh to tell."""
    said = [str(folder.absolute())]
    newest = 0
    for name in names:
        one = os.stat(f"{folder}/{name}")
        newest = max(newest, one.st_ctime_ns, one.st_mtime_ns)
        said.append(f"{name}\0{one.st_dev}\0{one.st_ino}\0{one.st_size}\0{one.st_mtime_ns}\0{one.st_ctime_ns}")
    if newest > time.time_ns() - _SETTLED:
        return ""
    return sha256("\0".join(said).encode()).hexdigest()[:24]


def digest(stamp: str) -> str | None:
    """The hash of the content that stood under this stamp, if it is kept."""
    kept = _cache.get(f"{stamp}-index") if stamp else None
    return kept if isinstance(kept, str) else None


def keep(stamp: str, digest: str) -> None:
    """Keep the hash of the content that stands under a stamp made before the content was read."""
    if stamp:
        _cache.put(f"{stamp}-index", digest)
