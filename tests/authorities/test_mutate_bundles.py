"""Tests that hang on the same facts come out together in no way but those kept."""

from __future__ import annotations

import datetime
import random

from authorities.mutation._abstract import leaves
from authorities.mutation._bundles import Bundles
from authorities.mutation._proof import parts
from authorities.mutation._told import read
from authorities.mutation._told import test_of as what_is_tested
from rules.lines import Batch, Line
from rules.nodes import Computed, FactLeaf
from rules.rulebook import Builder
from tests.support.shipped import LIBRARY


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
