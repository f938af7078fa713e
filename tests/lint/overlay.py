"""The wrong and right files: small overlays over the sound library in ``base``.

An overlay is text in parts, each under a head: ``# over: PATH`` (YAML laid over a file: keys of mappings and entries of
lists with the same id or name replace, others are added), ``# whole: PATH`` (the file's whole text) or
``# without: PATH: SECTION``. Heads before the first part say what is expected: ``# trips: KIND``, ``# at: FILE: KEY`` and
``# also: KIND, KIND`` (findings that follow from the planted one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from authorities.loading import EXCLUSIONS, read_contents
from rules.reading import read_yaml

HOME = Path(__file__).parent
_PART = re.compile(r"^# (over|whole|without): (.+)\n", re.MULTILINE)
_SAYS = re.compile(r"^# (trips|at|also): (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Overlay:
    """One overlay: its name, what it is expected to trip, and its parts as (how, path, text)."""

    name: str
    trips: str
    at: str
    also: frozenset[str]
    parts: tuple[tuple[str, str, str], ...]

    def laid(self) -> tuple[dict[str, bytes], bytes | None]:
        """The base with the overlay laid over it: files by path, and the exclusions if there are any."""
        contents = dict(base())
        for how, path, text in self.parts:
            if how == "whole":
                contents[path] = text.encode("utf-8")
            elif how == "without":
                path, _, section = path.partition(": ")
                data = _read(contents[path], path)
                del data[section]
                contents[path] = _written(data)
            else:
                below = _read(contents[path], path) if path in contents else {}
                contents[path] = _written(_over(below, _read(text.encode("utf-8"), path)))
        return contents, contents.pop(EXCLUSIONS, None)


@cache
def base() -> dict[str, bytes]:
    """The files of the sound library."""
    return read_contents(HOME / "base")


def overlay(path: Path) -> Overlay:
    """The overlay in a file."""
    text = path.read_text(encoding="utf-8")
    heads = list(_PART.finditer(text))
    said = dict(_SAYS.findall(text[: heads[0].start()]))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    parts = tuple((h[1], h[2], text[h.end() : end]) for h, end in zip(heads, ends, strict=True))
    also = frozenset(k.strip() for k in said.get("also", "").split(",") if k.strip())
    return Overlay(path.stem, said.get("trips", ""), said.get("at", ""), also, parts)


def overlays(folder: str) -> dict[str, Overlay]:
    """Every overlay of ``wrong`` or ``right``, by name."""
    return {path.stem: overlay(path) for path in sorted((HOME / folder).glob("*.yaml"))}


def _read(content: bytes, path: str) -> Any:
    return read_yaml(content, path).data


def _written(data: Any) -> bytes:
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000)
    return text.encode("utf-8")


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for section, value in above.items():
        under = out.get(section)
        if isinstance(value, dict) and isinstance(under, dict) and section not in ("basis", "law", "reaches"):
            out[section] = {**under, **value}
        elif isinstance(value, list) and isinstance(under, list) and value and isinstance(value[0], dict):
            out[section] = _joined(under, value)
        else:
            out[section] = value
    return out


def _joined(under: list[Any], value: list[Any]) -> list[Any]:
    out = list(under)
    replaced: set[str] = set()
    for one in value:
        name = one.get("id") or one.get("name")
        places = [i for i, old in enumerate(out) if name and name in (old.get("id"), old.get("name"))]
        if places and name not in replaced:
            out[places[0]] = one
        else:
            out.append(one)
        replaced.add(name)
    return out
