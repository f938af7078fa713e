"""What a command said before the quiet line that closes every output."""

from __future__ import annotations

from authorities.notice import ADVICE


def before_the_line(said: str) -> str:
    """The text without its last line, which must be that line."""
    *lines, last = said.splitlines(keepends=True)
    assert last.startswith(ADVICE), last
    return "".join(lines)
