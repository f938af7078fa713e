"""The ``authorities`` command: counsel's bench.

Exit codes: 0 done and clean, 1 not clean, 2 could not run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from authorities.closing import Closing
from authorities.edition_option import edition_option, refuse_edition, with_edition

LATER = (
    "boundary",
    "copy",
    "coverage",
    "diff",
    "drift",
    "freeze",
    "glossary",
    "interpret",
    "lint",
    "memo",
    "migrate",
    "mutate",
    "prove",
    "questions",
    "review",
    "rollover",
    "show",
    "test",
    "verify",
)
"""Commands kept in modules of their own, loaded when called."""
FROM_FOLDERS = ("freeze", "interpret", "migrate", "verify")
"""Commands that take no edition to answer from: they write into a library, or make and check editions."""


class Bench(Closing):
    """A group whose commands print every fault of a library as one sentence each, and exit 2."""

    without = frozenset(["copy", "migrate", "verify"])
    pasted = frozenset(["boundary"])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those not yet loaded included."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, loaded now if need be."""
        if cmd_name in LATER:
            from importlib import import_module

            command: click.Command = import_module(f"authorities.commands.{cmd_name}").command
            return command if cmd_name in FROM_FOLDERS else with_edition(command)
        own = super().get_command(ctx, cmd_name)
        return own if own is None else with_edition(own)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name, if it works on what answers come from."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in FROM_FOLDERS:
            refuse_edition(name)
        return name, command, rest

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
    if folder is not None and context.obj is not None:
        raise click.UsageError("Two libraries are named: give --edition or --library.")
    context.obj = context.obj or folder


main.params.append(edition_option())


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
