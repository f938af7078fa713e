"""Where a document comes from: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from rules.faults import Fault, FaultsError, Place
from rules.reading import Document, read_json, read_yaml


def read_document(path: str) -> Document:
    """A YAML or JSON document from a file or (``-``) standard input. Raises FaultsError."""
    return document_of(read_content(path), path)


def read_content(path: str) -> bytes:
    """The content of a file or (``-``) standard input. Raises FaultsError."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise FaultsError([Fault(Place(path, None, ""), error.strerror or "no such file", "a file to read")]) from None


def document_of(content: bytes, path: str) -> Document:
    """The document that some content is, read as that of a file of this name. Raises FaultsError."""
    name = "standard input" if path == "-" else path
    is_json = path.endswith(".json") or (path == "-" and content.lstrip()[:1] == b"{")
    return read_json(content, name) if is_json else read_yaml(content, name)
