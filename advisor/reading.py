"""Where a proposal comes from: a file, standard input, or facts on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authorities.documents import document_of, read_content
from rules.faults import Fault, FaultsError, Place
from rules.proposals import from_mapping
from rules.reading import Document, read_yaml

_EXACT = "surrogateescape"
"""How bytes that are no text are kept, for the reader to say so."""


def read_proposal(path: str | None, sets: tuple[str, ...]) -> Document:
    """The proposal at ``path`` (``-``: standard input) with each ``fact=value`` of ``sets`` over it."""
    return proposal_of(proposal_text(path), path, sets)


def proposal_text(path: str | None) -> str | None:
    """The words of the file at ``path``, so that encoded anew they are its bytes; None without one. Raises FaultsError."""
    return None if path is None else read_content(path).decode("utf-8", _EXACT)


def proposal_of(text: str | None, path: str | None, sets: tuple[str, ...]) -> Document:
    """The proposal of some words (see :func:`proposal_text`), read as the file of this name, with ``sets`` over it."""
    if text is None and not sets:
        raise FaultsError([Fault(Place("advisor ask", None, ""), "no proposal", "a file, -, or --set fact=value")])
    if text is None or path is None:
        document = from_mapping({}, "--set")
    else:
        document = document_of(text.encode("utf-8", _EXACT), path)
    return with_sets(document, sets) if sets else document


def with_sets(document: Document, sets: tuple[str, ...]) -> Document:
    """The document with facts stated on the command line; ``acts.ID=done`` states an act."""
    data: dict[str, Any] = dict(document.data) if isinstance(document.data, Mapping) else {}
    for one in sets:
        key, sign, text = one.partition("=")
        if not sign or not key or not text.strip():
            raise FaultsError([Fault(Place("--set", None, ""), f"'{one}'", "fact=value")])
        value = read_yaml(f"value: {text}\n", f"--set {key}").data["value"]
        if key.startswith("acts."):
            data["acts"] = {**data.get("acts", {}), key.removeprefix("acts."): value}
        else:
            data[key] = value
    return Document(data, document.lines, document.file or "--set")


def starter() -> str:
    """A starter proposal: answerable as it stands, with the next facts to say in comments."""
    from importlib.resources import files

    return files("advisor").joinpath("examples/starter.yaml").read_text(encoding="utf-8")
