"""A case as YAML to paste, as counsel would write it; and read back it is the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.provisions import Case
from rules.reading import read_yaml

WIDTH = 120
MOST = 6
"""Mutants named above a case that kills more."""
_WORD = re.compile(r"[A-Za-z(][A-Za-z0-9 ()_./;'-]*|[0-9]+-[a-z][a-z0-9.-]*")
_PHRASE = re.compile(r"[A-Za-z(][A-Za-z0-9 ()_./;,'-]*|[0-9]+-[a-z][a-z0-9.-]*")
_READS_OTHERWISE = re.compile(r"(true|false|yes|no|on|off|null|y|n)", re.IGNORECASE)


def scalar(value: Any, *, alone: bool = False) -> str:
    """One value: plain where plain reads back as the same text, else in double quotes. ``alone``: not in braces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    plain = (
        (_PHRASE if alone else _WORD).fullmatch(value)
        and value == value.strip()
        and not _READS_OTHERWISE.fullmatch(value)
    )
    return value if plain else json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar(value)


def case_lines(case: Case, why: Iterable[str] = (), indent: str = "  ") -> list[str]:
    """A case as an entry of ``cases:``; ``why`` stands above it as comments."""
    reasons = list(why)
    out = [f"{indent}# {one}" for one in reasons[:MOST]]
    out += [f"{indent}# and {len(reasons) - MOST} more"] if len(reasons) > MOST else []
    pairs: list[tuple[str, Any]] = [("name", case.name), ("date", case.date)]
    pairs += [("under", case.under)] if case.under is not None else []
    pairs += [("known", case.known)] if case.known is not None else []
    pairs += [("strict", True)] if case.strict else []
    pairs += [("given", case.given)] if case.given else []
    pairs.append(("verdict", case.verdict))
    pairs += [("because", case.because)] if case.because else []
    for key in ("not_because", "follows", "not_follows"):
        pairs += [(key, getattr(case, key))] if getattr(case, key) else []
    pairs += [("paragraph", case.paragraph)] if case.paragraph else []
    pairs += [] if case.confirmed else [("confirmed", False)]
    for n, (key, value) in enumerate(pairs):
        out += _entry(key, value, f"{indent}{'  ' if n else '- '}", f"{indent}  ")
    return out


def _entry(key: str, value: Any, start: str, indent: str) -> list[str]:
    line = f"{start}{scalar(key)}: {scalar(value, alone=True) if isinstance(value, str) else flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, (Mapping, list, tuple)):
        return [line]
    if isinstance(value, Mapping):
        out = [f"{start}{scalar(key)}:"]
        for k, v in value.items():
            out += _entry(k, v, f"{indent}  ", f"{indent}  ")
        return out
    return [f"{start}{scalar(key)}:", *(f"{indent}  - {flow(v)}" for v in value)]


def cases_text(cases: Iterable[tuple[Case, Iterable[str]]]) -> str:
    """Cases, each with why, as the section ``cases:`` of a file."""
    lines = ["cases:"]
    for case, why in cases:
        lines += case_lines(case, why)
    return "\n".join(lines) + "\n"


def case_from(text: str) -> Case:
    """A case read back from the lines of one. Raises :class:`FaultsError` or KeyError."""
    raw = read_yaml(text, "case").data[0]
    return Case(
        name=raw["name"],
        date=raw["date"],
        given=raw.get("given", {}),
        verdict=raw["verdict"],
        because=tuple(raw.get("because", ())),
        not_because=tuple(raw.get("not_because", ())),
        follows=tuple(raw.get("follows", ())),
        not_follows=tuple(raw.get("not_follows", ())),
        under=raw.get("under"),
        strict=raw.get("strict", False),
        known=raw.get("known"),
        paragraph=raw.get("paragraph", ""),
        confirmed=raw.get("confirmed", True),
    )
