"""Coverage as text, with each gap at its place in the file and what case would close it; and as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from authorities._cover_proof import Way
from authorities.cover import Branch, Coverage, Exercised
from authorities.mutation._places import inside
from authorities.mutation._writing import flow
from rules.faults import FaultsError, KeyPath, Place, key_of
from rules.provisions import Life
from rules.reading import Document, read_yaml

_SHOWN = {
    "grants": "in which it grants (or is why there is no authority)",
    "bars": "in which it forbids",
    "duties": "in which it is outstanding, refused or too late",
    "caps": "in which what is counted exceeds it",
    "funds": "in which its money is named or unsaid, and it decides",
    "definitions": "in which it holds",
}
_STEP = re.compile(r"[a-z_]+|[0-9]+")


class Report:
    """What to say of a coverage; the files of ``folder`` are read for the lines of their conditions."""

    def __init__(self, coverage: Coverage, folder: Path):
        self.coverage, self.folder = coverage, folder
        self._documents: dict[str, Document] = {}

    def text(self, verbose: bool = False) -> str:
        """Every gap under its file (``verbose``: every branch), and the counts."""
        lines: list[str] = []
        for file in dict.fromkeys(p.file for p in self.coverage.provisions):
            own = self.coverage.of([file])
            gaps = [gap for one in own.provisions for gap in self._gaps(one, verbose)]
            if gaps:
                lines += [f"{file}: {share(own)}", *gaps, ""]
        return "\n".join([*lines, f"{share(self.coverage)}."]) + "\n"

    def _gaps(self, one: Exercised, verbose: bool) -> Iterator[str]:
        if not one.decides:
            yield f"  {one.path}:{one.line}: {one.provision}: {undecided(one)}"
            yield f"    would do: {wanted(one)}"
        for branch in one.branches:
            if branch.covered and not verbose:
                continue
            place = self.place(one, branch)
            counts = f"true in {branch.true}, false in {branch.false}"
            yield f"  {place.file}:{place.line}: {one.provision}, {place.key}: {branch.words}: {said(branch)} ({counts})"
            for side in branch.lacking:
                yield f"    would do: {hint(one.life, side, branch.ways.get(side))}"

    def place(self, one: Exercised, branch: Branch) -> Place:
        """Where a branch stands: the file, the line, and the way to it from its provision."""
        document = self._document(one.path)
        steps = tuple(int(step) if step.isdigit() else step for step in _STEP.findall(branch.key))
        path: KeyPath = (one.kind, one.index, *steps)
        condition = _at(document.data, path)
        if branch.key != "otherwise":
            path = (*path, *inside(condition, branch.spot))
        return Place(one.path, document.place(path).line or one.line, key_of(path[2:]))

    def _document(self, path: str) -> Document:
        if path not in self._documents:
            try:
                self._documents[path] = read_yaml((self.folder / path).read_bytes(), path)
            except (OSError, FaultsError):  # gone since it was loaded: then only the provision's own line is known
                self._documents[path] = Document({}, {}, path)
        return self._documents[path]

    def data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "complete": self.coverage.complete,
            **counts(self.coverage),
            "provisions": [self._row(one) for one in self.coverage.provisions],
        }

    def _row(self, one: Exercised) -> dict[str, Any]:
        row = {
            "file": one.path,
            "line": one.line,
            "law": one.file,
            "provision": one.provision,
            "kind": one.kind,
            "decides": one.decides,
        }
        missing = {} if one.decides else {"missing": wanted(one)}
        return {**row, **missing, "branches": [self._branch(one, branch) for branch in one.branches]}

    def _branch(self, one: Exercised, branch: Branch) -> dict[str, Any]:
        place = self.place(one, branch)
        return {
            "key": place.key,
            "line": place.line,
            "words": branch.words,
            "true": branch.true,
            "false": branch.false,
            "covered": branch.covered,
            "impossible": [_word(side) for side in branch.proved],
            "missing": {_word(side): hint(one.life, side, branch.ways.get(side)) for side in branch.lacking},
        }


def _at(data: Any, path: KeyPath) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def said(branch: Branch) -> str:
    """What the cases show of a branch."""
    lacking = " and ".join(f"never {_word(side)}" for side in branch.lacking)
    proved = " and ".join(f"never {_word(side)} on any combination of what it reads" for side in branch.proved)
    return "; ".join(words for words in (lacking, proved) if words) or "both ways"


def undecided(one: Exercised) -> str:
    """What no case shows of a provision."""
    return "holds in no case" if one.kind == "definitions" else "follows in no case" if one.later else "decides no case"


def wanted(one: Exercised) -> str:
    """The case that a provision wants."""
    what = "that is lawful and in which it follows" if one.later else _SHOWN[one.kind]
    return f"a confirmed case {_days(one.life)}, {what}"


def hint(life: Life, side: bool, way: Way | None) -> str:
    """The case that a branch wants: its days, and the fewest things said that bring it about."""
    out = f"a confirmed case {_days(life, way)}, in which it is {_word(side)}"
    if way is None:
        return out
    given: dict[str, Any] = {
        **way.said,
        **{id_: {"value": answer, "source": "..."} for id_, answer in way.answers.items()},
        **({"acts": way.acts} if way.acts else {}),
    }
    return f"{out}: given {flow(given)}" if given else out


def _word(side: bool) -> str:
    return "true" if side else "false"


def _days(life: Life, way: Way | None = None) -> str:
    first = life.since if way is None else max(life.since, way.day)
    years = life.fund_years
    if years is not None:
        ends = f"{years.first or ''}-{years.last or ''}"
        return f"with the money of fiscal years {ends.strip('-') if years.first and years.last else ends}"
    if life.until is None:
        return f"from {first}"
    return f"from {first} to {life.until - timedelta(days=1)}"


def counts(coverage: Coverage) -> Mapping[str, int]:
    """How much is covered of how much."""
    return {
        "provisions_covered": sum(bool(p.decides) for p in coverage.provisions),
        "provisions_counted": len(coverage.provisions),
        "branches_covered": sum(b.covered for _, b in coverage.branches),
        "branches_counted": len(coverage.branches),
        "branches_impossible": sum(bool(b.proved) for _, b in coverage.branches),
    }


def share(coverage: Coverage) -> str:
    """The counts in words."""
    n = counts(coverage)
    out = (
        f"{n['provisions_covered']} of {n['provisions_counted']} provisions, "
        f"{n['branches_covered']} of {n['branches_counted']} branches"
    )
    proved = n["branches_impossible"]
    return f"{out} ({proved} of them proved to have one side only)" if proved else out
