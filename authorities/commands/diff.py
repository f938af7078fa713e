"""``authorities diff``: what differs between two editions of the library, and which lines of a plan change."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date, datetime

import click


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option(
    "--plan", "plans", multiple=True, metavar="FILE", help="A proposal: the lines whose verdict differs, and why."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day lines without a date are judged on.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context,
    a: str,
    b: str,
    ids: tuple[str, ...],
    plans: tuple[str, ...],
    today: datetime | None,
    as_json: bool,
) -> None:
    """What changed from A to B, provision by provision.

    A and B: a folder, - for the library installed, an edition (its file, or NAME of NAME.edition here), or a git revision
    (REV or REV:path/to/library). With IDs: of these law files only. Exit code: 0 nothing differs, 1 something does.
    """
    from authorities.changed_lines import changed_lines
    from authorities.changes import changes
    from authorities.changes_text import lines_text, text
    from authorities.documents import read_document
    from authorities.loading import SHIPPED
    from authorities.revisions import load_revision

    day = today.date() if today is not None else date.today()
    old, new = (load_revision(word, context.obj or SHIPPED) for word in (a, b))
    found = [one for one in changes(old, new, day) if not ids or one.where in ids]
    moved = [one for path in plans for one in changed_lines(old.library, new.library, read_document(path), day)]
    if as_json:
        row = {"from": old.library.digest, "to": new.library.digest, "changes": [asdict(one) for one in found]}
        row |= {"lines": [asdict(one) for one in moved]} if plans else {}
        click.echo(json.dumps(row, indent=2, ensure_ascii=False))
    else:
        click.echo(text(found))
        if plans:
            click.echo()
            click.echo(lines_text(moved))
    sys.exit(1 if found or moved else 0)
