"""Which engine answers: the version of the package, and a hash of its code, which tells builds of one version apart."""

from __future__ import annotations

import functools
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import NamedTuple

PACKAGE = "authority-advisor"
_ROOT = Path(__file__).parents[2]


class Engine(NamedTuple):
    """``version`` of the package; ``code``: the first 16 digits of the hash of its code."""

    version: str
    code: str

    def said(self) -> str:
        """``0.1.0 (code 89abcdef01234567)``."""
        return f"{self.version} (code {self.code})"


def version() -> str:
    """The version that is installed, or ``unknown`` where the code runs without being installed."""
    try:
        return installed(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


@functools.cache
def engine() -> Engine:
    """The engine that runs. Line ends do not count."""
    whole = sha256()
    for package in ("rules", "authorities", "advisor"):
        paths = [*(_ROOT / package).rglob("*.py"), *(_ROOT / package / "schemas").glob("*.json")]
        for path in sorted(paths, key=lambda one: one.relative_to(_ROOT).as_posix()):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            whole.update(f"{path.relative_to(_ROOT).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return Engine(version(), whole.hexdigest()[:16])
