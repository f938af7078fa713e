"""Tests that hang on the same said facts: the ways in which all of them can come out together.

The phase of the money, the years from the money's to the start, and the account named are not free of one another:
money of one year cannot be current in its second. Taken apart, such tests come out in ways no proposal can bring
about. Here every account, every year of the money and every day on which one of the tests can turn are gone through,
and what is kept are the ways the tests come out, each once.

The days beside each other are taken as independent, which allows more than proposals can say, never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

from authorities.mutation._told import Tested, dates, numbers, read, test_of
from rules import nodes
from rules.derived import fiscal_year, fiscal_year_ends
from rules.library import Library
from rules.lines import UNKNOWN, Batch, Cell, Line
from rules.planes import Letter
from rules.vocabulary import Fact

DAY = timedelta(days=1)
MOST = 1 << 12
"""Most ways a bundle may come out; beyond that its tests are taken apart."""
_RELATIVE = ("money phase", "years after")
_MARGIN = 2
_SOME_YEAR = 2000

Way = tuple[Letter, ...]


class Bundle(NamedTuple):
    """Some tests, told by :func:`test_of`, and every way in which they come out together."""

    tests: tuple[Any, ...]
    ways: tuple[Way, ...]


class Bundles:
    """The bundles of one library."""

    def __init__(self, library: Library):
        self.library, self.facts = library, library.vocabulary.facts
        self._known: dict[frozenset[Any], Bundle | None] = {}
        self._cells: dict[str, dict[tuple[Any, ...], Cell]] = {}

    def of(self, leaves: Iterable[nodes.Node]) -> list[Bundle]:
        """The bundles among some leaves."""
        fitting: dict[Any, tuple[Tested, frozenset[str]]] = {}
        for leaf in leaves:
            if isinstance(leaf, (nodes.FactLeaf, nodes.Computed)):
                roots = self._roots(leaf)
                if roots:
                    fitting.setdefault(test_of(leaf), (leaf, roots))
        groups: list[tuple[frozenset[str], list[Any]]] = []
        for test, (_, roots) in fitting.items():
            touching = [g for g in groups if g[0] & roots]
            groups = [g for g in groups if not g[0] & roots]
            joined = roots.union(*(g[0] for g in touching))
            groups.append((joined, [*(one for g in touching for one in g[1]), test]))
        out: list[Bundle] = []
        for roots, tests in groups:
            apart = all(isinstance(fitting[test][0], nodes.FactLeaf) and len(fitting[test][1]) == 1 for test in tests)
            if len(tests) > 1 and not apart:
                bundle = self._bundle(roots, [fitting[test][0] for test in tests])
                if bundle is not None:
                    out.append(bundle)
        return out

    def _roots(self, leaf: Tested) -> frozenset[str]:
        """The said facts a leaf hangs on; none where it cannot be bundled."""
        if isinstance(leaf, nodes.FactLeaf) and leaf.on != "date":
            return frozenset()
        out: set[str] = set()
        for name in read(leaf):
            fact = self.facts[name]
            inner = [name] if fact.derived is None or fact.choice else list(fact.source)
            if inner != [name] and fact.derived not in _RELATIVE:
                return frozenset()
            if any(not self._may_be_said(self.facts[one]) for one in inner):
                return frozenset()
            out |= set(inner)
        days = [one for one in out if self.facts[one].type == "date"]
        return frozenset(out) if len(days) < 2 else frozenset()

    def _may_be_said(self, fact: Fact) -> bool:
        """Whether every value of a fact can be gone through."""
        return (
            (fact.derived is None or fact.choice)
            and fact.table is None
            and not fact.many
            and fact.type in ("term", "boolean", "count", "date")
        )

    # --- going through ----------------------------------------------------------------------------------------------
    def _bundle(self, roots: frozenset[str], leaves: Sequence[Tested]) -> Bundle | None:
        key = frozenset(test_of(leaf) for leaf in leaves)
        if key not in self._known:
            ways = self._ways(sorted(roots), leaves)
            tests = tuple(test_of(leaf) for leaf in leaves)
            self._known[key] = None if ways is None else Bundle(tests, tuple(sorted(ways)))
        return self._known[key]

    def _ways(self, roots: Sequence[str], leaves: Sequence[Tested]) -> set[Way] | None:
        days = [name for name in roots if self.facts[name].type == "date"]
        hubs = [name for name in roots if name not in days]
        years = [name for name in hubs if self.facts[name].type == "count"]
        if len(years) > 1 or (days and not years):
            return None
        range_ = self._years(leaves)
        shelves = [range_ if name in years else self._plain(name, leaves) for name in hubs]
        out: set[Way] = set()
        for values in product(*shelves):
            said = {name: value for name, value in zip(hubs, values, strict=True) if value is not None}
            year = next((said[name] for name in years), None)
            out |= self._together(said, days, self._days(year, leaves), leaves)
            if len(out) > MOST:
                return None
        return out

    def _together(
        self, said: dict[str, Any], days: Sequence[str], turns: Sequence[Any], leaves: Sequence[Tested]
    ) -> set[Way]:
        """Every way the leaves come out where some facts are said: each day goes its own way."""
        parts: list[tuple[list[int], set[Way]]] = []
        of_day = [next((r for r in self._roots(leaf) if r in days), None) for leaf in leaves]
        for name in (None, *days):
            places = [i for i, day in enumerate(of_day) if day == name]
            some = (
                [said] if name is None else [{**said, name: day} for day in turns if day is not None or name != "date"]
            )
            some = [{k: v for k, v in one.items() if v is not None} for one in some]
            parts.append((places, self._letters([leaves[i] for i in places], some)))
        out: set[Way] = set()
        for chosen in product(*(found for _, found in parts)):
            way: list[Letter] = ["F"] * len(leaves)
            for (places, _), letters in zip(parts, chosen, strict=True):
                for place, letter in zip(places, letters, strict=True):
                    way[place] = letter
            out.add(tuple(way))
        return out

    def _letters(self, leaves: Sequence[Tested], said: Sequence[dict[str, Any]]) -> set[Way]:
        """The letters of some leaves on lines that say this."""
        columns: list[list[Letter]] = []
        for leaf in leaves:
            each = list(zip(*(self._found(name, said) for name in read(leaf)), strict=True))
            known = {cells: self._test(leaf, cells) for cells in set(each)}
            columns.append([known[cells] for cells in each])
        return set(zip(*columns, strict=True)) if columns else {()}

    def _found(self, name: str, said: Sequence[dict[str, Any]]) -> list[Cell]:
        """A fact on lines that say this; found once for all bundles, by what is said of the facts it hangs on."""
        roots = self._hangs_on(name)
        cells = self._cells.setdefault(name, {})
        keys = [tuple([one.get(root) for root in roots]) for one in said]
        new = {key: one for key, one in zip(keys, said, strict=True) if key not in cells}
        if new:
            some_day = date(_SOME_YEAR, 1, 1)
            batch = Batch(self.library, [Line(one, {}, some_day, some_day) for one in new.values()])
            cells.update(zip(new, (one.cell for one in batch.found(name)), strict=True))
        return [cells[key] for key in keys]

    def _hangs_on(self, name: str) -> tuple[str, ...]:
        """A fact, and all that it may be computed from."""
        return (name, *(root for source in self.facts[name].source for root in self._hangs_on(source)))

    @staticmethod
    def _test(leaf: Tested, cells: tuple[Cell, ...]) -> Letter:
        return leaf.test(cells[0]) if isinstance(leaf, nodes.FactLeaf) else leaf.test(cells)

    # --- values -----------------------------------------------------------------------------------------------------
    def _plain(self, name: str, leaves: Sequence[Tested]) -> list[Any]:
        """Every value of a term or of a yes-or-no fact; of accounts that nothing tells apart, one."""
        fact = self.facts[name]
        if fact.type == "boolean":
            return [None, UNKNOWN, True, False]
        own = [leaf for leaf in leaves if read(leaf) == (name,)]
        seen: dict[Any, Any] = {}
        terms = self.library.vocabulary.taxonomy.below.get(fact.of or "", frozenset(self.library.vocabulary.terms))
        for term in sorted(terms):
            account = self.library.accounts.get(term)
            money = None if account is None else (account.period_years, frozenset(account.years.items()))
            seen.setdefault((money, tuple(self._test(leaf, (("v", term),)) for leaf in own)), term)
        return [None, UNKNOWN, *seen.values()]

    def _span(self, leaves: Sequence[Tested]) -> int:
        """Fiscal years after the money's own in which some test can still turn."""
        accounts = self.library.accounts.values()
        longest = max((one.period_years or 1 for one in accounts), default=1)
        starts = self.library.calendar.year_starts
        longest = max([longest, *(fiscal_year(d, starts) - y + 1 for one in accounts for y, d in one.years.items())])
        counted = [n for leaf in leaves for n in numbers(leaf) if abs(n) < 100]
        return int(longest + self.library.calendar.closing_years + max(counted, default=0) + _MARGIN)

    def _years(self, leaves: Sequence[Tested]) -> list[Any]:
        """Years of the money: all near one that an account, a test or a day names, with some beyond."""
        starts = self.library.calendar.year_starts
        span = self._span(leaves)
        named = {year for one in self.library.accounts.values() for year in one.years}
        named |= {int(n) for leaf in leaves for n in numbers(leaf) if n >= 100}
        for leaf in leaves:
            for day in dates(leaf):
                named |= {fiscal_year(day, starts) - span, fiscal_year(day, starts) + span}
        first, last = min(named, default=_SOME_YEAR), max(named, default=_SOME_YEAR)
        return [UNKNOWN, *range(first - _MARGIN, last + _MARGIN + 1)]

    def _days(self, year: Any, leaves: Sequence[Tested]) -> list[Any]:
        """Days on either side of each turn of the fiscal year, of each account's end, and of each day a test names."""
        out: list[Any] = [None, UNKNOWN]
        named = [day - DAY for leaf in leaves for day in dates(leaf)]
        named += [day + DAY for day in named]
        if isinstance(year, int):
            starts = self.library.calendar.year_starts
            named += [one.years[year] for one in self.library.accounts.values() if year in one.years]
            named += [fiscal_year_ends(year + n, starts) for n in range(-_MARGIN - 1, self._span(leaves) + _MARGIN)]
        return out + sorted({day + n * DAY for day in named for n in (0, 1)})
