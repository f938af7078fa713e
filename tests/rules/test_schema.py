"""The schemas, and what is said of a file that does not fit its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rules.faults import FaultsError
from rules.reading import Document, read_json, read_yaml
from rules.schema import KINDS, schema_of, validate

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "authorities" / "library"
BAD = ROOT / "tests" / "bad"
EXPECTED: dict[str, dict[str, Any]] = read_yaml((BAD / "expected.yaml").read_bytes(), "expected.yaml").data["files"]
MISFITS = {name: entry for name, entry in EXPECTED.items() if entry["layer"] == "schema"}
FOLDERS = {"authorities": "authority", "limits": "limit"}

EVERYTHING = """
language: 1
id: works
title: Works
short: Works
statute: Harbor Act 1
holder: Master
tags: [ports]
replaces: [old-works]
notwithstanding: all
but_not: [quarantine]
force: appropriation
law: {public_law: 101-1}
values:
  kinds:
    - {since: 2020-01-01, is: [dredging], cite: (a)}
    - since: 2021-01-01
      until: 2022-01-01
      ended_by: {public_law: 101-2, section: "3"}
      adds: filling
      removes: [dredging]
  years: [{fund_years: {to: 2024}, is: 2}, {fund_years: {from: 2025}, is: 3}]
grants:
  - id: dredge
    cite: (a), (c)(1)
    gist: Dredge.
    on: delivery
    basis: {secondary: the harbor manual}
    defeats: [quarantine.no-works]
    when:
      element: {value: kinds}
      purpose: {value of: {file: other, name: purposes}}
      partner: [PHL, north-port]
      cost: {more than: 5, at most: {value: ceiling}}
      years: {less than: 1.5, at least: 0}
      start: {before: 2026-01-01, after: {value: first_day}}
      end: {between: [2026-01-01, {value: last_day}]}
      any of:
        - {all of: [{not: {deep: true}}, {satisfies: [a, b]}]}
        - {question: q, barred under: title-22}
bars: [{id: b, cite: (b), gist: B., when: {grant: dredge}, unless: {act: waiver}}]
duties:
  - id: d
    cite: (d)
    gist: D.
    act: report
    before: delivery
    days: 15
    recurring: false
    contents: [{cite: (e), gist: E., when: {deep: true}}]
  - {id: e, cite: (d), gist: D., act: report, after: end, months: 2, hours: 48, unless: {act: waiver}}
caps:
  - id: c
    cite: (c)
    gist: C.
    counts: cost
    amount: {value of: {file: other, name: ceiling}}
    per: country-year
    used: cost_used
    group: g
funds:
  - id: f
    cite: (f)
    gist: F.
    account: [a, b]
    only: true
    not: false
    begin_in: fund-year
    end_by: {years_after: {value: years}}
definitions:
  - id: x
    cite: (x)
    gist: X.
    inside: {deep: true}
    outside: {deep: false}
    otherwise: {question: q}
notes: [{cite: (n), gist: N., since: 2020-01-01, until: 2021-01-01}]
left_out: [{cite: (l)*, reason: heading-only}]
unchanged: [{cite: (u), between: [115-117, "2023-04-20"], why: editorial}]
cases:
  - name: n
    date: 2026-03-15
    strict: true
    given:
      cost: 5
      start: 2026-04-01
      deep: {value: true, source: a letter}
      kinds: [a, b]
      who: unknown
      acts: {report: 2026-03-01, waiver: not yet}
    verdict: permitted
    because: [dredge, quarantine.no-works]
    paragraph: (a)(1)
"""


def lines_of(doc: Document, kind: str) -> list[str]:
    return [fault.render() for fault in validate(doc, kind)]


def kind_of(path: Path, library: Path) -> str:
    folder = path.relative_to(library).parts[0]
    if folder.endswith(".yaml"):
        return {"library.yaml": "library", "lint-exclusions.yaml": "lint-exclusions"}.get(folder, "laws")
    return FOLDERS.get(folder, folder)


def library_files(library: Path) -> list[Path]:
    return sorted(path for path in library.rglob("*.yaml") if "register" not in path.parts)


@pytest.mark.parametrize("name", MISFITS)
def test_a_file_that_does_not_fit_gets_one_clear_line(name: str) -> None:
    reader = read_json if name.endswith(".json") else read_yaml
    lines = lines_of(reader((BAD / name).read_bytes(), name), MISFITS[name]["kind"])
    assert len(lines) == MISFITS[name].get("faults", 1), lines
    assert not [word for word in MISFITS[name]["words"] if word not in "\n".join(lines)], lines
    for line in lines:
        assert line.startswith(f"{name}:") and "found" in line and "; expected " in line and line.isprintable()


@pytest.mark.parametrize(
    "path",
    library_files(LIBRARY) + library_files(BAD / "library" / "base"),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_library_reads_and_fits(path: Path) -> None:
    library = LIBRARY if path.is_relative_to(LIBRARY) else BAD / "library" / "base"
    try:
        lines = lines_of(read_yaml(path.read_bytes(), path.name), kind_of(path, library))
    except FaultsError as error:
        lines = str(error).split("\n")
    assert lines == []


@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if entry["layer"] == "library"])
def test_a_file_left_to_the_loader_reads_and_fits(name: str) -> None:
    assert lines_of(read_yaml((BAD / name).read_bytes(), name), EXPECTED[name]["kind"]) == []


def nodes(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its path."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for word in ("properties", "$defs"):
        for key, inner in schema.get(word, {}).items():
            yield from nodes(inner, f"{path}/{word}/{key}")
    for word in ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else"):
        yield from nodes(schema.get(word), f"{path}/{word}")


@pytest.mark.parametrize("name", [*KINDS, "common"])
def test_a_schema_is_sound_closed_and_described(name: str) -> None:
    schema = schema_of(name)
    parts = schema_of("common")["$defs"]
    Draft202012Validator.check_schema(schema)
    for path, node in nodes(schema):
        assert not {"oneOf", "anyOf", "allOf"} & set(node), path
        if "$ref" in node:
            address, _, part = node["$ref"].partition("#/$defs/")
            own = name in ("common", "answer")  # an answer is read by others: it needs no other file
            assert address == ("" if own else "common.json") and part in (schema["$defs"] if own else parts), path
            assert "description" in node or not path.rpartition("/")[0].endswith("/properties"), path
        if "properties" in node or "object" in node.get("type", ()):
            assert "additionalProperties" in node and node["additionalProperties"] is not True, path
        for key, inner in node.get("properties", {}).items():
            assert inner.get("description"), f"{path}/{key}"
        if "type" in node and "enum" not in node:
            assert node.get("title"), path
    assert schema["description"]


def test_the_examples_of_a_schema_fit_it() -> None:
    head = {"language": 1, "id": "a", "title": "A", "statute": "S", "holder": "H"}
    for example in schema_of("common")["$defs"]["condition"]["examples"]:
        grant = {"id": "g", "cite": "(a)", "gist": "G.", "when": example}
        assert lines_of(Document({**head, "grants": [grant]}, {}, "f"), "authority") == []


def test_what_the_language_page_allows_fits() -> None:
    assert lines_of(read_yaml(EVERYTHING, "f.yaml"), "authority") == []


def test_a_proposal_may_say_any_fact() -> None:
    head = "title: T\nschema: 1\npartner: [PHL, NO]\ndate: 2026-03-15\nPartner Country: X\n"
    text = head + "acts: {a-b: done}\nelements: [{cost: 1.5}]\n"
    assert lines_of(read_yaml(text, "f.yaml"), "proposal") == []
    said = '{"title": "T", "date": "2026-03-15", "elements": [{"cost": 5, "acts": {"a": "2026-01-01"}}]}'
    assert lines_of(read_json(said, "f.json"), "proposal") == []


def test_faults_come_in_the_order_of_lines() -> None:
    doc = read_yaml("language: 1\ntitle: 5\nid: A\nstatute: ''\nholder: H\nbras: []\n", "f.yaml")
    assert [fault.place.line for fault in validate(doc, "authority")] == [2, 3, 4, 6]


def test_the_deepest_condition_that_can_be_read_can_be_checked() -> None:
    levels = 34
    head = "language: 1\nid: a\ntitle: A\nstatute: S\nholder: H\ngrants:\n"
    text = (
        head
        + "  - {id: g, cite: (a), gist: G., when: "
        + "{not: " * levels
        + "{deep: [[x]]}"
        + "}" * (levels + 1)
        + "\n"
    )
    (line,) = lines_of(read_yaml(text, "f.yaml"), "authority")
    assert "found a list of 1; expected a term" in line


def test_a_kind_without_a_schema_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no schema for weather"):
        validate(Document({}, {}, "f"), "weather")
