"""From the bytes of a file to text that is safe to parse: size, encoding and characters checked first."""

import re

from rules.faults import Fault, FaultsError, Place

SIZE_LIMIT = 2 * 1024 * 1024
"""Largest input read, in bytes of UTF-8."""

MOST_FAULTS = 100
"""Faults of one file that are reported; the rest wait until these are mended."""

# Everything a reader cannot see or that changes what is seen: C0 and C1 controls, lone carriage returns, the
# line breaks that only YAML 1.1 knows, marks that turn the direction of writing, stray byte order marks.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff"
)
_HIDDEN = re.compile(rf"[{_UNSEEN}]|\r(?!\n)")
_HIDDEN_OR_TAB = re.compile(rf"[{_UNSEEN}\t]|\r(?!\n)")
_HIDDEN_IN_VALUE = re.compile(rf"[{_UNSEEN}\t\r]")


def text_of(source: str | bytes, file: str, *, tabs: bool) -> str:
    """The text of an input. `tabs` says whether tabs are allowed (JSON) or not (YAML).

    Raises FaultsError: too large, a byte order mark, not UTF-8, or characters that cannot be seen.
    """
    text = _decoded(source, file) if isinstance(source, bytes) else source
    if len(text) > SIZE_LIMIT or (not text.isascii() and len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT):
        raise _too_large(file)
    if text.startswith("\ufeff"):
        raise _one(file, 1, "a byte order mark", "UTF-8 text without one", "encoding")
    faults = []
    pattern = _HIDDEN if tabs else _HIDDEN_OR_TAB
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        faults.append(_hidden(file, line, match.group()))
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        raise FaultsError(faults)
    return text


def hidden_in(value: str) -> str:
    """The first character of a value that cannot be seen (an escape brought it in: `"\\x07"`), or empty."""
    match = _HIDDEN_IN_VALUE.search(value)
    return match.group() if match else ""


def named(character: str) -> str:
    """A character as a message names it."""
    return "a tab" if character == "\t" else f"the control character U+{ord(character):04X}"


def _decoded(data: bytes, file: str) -> str:
    if len(data) > SIZE_LIMIT:
        raise _too_large(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(data) >= 2 and 0 in data[:2]):
        raise _one(file, 1, "UTF-16 or UTF-32 text", "UTF-8 text", "encoding")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02X}, which is not UTF-8 (Latin-1?)"
        raise _one(file, line, found, "UTF-8 text", "encoding") from None


def _hidden(file: str, line: int, character: str) -> Fault:
    expected = "spaces" if character == "\t" else "text that can be seen"
    kind = "tab" if character == "\t" else "control-character"
    return Fault(Place(file, line, ""), named(character), expected, kind=kind)


def _too_large(file: str) -> FaultsError:
    return _one(file, None, "a file that is too large", f"at most {SIZE_LIMIT} bytes", "too-large")


def _one(file: str, line: int | None, found: str, expected: str, kind: str) -> FaultsError:
    return FaultsError([Fault(Place(file, line, ""), found, expected, kind=kind)])
