"""What a check says: an issue is a value, and its kind is declared once, beside the check that finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.faults import Place, escape

Severity = Literal["error", "warning", "style"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "style")
"""Gravest first. Errors and warnings make a library not clean; style does not."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding of lint: what is wrong (``text``), where, how grave, and what would mend it (``remedy``)."""

    kind: str
    severity: Severity
    place: Place
    text: str
    remedy: str

    def render(self) -> str:
        """One line: ``file:line: key: severity kind: text; remedy``."""
        return f"{self.place.render()}: {self.severity} {self.kind}: {escape(self.text)}; {escape(self.remedy)}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of issue: its id (also the name of its page in ``docs/lint``), gravity, meaning and usual remedy."""

    id: str
    severity: Severity
    summary: str
    remedy: str

    def at(self, place: Place, text: str, remedy: str = "") -> Issue:
        """An issue of this kind."""
        return Issue(self.id, self.severity, place, text, remedy or self.remedy)
