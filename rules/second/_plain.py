"""Plain data as YAML gives it."""

from collections.abc import Mapping
from typing import Any

Doc = Mapping[str, Any]
SEVERAL = (list, tuple, set, frozenset)


def listed(value: Any) -> list[Any]:
    """A value as a list: itself, or the only member; nothing is the empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, SEVERAL) else [value]


def words(test: Any) -> str:
    """A test as it is written."""
    if isinstance(test, dict):
        return "{" + ", ".join(f"{key}: {words(value)}" for key, value in test.items()) + "}"
    if isinstance(test, SEVERAL):
        return "[" + ", ".join(words(value) for value in test) + "]"
    return str(test).lower() if isinstance(test, bool) else str(test)


def name_of(entry: Doc, doc: Doc) -> str:
    """`file.provision`."""
    return f"{doc.get('id')}.{entry['id']}"
