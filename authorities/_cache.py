"""The compiled library, kept in the user's cache folder under the hash of its content and of this program.

A cache can only save time: absent, stale, corrupt, read-only or written by two processes at once, the library is
compiled anew. A pickle runs what it is given, so a file is read only if it and its folder belong to the user, nobody
else may write there, and the content's own hash, kept before it, agrees.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import pickle
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

_HASH = 32


def folder() -> Path:
    """Where compiled libraries are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "authority-advisor"


@functools.cache
def program() -> str:
    """A word that changes when the code that compiles, or the Python that runs it, does."""
    root = Path(__file__).parent.parent
    stamp = sha256(repr(sys.version_info[:2]).encode())
    for package in ("rules", "authorities"):
        with os.scandir(root / package) as names:
            for entry in sorted(names, key=lambda e: e.name):
                if entry.name.endswith(".py"):
                    stat = entry.stat()
                    stamp.update(f"{entry.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return stamp.hexdigest()[:16]


def _path(name: str) -> Path:
    return folder() / f"{name}-{program()}.pickle"


def _private(path: Path) -> bool:
    stat = path.stat()
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


def get(name: str) -> Any:
    """The object kept under a name (which holds the hash of its content), or None."""
    try:
        path = _path(name)
        if not (_private(path.parent) and _private(path)):
            return None
        content = path.read_bytes()
        if sha256(content[_HASH:]).digest() != content[:_HASH]:
            return None
        gc.disable()
        try:
            return pickle.loads(content[_HASH:])
        finally:
            gc.enable()
    except Exception:
        return None


def put(name: str, value: Any) -> None:
    """Keep an object, if the folder lets us; readers never see half a file."""
    with contextlib.suppress(OSError):
        path = _path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(sha256(body).digest() + body)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
