"""The reach of the library: no program of the catalogue and no section named is silent, and none is dressed up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from authorities.cli import main
from authorities.loading import SHIPPED
from authorities.reach_of_catalogue import NO_TEXT, REASONS, Program, Row, cited, load_reach, read_catalogue, registered
from rules.faults import Fault, FaultsError
from tests.support.shipped import LIBRARY

IDS = [file.id for file in LIBRARY.files()]
TEXTS = registered(SHIPPED)
CATALOGUE = read_catalogue()
ROWS = load_reach(IDS, TEXTS)
PROGRAMS = [row for row in ROWS if row.kind == "program"]
SECTIONS = [row for row in ROWS if row.kind == "section"]


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["coverage", *args])
    return result.exit_code, result.output


def test_every_program_of_the_catalogue_has_one_row() -> None:
    assert sorted(row.name for row in PROGRAMS) == sorted(CATALOGUE)
    assert len(CATALOGUE) == 166


def test_every_section_has_the_words_that_named_it_and_one_row() -> None:
    assert all(row.title for row in SECTIONS)
    assert len({row.name for row in SECTIONS}) == len(SECTIONS)


def test_no_section_within_a_range_that_was_named_is_silent() -> None:
    have = {name for row in SECTIONS for name in cited(row.name)}
    seen = 0
    for words in {row.title for row in SECTIONS}:
        titles = {cite.split("-usc-")[0] for row in SECTIONS if row.title == words for cite in cited(row.name)}
        for first, last in re.findall(r"\b(\d{3,4}[a-z]?)-(\d{3,4}[a-z]?)\b", words):
            low, high = (int(re.sub(r"\D", "", end)) for end in (first, last))
            letters = not last.isdigit()
            for text in TEXTS:
                found = re.fullmatch(r"(\d+)-usc-(\d+)([a-z]*)", text)
                if found and found[1] in titles and low <= int(found[2]) <= high and (letters or not found[3]):
                    assert text in have, f"{text}, within {first}-{last}"
                    seen += 1
    assert seen > 50


def test_each_section_named_by_number_in_the_words_has_a_row() -> None:
    have = " ".join(row.name for row in SECTIONS)
    named = {n for row in SECTIONS for n in re.findall(r"\b(?:\d{4}[a-z]?|\d{3}[a-z])\b", row.title)}
    assert len(named) > 50
    assert [number for number in named if not re.search(rf"\b{number}\b", have)] == []


def test_what_is_out_of_scope_has_a_reason_of_the_list_and_no_text_here_that_says_otherwise() -> None:
    for row in (row for row in ROWS if row.state == "out-of-scope"):
        assert row.reason in REASONS and row.why and row.source
        names = cited(CATALOGUE[row.name].citation if row.kind == "program" else row.name)
        here = TEXTS.intersection(names)
        assert not (row.kind == "program" and here)
        if here or row.text:
            assert row.reason != NO_TEXT and row.words


def test_no_text_and_no_citable_source_is_said_only_of_rows_that_cite_nothing() -> None:
    rows = [row for row in PROGRAMS if row.reason == NO_TEXT]
    assert rows and not any(CATALOGUE[row.name].citation for row in rows)


def test_rows_from_memory_carry_no_rules() -> None:
    memory = [row for row in PROGRAMS if CATALOGUE[row.name].memory]
    assert len(memory) == 6
    assert {row.state for row in memory} <= {"covered", "out-of-scope"}


def test_nothing_is_missing() -> None:
    assert [row.name for row in ROWS if row.state == "missing"] == []


@pytest.mark.parametrize(
    ("citation", "names"),
    [
        ("10 U.S.C. 2341-2343", ["10-usc-2341", "10-usc-2342", "10-usc-2343"]),
        ("10 U.S.C. 402, 404 and others", ["10-usc-402", "10-usc-404"]),
        ("P.L. 119-60 sec. 1247 (10 U.S.C. 333 note)", ["pl-119-60-1247"]),
        ("AECA secs. 51-52 (22 U.S.C. 2795-2795a)", ["22-usc-2795", "22-usc-2795a"]),
        ("22 U.S.C. 2349aa-10; 22 U.S.C. 2394-1", ["22-usc-2349aa-10", "22-usc-2394-1"]),
        ("FAA secs. 541-549 (22 U.S.C. 2347 et seq.)", ["22-usc-2347"]),
        ("22 U.S.C. 2318(a)(3)", ["22-usc-2318"]),
        ("P.L. 112-81 sec. 1207(n)", ["pl-112-81-1207", "pl-112-81-1207n"]),
        ("P.L. 116-283 sec. 1299L, as amended", ["pl-116-283-1299l"]),
        ("Annual acts", []),
    ],
)
def test_the_sections_a_citation_names(citation: str, names: list[str]) -> None:
    assert list(cited(citation)) == names


# -- the command --


def numbers(words: str) -> tuple[int, int, int, int, int, list[int]]:
    found = re.fullmatch(
        r"(\d+) \w+: (\d+) encoded, (\d+) covered, (\d+) out of scope \((.*)\), (\d+) missing", words.strip()
    )
    assert found, words
    total, encoded, covered, out, missing = (int(found[n]) for n in (1, 2, 3, 4, 6))
    return total, encoded, covered, out, missing, [int(part.split()[0]) for part in found[5].split(", ")]


def test_the_last_line_is_the_totals_and_they_add_up() -> None:
    code, text = run()
    halves = text.splitlines()[-1].split(";")
    for half, rows in zip(halves, (PROGRAMS, SECTIONS), strict=True):
        total, encoded, covered, out, missing, reasons = numbers(half)
        assert total == len(rows) == encoded + covered + out + missing
        assert sum(reasons) == out
        assert missing == 0
    assert code == 0
    assert all(row.name in text for row in ROWS)


def test_json_holds_the_same_rows_and_totals() -> None:
    data = json.loads(run("--json")[1])
    assert [row["name"] for row in data["rows"]] == [row.name for row in ROWS]
    for part, rows in (("programs", PROGRAMS), ("sections", SECTIONS)):
        states = data["totals"][part]
        assert sum(states[s] for s in ("encoded", "covered", "out-of-scope", "missing")) == len(rows)


def test_one_state_only_and_one_row_only() -> None:
    text = run("--only", "covered")[1]
    table, last = text.rstrip("\n").rsplit("\n", 1)
    named = {row.name for row in PROGRAMS if f"\n  {row.name} " in table}
    assert named == {row.name for row in PROGRAMS if row.state == "covered"} and last.startswith(str(len(PROGRAMS)))
    row = next(row for row in PROGRAMS if row.words)
    flat = " ".join(run("--id", row.name)[1].split())
    assert row.title in flat and row.words in flat and row.source in flat


def test_an_id_that_is_no_program_is_one_sentence_with_the_nearest() -> None:
    name = PROGRAMS[0].name
    code, text = run("--id", name[:-1])
    assert code == 2 and text.count("\n") == 1 and f"did you mean {name}?" in text


# -- faults: a small catalogue, of which each text below gets one thing wrong --

SMALL = {
    "sale": Program("sale", "Sale", "10 U.S.C. 333", False),
    "loan": Program("loan", "Loan", "22 U.S.C. 2311", False),
    "tour": Program("tour", "Tour", "", False),
    "talk": Program("talk", "Talk", "", True),
}
GOOD = {
    "sale": "encoded: [10-usc-333]",
    "loan": "missing: to be written",
    "tour": "{out_of_scope: no text and no citable source, why: a name only, source: a handbook}",
    "talk": "{covered_by: [10-usc-333], how: it goes by it, cite: 10 U.S.C. 333}",
}


def small(
    tmp_path: Path, section: str = "{section: 10 U.S.C. 321, named: x, encoded: [10-usc-321]}", **rows: str
) -> Path:
    lines = ["programs:"]
    for name, row in {**GOOD, **rows}.items():
        body = row if row.startswith("{") else f"{{{row}}}"
        lines.append(f"  - {{id: {name}, {body[1:]}" if row else "")
    path = tmp_path / "coverage.yaml"
    path.write_text("\n".join([*lines, "sections:", f"  - {section}"]) + "\n")
    return path


def read(path: Path) -> tuple[Row, ...]:
    return load_reach(["10-usc-333", "10-usc-321"], ["10-usc-333", "22-usc-2311", "10-usc-321"], path, SMALL)


def fault(path: Path) -> Fault:
    with pytest.raises(FaultsError) as caught:
        read(path)
    assert len(caught.value.faults) == 1, str(caught.value)
    return caught.value.faults[0]


def test_the_small_catalogue_is_sound(tmp_path: Path) -> None:
    assert [row.state for row in read(small(tmp_path))] == ["encoded", "missing", "out-of-scope", "covered", "encoded"]


OUT = "out_of_scope: not with a foreign partner, why: w, source: s"


@pytest.mark.parametrize(
    ("rows", "kind", "words"),
    [
        ({"tour": ""}, "silent", "no row for the program 'tour'"),
        ({"tuor": GOOD["tour"]}, "program", "did you mean tour?"),
        ({"sale": "encoded: [10-usc-334, 10-usc-333]"}, "id", "a law file of the library; did you mean 10-usc-333?"),
        ({"tour": "encoded: []"}, "shape", "a list of ids of the library"),
        ({"tour": "{out_of_scope: too hard, why: w, source: s}"}, "reason", "not a legal authority; not with a"),
        ({"loan": f"{{{OUT}, words: q}}"}, "text-here", "the text of 22-usc-2311 registered"),
        ({"loan": f"{{out_of_scope: {NO_TEXT}, why: w, source: s}}"}, "text-here", "the text of 22-usc-2311 registered"),
        ({"tour": f"{{out_of_scope: {NO_TEXT}, why: w, source: s, text: acts/1}}"}, "text-here", "with a text"),
        ({"tour": f"{{{OUT}, text: acts/1}}"}, "words", "the deciding words"),
        ({"tour": f"{{{OUT}, missing: too}}"}, "state", "out_of_scope and missing"),
        ({"tour": "{why: w}"}, "state", "no state"),
        ({"tour": "{out_of_scope: not a legal authority, why: w}"}, "missing-key", "no `source`"),
        ({"talk": "{covered_by: [10-usc-333], cite: c}"}, "missing-key", "no `how`"),
        ({"talk": "encoded: [10-usc-333]"}, "memory", "no rules on a row from memory"),
        ({"loan": "{missing: m, wrods: q}"}, "unknown-key", "did you mean words?"),
        ({"sale": "missing: to be written"}, "held", "10-usc-333 named: the library holds it"),
    ],
)  # fmt: skip
def test_each_fault_has_its_words(tmp_path: Path, rows: dict[str, str], kind: str, words: str) -> None:
    found = fault(small(tmp_path, **rows))
    assert found.kind == kind and words in found.render()
    assert found.place.line is not None


def test_a_cited_law_is_a_source(tmp_path: Path) -> None:
    path = small(tmp_path, tour=f"{{out_of_scope: {NO_TEXT}, why: w, source: s}}")
    with pytest.raises(FaultsError) as caught:
        load_reach(
            ["10-usc-333", "10-usc-321"], [], path, {**SMALL, "tour": Program("tour", "Tour", "P.L. 1-2", False)}
        )
    assert [f.kind for f in caught.value.faults] == ["cited"]


def test_a_program_twice_is_a_fault(tmp_path: Path) -> None:
    path = small(tmp_path)
    path.write_text(path.read_text().replace("sections:", "  - {id: loan, missing: again}\nsections:"))
    assert fault(path).kind == "twice"


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("{section: 10 U.S.C. 321, encoded: [10-usc-321]}", "missing-key"),
        ("{section: 10 U.S.C. 321, named: x, missing: m}", "held"),
        ("{section: 22 U.S.C. 2311, named: x, out_of_scope: not a legal authority, why: w, source: s}", "words"),
        (f"{{section: 22 U.S.C. 2311, named: x, out_of_scope: {NO_TEXT}, why: w, source: s}}", "text-here"),
        ("{named: x}", "shape"),
    ],
)
def test_the_faults_of_a_section(tmp_path: Path, section: str, kind: str) -> None:
    assert fault(small(tmp_path, section)).kind == kind


def test_every_fault_is_collected_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        read(small(tmp_path, sale="encoded: [x]", tour="{out_of_scope: y, why: w, source: s}"))
    lines = [f.place.line or 0 for f in caught.value.faults]
    assert len(lines) >= 2 and lines == sorted(lines)
