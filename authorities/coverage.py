"""Coverage: every paragraph of every encoded section, at every release, is encoded, noted or left out for a reason.

And where its words change between two releases, something in the file begins or ends between them, or says why
nothing in law changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from authorities import register
from authorities.cites import Cite, covered, parse_cite
from authorities.home import home
from rules.faults import Fault, Place
from rules.provisions import Duty, LawFile, Life


@dataclass(frozen=True, slots=True)
class Claim:
    """A cite with its life: what a provision, value, note or paragraph left out says it deals with."""

    cites: tuple[Cite, ...]
    since: date
    until: date | None
    what: str

    def alive(self, day: date) -> bool:
        """Whether the claim speaks of the law on a day."""
        return self.since <= day and (self.until is None or day < self.until)


def claims(file: LawFile, faults: list[Fault]) -> list[Claim]:
    """Every claim of a file; a cite that cannot be read is a fault."""
    out: list[Claim] = []

    def add(cite: str, life: Life, what: str) -> None:
        parts, bad = parse_cite(cite)
        for token in bad:
            faults.append(
                Fault(
                    Place(file.path, None, what),
                    f"the cite '{token}'",
                    "a paragraph: (a), (a)(1)-(3), (a)*, (a) flush or chapeau",
                    "",
                    "bad-cite",
                )
            )
        out.append(Claim(parts, life.since, life.until, what))

    for provision in file.provisions():
        add(provision.cite, provision.life, provision.id)
        if isinstance(provision, Duty):
            for content in provision.contents:
                add(content.cite, provision.life, provision.id)
    for name, entries in file.values.items():
        for i, entry in enumerate(entries):
            if entry.cite:
                until = entry.life.until
                if until is None and i + 1 < len(entries) and entries[i + 1].is_ is not None:
                    until = None if entry.life.fund_years is not None else entries[i + 1].life.since
                life = Life(entry.life.since, entry.life.law, until, fund_years=entry.life.fund_years)
                add(entry.cite, life, f"values.{name}")
    for remark in (*file.notes, *file.left_out):
        if remark.life is not None:
            add(remark.cite, remark.life, f"note {remark.cite}")
    return out


def check_file(file: LawFile, folder: Path | None = None) -> Iterator[Fault]:
    """The silent gaps of one file against the register in ``folder`` (default: that of the library answered from);
    nothing for a section with no text in it."""
    folder = folder or home().library / "register"
    faults: list[Fault] = []
    stated = claims(file, faults)
    yield from faults
    rows = register.load(file.id, folder)
    if not rows:
        if file.basis == "text" and any(p.basis == "text" for p in file.provisions()):
            yield Fault(
                Place(file.path, 1, "basis"),
                "no text in the register",
                "a register file, or `basis: {secondary: ...}`",
                "",
                "no-register",
            )
        return
    releases = list(dict.fromkeys((r.release, r.released) for r in rows))
    words = {name: {r.designation: r.fingerprint for r in rows if r.release == name} for name, _ in releases}
    defective = {(one.designation, one.release) for one in _defects(folder) if register.file_id(one.section) == file.id}
    used: set[int] = set()
    for name, day in releases:
        designations = list(words[name])
        dealt: set[str] = set()
        for n, claim in enumerate(stated):
            for cite in claim.cites:
                found = covered(cite, designations)
                if found:
                    used.add(n)
                    if claim.alive(day):
                        dealt |= found
        for designation in designations:
            if designation not in dealt:
                yield Fault(
                    Place(file.path, None, designation or "chapeau"),
                    f"the paragraph '{designation or 'chapeau'}' of release {name}, silent",
                    "it encoded, noted, or left out for a reason",
                    "",
                    "silent-paragraph",
                )
    for n, claim in enumerate(stated):
        if n not in used and claim.cites:
            yield Fault(
                Place(file.path, None, claim.what),
                "a cite that names no paragraph of any release",
                "a paragraph of the register",
                "",
                "dead-cite",
            )
    yield from _changes(file, stated, releases, words, defective)


def _changes(
    file: LawFile,
    stated: list[Claim],
    releases: list[tuple[str, date]],
    words: dict[str, dict[str, str]],
    defective: set[tuple[str, str]],
) -> Iterator[Fault]:
    """Words that change between two releases with nothing that begins or ends between them."""
    every = list(dict.fromkeys(designation for some in words.values() for designation in some))
    last: dict[str, tuple[str, date, str]] = {}
    for name, day in releases:
        for designation, fingerprint in words[name].items():
            if (designation, name) in defective:
                continue
            before = last.get(designation)
            last[designation] = (name, day, fingerprint)
            if before is None or before[2] == fingerprint:
                continue
            if _explained(file, stated, every, designation, before, (name, day)):
                continue
            yield Fault(
                Place(file.path, None, designation or "chapeau"),
                f"words that change from {before[0]} to {name}, with nothing dated between",
                "a provision or value that begins or ends there, or an `unchanged` entry saying why",
                "",
                "silent-change",
            )


def _explained(
    file: LawFile,
    stated: list[Claim],
    every: list[str],
    designation: str,
    before: tuple[str, date, str],
    after: tuple[str, date],
) -> bool:
    for claim in stated:
        if any(designation in covered(cite, every) for cite in claim.cites):
            if before[1] < claim.since <= after[1] or (claim.until and before[1] < claim.until <= after[1]):
                return True
    for one in file.unchanged:
        cites, _ = parse_cite(one.cite)
        named = any(designation in covered(c, every) for c in cites)
        if named and one.between == (before[0], after[0]):
            return True
    return False


def _defects(folder: Path) -> tuple[register.Defect, ...]:
    return register.defects(folder) if (folder / "defects.yaml").is_file() else ()
