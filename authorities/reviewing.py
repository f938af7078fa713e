"""Sign-offs: which provisions counsel has read and signed, and which of those have changed since.

A sign-off holds the hash of the provision, of what it leans on by name, and of the paragraphs it rests on. A change to
any of them makes it stale; a comment, the layout or the order of keys is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from authorities._review_file import FOLDER, SignOff, read_folder, sign_offs, write, written
from authorities._review_normal import file_of, leaned_on, provision_hash
from authorities._review_paragraphs import NONE, Register, paragraph_hash
from authorities.listing import shown
from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Library
from rules.provisions import LawFile, Provision

State = Literal["signed", "stale", "unsigned", "gone"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a provision stands: signed, stale, unsigned; or gone: signed, but no longer there.

    `changed`: of a stale one, what changed: `provision`, `paragraph`, or names of what it leans on.
    """

    file: str
    provision: str
    cite: str
    state: State
    changed: tuple[str, ...] = ()
    sign_off: SignOff | None = None


def bound(library: Library, texts: Register, file: LawFile, provision: str, by: SignOff) -> SignOff:
    """A sign-off with the hashes of a provision as it now stands."""
    some = by_id(file)[provision]
    return SignOff(
        provision,
        by.by,
        by.office,
        by.date,
        provision_hash(some),
        leaned_on(library, file, some),
        paragraph_hash(texts, file, some),
        by.note,
    )


def by_id(file: LawFile) -> dict[str, tuple[Provision, ...]]:
    """The provisions of a file by id; a definition may be put otherwise for other days, under one id."""
    found: dict[str, tuple[Provision, ...]] = {}
    for one in file.provisions():
        found[one.id] = (*found.get(one.id, ()), one)
    return found


def standings(library: Library, texts: Register, file: LawFile, signed: Mapping[str, SignOff]) -> Iterator[Standing]:
    """Every provision of a file, and then each sign-off of none."""
    every = by_id(file)
    for id_, some in every.items():
        old = signed.get(id_)
        if old is None:
            yield Standing(file.id, id_, some[0].cite, "unsigned")
            continue
        changed = tuple(changes(old, bound(library, texts, file, id_, old)))
        yield Standing(file.id, id_, some[0].cite, "stale" if changed else "signed", changed, old)
    yield from (Standing(file.id, id_, "", "gone", (), old) for id_, old in signed.items() if id_ not in every)


def changes(old: SignOff, new: SignOff) -> Iterator[str]:
    """What differs between a sign-off and what it would be now."""
    if old.hash != new.hash:
        yield "provision"
    if old.paragraph != new.paragraph:
        yield "paragraph"
    names = sorted({*old.leans_on, *new.leans_on})
    yield from (name for name in names if old.leans_on.get(name) != new.leans_on.get(name))


def review(library: Library, folder: Path, words: Sequence[str] = ()) -> tuple[Standing, ...]:
    """How provisions stand: all, or those of some files (an id, a statute, or `file.provision`).

    Raises FaultsError for a word that names nothing, and for a file of sign-offs that cannot be read.
    """
    known = sign_offs(read_folder(folder))
    texts = Register(folder / "register")
    wanted = targets(library, words) if words else {file.id: frozenset[str]() for file in library.files()}
    found: list[Standing] = []
    for id_, some in wanted.items():
        file = file_of(library, id_)
        if file is not None:
            every = standings(library, texts, file, known.get(id_, {}))
            found += [one for one in every if not some or one.provision in some]
    if not words:
        lost = [(id_, some) for id_, some in known.items() if id_ not in wanted]
        found += [Standing(id_, one, "", "gone", (), old) for id_, some in lost for one, old in some.items()]
    return tuple(found)


def targets(library: Library, words: Iterable[str]) -> dict[str, frozenset[str]]:
    """File -> the provisions of it that words name; none: the whole file."""
    found: dict[str, frozenset[str]] = {}
    faults: list[Fault] = []
    for word in words:
        owner, point, provision = word.partition(".")
        file = file_of(library, owner) if point else None
        if file is None:
            file, provision = shown(library, word), ""
        ids = by_id(file)
        if provision and provision not in ids:
            expected = f"a provision of {file.id} (see: authorities show {file.id})"
            faults.append(Fault(Place("review", None, ""), f"'{word}'", expected, nearest(provision, ids)))
        elif not provision or found.get(file.id) == frozenset():
            found[file.id] = frozenset()
        else:
            found[file.id] = found.get(file.id, frozenset()) | {provision}
    if faults:
        raise FaultsError(faults)
    return found


def sign(library: Library, folder: Path, words: Sequence[str], by: SignOff) -> tuple[Standing, ...]:
    """Sign provisions as they now stand, and write the files: an older sign-off of the same provision is replaced.

    `by` says who, which office, which day.  Those signed are returned.  Raises FaultsError, with nothing written.
    """
    contents = read_folder(folder)
    known = sign_offs(contents)
    texts = Register(folder / "register")
    done: list[Standing] = []
    files: dict[str, str] = {}
    for id_, some in targets(library, words).items():
        file = shown(library, id_)
        every = by_id(file)
        new = {one: bound(library, texts, file, one, by) for one in every if not some or one in some}
        kept = {**known.get(id_, {}), **new}
        order = [*(one for one in every if one in kept), *(one for one in kept if one not in every)]
        files[id_] = written(id_, [kept[one] for one in order])
        done += [Standing(id_, one, every[one][0].cite, "signed", (), off) for one, off in new.items()]
    write(folder, files)
    return tuple(done)


__all__ = ["FOLDER", "NONE", "Register", "SignOff", "Standing", "bound", "review", "sign", "standings", "targets"]
