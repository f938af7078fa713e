"""Mutants are judged as cases judge, proofs of equivalence hold, and the cases said to be missing kill."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from authorities.casework import finding_of
from authorities.cli import main
from authorities.commands.mutate import command
from authorities.loading import load
from authorities.mutation._abstract import Space, leaves
from authorities.mutation._bench import Group
from authorities.mutation._candidates import Candidates
from authorities.mutation._comparison import Comparison
from authorities.mutation._conditions import changes
from authorities.mutation._grid import Grid, GridEvaluation
from authorities.mutation._product import Product
from authorities.mutation._proof import parts
from authorities.mutation._reading import with_file
from authorities.mutation._simpler import settled
from authorities.mutation._writing import case_from, case_lines
from authorities.mutation.equivalence import Judge
from authorities.mutation.mutants import mutants_of
from rules import conditions as c
from rules.evaluate import Evaluation
from rules.judge import judge
from rules.library import Library
from rules.lines import Batch
from rules.nodes import All, Any_, Computed, Constant, Node, Not
from rules.rulebook import Builder
from tests.support.benches import BENCH, of_limits
from tests.support.closing import before_the_line
from tests.support.harbor import WORKS, WORLD
from tests.support.shipped import LIBRARY, SHELF


@pytest.fixture(scope="module", autouse=True)
def let_go() -> Iterator[None]:
    """What the cases show is kept while it is asked for here, and not beyond: it is large."""
    yield
    for group in BENCH.groups:
        group._base = None


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(WORLD, folder)
    (folder / "authorities" / "harbor-works.yaml").write_text(WORKS, encoding="utf-8")
    return folder


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder), "mutate", "--jobs", "1", *words])


# --- the same as the finding maker says, and the same as line by line ---------------------------------------------------


@pytest.mark.parametrize("group", BENCH.groups[::6], ids=lambda g: f"{g.asked}-{g.day}-{len(g.examples)}")
def test_what_is_observed_is_what_the_finding_says(group: Group) -> None:
    seen = group.base()[2]
    for i, example in enumerate(group.examples):
        finding = finding_of(LIBRARY, SHELF, BENCH.files[example.file], example.case)
        assert [name for name, lines in seen.verdicts.items() if lines >> i & 1] == [finding.verdict]
        assert {key for key, lines in seen.deciding.items() if lines >> i & 1} == set(finding.deciding), example.name
        later = {todo.ref.key for todo in finding.follow_up}
        assert {key for key, lines in seen.follows.items() if lines >> i & 1} == later, example.name


def test_the_cases_hold_under_the_law_as_it_is() -> None:
    assert BENCH.failing() == []


def test_a_product_knows_its_lines() -> None:
    product = Product((3, 1, 4, 2))
    assert product.count == 24
    for line in range(product.count):
        values = product.decode(line)
        for axis, value in enumerate(values):
            for other in range(product.sizes[axis]):
                assert bool(product.mask(axis, other) >> line & 1) == (other == value)
    assert product.nearest(0) is None
    assert product.nearest(product.full) == 0
    far = product.mask(0, 2) & product.mask(3, 1)
    nearest = product.nearest(far)
    assert nearest is not None
    assert product.decode(nearest) == (2, 0, 0, 1)


@pytest.mark.parametrize("seed", range(6))
def test_a_grid_is_judged_as_its_lines_one_by_one(seed: int) -> None:
    draw = random.Random(seed)
    group = draw.choice([g for g in BENCH.groups if g.asked in LIBRARY.authorities])
    example = group.examples[0]
    line = example.lines[0]
    builder = Builder(LIBRARY, line.day, group.known)
    book = builder.authority(LIBRARY.authorities[group.asked])
    chosen = draw.sample(sorted(parts(book).items()), min(3, len(parts(book))))
    near = [part.node for _, part in chosen]
    axes = Candidates(LIBRARY, near, near).axes(line, line.day, line.day + datetime.timedelta(days=1), 200)
    grid = Grid(LIBRARY, line, axes, strict=group.strict)
    together = judge(GridEvaluation(grid), book, grid.full)
    lines = [grid.line_at(i) for i in range(grid.product.count)]
    one_by_one = Batch(LIBRARY, lines, strict=group.strict)
    apart = judge(Evaluation(one_by_one), book, one_by_one.full)
    assert together.verdicts == apart.verdicts


# --- mutants and proofs -------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_stay_the_same() -> None:
    ids = [m.id for file in LIBRARY.files() for m in mutants_of(LIBRARY, file)]
    assert len(ids) == len(set(ids)) > 4000
    assert ids == [m.id for file in LIBRARY.files() for m in mutants_of(LIBRARY, file)]


def test_no_mutant_is_the_file_itself() -> None:
    for file in LIBRARY.files():
        for mutant in mutants_of(LIBRARY, file):
            assert mutant.changed != file, mutant.id


def test_each_way_a_condition_can_be_miswritten() -> None:
    condition = c.AllOf(
        (
            c.OneOf("recipient", ("army", "navy")),
            c.Bounded("cost", (("at most", 5),)),
            c.Bounded("duration_years", (("at least", 2),)),
            c.AnyOf((c.Equals("friendly", True), c.Negation(c.Question("q")))),
        )
    )
    said = [change.words for change in changes(condition, LIBRARY.vocabulary)]
    for words in (
        "not the whole",
        "all of 4 as any of 4",
        "without recipient: [army, navy]",
        "recipient: without army",
        "recipient: military-force for army",
        "not recipient: [army, navy]",
        "cost less than for at most",
        "cost more than for at most",
        "cost at most 6 for 5",
        "duration_years more than for at least",
        "duration_years at least 1 for 2",
        "any of 2 as all of 2",
        "friendly: false for true",
        "question q without its not",
        "not question q",
    ):
        assert words in said, words
    assert "cost at most 4 for 5" not in said  # the same as `less than 5`
    conditions = [change.condition for change in changes(condition, LIBRARY.vocabulary)]
    assert condition not in conditions


def truth(condition: c.Condition, other: c.Condition) -> bool:
    file = LIBRARY.authorities["10-usc-333"]
    builder = Builder(LIBRARY, datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))
    one, two = (builder.node(x, file, "date", True) for x in (condition, other))
    return not Comparison(LIBRARY).differ(one, two, 1 << 16)


def test_conditions_that_come_out_alike_are_proved_so() -> None:
    a, b = c.OneOf("recipient", ("military-force",)), c.Equals("friendly", True)
    assert truth(a, c.AllOf((a, c.AnyOf((a, b)))))
    assert truth(c.Negation(c.AllOf((a, b))), c.AnyOf((c.Negation(a), c.Negation(b))))
    assert truth(a, c.OneOf("recipient", ("military-force", "army")))
    assert not truth(a, b)
    assert not truth(a, c.OneOf("recipient", ("army",)))
    assert not truth(c.Bounded("cost", (("at most", 5),)), c.Bounded("cost", (("less than", 5),)))
    assert not truth(b, c.AnyOf((b, c.Negation(b))))  # what nobody says is neither


def test_a_limit_kills_nowhere_but_where_it_reaches() -> None:
    """The groups of cases passed over for a limit's mutant show nothing of it."""
    for mutant in of_limits(LIBRARY, ("bars", "duties", "reaches", "except"), 25):
        library, changed = with_file(LIBRARY, mutant.changed), BENCH.dependents[mutant.file]
        for group in BENCH.groups:
            if mutant.section in ("bars", "duties") and not BENCH.touches(group, changed):
                assert not group.failing(group.mutated(library, changed)[2]), (mutant.id, group.asked)


@pytest.mark.parametrize("seed", range(8))
def test_a_condition_made_simpler_comes_out_as_before(seed: int) -> None:
    draw = random.Random(seed)
    free = [Computed(True, str(n), (), lambda cells: "F") for n in range(3)]

    def made(depth: int, goal: bool) -> Node:
        kind = draw.randrange(5 if depth else 2)
        if kind == 0:
            return Constant(goal, draw.choice(("T", "F", "P", "C", "S")))
        if kind == 1:
            return draw.choice(free)._replace(goal=goal)
        if kind == 2:
            return Not(goal, made(depth - 1, not goal))
        return (All, Any_)[kind - 3](goal, tuple(made(depth - 1, goal) for _ in range(draw.randint(0, 3))))

    for _ in range(200):
        node = made(4, draw.random() < 0.5)
        simpler = settled(node, lambda leaf: leaf.letter if isinstance(leaf, Constant) else None)
        space = Space(LIBRARY, [*free, *leaves(node)], 1 << 12)
        assert space.planes(simpler) == space.planes(node)


def test_a_missing_case_kills_and_reads_back() -> None:
    settler = Judge(BENCH)
    found = 0
    for mutant in mutants_of(LIBRARY, LIBRARY.limits["31-usc-1553"])[::3]:
        example = next(iter(BENCH.killers(mutant)), None)
        settled = settler.settle(mutant)
        assert (settled.status == "killed") == (example is not None)
        if settled.missing is not None:
            found += 1
            case = settled.missing.case
            assert not case.confirmed
            assert case_from("\n".join(case_lines(case))) == case
    assert found >= 0


# --- the command --------------------------------------------------------------------------------------------------------


def test_every_mutant_dies_once_the_missing_cases_are_confirmed(world: Path, tmp_path: Path) -> None:
    path = world / "authorities" / "harbor-works.yaml"
    first = run(world, "harbor-works", "--json")
    assert first.exit_code == 1, first.output
    report = json.loads(first.stdout)
    assert report["cases"]
    text = path.read_text(encoding="utf-8")
    waiting = text + "\n".join(case["yaml"] for case in report["cases"]) + "\n"
    path.write_text(waiting, encoding="utf-8")
    second = json.loads(run(world, "harbor-works", "--json").stdout)
    before, now = ({s: n for f in r["files"].values() for s, n in f.items()} for r in (report, second))
    assert now["killed"] == before["killed"], "what nobody confirmed kills nothing"
    assert now["waiting"] == before["missing"]
    path.write_text(waiting.replace("    confirmed: false\n", "").replace("confirmed: false", ""), encoding="utf-8")
    third = json.loads(run(world, "harbor-works", "--json").stdout)
    assert not [m for m in third["mutants"] if m["status"] in ("missing", "waiting")]
    assert CliRunner().invoke(main, ["--library", str(world), "test"]).exit_code == 0


def test_a_survivor_is_printed_with_its_place_and_the_case_to_paste(world: Path) -> None:
    shown = run(world, "--id", "harbor-works").stdout
    assert (
        "authorities/harbor-works.yaml:22: bars[0].when.cost.more than: shallow, when: cost at least for more than"
        in shown
    )
    assert "To paste under `cases:` of harbor-works:" in shown
    assert "confirmed: false" in shown
    assert "harbor-works:" in before_the_line(shown).splitlines()[-2]


def test_a_run_goes_on_where_it_was_stopped(world: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    whole = run(world, "--resume", str(state))
    lines = state.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 40
    state.write_text("\n".join(lines[:20]) + '\n{"id": "cut o', encoding="utf-8")
    again = run(world, "--resume", str(state))
    assert again.stdout == whole.stdout
    (world / "authorities" / "harbor-works.yaml").write_text(WORKS.replace("10}", "11}"), encoding="utf-8")
    other = run(world, "--resume", str(state))
    assert other.stdout != whole.stdout, "a state of another library is not used"


def test_two_processes_say_what_one_says(world: Path) -> None:
    one = run(world)
    two = CliRunner().invoke(main, ["--library", str(world), "mutate", "--jobs", "2"])
    assert two.stdout == one.stdout


def test_cases_wanted_are_written_by_file(world: Path, tmp_path: Path) -> None:
    out = tmp_path / "cases"
    result = run(world, "--cases", str(out))
    assert result.exit_code == 1
    text = (out / "harbor-works.yaml").read_text(encoding="utf-8")
    assert text.startswith("cases:\n")
    assert text.count("confirmed: false") >= 5


def test_exclusions_are_counted_and_the_stale_are_named(world: Path, tmp_path: Path) -> None:
    live = [m["id"] for m in json.loads(run(world, "--json").stdout)["mutants"] if m["status"] == "missing"]
    listed = tmp_path / "exclusions.yaml"
    listed.write_text(f'language: 1\nmutants:\n  "{live[0]}": the reason\n  nothing: gone\n', encoding="utf-8")
    result = run(world, "--exclusions", str(listed))
    assert "1 excluded" in result.stdout
    assert "a stale exclusion, of no mutant: nothing" in result.stderr
    assert result.exit_code == 1
    listed.write_text("language: 1\nmutants: {a: 3}\n", encoding="utf-8")
    assert run(world, "--exclusions", str(listed)).exit_code == 2


def test_a_failing_case_stops_the_run(world: Path) -> None:
    path = world / "authorities" / "harbor-works.yaml"
    path.write_text(WORKS.replace("verdict: permitted", "verdict: prohibited"), encoding="utf-8")
    result = run(world)
    assert result.exit_code == 2
    assert "harbor-works: dredging reported" in result.stderr


def test_the_command_has_its_name() -> None:
    assert command.name == "mutate"


def library_of(folder: Path) -> Library:
    return load(folder, cache=False, cases=True).library
