"""``advisor funds``: what money could pay under an authority, from which years and until when; or the accounts."""

from __future__ import annotations

import datetime
import json

import click

from advisor.cli import a_day


@click.command("funds")
@click.argument("authority", required=False, metavar="[AUTHORITY]")
@click.option("--date", "day", callback=a_day, metavar="DAY", help="The day money is obligated (default: today).")
@click.option("--start", callback=a_day, metavar="DAY", help="First day of the activity.")
@click.option("--end", callback=a_day, metavar="DAY", help="Last day of the activity.")
@click.option("--year", type=int, metavar="FY", help="Fiscal year of the money (default: each that is open).")
@click.option("--account", metavar="ID", help="One account: whether it may pay; without an authority, all about it.")
@click.option("--json", "as_json", is_flag=True, help="JSON: all of it.")
def command(
    authority: str | None,
    day: datetime.date | None,
    start: datetime.date | None,
    end: datetime.date | None,
    year: int | None,
    account: str | None,
    as_json: bool,
) -> None:
    """What money could pay under an AUTHORITY (id or statute), from which years, until when; without one, the accounts."""
    from advisor.as_json import plain
    from advisor.fund_accounts import account_named, account_page, every_account
    from advisor.funds import funds_page
    from advisor.funds_screen import render, render_accounts
    from authorities.loading import load

    loaded = load()
    day = day or datetime.date.today()
    if authority is not None:
        page = funds_page(loaded, authority, day=day, start=start, end=end, year=year, account=account)
        click.echo(json.dumps(plain(page), indent=2, ensure_ascii=False) if as_json else render(page), nl=as_json)
        return
    if start or end or year is not None:
        raise click.UsageError("--start, --end and --year need an AUTHORITY.")
    one = account_named(loaded.library, account) if account is not None else None
    pages = (account_page(loaded, one, day),) if one is not None else every_account(loaded, day)
    if as_json:
        click.echo(json.dumps(plain(pages), indent=2, ensure_ascii=False))
    else:
        click.echo(render_accounts(pages, every=one is not None), nl=False)
