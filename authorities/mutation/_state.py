"""What a run has settled so far, kept in a file, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from authorities import _cache
from authorities.mutation._shown import Missing
from authorities.mutation._writing import case_from, case_lines
from authorities.mutation.equivalence import Settled
from rules.faults import FaultsError


class State:
    """The file: a first line that names library and program, then a line for each mutant. Without a path, nothing.

    A file of another library or another program is begun anew.
    """

    def __init__(self, path: Path | None, digest: str):
        self.known: dict[str, Settled] = {}
        self._out: Any = None
        if path is None:
            return
        edition = f"{digest}-{_cache.program()}-{_code()}"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        rows = [_row(line) for line in lines]
        if rows and rows[0].get("edition") == edition:
            for row in rows[1:]:
                one = _settled(row)
                if one is not None:
                    self.known[str(row["id"])] = one
            self._out = path.open("a", encoding="utf-8")
        else:
            self._out = path.open("w", encoding="utf-8")
            self._out.write(json.dumps({"edition": edition}) + "\n")

    def add(self, id_: str, one: Settled) -> None:
        """Keep what became of one mutant."""
        if self._out is None:
            return
        row: dict[str, Any] = {"id": id_, "status": one.status, "by": one.by}
        if one.missing is not None:
            row |= {"file": one.missing.file, "case": "\n".join(case_lines(one.missing.case))}
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._out.flush()

    def close(self) -> None:
        """Done."""
        if self._out is not None:
            self._out.close()


def _row(line: str) -> dict[str, Any]:
    """One line; nothing of a line that was cut off while it was written."""
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _settled(row: dict[str, Any]) -> Settled | None:
    try:
        missing = Missing(row["file"], case_from(row["case"])) if "case" in row else None
        return Settled(row["status"], row["by"], missing) if "id" in row else None
    except (KeyError, FaultsError):
        return None


def _code() -> str:
    """A word that changes when this package's code does."""
    stamp = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        stamp.update(path.read_bytes())
    return stamp.hexdigest()[:16]
