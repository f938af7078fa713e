"""``advisor country``: a country on a day, with its facts, what the lists bar, and which authorities reach its forces."""

from __future__ import annotations

import datetime
import json

import click

from advisor.cli import a_day


@click.command("country")
@click.argument("country", metavar="COUNTRY")
@click.option("--date", "day", callback=a_day, metavar="DAY", help="The day, YYYY-MM-DD (default: today).")
@click.option("--all", "every", is_flag=True, help="Every fact, provision, force and question.")
@click.option("--json", "as_json", is_flag=True, help="JSON: all of it.")
def command(country: str, day: datetime.date | None, every: bool, as_json: bool) -> None:
    """Dated facts of a country (code or name), what each list bars, which authorities reach each ministry."""
    from advisor.as_json import plain
    from advisor.country import country_page
    from authorities.loading import load

    today = datetime.date.today()
    loaded = load()
    page = country_page(loaded, country, day=day or today, today=today)
    if as_json:
        click.echo(json.dumps(plain(page), indent=2, ensure_ascii=False))
    else:
        from advisor.country_screen import render

        click.echo(render(loaded.library, page, every=every), nl=False)
