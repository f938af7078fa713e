"""Where a document comes from: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from rules.faults import Fault, FaultsError, Place
from rules.reading import Document, read_json, read_yaml


def read_document(path: str) -> Document:
    """A YAML or JSON document from a file or (``-``) standard input. Raises FaultsError."""
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise FaultsError([Fault(Place(path, None, ""), error.strerror or "no such file", "a file to read")]) from None
    name = "standard input" if path == "-" else path
    is_json = path.endswith(".json") or (path == "-" and content.lstrip()[:1] == b"{")
    return read_json(content, name) if is_json else read_yaml(content, name)
