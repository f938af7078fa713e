"""Law files as lists and as plain English with cites and history."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Library
from rules.provisions import Bar, Cap, Definition, Duty, Fund, LawFile, Life, Provision
from rules.words import Speaker, amount, file_value
from rules.words import listed as joined

WIDTH = 100


def _day(value: Any) -> str:
    return f"{value.day} {value:%B} {value.year}"


def life_words(life: Life) -> str:
    """``from 23 December 2016 (Pub. L. 114-328, section 1241) until ...``."""
    if life.fund_years is not None:
        years = life.fund_years
        span = f"money of fiscal years {years.first or '...'} to {years.last or '...'}"
    else:
        span = f"from {_day(life.since)}"
    if life.law is not None:
        section = f", section {life.law.section}" if life.law.section else ""
        span += f" (Pub. L. {life.law.public_law}{section})"
    if life.until is not None:
        span += f" until {_day(life.until)}"
        if life.ended_by is not None:
            span += f" (Pub. L. {life.ended_by.public_law})"
    return span


def status(file: LawFile) -> str:
    """In force, or when it ended."""
    provisions = file.grants if file.kind == "authority" else file.provisions()
    if any(p.life.until is None for p in provisions):
        return "in force"
    ends = [p.life.until for p in provisions if p.life.until is not None]
    return f"ended {_day(max(ends))}" if ends else "in force"


def listed(library: Library) -> list[dict[str, Any]]:
    """A row for each law file."""
    return [
        {
            "id": file.id,
            "kind": file.kind,
            "statute": file.statute,
            "title": file.title,
            "holder": file.holder,
            "status": status(file),
            "basis": file.basis,
            "tags": sorted(file.tags),
            "provisions": len(file.provisions()),
            "cases": len(file.cases),
            "replaces": list(file.replaces),
        }
        for file in library.files()
    ]


def render_list(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as a table."""
    out = []
    for kind, heading in (("authority", "Authorities"), ("limit", "Limits"), ("definitions", "Definitions")):
        out.append(heading)
        for row in rows:
            if row["kind"] == kind:
                counts = f"{row['provisions']:>3} provisions {row['cases']:>3} cases"
                out.append(f"  {row['id']:<22} {row['status']:<26} {counts}  {row['title']}")
        out.append("")
    return "\n".join(out).rstrip()


def shown(library: Library, word: str) -> LawFile:
    """A law file by id or statute."""
    folded = "".join(ch for ch in word.lower() if ch.isalnum())
    for file in library.files():
        if word == file.id or folded in (
            "".join(c for c in w.lower() if c.isalnum()) for w in (file.id, file.statute, file.short)
        ):
            return file
    ids = [file.id for file in library.files()]
    raise FaultsError(
        [
            Fault(
                Place("authorities", None, ""),
                f"'{word}'",
                "an id of the library (see: authorities list)",
                nearest(word, ids),
            )
        ]
    )


def _head(speaker: Speaker, file: LawFile, provision: Provision) -> list[str]:
    notes = [
        n
        for n in (
            provision.force if provision.force != "statute" else "",
            provision.basis if provision.basis != "text" else "",
        )
        if n
    ]
    mark = f" [{'; '.join(notes)}]" if notes else ""
    said = f"{provision.cite}  {provision.gist}{mark}"
    return [
        *textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="      "),
        f"      {provision.id}: {life_words(provision.life)}",
    ]


def _details(speaker: Speaker, file: LawFile, provision: Provision) -> list[str]:
    said: list[str] = []
    if provision.when is not None and speaker.say(provision.when) != "always":
        said.append(f"When: {speaker.say(provision.when)}.")
    if isinstance(provision, Definition) and provision.inside is not None:
        said.append(f"Inside: {speaker.say(provision.inside)}.")
        if provision.outside is not None:
            said.append(f"Outside: {speaker.say(provision.outside)}.")
        if provision.otherwise:
            said.append(f"Otherwise: the open question '{provision.otherwise}'.")
    if isinstance(provision, (Bar, Duty)) and provision.unless is not None:
        said.append(f"Unless: {speaker.say(provision.unless)}.")
    if isinstance(provision, Duty):
        act = speaker.vocabulary.acts[provision.act]
        term = (
            f"{provision.days} days " if provision.days else f"{provision.months} months " if provision.months else ""
        )
        term = f"{provision.hours} hours " if provision.hours else term
        when = "recurring" if provision.recurring else f"{term}{provision.direction} the {provision.event}"
        said.append(f"Act: {act.gist} \u2014 {act.actor}; {when}.")
        said += [f"Contents {c.cite}: {c.gist}." for c in provision.contents]
    if isinstance(provision, Cap):
        value = provision.amount if isinstance(provision.amount, int) else file_value(file, provision.amount)
        kind = speaker.vocabulary.facts[provision.counts].type
        said.append(f"No more than {amount(value, kind)} of {speaker.fact(provision.counts)} per {provision.per}.")
    if isinstance(provision, Fund):
        verb = "May not be" if provision.never else "Only" if provision.only else "May be"
        said.append(f"{verb}: {joined([speaker.term(a) for a in provision.accounts])}.")
        if provision.begin_in_fund_year:
            said.append("The activity begins in the money's fiscal year.")
        if provision.end_by_years is not None:
            value = (
                provision.end_by_years
                if isinstance(provision.end_by_years, int)
                else file_value(file, provision.end_by_years)
            )
            said.append(f"It ends by the close of fiscal year {value} after the money's (newest rule).")
    if provision.defeats:
        said.append(f"Here {joined(provision.defeats, 'and')} does not apply.")
    return [
        line
        for one in said
        for line in textwrap.wrap(one, WIDTH, initial_indent="      ", subsequent_indent="        ")
    ]


def render_file(library: Library, file: LawFile) -> str:
    """The whole file in plain English."""
    speaker = Speaker(library.vocabulary, lambda ref: file_value(_owner(library, file, ref.file), ref))
    out = [
        f"{file.statute}. {file.title}",
        f"  {file.id}; {status(file)}" + (f"; holder: {file.holder}" if file.holder else ""),
    ]
    if file.basis != "text":
        out.append(f"  Basis: {file.basis}")
    if file.replaces or file.replaced_by:
        out.append(
            "  "
            + "; ".join(
                s
                for s in (
                    f"replaces {', '.join(file.replaces)}" if file.replaces else "",
                    f"replaced by {', '.join(file.replaced_by)}" if file.replaced_by else "",
                )
                if s
            )
        )
    if file.kind == "limit":
        reach = file.reach
        reached = [
            *sorted(reach.authorities),
            *(f"tag {t}" for t in sorted(reach.tags)),
            *(f"money {a}" for a in reach.accounts),
        ]
        out.append(f"  Reaches: {'everything' if reach.everything else joined(reached)}")
    for heading, provisions in (
        ("May", file.grants),
        ("May not", file.bars),
        ("Must", file.duties),
        ("No more than", file.caps),
        ("Money", file.funds),
        ("Words", file.definitions),
    ):
        if provisions:
            out += ["", heading]
            for provision in provisions:
                out += _head(speaker, file, provision) + _details(speaker, file, provision)
    if file.values:
        out += ["", "Values"]
        for name, entries in file.values.items():
            for entry in entries:
                said = speaker_value(speaker, entry.is_, entry.adds, entry.removes)
                out += textwrap.wrap(
                    f"{name} {entry.cite}: {said}; {life_words(entry.life)}",
                    WIDTH,
                    initial_indent="  ",
                    subsequent_indent="      ",
                )
    if file.notes:
        out += ["", "Notes"]
        for note in file.notes:
            out += textwrap.wrap(f"{note.cite}  {note.gist}", WIDTH, initial_indent="  ", subsequent_indent="      ")
    return "\n".join(out)


def speaker_value(speaker: Speaker, is_: Any, adds: Sequence[str], removes: Sequence[str]) -> str:
    """A dated value's entry in words."""
    if isinstance(is_, tuple):
        return joined([speaker.term(t) for t in is_])
    if is_ is not None:
        return f"{is_:,}" if isinstance(is_, int) else str(is_)
    parts = []
    if adds:
        parts.append("adds " + joined([speaker.term(t) for t in adds], "and"))
    if removes:
        parts.append("removes " + joined([speaker.term(t) for t in removes], "and"))
    return "; ".join(parts)


def _owner(library: Library, file: LawFile, id_: str | None) -> LawFile:
    return file if id_ is None else next(f for f in library.files() if f.id == id_)


def file_json(library: Library, file: LawFile) -> dict[str, Any]:
    """A law file as data: provisions with cites, lives and meaning in words."""
    speaker = Speaker(library.vocabulary, lambda ref: file_value(_owner(library, file, ref.file), ref))
    row = next(r for r in listed(library) if r["id"] == file.id)
    row["provisions"] = [
        {
            "id": p.id,
            "kind": type(p).__name__.lower(),
            "cite": p.cite,
            "gist": p.gist,
            "since": p.life.since.isoformat(),
            "until": p.life.until.isoformat() if p.life.until else None,
            "law": p.life.law.public_law if p.life.law else None,
            "force": p.force,
            "basis": p.basis,
            "says": [line.strip() for line in _details(speaker, file, p)],
        }
        for p in file.provisions()
    ]
    return row
