"""The ``advisor`` command as a planner meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from advisor.cli import main

STARTER = Path(__file__).parents[2] / "examples/coast-guard.yaml"
SCHEMA = json.loads((Path(__file__).parents[2] / "rules/schemas/answer.json").read_text(encoding="utf-8"))


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def asked(*words: str) -> dict[str, Any]:
    result = run("ask", *words, "--json", "--today", "2026-03-01")
    data: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(data, SCHEMA)
    return data


def test_the_starter_is_answerable_with_section_333_among_the_lawful() -> None:
    data = asked(str(STARTER))
    lawful = {f["authority"] for f in data["lines"][0]["findings"] if f["verdict"] in ("permitted", "conditional")}
    assert "10-usc-333" in lawful
    assert data["second_opinion"]["taken"]
    assert data["second_opinion"]["agrees"]


def test_the_first_screen_says_verdict_authority_deadline_money_and_what_is_assumed() -> None:
    result = run("ask", str(STARTER), "--today", "2026-03-01")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "CONDITIONAL: lawful once the steps below are done."
    for words in ("Section 333, 10 U.S.C. 333(a)", "by 31 March 2026", "Money", "Assumed", "Near miss"):
        assert words in result.stdout
    assert "not legal advice" in lines[-1]


@pytest.mark.parametrize(
    ("sets", "code"),
    [
        (("element=training", "recipient=army", "purpose=counterterrorism", "date=2026-02-16"), 0),
        (("element=training", "recipient=ngo", "purpose=counterterrorism", "date=2026-02-16"), 1),
        (("element=training", "date=2026-02-16"), 3),
    ],
)
def test_the_exit_code_tells_lawful_unlawful_and_undetermined(sets: tuple[str, ...], code: int) -> None:
    words = [word for one in sets for word in ("--set", one)]
    assert run("ask", *words).exit_code == code


def test_a_proposal_comes_from_standard_input_as_yaml_or_json() -> None:
    text = STARTER.read_text(encoding="utf-8")
    assert run("ask", "-", stdin=text).exit_code == 0
    as_json = json.dumps(
        {"element": "training", "recipient": "army", "purpose": "counterterrorism", "date": "2026-02-16"}
    )
    assert run("ask", "-", stdin=as_json).exit_code == 0


def test_under_takes_an_id_a_statute_a_limit_or_a_fund() -> None:
    for word in ("10-usc-333", "10 USC 333", "Section 333"):
        assert asked(str(STARTER), "--under", word)["asked"] == "10-usc-333"
    assert asked(str(STARTER), "--under", "10-usc-362")["verdict"] == "permitted"
    assert asked(str(STARTER), "--under", "10-usc-333.dsca-o-and-m-2025")["verdict"] == "permitted"


def test_the_law_of_another_day() -> None:
    assert run("ask", str(STARTER), "--date", "2016-12-22", "--under", "10-usc-333").exit_code == 1
    assert (
        run("ask", str(STARTER), "--date", "2026-03-01", "--known", "2016-01-01", "--under", "10-usc-333").exit_code
        == 1
    )


def test_all_lists_every_authority_with_its_reason() -> None:
    result = run("ask", str(STARTER), "--all")
    assert "not in force since 19 September 2017" in result.stdout
    assert "Section 401" in result.stdout


def test_strict_presumes_nothing() -> None:
    assert asked(str(STARTER), "--strict")["verdict"] == "needs facts"


def test_the_same_question_gives_the_same_answer_byte_for_byte() -> None:
    first = run("ask", str(STARTER), "--today", "2026-03-01", "--all").stdout_bytes
    assert first == run("ask", str(STARTER), "--today", "2026-03-01", "--all").stdout_bytes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "nowhere.yaml"), "nowhere.yaml: found No such file or directory; expected a file to read"),
        (("ask", "--set", "recipiant=army"), "found the fact 'recipiant'; expected a fact of the vocabulary"),
        (("ask", "--set", "element"), "--set: found 'element'; expected fact=value"),
        (
            ("ask", "--set", "element=training", "--under", "10-usc-999"),
            "found '10-usc-999'; expected an authority or limit",
        ),
        (("ask", "--set", "element=training", "--date", "2026-02-30"), "--date: found '2026-02-30'; expected a date"),
        (("ask",), "found no proposal; expected a file, -, or --set fact=value"),
        (("facts", "zzzzzz"), "found 'zzzzzz'; expected part of a fact or term"),
    ],
)
def test_a_bad_word_gives_one_clear_sentence_and_exit_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_new_writes_a_starter_and_never_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert run("new", str(path)).exit_code == 0
    assert run("ask", str(path)).exit_code == 0
    again = run("new", str(path))
    assert again.exit_code == 2
    assert "a file that is there already" in again.stderr


def test_facts_say_question_supplier_synonyms_terms_and_readers() -> None:
    result = run("facts", "developing_country")
    for words in ("Is the partner a developing country?", "a dated table", "developing", "10-usc-312"):
        assert words in result.stdout
    rows = json.loads(run("facts", "--json").stdout)["rows"]
    assert {"recipient", "purpose", "element", "account"} <= {row["fact"] for row in rows}
    assert "communications-equipment" in run("facts", "radios").stdout


def test_a_fact_against_a_table_names_both() -> None:
    result = run("ask", "--set", "partner=PHL", "--set", "developing_country=false", "--set", "date=2026-03-01")
    assert result.exit_code == 2
    assert "found false where the table 'developing' says true on 2026-03-01" in result.stderr


def test_the_years_of_money_shown_are_those_that_the_fund_itself_may_use() -> None:
    """The two-year account has money of the year before too; the words that let this law use it begin with 2026."""
    facts = (
        "element=economic-project",
        "recipient=other-ministry",
        "partner=JOR",
        "program=esf-program",
        "date=2026-03-02",
    )

    def years(account: str, *more: str) -> str:
        sets = [word for fact in (*facts, *more) for word in ("--set", fact)]
        [finding] = asked(*sets, "--under", "22-usc-2346")["lines"][0]["findings"]
        [shown] = [money["years"] for money in finding["funds"] if account in dict(money["accounts"])]
        return str(shown)

    assert years("nsip") == "fiscal year 2026 money"
    assert years("esf", "account=esf", "fund_year=2025") == "fiscal year 2025 money"
