"""``authorities copy``: a library folder of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import click


@click.command("copy")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Copy the library (that installed, or --library) to FOLDER, to be edited and used with --library FOLDER."""
    from authorities.loading import SHIPPED
    from rules.faults import Fault, FaultsError, Place

    if folder.exists():
        raise FaultsError(
            [Fault(Place("copy", None, ""), f"'{folder}', which is there", "a folder that is not there yet")]
        )
    try:
        shutil.copytree(context.obj or SHIPPED, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsError([Fault(Place(str(folder), None, ""), reason, "a folder that can be written")]) from error
    click.echo(f"Copied: {folder}. Edit it, and use it with: authorities --library {folder} ...")
