"""Dated values: what a name in `values:` stands for on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rules.second import _dates as dates
from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second._case import Case
from rules.second._plain import Doc, listed


def is_reference(test: Any) -> bool:
    """Whether a test is `{value: name}` or `{value of: {...}}`."""
    return isinstance(test, dict) and ("value" in test or "value of" in test)


def domain(test: Any, letters_of_test: str) -> str:
    """The letters of a test: also counsel's, where it is of a dated value, which the library may not hold for the day."""
    return "".join(sorted({*letters_of_test, letters.C})) if is_reference(test) else letters_of_test


def judged(case: Case, test: Any, doc: Doc, day: date, goal: bool, judge: Callable[[Any], str]) -> str:
    """The letter that `judge` gives for what `test` stands for: itself, or a dated value.

    Where the value follows a money's year that the planner may still choose, the year is taken that suits
    the goal best; where the year is stated as unknown, the letters of the possible years must agree.
    """
    if not is_reference(test):
        return judge(test)
    name = test.get("value")
    if name is None:
        doc, name = case.library.file(test["value of"]["file"]), test["value of"]["name"]
    entries = listed((doc.get("values") or {}).get(name))
    year = facts.sought(case, "fund_year", day) if any("fund_years" in entry for entry in entries) else None
    possible = current(case, entries, doc, case.day, year)
    if not possible:
        return letters.C  # the library does not hold it: nobody but counsel can say
    found = [judge(value) for value in possible]
    if isinstance(year, facts.Missing) and year.kind != facts.CHOICE:
        return letters.agree(goal, found)
    return max(found, key=letters.order(goal).index)


def current(case: Case, entries: list[Doc], doc: Doc, day: date, year: Any) -> list[Any]:
    """The contents in force on `day`: one, or one for each entry by money's year if the year is missing."""
    content: Any = None
    by_day: list[Any] = []
    by_year: list[Any] = []
    for entry in sorted(entries, key=lambda entry: _starts(case, entry, doc)):
        enacted = case.library.enacted(entry.get("law", doc.get("law")))
        started = "fund_years" in entry or _starts(case, entry, doc) <= day
        if not started or (enacted is not None and enacted > case.known):
            continue
        content = changed(content, entry)
        if "fund_years" not in entry:
            by_day = [content] if case.in_force(entry, doc, day) else []
        elif isinstance(year, facts.Missing):
            by_year.append(content)
        elif in_years(entry["fund_years"], year):
            by_year = [content]
    return by_year or by_day


def _starts(case: Case, entry: Doc, doc: Doc) -> date:
    if "fund_years" in entry:
        first = entry["fund_years"].get("from")
        return date.min if first is None else dates.fiscal_year_begins(first, case.library.year_starts)
    since: date = entry.get("since") or case.library.enacted(entry.get("law", doc.get("law"))) or date.min
    return since


def changed(content: Any, entry: Doc) -> Any:
    """What an entry says: `is`, or the content before it with `adds` and without `removes`."""
    if "is" in entry:
        return entry["is"]
    removed = listed(entry.get("removes"))
    return [term for term in listed(content) if term not in removed] + listed(entry.get("adds"))


def in_years(span: Mapping[str, int], year: int) -> bool:
    """Whether a fiscal year lies in `{from, to}`, either end open, both inclusive."""
    return span.get("from", year) <= year <= span.get("to", year)
