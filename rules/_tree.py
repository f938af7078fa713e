"""Grows a document from a stream of parts (begin mapping, begin list, scalar, end), remembering each line.

Both readers feed it: YAML events and JSON tokens. It never recurses, so nesting costs no stack; it keeps
going after a fault so that all faults of a file are found in one reading.
"""

from dataclasses import dataclass
from typing import Any

from rules._source import MOST_FAULTS
from rules.faults import Fault, FaultsError, KeyPath, Place, clip, key_of, show

DEPTH_LIMIT = 40
"""Deepest nesting of mappings and lists."""

VALUES_LIMIT = 250_000
"""Most keys, list entries and collections of a file: a small file must not fill the memory."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list still open. `key` is the key whose value comes next (None: a key comes next)."""

    value: dict[str, Any] | list[Any]
    path: KeyPath
    flow: bool
    key: str | None = None
    line: int = 0  # of that key
    keep: bool = True  # false while the value belongs to a key that was refused
    is_key: bool = False  # this whole collection stands where a key should


class Tree:
    """The document so far. Line numbers count from 1."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.lines: dict[KeyPath, int] = {}
        self.faults: list[Fault] = []
        self._open: list[_Frame] = []

    def wants_key(self) -> bool:
        """Whether the next part is a key of the open mapping."""
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def in_flow(self) -> bool:
        """Whether the open collection is written with brackets."""
        return bool(self._open) and self._open[-1].flow

    def line_of_key(self, line: int) -> int:
        """The line of the key whose value comes next; `line` where none is open."""
        return self._open[-1].line if self._open and self._open[-1].key is not None else line

    def path(self) -> KeyPath:
        """Where the next value goes; while a key is awaited, the mapping itself."""
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            return (*top.path, len(top.value))
        return top.path if top.key is None else (*top.path, top.key)

    def begin(self, value: dict[str, Any] | list[Any], line: int, *, flow: bool) -> None:
        """Open a mapping or a list. Raises FaultsError when nested too deep."""
        is_key = self.wants_key()
        if is_key:
            self.fault(line, show_kind(value) + " as a key", "text", kind="key")
        path = self.path()
        if not is_key:
            self._note(path, line)
        if len(self._open) == DEPTH_LIMIT:
            self.fault(line, f"nesting over {DEPTH_LIMIT} levels", "a flatter file", kind="nesting")
            raise FaultsError(self.faults)
        self._open.append(_Frame(value, path, flow, is_key=is_key))

    def end(self) -> None:
        """Close the collection opened last."""
        frame = self._open.pop()
        if frame.is_key:
            self._set_key("", self._open[-1].line, keep=False)
        else:
            self._put(frame.value)

    def scalar(self, value: object, line: int) -> None:
        """Add a value that is not a collection."""
        self._note(self.path(), line)
        self._put(value)

    def key(self, key: str, line: int) -> None:
        """Add a key that is text. An empty or repeated one is a fault and its value is dropped."""
        top = self._open[-1]
        path = (*top.path, key)
        if not key.strip():
            self.fault(line, "an empty key", "a key", kind="empty-key")
            self._set_key(key, line, keep=False)
        elif isinstance(top.value, dict) and key in top.value:
            first = self.lines.get(path)
            self.fault(
                line,
                f"the key '{clip(key)}' a second time",
                f"it once (first on line {first})",
                "",
                "duplicate-key",
                path,
            )
            self._set_key(key, line, keep=False)
        else:
            self._note(path, line)
            self._set_key(key, line, keep=True)

    def refused_key(self, value: object, line: int) -> None:
        """Add a key that is not text."""
        word = show(value)
        quoted = f'"{value}"' if not isinstance(value, bool) else f'"{word}"'
        self.fault(line, f"{word} as a key", "text (in quotes if it looks like something else)", quoted, "key")
        self._set_key(str(value), line, keep=False)

    def fault(
        self,
        line: int | None,
        found: str,
        expected: str,
        suggestion: str = "",
        kind: str = "",
        path: KeyPath | None = None,
    ) -> None:
        """Note a fault at `path` (default: of the next value). Raises FaultsError at the last allowed."""
        key = key_of(self.path() if path is None else path)
        self.faults.append(Fault(Place(self.file, line, key), found, expected, suggestion, kind))
        if len(self.faults) >= MOST_FAULTS:
            raise FaultsError(self.faults)

    def _note(self, path: KeyPath, line: int) -> None:
        self.lines.setdefault(path, line)
        if len(self.lines) > VALUES_LIMIT:
            self.fault(line, f"more than {VALUES_LIMIT} values", "a smaller file", kind="too-large")
            raise FaultsError(self.faults)

    def _set_key(self, key: str, line: int, *, keep: bool) -> None:
        top = self._open[-1]
        top.key, top.line, top.keep = key, line, keep

    def _put(self, value: object) -> None:
        if not self._open:
            self.data = value
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            return
        assert top.key is not None
        if top.keep:
            top.value[top.key] = value
        top.key, top.keep = None, True


def show_kind(value: dict[str, Any] | list[Any]) -> str:
    """`a mapping` or `a list`, before it is filled."""
    return "a mapping" if isinstance(value, dict) else "a list"
