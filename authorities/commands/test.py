"""``authorities test``: the cases beside the rules, and what of the rules they exercise."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import click


@click.command("test")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--cover", "covering", is_flag=True, help="Which provisions and branches no confirmed case shows.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.option("--verbose", is_flag=True, help="Passing cases too; with --cover, every branch.")
@click.pass_context
def command(context: click.Context, ids: tuple[str, ...], covering: bool, as_json: bool, verbose: bool) -> None:
    """Run the cases beside the rules: the verdict and the provisions that decide.

    With --cover also: each provision that decides no confirmed case, and each part of a condition that none shows true,
    or false, with the case that would. Exit code 0: every case holds (and everything is covered); 1: not so.
    """
    from authorities.casework import run_cases
    from authorities.listing import shown
    from authorities.loading import SHIPPED, load
    from authorities.mutation._bench import Bench

    folder = context.obj or SHIPPED
    library = load(folder, cases=True).library
    wanted = frozenset(shown(library, id_).id for id_ in ids)
    every = [case for file in library.files() if not wanted or file.id in wanted for case in file.cases]
    each = verbose or (as_json and not covering)
    bench = Bench(library, ids=frozenset() if covering else wanted) if covering or not each else None
    sound = frozenset() if each or bench is None else bench.sound()
    outcomes = list(run_cases(library, wanted, but=sound))
    failed = [o for o in outcomes if o.problem]
    report = None
    if covering:
        from authorities._cover_report import Report
        from authorities.cover import cover

        report = Report(cover(library, wanted, bench), folder)
    if as_json:
        rows: Any = [_row(o) for o in outcomes]
        if report is not None:
            rows = {"cases": len(every), "failed": [_row(o) for o in failed], **report.data()}
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for one in outcomes if each else failed:
            click.echo(f"{one.place}: {one.case.name}: {one.problem or one.verdict}")
        click.echo(_counted(every, failed))
        if report is not None:
            click.echo(report.text(verbose), nl=False)
    sys.exit(1 if failed or (report is not None and not report.coverage.complete) else 0)


def _row(one: Any) -> dict[str, Any]:
    return {
        "file": one.file,
        "line": one.case.line,
        "name": one.case.name,
        "verdict": one.verdict,
        "deciding": one.deciding,
        "problem": one.problem,
    }


def _counted(cases: Sequence[Any], failed: Sequence[Any]) -> str:
    unconfirmed = sum(not case.confirmed for case in cases)
    waiting = f" ({unconfirmed} not confirmed)" if unconfirmed else ""
    return f"{len(cases)} cases{waiting}, {len(failed)} failed."
