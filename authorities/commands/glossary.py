"""``authorities glossary``: the words of the library, rendered from its vocabulary."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from authorities.closing import said


@click.command("glossary")
@click.argument("word", required=False)
@click.option("--markdown", "mark", metavar="FILE", help="A Markdown page; - for standard output.")
@click.option("--html", "page", metavar="FILE", help="One self-contained HTML page; - for standard output.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(context: click.Context, word: str | None, mark: str | None, page: str | None, as_json: bool) -> None:
    """Every term, account, act and fact: gist, what it is a kind of, other names, source, and which law files name it.

    With WORD: those of that id or name, or else those that hold it.
    """
    from authorities.glossary import glossary, matching
    from authorities.glossary_text import html, markdown, text
    from authorities.loading import SHIPPED, load
    from authorities.notice import notice
    from rules.faults import Fault, FaultsError, Place, nearest

    if sum((mark is not None, page is not None, as_json)) > 1:
        raise click.UsageError("One of --markdown, --html and --json.")
    loaded = load(context.obj or SHIPPED, cases=True)
    every = glossary(loaded)
    words = every if word is None else matching(every, word)
    if not words:
        close = nearest(word or "", [one.id for one in every])
        raise FaultsError([Fault(Place("glossary", None, ""), f"'{word}'", "a word of the library", close)])
    target = mark if mark is not None else page
    if target is not None:
        made = (markdown if mark is not None else html)(words, notice(loaded.library))
        if target == "-":
            said()
            click.echo(made.encode(), nl=False)
            return
        try:
            Path(target).write_bytes(made.encode())
        except OSError as error:
            reason = error.strerror or str(error)
            raise FaultsError([Fault(Place(target, None, ""), reason, "a file that can be written")]) from error
        click.echo(f"Written: {target}")
    elif as_json:
        click.echo(json.dumps({"words": [asdict(one) for one in words]}, indent=2, ensure_ascii=False))
    else:
        click.echo(text(words))
