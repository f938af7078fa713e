"""Mutants that counsel lets live: each by its id, with a reason. They stay under one in a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rules.faults import Fault, FaultsError
from rules.reading import read_yaml

FILE = Path("register") / "mutants.yaml"
"""Where a library folder keeps them: ``mutants:`` mapping id -> reason."""

SHARE = 0.01
"""The largest part of all mutants that may be excluded."""


def read_exclusions(path: Path) -> Mapping[str, str]:
    """Id -> reason; empty where there is no such file. Raises :class:`FaultsError`."""
    if not path.is_file():
        return {}
    document = read_yaml(path.read_bytes(), path.name)
    data = document.data
    faults: list[Fault] = []
    if not isinstance(data, dict) or data.get("language") != 1 or not isinstance(data.get("mutants"), dict):
        faults.append(Fault(document.place(()), "no list of mutants", "`language: 1` and `mutants:`, id -> reason"))
        raise FaultsError(faults)
    for id_, reason in data["mutants"].items():
        if not isinstance(reason, str) or not reason.strip():
            faults.append(Fault(document.place(("mutants", id_)), "no reason", "why the mutant may live"))
    if faults:
        raise FaultsError(faults)
    out: dict[str, str] = data["mutants"]
    return out
