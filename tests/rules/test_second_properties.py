"""Properties of the second opinion's verdicts, and its arithmetic of dates."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.second import _dates as dates
from rules.second import available, second_opinion
from tests.rules.test_second import DAY, Raw, judged, library

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed")


SETTLED = {
    "permitted": "lawful",
    "conditional": "lawful",
    "prohibited": "unlawful",
    "no authority": "unlawful",
}
FACTS: Raw = {
    "told": st.booleans(),
    "ruled": st.booleans(),
    "cost": st.integers(0, 9),
    "what": st.sampled_from(["arms", "gun", "food", "metal"]),
}
LEAVES = st.sampled_from(
    [
        {"told": True},
        {"told": False},
        {"ruled": True},
        {"cost": {"at most": 4}},
        {"what": "arms"},
        {"what": ["food", "gun"]},
    ]
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any of": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all of": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(CONDITIONS, CONDITIONS, CONDITIONS, st.fixed_dictionaries(FACTS), st.sets(st.sampled_from(sorted(FACTS))))
def test_a_further_fact_never_moves_a_settled_class(g: Raw, b: Raw, d: Raw, facts: Raw, said: set[str]) -> None:
    raw = library(
        {
            "grants": [{"id": "g", "when": g}],
            "bars": [{"id": "b", "when": b}],
            "duties": [{"id": "d", "act": "say", "when": d}],
        }
    )
    before = judged(raw, {name: facts[name] for name in said}).line_verdict
    after = judged(raw, facts).line_verdict
    assert SETTLED.get(before) in (None, SETTLED.get(after))


def test_dates() -> None:
    assert [dates.fiscal_year(date(2024, 9, 30), 10), dates.fiscal_year(date(2024, 10, 1), 10)] == [2024, 2025]
    assert dates.fiscal_year(date(2024, 12, 31), 1) == 2024
    assert [dates.fiscal_year_begins(2025, 10), dates.fiscal_year_begins(2025, 1)] == [
        date(2024, 10, 1),
        date(2025, 1, 1),
    ]
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert dates.add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert dates.years_between(date(2020, 2, 29), date(2021, 2, 28)) == 1
    assert dates.years_between(date(2020, 1, 1), date(2024, 7, 1)) == 4 + Fraction(182, 366)
    assert dates.years_between(date(2024, 1, 1), date(2023, 1, 1)) == -1
    assert second_opinion(library(), {}, known=DAY, today=DAY).line_verdict == "permitted"
