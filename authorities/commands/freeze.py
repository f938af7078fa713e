"""``authorities freeze``: the library as one file with a name, which answers can be asked of later."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click


@click.command("freeze")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Its file (default: NAME.edition).")
@click.option("--checked", is_flag=True, help="Lint the library and run its cases first; stop unless both are clean.")
@click.option("--key", type=click.Path(path_type=Path), metavar="PEM", help="Sign with this private key (Ed25519).")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made on.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.pass_context
def command(
    context: click.Context,
    name: str,
    out: Path | None,
    checked: bool,
    key: Path | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """Freeze the library as an edition with NAME (FY2026.1): one file, with the reference tables and every hash.

    The same library, name and day give the same file. Exit code: 0 frozen, 1 not clean, 2 could not run.
    """
    from authorities.editions.freezing import frozen
    from authorities.editions.verifying import SUFFIX
    from authorities.home import INSTALLED
    from rules.faults import Fault, FaultsError, Place

    path = out or Path(f"{name}{SUFFIX}")
    home = INSTALLED if context.obj is None else INSTALLED._replace(library=context.obj)
    day = today.date() if today is not None else date.today()
    frozen(name, home, day, key=key)  # before the long checks: whether it can be frozen at all
    if path.exists():
        raise FaultsError([Fault(Place(str(path), None, ""), "a file that is there already", "a new name")])
    if checked:
        found = _unclean(home.library)
        if found:
            click.echo(f"Not frozen: {found}.")
            sys.exit(1)
    manifest, content = frozen(name, home, day, checked=("lint", "cases") if checked else (), key=key)
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsError([Fault(Place(str(path), None, ""), reason, "a file that can be written")]) from None
    if as_json:
        click.echo(json.dumps(_row(path, manifest, len(content), key is not None), indent=2, ensure_ascii=False))
        return
    click.echo(f"Frozen: {path}, {len(manifest.files)} files, {'signed' if key is not None else 'not signed'}.")
    click.echo(f"Digest {manifest.digest}.")


def _unclean(folder: Path) -> str:
    """What lint and the cases find wrong, in a phrase; empty: nothing."""
    from authorities.casework import run_cases
    from authorities.linting import lint
    from authorities.loading import load

    report = lint(folder)
    parts = []
    if not report.clean:
        many = report.count("error") + report.count("warning")
        parts.append(f"lint finds {many} errors and warnings (see: authorities lint)")
    failed = [one for one in run_cases(load(folder, cases=True).library) if one.problem]
    if failed:
        parts.append(f"{len(failed)} cases fail, the first '{failed[0].case.name}' (see: authorities test)")
    return " and ".join(parts)


def _row(path: Path, manifest: Any, size: int, signed: bool) -> dict[str, Any]:
    return {
        "file": str(path),
        "name": manifest.name,
        "made": manifest.made,
        "digest": manifest.digest,
        "files": len(manifest.files),
        "bytes": size,
        "checked": list(manifest.checked),
        "signed": signed,
    }
