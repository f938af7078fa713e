"""Writing a new release into the register: its fingerprints, and its name and day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from authorities import register
from authorities._drift_sources import Source
from authorities.paragraphs import fingerprint
from rules.faults import Fault, FaultsError, Place

_NAME = re.compile(r"^[0-9A-Za-z][0-9A-Za-z.-]*$")
_CALENDAR = "releases.yaml"


def record(home: Path, source: Source, release: str, day: date) -> tuple[str, ...]:
    """Add the release to the register in `home` for each of its sections the source holds; the sections written.

    The newest release may be recorded in parts (one title, then another); a section it has already is left alone.
    Everything is worked out before anything is written.  Raises `FaultsError` for a name that is no name, a day not
    after the last release's (the register is in order of time), and other words under the same release.
    """
    dates = register.calendar(home)
    faults = list(_faults(dates, release, day))
    texts: dict[Path, str] = {}
    done: list[str] = []
    for section in dates.sections:
        text = source.sections.get(section)
        path = home / f"{register.file_id(section)}.tsv"
        if text is None or not path.is_file():
            continue
        rows = [register.Row(section, p.designation, release, day, fingerprint(p.words)) for p in text.paragraphs]
        present = [row for row in register.load(section, home) if row.release == release]
        if not present:
            lines = [f"{row.designation}\t{release}\t{day.isoformat()}\t{row.fingerprint}\n" for row in rows]
            texts[path] = path.read_text(encoding="utf-8") + "".join(lines)
            done.append(section)
        elif present != rows and not faults:
            faults.append(Fault(Place(text.file, None, section), f"other words than {release} has", "the same release"))
    if faults:
        raise FaultsError(faults)
    if release not in {one.name for one in dates.releases}:
        calendar = home / _CALENDAR
        texts[calendar] = _with_release(calendar.read_text(encoding="utf-8"), release, day, source.name)
    _write(texts)
    return tuple(done)


def _faults(dates: register.Calendar, release: str, day: date) -> Iterator[Fault]:
    if not _NAME.match(release):
        yield Fault(Place("--release", None, ""), f"'{release}'", "letters, digits, points and hyphens")
    newest = max(dates.releases, key=lambda one: one.date, default=None)
    if newest is not None and day <= newest.date and (release, day) != (newest.name, newest.date):
        expected = f"a day after {newest.date.isoformat()}, that of the newest release ({newest.name})"
        yield Fault(Place("--date", None, ""), day.isoformat(), expected)
    for one in dates.releases:
        if one.name == release and one.date != day:
            expected = f"a name not in the register, which has it with {one.date.isoformat()}"
            yield Fault(Place("--release", None, ""), f"'{release}'", expected)


def _with_release(text: str, release: str, day: date, source: str) -> str:
    """`releases.yaml` with one more release at the end of its list; comments stay."""
    lines = text.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith("releases:"))
    end = start + 1
    for i in range(start + 1, len(lines)):
        if re.match(r"[A-Za-z]", lines[i]):
            break
        if lines[i].startswith((" ", "-")) and lines[i].strip():
            end = i + 1
    indent = " " * (len(lines[start + 1]) - len(lines[start + 1].lstrip(" ")))
    entry = (
        f"{indent}- name: {json.dumps(release)}\n{indent}  date: {day.isoformat()}\n"
        f"{indent}  source: {json.dumps(source, ensure_ascii=False)}\n{indent}  losses: []\n"
    )
    return "".join([*lines[:end], entry, *lines[end:]])


def _write(texts: Mapping[Path, str]) -> None:
    """Write every file beside its place, then put all in place, so that a failure leaves the register whole."""
    made = {path: path.with_name(path.name + ".new") for path in texts}
    for path, text in texts.items():
        made[path].write_text(text, encoding="utf-8", newline="\n")
    for path, new in made.items():
        new.replace(path)
