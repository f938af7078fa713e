"""Open questions and counsel's answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules import conditions as c
from rules.derived import fiscal_year
from rules.faults import Place
from rules.provisions import Definition, Life

POSITIONS = Kind(
    "one-sided-question",
    "warning",
    "A question with one position only: nothing is in dispute.",
    "give the other reading with its source, or encode the one there is",
)
YEAR = Kind(
    "interpretation-year",
    "warning",
    "An interpretation for a fiscal year in which no provision asks its question, or that lies beyond what was read.",
    "correct the year",
)
CONFLICT = Kind(
    "conflicting-interpretations",
    "error",
    "Two interpretations of one day answer one question both ways for the same year and lines.",
    "withdraw one, or date the later one",
)
KINDS = (POSITIONS, YEAR, CONFLICT)


def check(view: View) -> Iterator[Issue]:
    """Every question and interpretation."""
    for id_, question in view.library.questions.items():
        if len({says for says, _ in question.positions}) < 2:
            yield POSITIONS.at(view.question(id_), f"the question '{id_}' has one position")
    lives = _lives(view)
    starts = view.library.calendar.year_starts
    through = view.library.known_through
    for one, place in zip(view.library.interpretations, _places(view), strict=True):
        for year in sorted(one.fiscal_years):
            asked = any(_meets(life, year, starts) for life in lives.get(one.question, ()))
            if not asked:
                yield YEAR.at(place, f"no provision asks '{one.question}' in fiscal year {year}")
            elif through is not None and year > fiscal_year(through, starts) + 1:
                yield YEAR.at(place, f"fiscal year {year} is beyond what was read (through {through})")
    pairs = zip(view.library.interpretations, _places(view), strict=True)
    for (one, _), (other, place) in combinations(pairs, 2):
        same = one.question == other.question and one.dated == other.dated and one.answer != other.answer
        if same and one.fiscal_years & other.fiscal_years and one.when == other.when:
            yield CONFLICT.at(place, f"'{one.question}' is answered both ways on {one.dated}")


def _places(view: View) -> list[Place]:
    out = []
    for doc in view.sources.interpretations:
        for i, raw in enumerate(doc.data.get("interpretations", ())):
            out.append(Place(doc.file, doc.place(("interpretations", i)).line, f"{raw['question']} {raw['date']}"))
    return out


def _lives(view: View) -> dict[str, list[Life]]:
    """The lives of the provisions that ask each question."""
    out: dict[str, list[Life]] = {}
    for file in view.files:
        for provision, _, condition in view.conditions(file):
            for one in c.walk(condition):
                if isinstance(one, c.Question):
                    out.setdefault(one.id, []).append(provision.life)
        for definition in file.definitions:
            if isinstance(definition, Definition) and definition.otherwise is not None:
                out.setdefault(definition.otherwise, []).append(definition.life)
    return out


def _meets(life: Life, year: int, starts: int) -> bool:
    """Whether a life holds a day of a fiscal year."""
    if life.fund_years is not None:
        return True
    ended = life.until is not None and fiscal_year(life.until - timedelta(days=1), starts) < year
    return fiscal_year(life.since, starts) <= year and not ended
