"""Where answers come from: the library and reference tables that are installed, or those of a frozen edition.

The place is held by the context of the running command (``contextvars``), so that it ends with the command; what is
read from it is kept for each place apart.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Home(NamedTuple):
    """A library folder and the folder of reference tables beside it. ``edition``: its name, ``digest``: the hash of
    both, where they are those of a frozen edition; else empty."""

    library: Path
    reference: Path
    edition: str = ""
    digest: str = ""


INSTALLED = Home(Path(__file__).parent / "library", Path(__file__).parent / "reference")
"""What is installed with the package."""
_HOME: ContextVar[Home] = ContextVar("home", default=INSTALLED)


def home() -> Home:
    """Where answers come from now."""
    return _HOME.get()


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference table (``forces.csv``), by column."""
    with (home().reference / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edition_named(digest: str) -> str:
    """What to call the library whose content has a hash: by the name of the edition too, where it is one."""
    name = home().edition
    return f"{name} ({digest})" if name else digest


@contextmanager
def living_at(place: Home) -> Iterator[Home]:
    """Answers come from a place until the end of the block."""
    before = _HOME.set(place)
    try:
        yield place
    finally:
        _HOME.reset(before)


def kept(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function of what is read from the place, which remembers what it gave for each place and arguments."""

    known: dict[object, _T] = {}

    @wraps(read)
    def here(*words: _P.args, **named: _P.kwargs) -> _T:
        key = (home(), words, *named.items())
        if key not in known:
            known[key] = read(*words, **named)
        return known[key]

    return here
