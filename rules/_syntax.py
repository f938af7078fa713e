"""What libyaml and PyYAML say of broken syntax, said to the writer of the file."""

from typing import NamedTuple

from yaml import MarkedYAMLError


class _Advice(NamedTuple):
    sign: str  # what the library's message contains
    found: str
    expected: str


_QUOTES = "quotes around text that holds a comma, a colon or a bracket, or the missing"
_ADVICE = (
    _Advice(
        "mapping values are not allowed",
        "a ': ' inside a text",
        "that text in quotes, or a key on its own line",
    ),
    _Advice("could not find expected ':'", "a line that is neither a key nor part of a text", "a key and ': '"),
    _Advice("unexpected end of stream", "the end of the file inside a quoted text", "the closing quote"),
    _Advice("document separator", "a document separator inside a quoted text", "the closing quote"),
    _Advice("unknown escape", "an unknown escape in a quoted text", "a known escape, or single quotes"),
    _Advice("escape sequence", "a broken escape in a quoted text", "a known escape, or single quotes"),
    _Advice("Unicode character escape", "an escape that is no character", "a known escape"),
    _Advice("alphabetic or numeric", "a text that begins with & or *", "that text in quotes"),
    _Advice("node content", "a mark where a value belongs", "a value, or text in quotes"),
    _Advice("directive", "a line that begins with %", "keys and values; text that begins with % in quotes"),
    _Advice("',' or '}'", "a broken {...}", f"{_QUOTES} ',' or '}}'"),
    _Advice("',' or ']'", "a broken [...]", f"{_QUOTES} ',' or ']'"),
    _Advice(
        "cannot start any token",
        "a character that cannot begin a value",
        "text that begins with @, ` or % in quotes",
    ),
    _Advice("block entries are not allowed", "a '-' that begins no list here", "the list on lines of its own"),
    _Advice("block sequence entries", "a '-' that begins no list here", "the list on lines of its own"),
    _Advice(
        "expected '-' indicator",
        "a line that does not fit the list around it",
        "the same indent for every '-' of a list",
    ),
    _Advice(
        "expected key",
        "a line that does not fit the keys around it",
        "a key, with the same indent as the others",
    ),
    _Advice(
        "<block end>",
        "a line that does not fit those around it",
        "the same indent for lines that belong together",
    ),
    _Advice("<document start>", "text after the end of the document", "one document"),
)


def advice(error: MarkedYAMLError) -> tuple[int | None, str, str]:
    """The line (from 1, None: unknown) of a syntax error, what was found and what was expected."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    said = f"{error.context or ''} {error.problem or ''}"
    for sign, found, expected in _ADVICE:
        if sign in said:
            return line, found, expected
    return line, f"broken YAML ({error.problem or error.context})", "YAML"
