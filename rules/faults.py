"""What is wrong with an input: where, what was found, what was expected, and the nearest valid choice.

A `Fault` is a record, not an exception, so that every fault of a file can be collected and reported at
once; `FaultsError` carries the collection to whoever prints it. Every text that comes from an input is
clipped and its control characters are escaped before it is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

KeyPath = tuple[str | int, ...]
"""The way from the top of a document to a value: mapping keys (text) and list positions (from 0)."""

CLIP = 60
"""Longest piece of an input, in characters, that a message repeats."""

_FOUND_LIMIT = CLIP + 20  # a clipped value and the words around it


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: its name, the line (from 1; None: unknown) and the key (`grants[0].when.purpose`)."""

    file: str
    line: int | None
    key: str

    def render(self) -> str:
        """`file:line: key`, leaving out what is not known."""
        spot = escape(self.file) if self.line is None else f"{escape(self.file)}:{self.line}"
        return f"{spot}: {clip(self.key, 2 * CLIP)}" if self.key else spot


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    `found` and `expected` are short phrases; `suggestion` is what the writer probably meant, as it would be
    written; `kind` is a stable word for programs (`duplicate-key`, `unknown-key`), never shown.
    """

    place: Place
    found: str
    expected: str
    suggestion: str = ""
    kind: str = ""

    def render(self) -> str:
        """One sentence on one line: `file:line: key: found X; expected Y; did you mean Z?`."""
        words = f"{self.place.render()}: found {clip(self.found, _FOUND_LIMIT)}; expected {escape(self.expected)}"
        return f"{words}; did you mean {clip(self.suggestion)}?" if self.suggestion else words


class FaultsError(Exception):
    """An input that cannot be used; `faults` says all that is wrong with it, `str()` is one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(fault.render() for fault in self.faults)


def escape(text: str) -> str:
    """The text with every character that is not printable written as an escape (`\\n`, `\\u202e`)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def clip(text: str, limit: int = CLIP) -> str:
    """The text escaped and, if longer than `limit` characters, cut short with `...`."""
    shown = escape(text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def show(value: object) -> str:
    """A value as a message names it: `the text 'x'`, `the whole number 5`, `a list of 3`, `a mapping`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text '{clip(value)}'" if value else "an empty text"
    if isinstance(value, int):
        return f"the whole number {clip(str(value))}"
    if isinstance(value, Decimal):
        return f"the number {clip(str(value))}"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}" if value else "an empty list"
    return "no value" if value is None else f"a {type(value).__name__}"


def key_of(path: KeyPath) -> str:
    """A path as a key: `("grants", 0, "when")` is `grants[0].when`; the top of a document is empty."""
    key = ""
    for step in path:
        if isinstance(step, int):
            key += f"[{step}]"
        else:
            key += f".{step}" if key else step
    return key


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like `word`, for "did you mean"; empty if none is near. Letter case does not matter,
    nor which of hyphen, underscore and space joins the words."""
    from difflib import get_close_matches  # only a faulty input pays for it

    plain: dict[str, str] = {}
    for choice in sorted(choices):
        plain.setdefault(_joined(choice), choice)
    near = get_close_matches(_joined(word[: 2 * CLIP]), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else ""


def _joined(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")
