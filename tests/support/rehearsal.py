"""What ``docs/annual-update.md`` shows, as data: the edits, the proposal, the cases, and the commands with their output."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

DOCUMENT = Path(__file__).parents[2] / "docs" / "annual-update.md"
_BLOCK = re.compile(r"```(diff|yaml|console)\n(.*?)```", flags=re.DOTALL)


class Edit(NamedTuple):
    """Lines of one file of a library, as they were and as they are to be."""

    file: str
    old: str
    new: str


class Text(NamedTuple):
    """YAML shown: a proposal, or cases."""

    text: str


class Shown(NamedTuple):
    """A command, the exit code it must have, and the lines shown of what it prints."""

    command: str
    code: int
    lines: tuple[str, ...]

    def holds(self, printed: str) -> bool:
        """Whether this is what was printed: a line ``...`` stands for any lines, one within a line for any words.

        Where nothing is shown, nothing is held.
        """
        parts = [
            r"(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + r"\n"
            for line in self.lines or ("...",)
        ]
        return re.fullmatch("".join(parts), "".join(f"{line.rstrip()}\n" for line in printed.splitlines())) is not None


def steps() -> Iterator[Edit | Text | Shown]:
    """All that the document shows, in its order."""
    for kind, block in _BLOCK.findall(DOCUMENT.read_text("utf-8")):
        if kind == "yaml":
            yield Text(block)
        else:
            yield from _edits(block) if kind == "diff" else _commands(block)


def apply(folder: Path, edit: Edit) -> None:
    """Make an edit; its old lines must stand in the file, whole, and only once."""
    path = folder / edit.file
    text = f"\n{path.read_text('utf-8')}"
    assert text.count(f"\n{edit.old}") == 1, f"{edit.file}: {text.count(edit.old)} times:\n{edit.old}"
    path.write_text(text.replace(f"\n{edit.old}", f"\n{edit.new}").removeprefix("\n"), "utf-8")


def undone(edits: Sequence[Edit]) -> list[Edit]:
    """The edits the other way round, the last first."""
    return [Edit(edit.file, edit.new, edit.old) for edit in reversed(edits)]


def _edits(block: str) -> Iterator[Edit]:
    """A line ``--- FILE``, then pieces between lines ``@@``."""
    head, _, rest = block.partition("\n")
    for piece in re.split(r"(?m)^@@\n", rest):
        old, new = ("".join(f"{line[1:]}\n" for line in piece.splitlines() if line[0] in some) for some in (" -", " +"))
        yield Edit(head.removeprefix("--- "), old, new)


def _commands(block: str) -> Iterator[Shown]:
    """``$ COMMAND  # exit N`` (0 if not said), then lines of what is printed."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        said, *lines = part.splitlines()
        command, _, code = said.partition("  # exit ")
        yield Shown(command, int(code or 0), tuple(lines))
