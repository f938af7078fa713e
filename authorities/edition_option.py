"""The option ``--edition``, on both commands and on each command of theirs: answers come from a frozen edition."""

from __future__ import annotations

import click

HELP = "Answer from a frozen edition: its file, or NAME of NAME.edition here."


def _live_there(context: click.Context, _: click.Parameter, word: str | None) -> None:
    if word is None or context.resilient_parsing:
        return
    from authorities.editions.opening import opened
    from authorities.home import home

    if context.obj is not None or home().edition:
        raise click.UsageError("Two libraries are named: give --edition once, or --library.")
    context.obj = context.with_resource(opened(word)).library


def edition_option() -> click.Option:
    """The option. The folder of the edition's library becomes the context's object until the command ends."""
    return click.Option(["--edition"], metavar="FILE", expose_value=False, callback=_live_there, help=HELP)


def with_edition(command: click.Command) -> click.Command:
    """A command, and those inside it, with the option, which each is given once."""
    if all("--edition" not in one.opts for one in command.params):
        command.params.append(edition_option())
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            with_edition(inner)
    return command


def refuse_edition(name: str) -> None:
    """Stop a command that writes to the library, or makes or checks editions, where one is named. Raises UsageError."""
    from authorities.home import home

    if home().edition:
        raise click.UsageError(f"{name} does not work on an edition, which is frozen: copy it first.")
