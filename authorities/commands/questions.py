"""``authorities questions``: what is unsettled, who decides it, and what turns on it."""

from __future__ import annotations

import json
from datetime import date, datetime

import click


@click.command("questions")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option(
    "--plan",
    "plans",
    multiple=True,
    metavar="FILE",
    help="Count the lines of this proposal instead of the cases; more than once for more.",
)
@click.option("--open", "unsettled", is_flag=True, help="Only what is open or lapsed.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day, and so the fiscal year, it is asked on.")
@click.option("--verbose", is_flag=True, help="The positions, and each line.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    plans: tuple[str, ...],
    unsettled: bool,
    today: datetime | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """The questions of law: open, lapsed or answered this fiscal year, and how many lines turn on each.

    The lines are the cases beside the rules that end with counsel, or with --plan those of proposals.
    """
    from authorities.documents import read_document
    from authorities.loading import SHIPPED, load
    from authorities.standing import of_cases, of_plan, standings
    from authorities.standing_text import data, rendered
    from rules.faults import Fault, FaultsError, Place, nearest
    from rules.rulebook import Shelf

    library = load(context.obj or SHIPPED, cases=True).library
    unknown = [id_ for id_ in ids if id_ not in library.questions]
    if unknown:
        expected = "a question of the library (see: authorities questions)"
        raise FaultsError(
            [
                Fault(Place("question", None, ""), f"'{id_}'", expected, nearest(id_, library.questions))
                for id_ in unknown
            ]
        )
    day = today.date() if today is not None else date.today()
    shelf = Shelf(library)
    turning = (
        of_plan(library, shelf, [read_document(path) for path in plans], day) if plans else of_cases(library, shelf)
    )
    some = [one for one in standings(library, turning, day) if not ids or one.question.id in ids]
    if unsettled:
        some = [one for one in some if one.state != "answered"]
    if as_json:
        click.echo(json.dumps(data(some), indent=2, ensure_ascii=False))
    else:
        click.echo(
            rendered(some, "lines of the plan" if plans else "cases that end with counsel", verbose or bool(ids))
        )
