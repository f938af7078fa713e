"""The text of the law against the file: paragraphs nobody deals with, cites that name none, claims that collide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from authorities.cites import Cite, covered, parse_cite
from authorities.coverage import check_file
from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View, alive
from authorities.register import Row
from rules.faults import Place
from rules.provisions import LawFile, Provision

SILENT = Kind(
    "silent-paragraph",
    "error",
    "A paragraph of the law, at some release, that no provision, value, note or paragraph left out deals with.",
    "encode it, note it, or leave it out for a reason",
)
CHANGE = Kind(
    "silent-change",
    "error",
    "A paragraph whose words change between two releases while nothing in the file begins or ends between them.",
    "date the provision or value that changed, or say under `unchanged` why nothing in law did",
)
DEAD = Kind("dead-cite", "error", "A cite that names no paragraph of any release.", "cite a paragraph of the register")
BAD = Kind("bad-cite", "error", "A cite that is not written as one.", "write it as (a), (a)(1)-(3), (a)* or chapeau")
NO_TEXT = Kind(
    "no-register",
    "error",
    "A file that says it was read from the text, for a section whose text the register does not hold.",
    "add the section to the register, or say which secondary source was read",
)
ORDER = Kind("cite-order", "style", "The parts of a cite are not in the order of the law.", "write them in its order")
BESIDE = Kind(
    "note-beside-provision",
    "style",
    "A paragraph is noted as having no effect, or left out, and cited by a provision on the same day.",
    "narrow one of the cites, or delete the note",
)
GAP = Kind(
    "provision-gap",
    "warning",
    "A provision on a paragraph ends and the next of its kind on that paragraph begins later, though the paragraph "
    "was there between.",
    "join the lives, or say with a note what held between",
)
UNCHANGED = Kind(
    "stale-unchanged",
    "warning",
    "An `unchanged` entry for releases between which those words do not change, or that are no releases.",
    "delete it, or name the two neighbouring releases",
)
KINDS = (SILENT, CHANGE, DEAD, BAD, NO_TEXT, ORDER, BESIDE, GAP, UNCHANGED)

_COVERAGE = {kind.id: kind for kind in (SILENT, CHANGE, DEAD, BAD, NO_TEXT)}


def check(view: View) -> Iterator[Issue]:
    """Every law file against its paragraphs."""
    for file in view.files:
        for fault in check_file(file, view.home):
            kind = _COVERAGE[fault.kind]
            yield kind.at(_place(view, file, fault.place.key), f"found {fault.found}", f"expected {fault.expected}")
        rows = view.register(file)
        yield from _order(view, file, [names for _, names in _releases(rows).values()])
        yield from _beside(view, file, rows)
        yield from _gaps(view, file, rows)
        yield from _unchanged(view, file, rows)


def _place(view: View, file: LawFile, key: str) -> Place:
    for provision in file.provisions():
        if provision.id == key:
            return Place(file.path, provision.line, key)
    if key.startswith("values."):
        return view.at(file, key, ("values", key.removeprefix("values.")))
    for section, remarks in (("notes", file.notes), ("left_out", file.left_out)):
        for i, one in enumerate(remarks):
            if key == f"note {one.cite}":
                return view.at(file, f"{section} {one.cite}", (section, i))
    return Place(file.path, 1, key)


def _order(view: View, file: LawFile, releases: list[list[str]]) -> Iterator[Issue]:
    """Cites out of order in every release that holds them all."""
    for provision in file.provisions():
        bases = [part.base for part in _parts(provision.cite)]
        ranks = [[names.index(base) for base in bases] for names in releases if set(bases) <= set(names)]
        if ranks and not any(one == sorted(one) for one in ranks):
            yield ORDER.at(view.provision(provision, "cite"), f"the cite {provision.cite}")


def _beside(view: View, file: LawFile, rows: tuple[Row, ...]) -> Iterator[Issue]:
    releases = _releases(rows)
    for section, remarks in (("notes", file.notes), ("left_out", file.left_out)):
        for i, remark in enumerate(remarks):
            if remark.life is None:
                continue
            for day, names in releases.values():
                noted = _named(remark.cite, names) if alive(remark.life, day) else set()
                found = next(
                    (
                        (name, p)
                        for p in (file.provisions() if noted else ())
                        if alive(p.life, day)
                        for name in sorted(noted & _named(p.cite, names))
                    ),
                    None,
                )
                if found is not None:
                    name, provision = found
                    text = f"{name or 'chapeau'} is cited by {provision.id} too"
                    yield BESIDE.at(view.at(file, f"{section} {remark.cite}", (section, i)), text)
                    break


def _gaps(view: View, file: LawFile, rows: tuple[Row, ...]) -> Iterator[Issue]:
    groups: dict[tuple[type[Provision], str], list[Provision]] = {}
    for provision in file.provisions():
        if provision.life.fund_years is None:
            groups.setdefault((type(provision), provision.cite), []).append(provision)
    for (_, cite), some in groups.items():
        some.sort(key=lambda p: p.life.since)
        for later in some[1:]:
            before = [p.life.until for p in some if p.life.since < later.life.since]
            ends = [end for end in before if end is not None]
            if None in before or not ends or max(ends) >= later.life.since:
                continue
            if rows and not _there(cite, rows, max(ends), later.life.since):
                continue
            text = f"nothing on {cite} from {max(ends)} to {later.life.since}"
            yield GAP.at(view.provision(later, "since"), text)


def _there(cite: str, rows: tuple[Row, ...], since: date, until: date) -> bool:
    """Whether some release between two days holds a paragraph of the cite."""
    return any(since <= day < until and _named(cite, names) for day, names in _releases(rows).values())


def _unchanged(view: View, file: LawFile, rows: tuple[Row, ...]) -> Iterator[Issue]:
    releases = _releases(rows)
    words = {(row.release, row.designation): row.fingerprint for row in rows}
    for i, one in enumerate(file.unchanged):
        place = view.at(file, f"unchanged {one.cite}", ("unchanged", i))
        missing = [name for name in one.between if name not in releases]
        if missing:
            yield UNCHANGED.at(place, f"'{missing[0]}' is no release of this section in the register")
            continue
        first, second = one.between
        names = _named(one.cite, [*releases[first][1], *releases[second][1]])
        if all(words.get((first, name)) == words.get((second, name)) for name in names):
            yield UNCHANGED.at(place, f"the words of {one.cite} are the same in {first} and {second}")


def _releases(rows: tuple[Row, ...]) -> dict[str, tuple[date, list[str]]]:
    out: dict[str, tuple[date, list[str]]] = {}
    for row in rows:
        out.setdefault(row.release, (row.released, []))[1].append(row.designation)
    return out


@lru_cache(maxsize=4_096)
def _parts(cite: str) -> tuple[Cite, ...]:
    return parse_cite(cite)[0]


def _named(cite: str, designations: list[str]) -> set[str]:
    return set[str]().union(*(covered(part, designations) for part in _parts(cite)))
