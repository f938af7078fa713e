"""``authorities memo``: the annual interpretation memo, as HTML and as Word."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import click

FORMATS = ("html", "docx")


@click.command("memo")
@click.argument("year", metavar="FY")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR|FILE", help="A folder, or a file .html or .docx.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Only this one; both if not said.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What was enacted and answered by this day.")
@click.option("--json", "as_json", is_flag=True, help="The memo as data, to standard output.")
@click.pass_context
def command(
    context: click.Context,
    year: str,
    ids: tuple[str, ...],
    out: Path | None,
    format_: str | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """What each authority lets be done in a fiscal year: one document for those named, or for all in force in it.

    FY: FY2026 or 2026. What changed and by which Act, who approves, money and codes, caps, notices, examples, open
    questions with the office that decides; each statement with its cite.
    """
    from authorities.listing import shown
    from authorities.loading import SHIPPED, load
    from authorities.memo import as_data, gather, lay_out, render_html
    from authorities.memo.model import SignOffs
    from authorities.reviewing import review
    from rules.faults import Fault, FaultsError, Place

    match = re.fullmatch(r"(?:FY)?([1-4]\d{3})", year, re.IGNORECASE)
    if match is None:
        raise FaultsError([Fault(Place("memo", None, ""), f"'{year}'", "a fiscal year: FY and four digits")])
    if (out is None) == (not as_json):
        raise click.UsageError("Say where to write it (--out DIR or FILE), or --json.")
    formats = _formats(out, format_) if out is not None else ()
    if "docx" in formats and find_spec("docx") is None:
        said = "python-docx is not installed", "it: pip install 'authority-advisor[memo]'; or --format html"
        raise FaultsError([Fault(Place("authorities memo", None, ""), *said)])
    loaded = load(context.obj or SHIPPED, cases=True)
    library = loaded.library
    files = [shown(library, id_) for id_ in ids]
    if wrong := [file for file in files if file.kind != "authority"]:
        expected = "an authority; limits are told with the authorities they reach"
        raise FaultsError([Fault(Place("ID", None, ""), f"'{file.id}'", expected) for file in wrong])
    day = today.date() if today is not None else date.today()
    states: dict[str, Counter[str]] = {}
    for one in review(library, context.obj or SHIPPED, [file.id for file in files]):
        states.setdefault(one.file, Counter())[one.state] += 1
    signed = {id_: SignOffs(some["signed"], some["stale"], some["unsigned"]) for id_, some in states.items()}
    memo = gather(library, loaded.raw["accounts"], int(match[1]), day, [file.id for file in files], signed)
    if not memo.sections:
        expected = "a fiscal year in which some authority is in force"
        raise FaultsError([Fault(Place("memo", None, ""), f"fiscal year {match[1]}", expected)])
    if as_json:
        click.echo(json.dumps(as_data(memo), indent=2, ensure_ascii=False))
    if out is None:
        return
    page = lay_out(memo)
    made: dict[str, bytes] = {}
    if "html" in formats:
        made["html"] = render_html(page).encode()
    if "docx" in formats:
        from authorities.memo.word import render_word

        made["docx"] = render_word(page, day)
    _write(out, f"memo-fy{memo.year}", made)
    click.echo(
        f"{len(memo.sections)} {'authority' if len(memo.sections) == 1 else 'authorities'}, fiscal year {memo.year}."
    )


def _formats(out: Path, asked: str | None) -> tuple[str, ...]:
    """What is to be written: the format asked, or that of the file's name; else both."""
    named = out.suffix.lower().removeprefix(".")
    if named in FORMATS and not out.is_dir():
        if asked not in (None, named):
            raise click.UsageError(f"--format {asked} and a file named .{named}: say one of them.")
        return (named,)
    return (asked,) if asked is not None else FORMATS


def _write(out: Path, stem: str, made: Mapping[str, bytes]) -> None:
    """To the file named, or into the folder. Raises FaultsError where it cannot be written."""
    from rules.faults import Fault, FaultsError, Place

    single = out.suffix.lower().removeprefix(".") in made and not out.is_dir()
    for kind, content in made.items():
        path = out if single else out / f"{stem}.{kind}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            reason = error.strerror or str(error)
            raise FaultsError([Fault(Place(str(path), None, ""), reason, "a file that can be written")]) from error
        size = len(content)
        shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
        click.echo(f"Written: {path} ({shown})")
