"""Holding an edition against its manifest: each file that was changed, is missing or does not belong."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from authorities.editions.archive import MANIFEST, MOST_BYTES, SIGNATURE, unpacked
from authorities.editions.manifest import Manifest, digest_of, hashes, read_manifest
from authorities.editions.signing import Signature, read_signature
from rules.faults import Fault, FaultsError, Place

SUFFIX = ".edition"


class Verified(NamedTuple):
    """What an edition's file holds. ``problems``: what is not as frozen, each a phrase; none: it is whole.

    ``manifest`` is None where it has none that can be read, and ``files`` then means nothing.
    """

    manifest: Manifest | None
    files: Mapping[str, bytes]
    signature: Signature | None
    problems: tuple[str, ...]


def path_of(word: str, folder: Path = Path()) -> Path:
    """The file a word names: a path, or an edition's name for ``NAME.edition`` in a folder. Raises FaultsError."""
    for path in (folder / word, folder / f"{word}{SUFFIX}"):
        if path.is_file():
            return path
    raise FaultsError([Fault(Place("edition", None, ""), f"'{word}'", f"a file, or a name of NAME{SUFFIX} here")])


def read_bytes(path: Path) -> bytes:
    """The content of an edition's file. Raises FaultsError where it cannot be read or is too large to be one."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "no way to read"
        raise FaultsError([Fault(Place(str(path), None, ""), reason, "the file of an edition")]) from None
    if len(content) > MOST_BYTES:
        expected = f"an edition, which has at most {MOST_BYTES} bytes"
        raise FaultsError([Fault(Place(str(path), None, ""), "a larger file", expected)])
    return content


def verified(content: bytes, name: str) -> Verified:
    """What the content of a file is worth as an edition. Raises FaultsError where it is no archive at all."""
    try:
        files, problems = unpacked(content)
    except tarfile.ReadError:
        expected = "an edition, as authorities freeze makes it"
        raise FaultsError([Fault(Place(name, None, ""), "no edition", expected)]) from None
    raw, sealed = files.pop(MANIFEST, None), files.pop(SIGNATURE, None)
    manifest, signature = None, None
    try:
        manifest = read_manifest(raw) if raw is not None else None
        if raw is None:
            problems.append(f"{MANIFEST}: missing")
    except ValueError as error:
        problems.append(f"{MANIFEST}: {error if str(error).startswith('of ') else 'not JSON of a manifest'}")
    try:
        signature = read_signature(sealed) if sealed is not None else None
    except ValueError:
        problems.append(f"{SIGNATURE}: not a signature")
    if manifest is not None:
        problems += _against(manifest, hashes(files))
    return Verified(manifest, files, signature, tuple(problems))


def _against(manifest: Manifest, found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*manifest.files, *found}):
        if name not in found:
            yield f"{name}: missing"
        elif name not in manifest.files:
            yield f"{name}: not in the manifest"
        elif found[name] != manifest.files[name]:
            yield f"{name}: changed"
    if digest_of(manifest.files) != manifest.digest:
        yield f"{MANIFEST}: its digest is not that of its files"


def whole(content: bytes, path: Path) -> tuple[Manifest, Mapping[str, bytes]]:
    """The manifest and files of an edition that is as it was frozen. Raises FaultsError, one sentence, for any other."""
    found = verified(content, str(path))
    if found.manifest is None or found.problems:
        more = f" (and {len(found.problems) - 1} more)" if len(found.problems) > 1 else ""
        expected = f"an edition as it was frozen (see: authorities verify {path})"
        raise FaultsError([Fault(Place(str(path), None, ""), f"{found.problems[0]}{more}", expected)])
    return found.manifest, found.files
