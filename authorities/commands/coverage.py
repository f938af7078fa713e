"""`authorities coverage`: every program of the catalogue and every section named, against the library."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from authorities.reach_of_catalogue import Row

_WIDTH = 110
_ONLY = ("encoded", "covered", "out-of-scope", "missing")
_HEADINGS = {"encoded": "Encoded", "covered": "Covered", "out-of-scope": "Out of scope", "missing": "Missing"}


@click.command("coverage")
@click.option("--only", type=click.Choice(_ONLY), help="Rows of one state.")
@click.option("--id", "id_", metavar="ID", help="One program or section, with all that is said of it.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(context: click.Context, only: str | None, id_: str | None, as_json: bool) -> None:
    """Every program of the catalogue and every section named: encoded, covered, out of scope or missing.

    The totals, at the end, are always of all.  Exit 0 when nothing is missing, else 1.
    """
    from authorities.closing import said
    from authorities.loading import SHIPPED, load
    from authorities.notice import notice
    from authorities.reach_of_catalogue import count, load_reach, registered

    folder = context.obj or SHIPPED
    library = load(folder).library
    rows = load_reach([file.id for file in library.files()], registered(folder))
    shown = [row for row in rows if only in (None, row.state) and id_ in (None, row.name)]
    if id_ is not None and all(row.name != id_ for row in rows):
        raise _unknown(id_, rows)
    programs, sections = ([row for row in rows if row.kind == kind] for kind in ("program", "section"))
    if as_json:
        data = {
            "rows": [asdict(row) for row in shown],
            "totals": {"programs": count(programs), "sections": count(sections)},
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(shown, whole=id_ is not None)))
        click.echo(notice(library))  # the totals are to be the last line
        said()
        click.echo(f"{totals('programs', programs)}; {totals('sections', sections)}")
    sys.exit(1 if any(row.state == "missing" for row in rows) else 0)


def totals(what: str, rows: Sequence[Row]) -> str:
    """`3 programs: 1 encoded, 1 covered, 1 out of scope (...), 0 missing`."""
    from authorities.reach_of_catalogue import REASONS, count

    n = count(rows)
    reasons = ", ".join(f"{n[reason]} {reason}" for reason in REASONS)
    return (
        f"{len(rows)} {what}: {n['encoded']} encoded, {n['covered']} covered, "
        f"{n['out-of-scope']} out of scope ({reasons}), {n['missing']} missing"
    )


def _lines(rows: Sequence[Row], *, whole: bool) -> Iterator[str]:
    for kind in ("program", "section"):
        for state in _ONLY:
            found = [row for row in rows if row.kind == kind and row.state == state]
            if not found:
                continue
            yield f"{_HEADINGS[state]} {kind}s ({len(found)})"
            width = min(max(len(row.name) for row in found), 48)
            for row in found:
                start = f"  {row.name:<{width}}  "
                said = _said(row)
                yield textwrap.fill(said, _WIDTH, initial_indent=start, subsequent_indent=" " * (width + 4))
                if whole:
                    yield from _more(row)
            yield ""


def _said(row: Row) -> str:
    """What the table says of a row, after its name."""
    ids = ", ".join(row.ids)
    if row.state == "encoded":
        return ids
    if row.state == "covered":
        return f"by {ids}. {row.why}"
    if row.state == "out-of-scope":
        return f"{row.reason}. {row.why}"
    return f"{row.why}{f' In the library: {ids}.' if ids else ''}"


def _more(row: Row) -> Iterator[str]:
    named = (("Name", row.title),) if row.kind == "program" else (("Named in", row.title),)
    for word, text in (*named, ("Source", row.source), ("Words", row.words and f"“{row.words}”"), ("Text", row.text)):
        if text:
            yield textwrap.fill(text, _WIDTH, initial_indent=f"    {word}: ", subsequent_indent="      ")


def _unknown(id_: str, rows: Sequence[Row]) -> Exception:
    from rules.faults import Fault, FaultsError, Place, nearest

    close = nearest(id_, [row.name for row in rows])
    return FaultsError([Fault(Place("--id", None, ""), f"'{id_}'", "a program or section of coverage.yaml", close)])
