"""The ``authorities`` command: counsel's bench.

Exit codes: 0 done and clean, 1 not clean, 2 could not run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

LATER = (
    "boundary",
    "copy",
    "coverage",
    "diff",
    "drift",
    "interpret",
    "lint",
    "mutate",
    "questions",
    "rollover",
    "show",
    "test",
)
"""Commands kept in modules of their own, loaded when called."""


class Bench(click.Group):
    """A group whose commands print every fault of a library as one sentence each, and exit 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those not yet loaded included."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, loaded now if need be."""
        if cmd_name in LATER:
            from importlib import import_module

            command: click.Command = import_module(f"authorities.commands.{cmd_name}").command
            return command
        return super().get_command(ctx, cmd_name)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; a library that cannot be read is printed, never a traceback."""
        from rules.faults import FaultsError

        try:
            return super().main(*args, **kwargs)
        except FaultsError as error:
            click.echo(str(error), err=True)
            sys.exit(2)


@click.group(cls=Bench)
@click.version_option(package_name="authority-advisor")
@click.option("--library", "folder", type=click.Path(path_type=Path), help="Another library folder.")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """The law as data: list, show, lint and test it."""
    context.obj = folder


def _load(context: click.Context) -> Any:
    from authorities.loading import SHIPPED, load

    return load(context.obj or SHIPPED, cases=True)


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Every authority, limit and file of definitions."""
    from authorities.listing import listed, render_list

    rows = listed(_load(context).library)
    click.echo(json.dumps(rows, indent=2, ensure_ascii=False) if as_json else render_list(rows))
