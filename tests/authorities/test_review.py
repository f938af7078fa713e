"""Sign-offs: bound to the provision, to what it leans on and to the paragraph; stale when any of them changes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from advisor.cli import main as advisor
from advisor.signed import NONE
from authorities import _cache, _index, signed
from authorities.cli import main
from authorities.home import INSTALLED, Home, living_at
from authorities.linting import lint
from authorities.loading import SHIPPED, load, read_contents
from authorities.reviewing import review
from rules.faults import FaultsError
from tests.support.harbor import WORKS, WORLD

DEEP = "    when: {deep: false, cost: {more than: 10}}\n"
BY_DEFINITION = """    when:
      not: {satisfies: deep-port}
      cost: {more than: 10}
"""
ROWS = (
    ("(a)", "a1"),
    ("(b)", "b1"),
    ("(b)(1)", "b11"),
    ("(c)", "c1"),
    ("(d)", "d1"),
)
"""The paragraphs that the register holds of the Harbor Act, section 1, with fingerprints; of (f) it holds nothing."""
RELEASES = (("101-5", "1990-06-01"), ("103-1", "1993-02-01"))
BY = ("--by", "A. Counsel", "--office", "Harbor office", "--today", "2026-11-22")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The harbors, with a bar that reads a definition of another file, and a register of section 1."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "library"
    shutil.copytree(WORLD, folder)
    (folder / "authorities/harbor-works.yaml").write_text(WORKS.replace(DEEP, BY_DEFINITION), encoding="utf-8")
    (folder / "register").mkdir()
    recorded(folder)
    return folder


def recorded(folder: Path, releases: tuple[tuple[str, str], ...] = RELEASES, **changed: str) -> None:
    """Write the register; ``changed``: other fingerprints of the last release, by the letter of the paragraph."""
    lines = ["designation\trelease\treleased\tfingerprint"]
    for name, day in releases:
        for designation, mark in ROWS:
            other = changed.get(designation.strip("()"), mark) if name == releases[-1][0] else mark
            lines.append(f"{designation}\t{name}\t{day}\t{other}")
    (folder / "register/harbor-works.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), "review", *words])


def sign(folder: Path, *words: str) -> None:
    result = run(folder, "sign", *words, *BY)
    assert result.exit_code == 0, result.output


def stands(folder: Path, provision: str) -> str | tuple[str, ...]:
    """The state of a provision of the harbor works; of a stale one, what changed."""
    (one,) = review(load(folder).library, folder, [f"harbor-works.{provision}"])
    return one.changed if one.state == "stale" else one.state


def edited(folder: Path, old: str, new: str, path: str = "authorities/harbor-works.yaml") -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def asked(folder: Path, *words: str) -> str:
    """What an answer that rests on the library says of sign-offs: dredging a deep port, reported, under the ceiling."""
    facts = ("element=dredging", "partner=north-port", "cost=50", "account=harbor-dues", "acts.harbor-report=done")
    sets = [word for fact in facts for word in ("--set", fact)]
    with living_at(Home(folder, INSTALLED.reference)):
        result = CliRunner().invoke(advisor, ["ask", *sets, "--date", "2025-05-01", *words])
    assert result.exit_code == 0, result.output
    page = result.stdout.splitlines()
    start = next(i for i, line in enumerate(page) if line.startswith("Two independent")) + 1
    return " ".join(page[start:-1])


# --- what makes a sign-off stale, and what does not ------------------------------------------------------------------


def test_what_is_signed_stays_signed_through_comments_layout_and_the_order_of_keys(library: Path) -> None:
    sign(library, "harbor-works")
    edited(library, "bars:\n", "# a remark\n\nbars:\n")
    edited(library, "when: {element: dredging}", "when:\n      # nothing else\n      element:\n        - dredging")
    flow = "when: {cost: {more than: 10}, not: {satisfies: [deep-port]}}\n"
    edited(library, BY_DEFINITION.strip() + "\n", flow)
    assert run(library, "harbor-works").exit_code == 0
    edited(library, flow, f"when: {{all of: [{{{flow[7:-2]}}}]}}\n")
    assert run(library, "harbor-works").exit_code == 0
    data = yaml.safe_load((library / "authorities/harbor-works.yaml").read_text(encoding="utf-8"))
    turned = {key: data[key] for key in reversed(data)}
    turned["duties"] = [dict(reversed(one.items())) for one in data["duties"]]
    text = yaml.safe_dump(turned, sort_keys=False)
    (library / "authorities/harbor-works.yaml").write_text(text, encoding="utf-8")
    assert run(library, "harbor-works").exit_code == 0
    sections = WORKS.replace(DEEP, BY_DEFINITION).replace(
        "language: 1\n", "language: 1\nnotes:\n  - {cite: (e), gist: X.}\n"
    )
    (library / "authorities/harbor-works.yaml").write_text(sections, encoding="utf-8")
    assert run(library, "harbor-works").exit_code == 0


@pytest.mark.parametrize(
    ("provision", "old", "new"),
    [
        ("shallow", "more than: 10", "more than: 20"),
        ("dredge", "when: {element: dredging}", "when: {element: [dredging, filling]}"),
        ("dredge", "    cite: (a)\n", "    cite: (a), (c)\n"),
        ("dredge", "gist: Dredge a port.", "gist: Dredge any port."),
        ("report", "days: 10", "days: 11"),
        ("ceiling", "per: authority-year", "per: project"),
        ("dues", "    account: harbor-dues", "    account: harbor-dues\n    only: true"),
        ("dredge", "    gist: Dredge", "    until: 1996-01-01\n    ended_by: {public_law: 102-7}\n    gist: Dredge"),
    ],
)
def test_a_change_of_the_provision_makes_it_stale_and_no_other(
    library: Path, provision: str, old: str, new: str
) -> None:
    sign(library, "harbor-works")
    edited(library, old, new)
    changed = stands(library, provision)
    assert changed in (("provision",), ("provision", "paragraph"))
    assert (len(changed) == 2) is ("cite" in new)
    others = review(load(library).library, library, ["harbor-works"])
    assert [one.provision for one in others if one.state == "stale"] == [provision]
    sign(library, f"harbor-works.{provision}")
    assert run(library, "harbor-works").exit_code == 0


def test_of_two_days_the_order_counts_and_of_two_terms_it_does_not(library: Path) -> None:
    edited(library, "element: dredging}", "element: [dredging, filling], start: {between: [1992-01-01, 1993-01-01]}}")
    sign(library, "harbor-works.dredge")
    edited(library, "[dredging, filling]", "[filling, dredging]")
    assert stands(library, "dredge") == "signed"
    edited(library, "[1992-01-01, 1993-01-01]", "[1993-01-01, 1992-01-01]")
    assert stands(library, "dredge") == ("provision",)


def test_a_change_of_what_it_leans_on_makes_it_stale(library: Path) -> None:
    sign(library, "harbor-works", "harbor-words")
    edited(library, "inside: {deep: true}", "inside: {deep: true, cost: {less than: 9}}", "definitions/harbor.yaml")
    assert stands(library, "shallow") == ("harbor-words.deep-port",)
    assert stands(library, "dredge") == "signed"
    edited(library, "is: 200", "is: 300")
    assert stands(library, "ceiling") == ("harbor-works.values.ceiling",)
    edited(library, "actor: Harbor master", "actor: Clerk", "vocabulary/words.yaml")
    assert stands(library, "report") == ("acts.harbor-report",)
    edited(library, "tags: [ports]", "tags: []")
    assert stands(library, "dredge") == ("harbor-works",)
    said = run(library, "harbor-works.shallow").stdout
    assert "changed since: harbor-words.deep-port and the heading of harbor-works" in " ".join(said.split())


def test_a_definition_that_its_definition_leans_on_counts_too(library: Path) -> None:
    path = library / "definitions/harbor.yaml"
    text = path.read_text(encoding="utf-8").replace("inside: {deep: true}", "inside: {deep: true, satisfies: small}")
    small = "  - id: small\n    cite: (b)\n    gist: Small.\n    when: {cost: {less than: 5}}\n"
    path.write_text(text + small, encoding="utf-8")
    sign(library, "harbor-works.shallow")
    edited(library, "less than: 5", "less than: 6", "definitions/harbor.yaml")
    assert stands(library, "shallow") == ("harbor-words.small",)


# --- the paragraph ---------------------------------------------------------------------------------------------------


def test_a_change_of_the_paragraph_makes_stale_what_cites_it(library: Path) -> None:
    sign(library, "harbor-works")
    recorded(library, b="b2")
    assert stands(library, "shallow") == ("paragraph",)
    assert stands(library, "dredge") == "signed"
    result = run(library)
    assert result.exit_code == 1
    assert "changed since: the paragraph of the law" in " ".join(result.stdout.split())
    sign(library, "harbor-works.shallow")
    assert stands(library, "shallow") == "signed"


def test_a_new_release_with_the_same_words_changes_nothing_and_one_with_others_does(library: Path) -> None:
    sign(library, "harbor-works")
    recorded(library, (*RELEASES, ("104-9", "1996-01-01")))
    assert run(library, "harbor-works").exit_code == 0
    recorded(library, (*RELEASES, ("104-9", "1996-01-01")), c="c2")
    assert stands(library, "report") == ("paragraph",)


def test_words_before_a_provision_began_or_after_it_ended_do_not_count(library: Path) -> None:
    life = "    since: 1992-03-01\n    law: {public_law: 102-7}\n    gist: Report"
    edited(library, "    gist: Report", life)
    sign(library, "harbor-works.report")
    recorded(library, (("101-1", "1990-03-01"), *RELEASES))
    assert stands(library, "report") == "signed"
    text = (library / "register/harbor-works.tsv").read_text(encoding="utf-8")
    (library / "register/harbor-works.tsv").write_text(
        text.replace("1990-06-01\tc1", "1990-06-01\tc0"), encoding="utf-8"
    )
    assert stands(library, "report") == "signed"


def test_a_row_that_a_known_defect_garbled_is_no_change(library: Path) -> None:
    sign(library, "harbor-works")
    recorded(library, a="garbled")
    assert stands(library, "dredge") == ("paragraph",)
    defect = {
        "section": "harbor-works",
        "designations": ["(a)"],
        "releases": ["103-1"],
        "effect": "altered",
        "why": "X",
    }
    (library / "register/defects.yaml").write_text(yaml.safe_dump({"defects": [defect]}), encoding="utf-8")
    assert stands(library, "dredge") == "signed"


def test_a_sign_off_without_text_says_that_it_binds_no_paragraph(library: Path) -> None:
    edited(library, "  - id: dredge\n", "  - id: dredge\n    basis: {secondary: the harbor manual}\n")
    result = run(library, "sign", "harbor-works", *BY)
    bound = {line.split()[0]: "it binds no paragraph" not in line for line in result.stdout.splitlines()}
    assert not bound["harbor-works.dredge"]
    assert not bound["harbor-works.dues"]
    assert bound["harbor-works.shallow"]
    rows = json.loads(run(library, "harbor-works", "--json").stdout)["provisions"]
    assert {one["provision"] for one in rows if not one["sign_off"]["binds_paragraph"]} == {"dredge", "dues"}


# --- signing and listing ---------------------------------------------------------------------------------------------


def test_the_list_says_what_is_signed_stale_and_unsigned_and_ends_with_totals(library: Path) -> None:
    result = run(library)
    assert result.exit_code == 1
    totals = result.stdout.splitlines()[-2]
    assert totals == "3 files: 0 signed, 0 stale, 7 unsigned."
    sign(library, "harbor-works.dredge", "harbor-works.shallow", "quarantine")
    edited(library, "more than: 10", "more than: 12")
    result = run(library)
    assert "harbor-works  1 signed, 1 stale, 3 unsigned" in result.stdout
    assert "  stale     shallow (b) signed by A. Counsel (Harbor office) on 22 November 2026" in result.stdout
    assert "unsigned  dues" not in result.stdout
    assert "unsigned  dues (f)" in run(library, "Harbor Act 1").stdout
    assert run(library, "harbor-works.dredge", "quarantine").exit_code == 0
    data = json.loads(run(library, "harbor-works", "--json").stdout)
    assert data["totals"] == {"signed": 1, "stale": 1, "unsigned": 3, "gone": 0}
    (stale,) = [one for one in data["provisions"] if one["state"] == "stale"]
    assert (stale["provision"], stale["changed"], stale["sign_off"]["by"]) == ("shallow", ["provision"], "A. Counsel")


def test_a_file_of_sign_offs_is_written_as_counsel_can_diff_it_and_is_no_law(library: Path) -> None:
    before = load(library).library.digest
    sign(library, "harbor-works.dues", "harbor-works.dredge")
    path = library / "reviews/harbor-works.yaml"
    first = path.read_text(encoding="utf-8")
    assert [line.strip() for line in first.splitlines() if "provision:" in line] == [
        "- provision: dredge",
        "- provision: dues",
    ]
    result = run(library, "sign", "harbor-works.shallow", *BY, "--note", "Read with the Act's report.")
    assert result.stdout.splitlines()[0].endswith("on 22 November 2026. Read with the Act's report.")
    added = [line for line in path.read_text(encoding="utf-8").splitlines() if line not in first.splitlines()]
    assert added[0] == "  - provision: shallow"
    assert set(first.splitlines()) <= set(path.read_text(encoding="utf-8").splitlines())
    assert sorted(os.listdir(library / "reviews")) == ["harbor-works.yaml"]
    assert load(library).library.digest == before
    assert not [name for name in read_contents(library) if "reviews" in name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "harbor-works.drege"), "found 'harbor-works.drege'; expected a provision of harbor-works"),
        (("harbour-works",), "expected an id of the library"),
        (("sign", "harbor-works", "--by", " ", "--office", "X"), "--by: found an empty text"),
    ],
)
def test_a_bad_word_is_one_sentence_and_writes_nothing(library: Path, words: tuple[str, ...], said: str) -> None:
    result = run(library, *words)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert not (library / "reviews").exists()


def test_the_installed_library_is_not_signed_and_ships_no_sign_off() -> None:
    result = CliRunner().invoke(main, ["review", "sign", "10-usc-333", *BY])
    assert (result.exit_code, "a library folder of your own" in result.stderr) == (2, True)
    assert not (SHIPPED / "reviews").exists()


FILE = "language: 1\nfile: harbor-works\nsign_offs:\n"
HASH = "sha256:" + "0" * 64
ENTRY = f"""  - provision: dredge
    by: A. Counsel
    office: Harbor office
    date: 2026-11-22
    hash: {HASH}
    leans_on: {{}}
    paragraph: none
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE + ENTRY.replace(HASH, "'1234'"), "sign_offs[0].hash"),
        (FILE + ENTRY.replace("none", "nothing"), "sign_offs[0].paragraph"),
        (FILE + ENTRY.replace("    by: A. Counsel\n", ""), "found no key `by`"),
        (FILE + ENTRY.replace("2026-11-22", "yesterday"), "expected a date"),
        (FILE + ENTRY + ENTRY, "found a second sign-off of 'dredge'"),
        (FILE.replace("harbor-works", "harbor") + ENTRY, "found 'harbor'; expected harbor-works"),
        (FILE + ENTRY + "    signed: true\n", "signed"),
        ("\tlanguage: 1\n", "tab"),
    ],
)
def test_a_bad_file_of_sign_offs_is_a_fault_with_its_place(library: Path, text: str, said: str) -> None:
    (library / "reviews").mkdir()
    (library / "reviews/harbor-works.yaml").write_text(text, encoding="utf-8")
    result = run(library)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert result.stderr.startswith("reviews/harbor-works.yaml:")
    assert said in result.stderr
    with pytest.raises(FaultsError, match=r"reviews/harbor-works\.yaml"):
        signed.states(library, load(library).library)
    assert [issue.kind for issue in lint(library).issues if "reviews" in issue.place.file] == ["bad-sign-off"]


def test_a_sign_off_of_a_provision_that_is_gone_is_listed_and_lint_warns(library: Path) -> None:
    sign(library, "harbor-works.dredge")
    edited(library, "id: dredge\n", "id: dredge-a-port\n")
    text = (library / "authorities/harbor-works.yaml").read_text(encoding="utf-8")
    text = text.replace("because: [dredge]", "because: [dredge-a-port]")
    (library / "authorities/harbor-works.yaml").write_text(text, encoding="utf-8")
    result = run(library)
    assert result.exit_code == 1
    assert "gone      dredge signed by A. Counsel" in result.stdout
    assert "7 unsigned, 1 of a provision that is not there." in result.stdout
    (issue,) = [one for one in lint(library).issues if one.kind == "sign-off-of-nothing"]
    assert (issue.place.key, issue.severity) == ("dredge", "warning")
    (library / "reviews/harbor-works.yaml").rename(library / "reviews/harbor.yaml")
    edited(library, "file: harbor-works", "file: harbor", "reviews/harbor.yaml")
    assert [one.kind for one in lint(library).issues if "reviews" in one.place.file] == ["sign-off-of-nothing"]
    assert "harbor        0 signed, 0 stale, 0 unsigned, 1 of a provision" in run(library).stdout


# --- answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_says_in_each_state_how_what_it_rests_on_stands(library: Path) -> None:
    assert asked(library) == NONE
    sign(library, "harbor-words")
    assert asked(library) == NONE
    sign(library, "harbor-works.dredge")
    assert asked(library) == "1 of 2 provisions this answer rests on is signed by counsel."
    sign(library, "harbor-works.dues")
    assert asked(library) == "All 2 provisions this answer rests on are signed by counsel."
    recorded(library, a="a2")
    stale = "stale: harbor-works.dredge (changed: the paragraph of the law)."
    assert asked(library) == f"1 of 2 provisions this answer rests on is signed by counsel; {stale}"
    edited(library, "gist: Dredge a port.", "gist: Dredge a harbor.")
    assert "(changed: the provision, the paragraph of the law)" in asked(library)
    sign(library, "harbor-works")
    assert asked(library).startswith("All 2 provisions")


def test_an_answer_as_json_lists_each_provision_with_its_state(library: Path) -> None:
    sign(library, "harbor-works.dredge")
    edited(library, "gist: Dredge a port.", "gist: Dredge a harbor.")
    facts = ("element=dredging", "partner=north-port", "cost=50", "account=harbor-dues", "acts.harbor-report=done")
    sets = [word for fact in facts for word in ("--set", fact)]

    def answered(*words: str) -> dict[str, Any]:
        with living_at(Home(library, INSTALLED.reference)):
            result = CliRunner().invoke(advisor, ["ask", *sets, "--date", "2025-05-01", "--json", *words])
        found: dict[str, Any] = json.loads(result.stdout)["review"]
        return found

    found = answered()
    assert found["provisions"] == [
        {"provision": "harbor-works.dredge", "state": "stale", "changed": ["provision"]},
        {"provision": "harbor-works.dues", "state": "unsigned", "changed": []},
    ]
    assert found["says"].startswith("0 of 2 provisions this answer rests on are signed by counsel; stale: harbor-works")
    barred = answered("--set", "quarantined=true")
    assert [one["provision"] for one in barred["provisions"]] == ["quarantine.no-works"]
    none = answered("--set", "element=filling")
    assert none == {"says": "No provision permits this, so no sign-off of a provision speaks to it.", "provisions": []}


def test_how_sign_offs_stand_is_worked_out_once(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And again when a sign-off, the law or the register changes; where nothing is signed nothing is read."""
    monkeypatch.setattr(_index, "_SETTLED", 0)
    loaded = load(library).library
    monkeypatch.setattr(_cache, "get", lambda name: pytest.fail("looked for what nobody signed"))
    assert signed.states(library, loaded) == {}
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(library.parent / "cache"))
    monkeypatch.setattr(_index, "_SETTLED", 0)
    sign(library, "harbor-works")
    first = signed.states(library, loaded)
    assert first["harbor-works.dredge"] == ("signed", ())
    with monkeypatch.context() as closed:
        closed.setattr(signed, "_compared", lambda *_: pytest.fail("compared anew"))
        assert signed.states(library, loaded) == first
    recorded(library, a="a2")
    assert signed.states(library, loaded)["harbor-works.dredge"] == ("stale", ("paragraph",))
    edited(library, "element: dredging}", "element: filling}")
    again = load(library).library
    assert signed.states(library, again)["harbor-works.dredge"] == ("stale", ("provision", "paragraph"))
    shutil.rmtree(library / "reviews")
    assert signed.states(library, again) == {}
