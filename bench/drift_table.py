"""Compare what `authorities drift` reports with the table written by hand (`bench/drift_expected.yaml`).

Run by hand: `python bench/drift_table.py FOLDER`, FOLDER being the store of law (`usc/`, `usc-xml/`).  The recorded
texts are the store's, read into a register of its own in a temporary folder, so sections that the shipped register
does not hold can be asked for.  Exit 0 when every cell agrees.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from authorities import register
from authorities._drift_match import KINDS
from authorities.drift import Report, SectionDrift, Source, drift, read_source
from authorities.loading import load
from rules.library import Library

EXPECTED = Path(__file__).with_name("drift_expected.yaml")


@dataclass(frozen=True, slots=True)
class Cell:
    """One section at one recorded release: what the table says, and what was reported, as `kind paragraph`."""

    section: str
    recorded: str
    expected: frozenset[str]
    reported: frozenset[str]

    @property
    def equal(self) -> bool:
        """Whether the two agree."""
        return self.expected == self.reported


def make_register(law: Path, home: Path, table: dict[str, Any]) -> None:
    """A register of the shipped sections and the table's, with the shipped defects and the table's."""
    calendar = yaml.safe_load((register.HOME / "releases.yaml").read_text("utf-8"))
    sections = list(dict.fromkeys([*calendar["sections"], *table["table"]]))
    defects = yaml.safe_load((register.HOME / "defects.yaml").read_text("utf-8"))["defects"] + table["defects"]
    home.mkdir(parents=True, exist_ok=True)
    (home / "releases.yaml").write_text(yaml.safe_dump({**calendar, "sections": sections}, sort_keys=False), "utf-8")
    (home / "defects.yaml").write_text(yaml.safe_dump({"defects": defects}), "utf-8")
    register.write(register.build(law, sections, home), home)


def wrap_title(files: Iterator[Path], title: Path) -> None:
    """One file of a whole title, in the publisher's frame, from files of one section."""
    with title.open("wb") as out:
        out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0">')
        out.write(b"<meta/><main><title><num>Title</num><chapter><heading>All</heading>\n")
        for file in files:
            text = file.read_bytes()
            out.write(text[text.index(b"<section") :] + b"\n")
        out.write(b"</chapter></title></main></uscDoc>\n")


def said(report: SectionDrift) -> frozenset[str]:
    """Every change as `kind paragraph`, `kind old -> new` where the number is another."""
    return frozenset(
        f"{one.change.kind} {one.change.paragraph}"
        if one.change.was in (None, one.change.paragraph)
        else f"{one.change.kind} {one.change.was} -> {one.change.paragraph}"
        for one in report.items
    )


def wanted(entry: dict[str, Any]) -> frozenset[str]:
    """The same of a row of the table."""
    return frozenset(f"{kind} {name}" for kind in KINDS for name in entry.get(kind, ()))


def cells(reports: dict[str, Report], table: dict[str, Any]) -> Iterator[Cell]:
    """Each cell of the table, with what the report against that release says."""
    for section, entries in table["table"].items():
        for entry in entries:
            for release in entry["recorded"]:
                found = next(one for one in reports[release].sections if one.section == section)
                yield Cell(section, release, wanted(entry), said(found))


def stored(law: Path, table: dict[str, Any]) -> set[tuple[str, str]]:
    """Every older release the store holds of the table's sections."""
    files = {section: f"t{section.replace(' USC ', '-s')}.txt" for section in table["table"]}
    folders = [one for one in (law / "usc").iterdir() if one.name != table["new"]]
    return {(section, one.name) for section, name in files.items() for one in folders if (one / name).is_file()}


def run(law: Path, library: Library, home: Path, table: dict[str, Any]) -> int:
    """Print every comparison; the number that failed."""
    new = table["new"]
    sections = register.calendar(home).sections
    xml = read_source(law / "usc-xml" / new, sections)
    failed = 0
    asked = {(name, one) for name, rows in table["table"].items() for row in rows for one in row["recorded"]}
    for section, release in sorted(asked ^ stored(law, table)):
        failed += 1
        print(f"FAIL {section} at {release}: in the table or in the store, but not in both")
    reports = {one: drift(library, home, xml, recorded=one, release=new) for _, one in sorted(asked)}
    print(f"{'section':<12} {'recorded':<13} " + " ".join(f"{kind:>8}" for kind in KINDS))
    for cell in cells(reports, table):
        failed += not cell.equal
        counts = " ".join(f"{sum(one.startswith(kind) for one in cell.reported):>8}" for kind in KINDS)
        print(f"{cell.section:<12} {cell.recorded:<13} {counts}  {'as expected' if cell.equal else 'FAIL'}")
        for name, only in (("expected", cell.expected - cell.reported), ("reported", cell.reported - cell.expected)):
            for one in sorted(only):
                print(f"    only {name}: {one}")
    failed += defects_listed(reports, table)
    failed += nothing("the text of " + new + " against its own XML", drift(library, home, xml))
    for release in sorted(one.name for one in (law / "usc").iterdir()):
        text = read_source(law / "usc" / release, sections)
        failed += nothing(f"{release} against itself", drift(library, home, text, recorded=release))
    failed += whole_title(law, library, home, reports, table)
    return failed


def defects_listed(reports: dict[str, Report], table: dict[str, Any]) -> int:
    """Whether each known defect of the table's sections is listed as such, and none is a change."""
    failed = 0
    for one in table["defects"]:
        for release in one["releases"]:
            found = next(each for each in reports[release].sections if each.section == one["section"])
            for name in one["designations"]:
                listed = any(each.defect.designation == name for each in found.defects)
                drifted = any(name in (each.change.paragraph, each.change.was) for each in found.items)
                good = listed and not drifted
                failed += not good
                print(f"defect {one['section']}{name} of {release}: {'listed, no drift' if good else 'FAIL'}")
    return failed


def nothing(what: str, report: Report) -> int:
    """One line on a comparison that must give nothing; 1 when it does not."""
    names = [f"{one.section}: {each}" for one in report.sections for each in sorted(said(one))]
    paragraphs = sum(one.paragraphs for one in report.sections)
    size = f"{len(report.sections)} sections, {paragraphs} paragraphs"
    print(f"{what}: {'nothing' if not names else 'FAIL ' + '; '.join(names)} ({size})")
    return bool(names)


def whole_title(law: Path, library: Library, home: Path, reports: dict[str, Report], table: dict[str, Any]) -> int:
    """A whole title in one file must give what the folder of its sections gives."""
    title = home / "usc10.xml"
    wrap_title(iter(sorted((law / "usc-xml" / table["new"]).glob("t10-*.xml"))), title)
    begun = time.perf_counter()
    source: Source = read_source(title, register.calendar(home).sections)
    took = time.perf_counter() - begun
    failed = 0
    for release, report in reports.items():
        whole = drift(library, home, source, recorded=release, release=table["new"])
        by_name = {one.section: said(one) for one in report.sections}
        failed += any(said(one) != by_name[one.section] for one in whole.sections)
    size = title.stat().st_size / 1e6
    print(f"a whole title ({size:.1f} MB, read in {took:.1f} s): {'FAIL' if failed else 'as section by section'}")
    return failed


def main() -> int:
    """Build the register, run, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("law", type=Path, help="the store of law (holds usc/ and usc-xml/)")
    options = parser.parse_args()
    table = yaml.safe_load(EXPECTED.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "register"
        make_register(options.law, home, table)
        failed = run(options.law, load().library, home, table)
    total = sum(len(row["recorded"]) for rows in table["table"].values() for row in rows)
    print(f"{total} cells; {failed} comparisons failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
