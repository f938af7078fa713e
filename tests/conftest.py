"""The longest files of tests go first, so that processes that share them out come to an end together."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST = (
    "advisor/test_agreement_on_cases.py",
    "authorities/test_cover_library.py",
    "advisor/test_agreement.py",
    "rules/test_properties.py",
    "authorities/test_lint.py",
    "authorities/test_mutate_proofs.py",
    "authorities/test_mutate.py",
    "advisor/test_planted_faults.py",
    "authorities/test_library.py",
    "test_annual_update.py",
    "authorities/test_mutate_caps.py",
    "authorities/test_mutate_bundles.py",
)
"""The longest first; ``setup.cfg`` tells pytest-xdist to keep the order."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {HERE / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
