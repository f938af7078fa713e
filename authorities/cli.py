"""The ``authorities`` command: counsel's bench.

Exit codes: 0 done and clean, 1 not clean, 2 could not run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

LATER = ("boundary", "drift", "mutate", "show")
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


@main.command()
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def lint(context: click.Context, as_json: bool) -> None:
    """Schema, references, dates, and coverage of every paragraph at every release."""
    from authorities.coverage import check_file
    from authorities.loading import SHIPPED, load

    library = load(context.obj or SHIPPED, cache=False, cases=True).library
    faults = [fault for file in library.files() for fault in check_file(file)]
    if as_json:
        rows = [
            {
                "file": f.place.file,
                "line": f.place.line,
                "key": f.place.key,
                "kind": f.kind,
                "found": f.found,
                "expected": f.expected,
            }
            for f in faults
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for fault in faults:
            click.echo(fault.render())
        files = len(library.files())
        click.echo(f"{files} files, {len(faults)} finding{'s' if len(faults) != 1 else ''}.")
    sys.exit(1 if faults else 0)


@main.command()
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.option("--verbose", is_flag=True, help="Passing cases too.")
@click.pass_context
def test(context: click.Context, ids: tuple[str, ...], as_json: bool, verbose: bool) -> None:
    """Run the cases beside the rules: the verdict and the provisions that decide."""
    from authorities.casework import run_cases
    from authorities.listing import shown

    library = _load(context).library
    wanted = frozenset(shown(library, id_).id for id_ in ids)
    outcomes = list(run_cases(library, wanted))
    failed = [o for o in outcomes if o.problem]
    if as_json:
        rows = [
            {
                "file": o.file,
                "line": o.case.line,
                "name": o.case.name,
                "verdict": o.verdict,
                "deciding": o.deciding,
                "problem": o.problem,
            }
            for o in outcomes
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for one in outcomes if verbose else failed:
            click.echo(f"{one.place}: {one.case.name}: {one.problem or one.verdict}")
        click.echo(f"{len(outcomes)} cases, {len(failed)} failed.")
    sys.exit(1 if failed else 0)
