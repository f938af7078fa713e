"""Runs the checks over a library folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from authorities._review_file import FOLDER, read_folder
from authorities.linting import (
    _exclusions,
    _reading,
    contradictions,
    form,
    lives,
    money,
    paragraphs,
    questions,
    reach,
    reviews,
    shadows,
    sources,
    succession,
    tables,
    tested,
    unused,
    vacuous,
    values,
    words,
)
from authorities.linting._exclusions import Exclusion, excluded, read_exclusions
from authorities.linting._issue import SEVERITIES, Issue, Kind
from authorities.loading import EXCLUSIONS, read_contents
from authorities.register import HOME

CHECKS = (
    form,
    paragraphs,
    lives,
    values,
    contradictions,
    vacuous,
    shadows,
    sources,
    words,
    unused,
    questions,
    succession,
    money,
    reach,
    tables,
    tested,
    reviews,
)
"""One module a check: each has ``KINDS`` and ``check(view)``."""

KINDS: Mapping[str, Kind] = {kind.id: kind for module in (_reading, *CHECKS, _exclusions) for kind in module.KINDS}
"""Every kind of finding, by id."""


@dataclass(frozen=True, slots=True)
class Report:
    """What lint found: ``issues`` that stand, those ``excluded`` with the exclusion; ``loads``: the library does.

    Where it does not load, the issues are what keeps it from loading, and no other check has run.
    """

    issues: tuple[Issue, ...]
    excluded: tuple[tuple[Issue, Exclusion], ...]
    loads: bool
    files: int

    def count(self, severity: str) -> int:
        """How many issues of a severity stand."""
        return sum(issue.severity == severity for issue in self.issues)

    @property
    def clean(self) -> bool:
        """Whether no error and no warning stands."""
        return not self.count("error") and not self.count("warning")


def lint(folder: Path) -> Report:
    """Lint the library in a folder, by its own register if it has one. Raises FaultsError only where there is no folder."""
    path = folder / EXCLUSIONS
    contents = {**read_contents(folder), **read_folder(folder)}
    home = folder / "register"
    return lint_contents(contents, path.read_bytes() if path.is_file() else None, home if home.is_dir() else HOME)


def lint_contents(contents: Mapping[str, bytes], exclusions: bytes | None = None, home: Path = HOME) -> Report:
    """Lint a library given as its files by path, files of sign-offs among them; ``home``: the folder of its register."""
    known, wrong = read_exclusions(exclusions)
    signed = {name: content for name, content in contents.items() if name.startswith(f"{FOLDER}/")}
    view, issues = _reading.read({k: v for k, v in contents.items() if k not in signed}, signed, home)
    if view is None:
        return Report(_sorted([*wrong, *issues]), (), False, 0)
    for module in CHECKS:
        issues.extend(module.check(view))
    kept, out, stale = excluded(_sorted(issues), known)
    return Report(_sorted([*wrong, *kept, *stale]), tuple(out), True, len(view.files))


def _sorted(issues: list[Issue]) -> tuple[Issue, ...]:
    def key(issue: Issue) -> tuple[str, int, str, int, str, str]:
        place = issue.place
        return place.file, place.line or 0, place.key, SEVERITIES.index(issue.severity), issue.kind, issue.text

    return tuple(sorted(dict.fromkeys(issues), key=key))
