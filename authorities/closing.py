"""Groups of commands whose every output ends with the quiet line of :mod:`authorities.notice`, put there in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rules.library import Library

RESULTS = (0, 1, 3)
"""Exit codes after which something was said; 2 is: could not run."""
_WORDS = "authority-advisor.words"
_SAID = "authority-advisor.said"


class Closing(click.Group):
    """A group whose commands end with the line (text: the last line; with ``--json``: two keys).

    ``without``: commands that say nothing of the law (they copy or write a form). ``pasted``: commands whose text is
    pasted into a file, where the line is a comment.
    """

    without: frozenset[str] = frozenset()
    pasted: frozenset[str] = frozenset()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words of the command line: they say what form the output has."""
        ctx.meta[_WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, then close what it said with the line."""
        words = ctx.meta.get(_WORDS, ())
        with _reading() as read:
            if "--json" in words:
                return self._as_json(ctx, read)
            try:
                result = super().invoke(ctx)
            except (SystemExit, click.exceptions.Exit) as end:
                if _code(end) in RESULTS:
                    self._close(ctx, words, read())
                raise
            self._close(ctx, words, read())
            return result

    def _as_json(self, ctx: click.Context, read: Any) -> Any:
        said = StringIO()
        try:
            with redirect_stdout(said):
                return super().invoke(ctx)
        finally:
            text = said.getvalue()
            click.echo(text if _SAID in ctx.meta else _stamped(text, read()), nl=False)

    def _close(self, ctx: click.Context, words: tuple[str, ...], library: Library | None) -> None:
        from authorities.notice import notice

        name = ctx.invoked_subcommand
        page = "--html" in words and "-" in words  # a page on standard output: it says so itself
        if name is None or name in self.without or page or "--help" in words or _SAID in ctx.meta:
            return
        click.echo(f"{'# ' if name in self.pasted else ''}{notice(library)}")


def said() -> None:
    """Tell the group that this command's output holds the line already."""
    click.get_current_context().meta[_SAID] = True


def _stamped(text: str, library: Library | None) -> str:
    from authorities.notice import with_keys

    try:
        data = json.loads(text)
    except ValueError:  # a fault came before it, or it is no JSON
        return text
    return json.dumps(with_keys(data, library), indent=2, ensure_ascii=False) + "\n"


@contextmanager
def _reading() -> Iterator[Any]:
    """What this command reads: afterwards, the last library read, or None."""
    from authorities.notice import READ

    before = READ.set(None)
    try:
        yield READ.get
    finally:
        READ.reset(before)


def _code(end: SystemExit | click.exceptions.Exit) -> int | str | None:
    return end.exit_code if isinstance(end, click.exceptions.Exit) else end.code
