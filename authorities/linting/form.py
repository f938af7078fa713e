"""How the files are written: what another YAML reader would refuse, white space, file names, words left unfinished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules.faults import Place, clip

QUESTION_MARK = Kind(
    "unquoted-question-mark",
    "warning",
    "Text with a question mark stands unquoted inside {...} or [...]: YAML readers without libyaml refuse it.",
    "put the text in double quotes",
)
SPACE = Kind("trailing-space", "style", "White space at the end of a line.", "delete it")
LAST_LINE = Kind(
    "last-line", "style", "A file whose last line does not end, or that ends in empty lines.", "end it once"
)
FILE_NAME = Kind("file-name", "style", "A law file whose name is not its id.", "name the file after its id")
UNFINISHED = Kind(
    "unfinished",
    "warning",
    "Words that say the work is not done (TODO, TBD, FIXME, XXX).",
    "finish it, or open an issue",
)
KINDS = (QUESTION_MARK, SPACE, LAST_LINE, FILE_NAME, UNFINISHED)

_LATER = re.compile(r"\b(TODO|TBD|FIXME|XXX)\b")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check(view: View) -> Iterator[Issue]:
    """Every YAML file, line by line; and the names of law files."""
    for name, content in view.contents.items():
        if name.endswith(".yaml"):
            yield from _lines(name, content.decode("utf-8"))
    for file in view.files:
        if not file.path.endswith(f"/{file.id}.yaml"):
            place = view.at(file, "id", ("id",))
            yield FILE_NAME.at(place, f"the file of '{file.id}' has another name", f"call it {file.id}.yaml")


def _lines(name: str, text: str) -> Iterator[Issue]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line != line.rstrip():
            yield SPACE.at(Place(name, number, ""), "white space at the end of the line")
        found = _LATER.search(line)
        if found:
            yield UNFINISHED.at(Place(name, number, ""), f"the word {found[0]}")
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield LAST_LINE.at(Place(name, text.count("\n"), ""), "the last line does not end once")
    if "?" in text:
        yield from _marks(name, text)


def _marks(name: str, text: str) -> Iterator[Issue]:
    depth = 0
    flow: list[bool] = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            flow.append(bool(event.flow_style))
            depth += flow[-1]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= flow.pop()
        elif isinstance(event, yaml.ScalarEvent) and depth and not event.style and "?" in event.value:
            mark = event.start_mark
            line = None if mark is None else mark.line + 1
            yield QUESTION_MARK.at(Place(name, line, ""), f"unquoted: {clip(event.value)}")
