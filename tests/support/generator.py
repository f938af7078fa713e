"""Random proposals: the library's own cases, changed a little, so that every provision and verdict is reached."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

from rules.library import Library
from rules.rulebook import Shelf
from rules.vocabulary import Fact

DAY = datetime.timedelta(days=1)


class Stock:
    """What proposals of one library are drawn from."""

    def __init__(self, library: Library):
        self.library = library
        self.cases = [(file, case) for file in library.files() for case in file.cases]
        self.days = [d for d in Shelf(library).days if d.year > 2000]
        self.facts = [
            f
            for f in library.vocabulary.facts.values()
            if f.type != "text" and f.id != "date" and (not f.derived or f.choice)
        ]
        self.acts = sorted(library.vocabulary.acts)
        self.terms = {
            f.id: sorted(library.vocabulary.taxonomy.below.get(f.of or "", ())) for f in self.facts if f.type == "term"
        }


_LATEST: list[Stock] = []


def stock_of(library: Library) -> Stock:
    """The stock of a library, made once: many generators draw from the same."""
    if not (_LATEST and _LATEST[0].library is library):
        _LATEST[:] = [Stock(library)]
    return _LATEST[0]


class Generator:
    """Draws (proposal, asked) pairs; the same seed draws the same."""

    def __init__(self, library: Library, seed: int):
        self.library, self.random = library, random.Random(seed)
        stock = stock_of(library)
        self.cases, self.days, self.facts = stock.cases, stock.days, stock.facts
        self.acts, self.terms = stock.acts, stock.terms

    def draw(self, count: int) -> Iterator[tuple[dict[str, Any], str | None]]:
        """``count`` proposals of one or two elements, each with the authority asked about (or none)."""
        for _ in range(count):
            file, case = self.random.choice(self.cases)
            data: dict[str, Any] = {"date": case.date, **case.given}
            for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                self.change(data)
            if self.random.random() < 0.15:
                data = self.split(data)
            asked = (case.under or file.id) if self.random.random() < 0.4 else None
            if asked in self.library.definitions:
                asked = None
            yield data, asked

    def split(self, data: dict[str, Any]) -> dict[str, Any]:
        """The same as a proposal of two elements, the second of another kind and overriding what is shared."""
        if "elements" in data or "element" not in data:
            return data
        other: dict[str, Any] = {"element": self.random.choice((data["element"], *self.terms["element"]))}
        for fact in ("recipient", "purpose", "project_cost"):
            if fact in data and self.random.random() < 0.5:
                self.state(other, self.library.vocabulary.facts[fact])
        return {**{k: v for k, v in data.items() if k != "element"}, "elements": [{"element": data["element"]}, other]}

    def change(self, data: dict[str, Any]) -> None:
        """Drop a fact, state another, do or refuse an act, or move the day."""
        pick = self.random.random()
        stated = [k for k in data if k not in ("acts", "elements", "date", "title")]
        if pick < 0.25 and stated:
            del data[self.random.choice(stated)]
        elif pick < 0.4 and stated:
            self.state(data, self.library.vocabulary.facts.get(self.random.choice(stated)))
        elif pick < 0.6:
            self.state(data, self.random.choice(self.facts))
        elif pick < 0.75:
            acts = dict(data.get("acts", {}))
            day = data.get("date", datetime.date(2026, 3, 2))
            acts[self.random.choice(self.acts)] = self.random.choice(
                ("done", "refused", "not yet", day - 20 * DAY, day + 5 * DAY)
            )
            data["acts"] = acts
        else:
            data["date"] = self.random.choice(self.days) + self.random.choice((-1, 0, 1)) * DAY

    def state(self, data: dict[str, Any], fact: Fact | None) -> None:
        """State a random value of a fact."""
        if fact is None:
            return
        if self.random.random() < 0.08:
            data[fact.id] = "unknown"
            return
        day = data.get("date", datetime.date(2026, 3, 2))
        value: Any
        if fact.type == "term":
            value = self.random.choice(self.terms[fact.id])
            value = [value] if fact.many else value
        elif fact.type == "boolean":
            value = self.random.random() < 0.5
        elif fact.type == "money":
            value = self.random.choice((0, 1, 750_000, 750_001, 2_000_000, 2_000_001, 10_000_001, 500_000_000))
        elif fact.type == "date":
            value = day + self.random.choice((-400, -1, 0, 1, 14, 15, 16, 200, 700, 1500)) * DAY
        elif fact.id == "fund_year":
            value = day.year + self.random.choice((-7, -3, -2, -1, 0, 1))
        else:
            value = self.random.choice((0, 1, 2, 5, 6, 12, 13))
        data[fact.id] = {"value": value, "source": "drawn at random"} if fact.table else value
