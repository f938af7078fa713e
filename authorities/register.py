"""The register: the fingerprint of every paragraph of a section at every stored release.

`python -m authorities.register FOLDER` reads the store of law at FOLDER and writes the register again, byte for
byte the same when nothing changed.  The register is shipped with the package, so reading it needs no store.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from authorities.paragraphs import (
    Hints,
    Paragraph,
    fingerprint,
    hints_of,
    joined_hints,
    parse_act,
    parse_note,
    parse_text,
)

HOME = Path(__file__).parent / "library" / "register"
_HEADER = "designation\trelease\treleased\tfingerprint"


@dataclass(frozen=True, slots=True)
class Release:
    """One stored state of the law: its name, its day, where it was found and what that source lost."""

    name: str
    date: datetime.date
    source: str = ""
    losses: tuple[str, ...] = ()
    approximate: bool = False
    file: str = ""  # only for a section of an Act, where each state is one file


@dataclass(frozen=True, slots=True)
class Calendar:
    """What `releases.yaml` says: the releases of the Code, the states of Acts, and the sections kept."""

    releases: tuple[Release, ...]
    acts: Mapping[str, tuple[Release, ...]]
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of one section at one release."""

    section: str
    designation: str
    release: str
    released: datetime.date
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Defect:
    """One place where a stored release differs from the law because its source lost or garbled text.

    `effect` is `missing` (the paragraph is not in that release), `altered` (its words differ) or `editorial`
    (the law is the same, the editors printed a reference otherwise).
    """

    section: str
    designation: str
    release: str
    effect: str
    why: str


def file_id(section: str) -> str:
    """`10-usc-333` for `10 USC 333`; the id of a section of an Act is kept."""
    return section.lower().replace(" ", "-")


def _release(entry: Mapping[str, Any]) -> Release:
    return Release(
        name=str(entry["name"]),
        date=entry["date"],
        source=str(entry.get("source", "")),
        losses=tuple(str(loss) for loss in entry.get("losses", ())),
        approximate=bool(entry.get("approximate", False)),
        file=str(entry.get("file", "")),
    )


def calendar(home: Path = HOME) -> Calendar:
    """The releases, Acts and sections the register is made of, releases by date."""
    data = yaml.safe_load((home / "releases.yaml").read_text(encoding="utf-8"))
    releases = sorted((_release(entry) for entry in data["releases"]), key=lambda release: release.date)
    acts = {
        str(name): tuple(sorted((_release(entry) for entry in entries), key=lambda release: release.date))
        for name, entries in data["acts"].items()
    }
    return Calendar(tuple(releases), acts, tuple(str(section) for section in data["sections"]))


def defects(home: Path = HOME) -> tuple[Defect, ...]:
    """The known defects of the sources, one for each section, designation and release named."""
    data = yaml.safe_load((home / "defects.yaml").read_text(encoding="utf-8"))
    return tuple(
        Defect(str(entry["section"]), str(designation), str(release), str(entry["effect"]), str(entry["why"]))
        for entry in data["defects"]
        for designation in entry["designations"]
        for release in entry["releases"]
    )


def _texts(folder: Path, section: str, dates: Calendar) -> Iterator[tuple[Release, str]]:
    """Every stored state of a section, oldest first."""
    if section in dates.acts:
        for release in dates.acts[section]:
            yield release, (folder / release.file).read_text(encoding="utf-8")
        return
    title, _, number = section.partition(" USC ")
    for release in dates.releases:
        path = folder / "usc" / release.name / f"t{title}-s{number}.txt"
        if path.is_file():
            yield release, path.read_text(encoding="utf-8")


def read_section(folder: Path, section: str, dates: Calendar) -> dict[Release, tuple[Paragraph, ...]]:
    """The paragraphs of a section at every release, each read with what the others show."""
    texts = list(_texts(folder, section, dates))
    if not texts:
        raise FileNotFoundError(f"no release in the store holds {section}")
    hints = joined_hints(hints_of(text) for _, text in texts)
    return {release: _parser(release)(text, hints) for release, text in texts}


def _parser(release: Release) -> Callable[[str, Hints], tuple[Paragraph, ...]]:
    """How the file of a release is read: a section of the Code, a note under one, or a section of an Act."""
    if release.file.startswith("usc-notes/"):
        return parse_note
    return parse_act if release.file.startswith("acts/") else parse_text


def build(folder: Path, sections: Iterable[str], home: Path = HOME) -> tuple[Row, ...]:
    """The rows of the sections, section by section, by release date and then in the order of the text."""
    dates = calendar(home)
    return tuple(
        Row(section, paragraph.designation, release.name, release.date, fingerprint(paragraph.words))
        for section in sections
        for release, paragraphs in read_section(folder, section, dates).items()
        for paragraph in paragraphs
    )


def write(rows: Sequence[Row], home: Path = HOME) -> tuple[Path, ...]:
    """Write one file a section; the files written."""
    paths: list[Path] = []
    for section, group in groupby(rows, key=lambda row: row.section):
        lines = [f"{r.designation}\t{r.release}\t{r.released.isoformat()}\t{r.fingerprint}" for r in group]
        path = home / f"{file_id(section)}.tsv"
        path.write_text("\n".join((_HEADER, *lines)) + "\n", encoding="utf-8", newline="\n")
        paths.append(path)
    return tuple(paths)


def load(section: str, home: Path = HOME) -> tuple[Row, ...]:
    """The rows of one section as shipped; empty when the register does not hold it."""
    path = home / f"{file_id(section)}.tsv"
    if not path.is_file():
        return ()
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if header != _HEADER:
        raise ValueError(f"{path.name} is not a register file: {header!r}")
    rows: list[Row] = []
    for line in lines:
        designation, release, released, mark = line.split("\t")
        rows.append(Row(section, designation, release, datetime.date.fromisoformat(released), mark))
    return tuple(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the register again from the store of law."""
    parser = argparse.ArgumentParser(prog="authorities.register", description="Rebuild the register.")
    parser.add_argument("folder", type=Path, help="the store of law (holds usc/ and acts/)")
    options = parser.parse_args(arguments)
    rows = build(options.folder, calendar().sections)
    paths = write(rows)
    print(f"{len(rows)} rows in {len(paths)} files")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
