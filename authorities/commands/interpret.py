"""``authorities interpret``: record counsel's answer to a question, for a fiscal year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click


@click.command("interpret")
@click.argument("question")
@click.option("--answer", type=click.Choice(["yes", "no"]), help="Counsel's answer.")
@click.option("--reaffirm", is_flag=True, help="The answer given last, with its scope and office, for another year.")
@click.option(
    "--fiscal-year", "years", multiple=True, type=int, required=True, help="The year it is in force; repeatable."
)
@click.option("--when", "scope", metavar="YAML", help="Its scope, as a condition of a rule file; default: every line.")
@click.option("--office", help="The office that answers.")
@click.option("--memo", required=True, help="The memorandum that says so.")
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the memorandum.")
@click.option("--file", "name", help="The file under interpretations/ it goes to; default: fy and its last year.")
@click.option("--dry-run", is_flag=True, help="Check it and show the entry; write nothing.")
@click.pass_context
def command(
    context: click.Context,
    question: str,
    answer: str | None,
    reaffirm: bool,
    years: tuple[int, ...],
    scope: str | None,
    office: str | None,
    memo: str,
    dated: datetime,
    name: str | None,
    dry_run: bool,
) -> None:
    """Record an answer to QUESTION in a library folder of your own (authorities --library FOLDER interpret ...).

    It is refused where it goes beyond what the statute leaves open. Cases beside the rules that it decides otherwise
    are listed: look at each.
    """
    from authorities.interpreting import FOLDER, Entry, again, recorded
    from authorities.loading import read_contents
    from rules.faults import Fault, FaultsError, Place
    from rules.reading import read_yaml

    folder: Path | None = context.obj
    if folder is None:
        expected = "a library folder of your own: authorities --library FOLDER interpret"
        raise FaultsError([Fault(Place("--library", None, ""), "the library that is installed", expected)])
    if reaffirm == (answer is not None) or (reaffirm and (scope or office)) or not (reaffirm or office):
        raise click.UsageError("Give --answer and --office, or --reaffirm without them.")
    contents = read_contents(folder)
    when = read_yaml(scope, "--when").data if scope else None
    entry = (
        again(contents, question, years, memo, dated.date())
        if reaffirm
        else Entry(question, answer == "yes", years, when, office or "", memo, dated.date())
    )
    file = name or f"fy{max(years)}"
    text, library = recorded(contents, file, entry)
    path = folder / FOLDER / f"{file}.yaml"
    if not dry_run:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    click.echo(entry.text(), nl=False)
    click.echo("Nothing is written." if dry_run else f"Recorded in {path}.")
    from authorities.interpreting import disturbed

    for line in disturbed(library, question):
        click.echo(line)
