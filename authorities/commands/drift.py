"""`authorities drift`: the Code as it now stands against what the register recorded."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

_FOLDER = click.Path(exists=True, path_type=Path)


@click.command("drift")
@click.option("--usc", required=True, type=_FOLDER, help="The Code's XML (file or folder), or text files.")
@click.option("--old", type=_FOLDER, help="The texts recorded from, for the old words: a release, or a store of them.")
@click.option("--recorded", metavar="RELEASE", help="Compare with this recorded release, not each section's newest.")
@click.option("--record", is_flag=True, help="Then write the new text into the register as a release.")
@click.option("--release", metavar="NAME", help="The new text's name, such as 119-120.")
@click.option("--date", "day", metavar="D", type=click.DateTime(["%Y-%m-%d"]), help="The new text's day.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context,
    usc: Path,
    old: Path | None,
    recorded: str | None,
    record: bool,
    release: str | None,
    day: datetime | None,
    as_json: bool,
) -> None:
    """What changed in the Code since the library was encoded, and what of the library it touches.

    Words alone are compared: never quotes, dashes, case, white space or headings.  Exit 0 when nothing changed, 1
    when something did, recorded or not.
    """
    if record and (release is None or day is None):
        raise click.UsageError("--record needs --release NAME and --date D (2026-12-31).")
    if record and recorded is not None:
        raise click.UsageError("--record writes after the newest release, so it cannot go with --recorded.")
    from authorities import register
    from authorities._drift_record import record as write
    from authorities._drift_render import as_json as report_json
    from authorities._drift_render import as_text
    from authorities.drift import OldTexts, drift, hints_beside, no_words, read_source
    from authorities.edition_option import refuse_edition
    from authorities.loading import SHIPPED, load

    if record:
        refuse_edition("drift --record")
    folder = context.obj or SHIPPED
    home = folder / "register"
    if not all((home / name).is_file() for name in ("releases.yaml", "defects.yaml")):
        raise click.UsageError(f"the library {folder.name} has no register (register/releases.yaml, defects.yaml).")
    library = load(folder, cases=True).library
    source = read_source(usc, register.calendar(home).sections, hints_beside(old) if old else {})
    words = OldTexts(old).words if old else no_words
    report = drift(library, home, source, recorded=recorded, release=release, old=words)
    written = write(home, source, release, day.date()) if record and release and day else ()
    if as_json:
        data = {**report_json(report), "recorded_sections": list(written)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(report))
        if record:
            click.echo(
                f"Recorded {release} for {len(written)} sections: see `authorities lint` for what is left to do."
            )
    sys.exit(1 if report.changed else 0)
