"""The paragraphs a provision rests on, as the register has them: one hash of their fingerprints, through its life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from authorities import register
from authorities._review_normal import hashed, values_of
from authorities.cites import covered
from authorities.coverage import Claim, claims
from authorities.register import Row
from rules.provisions import LawFile, Provision

NONE = "none"
"""What stands for the hash where no text of the paragraph is kept: read from another source, or not yet in a release."""


class Register:
    """The register in a folder, each section read when first asked for; empty where there is no such folder."""

    def __init__(self, home: Path):
        self.home = home
        self._rows: dict[str, tuple[Row, ...]] = {}

    def rows(self, id_: str) -> tuple[Row, ...]:
        """The paragraphs of a law file's section at each release, those left out that a known defect garbled."""
        if id_ not in self._rows:
            garbled = self._garbled
            every = register.load(id_, self.home)
            self._rows[id_] = tuple(row for row in every if (id_, row.designation, row.release) not in garbled)
        return self._rows[id_]

    @cached_property
    def _garbled(self) -> frozenset[tuple[str, str, str]]:
        if not (self.home / "defects.yaml").is_file():
            return frozenset()
        some = register.defects(self.home)
        return frozenset((register.file_id(one.section), one.designation, one.release) for one in some)


def paragraph_hash(texts: Register, file: LawFile, some: Sequence[Provision]) -> str:
    """The hash of the paragraphs that provisions of a file cite, and that values of the file they use cite; or NONE.

    Of each paragraph, the fingerprints of the releases within the life of what cites it, each run of the same once:
    a release with the same words changes nothing.
    """
    if not some or any(one.basis != "text" for one in some):
        return NONE
    names = {one.id for one in some}
    names |= {f"values.{ref.name}" for one in some for ref in values_of(one) if ref.file in (None, file.id)}
    wanted = [claim for claim in claims(file, []) if claim.what in names]
    marks = sorted(set(_marks(texts.rows(file.id), wanted)))
    return hashed(marks) if marks else NONE


def _marks(rows: Iterable[Row], wanted: Sequence[Claim]) -> Iterable[tuple[str, tuple[str, ...]]]:
    releases: dict[tuple[str, date], dict[str, str]] = {}
    for row in rows:
        releases.setdefault((row.release, row.released), {})[row.designation] = row.fingerprint
    for claim in wanted:
        found: dict[str, list[str]] = {}
        for (_, day), words in releases.items():
            if claim.alive(day):
                for name in {name for cite in claim.cites for name in covered(cite, list(words))}:
                    run = found.setdefault(name, [])
                    if run[-1:] != [words[name]]:
                        run.append(words[name])
        yield from ((name, tuple(run)) for name, run in found.items())
