"""What in the library rests on a paragraph: provisions, values and notes that cite it, what uses them, and cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.cites import covered, parse_cite
from authorities.coverage import Claim, claims
from rules import conditions as c
from rules.checks import value_refs
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import Case, LawFile


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches.  `provisions` are `file.id`, `file.values.name` or `file.note (a)`; `users` are the
    provisions that use one of these values or definitions; `cases` (read against the paragraph) and `decided` (that
    name no paragraph, but rest on one of the provisions) are `path:line: name`; `above`: nothing cites the new
    paragraph itself, so these cite the unit it stands under."""

    provisions: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    above: bool = False


class Worklist:
    """The provisions and cases of one law file, found by paragraph."""

    def __init__(self, library: Library, file: LawFile, since: date) -> None:
        """`since`: what ended on or before this day, that of the recorded text, is no longer touched."""
        self.file = file
        self.used = _uses(library, file)
        self.claims = [one for one in claims(file, []) if one.until is None or one.until > since]

    def touched(self, number: str, numbers: Sequence[str], up: str | None = None) -> Touched:
        """What cites a paragraph, given with all numbers of its text; else what cites `up`."""
        found, above = self._citing(number, numbers), False
        if not found and up is not None:
            found = self._citing(up, numbers)
            above = bool(found)
        ids = {one.what for one in found}
        read: list[str] = []
        decided: list[str] = []
        for case in self.file.cases:
            cites, _ = parse_cite(case.paragraph)
            if any(number in covered(cite, numbers) for cite in cites):
                read.append(_named(self.file, case))
            elif not cites and ids & set(case.because):
                decided.append(_named(self.file, case))
        provisions = tuple(dict.fromkeys(f"{self.file.id}.{one.what}" for one in found))
        return Touched(provisions, tuple(self._users(ids)), tuple(read), tuple(decided), above)

    def _citing(self, number: str, numbers: Sequence[str]) -> list[Claim]:
        return [one for one in self.claims if any(number in covered(cite, numbers) for cite in one.cites)]

    def _users(self, ids: set[str]) -> list[str]:
        """The provisions anywhere that use one of these values or definitions, less those that cite it anyway."""
        own = {f"{self.file.id}.{one}" for one in ids}
        return list(
            dict.fromkeys(user for one in self.used if one in ids for user in self.used[one] if user not in own)
        )


def _uses(library: Library, file: LawFile) -> dict[str, list[str]]:
    """For each value (`values.name`) and definition of a file, the provisions of any file that use it."""
    found = defaultdict[str, list[str]](list)
    ours = {definition.id for definition in file.definitions}
    for owner in library.files():
        # A definition is sought first in the file that names it.
        near = set() if owner is file else {definition.id for definition in owner.definitions}
        for provision in owner.provisions():
            for ref in value_refs(provision):
                if (ref.file or owner.id) == file.id:
                    found[f"values.{ref.name}"].append(f"{owner.id}.{provision.id}")
        for name, _, condition, _ in all_conditions(owner):
            for one in c.walk(condition):
                if isinstance(one, c.Satisfies):
                    for definition in ours.intersection(one.names) - near:
                        found[definition].append(f"{owner.id}.{name}")
    return found


def _named(file: LawFile, case: Case) -> str:
    return f"{file.path}:{case.line}: {case.name}"
