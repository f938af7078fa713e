"""The forward chain of the second opinion: its bounds, and its agreement with plain readings of trees."""

import itertools
import random
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.second import BoundExceeded, ChainMismatch, SecondOpinionUnavailable, available
from rules.second import _chain as chain
from rules.second import _durable as durable
from rules.second import _letters as letters
from rules.second import _node as node
from rules.second import _program as program
from rules.second import _verdict as verdict
from tests.rules.test_second import finding, judged, library, limit

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")
LETTERS = "TFPCS"


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever other tests of this process have made."""
    monkeypatch.setattr(durable, "MOST_RULESETS", durable._made + durable.MOST_RULESETS)


def planes(letter: str, goal: bool) -> tuple[bool, bool, bool, bool]:
    """Truth, falsity and the planes `s` and `p` of section 4, as a leaf has them."""
    at_goal = letter == letters.of(goal)
    return letter == "T", letter == "F", at_goal or letter == "S", at_goal or letter in "SP"


@given(st.lists(st.sampled_from(LETTERS), max_size=4), st.booleans(), st.booleans())
def test_one_letter_says_what_the_planes_say(found: list[str], goal: bool, conjoined: bool) -> None:
    each = [planes(letter, goal) for letter in found]
    every, some = (all, any) if conjoined else (any, all)
    towards = every if goal else some  # s and p combine as truth does, or as falsity
    sums = (
        every(t for t, _, _, _ in each),
        some(f for _, f, _, _ in each),
        towards(s for _, _, s, _ in each),
        towards(p for _, _, _, p in each),
    )
    op = letters.AND if conjoined else letters.OR
    assert planes(letters.combine(op, goal, found), goal) == sums


def test_the_generic_rules_give_every_standing_its_verdict() -> None:
    flags = (True, False)
    count = 0
    for force, g, b, m, asked, due in itertools.product(flags, LETTERS, LETTERS, LETTERS, flags, flags):
        for kind in (verdict.AUTHORITY, verdict.ALONE):
            standing = verdict.Standing(kind, force, g, b, m, asked, due)
            assert chain.conclude(standing)[0] == verdict.plainly(standing)
            count += 1
    assert count == 2000


def tree(rng: random.Random, depth: int, goal: bool, names: Iterator[int]) -> node.Node:
    label = f"x{next(names)}"
    if depth == 0 or rng.random() < 0.2:
        domain = rng.choice(["TF", "FPT", "CFT", "CFPST"])
        return node.leaf(rng.choice(domain), goal, label, domain)
    kind = rng.choice(["and", "or", "not"])
    if kind == "not":
        return node.negation(tree(rng, depth - 1, not goal, names), label)
    kids = [tree(rng, depth - 1, goal, names) for _ in range(rng.choice([1, 2, 2, 3, 5]))]
    if rng.random() < 0.3:
        kids.append(rng.choice(kids))
    return (node.all_of if kind == "and" else node.any_of)(goal, kids, label)


def exclusive(rules: list[durable.Rule], fact: dict[str, str]) -> list[Any]:
    """What fires, by hand."""
    return [rule.result for rule in rules if all((fact[p] == v) == equal for p, v, equal in rule.tests)]


@pytest.mark.parametrize("seed", range(150))
def test_rules_of_random_trees_by_hand(seed: int) -> None:
    rng = random.Random(seed)
    root = tree(rng, 4, rng.random() < 0.5, itertools.count())
    nodes, shapes = program.flatten([root])
    divided = program.split(shapes)
    known = {at: found.letter for at, found in enumerate(nodes) if shapes[at].op == program.LEAF}
    for rules, members in program.steps(divided):
        assert len(rules) < durable.MOST_RULES
        fired = exclusive(rules, {f"n{at}": letter for at, letter in known.items()})
        assert sorted(at for at, _, _ in fired) == members
        known |= {at: letter for at, letter, _ in fired}
    assert [known[at] for at in range(len(nodes))] == [found.letter for found in nodes]


def relabelled(rng: random.Random, root: node.Node, done: dict[int, node.Node]) -> node.Node:
    """The same tree, with what it shares, and other letters at its leaves."""
    if id(root) not in done:
        kids = [relabelled(rng, kid, done) for kid in root.kids]
        if not kids:
            fresh = node.leaf(rng.choice(root.domain), root.goal, root.label, root.domain)
        elif root.op == node.NOT:
            fresh = node.negation(kids[0], root.label)
        else:
            fresh = (node.all_of if root.op == letters.AND else node.any_of)(root.goal, kids, root.label)
        done[id(root)] = fresh
    return done[id(root)]


@pytest.mark.parametrize("seed", range(6))
def test_random_trees_on_durable_rules(seed: int) -> None:
    rng = random.Random(1000 + seed)
    names = itertools.count()
    root = node.any_of(False, [tree(rng, 3, False, names) for _ in range(12)], "root")
    shapes = program.flatten([root])[1]
    made = program.Program(shapes)
    for _ in range(40):
        nodes, same = program.flatten([root])
        assert same == shapes
        made.run(nodes)  # raises where a letter differs
        root = relabelled(rng, root, {})


def test_a_node_of_many_kids_is_split() -> None:
    kids = [node.leaf("P", True, f"k{at}", "CFPST") for at in range(200)]
    kids[177] = node.leaf("C", True, "k177", "CFPST")
    root = node.all_of(True, kids, "root")
    nodes, shapes = program.flatten([root])
    assert all(len(rules) < durable.MOST_RULES for rules, _ in program.steps(program.split(shapes)))
    assert any(words.startswith("root is C") for words in program.Program(shapes).run(nodes))


def test_a_chain_that_differs_is_an_error() -> None:
    root = node.all_of(True, [node.leaf("T", True, "a"), node.leaf("T", True, "b")], "root")
    nodes, shapes = program.flatten([root])
    made = program.Program(shapes)
    root.letter = "F"
    with pytest.raises(ChainMismatch, match="root"):
        made.run(nodes)
    nodes[0].letter = "C"  # outside the domain: no rule fires
    with pytest.raises(ChainMismatch, match="not one rule"):
        made.run(nodes)


def test_a_verdict_that_differs_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "plainly", lambda standing: verdict.NEEDS_COUNSEL)
    chain.conclude.cache_clear()
    with pytest.raises(ChainMismatch):
        finding(library())


def test_a_wrong_table_of_truth_is_caught_by_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = library({"grants": [{"id": "g", "when": {"told": True, "open": True}}]})
    assert finding(raw, {"told": True}).letters["g"] == "F"
    monkeypatch.setattr(letters, "combine", lambda op, goal, found: letters.T)
    with pytest.raises(ChainMismatch):
        finding(raw, {"told": True})


def rule(*tests: tuple[str, str, bool]) -> durable.Rule:
    return durable.Rule(tests, "fired")


def test_bounds_are_enforced_when_a_ruleset_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BoundExceeded, match="61 rules"):
        durable.Ruleset([rule(("a", "T", True))] * 60)
    with pytest.raises(BoundExceeded, match="properties"):
        durable.Ruleset([rule(*((f"a{at}", "T", True) for at in range(201)))])
    with pytest.raises(BoundExceeded, match="one hash"):
        durable.check_names(["p28_2953705104", "p35_16229740816"])
    with pytest.raises(BoundExceeded, match="plain"):
        durable.Ruleset([rule(("a", "é", True))])
    monkeypatch.setattr(durable, "MOST_RULESETS", 0)
    with pytest.raises(BoundExceeded, match="freed"):
        durable.Ruleset([rule(("a", "T", True))])


def test_without_room_only_the_trace_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = library({"grants": [{"id": "g", "when": {"told": True, "cost": {"less than": 12345}}}]})
    finding(library())
    monkeypatch.setattr(durable, "MOST_RULESETS", 0)
    found = finding(raw, {"told": True, "cost": 1})
    assert found.verdict == "permitted"
    assert found.trace[0].startswith("trace left out")


@pytest.mark.parametrize("fact", [{}, {"a": ""}, {"a": "T", "b": "T"}, {"a": 5}, {"a": None}, {"a": "T" * 99}])
def test_only_whole_flat_facts_of_short_strings_are_asserted(fact: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="short strings"):
        durable.Ruleset([rule(("a", "T", True))]).fire(fact)


def test_an_error_in_an_action_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def action(self: durable.Ruleset, at: int) -> Any:
        def fail(c: Any) -> None:
            raise ValueError("missing")

        return fail

    monkeypatch.setattr(durable.Ruleset, "_action", action)
    with pytest.raises(Exception, match="missing"):
        durable.Ruleset([rule(("a", "T", True))]).fire({"a": "T"})


def test_without_durable_rules_there_is_no_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    durable._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "durable.engine", None)
    try:
        assert not available()
        with pytest.raises(SecondOpinionUnavailable):
            finding(library())
    finally:
        monkeypatch.undo()
        durable._engine.cache_clear()
        chain.generic.cache_clear()
        chain.conclude.cache_clear()
        chain._programs.clear()


def test_the_trace_runs_from_fact_tests_to_the_verdict() -> None:
    raw = library(
        {"grants": [{"id": "g", "when": {"told": True, "what": "arms"}}]},
        limits=limit(bars=[{"id": "b", "when": {"open": True, "ruled": True}}]),
    )
    trace = finding(raw, {"told": True, "what": "gun"}).trace
    assert trace == (
        "lim.b is F, for open: true is F",
        "au.g is T, for told: true is T",
        "permitted: all is settled",
    )
    facts = {"told": True, "what": "gun"}
    assert judged(raw, facts, asked="au").trace == trace
    assert judged(raw, facts).trace == judged(raw, facts).findings["au"].trace == trace[-1:]


def test_threads_get_their_own_answers() -> None:
    raw = library({"bars": [{"id": "b", "when": {"any of": [{"told": True}, {"open": True, "ruled": True}]}}]})
    wrong: list[str] = []

    def ask(told: bool) -> None:
        for _ in range(40):
            says = finding(raw, {"told": told}).verdict
            if says != ("prohibited" if told else "permitted"):
                wrong.append(says)

    threads = [threading.Thread(target=ask, args=(told,)) for told in (True, False, True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
