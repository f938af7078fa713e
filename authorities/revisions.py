"""Where an edition of the library is: a folder, a frozen edition, or a revision of the git repository it is kept in."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from authorities.editions.freezing import law_of
from authorities.editions.verifying import SUFFIX, path_of, read_bytes, whole
from authorities.loading import SHIPPED, Loaded, is_law, of_contents, read_contents
from rules.faults import Fault, FaultsError, Place

SHIPPED_WORD = "-"
"""The word for the library that is installed."""


def load_revision(word: str, folder: Path = SHIPPED) -> Loaded:
    """The library at ``word``: ``-``, a folder, a frozen edition (its file, or its name for ``NAME.edition`` here), or a
    git revision (``REV``, or ``REV:path/to/library``) of the repository in which ``folder`` is kept. Raises
    FaultsError."""
    return of_contents(contents_of(word, folder), cases=True)


def contents_of(word: str, folder: Path = SHIPPED) -> dict[str, bytes]:
    """Its files by their paths in the library folder."""
    if word == SHIPPED_WORD:
        return read_contents(SHIPPED)
    if Path(word).is_dir():
        return read_contents(Path(word))
    if Path(word).is_file() or Path(f"{word}{SUFFIX}").is_file():
        path = path_of(word)
        return law_of(whole(read_bytes(path), path)[1])
    revision, _, inside = word.partition(":")
    top = _git(folder, word, "rev-parse", "--show-toplevel").decode().strip()
    place = inside or folder.resolve().relative_to(Path(top).resolve()).as_posix()
    _git(Path(top), word, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    packed = _git(Path(top), word, "archive", "--format=tar", revision, "--", place)
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar.getmembers():
            name = Path(member.name).relative_to(place).as_posix() if member.isfile() else ""
            content = tar.extractfile(member) if is_law(name) else None
            if content is not None:
                found[name] = content.read()
    return dict(sorted(found.items()))


def _git(folder: Path, word: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        expected = f"- (the library installed), a folder, an edition, or a revision of the git repository of {folder}"
        raise FaultsError([Fault(Place("library", None, ""), f"'{word}'", expected)]) from None
    return done.stdout
