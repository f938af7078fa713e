"""``authorities lint``: what is wrong, doubtful or untidy in the library; and what each kind of finding means."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

PAGES = Path(__file__).parents[2] / "docs" / "lint"
"""The pages, in a working copy; an installed package says in two lines what a page says in twenty."""


@click.command("lint")
@click.option("--json", "as_json", is_flag=True, help="JSON: style and excluded findings too.")
@click.option("--style", is_flag=True, help="Findings of style too.")
@click.option("--explain", "kind", metavar="KIND", help="What a kind of finding means: wrong, right, and why.")
@click.option("--kinds", is_flag=True, help="Every kind of finding.")
@click.pass_context
def command(context: click.Context, as_json: bool, style: bool, kind: str | None, kinds: bool) -> None:
    """Schema, references, dates, coverage, contradictions, shadows, tests, sources, words, tables and form.

    Exit code 0: no error and no warning; 1: some; 2: the library does not load, and nothing else was checked.
    """
    if kind is not None:
        click.echo(_explained(kind, as_json), nl=False)
        return
    if kinds:
        click.echo(_every_kind(as_json), nl=False)
        return
    from authorities.linting import lint
    from authorities.loading import SHIPPED

    report = lint(context.obj or SHIPPED)
    click.echo(_as_json(report) if as_json else _as_text(report, style), nl=False)
    sys.exit(2 if not report.loads else 0 if report.clean else 1)


def _as_text(report: Any, style: bool) -> str:
    shown = [issue for issue in report.issues if style or issue.severity != "style"]
    lines = [issue.render() for issue in shown]
    if not report.loads:
        lines.append(f"The library does not load: {_count(len(shown), 'error')}. Nothing else was checked.")
        return "\n".join(lines) + "\n"
    counts = [_count(report.count("error"), "error"), _count(report.count("warning"), "warning")]
    hidden = report.count("style")
    counts.append(f"{hidden} of style" + (" (--style lists them)" if hidden and not style else ""))
    if report.excluded:
        counts.append(f"{len(report.excluded)} excluded")
    lines.append(f"{_count(report.files, 'file')}: {', '.join(counts)}.")
    return "\n".join(lines) + "\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _as_json(report: Any) -> str:
    def row(issue: Any) -> dict[str, Any]:
        place = {"file": issue.place.file, "line": issue.place.line, "key": issue.place.key}
        return {"kind": issue.kind, "severity": issue.severity, **place, "text": issue.text, "remedy": issue.remedy}

    out = {
        "loads": report.loads,
        "clean": report.loads and report.clean,
        "files": report.files,
        "issues": [row(issue) for issue in report.issues],
        "excluded": [{**row(issue), "reason": one.reason} for issue, one in report.excluded],
    }
    return json.dumps(out, indent=2, ensure_ascii=False) + "\n"


def _explained(id_: str, as_json: bool) -> str:
    """The page of a kind. Raises FaultsError for a word that is no kind."""
    from authorities.linting import KINDS
    from rules.faults import Fault, FaultsError, Place, nearest

    kind = KINDS.get(id_)
    if kind is None:
        place = Place("authorities lint --explain", None, "")
        expected = "a kind of finding (see: authorities lint --kinds)"
        raise FaultsError([Fault(place, f"'{id_}'", expected, nearest(id_, KINDS))])
    path = PAGES / f"{id_}.md"
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    if as_json:
        return json.dumps({**asdict(kind), "page": page}, indent=2, ensure_ascii=False) + "\n"
    return page or f"# {kind.id} ({kind.severity})\n\n{kind.summary}\n\nRemedy: {kind.remedy}.\n"


def _every_kind(as_json: bool) -> str:
    from authorities.linting import KINDS, SEVERITIES

    some = sorted(KINDS.values(), key=lambda kind: (SEVERITIES.index(kind.severity), kind.id))
    if as_json:
        return json.dumps([asdict(kind) for kind in some], indent=2, ensure_ascii=False) + "\n"
    return "".join(f"{kind.severity:<8} {kind.id:<28} {kind.summary}\n" for kind in some)
