"""The worklist for people, old and new words side by side, and the same as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from authorities.drift import KINDS, Change, Item, Report, SectionDrift

WIDTH = 110
_COLUMN = (WIDTH - 7) // 2


def named(number: str | None) -> str:
    """A paragraph's number; `chapeau` for the text before the first unit."""
    return number or "chapeau"


def headline(change: Change) -> str:
    """`(a)(2)  moved from (a)(3)`."""
    if change.was is None or change.was == change.paragraph:
        return f"{named(change.paragraph)}  {change.kind}"
    was = named(change.was)
    return (
        f"{named(change.paragraph)}  moved from {was}"
        if change.kind == "moved"
        else (f"{named(change.paragraph)}  changed (was {was})")
    )


def as_text(report: Report) -> str:
    """The worklist, then what could not be compared, then the counts."""
    out = [line for one in report.sections if one.items or one.ended for line in _section(one)]
    known = [(one.section, each) for one in report.sections for each in one.defects]
    if known:
        out.append("Known defects of the sources, which are not drift:")
        for section, each in known:
            said = f"{section} {named(each.defect.designation)} in {each.defect.release}: {each.defect.why}"
            out += textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
        out.append("")
    for sections, said in (
        (report.not_held, "Sections of the register that this source does not hold"),
        (report.not_recorded, "Sections not recorded at that release"),
    ):
        if sections:
            out += _wrapped(f"{said} ({len(sections)}): {', '.join(sections)}.", "")
    if report.unread:
        total = sum(len(ids) for ids in report.unread.values())
        listed = ", ".join(f"{file} ({len(ids)})" for file, ids in report.unread.items())
        out += _wrapped(f"Provisions whose text this source does not hold ({total}), by file: {listed}.", "")
    counts = ", ".join(f"{report.count(kind)} {kind}" for kind in KINDS)
    said = counts if report.changed else "nothing changed"
    drifted = sum(bool(one.items) for one in report.sections)
    size = len(report.sections)
    of = f"{size} section{'s' if size != 1 else ''} compared" + (f", {drifted} with changes" if drifted else "")
    return "\n".join([*out, f"{of}: {said}."])


def _section(one: SectionDrift) -> Iterator[str]:
    yield f"{one.section}, recorded at {one.recorded} ({one.released.isoformat()}), now {one.file}"
    if one.ended:
        yield "  Only a place-holder stands there now; the library has ended every provision of it."
    if one.losses:
        yield from _wrapped(f"The source of {one.recorded} is known for: {'; '.join(one.losses)}.", "  ")
    for item in one.items:
        yield ""
        yield f"  {headline(item.change)}" + (f"  ({one.file}:{item.line})" if item.line else "")
        yield from _touched(item)
        yield from _words(item)
    yield ""


def _touched(item: Item) -> Iterator[str]:
    touched = item.touched
    where = "cited one unit up by" if touched.above else "cited by"
    yield from _wrapped(f"{where}: {'; '.join(touched.provisions) or 'nothing'}", "      ")
    for said, names in (
        ("used by", touched.users),
        ("cases read against it", touched.cases),
        ("cases that rest on what cites it", _places(touched.decided)),
    ):
        if names:
            yield from _wrapped(f"{said}: {'; '.join(names)}", "      ")
    if item.like is not None:
        yield f"      its words are most like those of the old {named(item.like)}"


def _places(cases: Sequence[str]) -> tuple[str, ...]:
    """The cases by file and line, without their names: `file.yaml:12, 31`."""
    lines: dict[str, list[str]] = {}
    for case in cases:
        file, line, _ = case.split(":", 2)
        lines.setdefault(file, []).append(line)
    return tuple(f"{file}:{', '.join(found)}" for file, found in lines.items())


def _words(item: Item) -> Iterator[str]:
    if item.change.kind == "moved":
        yield from _wrapped(f"| {item.new}" if item.new else "| (no words of its own)", "      ")
    elif item.old is None or item.new is None:
        for said, words in (("old", item.old), ("new", item.new)):
            if words is not None:
                yield from _wrapped(f"{said} | {words or '(no words of its own)'}", "      ")
    else:
        columns = [_column("old", item.old), _column("new", item.new)]
        for left, right in zip_longest(*columns, fillvalue=""):
            yield f"    {left:<{_COLUMN}} | {right}".rstrip()


def _column(title: str, words: str) -> list[str]:
    return [title, *(textwrap.wrap(words, _COLUMN) or ["(no words of its own)"])]


def _wrapped(text: str, indent: str) -> list[str]:
    # Ids have hyphens, and must stay whole to be found by.
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)


def as_json(report: Report) -> dict[str, Any]:
    """The whole report as plain data."""
    return {
        "source": report.source,
        "changed": report.changed,
        "counts": {kind: report.count(kind) for kind in KINDS},
        "sections": [_section_json(one) for one in report.sections],
        "not_held": list(report.not_held),
        "not_recorded": list(report.not_recorded),
        "provisions_not_held": {file: list(ids) for file, ids in report.unread.items()},
    }


def _section_json(one: SectionDrift) -> dict[str, Any]:
    return {
        "section": one.section,
        "file": one.file,
        "recorded": one.recorded,
        "released": one.released.isoformat(),
        "losses": list(one.losses),
        "paragraphs": one.paragraphs,
        "ended": one.ended,
        "changes": [_item_json(item) for item in one.items],
        "known_defects": [
            {
                "paragraph": named(each.defect.designation),
                "release": each.defect.release,
                "effect": each.defect.effect,
                "why": each.defect.why,
                "differs": each.differs,
            }
            for each in one.defects
        ],
    }


def _item_json(item: Item) -> dict[str, Any]:
    change, touched = item.change, item.touched
    names: Sequence[tuple[str, Sequence[str]]] = (
        ("provisions", touched.provisions),
        ("used_by", touched.users),
        ("cases", touched.cases),
        ("cases_resting_on_these", touched.decided),
    )
    return {
        "kind": change.kind,
        "paragraph": named(change.paragraph),
        "was": None if change.was is None else named(change.was),
        "line": item.line,
        **{key: list(value) for key, value in names},
        "cited_above": touched.above,
        "old": item.old,
        "new": item.new,
        "like": None if item.like is None else named(item.like),
    }
