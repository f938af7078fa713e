"""The shipped library cut down to a few law files: small enough that every command of counsel's bench runs in a test.

What is kept is kept as it is written, comments too. The words, money, questions, tables and laws that nothing kept
uses are taken out, so that lint finds nothing unused; cases that rest on what is gone go too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from authorities.linting import Issue, _reading, unused
from authorities.loading import EXCLUSIONS, SHIPPED, read_contents

_LAW = ("authorities", "limits", "definitions")
_WORDS = ("vocabulary", "accounts", "questions", "tables", "laws.yaml")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


def cut(folder: Path, keep: Collection[str], mend: Mapping[str, Mapping[str, str]]) -> None:
    """Write the shipped library to ``folder`` with only the law files ``keep`` (``limits/31-usc-1502``).

    ``mend``: for a law file that names what is not kept, patterns of its text and what stands in their place.
    """
    shutil.copytree(SHIPPED, folder)
    for path in [path for kind in _LAW for path in (folder / kind).glob("*.yaml")]:
        if path.relative_to(folder).with_suffix("").as_posix() not in keep:
            path.unlink()
    for name, places in mend.items():
        path = folder / f"{name}.yaml"
        for pattern, other in places.items():
            text, count = re.subn(pattern, other, path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
            assert count == 1, f"{name}: {pattern}"
            path.write_text(text, "utf-8")
    ids = {name.rpartition("/")[2] for name in keep}
    for name in keep:
        only_cases(folder / f"{name}.yaml", lambda case: str(case.get("under", "")).partition(".")[0] in {"", *ids})
    gone = _without_the_unused(folder)
    for name in keep:
        only_cases(folder / f"{name}.yaml", lambda case: gone.isdisjoint(_TOKEN.findall(str(case["given"]))))
    _exclusions(folder, mend)


def only_cases(path: Path, wanted: Callable[[dict[str, Any]], bool]) -> list[str]:
    """Leave in a law file only the cases of which ``wanted`` (of the case as data) is true; those taken out, as text."""
    head, mark, tail = path.read_text("utf-8").partition("\ncases:\n")
    blocks = re.split(r"(?m)^(?=  - )", tail)
    out = [block for block in blocks[1:] if not wanted(yaml.load(block, yaml.CSafeLoader)[0])]
    if out:
        kept = [block for block in blocks[1:] if block not in out]
        path.write_text(head + "".join([mark, blocks[0], *kept] if kept else ["\n"]), "utf-8")
    return out


def _without_the_unused(folder: Path) -> set[str]:
    """Take out, round by round, what lint's own check calls unused; the names taken out."""
    gone: set[str] = set()
    while found := list(_unused(folder)):
        gone |= {issue.place.key.rpartition(".")[2] for issue in found}
        gone |= {match[1] for issue in found if (match := re.search(r"'([^']+)'", issue.text))}
        for name in {issue.place.file for issue in found}:
            lines = {issue.place.line for issue in found if issue.place.file == name}
            _take_out(folder / name, {line for line in lines if line is not None})
        for path in (*folder.glob("vocabulary/*.yaml"), *folder.glob("accounts/*.yaml")):
            path.write_text(_less(path.read_text("utf-8"), gone), "utf-8")
    return gone


def _unused(folder: Path) -> Iterator[Issue]:
    view, faults = _reading.read(read_contents(folder))
    assert view is not None, [fault.render() for fault in faults]
    for issue in unused.check(view):
        if issue.place.file.partition("/")[0] in _WORDS:
            yield issue


def _less(text: str, gone: Collection[str]) -> str:
    """A file of words or money, no entry of it under what is gone."""

    def kept(match: re.Match[str]) -> str:
        return f"under: [{', '.join(name for name in re.split(r', *', match[1]) if name not in gone)}]"

    return re.sub(r"under: \[([^\]]*)\]", kept, text)


def _take_out(path: Path, starts: set[int]) -> None:
    """Take out the entries that begin on these lines, then the sections and the file they leave empty."""
    kept: list[str] = []
    deep: int | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        if deep is not None and line.strip() and indent <= deep:
            deep = None
        if number in starts:
            deep = indent
        if deep is None:
            kept.append(line)
    text = "\n".join(kept) + "\n"
    data = yaml.load(text, yaml.CSafeLoader)
    for key in [key for key, value in data.items() if value is None]:
        text = text.replace(f"\n{key}:\n", "\n")
    if all(value is None for key, value in data.items() if key != "language"):
        path.unlink()
    else:
        path.write_text(text, "utf-8")


def _exclusions(folder: Path, mended: Collection[str]) -> None:
    """Leave the findings let stand in law files kept as they are."""
    path = folder / EXCLUSIONS
    data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    data["exclusions"] = [
        one
        for one in data["exclusions"]
        if one["file"].partition("/")[0] in _LAW
        and (folder / one["file"]).is_file()
        and one["file"].removesuffix(".yaml") not in mended
    ]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
