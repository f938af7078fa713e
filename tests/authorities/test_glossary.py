"""The glossary holds every word of the vocabulary, and says plainly what the library does not."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from authorities.cli import main
from authorities.glossary import Word, glossary, matching
from authorities.glossary_text import NO_GIST, NO_USER, html, lines_of, markdown, text
from authorities.loading import Loaded, load
from tests.support.harbor import WORKS, WORLD

VOCABULARY = """language: 1
terms:
  barge: {name: barge <flat>, under: [vessel], synonyms: [lighter], gist: A flat vessel.}
  vessel: {name: vessel, under: [partner-entity]}
  partner-entity: {name: partner}
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("world") / "library"
    copytree(WORLD, folder)
    (folder / "vocabulary/boats.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "authorities/harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    return load(folder, cache=False, cases=True)


@pytest.fixture(scope="module")
def words(loaded: Loaded) -> tuple[Word, ...]:
    return glossary(loaded)


def of(words: tuple[Word, ...], kind: str, id_: str) -> Word:
    [word] = [one for one in words if (one.kind, one.id) == (kind, id_)]
    return word


def test_every_term_account_act_and_fact_is_there_once(loaded: Loaded, words: tuple[Word, ...]) -> None:
    library = loaded.library
    vocabulary = library.vocabulary
    ids = [(word.kind, word.id) for word in words]
    assert len(ids) == len(set(ids))
    assert {id_ for kind, id_ in ids if kind in ("term", "account")} == set(vocabulary.terms)
    assert {id_ for kind, id_ in ids if kind == "account"} == set(library.accounts)
    assert {id_ for kind, id_ in ids if kind == "act"} == set(vocabulary.acts)
    assert {id_ for kind, id_ in ids if kind == "fact"} == set(vocabulary.facts)


def test_a_word_says_gist_parents_other_names_source_and_users(words: tuple[Word, ...]) -> None:
    barge = of(words, "term", "barge")
    assert (barge.gist, barge.parents, barge.aliases) == ("A flat vessel.", ("vessel",), ("lighter",))
    assert of(words, "fact", "deep").users == ("harbor-words", "harbor-works")
    assert of(words, "fact", "deep").source == "The harbor office"
    assert "harbor-works" in of(words, "act", "harbor-report").users
    assert "harbor-works" in of(words, "term", "dredging").users


def test_what_the_library_does_not_say_is_said_to_be_so(words: tuple[Word, ...]) -> None:
    said = dict(lines_of(of(words, "term", "vessel")))
    assert (said[""], said["Source"], said["Used by"]) == (NO_GIST, "unknown", NO_USER)
    assert NO_GIST in text(words)
    assert NO_GIST in markdown(words, "foot")


def test_a_word_is_found_by_its_name_and_by_a_part_of_one(words: tuple[Word, ...]) -> None:
    assert [word.id for word in matching(words, "Lighter")] == ["barge"]
    assert {word.id for word in matching(words, "harb")} >= {"harbor-report", "harbor-dues"}
    assert matching(words, "nowhere-at-all") == ()


def test_the_pages_hold_every_word_and_the_foot_and_let_no_mark_through(words: tuple[Word, ...]) -> None:
    ids: set[str] = set()

    class Ids(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "article":
                ids.add(str(dict(attrs)["id"]))

    page = html(words, "a foot")
    Ids().feed(page)
    assert ids == {f"{word.kind}-{word.id}" for word in words}
    assert "barge &lt;flat&gt;" in page
    assert "<p>a foot</p>" in page
    assert page == html(words, "a foot")
    lines = markdown(words, "a foot").splitlines()
    assert sum(line.startswith("* **") for line in lines) == len(words)
    assert lines[-1] == "a foot"
    assert any("barge \\<flat\\>" in line for line in lines)


def run(*said: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(WORLD), "glossary", *said])


def test_the_command_writes_text_data_and_pages(tmp_path: Path) -> None:
    assert "deep" in run("deep").stdout
    assert [one["id"] for one in json.loads(run("deep", "--json").stdout)["words"]] == ["deep"]
    for option in ("--html", "--markdown"):
        path = tmp_path / f"page{option}"
        assert run(option, str(path)).stdout.startswith(f"Written: {path}\n")
        assert path.read_text(encoding="utf-8") == run(option, "-").stdout
    nearest = run("deap")
    assert nearest.exit_code == 2
    assert "expected a word of the library; did you mean deep?" in nearest.stderr
