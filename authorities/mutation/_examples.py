"""Cases as lines to be judged."""

from __future__ import annotations

from dataclasses import dataclass

from rules.lines import Line
from rules.provisions import Case


@dataclass(frozen=True, eq=False)
class Example:
    """A case with its file and lines."""

    file: str
    asked: str
    case: Case
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """``file: name``."""
        return f"{self.file}: {self.case.name}"
