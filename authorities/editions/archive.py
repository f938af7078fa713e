"""The file of an edition: a plain tar archive that the same content always makes the same, byte for byte.

Names are sorted (the manifest first), times, owners and modes are fixed, and nothing is compressed, since compressors
differ. So a file that is not exactly what :func:`packed` makes of its content was changed.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from rules.faults import Fault, FaultsError, Place

MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
ROOMS = ("library", "reference")
"""The folders of an edition."""
MOST_BYTES = 256 * 2**20
"""The largest file that is read as an edition."""
MOST_FILES = 20_000
_UNREADABLE = (tarfile.TarError, ValueError, OverflowError, LookupError, EOFError)
"""What tarfile raises for headers that are none."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive of some files by name. Raises FaultsError for a name that such an archive cannot hold."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8", errors="strict") as tar:
        for name in sorted(files, key=lambda one: (one not in (MANIFEST, SIGNATURE), one)):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(files[name]), 0o644
            try:
                tar.addfile(member, io.BytesIO(files[name]))
            except ValueError:
                raise FaultsError([Fault(Place(name, None, ""), "a long file name", "at most 100 letters")]) from None
    return out.getvalue()


def unpacked(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files of an archive, and what makes it none that :func:`packed` made: each a phrase that names its place.

    A member that is no plain file inside the archive's folders is named and left out. Raises tarfile.ReadError where the
    content is no archive at all.
    """
    files: dict[str, bytes] = {}
    problems: list[str] = []
    with _opened(content) as tar:
        try:
            for member in tar:
                problem = _problem(member, files, len(content))
                if problem:
                    problems.append(problem)
                else:
                    files[member.name] = content[member.offset_data : member.offset_data + member.size]
                if len(files) + len(problems) > MOST_FILES:
                    problems.append(f"more than {MOST_FILES} files")
                    break
        except _UNREADABLE:
            problems.append("a header that cannot be read")
    if not problems and packed(files) != content:
        problems.append("bytes that freeze does not write")
    return files, problems


def _opened(content: bytes) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=io.BytesIO(content), mode="r:", encoding="utf-8")
    except _UNREADABLE as error:
        raise tarfile.ReadError(str(error)) from None


def _problem(member: tarfile.TarInfo, files: Mapping[str, bytes], length: int) -> str:
    """Why a member is none of an edition's; empty: it is one."""
    name = member.name
    if member.type != tarfile.REGTYPE or member.pax_headers or member.sparse is not None:
        return f"{name}: not a plain file"
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and ".." not in parts and "\\" not in name and ":" not in name
    if name not in (MANIFEST, SIGNATURE) and not (plain and len(parts) > 1 and parts[0] in ROOMS):
        return f"{name}: outside the folders {' and '.join(ROOMS)}"
    if name in files:
        return f"{name}: twice"
    if member.offset_data + member.size > length:
        return f"{name}: cut short"
    return ""
