"""Fit to hand over: licence, sources of every shipped file, changes, and the quiet line on every output."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from advisor.cli import main as advisor
from authorities.cli import main as authorities
from authorities.loading import SHIPPED, load
from authorities.notice import ADVICE, notice, with_keys
from rules.reading import read_yaml
from tests.support.harbor import WORLD

ROOT = Path(__file__).parent.parent
APACHE = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""SHA-256 of the text of the Apache License, Version 2.0, as published at apache.org."""


def settings() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    return found


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- licence, notice, changes -------------------------------------------------------------------------------------
def test_the_licence_is_the_text_as_published_and_goes_with_the_package() -> None:
    assert sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE
    metadata = settings()["metadata"]
    assert metadata["license"] == "Apache-2.0"
    assert metadata["license_files"].split() == ["LICENSE", "NOTICE"]
    assert "Authority Advisor contributors" in text_of("NOTICE")


def blocks() -> list[tuple[list[str], str]]:
    """The files a block of NOTICE names, and what it says of them."""
    found = []
    for block in re.split(r"\n\n+", text_of("NOTICE")):
        lines = block.strip("\n").split("\n")
        names = [line for line in lines if re.fullmatch(r"[a-z]+(/[\w.*-]+)+", line)]
        if names:
            found.append((names, "\n".join(line for line in lines if line not in names)))
    return found


def shipped() -> set[str]:
    """Every file of data in the package, by the settings it is built with."""
    out: set[str] = set()
    for package, patterns in settings()["options.package_data"].items():
        if package != "*":
            for pattern in re.split(r"[,\s]+", patterns.strip()):
                out |= {path.relative_to(ROOT).as_posix() for path in (ROOT / package).glob(pattern)}
    return out


def test_notice_names_every_shipped_file_of_data_once_and_none_that_is_not_there() -> None:
    named: list[str] = []
    for names, _ in blocks():
        for name in names:
            matched = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(name)}
            assert matched, f"NOTICE names {name}, which is not there"
            named += sorted(matched)
    assert sorted(named) == sorted(shipped())


def test_each_table_is_named_by_itself() -> None:
    tables = {name for name in shipped() if name.endswith(".csv")}
    assert tables == {name for names, _ in blocks() for name in names if name.endswith(".csv")}


@pytest.mark.parametrize(("names", "said"), blocks(), ids=lambda value: value[0] if isinstance(value, list) else "")
def test_source_and_terms_of_each_are_said(names: Sequence[str], said: str) -> None:
    source, terms = re.fullmatch(r"    Source: (.+)\n    Terms: (.+)", said, re.DOTALL).groups()  # type: ignore[union-attr]
    assert source.strip().endswith("."), names
    assert terms.strip().endswith("."), names


def test_the_changes_begin_with_the_version_of_the_settings() -> None:
    first = re.search(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == settings()["metadata"]["version"]


# --- the quiet line -----------------------------------------------------------------------------------------------
LIBRARY = load().library
LINE = notice(LIBRARY)
SAYS_NO_LAW = {"copy", "migrate", "new", "verify"}
"""Commands that copy, rewrite, check or begin a file, and say nothing of the law."""
ASK = ("ask", str(ROOT / "examples/coast-guard.yaml"), "--today", "2026-03-01")
ADVISOR = [
    ASK,
    ("facts", "purpose"),
    ("country", "PHL", "--date", "2026-02-16"),
    ("funds", "10-usc-333", "--date", "2026-02-16"),
    ("funds", "--date", "2026-02-16"),
    ("mechanisms", "section-333"),
]
AUTHORITIES = [
    ("list",),
    ("show", "10-usc-321", "--today", "2026-03-01"),
    ("coverage", "--id", "10 U.S.C. 321"),
    ("glossary", "coast-guard"),
]
OF_THE_HARBORS = [
    ("list",),
    ("lint",),
    ("test",),
    ("questions",),
    ("rollover", "FY2027"),
    ("boundary", "harbor-works"),
    ("diff", str(WORLD), str(WORLD)),
]


def run(command: click.Group, *words: str) -> Result:
    result = CliRunner().invoke(command, words)
    assert result.exit_code in (0, 1, 3), (words, result.output)
    return result


def test_the_days_are_those_of_the_librarys_own_files() -> None:
    law = read_yaml((SHIPPED / "library.yaml").read_bytes(), "library.yaml").data["known_through"]
    tables = read_yaml((SHIPPED / "tables/tables.yaml").read_bytes(), "tables.yaml").data["tables"]
    ends = [table["covers"]["to"] for table in tables.values() if "to" in table.get("covers", {})]
    days = [f"{day.day} {day:%B} {day.year}" for day in (law, min(ends))]
    assert f"{ADVICE} Law read through {days[0]}; lists through {days[1]} or later." == LINE


@pytest.mark.parametrize("words", ADVISOR, ids=" ".join)
def test_what_a_planner_reads_ends_with_the_line(words: tuple[str, ...]) -> None:
    said = run(advisor, *words).stdout
    assert said.count(ADVICE) == 1
    last = said.splitlines()[-1]
    assert last == LINE or (words[0] == "ask" and re.sub(r" Edition \w+\.", "", last) == LINE)


@pytest.mark.parametrize("words", AUTHORITIES, ids=" ".join)
def test_what_counsel_reads_ends_with_the_line(words: tuple[str, ...]) -> None:
    lines = run(authorities, *words).stdout.splitlines()
    totals = words[0] == "coverage"  # its totals are the last line of all
    assert lines[-2 if totals else -1] == LINE
    assert "\n".join(lines).count(ADVICE) == 1


@pytest.mark.parametrize("words", OF_THE_HARBORS, ids=" ".join)
def test_the_line_is_of_the_library_that_was_read_and_a_comment_where_pasted(words: tuple[str, ...]) -> None:
    last = run(authorities, "--library", str(WORLD), *words).stdout.splitlines()[-1]
    assert last.removeprefix("# ") == notice(load(WORLD).library)
    assert notice(load(WORLD).library) != LINE
    assert last.startswith("# ") == (words[0] == "boundary")


@pytest.mark.parametrize(
    ("command", "words"),
    [(advisor, ASK), (advisor, ("facts", "purpose")), (advisor, ("funds",)), (authorities, ("list",))],
    ids=str,
)
def test_json_holds_it_under_two_keys(command: click.Group, words: tuple[str, ...]) -> None:
    data = json.loads(run(command, *words, "--json").stdout)
    assert data["advice"] == ADVICE
    assert data["known_through"] == {
        "law": str(LIBRARY.known_through),
        "lists": str(LIBRARY.lists_through),
    }


def test_an_answer_says_the_version_of_its_form_and_of_the_program() -> None:
    from authorities.editions.engine import version

    data = json.loads(run(advisor, *ASK, "--json").stdout)
    assert (data["schema"], data["engine"]) == (1, version())


def test_a_list_goes_under_rows_and_a_mapping_keeps_its_keys_first() -> None:
    assert list(with_keys([1], None)) == ["rows", "advice", "known_through"]
    assert list(with_keys({"b": 1}, None)) == ["b", "advice", "known_through"]
    assert with_keys({}, None)["known_through"] == {"law": None, "lists": None}


def test_pages_say_it_in_themselves_and_nothing_is_put_after_them() -> None:
    page = run(authorities, "show", "10-usc-321", "--html", "-").stdout
    assert page.endswith("</html>\n")
    assert page.count(ADVICE) == 1


@pytest.mark.parametrize("words", [("facts", "no-such-word"), ("ask", "nowhere.yaml"), ("facts", "--help"), ("new",)])
def test_what_says_nothing_of_the_law_has_no_line(words: tuple[str, ...]) -> None:
    assert ADVICE not in CliRunner().invoke(advisor, words).output


def test_the_words_stand_in_one_place_only() -> None:
    holders = [
        path.relative_to(ROOT).as_posix()
        for package in ("rules", "authorities", "advisor")
        for path in (ROOT / package).rglob("*.py")
        if "not legal advice" in path.read_text(encoding="utf-8").lower()
    ]
    assert holders == ["authorities/notice.py"]
    groups = (advisor, authorities)
    assert {name for group in groups for name in getattr(group, "without")} == SAYS_NO_LAW  # noqa: B009
