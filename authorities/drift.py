"""Drift: the Code as it now stands against the fingerprints recorded when the library was encoded from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from authorities import register
from authorities._drift_defects import Known, Recorded, recorded_states, without_defects
from authorities._drift_match import KINDS, Change, differences, nearest_words, unit_above
from authorities._drift_sources import OldTexts, Source, Text, hints_beside, read_source
from authorities._drift_work import Touched, Worklist
from authorities.paragraphs import fingerprint
from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Library
from rules.provisions import LawFile

__all__ = [
    "KINDS",
    "Change",
    "Item",
    "Known",
    "OldTexts",
    "Report",
    "SectionDrift",
    "Source",
    "drift",
    "hints_beside",
    "read_source",
]

Words = Callable[[str, str], Mapping[str, str]]
"""Section and release in, words by paragraph out; empty where the old text is not to hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the worklist: the change, the line of the new text, what it touches, and the words of both.

    `old` and `new` are None where there is no such paragraph, or (`old`) its words are not to hand.  `like`: the
    other changed or removed paragraph whose old words the new ones are most like, where one clearly is.
    """

    change: Change
    line: int | None
    touched: Touched
    old: str | None
    new: str | None
    like: str | None = None


@dataclass(frozen=True, slots=True)
class SectionDrift:
    """One section compared: with which recorded release, and all that differs.

    `ended`: the source has only a place-holder, and the library ended every provision, so nothing is left to do.
    """

    section: str
    file: str
    recorded: str
    released: date
    losses: tuple[str, ...]
    paragraphs: int
    items: tuple[Item, ...] = ()
    defects: tuple[Known, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The worklist, and what could not be compared: sections of the register the source does not hold, sections
    not recorded at the release asked for, and the provisions (by file) whose text the source does not hold."""

    source: str
    sections: tuple[SectionDrift, ...]
    not_held: tuple[str, ...]
    not_recorded: tuple[str, ...]
    unread: Mapping[str, tuple[str, ...]]

    def count(self, kind: str) -> int:
        """How many changes of a kind."""
        return sum(item.change.kind == kind for one in self.sections for item in one.items)

    @property
    def changed(self) -> bool:
        """Whether anything drifted."""
        return any(one.items for one in self.sections)


def no_words(section: str, release: str) -> Mapping[str, str]:
    """No old text to hand."""
    return {}


def drift(
    library: Library,
    home: Path,
    source: Source,
    *,
    recorded: str | None = None,
    release: str | None = None,
    old: Words = no_words,
) -> Report:
    """Compare a source with the register in `home`: its newest release of each section, or the one named `recorded`.

    `release` names the new text (default: the source's own name), so that its known defects are recognised.
    Raises `FaultsError` where nothing would be compared: a release nobody recorded, a source that holds no section.
    """
    dates = register.calendar(home)
    losses = {one.name: one.losses for one in dates.releases}
    states = {section: recorded_states(register.load(section, home)) for section in dates.sections}
    if recorded is not None:
        _must_be_recorded(recorded, states.values())
    if not any(section in source.sections for section in states):
        expected = f"the text of a section of the register ({', '.join(list(states)[:3])}, ...)"
        raise FaultsError([Fault(Place(source.name, None, ""), "none of the sections recorded", expected)])
    files = {file.id: file for file in library.files()}
    defects = register.defects(home)
    found: list[SectionDrift] = []
    not_recorded: list[str] = []
    for section, every in states.items():
        at = next((one for one in reversed(every) if recorded in (None, one.release)), None)
        text = source.sections.get(section)
        if at is None:
            not_recorded.append(section)
        elif text is not None:
            file = files.get(register.file_id(section))
            known = [one for one in defects if one.section == section]
            here, there, listed = without_defects(every, at, _marks(text), release or source.name, known)
            ended = not text.paragraphs and file is not None and _ended(file)
            changes = () if ended else differences(here, there)
            found.append(
                SectionDrift(
                    section,
                    text.file,
                    at.release,
                    at.released,
                    losses.get(at.release, ()),
                    len(text.paragraphs),
                    _items(library, file, section, at, text, changes, old) if changes else (),
                    listed,
                    ended,
                )
            )
    held = {register.file_id(one.section) for one in found}
    return Report(
        source.name,
        tuple(found),
        tuple(section for section in states if section not in source.sections),
        tuple(section for section in not_recorded if section in source.sections),
        {id_: left for id_, file in files.items() if (left := _unread(file, id_ in held))},
    )


def _must_be_recorded(name: str, states: Iterable[tuple[Recorded, ...]]) -> None:
    names = list(dict.fromkeys(one.release for every in states for one in every))
    if name not in names:
        expected = "a recorded release: " + ", ".join(sorted(names))
        raise FaultsError([Fault(Place("register", None, ""), f"'{name}'", expected, nearest(name, names))])


def _marks(text: Text) -> dict[str, str]:
    return {paragraph.designation: fingerprint(paragraph.words) for paragraph in text.paragraphs}


def _ended(file: LawFile) -> bool:
    return all(provision.life.until is not None for provision in file.provisions())


def _unread(file: LawFile, held: bool) -> tuple[str, ...]:
    """The provisions of a file that rest on text the source does not hold."""
    return tuple(one.id for one in file.provisions() if not held or one.basis != "text")


def _items(
    library: Library,
    file: LawFile | None,
    section: str,
    at: Recorded,
    text: Text,
    changes: tuple[Change, ...],
    old: Words,
) -> tuple[Item, ...]:
    work = Worklist(library, file, at.released) if file is not None else None
    before = {
        name: words for name, words in old(section, at.release).items() if fingerprint(words) == at.marks.get(name)
    }
    after = text.by_number()
    gone = {one.was: before[one.was] for one in changes if one.kind != "moved" and one.was in before}
    items: list[Item] = []
    for change in changes:
        new = None if change.kind == "removed" else after[change.paragraph]
        touched = Touched()
        if work is not None and change.was is not None:
            touched = work.touched(change.was, tuple(at.marks))
        elif work is not None:
            touched = work.touched(change.paragraph, tuple(after), unit_above(change.paragraph, after))
        old_words = None if change.was is None else before.get(change.was)
        like = None
        if new is not None and change.kind != "moved":
            like = nearest_words(new.words, gone, change.was)
        items.append(Item(change, new.line if new else None, touched, old_words, new.words if new else None, like))
    return tuple(items)
