"""Strict reading: what each word means, where it stands, and one clear sentence for whatever is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import _tree, reading
from rules._source import MOST_FAULTS, SIZE_LIMIT
from rules.faults import Fault, FaultsError, Place, clip, escape, key_of, nearest, show
from rules.reading import Document, read_json, read_yaml

BAD = Path(__file__).parents[1] / "bad"
EXPECTED: dict[str, dict[str, Any]] = read_yaml((BAD / "expected.yaml").read_bytes(), "expected.yaml").data["files"]
BROKEN = {name: entry for name, entry in EXPECTED.items() if entry["layer"] == "reading"}


def read(name: str) -> Document:
    reader = read_json if name.endswith(".json") else read_yaml
    return reader((BAD / name).read_bytes(), name)


def faults_of(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as raised:
        read_yaml(text, "f.yaml")
    return raised.value.faults


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_gets_one_clear_line(name: str) -> None:
    with pytest.raises(FaultsError) as raised:
        read(name)
    lines = str(raised.value).split("\n")
    assert len(lines) == BROKEN[name].get("faults", 1), lines
    assert not [word for word in BROKEN[name]["words"] if word not in "\n".join(lines)], lines
    for line in lines:
        assert line.startswith(f"{name}:") and "found" in line and "; expected " in line
        assert line.isprintable() and len(line) < 400


def test_every_bad_file_is_expected_and_every_expected_file_is_there() -> None:
    held = {path.relative_to(BAD).as_posix() for path in BAD.rglob("*") if path.is_file()}
    held = {name for name in held if not name.startswith(("library/base/", "."))} - {"expected.yaml"}
    assert held == set(EXPECTED)
    assert len(held) >= 40


@pytest.mark.parametrize("name", [name for name in BROKEN if name.endswith(".yaml")])
def test_the_parser_in_python_refuses_the_same_files(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_Loader", yaml.SafeLoader)
    with pytest.raises(FaultsError):
        read(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("900000", 900000),
        ("-5", -5),
        ("1.5", Decimal("1.5")),
        ("-0.10", Decimal("-0.10")),
        ("2026-03-15", date(2026, 3, 15)),
        ("2024-02-29", date(2024, 2, 29)),
        *((word, word) for word in ("yes", "no", "on", "off", "y", "n", "NO", "On", "True", "TRUE", "False")),
        *(
            (word, word)
            for word in (
                "114-328",
                "115-269not254",
                "2026-3-15",
                "2026-03-15T10:00",
                "FY26",
                "(8)",
                "1241(d)(1)",
            )
        ),
        *(
            (word, word)
            for word in (
                "inf",
                "nan",
                "e5",
                "0x",
                "12 months",
                "10-usc-333",
                "1.2.3",
                "\uff11\uff12",
                "=",
                "a#b",
                "O&M",
            )
        ),
        ('"true"', "true"),
        ("'900000'", "900000"),
        ('"2026-03-15"', "2026-03-15"),
        ('"null"', "null"),
        ('"~"', "~"),
        ('""', ""),
        ('"1e6"', "1e6"),
        ("|\n  900000", "900000\n"),
        (">-\n  2026-03-15", "2026-03-15"),
        ('"a\\nb"', "a\nb"),
        ("Côte d'Ivoire", "Côte d'Ivoire"),
        ("[a, 1]", ["a", 1]),
        ("{}", {}),
    ],
)
def test_a_word_means_what_it_looks_like(written: str, meant: object) -> None:
    said = read_yaml(f"key: {written}\n", "f.yaml").data["key"]
    assert said == meant
    assert type(said) is type(meant)


def test_the_two_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((BAD / "library").glob("*.yaml"))
    first = [read_yaml(path.read_bytes(), path.name) for path in files if b"?" not in path.read_bytes()]
    monkeypatch.setattr(reading, "_Loader", yaml.SafeLoader)
    assert first
    assert [read_yaml((BAD / "library" / doc.file).read_bytes(), doc.file) for doc in first] == first


def test_keys_keep_their_order_and_know_their_lines() -> None:
    text = "b: 1\na:\n  - x: 1\n    y: {z: [1,\n      2]}\n  - w\nc: |\n  text\n"
    for source in (text, text.replace("\n", "\r\n"), text.encode()):
        doc = read_yaml(source, "f.yaml")
        assert list(doc.data) == ["b", "a", "c"]
        assert doc.lines[()] == 1
        assert doc.lines[("a",)] == 2
        assert doc.lines[("a", 0, "y", "z", 1)] == 5
        assert doc.lines[("a", 1)] == 6
        assert doc.place(("a", 0, "y", "z", 1)) == Place("f.yaml", 5, "a[0].y.z[1]")
        assert doc.place(("a", 0, "missing", "deeper")) == Place("f.yaml", 3, "a[0].missing.deeper")
        assert doc.place(()) == Place("f.yaml", 1, "")


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    found = faults_of("a: 1e5\nb: ~\na: 0x1\nc: &x 2026-02-30\nd: [*x, !!int 5]\n? {e: null}\n: 1\n")
    assert [fault.place.line for fault in found] == [1, 2, 3, 3, 4, 4, 5, 5, 6, 6]
    assert [fault.kind for fault in found][:4] == ["number", "no-value", "duplicate-key", "number"]


def test_faults_before_broken_syntax_are_kept() -> None:
    assert [fault.kind for fault in faults_of('a: 1e5\nb: "open\n')] == ["number", "syntax"]


def test_so_many_faults_are_enough() -> None:
    assert len(faults_of("a: [" + "~, " * 5000 + "]\n")) == MOST_FAULTS
    assert len(faults_of("\x07" * 5000)) == MOST_FAULTS


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    row = "- {element: training, cost: 900000}\n"
    for source in (
        row * (SIZE_LIMIT // len(row) + 1),
        "é" * (SIZE_LIMIT // 2 + 1),
        b"\xff" * (SIZE_LIMIT + 1),
    ):
        (fault,) = faults_of(source)
        assert fault.render() == f"f.yaml: found a file that is too large; expected at most {SIZE_LIMIT} bytes"
    with pytest.raises(FaultsError, match="too large"):
        read_json("[" + "1," * SIZE_LIMIT + "1]", "f.json")


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tree, "VALUES_LIMIT", 100)
    (fault,) = faults_of("[" + "a, " * 200 + "a]")
    assert (fault.kind, fault.found) == ("too-large", "more than 100 values")


@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "[{a: ", "'", '"', "&a [", "!", "*a ", "a:\n ", "{[", "[? "])
@pytest.mark.parametrize("reader", [read_yaml, read_json])
def test_no_amount_of_nesting_breaks_it(piece: str, reader: Any) -> None:
    with pytest.raises(FaultsError):
        reader(piece * 20001, "f")


def test_forty_levels_are_allowed_and_no_more() -> None:
    assert read_yaml("[" * 40 + "]" * 40, "f").data
    assert faults_of("[" * 41 + "]" * 41)[0].kind == "nesting"


def test_json_reads_like_yaml() -> None:
    first = '{"a": [1, -2, 1.50, true, false, "yes", "\\u00e9\\ud83d\\ude00", {}, []],'
    text = first + '\n\t"b": "2026-03-15",\n"c": "x\\ny"}'
    doc = read_json(text.encode(), "f.json")
    assert doc.data == {
        "a": [1, -2, Decimal("1.50"), True, False, "yes", "é😀", {}, []],
        "b": date(2026, 3, 15),
        "c": "x\ny",
    }
    assert list(doc.data) == ["a", "b", "c"]
    assert doc.place(("c",)) == Place("f.json", 3, "c")
    assert read_json(" 5 ", "f").data == 5


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(categories=("L", "P", "S", "Zs")), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc -_.:", min_size=1).filter(str.strip), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_json_means_what_json_says_to_both_readers(value: object) -> None:
    text = json.dumps(value)
    assert read_json(text, "f").data == value
    assert read_json(json.dumps(value, indent=2, ensure_ascii=False), "f").data == value
    assert read_yaml(json.dumps(value, ensure_ascii=False), "f").data == value


PIECES = st.sampled_from(
    [
        "a",
        "é",
        "'",
        '"',
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&a ",
        "*a",
        "!t ",
        "<<: ",
        "? ",
    ]
)
MORE = st.sampled_from(
    [
        "~",
        "1",
        "1e5",
        "0x1",
        "2026-02-30",
        "|\n",
        ">",
        "#",
        "%",
        "---\n",
        "...\n",
        "\t",
        "\r",
        "\\",
        "\x00",
        "\ufeff",
        "\ud800",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | MORE, max_size=30).map("".join) | st.binary(max_size=60))
def test_whatever_is_read_there_is_data_or_clear_faults(source: str | bytes) -> None:
    for reader in (read_yaml, read_json):
        try:
            assert reader(source, "f").data is not None
        except FaultsError as error:
            assert error.faults and str(error).count("\n") == len(error.faults) - 1
            assert all(fault.render().isprintable() for fault in error.faults)


def test_a_fault_is_one_sentence() -> None:
    fault = Fault(Place("a.yaml", 3, "grants[0].when"), show("dredgin"), "a term", "dredging")
    assert (
        fault.render() == "a.yaml:3: grants[0].when: found the text 'dredgin'; expected a term; did you mean dredging?"
    )
    assert Fault(Place("a.yaml", None, ""), "nothing", "keys").render() == "a.yaml: found nothing; expected keys"
    assert str(FaultsError([fault, fault])) == f"{fault.render()}\n{fault.render()}"
    wild = Fault(Place("a\n.yaml", 1, "k\x1b[2J"), "x" * 500 + "\n", "y\nz", "w" * 500)
    assert wild.render().isprintable() and len(wild.render()) < 300


def test_values_are_shown_clipped_and_escaped() -> None:
    assert show("a\x1b\u202e") == "the text 'a\\x1b\\u202e'"
    assert len(show("x" * 1000)) < 80 and show("x" * 1000).endswith("...'")
    shown = {
        "true": True,
        "the whole number 5": 5,
        "the number 1.5": Decimal("1.5"),
        "the date 2026-03-15": date(2026, 3, 15),
        "an empty mapping": {},
        "a mapping": {"a": 1},
        "an empty list": [],
        "a list of 2": [1, 2],
        "an empty text": "",
        "no value": None,
    }
    assert [show(value) for value in shown.values()] == list(shown)
    assert escape("plain é") == "plain é"
    assert clip("abcdef", 5) == "ab..."
    assert key_of(("grants", 0, "when", "any of", 1)) == "grants[0].when.any of[1]"


def test_the_nearest_choice_is_near_or_nothing() -> None:
    choices = ["recipient", "recipient_level", "purpose", "project_cost"]
    assert nearest("recipent", choices) == "recipient"
    assert nearest("Project-Cost", choices) == "project_cost"
    assert nearest("weather", choices) == ""
    assert nearest("", choices) == "" and nearest("x", []) == ""
