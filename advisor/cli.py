"""The ``advisor`` command: what planners touch.

Exit codes: 0 lawful or done, 1 not lawful, 2 could not run, 3 undetermined.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
from pathlib import Path
from typing import Any

import click

from authorities.closing import Closing, said
from authorities.edition_option import edition_option, with_edition

EXITS = {
    "permitted": 0,
    "conditional": 0,
    "needs facts": 3,
    "needs counsel": 3,
    "prohibited": 1,
    "no authority": 1,
}


def a_day(_: click.Context, option: click.Parameter, value: str | None) -> datetime.date | None:
    """``2026-03-15`` on the command line to a date."""
    from rules.faults import Fault, FaultsError, Place

    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except ValueError:
        raise FaultsError([Fault(Place(option.opts[-1], None, ""), f"'{value}'", "a date, YYYY-MM-DD")]) from None


LATER = ("country", "funds", "mechanisms", "replay")
"""Commands kept in modules of their own, loaded when called."""


class Program(Closing):
    """A group whose commands end every fault in one clear sentence a line, and exit 2."""

    without = frozenset(["new"])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those not yet loaded included."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, loaded now if need be."""
        if cmd_name in LATER:
            from importlib import import_module

            command: click.Command = import_module(f"advisor.commands.{cmd_name}").command
            return with_edition(command)
        own = super().get_command(ctx, cmd_name)
        return own if own is None else with_edition(own)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; a fault of input is printed, never a traceback."""
        from advisor.asking import Disagreement
        from rules.faults import FaultsError

        # a command makes objects that last until it ends: looking for garbage among them so often finds none
        gc.set_threshold(100_000, 10, 10)
        try:
            return super().main(*args, **kwargs)
        except FaultsError as error:
            click.echo(str(error), err=True)
            sys.exit(2)
        except Disagreement as error:
            click.echo("The two implementations disagree, so there is no answer. Please report this:", err=True)
            click.echo(str(error), err=True)
            sys.exit(2)


@click.group(cls=Program)
@click.version_option(package_name="authority-advisor")
def main() -> None:
    """May we do this, with whom, under which law, with which year's money?"""


main.params.append(edition_option())


@main.command()
@click.argument("proposal", required=False)
@click.option("--set", "sets", multiple=True, metavar="FACT=VALUE", help="State a fact (or an act: acts.ID=done).")
@click.option("--under", metavar="ID", help="Judge under this one authority or limit.")
@click.option("--date", "day", callback=a_day, metavar="DATE", help="The day of decision, instead of the proposal's.")
@click.option(
    "--known", callback=a_day, metavar="DATE", help="Judge with what was enacted by this day (default: today)."
)
@click.option("--today", callback=a_day, metavar="DATE", help="Fix the clock.")
@click.option("--strict", is_flag=True, help="Presume nothing.")
@click.option("--json", "as_json", is_flag=True, help="JSON, to the published schema.")
@click.option("--all", "every", is_flag=True, help="Every authority, with why not.")
@click.option("--trace", is_flag=True, help="With --under: the second opinion's firings.")
@click.option("--save", metavar="FILE", help="Keep the answer with all it hangs on, for advisor replay.")
def ask(
    proposal: str | None,
    sets: tuple[str, ...],
    under: str | None,
    day: datetime.date | None,
    known: datetime.date | None,
    today: datetime.date | None,
    strict: bool,
    as_json: bool,
    every: bool,
    trace: bool,
    save: str | None,
) -> None:
    """Answer PROPOSAL (a YAML or JSON file, or - for standard input)."""
    from advisor.reading import proposal_text
    from advisor.reply import Asked, reply

    today = today or datetime.date.today()
    given = reply(Asked(proposal, proposal_text(proposal), sets, under, day, known, today, strict, every))
    if save is not None:
        from advisor.saving import keep

        keep(given, Path(save))
    said()
    if as_json:
        from authorities.editions.engine import version

        _print_json({**given.data(), "engine": version()})
    else:
        click.echo(given.page(), nl=False)
        if trace:
            for firings in given.found.second_opinion.get("trace", ()):
                for firing in firings:
                    click.echo(f"  fired: {firing}")
    if save is not None:
        click.echo(f"Saved: {save}", err=True)
    sys.exit(EXITS[given.found.verdict])


@main.command()
@click.argument("word", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def facts(word: str | None, as_json: bool) -> None:
    """List the facts and terms: question, type, who can say, synonyms, who reads it."""
    from advisor.vocabulary import facts_table, render_facts
    from authorities.loading import load

    rows = facts_table(load().library, word)
    if as_json:
        _print_json(rows)
    else:
        click.echo(render_facts(rows, whole=word is not None))


@main.command()
@click.argument("path", required=False)
def new(path: str | None) -> None:
    """Write a starter proposal to PATH (default: standard output)."""
    from advisor.reading import starter

    if path is None:
        click.echo(starter(), nl=False)
        return
    from rules.faults import Fault, FaultsError, Place

    target = Path(path)
    try:
        with target.open("x", encoding="utf-8") as out:
            out.write(starter())
    except FileExistsError:
        raise FaultsError([Fault(Place(path, None, ""), "a file that is there already", "a new name")]) from None
    except OSError as error:
        raise FaultsError(
            [Fault(Place(path, None, ""), error.strerror or "no way to write", "a place to write")]
        ) from None
    click.echo(f"Wrote {path}. Next: advisor ask {path}")


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
