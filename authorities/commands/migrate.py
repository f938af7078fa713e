"""``authorities migrate``: rule files and proposals of an older version, rewritten to the present one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("migrate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option("--check", is_flag=True, help="Say what would be done; write nothing. Exit code 1 where something would.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def command(paths: tuple[Path, ...], check: bool, as_json: bool) -> None:
    """Rewrite older files to the present version of language and proposals, line by line; comments stay.

    A library FOLDER, a FOLDER of proposals, or one FILE. A file of a newer version is refused. All or nothing: where one
    cannot be rewritten, none is.
    """
    from authorities.migrating import migrated
    from rules.faults import Fault, FaultsError, Place

    done = [one for path in paths for one in migrated(path)]
    older = [one for one in done if one.before < one.after]
    if not check:
        for one in older:
            try:
                one.path.write_bytes(one.content)
            except OSError as error:
                reason = error.strerror or str(error)
                raise FaultsError(
                    [Fault(Place(str(one.path), None, ""), reason, "a file that can be written")]
                ) from None
    if as_json:
        rows = [
            {"file": str(one.path), "kind": one.kind, "from": one.before, "to": one.after, "says": list(one.says)}
            for one in older
        ]
        click.echo(json.dumps({"read": len(done), "written": not check, "files": rows}, indent=2, ensure_ascii=False))
    else:
        for one in older:
            click.echo(f"{one.path}: {one.kind} {one.before} to {one.after}: {'; '.join(one.says)}")
        word = "would be rewritten" if check else "rewritten"
        click.echo(f"{len(done)} {'file' if len(done) == 1 else 'files'} read, {len(older)} {word}.")
    sys.exit(1 if check and older else 0)
