"""``authorities verify``: whether an edition's file is as it was frozen, and who signed it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.command("verify")
@click.argument("edition", metavar="FILE")
@click.option("--public-key", "key", type=click.Path(path_type=Path), metavar="PEM", help="Who must have signed it.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def command(edition: str, key: Path | None, as_json: bool) -> None:
    """Hold an edition (its file, or NAME of NAME.edition here) against its manifest, and its signature against a key.

    Each file that was changed, is missing or does not belong is named. Exit code: 0 whole (and, with --public-key, signed
    with that key), 1 not so, 2 no edition.
    """
    from authorities.editions.verifying import path_of, read_bytes, verified

    path = path_of(edition)
    found = verified(read_bytes(path), str(path))
    sealed, good = _sealed(found, key)
    clean = not found.problems and good
    if as_json:
        click.echo(json.dumps(_row(path, found, sealed, clean), indent=2, ensure_ascii=False))
    else:
        for problem in found.problems:
            click.echo(problem)
        if found.manifest is not None:
            click.echo(_said(found.manifest))
        click.echo(sealed)
        click.echo("Whole: every file is as it was frozen." if not found.problems else "Not as it was frozen.")
    sys.exit(0 if clean else 1)


def _sealed(found: Any, key: Path | None) -> tuple[str, bool]:
    """The state of the signature in a sentence, and whether it is what was asked for."""
    from authorities.editions.signing import problem, short

    if found.signature is None:
        return "Not signed: the hashes tell that it is whole, not who made it.", key is None
    by = f"key {short(found.signature.key)}"
    if key is None:
        return f"Signed with {by}; not checked (give --public-key).", True
    wrong = problem(found.signature, found.manifest.content(), key) if found.manifest is not None else "no manifest"
    return (f"The signature is bad: {wrong}.", False) if wrong else (f"The signature is good: {by}.", True)


def _said(manifest: Any) -> str:
    through = f" Law read through {manifest.known_through}." if manifest.known_through else ""
    after = f" after {' and '.join(manifest.checked)}" if manifest.checked else ""
    made = f"{manifest.name}, frozen {manifest.made} by engine {manifest.engine}{after}: {len(manifest.files)} files."
    return f"{made}{through}\nDigest {manifest.digest}."


def _row(path: Path, found: Any, sealed: str, clean: bool) -> dict[str, Any]:
    from dataclasses import asdict

    manifest = found.manifest
    kept = {} if manifest is None else {k: v for k, v in asdict(manifest).items() if k not in ("format", "files")}
    return {
        "file": str(path),
        "clean": clean,
        "problems": list(found.problems),
        "manifest": {**kept, "files": len(manifest.files)} if manifest is not None else None,
        "signature": sealed,
    }
