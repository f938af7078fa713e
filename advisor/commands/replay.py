"""``advisor replay``: a saved answer asked again, under its edition, and held against itself byte for byte."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

SHOWN = 80
"""The most lines of a difference on the screen."""


@click.command("replay")
@click.argument("answer", type=click.Path(path_type=Path), metavar="ANSWER")
@click.option("--json", "as_json", is_flag=True, help="JSON: every line that differs.")
def command(answer: Path, as_json: bool) -> None:
    """Ask again what ANSWER (from advisor ask --save) was asked, and say whether the reply is the same.

    Its edition is --edition, or NAME.edition beside the answer or here; an answer made without one is asked of the
    library installed. Another edition is refused; another engine is named. Exit code: 0 the same, byte for byte;
    1 not the same; 2 could not run.
    """
    from advisor.asking import Disagreement
    from advisor.replaying import differences, under_its_edition
    from advisor.saving import read_saved
    from authorities.editions.engine import engine
    from rules.faults import FaultsError

    saved, now = read_saved(answer), engine()
    other = saved.engine != now
    engines = f"Made by engine {saved.engine.said()}, replayed by engine {now.said()}."
    with under_its_edition(saved, answer) as edition:
        try:
            lines = differences(saved)
        except (FaultsError, Disagreement):
            if other:
                click.echo(engines, err=True)
            raise
    if as_json:
        row = {
            "same": not lines,
            "edition": {"name": saved.edition, "digest": saved.digest},
            "made_by": saved.engine._asdict(),
            "replayed_by": now._asdict(),
            "differences": lines,
        }
        click.echo(json.dumps(row, indent=2, ensure_ascii=False))
    else:
        many = sum(line.startswith(("-", "+")) for line in lines)
        what = "The same, byte for byte" if not lines else f"Not the same, {many} lines differ"
        click.echo(f"{what}: {answer.name}, under {edition} (digest {saved.digest[:16]}).")
        if other:
            click.echo(engines)
        for line in lines[:SHOWN]:
            click.echo(line)
        if len(lines) > SHOWN:
            click.echo(f"... {len(lines) - SHOWN} more (--json lists them)")
    sys.exit(1 if lines else 0)
