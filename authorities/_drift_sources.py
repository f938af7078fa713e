"""Reading the text to compare: official USLM XML (a section, a whole title, a folder of them) or text files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import ParseError

from authorities._words import distinct
from authorities.paragraphs import Hints, Paragraph, hints_of, iter_sections, joined_hints, parse_text
from rules.faults import Fault, FaultsError, Place

_TEXT_NAME = re.compile(r"^t([0-9]+[a-z]?)-s(.+)$")
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_PEEK = 4096  # bytes in which the first element opens, and the last closes
_NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Text:
    """A section as a source has it: the file's name and the paragraphs, none when only a place-holder stands."""

    file: str
    paragraphs: tuple[Paragraph, ...]

    def by_number(self) -> dict[str, Paragraph]:
        """The paragraphs by designation."""
        return {paragraph.designation: paragraph for paragraph in self.paragraphs}


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the path's name, and each section it holds of those asked for."""

    name: str
    sections: Mapping[str, Text] = field(default_factory=dict)


def read_source(path: Path, wanted: Collection[str], hints: Mapping[str, Hints] | None = None) -> Source:
    """The wanted sections (`10 USC 333`) of an XML or text file, or of every such file of a folder.

    `hints` is what other texts of a section show, for text that has lost its lay-out.  Raises `FaultsError` for a
    path that is not there or holds no text, XML that is broken, and a section that stands in two files.
    """
    files = _files(path)
    faults: list[Fault] = []
    found: dict[str, Text] = {}
    for file in files:
        try:
            for section, paragraphs in _read(file, wanted, hints or {}):
                twin = found.get(section)
                if twin is None:
                    found[section] = Text(file.name, paragraphs)
                elif twin.file == file.name:
                    found[section] = Text(file.name, _second(twin.paragraphs, paragraphs))
                else:
                    faults.append(
                        Fault(
                            Place(file.name, None, ""), f"{section}, which {twin.file} holds too", "each section once"
                        )
                    )
        except FaultsError as error:
            faults.extend(error.faults)
        except ParseError as error:
            faults.append(Fault(Place(file.name, error.position[0], ""), "broken XML", "the Code's XML as published"))
        except UnicodeDecodeError:
            faults.append(Fault(Place(file.name, None, ""), "bytes that are no text", "text in UTF-8"))
    if faults:
        raise FaultsError(faults)
    return Source(path.resolve().name, found)


@dataclass(frozen=True, slots=True)
class OldTexts:
    """The texts the fingerprints were recorded from: one release's folder, or a store with `usc/<release>/`."""

    folder: Path

    def home(self, release: str) -> Path:
        """The folder of a release."""
        inside = self.folder / "usc" / release
        return inside if inside.is_dir() else self.folder

    def words(self, section: str, release: str) -> Mapping[str, str]:
        """The words of a section by paragraph."""
        text = read_source(self.home(release), {section}).sections.get(section)
        return {p.designation: p.words for p in text.paragraphs} if text else {}


def hints_beside(path: Path) -> dict[str, Hints]:
    """What the text files of a release folder show of each section."""
    texts = sorted(path.glob("*.txt")) if path.is_dir() else [path] if path.suffix == ".txt" else []
    return {name: _shown(text) for text in texts if (name := section_of(text))}


@lru_cache(maxsize=1024)
def _shown(text: Path) -> Hints:
    """What one file shows; many releases are read with the same few."""
    return hints_of(text.read_text("utf-8"))


def section_of(file: Path) -> str:
    """`10 USC 333` for `t10-s333.txt`; empty for a file that is named otherwise."""
    found = _TEXT_NAME.match(file.stem)
    return f"{found[1]} USC {found[2]}" if found else ""


def _files(path: Path) -> list[Path]:
    expected = "a USLM XML file, a text file (t10-s333.txt), or a folder of them"
    if not path.exists():
        raise FaultsError([Fault(Place(path.name, None, ""), "no such file or folder", expected)])
    files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    read = [one for one in files if one.suffix.lower() == ".xml" or (one.suffix == ".txt" and section_of(one))]
    if not read:
        raise FaultsError([Fault(Place(path.name, None, ""), "no text of the Code", expected)])
    return read


def _read(
    file: Path, wanted: Collection[str], hints: Mapping[str, Hints]
) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    if file.suffix.lower() == ".xml":
        # Names of XML files are the publisher's, so only what stands inside counts.
        for section, paragraphs in iter_sections(file):
            if section in wanted:
                yield section, paragraphs
        if _cut_short(file):
            raise FaultsError([Fault(Place(file.name, None, ""), "a file cut short", "the Code's XML as published")])
    elif (section := section_of(file)) in wanted:
        # The same section at other releases, where this is one folder of a store of them, shows what a poorer
        # text has lost; the register was read with the same help.
        others = sorted(file.resolve().parent.parent.glob(f"*/{file.name}"))
        known = joined_hints((*map(_shown, others), hints.get(section, _NO_HINTS)))
        yield section, parse_text(file.read_text("utf-8"), known)


def _cut_short(file: Path) -> bool:
    """Whether the element the file opens with is never closed: a stream read to its end does not tell."""
    with file.open("rb") as source:
        root = _ROOT.search(source.read(_PEEK))
        source.seek(max(0, file.stat().st_size - _PEEK))
        return root is not None and b"</" + root[1] not in source.read()


def _second(first: tuple[Paragraph, ...], second: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Two sections enacted under one number, as the Code does carry: the second's units are `(a) [2]`."""
    return distinct((*first, *second))
