"""Files of sign-offs, one for each law file: `reviews/<id of the law file>.yaml` in a library folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rules.faults import Fault, FaultsError, Place
from rules.reading import Document, read_yaml
from rules.schema import validate

FOLDER = "reviews"
_HEAD = """language: 1
# What counsel has read and signed, as `authorities review sign` writes it. A hash that no longer agrees makes a sign-off
# stale; `authorities review` lists them.
"""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One provision, read and signed on a day, and the hashes of what was signed.

    `leans_on`: name -> hash of what the provision rests on by name.  `paragraph`: a hash, or `none`.
    """

    provision: str
    by: str
    office: str
    date: date
    hash: str
    leans_on: Mapping[str, str]
    paragraph: str
    note: str = ""
    place: Place = field(default=Place("", None, ""), compare=False)


def names(folder: Path) -> list[str]:
    """The names of the files of sign-offs in a library folder, in order."""
    home = folder / FOLDER
    return sorted(path.name for path in home.iterdir() if path.suffix == ".yaml") if home.is_dir() else []


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of sign-offs of a library folder, by their paths inside it."""
    return {f"{FOLDER}/{name}": (folder / FOLDER / name).read_bytes() for name in names(folder)}


def sign_offs(contents: Mapping[str, bytes]) -> dict[str, dict[str, SignOff]]:
    """Law file -> provision -> its sign-off.  Raises FaultsError with every fault of every file of sign-offs."""
    faults: list[Fault] = []
    found: dict[str, dict[str, SignOff]] = {}
    for path, content in contents.items():
        try:
            doc = read_yaml(content, path)
        except FaultsError as error:
            faults.extend(error.faults)
            continue
        wrong = validate(doc, "reviews") or tuple(_amiss(doc))
        faults.extend(wrong)
        if not wrong:
            found[doc.data["file"]] = {raw["provision"]: _read(raw, doc, i) for i, raw in _each(doc)}
    if faults:
        raise FaultsError(faults)
    return found


def _each(doc: Document) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from enumerate(doc.data["sign_offs"])


def _amiss(doc: Document) -> Iterator[Fault]:
    name = Path(doc.file).stem
    if doc.data["file"] != name:
        yield Fault(doc.place(("file",)), f"'{doc.data['file']}'", f"{name}, the name of this file")
    first: dict[str, int] = {}
    for i, raw in _each(doc):
        before = first.setdefault(raw["provision"], i)
        if before != i:
            line = doc.place(("sign_offs", before)).line
            yield Fault(
                doc.place(("sign_offs", i, "provision")),
                f"a second sign-off of '{raw['provision']}'",
                f"one, as on line {line}: the newest",
                "",
                "duplicate-id",
            )


def _read(raw: Mapping[str, Any], doc: Document, i: int) -> SignOff:
    given = {key: raw[key] for key in ("provision", "by", "office", "date", "hash", "leans_on", "paragraph")}
    return SignOff(**given, note=raw.get("note", ""), place=doc.place(("sign_offs", i)))


def written(file: str, some: Iterable[SignOff]) -> str:
    """The text of a file of sign-offs.  Raises FaultsError where a sign-off does not fit its schema."""
    text, every = _HEAD + f"file: {file}\nsign_offs:\n", list(some)
    for one in every:
        data = {
            "provision": one.provision,
            "by": one.by,
            "office": one.office,
            "date": one.date,
            "hash": one.hash,
            "leans_on": dict(one.leans_on),
            "paragraph": one.paragraph,
            **({"note": one.note} if one.note else {}),
        }
        lines = yaml.safe_dump(data, sort_keys=False, width=130, allow_unicode=True).splitlines()
        text += "".join(f"  {'- ' if i == 0 else '  '}{line}\n" for i, line in enumerate(lines))
    path = f"{FOLDER}/{file}.yaml"
    if list(sign_offs({path: text.encode("utf-8")})[file].values()) != every:
        raise FaultsError([Fault(Place(path, None, ""), "words that YAML does not keep", "words on one line")])
    return text


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files of sign-offs, by law file: each beside its place first, so that a failure leaves all as they were.

    Raises FaultsError where the folder cannot be written."""
    home = folder / FOLDER
    try:
        home.mkdir(exist_ok=True)
        made = {home / f"{id_}.yaml": home / f"{id_}.yaml.new" for id_ in texts}
        for new, text in zip(made.values(), texts.values(), strict=True):
            new.write_text(text, encoding="utf-8", newline="\n")
        for path, new in made.items():
            new.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsError([Fault(Place(str(home), None, ""), reason, "a folder that can be written")]) from None
