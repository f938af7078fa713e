"""Strict reading of YAML 1.2 and JSON: the text of a file in, plain data with line numbers out.

`read_yaml` and `read_json` do no I/O. Mappings come back as `dict` in the order written, lists as `list`,
scalars as `str`, `bool`, `int`, `Decimal` (`1.5`) or `date` (`2026-03-15`); nothing is ever None or a float.
Anything two readers could understand differently is a fault, and every fault of a file is reported at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from rules._frozen import dataclass
from rules._json import read_tokens
from rules._scalars import Refusal, resolve
from rules._source import hidden_in, named, text_of
from rules._syntax import advice
from rules._tree import Tree
from rules.faults import FaultsError, KeyPath, Place, clip, key_of

__all__ = ["Document", "read_json", "read_yaml"]

# Where PyYAML was built without libyaml its own parser serves; it takes `?` inside {...} for a mark, so that
# text with a question mark needs quotes there: a fault says so, nothing is read otherwise.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A file that was read: its data (not to be changed) and the line of each value, by path.

    The line of a mapping's entry is that of its key; the path of the whole document is `()`.
    """

    data: Any
    lines: Mapping[KeyPath, int]
    file: str = ""

    def place(self, path: KeyPath) -> Place:
        """Where a path is; where it has no line (a missing key), that of the nearest value around it."""
        line = None
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                break
        return Place(self.file, line, key_of(path))


def read_yaml(text: str | bytes, file: str) -> Document:
    """The one YAML document in `text`; `file` is the name messages give it. Raises FaultsError."""
    tree = Tree(file)
    events = yaml.parse(text_of(text, file, tabs=False), Loader=_Loader)
    try:
        for event in _body(events, tree):
            _add(event, tree)
    except yaml.MarkedYAMLError as error:
        line, found, expected = advice(error)
        tree.fault(line, found, expected, kind="syntax")
    except yaml.YAMLError as error:
        tree.fault(None, f"text that is not YAML ({error})", "YAML", kind="syntax")
    return _document(tree)


def read_json(text: str | bytes, file: str) -> Document:
    """The JSON value in `text`, as strictly as YAML. A string written `YYYY-MM-DD` is a date, since JSON has
    no other way to write one. Raises FaultsError."""
    tree = Tree(file)
    read_tokens(text_of(text, file, tabs=True), tree)
    return _document(tree)


def _document(tree: Tree) -> Document:
    if tree.faults:
        raise FaultsError(tree.faults)
    return Document(tree.data, tree.lines, tree.file)


def _body(events: Iterator[Any], tree: Tree) -> Iterator[Any]:
    """The events inside the first document; faults for directives and for anything but one document."""
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                tree.fault(_line(event), "a second document", "one document in a file", kind="documents")
                return
            if event.version or event.tags:
                tree.fault(_line(event), "a % directive", "none", kind="directive")
        elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
            yield event
    if not documents:
        tree.fault(1, "an empty file", "keys and values", kind="empty-file")


def _add(event: Any, tree: Tree) -> None:
    """Give one event to the tree."""
    if isinstance(event, yaml.CollectionEndEvent):
        tree.end()
        return
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        tree.fault(line, f"the alias *{clip(str(event.anchor), 40)}", "the value itself", kind="alias")
        _stand_in(tree, line)
        return
    if event.anchor is not None:
        tree.fault(line, f"the anchor &{clip(str(event.anchor), 40)}", "no anchors", kind="anchor")
    if event.tag is not None:
        tree.fault(
            line,
            "the tag " + clip(str(event.tag).replace("tag:yaml.org,2002:", "!!"), 40),
            "no tags",
            kind="tag",
        )
    if isinstance(event, yaml.ScalarEvent):
        _scalar(event, line, tree)
    else:
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        tree.begin(value, line, flow=bool(event.flow_style))


def _scalar(event: Any, line: int, tree: Tree) -> None:
    word: str = event.value
    plain = event.style is None or event.style == ""
    unseen = hidden_in(word)
    if unseen:
        tree.fault(line, f"{named(unseen)} in a text", "text that can be seen", kind="control-character")
    value = resolve(word) if plain else word
    if tree.wants_key():
        _key(word, value, line, tree, plain=plain)
    elif isinstance(value, Refusal):
        expected, at = value.expected, line
        if value.kind == "no-value":
            at = tree.line_of_key(line)
            if tree.in_flow():
                expected = "a value (text that holds a comma needs quotes inside {...} and [...])"
        tree.fault(at, value.found, expected, value.suggestion, value.kind)
        tree.scalar(word, line)
    else:
        tree.scalar(value, line)


def _key(word: str, value: object, line: int, tree: Tree, *, plain: bool) -> None:
    if plain and word == "<<":
        tree.fault(line, "the merge key <<", "the keys themselves", kind="merge")
        tree.key(word, line)
    elif not word or isinstance(value, str):
        tree.key(word, line)
    else:
        tree.refused_key(word if isinstance(value, Refusal) else value, line)


def _stand_in(tree: Tree, line: int) -> None:
    """A value (or key) in place of an alias, so that reading can go on."""
    if tree.wants_key():
        tree.key("*", line)
    else:
        tree.scalar("*", line)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
