"""JSON as tokens with line numbers, given to the same tree as YAML. Never recurses."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from rules._scalars import Refusal, day, is_day, resolve
from rules._source import hidden_in, named
from rules._tree import Tree
from rules.faults import clip

_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<mark>[][{},:])|(?P<text>"(?:[^"\\\n\r\t]|\\.)*")|(?P<word>[^][{},:"\s]+)'
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Token(NamedTuple):
    kind: str  # mark, text, word, broken, end
    text: str
    line: int


class _BrokenError(Exception):
    """Syntax that cannot be read past."""

    def __init__(self, token: _Token, expected: str) -> None:
        super().__init__(expected)
        self.token = token
        self.expected = expected


def read_tokens(text: str, tree: Tree) -> None:
    """Read a JSON value into the tree. Syntax that cannot be read past is one fault and ends the reading."""
    tokens = _tokens(text)
    try:
        first = next(tokens)
        if first.kind == "end":
            tree.fault(1, "an empty file", "a JSON value", kind="empty-file")
            return
        _read(first, tokens, tree)
    except _BrokenError as broken:
        token = broken.token
        found, expected = f"'{clip(token.text, 40)}'", broken.expected
        if token.kind == "end":
            found = "the end of the file"
        elif token.kind == "broken":
            found, expected = "a text that does not end on its line", "the closing quote"
        tree.fault(token.line, found, expected, kind="syntax")


def _tokens(text: str) -> Iterator[_Token]:
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            yield _Token("broken", text[at : at + 20], line)
            return
        piece = match.group()
        if match.lastgroup == "space":
            line += piece.count("\n")
        else:
            yield _Token(str(match.lastgroup), piece, line)
        at = match.end()
    yield _Token("end", "", line)


def _read(token: _Token, tokens: Iterator[_Token], tree: Tree) -> None:
    """A little machine: `closers` are the brackets still open; after a value comes ',' or the closer."""
    closers: list[str] = []
    while True:
        opened = _value(token, tree)
        token = next(tokens)
        if opened:
            closers.append(opened)
            if token.text != opened or token.kind != "mark":
                token = _next_entry(token, tokens, tree)
                continue
        while closers and token.kind == "mark" and token.text == closers[-1]:
            closers.pop()
            tree.end()
            token = next(tokens)
        if not closers:
            if token.kind != "end":
                raise _BrokenError(token, "the end of the file")
            return
        if token.kind != "mark" or token.text != ",":
            raise _BrokenError(token, f"',' or '{closers[-1]}'")
        token = _next_entry(next(tokens), tokens, tree)


def _next_entry(token: _Token, tokens: Iterator[_Token], tree: Tree) -> _Token:
    """The first token of the next value; in a mapping, after reading its key and the colon."""
    if not tree.wants_key():
        return token
    if token.kind != "text":
        raise _BrokenError(token, "a key in double quotes")
    tree.key(_text(token, tree), token.line)
    colon = next(tokens)
    if colon.text != ":" or colon.kind != "mark":
        raise _BrokenError(colon, "':'")
    return next(tokens)


def _value(token: _Token, tree: Tree) -> str:
    """Give a value to the tree; for `{` and `[` the bracket that will close it, else empty."""
    if token.kind == "mark" and token.text in "{[":
        opened: dict[str, Any] | list[Any] = {} if token.text == "{" else []
        tree.begin(opened, token.line, flow=True)
        return "}" if token.text == "{" else "]"
    if token.kind == "text":
        word = _text(token, tree)
        value: object = day(word) if is_day(word) else word
    elif token.kind == "word":
        value = _bare(token)
    else:
        raise _BrokenError(token, "a value")
    if isinstance(value, Refusal):
        tree.fault(token.line, value.found, value.expected, value.suggestion, value.kind)
        value = token.text
    tree.scalar(value, token.line)
    return ""


def _bare(token: _Token) -> object:
    """A number, true or false; JSON has no other word without quotes."""
    if token.text in ("NaN", "Infinity", "-Infinity"):
        return Refusal(f"a value that is not a number, {token.text}", "plain digits such as 900000")
    value = resolve(token.text)
    if isinstance(value, Refusal | bool) or (not isinstance(value, str) and not is_day(token.text)):
        return value
    raise _BrokenError(token, "a value (text in double quotes)")


def _text(token: _Token, tree: Tree) -> str:
    try:
        text: str = json.loads(token.text)
    except ValueError:
        raise _BrokenError(token, "a text with JSON's escapes") from None
    unseen = hidden_in(text)
    if unseen:
        tree.fault(token.line, f"{named(unseen)} in a text", "text that can be seen", kind="control-character")
    return text
