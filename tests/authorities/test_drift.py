"""Drift: what changed in the Code since it was recorded, and what of the library rests on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from authorities import register
from authorities._drift_match import Change, differences, nearest_words
from authorities.cli import main
from authorities.drift import Report, drift, read_source
from authorities.loading import load
from authorities.paragraphs import fingerprint
from rules.faults import FaultsError
from tests.support.closing import before_the_line

ROOT = Path(__file__).parents[2]
CODE = ROOT / "tests" / "fixtures" / "code"
BASE = ROOT / "tests" / "bad" / "library" / "base"
TABLE = yaml.safe_load((ROOT / "bench" / "drift_expected.yaml").read_text("utf-8"))
SECTIONS = ["10 USC 301", "10 USC 321", "10 USC 341", "22 USC 2420", "31 USC 1341"]
RELEASES = {
    "113-21": date(2013, 7, 25),
    "114-219": date(2016, 7, 19),
    "115-269not254": date(2018, 10, 16),
    "117-81": date(2021, 12, 27),
    "2023-04-20": date(2023, 4, 20),
    "118-41": date(2024, 3, 1),
    "119-1": date(2025, 1, 29),
    "119-100": date(2026, 7, 18),
}
DEFECTS = yaml.safe_load((register.HOME / "defects.yaml").read_text("utf-8"))["defects"] + TABLE["defects"]

AUTHORITY = """\
language: 1
id: 10-usc-321
title: Training with friendly forces
statute: 10 U.S.C. 321
holder: Harbor master
law: {public_law: 101-1}
values:
  partners:
    - {cite: (a)(1), since: 1990-01-05, is: [dredging]}
grants:
  - {id: train, cite: (a)(1), gist: Train., when: {element: {value: partners}}}
  - {id: deploy, cite: (b)(2)-(5), gist: Pay., when: {element: filling, satisfies: small}}
bars:
  - {id: ended, cite: (a)(2), gist: Ended., when: {element: filling}, until: 1992-03-01, ended_by: {public_law: 102-7}}
duties:
  - {id: elements, cite: "(a)(4), (a)(4)*", gist: Elements., act: harbor-report}
notes:
  - {cite: (a)(2), gist: General purpose forces.}
cases:
  - name: read against the words
    date: 2026-03-15
    given: {element: dredging}
    verdict: conditional
    because: [train]
    paragraph: (a)(1)
  - {name: read against none, date: 2026-03-15, given: {element: dredging}, verdict: conditional, because: [train]}
"""
DEFINITIONS = """\
language: 1
id: 10-usc-301
title: Definitions
statute: 10 U.S.C. 301
law: {public_law: 101-1}
definitions:
  - {id: small, cite: (8), gist: Small., when: {element: filling}}
"""


def in_store(store: Path, name: str) -> None:
    """Put a fixture, `t10-s301.118-41.txt`, where a store of law has it."""
    stem, _, rest = name.partition(".")
    release, _, kind = rest.rpartition(".")
    folder = store / ("usc" if kind == "txt" else "usc-xml") / release
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(CODE / name, folder / f"{stem}.{kind}")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store of law."""
    folder = tmp_path_factory.mktemp("store")
    for section in SECTIONS:
        for file in CODE.glob(f"t{section.replace(' USC ', '-s')}.*"):
            in_store(folder, file.name)
    return folder


@pytest.fixture(scope="module")
def made(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library with a register of the store's sections."""
    folder = tmp_path_factory.mktemp("made") / "library"
    shutil.copytree(BASE, folder)
    (folder / "authorities" / "10-usc-321.yaml").write_text(AUTHORITY, "utf-8")
    (folder / "definitions").mkdir(exist_ok=True)
    (folder / "definitions" / "10-usc-301.yaml").write_text(DEFINITIONS, "utf-8")
    home = folder / "register"
    home.mkdir()
    lines = [f'  - name: "{name}"\n    date: {day}\n    losses: [flush text]\n' for name, day in RELEASES.items()]
    held = "".join(f"  - {section}\n" for section in SECTIONS)
    (home / "releases.yaml").write_text(
        f"# kept\nreleases:\n{''.join(lines)}\n# kept too\nsections:\n{held}acts: {{}}\n", "utf-8"
    )
    (home / "defects.yaml").write_text(yaml.safe_dump({"defects": DEFECTS}), "utf-8")
    register.write(register.build(store, SECTIONS, home), home)
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    """The same, to be written in."""
    return Path(shutil.copytree(made, tmp_path / "library"))


def run(library: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--library", str(library), "drift", *map(str, arguments)])


def report(library: Path, usc: Path, recorded: str | None = None, release: str | None = None) -> Report:
    home = library / "register"
    source = read_source(usc, register.calendar(home).sections)
    return drift(load(library, cache=False, cases=True).library, home, source, recorded=recorded, release=release)


def said(found: Report, section: str) -> set[str]:
    one = next(each for each in found.sections if each.section == section)
    return {
        f"{item.change.kind} {item.change.paragraph}"
        if item.change.was in (None, item.change.paragraph)
        else f"{item.change.kind} {item.change.was} -> {item.change.paragraph}"
        for item in one.items
    }


def cells() -> Iterator[tuple[str, str, set[str]]]:
    """The cells of the table written by hand that the fixtures have texts for."""
    for section, rows in TABLE["table"].items():
        for row in rows:
            for release in row["recorded"]:
                if (CODE / f"t{section.replace(' USC ', '-s')}.{release}.txt").is_file():
                    kinds = ("changed", "added", "removed", "moved")
                    yield section, release, {f"{kind} {name}" for kind in kinds for name in row.get(kind, ())}


@pytest.mark.parametrize(("section", "release", "expected"), [*cells()])
def test_reported_equals_the_table_written_by_hand(
    made: Path, store: Path, section: str, release: str, expected: set[str]
) -> None:
    assert said(report(made, store / "usc-xml" / "119-100", release), section) == expected


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_against_itself_gives_nothing(made: Path, store: Path, release: str) -> None:
    found = report(made, store / "usc" / release, release)
    assert found.sections
    assert not found.changed


def test_the_text_against_its_own_xml_gives_nothing(made: Path, store: Path) -> None:
    result = run(made, "--usc", store / "usc-xml" / "119-100")
    assert (result.exit_code, before_the_line(result.output).splitlines()[-1]) == (
        0,
        "5 sections compared: nothing changed.",
    )


def test_quotes_dashes_case_and_space_are_never_change(made: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t10-s301.xml").read_text("utf-8")
    start = text.index("<paragraph")
    other = text[start:].replace("“", '"').replace("’", "'").replace("—", " - ").replace("The term", "THE  TERM")
    (tmp_path / "a.xml").write_text(text[:start] + other, "utf-8")
    assert other != text[start:]
    assert run(made, "--usc", tmp_path / "a.xml").exit_code == 0


def test_headings_are_not_compared(made: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t10-s321.xml").read_text("utf-8")
    (tmp_path / "a.xml").write_text(text.replace("Training Authorized", "Something Else"), "utf-8")
    assert run(made, "--usc", tmp_path / "a.xml").exit_code == 0


def test_a_whole_title_is_read_as_its_sections_are(made: Path, store: Path, tmp_path: Path) -> None:
    parts = [file.read_text("utf-8") for file in sorted((store / "usc-xml" / "119-100").glob("t10-*.xml"))]
    body = "\n".join(part[part.index("<section") :] for part in parts)
    title = tmp_path / "usc10.xml"
    title.write_text(
        f'<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><title><chapter>{body}</chapter></title></main></uscDoc>',
        "utf-8",
    )
    found = report(made, title)
    assert [one.section for one in found.sections] == ["10 USC 301", "10 USC 321", "10 USC 341"]
    assert not found.changed
    assert found.not_held == ("22 USC 2420", "31 USC 1341")
    assert said(report(made, title, "119-1"), "10 USC 321") == said(
        report(made, store / "usc-xml" / "119-100", "119-1"), "10 USC 321"
    )


def items(library: Path, store: Path, *more: str | Path) -> dict[tuple[str, str], dict[str, Any]]:
    usc = store / "usc-xml" / "119-100" / "t10-s321.xml"
    result = run(library, "--usc", usc, "--recorded", "119-1", "--json", *more)
    assert result.exit_code == 1
    (section,) = json.loads(result.output)["sections"]
    return {(one["kind"], one["paragraph"]): one for one in section["changes"]}


def test_the_worklist_names_what_rests_on_the_words(made: Path, store: Path) -> None:
    found = items(made, store)
    first = found["changed", "(a)(1)"]
    assert first["provisions"] == ["10-usc-321.train", "10-usc-321.values.partners"]
    assert first["cases"] == ["authorities/10-usc-321.yaml:20: read against the words"]
    assert first["cases_resting_on_these"] == ["authorities/10-usc-321.yaml:26: read against none"]
    assert found["removed", "(a)(2)"]["provisions"] == ["10-usc-321.note (a)(2)"], "what had ended is not touched"
    assert found["moved", "(a)(3)"]["provisions"] == ["10-usc-321.elements"]
    assert found["moved", "(a)(3)(B)"]["provisions"] == ["10-usc-321.elements"]
    assert found["removed", "(b)(4)"]["provisions"] == ["10-usc-321.deploy"], "a range cites what is inside it"
    assert found["changed", "(e)"]["provisions"] == []


def test_a_definition_names_the_provisions_of_other_files_that_use_it(made: Path, store: Path) -> None:
    usc = store / "usc-xml" / "119-100" / "t10-s301.xml"
    result = run(made, "--usc", usc, "--recorded", "2023-04-20", "--json")
    (change,) = json.loads(result.output)["sections"][0]["changes"]
    assert (change["provisions"], change["used_by"]) == (["10-usc-301.small"], ["10-usc-321.deploy"])


def test_an_addition_nothing_cites_names_what_cites_the_unit_above(made: Path, tmp_path: Path) -> None:
    (tmp_path / "t10-s321.txt").write_text(
        "§ 321. Training\n\n(a) Training.—\n    (1) Words.—One may train.\n        (A) on land.\n\n--- notes ---\n",
        "utf-8",
    )
    found = run(made, "--usc", tmp_path / "t10-s321.txt", "--json")
    changes = json.loads(found.output)["sections"][0]["changes"]
    (added,) = [one for one in changes if one["kind"] == "added"]
    assert (added["paragraph"], added["cited_above"]) == ("(a)(1)(A)", True)
    assert added["provisions"] == ["10-usc-321.train", "10-usc-321.values.partners"]


def test_old_words_stand_beside_new_ones_when_they_are_to_hand(made: Path, store: Path) -> None:
    assert items(made, store)["changed", "(e)"]["old"] is None
    for old in (store, store / "usc" / "119-1"):
        change = items(made, store, "--old", old)["changed", "(b)(3)"]
        assert change["old"].startswith("The incremental expenses")
        assert change["new"].startswith("Small-scale construction")
        assert change["like"] == "(b)(5)"
    usc = store / "usc-xml" / "119-100" / "t10-s321.xml"
    text = run(made, "--usc", usc, "--recorded", "119-1", "--old", store).output
    assert "    Expenses of deploying such forces for that          | The incremental expenses of a friendly" in text
    assert "its words are most like those of the old (b)(5)" in text


def test_old_words_that_are_not_the_recorded_ones_are_not_shown(made: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc" / "119-1" / "t10-s321.txt").read_text("utf-8")
    (tmp_path / "t10-s321.txt").write_text(text.replace("calendar quarter", "month"), "utf-8")
    change = items(made, store, "--old", tmp_path)
    assert change["changed", "(e)"]["old"] is None
    assert change["changed", "(b)(2)"]["old"] is not None


def test_known_defects_are_listed_and_are_not_drift(made: Path, store: Path) -> None:
    xml = store / "usc-xml" / "119-100"
    found = report(made, xml, "113-21")
    one = next(each for each in found.sections if each.section == "22 USC 2420")
    known = {each.defect.designation for each in one.defects if each.differs}
    assert known == {"(b) flush", "(c)", "(d)", "(b)(1)"}
    assert not one.items
    assert (
        "Known defects of the sources, which are not drift:" in run(made, "--usc", xml, "--recorded", "113-21").output
    )
    missing = next(each for each in report(made, xml, "117-81").sections if each.section == "22 USC 2420")
    assert [(each.defect.effect, each.differs) for each in missing.defects] == [("missing", True)]
    assert not missing.items
    footnote = next(each for each in report(made, xml, "115-269not254").sections if each.section == "10 USC 341")
    assert [(each.defect.designation, each.differs) for each in footnote.defects] == [("(e)(2)(A)", False)]


def test_a_defect_of_the_new_text_is_listed_by_its_release(made: Path, store: Path) -> None:
    file = store / "usc" / "117-81" / "t22-s2420.txt"
    named = report(made, file, release="117-81")
    assert [each.differs for each in named.sections[0].defects] == [True]
    assert not named.changed
    assert said(report(made, file), "22 USC 2420") == {"removed (b) flush"}, "an unnamed text has no known defects"


def test_a_defect_never_hides_a_new_change(made: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t22-s2420.xml").read_text("utf-8")
    words = "Notwithstanding clause (2)"
    assert words in text
    (tmp_path / "a.xml").write_text(text.replace(words, "Whatever clause (2) says"), "utf-8")
    assert said(report(made, tmp_path, "117-81"), "22 USC 2420") == {"changed (b) flush"}


def test_what_the_source_does_not_hold_is_counted_by_name(made: Path, store: Path) -> None:
    found = report(made, store / "usc-xml" / "119-100" / "t10-s301.xml")
    assert found.not_held == ("10 USC 321", "10 USC 341", "22 USC 2420", "31 USC 1341")
    assert found.unread["10-usc-321"] == ("train", "deploy", "ended", "elements")
    assert "10-usc-301" not in found.unread
    output = run(made, "--usc", store / "usc-xml" / "119-100" / "t10-s301.xml").output
    assert "10-usc-321 (4)" in output


def test_a_section_not_recorded_at_the_release_asked_for_is_named(made: Path, store: Path) -> None:
    found = report(made, store / "usc-xml" / "119-100", "119-1")
    assert found.not_recorded == ("10 USC 301", "10 USC 341", "22 USC 2420", "31 USC 1341")


def place_holder(folder: Path) -> Path:
    file = folder / "usc10.xml"
    file.write_text(
        '<section xmlns="http://xml.house.gov/schemas/uslm/1.0" identifier="/us/usc/t10/s321" status="repealed">'
        '<num value="321">[§ 321.</num><heading> Repealed. Pub. L. 102–7]</heading></section>',
        "utf-8",
    )
    return file


def test_a_repealed_section_is_drift_until_the_library_ends_it(library: Path, tmp_path: Path) -> None:
    usc = place_holder(tmp_path)
    found = report(library, usc)
    assert found.count("removed") == len(found.sections[0].items) > 10
    file = library / "authorities" / "10-usc-321.yaml"
    ended = yaml.safe_load(file.read_text("utf-8"))
    for kind in ("grants", "bars", "duties"):
        for provision in ended[kind]:
            provision.update(until=date(1992, 3, 1), ended_by={"public_law": "102-7"})
    file.write_text(yaml.safe_dump(ended, sort_keys=False), "utf-8")
    found = report(library, usc)
    assert (found.changed, found.sections[0].ended) == (False, True)


def test_record_writes_a_release_and_then_nothing_is_new(library: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t10-s301.xml").read_text("utf-8")
    usc = tmp_path / "new.xml"
    usc.write_text(text.replace("$2,000,000", "$3,000,000"), "utf-8")
    arguments = ("--usc", usc, "--record", "--release", "120-5", "--date", "2027-02-01")
    before = (library / "register" / "10-usc-301.tsv").read_text("utf-8")
    result = run(library, *arguments)
    assert result.exit_code == 1
    assert "(8)  changed" in result.output
    after = (library / "register" / "10-usc-301.tsv").read_text("utf-8")
    assert after.startswith(before)
    rows = [row for row in register.load("10 USC 301", library / "register") if row.release == "120-5"]
    assert len(rows) == 21
    assert {row.released for row in rows} == {date(2027, 2, 1)}
    dates = (library / "register" / "releases.yaml").read_text("utf-8")
    assert dates.startswith("# kept\n")
    assert "# kept too\nsections:" in dates
    newest = register.calendar(library / "register").releases[-1]
    assert (newest.name, newest.date, newest.losses) == ("120-5", date(2027, 2, 1), ())
    assert run(library, "--usc", usc).exit_code == 0
    again = run(library, *arguments)
    assert (again.exit_code, "Recorded 120-5 for 0 sections" in again.output) == (0, True)


def test_the_newest_release_may_be_recorded_title_by_title(library: Path, store: Path) -> None:
    given = ("--record", "--release", "120-5", "--date", "2027-02-01")
    xml = store / "usc-xml" / "119-100"
    for file in ("t10-s301.xml", "t31-s1341.xml"):
        assert run(library, "--usc", xml / file, *given).exit_code == 0
    home = library / "register"
    assert [one.name for one in register.calendar(home).releases].count("120-5") == 1
    assert {row.release for row in register.load("31 USC 1341", home)} >= {"120-5"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--record"], "--record needs --release NAME and --date D"),
        (["--record", "--release", "120-5"], "--record needs"),
        (["--record", "--release", "a b", "--date", "2027-02-01"], "letters, digits, points and hyphens"),
        (["--record", "--release", "120-5", "--date", "2020-01-01"], "expected a day after 2026-07-18"),
        (["--record", "--release", "119-1", "--date", "2027-02-01"], "a name not in the register"),
        (["--record", "--release", "x", "--date", "2027-02-01", "--recorded", "119-1"], "cannot go with --recorded"),
        (["--recorded", "119-2"], "did you mean 119-1"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    library: Path, store: Path, arguments: list[str], words: str
) -> None:
    home = library / "register"
    before = {file.name: file.read_bytes() for file in home.iterdir()}
    result = run(library, "--usc", store / "usc-xml" / "119-100", *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert {file.name: file.read_bytes() for file in home.iterdir()} == before


def test_other_words_under_a_recorded_release_are_refused(library: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t10-s301.xml").read_text("utf-8")
    (tmp_path / "a.xml").write_text(text.replace("$2,000,000", "$3,000,000"), "utf-8")
    result = run(library, "--usc", tmp_path / "a.xml", "--record", "--release", "119-100", "--date", "2026-07-18")
    assert result.exit_code == 2
    assert "other words than 119-100 has" in result.output


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xml", b"<section><num>", "a file cut short"),
        ("a.xml", b"<section></num></section>", "broken XML"),
        ("a.xml", b"<note>nothing of the Code</note>", "none of the sections recorded"),
        ("t10-s301.txt", b"\xff\xfe\xff", "bytes that are no text"),
        ("read.me", b"", "no text of the Code"),
    ],
)
def test_a_source_that_cannot_be_read_is_said(
    made: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(made, "--usc", tmp_path)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_library_without_a_register_is_said(store: Path) -> None:
    result = run(BASE, "--usc", store / "usc-xml" / "119-100")
    assert (result.exit_code, "has no register" in result.output) == (2, True)


def test_two_sections_of_one_number_are_told_apart(made: Path, store: Path, tmp_path: Path) -> None:
    text = (store / "usc-xml" / "119-100" / "t10-s301.xml").read_text("utf-8")
    section = text[text.index("<section") :]
    (tmp_path / "usc10.xml").write_text(f"<main>{section}{section}</main>", "utf-8")
    found = report(made, tmp_path / "usc10.xml")
    assert found.count("added") == len(found.sections[0].items) == 21
    assert all(item.change.paragraph.endswith(" [2]") for item in found.sections[0].items)


def test_a_section_in_two_files_is_refused(made: Path, store: Path, tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        shutil.copy(store / "usc-xml" / "119-100" / "t10-s301.xml", tmp_path / name)
    with pytest.raises(FaultsError, match=r"which a\.xml holds too"):
        report(made, tmp_path)


def marks(**texts: str) -> dict[str, str]:
    """Fingerprints of paragraphs given as `a_1="words"` for (a)(1)."""
    return {"".join(f"({part})" for part in name.split("_")): fingerprint(words) for name, words in texts.items()}


def test_a_unit_without_words_goes_where_the_units_under_it_went() -> None:
    old = marks(a="", a_1="one apple", a_2="two pears", b="last")
    new = marks(a="", a_1="something new", b="", b_1="one apple", b_2="two pears", c="last")
    assert differences(old, new) == (
        Change("added", "(a)", None),
        Change("added", "(a)(1)", None),
        Change("moved", "(b)", "(a)"),
        Change("moved", "(b)(1)", "(a)(1)"),
        Change("moved", "(b)(2)", "(a)(2)"),
        Change("moved", "(c)", "(b)"),
    )


def test_words_that_recur_are_paired_under_their_own_unit() -> None:
    old = marks(a="first", a_1="training", b="second", b_1="training")
    new = marks(a="new", b="first", b_1="training", c="second", c_1="training")
    assert {(one.was, one.paragraph) for one in differences(old, new) if one.kind == "moved"} == {
        ("(a)", "(b)"),
        ("(a)(1)", "(b)(1)"),
        ("(b)", "(c)"),
        ("(b)(1)", "(c)(1)"),
    }


def test_a_reworded_paragraph_of_a_renumbered_unit_is_changed_under_its_new_number() -> None:
    old = marks(c="report", c_1="cost", c_2="place")
    new = marks(c="center", d="report", d_1="cost and date", d_2="place")
    assert differences(old, new) == (
        Change("added", "(c)", None),
        Change("moved", "(d)", "(c)"),
        Change("changed", "(d)(1)", "(c)(1)"),
        Change("moved", "(d)(2)", "(c)(2)"),
    )


def test_units_under_a_second_unit_of_one_number() -> None:
    old = {"(g)": "1", "(g)(1)": "2", "(g) [2]": "3", "(g)(1) [2]": "4"}
    assert differences(old, {**old, "(g)(1) [2]": "5"}) == (Change("changed", "(g)(1) [2]", "(g)(1) [2]"),)


def test_nearest_words_are_named_only_when_clearly_nearest() -> None:
    old = {"(1)": "the cost of travel", "(2)": "small construction for an exercise"}
    assert nearest_words("small construction for any exercise", old, "(1)") == "(2)"
    assert nearest_words("the cost of all travel", old, "(1)") is None
    assert nearest_words("nothing alike", old, None) is None


NUMBERS = st.sampled_from(
    [f"({a})" for a in "abcd"] + [f"({a})({n})" for a in "abcd" for n in "123"] + ["", "(a) flush"]
)
TEXTS = st.dictionaries(NUMBERS, st.sampled_from(["", "one", "two", "three", "four"]).map(fingerprint), max_size=12)


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_every_paragraph_is_accounted_for_once(old: dict[str, str], new: dict[str, str]) -> None:
    found = differences(old, new)
    assert not differences(old, old)
    was = [one.was for one in found if one.was is not None]
    now = [one.paragraph for one in found if one.kind != "removed"]
    assert len(set(was)) == len(was)
    assert len(set(now)) == len(now)
    left_old = [old[name] for name in old if name not in was]
    left_new = [new[name] for name in new if name not in now]
    assert sorted(left_old) == sorted(left_new), "what is not reported is the same words"
    for one in found:
        if one.kind == "moved":
            assert one.was is not None
            assert old[one.was] == new[one.paragraph]
        if one.kind == "changed":
            assert one.was is not None
            assert old[one.was] != new[one.paragraph]
