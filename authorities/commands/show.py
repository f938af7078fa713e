"""``authorities show``: a law file in plain English, as text, as data, or as one self-contained page."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click


@click.command("show")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.option("--html", "page", metavar="FILE", help="One self-contained HTML page; - for standard output.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What is past and what is to come, as of this day.")
@click.pass_context
def command(
    context: click.Context, ids: tuple[str, ...], as_json: bool, page: str | None, today: datetime | None
) -> None:
    """An authority or limit in plain English, with cites, history, what expires, and its open questions."""
    from authorities.listing import shown
    from authorities.loading import SHIPPED, load

    if page is not None and (as_json or len(ids) > 1):
        raise click.UsageError("--html takes one id, and not --json.")
    library = load(context.obj or SHIPPED, cases=True).library
    files = [shown(library, id_) for id_ in ids]
    day = today.date() if today is not None else date.today()
    if page is not None:
        from authorities.showing import render_html

        _write(render_html(library, files[0], day), page)
    elif as_json:
        from authorities.showing import file_json

        click.echo(json.dumps([file_json(library, f, day) for f in files], indent=2, ensure_ascii=False))
    else:
        from authorities.showing import render_file

        click.echo("\n\n".join(render_file(library, f, day) for f in files))


def _write(text: str, page: str) -> None:
    """To standard output or a file. Raises FaultsError where the file cannot be written."""
    from rules.faults import Fault, FaultsError, Place

    if page == "-":
        click.echo(text.encode(), nl=False)
        return
    try:
        Path(page).write_bytes(text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsError([Fault(Place(page, None, ""), reason, "a file that can be written")]) from error
    click.echo(f"Written: {page}")
