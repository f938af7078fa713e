"""Mutants are judged as cases judge, proofs of equivalence hold, and the cases said to be missing kill."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from authorities.casework import finding_of, lines_of
from authorities.cli import main
from authorities.commands.mutate import command
from authorities.loading import SHIPPED, load
from authorities.mutation._abstract import Space, leaves
from authorities.mutation._bench import Bench, Group, look
from authorities.mutation._bundles import Bundles
from authorities.mutation._candidates import Candidates
from authorities.mutation._comparison import Comparison
from authorities.mutation._conditions import changes
from authorities.mutation._examples import Example
from authorities.mutation._grid import Axis, Grid, GridEvaluation
from authorities.mutation._product import Product
from authorities.mutation._proof import _made, parts
from authorities.mutation._reading import with_file
from authorities.mutation._simpler import settled
from authorities.mutation._told import read
from authorities.mutation._told import test_of as what_is_tested
from authorities.mutation._writing import case_from, case_lines
from authorities.mutation.equivalence import Judge
from authorities.mutation.exclusions import FILE, read_exclusions
from authorities.mutation.mutants import Mutant, mutants_of
from rules import conditions as c
from rules.evaluate import Evaluation
from rules.judge import judge
from rules.judge import run as run_lines
from rules.library import Library
from rules.lines import Batch, Line
from rules.nodes import All, Any_, Computed, Constant, FactLeaf, Node, Not
from rules.planes import Planes
from rules.provisions import Case, LawFile
from rules.rulebook import Builder, Shelf

LIBRARY = load(cases=True).library
BENCH = Bench(LIBRARY)
SHELF = Shelf(LIBRARY)
CORE_FILES = frozenset(
    [
        "10-usc-1051",
        "10-usc-168",
        "10-usc-2010",
        "10-usc-2011",
        "10-usc-2282",
        "10-usc-312",
        "10-usc-321",
        "10-usc-322",
        "10-usc-332",
        "10-usc-333",
        "10-usc-341",
        "10-usc-401",
        "22-usc-2763",
        "gao-63-comp-gen-422",
        "pl-109-163-1206",
        "10-usc-362",
        "22-usc-2378d",
        "22-usc-2420",
        "31-usc-1301",
        "31-usc-1341",
        "31-usc-1502",
        "31-usc-1552",
        "31-usc-1553",
    ]
)


def core() -> Library:
    """Two dozen files with every kind of rule: few enough that a proof about each can be tried in every way."""

    def kept(files: Mapping[str, LawFile]) -> dict[str, LawFile]:
        return {
            id_: replace(
                file, cases=tuple(case for case in file.cases if (case.under or id_).partition(".")[0] in CORE_FILES)
            )
            for id_, file in files.items()
            if id_ in CORE_FILES
        }

    definitions = {id_: replace(file, cases=()) for id_, file in LIBRARY.definitions.items()}
    authorities, limits = kept(LIBRARY.authorities), kept(LIBRARY.limits)
    return replace(LIBRARY, authorities=authorities, limits=limits, definitions=definitions)


def holding(bench: Bench) -> Bench:
    """The cases that hold: some rest on a law that is not among the files."""
    gone = set(bench.failing())
    some = [*(one for group in bench.groups for one in group.examples), *bench.joined]
    return Bench(bench.library, [one for one in some if one.name not in gone])


CORE = core()
TRIED = holding(Bench(CORE))
WORLD = Path(__file__).parents[1] / "bad" / "library" / "base"
WORKS = """language: 1
id: harbor-works
title: Harbor works
short: Harbor works
statute: Harbor Act 1
holder: Harbor master
tags: [ports]
law: {public_law: 101-1}
values:
  ceiling:
    - {since: 1990-01-05, is: 100}
    - {since: 1992-03-01, law: {public_law: 102-7}, is: 200}
grants:
  - id: dredge
    cite: (a)
    gist: Dredge a port.
    when: {element: dredging}
bars:
  - id: shallow
    cite: (b)
    gist: Not in a shallow port, but for small works.
    when: {deep: false, cost: {more than: 10}}
duties:
  - id: report
    cite: (c)
    gist: Report ten days before the works start.
    act: harbor-report
    days: 10
caps:
  - id: ceiling
    cite: (d)
    gist: No more than the ceiling in a year.
    counts: cost
    amount: {value: ceiling}
    per: authority-year
funds:
  - id: dues
    cite: (f)
    gist: Paid from the dues.
    account: harbor-dues
cases:
  - name: dredging reported
    date: 1995-05-01
    given: {element: dredging, deep: {value: true, source: chart}, cost: 50, acts: {harbor-report: done}}
    verdict: permitted
    because: [dredge]
  - name: a shallow port
    date: 1995-05-01
    given: {element: dredging, deep: {value: false, source: chart}, cost: 50, acts: {harbor-report: done}}
    verdict: prohibited
    because: [shallow]
"""
PROPOSALS = """
10-usc-2282:
  - caps: [construction-per-program]
    date: 2015-09-29
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 400000, project_cost: 400000,
      elements: [{}, {date: 2015-10-02}]}
  - caps: [fy2015-ceiling]
    date: 2015-09-29
    given: {element: equipping, recipient: army, purpose: counterterrorism, cost: 200000000, fund_year: 2015,
      elements: [{}, {date: 2015-10-02}]}
10-usc-312:
  - caps: [liaison-officer-year]
    date: 2026-03-02
    given: {element: liaison-living-expenses, recipient: navy, liaison_at_dod_headquarters: true,
      liaison_requester: combatant-commander, developing_country: true, travel_rates_within_title_37: true,
      cost_per_person: 100000, acts: {312-necessity-finding: done, 312-liaison-request: done}, elements: [{}, {}]}
10-usc-341:
  - caps: [incremental-cap]
    date: 2025-09-29
    given: {element: incremental-expenses, recipient: army, state_partnership: true, cost: 6000000,
      elements: [{}, {date: 2025-10-02}]}
22-usc-2763:
  - caps: [direct-contract-cap]
    date: 2025-09-29
    given: {financed_procurement: true, element: vessels, partner: POL, recipient: defense-ministry,
      direct_commercial_contract: true, cost: 60000000, account: fmf, elements: [{}, {date: 2025-10-02}]}
pl-109-163-1206:
  - caps: [annual-ceiling]
    date: 2012-09-28
    given: {element: equipping, recipient: army, purpose: counterterrorism, cost: 200000000,
      elements: [{}, {date: 2012-10-02}]}
  - caps: [stability-ceiling]
    date: 2011-09-30
    given: {element: equipping, recipient: army, purpose: stability-operation, us_forces_in_operation: true,
      cost: 40000000, elements: [{}, {date: 2011-10-03}]}
  - caps: [construction-per-program, construction-all-programs]
    date: 2013-09-27
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 300000, project_cost: 300000,
      fund_year: 2013, used_1206_construction_year: 24500000, elements: [{}, {date: 2013-10-02}]}
  - caps: [construction-per-program]
    date: 2013-09-27
    given: {element: construction, recipient: army, purpose: counterterrorism, cost: 400000, project_cost: 400000,
      fund_year: 2013, elements: [{}, {date: 2013-10-02}]}
"""
"""What a case cannot say: proposals of two days, or of two people of one country."""


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


@pytest.mark.parametrize("id_", ["10-usc-332", "22-usc-2420"])
def test_what_is_proved_equivalent_no_line_tells_apart(id_: str) -> None:
    """Random lines of the bench, changed at random, under mutants proved to be no different."""
    file = next(f for f in CORE.files() if f.id == id_)
    prover = Judge(TRIED).prover
    draw = random.Random(5)
    same = [m for m in mutants_of(CORE, file) if not any(True for _ in prover.differences(m))]
    assert same
    groups = [g for g in TRIED.groups if id_ in CORE.limits or g.asked == id_]
    for mutant in same:
        library = with_file(CORE, mutant.changed)
        for group in draw.sample(groups, 3):
            axes = varied(group)
            line = group.examples[0].lines[0]
            shown: list[tuple[dict[str, int], Planes]] = []
            for one in (CORE, library):
                builder = Builder(one, group.day, group.known)
                book = builder.authority(one.authorities[group.asked]) if group.asked in one.authorities else None
                if book is not None:
                    grid = Grid(one, line, axes)
                    judged = judge(GridEvaluation(grid), book, grid.full)
                    shown.append((judged.verdicts, judged.G))
            assert not shown or shown[0] == shown[1], mutant.id


def every_mutant(library: Library) -> list[Mutant]:
    return [m for file in library.files() for m in mutants_of(library, file)]


def test_what_a_case_kills_is_never_proved_equivalent() -> None:
    """The proofs, put to mutants of every file of which a case is known that tells them from the law."""
    prover = Judge(TRIED).prover
    killed = [m for m in random.Random(8).sample(every_mutant(CORE), 100) if TRIED.killer(m)]
    assert len(killed) > 70
    for mutant in killed:
        assert any(prover.tells(mutant, one) for one in prover.differences(mutant)), mutant.id


def of_limits(library: Library, sections: tuple[str, ...], count: int) -> list[Mutant]:
    """Some mutants of the limits, in these sections."""
    every = [m for m in every_mutant(library) if m.file in library.limits and m.section in sections]
    return random.Random(7).sample(every, min(count, len(every)))


def test_a_limit_kills_nowhere_but_where_it_reaches() -> None:
    """The groups of cases passed over for a limit's mutant show nothing of it."""
    for mutant in of_limits(LIBRARY, ("bars", "duties", "reaches", "except"), 25):
        library, changed = with_file(LIBRARY, mutant.changed), BENCH.dependents[mutant.file]
        for group in BENCH.groups:
            if mutant.section in ("bars", "duties") and not BENCH.touches(group, changed):
                assert not group.failing(group.mutated(library, changed)[2]), (mutant.id, group.asked)


def test_what_a_limit_brings_differs_where_the_whole_book_does() -> None:
    """Under each authority and on each day: the limit's own conditions compared, and every condition."""
    prover = Judge(TRIED).prover
    for mutant in of_limits(CORE, ("duties", "reaches", "except"), 6):
        library = with_file(CORE, mutant.changed)
        found = {(one.asked, one.day): set(one.keys) for one in prover.differences(mutant)}
        for asked in sorted(set(CORE.authorities) - TRIED.dependents[mutant.file]):
            for day in prover._days(asked, mutant, library)[-4:]:
                before, after = (_made(one, asked, day, prover.known) for one in (CORE, library))
                keys = {k for k in {*before, *after} if prover._differ(k, before, after)}
                assert found.get((asked, day), set()) == keys, (mutant.id, asked, day)


def test_what_differs_without_consequence_no_line_tells_apart() -> None:
    """Mutants whose provision comes out otherwise, yet no finding: judged on lines around every case of the file."""
    prover = Judge(TRIED).prover
    masked = []
    for mutant in every_mutant(CORE):
        if mutant.file in CORE.authorities and mutant.section == "bars" and not TRIED.killer(mutant):
            found = list(prover.differences(mutant))
            if found and not any(prover.tells(mutant, one) for one in found):
                masked.append(mutant)
    assert masked
    for mutant in masked:
        library = with_file(CORE, mutant.changed)
        for group in (g for g in TRIED.groups if g.asked == mutant.file):
            grid = Grid(CORE, group.examples[0].lines[0], varied(group))
            seen = [
                look(Builder(one, group.day, group.known), GridEvaluation(grid), group.asked) for one in (CORE, library)
            ]
            assert seen[0] == seen[1], mutant.id


def test_tests_of_money_come_out_together_in_every_way_they_can() -> None:
    """Random proposals: how the tests of a bundle come out on them is among the ways kept."""
    builder = Builder(LIBRARY, datetime.date(2024, 2, 1), datetime.date(2026, 1, 1))
    nodes = [p.node for f in LIBRARY.authorities.values() for p in parts(builder.authority(f)).values()]
    nodes += [p.node for f in LIBRARY.limits.values() for p in parts(builder.authority(f, alone=True), True).values()]
    tested = {what_is_tested(n): n for node in nodes for n in leaves(node) if isinstance(n, FactLeaf | Computed)}
    maker = Bundles(LIBRARY)
    bundles = {bundle for node in nodes for bundle in maker.of(leaves(node))}
    assert len(bundles) > 3
    assert any(len(bundle.tests) > 8 for bundle in bundles)
    draw = random.Random(4)
    accounts = sorted(LIBRARY.vocabulary.taxonomy.below["money"])
    lines = []
    for _ in range(3000):
        day = datetime.date(draw.randint(2008, 2029), draw.choice((1, 9, 10)), draw.choice((1, 2, 29, 30)) % 29 + 1)
        said = {
            "date": day,
            "account": draw.choice([*accounts, "unknown"]),
            "fund_year": draw.randint(day.year - 9, day.year + 3),
        }
        start = day + datetime.timedelta(days=draw.choice((0, 30, 400, 900)))
        said |= {"start": start, "end": start + datetime.timedelta(days=draw.choice((0, 200, 700)))}
        for name in draw.sample(("account", "fund_year", "start", "end"), draw.randint(0, 2)):
            del said[name]
        lines.append(Line(said, {}, day, day))
    batch = Batch(LIBRARY, lines)
    for bundle in bundles:
        letters = []
        for test in bundle.tests:
            leaf = tested[test]
            cells = zip(*([one.cell for one in batch.found(name)] for name in read(leaf)), strict=True)
            letters.append([leaf.test(c[0]) if isinstance(leaf, FactLeaf) else leaf.test(c) for c in cells])
        assert set(zip(*letters, strict=True)) <= set(bundle.ways)


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


def test_how_a_cap_adds_up_shows_in_proposals_where_no_case_can_say_it() -> None:
    """Every mutant let live for what a case cannot say is told from the law by a proposal; one year's caps are proved."""
    excluded = {id_ for id_ in read_exclusions(SHIPPED / FILE) if "/per: " in id_}
    told = set()
    mutants = {m.id: m for m in every_mutant(LIBRARY)}
    for id_, some in yaml.safe_load(PROPOSALS).items():
        file = LIBRARY.authorities[id_]
        for one in some:
            case = Case(name="", date=one["date"], given=one["given"], verdict="")
            example = Example(id_, id_, case, lines_of(LIBRARY, file, case))
            seen = verdicts(LIBRARY, example)
            for mutant in (
                mutants[m] for m in excluded if m.startswith(f"{id_}/") and mutants[m].provision in one["caps"]
            ):
                if verdicts(with_file(LIBRARY, mutant.changed), example) != seen:
                    told.add(mutant.id)
    assert told == excluded
    prover = Judge(BENCH).prover
    lasting = [m for id_, m in mutants.items() if id_ in excluded]
    assert all(any(True for _ in prover.differences(m)) for m in lasting)
    proved = [m for m in mutants.values() if m.key == "per" and not any(True for _ in prover.differences(m))]
    assert any("activity for authority-year" in m.words for m in proved)


def verdicts(library: Library, example: Example) -> list[str]:
    sessions = run_lines(library, Shelf(library), example.lines, known=datetime.date.today(), asked=example.asked)
    return [s.judged[example.asked].verdict(1 << i) for s in sessions for i in range(len(s.places))]


def varied(group: Group) -> list[Axis]:
    line = group.examples[0].lines[0]
    builder = Builder(LIBRARY, line.day, group.known)
    found = LIBRARY.authorities.get(group.asked)
    nodes = [] if found is None else [p.node for p in parts(builder.authority(found)).values()]
    return list(Candidates(LIBRARY, nodes, nodes).axes(line, line.day, line.day + datetime.timedelta(days=1), 500))


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
    assert "harbor-works:" in shown.splitlines()[-2]


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
