"""Showing a law file: whole, in English, escaped, and as one page that needs nothing beside it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from authorities.cli import main
from authorities.loading import load
from authorities.showing import file_json, render_file, render_html, view
from authorities.showing._style import STYLE
from rules import conditions as c
from rules.faults import FaultsError
from rules.library import Interpretation, Library
from rules.provisions import Bar, LawFile, LawRef, Life
from rules.vocabulary import Fact, Term, build
from rules.words import Speaker, answered, listed
from tests.support.shipped import LIBRARY

TODAY = date(2026, 11, 21)
FILES = LIBRARY.files()
each_file = pytest.mark.parametrize("file", FILES, ids=lambda f: f.id)
VOID = {"meta", "br", "line", "circle"}


class Page(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order; keeps ids, links, tags and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data

    def each(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.tags if name in attrs]


def authority(id_: str) -> LawFile:
    return next(f for f in FILES if f.id == id_)


@each_file
def test_text_and_page_hold_every_provision_value_question_and_limit(file: LawFile) -> None:
    text = " ".join(render_file(LIBRARY, file, TODAY).split())
    page = Page(render_html(LIBRARY, file, TODAY))
    words = " ".join(page.words.split())
    seen = view(LIBRARY, file, TODAY)
    for one in file.provisions():
        # a terminal line may break after a hyphen
        assert one.id in words and one.gist in words
        assert one.id.replace("-", "") in text.replace("- ", "").replace("-", "")
    for asked in seen.questions:
        for said in (asked.question.words, asked.question.turns_on, asked.question.decides):
            assert " ".join(said.split()) in words
    for value in seen.values:
        assert value.says in words
    for reached in seen.reached:
        assert reached.limit.id in words or reached.authority.id in words


@each_file
def test_the_page_needs_nothing_and_can_be_read_aloud(file: LawFile) -> None:
    text = render_html(LIBRARY, file, TODAY)
    page = Page(text)
    names = [tag for tag, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "object"} & set(names)
    assert "url(" not in text and "@import" not in text
    assert not page.each("src") and all(href.startswith("#") for href in page.each("href"))
    assert page.tags[0] == ("html", {"lang": "en"})
    assert names.count("h1") == 1 and names.count("title") >= 1
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    assert names.count("caption") == names.count("table")
    ids = page.each("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.each("href")} <= set(ids)
    assert text == render_html(LIBRARY, file, TODAY)


@each_file
def test_it_reads_as_english(file: LawFile) -> None:
    text = render_file(LIBRARY, file, TODAY)
    said = [line for one in file_json(LIBRARY, file, TODAY)["provisions"] for line in one["says"]]
    assert not [line for line in said if "_" in line or ": yes" in line or ": no" in line]
    assert " a a" not in text and "ValueRef" not in text


def test_the_history_names_day_law_and_change() -> None:
    events = view(LIBRARY, authority("10-usc-333"), TODAY).events
    rows = {(e.day.isoformat(), e.law, e.change, e.id) for e in events}
    assert ("2022-12-23", "Pub. L. 117-263, section 1202(c)", "ends", "quarterly-report") in rows
    assert ("2022-12-23", "Pub. L. 117-263, section 1202(c)", "begins", "semiannual-report") in rows
    assert ("2019-12-20", "Pub. L. 116-92, section 1201(a)", "changes", "purposes") in rows
    assert [e.day for e in events] == sorted(e.day for e in events)


@each_file
def test_every_life_is_in_the_history(file: LawFile) -> None:
    events = view(LIBRARY, file, TODAY).events
    for one in file.provisions():
        days = [(e.change, e.day) for e in events if e.id == one.id and e.kind != "value"]
        wanted = [("begins", one.life.since)] + ([("ends", one.life.until)] if one.life.until else [])
        assert sorted(days) == sorted(wanted)


def test_a_definition_of_another_file_brings_its_words_and_questions() -> None:
    seen = view(LIBRARY, authority("10-usc-333"), TODAY)
    assert {"national-security-force", "national-level-force"} <= {s.provision.id for s in seen.borrowed}
    assert {"301-6-national-level", "333-d-1-import"} <= {asked.question.id for asked in seen.questions}


def test_what_ends_is_listed_with_its_last_day() -> None:
    file = authority("10-usc-321")
    ends = {(e.kind, e.id, e.day.isoformat(), e.past) for e in view(LIBRARY, file, TODAY).expiries}
    assert ("provision", "costa-rica-and-panama", "2030-12-31", False) in ends
    assert ("table", "section_1209", "2030-12-31", False) in ends
    assert ("table", "developing", "2026-06-30", True) in ends
    later = view(LIBRARY, file, date(2031, 1, 1)).expiries
    assert not [e for e in later if e.kind == "provision"]


def made(bars: tuple[Bar, ...], library: Library = LIBRARY) -> tuple[Library, LawFile]:
    file = replace(authority("10-usc-333"), bars=bars)
    return replace(library, authorities={**library.authorities, file.id: file}), file


def bar(id_: str, life: Life, when: c.Condition = c.TRUE, gist: str = "No.") -> Bar:
    return Bar(id_, "10-usc-333", "(a)", gist, life, when)


def test_a_sunset_on_the_end_and_a_day_in_a_condition_are_listed() -> None:
    law = LawRef("114-328")
    first = bar("sunset", Life(date(2028, 1, 1), law, on="end"))
    second = bar("dated", Life(date(2016, 12, 23), law), c.Bounded("end", (("after", date(2029, 9, 30)),)))
    library, file = made((first, second))
    ends = {(e.kind, e.id, e.day.isoformat()) for e in view(library, file, TODAY).expiries}
    assert {("sunset", "sunset", "2027-12-31"), ("sunset", "dated", "2029-09-30")} <= ends
    assert "judged on the day it ends" in render_file(library, file, TODAY)


@pytest.mark.parametrize(("year", "past"), [(2026, True), (2027, False)])
def test_an_interpretation_lapses_with_its_fiscal_year(year: int, past: bool) -> None:
    one = Interpretation(
        "333-d-1-import", False, frozenset({year}), c.TRUE, "General Counsel", "memo 1", date(2026, 1, 5)
    )
    library = replace(LIBRARY, interpretations=(one,))
    [end] = [e for e in view(library, authority("10-usc-333"), TODAY).expiries if e.kind == "interpretation"]
    assert (end.day, end.past) == (date(year, 9, 30), past)
    assert "memo 1" in render_html(library, authority("10-usc-333"), TODAY)
    assert "memo 1" in render_file(library, authority("10-usc-333"), TODAY)


def test_every_word_is_escaped() -> None:
    sharp = "<script>alert('&\"')</script>"
    library, file = made((bar("x", Life(date(2016, 12, 23), LawRef("114-328", sharp)), gist=sharp),))
    file = replace(file, title=sharp, statute=sharp, holder=sharp, basis=sharp)
    library = replace(library, authorities={**library.authorities, file.id: file})
    library = replace(
        library,
        questions={
            id_: replace(q, words=sharp, positions=((sharp, sharp),), decides=sharp, turns_on=sharp)
            for id_, q in library.questions.items()
        },
    )
    text = render_html(library, file, TODAY)
    assert "<script" not in text
    assert sharp in Page(text).words


def test_limits_reach_by_everything_by_mark_and_by_money() -> None:
    rows = file_json(LIBRARY, authority("10-usc-333"), TODAY)["limits"]
    how = {row["limit"]: row["how"] for row in rows}
    assert how["31-usc-1502"] == "it reaches everything"
    assert how["10-usc-362"].startswith("it reaches every authority marked")
    assert how["22-usc-2378d"].startswith("only where the money that pays is")
    free = replace(authority("10-usc-333"), notwithstanding=("all",), but_not=("10-usc-362",))
    library = replace(LIBRARY, authorities={**LIBRARY.authorities, free.id: free})
    assert [r.limit.id for r in view(library, free, TODAY).reached] == ["10-usc-362"]


@pytest.mark.parametrize("ground", ["paper", "band"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link"])
def test_words_stand_out_in_both_colour_schemes(ink: str, ground: str) -> None:
    for scheme in (STYLE.split("@media")[0], STYLE.split("@media")[1]):
        colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", scheme))
        for front, back in ((colours[ink], colours[ground]), (colours["mark"], colours["markband"])):
            light, dark = sorted((luminance(front), luminance(back)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_command_writes_text_data_and_page(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["show", *words, "--today", "2026-11-21"])
        assert result.exit_code == 0, result.output
        return result.stdout

    [row] = json.loads(run("10-usc-333", "--json"))["rows"]
    assert {"provisions", "history", "expires", "questions", "limits", "replaces"} <= set(row)
    path = tmp_path / "page.html"
    assert run("10-usc-333", "--html", str(path)).startswith(f"Written: {path}\n")
    assert path.read_text(encoding="utf-8") == run("10-usc-333", "--html", "-")
    assert "Replaced by 10 U.S.C. 333" in run("10-usc-2282")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["10-usc-333", "--html", "none/such/page.html"], "a file that can be written"),
        (["10-usc-333", "10-usc-312", "--html", "-"], "--html takes one id"),
        (["10-usc-333", "--json", "--html", "-"], "--html takes one id"),
        (["10-usc-333", "--today", "soon"], "soon"),
    ],
)
def test_what_cannot_run_says_why_and_exits_2(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["show", *words])
    assert result.exit_code == 2
    assert said in result.stderr and "Traceback" not in result.output


@pytest.mark.parametrize(
    ("question", "yes", "said"),
    [
        ("Is it procured by leasing?", True, "it is procured by leasing"),
        ("Is this a loan?", False, "it is not a loan"),
        ("Does it serve a program?", True, "it serves a program"),
        ("Does it serve a program?", False, "it does not serve a program"),
        (
            "Is it a helicopter or an aircraft?",
            False,
            "the answer to \u201cIs it a helicopter or an aircraft?\u201d is no",
        ),
        ("Does this only pay?", True, "the answer to \u201cDoes this only pay?\u201d is yes"),
        ("Does the work pay?", False, "the answer to \u201cDoes the work pay?\u201d is no"),
    ],
)
def test_a_question_and_its_answer_become_a_statement(question: str, yes: bool, said: str) -> None:
    assert answered(question, yes) == said


def test_a_list_whose_items_have_commas_is_told_apart() -> None:
    assert listed(["a", "b", "c"]) == "a, b or c"
    assert listed(["a, with x", "b", "c"]) == "a, with x; b; or c"


def speaker(says: str = "", denies: str = "") -> Speaker:
    """One that knows a kind of support and a yes-or-no fact, with what the vocabulary says of the latter."""
    facts = [
        Fact("element", "term", "What is it?", noun="kind of support"),
        Fact("poor", "boolean", "Is the partner poor?", says=says, denies=denies),
    ]
    return Speaker(build(facts, [Term("arms", "arms"), Term("ammunition", "ammunition")], []), lambda ref: ref.name)


def test_a_fact_is_said_in_the_vocabularys_own_words() -> None:
    own = speaker(says="the partner is poor", denies="the partner is not poor")
    poor = c.Equals("poor", True)
    assert [own.say(poor), own.say(poor, yes=False)] == ["the partner is poor", "the partner is not poor"]
    assert own.say(c.Equals("poor", False)) == "the partner is not poor"
    assert speaker().say(poor) == "the answer to \u201cIs the partner poor?\u201d is yes"
    assert own.say(c.OneOf("element", ("arms",))) == "the kind of support is arms"


def test_what_is_left_out_of_a_kind_is_said_with_it() -> None:
    arms, ammunition = c.OneOf("element", ("arms",)), c.OneOf("element", ("ammunition",))
    both = c.AllOf((arms, c.Negation(ammunition)))
    assert speaker().say(both) == "the kind of support is arms, but not ammunition"
    assert speaker().say(both, yes=False) == "the kind of support is not arms or the kind of support is ammunition"


@pytest.mark.parametrize("id_", ["10-usc-321", "10-usc-333", "10-usc-362", "22-usc-2763"])
def test_no_rule_is_said_by_its_question(id_: str) -> None:
    assert "the answer to" not in render_file(LIBRARY, authority(id_), TODAY)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("says: it is dear, denies: it is cheap", "a statement of a money fact"),
        ("says: it is dear", "denies"),
    ],
)
def test_a_statement_has_its_contrary_and_is_of_a_yes_or_no(said: str, fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(Path(__file__).parents[1] / "bad" / "library" / "base", folder)
    words = folder / "vocabulary" / "words.yaml"
    text = words.read_text("utf-8").replace("cost: {type: money,", f"cost: {{type: money, {said},")
    words.write_text(text, "utf-8")
    with pytest.raises(FaultsError, match=fault):
        load(folder, cache=False)
