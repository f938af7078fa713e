"""`authorities mutate`: small faults planted in the law, each of which some case must notice."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("mutate")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--id", "more", multiple=True, metavar="ID", help="A file by id; may be given more than once.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--resume", "state", type=_FILE, help="Keep what is settled in this file, and go on from it.")
@click.option("--cases", "out", type=click.Path(file_okay=False, path_type=Path), help="Write the cases wanted here.")
@click.option("--exclusions", type=_FILE, help="Mutants let live: id -> reason (default: the library's own).")
@click.option("--prove", is_flag=True, help="Put what is left unproved, and what is excluded, to the solver z3.")
@click.option("--verbose", is_flag=True, help="Every mutant with its end.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    more: tuple[str, ...],
    jobs: int,
    state: Path | None,
    out: Path | None,
    exclusions: Path | None,
    prove: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Plant small faults in the rules; each must make some confirmed case fail, or be proved no fault at all.

    With --prove nothing need stay unproved: the solver proves that a mutant gives every proposal the same verdict, or
    finds one that tells it from the law. Excluded mutants are decided too, and stay excluded.

    A mutant that lives is printed with the case that is missing, as YAML to paste under `cases:`. Read its verdict
    against the paragraph and then strike `confirmed: false`; until then it kills nothing.

    Exit code 0: every mutant killed, or proved the same as the law, or excluded with a reason (under one in a hundred);
    1: some live, or an exclusion is stale; 2: could not run (a case fails as things stand).
    """
    from authorities.listing import shown
    from authorities.loading import SHIPPED, load
    from authorities.mutation.exclusions import FILE, SHARE, read_exclusions
    from authorities.mutation.run import CasesFail, ProcessDied, run

    if prove:
        from authorities.proving.faults import need_solver

        need_solver("authorities mutate --prove")
    folder = context.obj or SHIPPED
    library = load(folder, cases=True).library
    wanted = [shown(library, id_).id for id_ in (*ids, *more)]
    excluded = read_exclusions(exclusions or folder / FILE)
    progress = _Progress()
    try:
        report = run(folder, wanted, jobs=jobs, state=state, excluded=excluded, prove=prove, progress=progress)
    except CasesFail as error:
        for name in error.names:
            click.echo(f"{name}: does not hold as things stand (see: authorities test)", err=True)
        sys.exit(2)
    except ProcessDied:
        click.echo("a process was ended from outside; run again (with --resume, what was settled is kept)", err=True)
        sys.exit(2)
    progress.end()
    if out is not None:
        _write(report, out)
    if as_json:
        click.echo(json.dumps(_as_json(report, folder, prove), indent=2, ensure_ascii=False))
    else:
        click.echo(_as_text(report, folder, verbose, out), nl=False)
        if prove:
            click.echo(_decided(report))
    too_many = report.count("excluded") > SHARE * len(report.results)
    if too_many:
        click.echo(f"{report.count('excluded')} excluded: more than one in a hundred.", err=True)
    for id_ in report.stale:
        click.echo(f"a stale exclusion, of no mutant: {id_}", err=True)
    left = report.survivors or report.stale or too_many or (prove and report.undecided)
    sys.exit(1 if left else 0)


class _Progress:
    """A line on the screen that is written over; every tenth of the way where there is no screen."""

    def __init__(self) -> None:
        self.started, self.screen, self.tenth, self.drawn = time.monotonic(), sys.stderr.isatty(), -1, False

    def __call__(self, done: int, whole: int, counts: Mapping[str, int]) -> None:
        tenth = done * 10 // max(whole, 1)
        if not self.screen and tenth == self.tenth:
            return
        self.tenth = tenth
        ends = ", ".join(f"{n} {status}" for status, n in sorted(counts.items()))
        line = f"{done} of {whole} mutants ({time.monotonic() - self.started:.0f} s): {ends or 'begun'}"
        click.echo(f"\r\x1b[K{line}" if self.screen else line, err=True, nl=not self.screen)
        self.drawn = self.screen

    def end(self) -> None:
        """Leave the line."""
        if self.drawn:
            click.echo(err=True)


def _tallies(report: Any) -> list[tuple[str, dict[str, int]]]:
    files: dict[str, dict[str, int]] = {}
    for one in report.results:
        tally = files.setdefault(one.mutant.file, {})
        tally[one.settled.status] = tally.get(one.settled.status, 0) + 1
    return list(files.items())


def _tally(counts: Mapping[str, int]) -> str:
    lives = sum(counts.get(status, 0) for status in ("missing", "unproved", "waiting"))
    words = [f"{sum(counts.values())} mutants", f"{counts.get('killed', 0)} killed"]
    words += [f"{counts['equivalent']} no different from the law"] if counts.get("equivalent") else []
    words += [f"{counts['excluded']} excluded"] if counts.get("excluded") else []
    return ", ".join([*words, f"{lives} live" if lives else "none lives"])


def _as_text(report: Any, folder: Path, verbose: bool, out: Path | None) -> str:
    from authorities.mutation._places import Places
    from authorities.mutation._writing import case_lines

    places = Places(folder)
    lines: list[str] = []
    for file, counts in _tallies(report):
        own = [r for r in report.results if r.mutant.file == file]
        for one in own if verbose else [r for r in own if r in report.survivors]:
            by = f" ({one.settled.by})" if one.settled.by else ""
            lines.append(f"{places.of(one.mutant).render()}: {one.mutant.sentence}: {_END[one.settled.status]}{by}")
        wanted = [w for w in report.cases if w.kills[0].file == file]
        if wanted and out is None:
            lines += ["", *(f"To paste under `cases:` of {name}:" for name in sorted({w.file for w in wanted}))]
            for one in wanted:
                lines += case_lines(one.case, [f"kills {m.sentence}" for m in one.kills])
            lines.append("")
        lines.append(f"{file}: {_tally(counts)}.")
    whole: dict[str, int] = {}
    for _, counts in _tallies(report):
        for status, n in counts.items():
            whole[status] = whole.get(status, 0) + n
    lines.append(f"{_tally(whole)}; {len(report.cases)} cases wanted{f', in {out}' if out is not None else ''}.")
    return "\n".join(lines) + "\n"


_END = {
    "killed": "killed by",
    "equivalent": "no different from the law",
    "missing": "lives: a case is missing",
    "unproved": "lives: no case found, and no proof",
    "waiting": "lives until a case is confirmed",
    "excluded": "excluded",
}


def _decided(report: Any) -> str:
    """The last line of a run with the solver: what it made of the exclusions, and what is left."""
    excluded = [one.settled.found for one in report.results if one.settled.status == "excluded"]
    same = excluded.count("equivalent")
    apart = len([one for one in excluded if one not in ("equivalent", "unproved")])
    of = f"Of the excluded, {apart} told apart from the law and {same} proved the same. " if excluded else ""
    return f"{of}{len(report.undecided) or 'None'} left unproved."


def _write(report: Any, out: Path) -> None:
    """One file for each law file that wants cases."""
    from authorities.mutation._writing import cases_text

    out.mkdir(parents=True, exist_ok=True)
    for file in sorted({w.file for w in report.cases}):
        some = [(w.case, [f"kills {m.id}" for m in w.kills]) for w in report.cases if w.file == file]
        (out / f"{file}.yaml").write_text(cases_text(some), encoding="utf-8", newline="\n")


def _as_json(report: Any, folder: Path, prove: bool) -> dict[str, Any]:
    from authorities.mutation._places import Places
    from authorities.mutation._writing import case_lines

    places = Places(folder)
    rows = []
    for one in report.results:
        place = places.of(one.mutant)
        rows.append(
            {
                "id": one.mutant.id,
                "file": place.file,
                "line": place.line,
                "key": place.key,
                "mutant": one.mutant.sentence,
                "status": one.settled.status,
                "by": one.settled.by,
                **({"found": one.settled.found} if one.settled.found is not None else {}),
            }
        )
    wanted = [
        {"file": w.file, "kills": [m.id for m in w.kills], "yaml": "\n".join(case_lines(w.case))} for w in report.cases
    ]
    out = {"files": dict(_tallies(report)), "mutants": rows, "cases": wanted, "stale": list(report.stale)}
    return out | ({"unproved": [one.mutant.id for one in report.undecided]} if prove else {})
