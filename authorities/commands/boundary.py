"""`authorities boundary`: cases at the boundaries of one authority, to be read against the paragraphs."""

from __future__ import annotations

import json

import click


@click.command("boundary")
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(context: click.Context, id_: str, as_json: bool) -> None:
    """Cases just below, at and above each limit and date of a file, and for each test of a condition two that differ
    only in what it reads, as YAML to paste under `cases:`.

    Each verdict is only what the rules say: read it against the paragraph, and then strike `confirmed: false`.
    """
    from authorities.boundary import boundary
    from authorities.listing import shown
    from authorities.loading import SHIPPED, load
    from authorities.mutation._writing import case_lines

    library = load(context.obj or SHIPPED, cases=True).library
    found = boundary(library, shown(library, id_).id)
    if as_json:
        rows = [
            {
                "file": one.file,
                "provision": one.provision,
                "why": one.why,
                "beside": one.beside,
                "yaml": "\n".join(case_lines(one.case)),
            }
            for one in found.cases
        ]
        click.echo(json.dumps({"cases": rows, "undecided": list(found.undecided)}, indent=2, ensure_ascii=False))
        return
    for file in dict.fromkeys(one.file for one in found.cases):
        click.echo(f"# to paste under `cases:` of {file}")
        click.echo("cases:")
        for one in found.cases:
            if one.file == file:
                click.echo(
                    "\n".join(
                        case_lines(
                            one.case, [f"{one.provision}, {one.why}{f' (beside: {one.beside})' if one.beside else ''}"]
                        )
                    )
                )
    for words in found.undecided:
        click.echo(f"# no case could be made {words.partition(': ')[2]} ({words.partition(': ')[0]})")
