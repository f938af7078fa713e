"""The annual memo: what it says is what the library says, each with its cite; and its two forms say the same."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from authorities.cli import main
from authorities.loading import Loaded, load
from authorities.memo import gather, lay_out, render_html
from authorities.memo.blocks import Heading, Page, words
from authorities.memo.model import NO_OWNER, Memo, Section
from authorities.memo.word import render_word
from authorities.memo.wording import cite_words
from rules.derived import money_phase
from tests.support.harbor import WORKS, WORLD
from tests.support.shipped import LIBRARY, LOADED

TODAY = date(1992, 6, 1)
MORE = """
  - id: fill-a-deep-port
    cite: (g)
    gist: 'Fill a <b>deep</b> port & its "mouth".'
    when: {element: filling, satisfies: deep-port, partner: north-port}
  - id: blast
    cite: (h)
    until: 1992-03-01
    ended_by: {public_law: 102-7, section: "4"}
    gist: Blast a port.
    when: {element: dredging, question: how-muddy}
  - id: dredge-mud
    cite: (h)
    since: 1992-03-01
    law: {public_law: 102-7, section: "4"}
    basis: {secondary: a harbor master's letter}
    gist: Dredge mud.
    when: {element: dredging, question: how-muddy}
bars:
"""
QUESTION = """
  - id: how-muddy
    words: a muddy port
    statute: Harbor Act 1(h)
    positions: [{says: Any mud., source: text of the Act}]
    decides: unknown
    turns_on: Which mud.
"""
ANSWER = """language: 1
interpretations:
  - {question: how-deep, answer: true, fiscal_years: [1992], when: {cost: {at most: 70}}, office: Harbor counsel,
     memo: memo 7, date: 1991-10-05}
"""
CASES = """
  - {name: mud, date: 1992-04-01, given: {element: dredging, partner: south-port, cost: 5}, verdict: conditional, because: [dredge]}
  - {name: an unread case, date: 1992-04-01, given: {element: filling, cost: 5}, verdict: conditional, confirmed: false}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("memo") / "library"
    shutil.copytree(WORLD, library)
    works = WORKS.replace("\nbars:\n", MORE, 1) + CASES.lstrip("\n")
    (library / "authorities/harbor-works.yaml").write_text(works, encoding="utf-8")
    with (library / "questions/harbor.yaml").open("a", encoding="utf-8") as file:
        file.write(QUESTION.lstrip("\n"))
    (library / "interpretations").mkdir()
    (library / "interpretations/answers.yaml").write_text(ANSWER, encoding="utf-8")
    return library


@pytest.fixture(scope="module")
def harbor(folder: Path) -> Loaded:
    return load(folder, cases=True, cache=False)


def made(loaded: Loaded, year: int, today: date, *ids: str) -> Memo:
    return gather(loaded.library, loaded.raw["accounts"], year, today, ids)


def works_of(harbor: Loaded, year: int = 1992, today: date = TODAY) -> Section:
    return made(harbor, year, today).sections[0]


def run(folder: Path, *said: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), "memo", *said], catch_exceptions=False)


# --- what it says -------------------------------------------------------------------------------------------------
def test_each_part_is_there_with_its_cites(harbor: Loaded) -> None:
    section = works_of(harbor)
    assert [(one.statement.id, one.statement.cite) for one in section.may] == [
        ("dredge", "Harbor Act 1(a)"),
        ("fill-a-deep-port", "Harbor Act 1(g)"),
        ("dredge-mud", "Harbor Act 1(h)"),
    ]
    assert [(one.statement.cite, one.statement.says) for one in section.may_not] == [
        ("Harbor Act 1(b)", "Not in a shallow port, but for small works.")
    ]
    (step,) = section.steps
    assert (step.actor, step.delegable, step.term) == (
        "Harbor master",
        None,
        "at least 10 days before the activity starts",
    )
    assert step.timed and step.statement.cite == "Harbor Act 1(c)"
    (fund,) = section.money
    assert fund.accounts == (("harbor-dues", "harbor dues"),) and fund.statement.cite == "Harbor Act 1(f)"
    assert {word.statement.id: word.question for word in section.words} == {"deep-port": "how-deep"}
    assert [law.id for law in section.reached] == ["quarantine"]


def test_the_partners_are_told_apart_from_the_support(harbor: Loaded) -> None:
    fill = works_of(harbor).may[1]
    assert [one.text for one in fill.support] == ["filling"]
    assert [one.text for one in fill.partners] == ["“deep port”", "the partner is North Port"]
    assert fill.when == ()


def test_what_changed_stands_under_its_day_and_act(harbor: Loaded) -> None:
    (change,) = works_of(harbor).changes
    assert (change.day, change.law, change.enacted) == (date(1992, 3, 1), "102-7", date(1992, 3, 1))
    assert {(one.id, one.life) for one in change.ended} == {("blast", "Pub. L. 102-7, section 4")}
    assert {(one.id, one.says) for one in change.begun} == {
        ("dredge-mud", "Dredge mud."),
        ("ceiling", "“ceiling”: $200"),
    }


def test_what_was_not_enacted_by_the_day_is_not_known(harbor: Loaded) -> None:
    before = works_of(harbor, today=date(1992, 2, 29))
    assert before.changes == ()
    assert [one.statement.id for one in before.may] == ["dredge", "fill-a-deep-port", "blast"]
    assert before.ceilings[0].amount == 100


def test_a_cap_has_the_amount_of_the_year_and_where_it_stands(harbor: Loaded) -> None:
    then, later = (works_of(harbor, year, date(2026, 1, 1)).ceilings[0] for year in (1991, 1992))
    assert (then.amount, later.amount) == (100, 200)
    assert "$200 for the whole authority in a fiscal year" in later.limit
    assert later.source == "Harbor Act 1, since 1 March 1992 (Pub. L. 102-7)"


def test_the_money_of_the_year_is_open_on_its_last_day_and_not_after(harbor: Loaded) -> None:
    (purse,) = works_of(harbor).purses
    account, calendar = harbor.library.accounts[purse.id], harbor.library.calendar
    assert (purse.owner, purse.purpose) == ("Harbor master", "unknown")
    (year,) = purse.years
    assert year.last_day == date(1992, 9, 30) and year.opens == date(1991, 10, 1) and year.closes == date(1997, 9, 30)
    assert money_phase(account, year.year, year.last_day, calendar) == "current"
    assert money_phase(account, year.year, year.last_day + timedelta(days=1), calendar) == "expired"


def test_an_answer_of_the_year_is_shown_with_its_office_and_scope_and_lapses(harbor: Loaded) -> None:
    now = {one.id: one for one in works_of(harbor).questions}
    (given,) = now["how-deep"].answers
    assert now["how-deep"].state == "answered"
    assert (given.answer, given.office, given.memo, given.dated) == (
        True,
        "Harbor counsel",
        "memo 7",
        date(1991, 10, 5),
    )
    assert given.scope is not None and "at most $70" in given.scope.text
    later = {one.id: one for one in works_of(harbor, 1993, date(1993, 1, 1)).questions}
    assert later["how-deep"].state == "lapsed" and later["how-deep"].owner == "Harbor counsel"
    before = {one.id: one for one in works_of(harbor, today=date(1991, 10, 4)).questions}
    assert before["how-deep"].state == "open"


def test_a_question_without_an_owner_says_so(harbor: Loaded) -> None:
    muddy = next(one for one in works_of(harbor).questions if one.id == "how-muddy")
    assert (muddy.owner, muddy.state) == (NO_OWNER, "open")
    assert muddy.positions == (("Any mud.", "text of the Act"),)


def test_examples_are_confirmed_cases_and_what_does_not_fit_stands_beside_what_does(harbor: Loaded) -> None:
    fits, not_ = (
        next(o for o in works_of(harbor, 1995, date(1995, 9, 1)).examples if o.fits == w) for w in ("yes", "no")
    )
    assert (fits.name, fits.because) == ("dredging reported", (("Harbor Act 1(a)", "Dredge a port."),))
    assert (not_.name, not_.beside) == ("a shallow port", "dredging reported")
    assert not_.facts == ("the answer to “Is the port deep?” is no",)
    assert not_.because == (("Harbor Act 1(b)", "Not in a shallow port, but for small works."),)
    assert "an unread case" not in {one.name for year in (1992, 1995) for one in works_of(harbor, year).examples}


def test_an_authority_outside_its_years_is_named_only_when_asked(harbor: Loaded) -> None:
    assert made(harbor, 1989, TODAY).sections == ()
    (section,) = made(harbor, 1989, TODAY, "harbor-works").sections
    assert not section.live and section.in_force.startswith(
        "Not in force in fiscal year 1989: it begins on 5 January 1990"
    )


def test_a_cite_follows_its_statute_and_never_runs_into_its_brackets() -> None:
    assert cite_words("10 U.S.C. 333", "(c)(1), (g)*") == "10 U.S.C. 333(c)(1), (g)"
    assert cite_words("10 U.S.C. 2559(a)", "(b)") == "10 U.S.C. 2559(a), at (b)"
    assert cite_words("Harbor Act 1", "chapeau") == "Harbor Act 1 chapeau"
    assert cite_words("Harbor Act 1", "") == "Harbor Act 1"


def test_money_of_a_year_whose_acts_were_not_read_says_so(harbor: Loaded) -> None:
    (purse,) = works_of(harbor, 2027, date(2026, 11, 1)).purses
    assert purse.years[0].year == 2027 and "the acts of that year were not read" in purse.years[0].source
    assert "No act of fiscal year 2027 was read" in words_of(lay_out(made(harbor, 2027, date(2026, 11, 1))))


# --- the shipped library ------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def exercises() -> Memo:
    return made(LOADED, 2026, date(2026, 11, 22), "10-usc-321")


def test_the_change_of_december_2025_stands_with_its_act(exercises: Memo) -> None:
    (change,) = exercises.sections[0].changes
    assert (change.day, change.law, change.enacted) == (date(2025, 12, 18), "119-60", date(2025, 12, 18))
    assert all(one.life.startswith("Pub. L. 119-60, section 1201(a)") for one in (*change.ended, *change.begun))
    assert {one.id for one in change.begun} >= {"train-with-similar-forces", "quarterly-report"}
    page = words_of(lay_out(exercises))
    assert "Pub. L. 119-60, enacted 18 December 2025" in page and "10 U.S.C. 321(e)" in page
    earlier = made(LOADED, 2026, date(2025, 12, 1), "10-usc-321").sections[0]
    assert earlier.changes == () and "train-with" in {one.statement.id for one in earlier.may}


def test_every_rule_in_force_on_the_last_day_is_told_and_no_other(exercises: Memo) -> None:
    section, file = exercises.sections[0], LIBRARY.authorities["10-usc-321"]
    told = [
        one.statement.id for some in (section.may, section.may_not, section.ceilings, section.money) for one in some
    ]
    told += [one.statement.id for one in section.steps if not one.other]
    live = [
        one.id
        for one in (*file.grants, *file.bars, *file.duties, *file.caps, *file.funds)
        if one.life.since <= section.day and (one.life.until is None or section.day < one.life.until)
    ]
    assert Counter(told) == Counter(live)


def test_sums_and_last_days_are_the_librarys(exercises: Memo) -> None:
    section = exercises.sections[0]
    ceiling = LOADED.raw["definitions"]["10-usc-301"]["values"]["small_scale_ceiling"][-1]["is"]
    assert [cap.amount for cap in section.ceilings] == [ceiling]
    for purse in section.purses:
        account = LIBRARY.accounts[purse.id]
        assert purse.name == account.name and purse.owner == account.owner
        for year in purse.years:
            assert year.last_day is not None and year.last_day >= exercises.first
            assert money_phase(account, year.year, year.last_day, LIBRARY.calendar) == "current"
            after = year.last_day + timedelta(days=1)
            assert money_phase(account, year.year, after, LIBRARY.calendar) == "expired"
    known = re.sub(r"(?<=\d),(?=\d)", "", json.dumps(LOADED.raw, default=str))
    for sum_ in re.findall(r"\$([\d,]*\d)", words_of(lay_out(exercises))):
        assert sum_.replace(",", "") in known


def test_every_statement_has_a_cite_and_every_question_an_owner(exercises: Memo) -> None:
    section = exercises.sections[0]
    some = [one.statement for part in (section.may, section.may_not, section.steps, section.money) for one in part]
    assert some and all(re.search(r"\d", one.cite) and one.life for one in some)
    for one in section.questions:
        assert one.owner == LIBRARY.questions[one.id].decides and one.cite


# --- its two forms ------------------------------------------------------------------------------------------------
class Reader(HTMLParser):
    """Reads a page: what it opens, links to, and its headings; fails where a tag is not closed as it was opened."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "col"):
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("h1", "h2", "h3"):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


def words_of(page: Page) -> str:
    return "\n".join(words(one) for one in (*page.lead, *page.blocks))


def pages(harbor: Loaded, exercises: Memo) -> tuple[Page, Page, Page]:
    both = made(LOADED, 2026, date(2026, 11, 22), "10-usc-321", "10-usc-333")
    return lay_out(made(harbor, 1992, TODAY)), lay_out(exercises), lay_out(both)


def test_the_page_is_whole_stands_alone_and_can_be_walked(harbor: Loaded, exercises: Memo) -> None:
    for page in pages(harbor, exercises):
        html = render_html(page)
        reader = Reader(html)
        assert [level for level, _ in reader.headings].count(1) == 1 and reader.headings[0] == (1, page.title)
        levels = [level for level, _ in reader.headings]
        assert all(b - a <= 1 for a, b in pairwise(levels))
        ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        for tag, attrs in reader.tags:
            assert tag not in ("script", "link", "img", "iframe") and "src" not in attrs
            if "href" in attrs:
                assert (attrs["href"] or "").removeprefix("#") in ids
            if tag == "th":
                assert attrs["scope"] in ("col", "row")
        tags = Counter(tag for tag, _ in reader.tags)
        assert tags["main"] == tags["nav"] == tags["header"] == tags["footer"] == 1 and tags["table"] == tags["caption"]
        assert not re.search(r"https?:|@import|url\(", html)


def test_words_of_the_law_are_escaped(harbor: Loaded) -> None:
    html = render_html(lay_out(made(harbor, 1992, TODAY)))
    assert "Fill a &lt;b&gt;deep&lt;/b&gt; port &amp; its &quot;mouth&quot;." in html and "<b>deep" not in html


def test_both_forms_have_the_same_headings_and_cells(harbor: Loaded, exercises: Memo) -> None:
    for page in pages(harbor, exercises):
        document = Document(io.BytesIO(render_word(page, TODAY)))
        held = [p for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading ")]
        inside = [(int(p.style.name[-1]) + 1, p.text) for p in held if p.style is not None]
        assert inside == Reader(render_html(page)).headings[1:]
        assert inside == [(one.level, one.text) for one in page.blocks if isinstance(one, Heading)]
        html_tables = [tag for tag, _ in Reader(render_html(page)).tags if tag in ("table", "dl")]
        assert len(document.tables) == len(html_tables)
        for table in document.tables:
            assert table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader")
        text = "".join(document.element.body.itertext())
        assert all(line in text for one in page.blocks for line in words(one).split("\n"))
        foot = document.sections[0].footer._element.xpath(".//w:fldSimple/@w:instr")
        assert [one.strip() for one in foot] == ["PAGE", "NUMPAGES"]


def test_the_same_library_and_day_give_the_same_bytes(harbor: Loaded) -> None:
    one, two = (lay_out(made(harbor, 1992, TODAY)) for _ in range(2))
    assert render_html(one) == render_html(two)
    packed = render_word(one, TODAY)
    assert packed == render_word(two, TODAY)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {about.date_time for about in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Document(io.BytesIO(packed)).core_properties
    assert properties.created == properties.modified and properties.created is not None
    assert properties.created.date() == TODAY


# --- the command --------------------------------------------------------------------------------------------------
def test_the_command_writes_both_forms_or_the_one_named(folder: Path, tmp_path: Path) -> None:
    words_ = ("FY1992", "--today", "1992-06-01", "--out")
    assert run(folder, *words_, str(tmp_path / "all")).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["memo-fy1992.docx", "memo-fy1992.html"]
    assert run(folder, *words_, str(tmp_path / "one.html")).exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "all/memo-fy1992.html").read_bytes()
    assert run(folder, *words_, str(tmp_path / "word"), "--format", "docx").exit_code == 0
    assert [path.name for path in (tmp_path / "word").iterdir()] == ["memo-fy1992.docx"]


def test_as_data_it_holds_the_same(folder: Path) -> None:
    data = json.loads(run(folder, "1992", "harbor-works", "--today", "1992-06-01", "--json").stdout)
    assert (data["year"], data["first"], data["last"]) == (1992, "1991-10-01", "1992-09-30")
    provisions = load(folder, cases=True).library.authorities["harbor-works"].provisions()
    assert data["sections"][0]["sign_offs"] == {"signed": 0, "stale": 0, "unsigned": len(provisions)}
    assert [one["statement"]["id"] for one in data["sections"][0]["may"]] == [
        "dredge",
        "fill-a-deep-port",
        "dredge-mud",
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("1992x", "--json"), "a fiscal year: FY and four digits"),
        (("FY1992", "quarantine", "--json"), "an authority; limits are told"),
        (("FY1992", "no-such-thing", "--json"), "'no-such-thing'"),
        (("FY1985", "--json"), "a fiscal year in which some authority is in force"),
        (("FY1992",), "Say where to write it"),
        (("FY1992", "--out", "memo.html", "--format", "docx"), "say one of them"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(folder: Path, said: tuple[str, ...], sentence: str) -> None:
    result = run(folder, *said)
    assert result.exit_code == 2 and sentence in result.output


def test_without_the_extra_word_is_refused_by_name_and_html_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    refused = run(folder, "FY1992", "--out", str(tmp_path))
    assert refused.exit_code == 2 and "pip install 'authority-advisor[memo]'" in refused.output
    assert run(folder, "FY1992", "--out", str(tmp_path), "--format", "html").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["memo-fy1992.html"]
