"""``authorities review``: what counsel has read and signed, and what changed since; ``review sign`` signs."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click


class _Review(click.Group):
    """A group that lists where no command of it is named: ``review 10-usc-333`` is ``review list 10-usc-333``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, ``list`` put before those that name no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("review", cls=_Review)
def command() -> None:
    """Counsel's sign-offs: each is bound to the content of a provision and of the paragraphs it rests on.

    A sign-off goes stale when the provision, something it leans on by name or the paragraph changes; a comment, the
    layout or the order of keys is no change. `authorities review ID` is short for `authorities review list ID`.
    """


@command.command("list")
@click.argument("words", nargs=-1, metavar="[ID...]")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def list_(context: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """What is signed, stale and unsigned: every file, or each provision of those named (ID or ID.provision).

    Exit code 0: all that was asked about is signed; 1: some is stale or unsigned.
    """
    from authorities._review_text import data, rendered
    from authorities.home import home
    from authorities.loading import load
    from authorities.reviewing import review

    folder = context.obj or home().library
    found = review(load(folder).library, folder, words)
    if as_json:
        click.echo(json.dumps(data(found), indent=2, ensure_ascii=False))
    else:
        click.echo(rendered(found, whole=bool(words)), nl=False)
    sys.exit(0 if all(one.state == "signed" for one in found) else 1)


@command.command("sign")
@click.argument("words", nargs=-1, required=True, metavar="ID[.PROVISION]...")
@click.option("--by", required=True, metavar="NAME", help="Who has read it, and signs.")
@click.option("--office", required=True, help="The office that signs.")
@click.option("--note", default="", metavar="TEXT", help="What counsel adds.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day of the sign-off (default: the clock).")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def sign_(
    context: click.Context,
    words: tuple[str, ...],
    by: str,
    office: str,
    note: str,
    today: datetime | None,
    as_json: bool,
) -> None:
    """Sign provisions as they now stand, in a library folder of your own (authorities --library FOLDER review sign ...).

    ID signs every provision of a file. An older sign-off of the same provision is replaced.
    """
    from authorities._review_text import data, said
    from authorities.edition_option import refuse_edition
    from authorities.loading import load
    from authorities.reviewing import FOLDER, SignOff, sign
    from rules.faults import Fault, FaultsError, Place

    refuse_edition("review sign")
    folder: Path | None = context.obj
    if folder is None:
        expected = "a library folder of your own: authorities --library FOLDER review sign"
        raise FaultsError([Fault(Place("--library", None, ""), "the library that is installed", expected)])
    by, office, note = (" ".join(text.split()) for text in (by, office, note))
    for option, text in (("--by", by), ("--office", office)):
        if not text:
            raise FaultsError([Fault(Place(option, None, ""), "an empty text", "a name, as it is to stand")])
    day = today.date() if today is not None else date.today()
    done = sign(load(folder).library, folder, words, SignOff("", by, office, day, "", {}, "", note))
    if as_json:
        click.echo(json.dumps(data(done), indent=2, ensure_ascii=False))
        return
    for one in done:
        click.echo(f"{one.file}.{one.provision} {said(one)}")
    files = dict.fromkeys(f"{folder / FOLDER / one.file}.yaml" for one in done)
    click.echo(f"Recorded in {', '.join(files)}.")
