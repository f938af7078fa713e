"""`authorities prove`: two editions compared, authority by authority, by an SMT solver."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.command("prove")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--every", is_flag=True, help="The equal ones too, each on a line.")
@click.option(
    "--seconds", default=20.0, show_default=True, type=click.FloatRange(min=0, min_open=True), help="For one question."
)
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context, a: str, b: str, ids: tuple[str, ...], every: bool, seconds: float, as_json: bool
) -> None:
    """Is each authority as edition B has it equal to A's, looser, stricter or incomparable?

    A and B: a folder, - for the library installed (or --library), a frozen edition, or a git revision (REV or
    REV:path/to/library). Equal is proved; otherwise a proposal is shown that the editions judge differently, confirmed
    by the evaluator. A limit, if named, is compared by itself.

    Exit code 0: all equal; 1: some are not, or not proved; 2: could not run.
    """
    from authorities.proving.faults import NotConfirmed, need_solver

    need_solver("authorities prove")
    from authorities.proving.comparing import Comparer
    from authorities.proving.report import as_data, is_clean, rendered

    before, after = _library(context, a), _library(context, b)
    wanted = [_named(before, after, id_) for id_ in ids]
    comparer = Comparer(before, after, seconds=seconds)
    found = []
    try:
        for id_ in wanted or list(dict.fromkeys((*before.authorities, *after.authorities))):
            found.append(comparer.compare(id_))
    except NotConfirmed as error:
        click.echo(f"An error of this program, not of the law; please report it. {error}", err=True)
        sys.exit(2)
    names = _names(a, b)
    if as_json:
        click.echo(json.dumps(as_data(found, names), indent=2, ensure_ascii=False))
    else:
        click.echo(rendered(found, names, every=every or bool(ids)), nl=False)
    sys.exit(0 if is_clean(found) else 1)


def _library(context: click.Context, word: str) -> Any:
    from authorities.loading import SHIPPED
    from authorities.revisions import SHIPPED_WORD, load_revision

    folder = context.obj or SHIPPED
    return load_revision(str(folder) if word == SHIPPED_WORD else word, folder).library


def _named(before: Any, after: Any, word: str) -> str:
    """An authority or limit of either edition, by id or statute."""
    from authorities.listing import shown
    from rules.faults import Fault, FaultsError, Place

    try:
        file = shown(before, word)
    except FaultsError:
        file = shown(after, word)
    if file.kind == "definitions":
        raise FaultsError(
            [Fault(Place("ID", None, ""), f"'{word}'", "an authority or a limit: definitions give no verdict")]
        )
    return str(file.id)


def _names(a: str, b: str) -> tuple[str, str]:
    """What the editions are called in the report."""
    called = tuple(
        "the library installed" if one == "-" else Path(one).name if Path(one).is_dir() else one for one in (a, b)
    )
    return (called[0], called[1]) if called[0] != called[1] else (f"A ({a})", f"B ({b})")
