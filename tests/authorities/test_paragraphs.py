"""Paragraphs read from every text form, and from XML, come out with the same designations and words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from authorities.paragraphs import (
    Paragraph,
    fingerprint,
    hints_of,
    iter_sections,
    joined_hints,
    normalise,
    parse_act,
    parse_note,
    parse_text,
    parse_uslm,
)
from authorities.register import Row, build, calendar, defects, file_id, load, write

CODE = Path(__file__).parents[1] / "fixtures" / "code"


def read(name: str) -> str:
    return (CODE / name).read_text(encoding="utf-8")


def marks(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, str]]:
    return [(paragraph.designation, fingerprint(paragraph.words)) for paragraph in paragraphs]


def words(paragraphs: tuple[Paragraph, ...]) -> dict[str, str]:
    return {paragraph.designation: paragraph.words for paragraph in paragraphs}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Country’s “forces”", 'country\'s "FORCES"'),
        ("section\u202f333 — title 10", "Section 333—title 10"),
        ("§ 2349aa–1", "§\u202f2349aa-1"),
    ],
)
def test_quotes_dashes_case_and_space_never_matter(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)
    assert fingerprint(left) == fingerprint(right)


def test_normalised_words_are_lower_case_letters_and_digits() -> None:
    assert normalise("  $350,000,000 (22 U.S.C. 2291). ") == "350 000 000 22 u s c 2291"
    assert fingerprint("") == "e3b0c44298fc1c14"
    assert fingerprint("one") != fingerprint("two")


@pytest.mark.parametrize("section", ["t31-s1341", "t22-s2420"])
def test_xml_reads_as_the_text_does(section: str) -> None:
    text = parse_text(read(f"{section}.119-100.txt"))
    assert marks(text) == marks(parse_uslm(CODE / f"{section}.119-100.xml"))
    assert marks(text) == marks(parse_uslm((CODE / f"{section}.119-100.xml").read_bytes()))


def test_sections_are_named_and_lines_kept() -> None:
    ((name, paragraphs),) = iter_sections(CODE / "t31-s1341.119-100.xml")
    assert name == "31 USC 1341"
    lines = [paragraph.line for paragraph in paragraphs]
    assert lines == sorted(lines)
    assert lines[0] > 1


def test_a_title_is_read_section_by_section_and_quoted_sections_are_not_sections(tmp_path: Path) -> None:
    section = '<section identifier="/us/usc/t22/s{0}"><num value="{0}">§ {0}.</num><content>Words {0}.</content>'
    quoted = '<notes><note><quotedContent><section identifier="/us/usc/t9/s9"/></quotedContent></note></notes>'
    one, two = section.format("2349aa–1"), section.format("2")
    path = tmp_path / "title.xml"
    path.write_text(f"<title>{one}{quoted}</section>\n{two}</section></title>", encoding="utf-8")
    found = list(iter_sections(path))
    assert [name for name, _ in found] == ["22 USC 2349aa-1", "22 USC 2"]
    assert found[1][1] == (Paragraph("", "Words 2.", 2),)


def test_xml_without_a_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section"):
        parse_uslm(b"<title/>")


@pytest.mark.parametrize("release", ["2023-04-20", "116-344"])
def test_forms_without_indents_and_with_run_ins_read_alike(release: str) -> None:
    assert marks(parse_text(read(f"t31-s1341.{release}.txt"))) == marks(parse_text(read("t31-s1341.119-100.txt")))


def test_run_in_enumerators_are_two_paragraphs() -> None:
    found = words(parse_text(read("t31-s1341.116-344.txt")))
    assert found["(a)"] == ""
    assert found["(a)(1)"].startswith("Except as specified")


@pytest.mark.parametrize("release", ["2023-04-20", "116-344"])
def test_letter_i_and_numeral_i_are_told_apart(release: str) -> None:
    full = parse_text(read("t10-s342-g-to-end.119-100.txt"))
    names = [paragraph.designation for paragraph in full]
    assert {"(h)", "(i)", "(j)"} <= set(names)
    assert [p.designation for p in parse_text(read(f"t10-s342-g-to-end.{release}.txt"))] == names


def test_numerals_and_letters_are_placed_by_their_sequence() -> None:
    text = "§ 1. X\n\n(h) One:\n(1) two:\n(A) three:\n(i) four; and\n(ii) five.\n(B) six.\n(i) Seven.\n(j) Eight."
    assert [paragraph.designation for paragraph in parse_text(text)] == [
        "(h)",
        "(h)(1)",
        "(h)(1)(A)",
        "(h)(1)(A)(i)",
        "(h)(1)(A)(ii)",
        "(h)(1)(B)",
        "(i)",
        "(j)",
    ]


def test_words_before_any_unit_have_no_designation_and_the_source_credit_is_no_text() -> None:
    found = parse_text(read("t10-s301.118-41.txt"))
    assert (found[0].designation, found[0].words) == ("", "In this chapter:")
    assert found[1].designation == "(1)"
    older = parse_text(read("t31-s1341.114-219.txt"))
    assert not any("Stat." in paragraph.words or "Revised Section" in paragraph.words for paragraph in older)


def test_dashes_and_headings_of_a_flat_form_do_not_count() -> None:
    flat = words(parse_text(read("t10-s301.2023-04-20.txt")))
    assert normalise(flat["(1)"]).endswith("appropriate committees of congress mean")


@pytest.mark.parametrize("release", ["113-21", "119-100"])
def test_flush_text_is_a_paragraph_of_its_own(release: str) -> None:
    found = words(parse_text(read(f"t22-s2420.{release}.txt")))
    assert found["(b) flush"].startswith("Notwithstanding clause (2)")
    assert found["(b)(7)"].endswith("procedures.")
    assert found["(b)"] == "Subsection (a) of this section shall not apply—"


def test_second_flush_passage_is_numbered() -> None:
    text = "§ 1. X\n\n(a) If—\n    (1) one,\nthen so.\n    (2) two,\nor so.\n\n--- notes ---\n"
    assert [paragraph.designation for paragraph in parse_text(text)] == [
        "(a)",
        "(a)(1)",
        "(a) flush",
        "(a)(2)",
        "(a) flush 2",
    ]


def test_other_releases_help_to_read_a_form_that_lost_its_marks() -> None:
    whole = read("t22-s2420.119-100.txt")
    hints = joined_hints([hints_of(whole)])
    assert marks(parse_text(read("t22-s2420.2023-04-20.txt"), hints)) == marks(parse_text(whole))
    lossy = words(parse_text(read("t22-s2420.117-81.txt"), hints))
    expected = words(parse_text(whole))
    assert expected.keys() - lossy.keys() == {"(b) flush"}
    assert all(fingerprint(lossy[name]) == fingerprint(expected[name]) for name in lossy)


def test_place_holders_are_no_paragraphs() -> None:
    text = "§ 1. X\n\n(a) One.\n[(b) Repealed. Pub. L. 108–136, Nov. 24, 2003, 117 Stat. 1596.]\n(c) Three.\n"
    assert [paragraph.designation for paragraph in parse_text(text)] == ["(a)", "(c)"]


def test_two_units_of_one_number_are_kept_apart() -> None:
    text = "§ 1. X\n\n(a) One.\n    (1) two.\n    (1) three.\n"
    assert [paragraph.designation for paragraph in parse_text(text)] == ["(a)", "(a)(1)", "(a)(1) [2]"]


def test_acts_and_notes() -> None:
    act = words(parse_act(read("pl-109-163-sec-1206-a-b.txt")))
    assert act["(a)"].startswith("The President may direct")
    assert act["(b)(2)"].endswith("elements that promote—")
    assert not any("status" in text or "GitHub" in text for text in act.values())
    note = parse_note(read("t10-s113-note-s1266.119-100.txt"))
    assert note[0].designation == "(a)"
    assert note[0].words.startswith("Not later than February 1, 2024")


def test_the_shipped_register_agrees_with_its_calendar() -> None:
    dates = calendar()
    assert [release.date for release in dates.releases] == sorted(release.date for release in dates.releases)
    known = {release.name: release.date for release in dates.releases}
    for section in dates.sections:
        rows = load(section)
        assert rows, section
        names = {release.name: release.date for release in dates.acts.get(section, ())} or known
        assert all(names[row.release] == row.released for row in rows)
        assert len({(row.designation, row.release) for row in rows}) == len(rows)
        assert [row.released for row in rows] == sorted(row.released for row in rows)
    assert load("99 USC 1") == ()


def test_every_defect_names_rows_that_could_be_there() -> None:
    dates = calendar()
    for defect in defects():
        rows = load(defect.section)
        assert defect.section in dates.sections
        assert defect.release in {row.release for row in rows}
        here = any(r.designation == defect.designation and r.release == defect.release for r in rows)
        assert here is (defect.effect != "missing")


def test_written_register_is_read_back(tmp_path: Path) -> None:
    row = Row("10 USC 333", "(a) flush", "119-1", datetime.date(2025, 1, 29), fingerprint("x"))
    (path,) = write([row], tmp_path)
    assert path.name == f"{file_id(row.section)}.tsv" == "10-usc-333.tsv"
    assert load(row.section, tmp_path) == (row,)


def test_a_register_is_built_from_a_store(tmp_path: Path) -> None:
    for release in ("116-344", "2023-04-20", "119-100"):
        path = tmp_path / "usc" / release / "t31-s1341.txt"
        path.parent.mkdir(parents=True)
        path.write_text(read(f"t31-s1341.{release}.txt"), encoding="utf-8")
    rows = build(tmp_path, ["31 USC 1341"])
    assert len({(row.designation, row.fingerprint) for row in rows}) * 3 == len(rows)
    with pytest.raises(FileNotFoundError):
        build(tmp_path, ["31 USC 1"])
