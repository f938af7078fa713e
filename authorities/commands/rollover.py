"""``authorities rollover``: what counsel has to look at before a fiscal year begins, as a checklist."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import click


@click.command("rollover")
@click.argument("year", metavar="FY")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write, or bring up to date, this checklist."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Answers of counsel known by this day.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(context: click.Context, year: str, out: Path | None, today: datetime | None, as_json: bool) -> None:
    """What to reaffirm, what ends, which values and appropriations are of the year before, which lists end.

    FY: FY2027 or 2027. A file made before keeps its ticks and notes. Exit code: 0 nothing left to do, 1 something.
    """
    from authorities.loading import SHIPPED, load
    from authorities.rollover import items
    from authorities.rollover_file import left, rendered
    from rules.faults import Fault, FaultsError, Place

    match = re.fullmatch(r"(?:FY)?(\d{4})", year, re.IGNORECASE)
    if match is None:
        raise FaultsError([Fault(Place("rollover", None, ""), f"'{year}'", "a fiscal year: FY and four digits")])
    library = load(context.obj or SHIPPED, cases=True).library
    found = items(library, int(match[1]), today.date() if today is not None else date.today())
    if as_json:
        rows = [{"id": one.id, "kind": one.kind, "subject": one.subject, "says": one.says} for one in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        sys.exit(1 if rows else 0)
    try:
        before = out.read_text(encoding="utf-8") if out is not None and out.exists() else ""
        text = rendered(found, int(match[1]), library.digest, before)
        if out is not None:
            out.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsError([Fault(Place(str(out), None, ""), reason, "a file that can be written")]) from None
    click.echo(text if out is None else f"Written: {out}: {len(found)} to look at, {left(text)} not ticked.")
    sys.exit(1 if left(text) else 0)
