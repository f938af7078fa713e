"""Faults planted in either implementation are caught: a disagreement is raised, and no answer is given.

That nothing is caught where no fault is planted is a test of test_agreement_on_cases.py, which asks the same questions.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import rules._leaves
import rules.derived
import rules.evaluate
import rules.judge
import rules.lines
import rules.proposals
import rules.resolving
import rules.rulebook
import rules.second as second
import rules.vocabulary
from advisor.asking import Disagreement, ask
from authorities.loading import load
from rules.evaluate import Evaluation
from rules.faults import FaultsError
from rules.planes import Planes
from rules.proposals import from_mapping
from rules.rulebook import Shelf
from tests.support.agreement import TODAY
from tests.support.questions import questions

LOADED = load(cases=True)
Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
FIRST: dict[str, Plant] = {}


def plant(where: dict[str, Plant]) -> Callable[[Plant], Plant]:
    def keep(fault: Plant) -> Plant:
        where[fault.__name__.replace("_", " ")] = fault
        return fault

    return keep


QUESTIONS = cache(lambda: questions(LOADED.library))


def caught() -> str | None:
    """The first disagreement on any question; None if both implementations go on agreeing."""
    shelf = Shelf(LOADED.library)
    for one in QUESTIONS():
        document = from_mapping(one.given, "planted")
        try:
            ask(LOADED, document, today=one.today, known=TODAY, asked=one.asked, shelf=shelf)
        except Disagreement as error:
            assert "rulesets" not in str(error), "the engine's bound, not the fault, was met"
            return str(error)
        except FaultsError:
            continue
    return None


# --- the evaluator ---------------------------------------------------------------------------------------------------


@plant(FIRST)
def at_most_reads_less_than(patch: Patch) -> None:
    patch.setitem(rules._leaves.COMPARE, "at most", lambda v, x: v < x)  # type: ignore[arg-type]


@plant(FIRST)
def more_than_reads_at_least(patch: Patch) -> None:
    patch.setitem(rules._leaves.COMPARE, "more than", lambda v, x: v >= x)  # type: ignore[arg-type]


@plant(FIRST)
def an_and_takes_the_unknown_as_true(patch: Patch) -> None:
    sound = Evaluation._all

    def wrong(evaluation: Evaluation, parts: Any, goal: bool) -> Planes:
        value = sound(evaluation, parts, goal)
        return Planes(evaluation.full & ~value.f, value.f, value.s, value.p)

    patch.setattr(Evaluation, "_all", wrong)


@plant(FIRST)
def an_or_takes_the_unknown_as_false(patch: Patch) -> None:
    sound = Evaluation._any

    def wrong(evaluation: Evaluation, parts: Any, goal: bool) -> Planes:
        value = sound(evaluation, parts, goal)
        return Planes(value.t, evaluation.full & ~value.t, value.s, value.p)

    patch.setattr(Evaluation, "_any", wrong)


@plant(FIRST)
def a_not_forgets_whose_the_unknown_is(patch: Patch) -> None:
    patch.setattr(rules.evaluate, "negate", lambda part: Planes(part.f, part.t, part.f, part.f))


@plant(FIRST)
def too_general_reads_as_out(patch: Patch) -> None:
    patch.setitem(rules._leaves._MEMBER, "overlaps", "F")  # type: ignore[arg-type]


@plant(FIRST)
def a_kind_below_is_not_in_the_set(patch: Patch) -> None:
    sound = rules.vocabulary.Taxonomy.relation

    def wrong(self: Any, value: str, members: Any) -> str:
        members = tuple(members)
        return "in" if value in members else "out" if sound(self, value, members) == "out" else "overlaps"

    patch.setattr(rules.vocabulary.Taxonomy, "relation", wrong)


@plant(FIRST)
def until_is_not_read(patch: Patch) -> None:
    patch.setattr(rules.resolving.Resolver, "until", lambda self, life: None)


@plant(FIRST)
def since_begins_a_day_late(patch: Patch) -> None:
    sound = rules.resolving.Resolver.in_force

    def wrong(self: Any, life: Any) -> bool:
        return sound(self, life) and (life.on != "date" or life.fund_years is not None or life.since < self.day)

    patch.setattr(rules.resolving.Resolver, "in_force", wrong)


@plant(FIRST)
def a_dated_value_stays_as_it_was_first(patch: Patch) -> None:
    sound = rules.resolving.Resolver.value

    def wrong(self: Any, file: Any, ref: Any) -> Any:
        owner = file if ref.file is None else self.file(ref.file)
        entries = owner.values.get(ref.name, ())
        if entries and entries[0].life.fund_years is None and sound(self, file, ref):
            return [(entries[0].is_, entries[0])]
        return sound(self, file, ref)

    patch.setattr(rules.resolving.Resolver, "value", wrong)


@plant(FIRST)
def an_unless_is_not_read(patch: Patch) -> None:
    sound = rules.rulebook.Builder.bar

    def wrong(self: Any, bar: Any, file: Any, goal: bool) -> Any:
        book = sound(self, bar, file, goal)
        return book._replace(node=book.base)

    patch.setattr(rules.rulebook.Builder, "bar", wrong)


@plant(FIRST)
def a_definition_forgets_what_is_outside(patch: Patch) -> None:
    import dataclasses

    sound = rules.resolving.Resolver.meaning

    def wrong(self: Any, one: Any, file: Any, on: str, goal: bool) -> Any:
        return sound(self, dataclasses.replace(one, outside=None), file, on, goal)

    patch.setattr(rules.resolving.Resolver, "meaning", wrong)


def _facts(patch: Patch, change: Callable[[Any], Any]) -> None:
    import dataclasses

    sound = rules.lines.Batch._find

    def wrong(self: Any, fact: Any, line: Any, on: str, index: int) -> Any:
        return sound(self, dataclasses.replace(fact, **change(fact)), line, on, index)

    patch.setattr(rules.lines.Batch, "_find", wrong)


@plant(FIRST)
def nothing_is_presumed(patch: Patch) -> None:
    _facts(patch, lambda fact: {"presume": None})


@plant(FIRST)
def an_opener_unsaid_is_unknown(patch: Patch) -> None:
    _facts(patch, lambda fact: {"opener": False})


@plant(FIRST)
def a_choice_unsaid_is_unknown(patch: Patch) -> None:
    _facts(patch, lambda fact: {"choice": fact.choice and fact.derived is not None})


@plant(FIRST)
def a_finding_of_staff_is_the_planners(patch: Patch) -> None:
    _facts(patch, lambda fact: {"supplier": "planner" if fact.supplier == "staff" else fact.supplier})


@plant(FIRST)
def no_table_is_read(patch: Patch) -> None:
    _facts(patch, lambda fact: {"table": None})


@plant(FIRST)
def a_wait_is_a_day_longer(patch: Patch) -> None:
    import dataclasses

    sound = rules.evaluate.Evaluation.late
    patch.setattr(
        rules.evaluate.Evaluation,
        "late",
        lambda self, duty, i: sound(self, dataclasses.replace(duty, days=duty.days + 1), i),
    )


@plant(FIRST)
def a_cap_bars_at_its_amount(patch: Patch) -> None:
    sound = rules.evaluate.Evaluation.cap_total

    def wrong(self: Any, node: Any, i: int) -> Any:
        total = sound(self, node, i)
        return total if isinstance(total, str) else total + 1

    patch.setattr(rules.evaluate.Evaluation, "cap_total", wrong)


@plant(FIRST)
def money_lives_a_year_longer(patch: Patch) -> None:
    sound = rules.rulebook.years_after
    patch.setattr(rules.rulebook, "years_after", lambda starts, first, last: sound(starts, first, last + 1))


@plant(FIRST)
def a_fiscal_year_is_a_calendar_year(patch: Patch) -> None:
    patch.setattr(rules._leaves, "fiscal_year", lambda day, starts: day.year)
    patch.setattr(rules.derived, "fiscal_year", lambda day, starts: day.year)


@plant(FIRST)
def a_limit_reaches_neither_by_tag_nor_by_money(patch: Patch) -> None:
    import dataclasses

    sound = rules.rulebook.Builder.reach

    def wrong(self: Any, reach: Any, file: Any, *, goal: bool = False) -> Any:
        return sound(self, dataclasses.replace(reach, tags=frozenset(), accounts=()), file, goal=goal)

    patch.setattr(rules.rulebook.Builder, "reach", wrong)


@plant(FIRST)
def a_bar_is_never_defeated(patch: Patch) -> None:
    patch.setattr(rules.rulebook.Builder, "defeated", lambda self, file: {})


@plant(FIRST)
def an_elements_own_fact_does_not_override(patch: Patch) -> None:
    sound = rules.proposals._Expansion.line

    def wrong(self: Any, facts: Any, acts: Any, answers: Any, at: Any) -> Any:
        shared, _, _ = self.facts(self.document.data, ())
        return sound(self, {**facts, **shared}, acts, answers, at)

    patch.setattr(rules.proposals._Expansion, "line", wrong)


@plant(FIRST)
def an_act_done_is_not_seen(patch: Patch) -> None:
    patch.setattr(rules.lines.Batch, "act_lines", lambda self, act, state: 0)


# --- the second opinion ----------------------------------------------------------------------------------------------


def _second(module: str) -> Any:
    return importlib.import_module(f"rules.second.{module}")


def _swap(patch: Patch, module: str, name: str, wrong: Callable[..., Any]) -> None:
    """Replace a function in its module and wherever it was imported by name."""
    sound = getattr(_second(module), name)
    for loaded in list(sys.modules.values()):
        if getattr(loaded, "__name__", "").startswith("rules.second") and getattr(loaded, name, None) is sound:
            patch.setattr(loaded, name, wrong(sound))


def _never(*_: Any, **__: Any) -> bool:
    return False


Wrong = Callable[[Any], Any]
SECOND: dict[str, tuple[str, str, Wrong]] = {
    "at most reads less than": (
        "_tests",
        "compare",
        lambda f: lambda word, v, x: f("less than" if word == "at most" else word, v, x),
    ),
    "more than reads at least": (
        "_tests",
        "compare",
        lambda f: lambda word, v, x: f("at least" if word == "more than" else word, v, x),
    ),
    "a choice unsaid is the planner's": (
        "_tests",
        "missing_letter",
        lambda f: lambda kind, goal: f("P" if kind == "choice" else kind, goal),
    ),
    "an and takes its unknown as true": (
        "_letters",
        "combine",
        lambda f: lambda op, goal, ls: f(op, goal, ["T" if x in "PCS" else x for x in ls] if op == "and" else ls),
    ),
    "an or takes its unknown as false": (
        "_letters",
        "combine",
        lambda f: lambda op, goal, ls: f(op, goal, ["F" if x in "PCS" else x for x in ls] if op == "or" else ls),
    ),
    "a not changes nothing": ("_letters", "flip", lambda f: lambda letter: letter),
    "counsel comes before the planner": (
        "_letters",
        "order",
        lambda f: lambda goal: tuple({"P": "C", "C": "P"}.get(x, x) for x in f(goal)),
    ),
    "a fiscal year is a calendar year": ("_dates", "fiscal_year", lambda f: lambda day, starts: day.year),
    "a wait is never too short": ("_dates", "too_late", lambda f: _never),
    "a cap bars at its amount": ("_provisions", "exceeds", lambda f: lambda total, amount: total >= amount),
    "nothing is already used": ("_provisions", "used", lambda f: lambda case, name, day: 0),
    "an act refused is only not yet": (
        "_provisions",
        "duty_status",
        lambda f: lambda case, duty: "not yet" if f(case, duty) == "refused" else f(case, duty),
    ),
    "no step is outstanding": ("_provisions", "is_outstanding", lambda f: _never),
    "no table speaks": ("_facts", "covers", lambda f: _never),
    "an opener unsaid is unknown": (
        "_facts",
        "unsaid_kind",
        lambda f: lambda declared: "P" if declared.get("opener") else f(declared),
    ),
    "a finding of staff is the planner's": (
        "_facts",
        "unsaid_kind",
        lambda f: lambda declared: "P" if declared.get("supplier") == "staff" else f(declared),
    ),
    "a limit reaches nothing": ("_reach", "touches", lambda f: lambda case, spec, authority: "F"),
    "an additions to a value is lost": (
        "_values",
        "changed",
        lambda f: lambda content, entry: content if "adds" in entry else f(content, entry),
    ),
    "every year's money has every year's rule": ("_values", "in_years", lambda f: lambda span, year: True),
    "lines never share a cap": ("_siblings", "together", lambda f: _never),
    "too general reads as out": (
        "_tests",
        "among",
        lambda f: lambda *a: "F" if f(*a) == "P" else f(*a),
    ),
}


@pytest.mark.parametrize("fault", FIRST)
def test_a_fault_in_the_evaluator_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FIRST[fault](monkeypatch)
    assert caught()


@pytest.mark.parametrize("fault", SECOND)
def test_a_fault_in_the_second_opinion_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, wrong = SECOND[fault]
    _swap(monkeypatch, module, name, wrong)
    _forget()
    try:
        assert caught()
    finally:
        _forget()


def _forget() -> None:
    """Empty the second opinion's caches, which could hide a fault, or keep one."""
    second._latest.clear()
    _second("_chain").conclude.cache_clear()
