"""``advisor mechanisms``: the law beside each mechanism is the library's on the day, and no estimate reaches an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import authorities.mechanisms
from advisor.cli import main
from advisor.mechanisms import Wait, alive, chosen, counted, named, view
from authorities.mechanisms import FIELDS, load_mechanisms
from rules.conditions import TRUE
from rules.provisions import LawFile, Life, Years
from tests.support.shipped import LIBRARY

MECHANISMS = load_mechanisms(LIBRARY)
STARTER = Path(__file__).parents[2] / "examples/coast-guard.yaml"
TODAY = date(2026, 11, 22)
DAYS = (date(2012, 6, 1), date(2014, 6, 1), date(2018, 6, 1), TODAY)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ("mechanisms", *words))


@cache
def data(*words: str) -> Any:
    result = run(*words, "--json", "--in-force-on", TODAY.isoformat())
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    del said["advice"], said["known_through"]
    return said.get("rows", said)


def ids(*words: str, **filters: Any) -> set[str]:
    return {one.mechanism.id for one in chosen(LIBRARY, MECHANISMS, TODAY, words=words, **filters)}


def in_force(file: LawFile, day: date) -> bool:
    return any(alive(grant.life, day, LIBRARY.calendar.year_starts) for grant in file.grants)


# --- the law beside it --------------------------------------------------------------------------------------------


def test_the_wait_is_the_longest_of_the_librarys_own_duties_before_the_start_on_that_day() -> None:
    """Nothing of the file of mechanisms, estimates least of all, is in a deadline of law."""
    for one in MECHANISMS:
        for day in DAYS:
            laws = [f for f in map(LIBRARY.authorities.__getitem__, one.authorities) if in_force(f, day)]
            waits = [
                duty.days + -(-duty.hours // 24)
                for law in laws
                for duty in law.duties
                if duty.direction == "before" and duty.event != "delivery" and not duty.recurring
                if alive(duty.life, day, LIBRARY.calendar.year_starts)
            ]
            assert view(LIBRARY, one, day).wait.worst == (max(waits, default=0) if laws else None)


def test_section_333_waits_fifteen_days_in_every_case() -> None:
    """10 U.S.C. 333(e): not later than 15 days before initiating activities."""
    assert view(LIBRARY, named(MECHANISMS, "section-333"), TODAY).wait == Wait(15, 15, 0)
    assert "Wait of law    15 days" in run("section-333").stdout


def test_the_wait_follows_the_law_where_the_law_changed() -> None:
    """The notice of the Global Security Contingency Fund went from 15 to 30 days with Public Law 113-66."""
    fund = named(MECHANISMS, "global-security-contingency-fund")
    (longer,) = (d for d in LIBRARY.authorities["pl-112-81-1207"].duties if d.days == 30)
    assert longer.life.law is not None and longer.life.law.public_law == "113-66"
    before, after = (
        view(LIBRARY, fund, day).wait for day in (longer.life.since - timedelta(days=1), longer.life.since)
    )
    assert (before.always, after.always) == (15, 30)
    assert view(LIBRARY, fund, TODAY).wait.words == "no law in force"


def test_a_limit_that_names_the_authority_adds_its_wait_apart() -> None:
    """Foreign military sales wait on 22 U.S.C. 2776(b), a limit; section 2761 itself asks no wait."""
    sales = view(LIBRARY, named(MECHANISMS, "foreign-military-sales"), TODAY)
    assert sales.wait.worst == 0
    assert sales.wait.limits == max(d.days for d in LIBRARY.limits["22-usc-2776"].duties if d.event == "start")


def test_what_a_limit_asks_is_never_said_to_hold_in_every_case() -> None:
    """It may reach only some money, or some partners, even where the duty itself has no condition."""
    steps = [(one, step) for one in MECHANISMS for step in view(LIBRARY, one, TODAY).steps]
    limits = [step for one, step in steps if step.authority not in one.authorities]
    assert any(duty.when == TRUE for step in limits for duty in LIBRARY.limits[step.authority].duties)
    assert not any(step.always for step in limits)


def test_words_that_follow_the_money_hold_for_the_money_of_the_days_fiscal_year() -> None:
    life = Life(date(2016, 1, 1), fund_years=Years(2016, 2021))
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2021, 9, 30), date(2021, 10, 1))
    assert [alive(life, day, 10) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (Wait(15, 15, 0), "15 days"),
        (Wait(0, 0, 0), "none"),
        (Wait(0, 15, 0), "up to 15 days"),
        (Wait(15, 30, 0), "15 days, up to 30"),
        (Wait(0, 0, 30), "none; limits up to 30 days"),
        (Wait(None, None, None), "no law in force"),
    ],
)
def test_a_wait_in_words(wait: Wait, said: str) -> None:
    assert wait.words == said


def test_an_authority_is_in_force_lapsed_or_not_yet() -> None:
    taiwan = named(MECHANISMS, "taiwan-security-cooperation-initiative")
    first = min(g.life.since for g in LIBRARY.authorities["pl-118-159-1323"].grants)
    last = max(g.life.until for g in LIBRARY.authorities["pl-118-159-1323"].grants if g.life.until)
    day = timedelta(days=1)
    words = [view(LIBRARY, taiwan, on).states[0].word for on in (first - day, first, last - day, last)]
    assert words == ["not yet", "in force", "in force", "lapsed"]


# --- choosing -----------------------------------------------------------------------------------------------------


def test_only_what_stands_on_law_in_force_is_listed_unless_all_is_asked() -> None:
    now, every = ids(), ids(every=True)
    assert now < every == {one.id for one in MECHANISMS}
    assert {one["id"] for one in data()} == now
    assert "section-1206-global-train-and-equip" in every - now
    then = chosen(LIBRARY, MECHANISMS, date(2013, 6, 1))
    assert "section-1206-global-train-and-equip" in {one.mechanism.id for one in then}
    assert "section-333" not in {one.mechanism.id for one in then}


def test_by_authority_an_id_or_a_statute() -> None:
    assert ids(authority="22-usc-2318") == ids(authority="22 U.S.C. 2318")
    assert {"presidential-drawdown-506a1", "taiwan-drawdown-506a3"} <= ids(authority="22-usc-2318")


def test_by_command_with_those_that_serve_all() -> None:
    served = ids(command="USCENTCOM")
    assert {"counter-isis-train-and-equip-fund", "section-333"} <= served
    assert "indo-pacific-maritime-security-initiative" not in served
    assert "No source says which commands" in run("--command", "CENTCOM").stdout


def test_by_account_with_the_accounts_inside_it() -> None:
    assert "section-333" in ids(account="dod-om-dw-dsca-333")
    assert ids(account="dod-om-dw-dsca-333") < ids(account="dod-om")
    assert "foreign-military-financing" not in ids(account="dod-om")
    assert "section-331-operational-support" in ids(account="dod-om")  # an account only the law names


def test_by_words_of_names_other_names_and_statutes() -> None:
    assert "section-322-sof-training" in ids("jcet")
    assert ids("relief", "denton") == {"denton-402"}
    assert "section-333" in ids("10-usc-333")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sectoin-333",), "did you mean section-333?"),
        (("--compare", "section-333", "sectoin-332"), "did you mean section-332?"),
        (("--command", "CENTCON"), "did you mean CENTCOM?"),
        (("--account", "dod-omm"), "did you mean dod-om?"),
        (("--authority", "10-usc-33x"), "--authority: found '10-usc-33x'; expected an id or statute"),
        (("--compare", "section-333"), "takes 2 to 4 ids"),
        (("--in-force-on", "soon"), "expected a date"),
    ],
)
def test_a_wrong_word_gets_the_nearest_right_one(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


# --- shown and counted --------------------------------------------------------------------------------------------


def test_one_whole_gives_every_field_its_source_or_unknown_and_marks_estimates() -> None:
    one = data("section-333")
    own = named(MECHANISMS, "section-333")
    for element, fields in FIELDS.items():
        for field in fields:
            told = one[element][field]
            assert (told == "unknown") == (own.kinds(field) == ("unknown",))
            assert told == "unknown" or all(part["source"] for part in (told if isinstance(told, list) else [told]))
    shown = " ".join(run("section-333").stdout.split())
    estimates = sum(own.kinds(f).count("estimated") for fields in FIELDS.values() for f in fields)
    assert shown.count("[estimate, not law: ") == estimates > 0
    assert all(" ".join(value.source.split()) in shown for value in own.values.values())
    assert "Manager unknown" in shown


def test_each_page_is_no_wider_than_a_screen() -> None:
    for page in (run("--all"), run("section-333"), run("--compare", "section-333", "leases", "ohdaca")):
        assert max(map(len, page.stdout.splitlines())) <= 100


def test_side_by_side_each_has_its_column() -> None:
    lines = run("--compare", "section-333", "foreign-military-financing").stdout.splitlines()
    heads = next(line for line in lines if "section-333" in line and "foreign-military-financing" in line)
    column = heads.index("foreign-military-financing")
    (account,) = (line for line in lines if line.strip().startswith("Account"))
    assert account[column:].startswith(named(MECHANISMS, "foreign-military-financing").values["account"].text[:20])


def test_the_count_adds_up() -> None:
    counts = counted(MECHANISMS)
    fields = sum(len(f) for f in FIELDS.values()) * len(MECHANISMS)
    more_steps = sum(max(len(one.steps) - 1, 0) for one in MECHANISMS)
    assert sum(counts["total"].values()) == fields + more_steps
    for kind in ("sourced", "estimated", "unknown"):
        assert counts["total"][kind] == sum(counts[element][kind] for element in FIELDS)
    assert data("--count") == counts
    assert counts["total"]["unknown"] == sum(one["unknown"] for one in data("--all"))


# --- and no answer reads it ---------------------------------------------------------------------------------------


def test_ask_answers_the_same_where_the_mechanisms_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("ask", str(STARTER), "--today", "2026-03-01", "--json")
    before = CliRunner().invoke(main, words)

    def unreadable(*_: object) -> None:
        raise OSError("the file of mechanisms is not there")

    monkeypatch.setattr(authorities.mechanisms, "load_mechanisms", unreadable)
    monkeypatch.setattr(authorities.mechanisms, "read_yaml", unreadable)
    after = CliRunner().invoke(main, words)
    assert (after.exit_code, after.stdout) == (before.exit_code, before.stdout)
    assert json.loads(after.stdout)["lines"]
    assert isinstance(run("section-333").exception, OSError)  # what is listed does read it


def test_asking_does_not_even_import_the_mechanisms() -> None:
    code = "import sys, advisor.asking, advisor.screen, advisor.as_json; print([m for m in sys.modules if 'mechanisms' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
