"""Recording counsel's answer to a question: an entry for a file of interpretations, refused where it cannot stand.

An interpretation may settle or narrow a statute, never widen it (design, section 5). The engine reads one only where
the statute's own words leave a line open, so what can be seen to be amiss is an answer that would have to go beyond
them: for lines that those words decide, or for a fiscal year in which nothing that asks the question is law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from authorities._cover_proof import Prover
from authorities._sources import read_sources
from authorities.casework import run_cases
from authorities.loading import of_contents
from authorities.showing import borrowed
from rules import conditions as c
from rules.derived import fiscal_year, fiscal_year_ends
from rules.faults import Fault, FaultsError, Place, nearest
from rules.library import Interpretation, Library
from rules.provisions import Definition, LawFile, Life

FOLDER = "interpretations"
_HEAD = """language: 1
# Counsel's answers to questions of law. Each lapses with the fiscal years it names unless it is recorded again.
interpretations:
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as counsel gives it. ``when``: its scope as in a rule file; None: every line."""

    question: str
    answer: bool
    fiscal_years: tuple[int, ...]
    when: Mapping[str, Any] | None
    office: str
    memo: str
    dated: date

    def text(self) -> str:
        """The entry as it stands in the file."""
        data: dict[str, Any] = {
            "question": self.question,
            "answer": self.answer,
            "fiscal_years": list(self.fiscal_years),
            **({"when": dict(self.when)} if self.when else {}),
            "office": self.office,
            "memo": self.memo,
            "date": self.dated,
        }
        lines = yaml.safe_dump(data, sort_keys=False, width=130, allow_unicode=True).splitlines()
        return "".join(f"  {'- ' if i == 0 else '  '}{line}\n" for i, line in enumerate(lines))


def recorded(contents: Mapping[str, bytes], file: str, entry: Entry) -> tuple[bytes, Library]:
    """The file ``file`` with the entry at its end, and the library with it. Raises FaultsError: what is wrong with it."""
    before = of_contents(contents, cases=True).library
    faults = list(refused(before, entry))
    if faults:
        raise FaultsError(faults)
    name = f"{FOLDER}/{file}.yaml"
    text = (contents[name].decode() if name in contents else _HEAD) + entry.text()
    whole = {**contents, name: text.encode()}
    after = of_contents(whole, cases=True).library
    scope = next(i.when for i in after.interpretations if _same(i, entry))
    if not speaks(after, entry.question, scope):
        expected = "a scope in which the statute's own words leave some line open"
        raise FaultsError([Fault(Place("--when", None, ""), "a scope that those words decide themselves", expected)])
    return text.encode(), after


def refused(library: Library, entry: Entry) -> Iterator[Fault]:
    """Why an answer cannot stand, its scope apart."""
    if entry.question not in library.questions:
        expected = "a question of the library (see: authorities questions)"
        near = nearest(entry.question, library.questions)
        yield Fault(Place("question", None, ""), f"'{entry.question}'", expected, near)
        return
    starts = library.calendar.year_starts
    own = fiscal_year(entry.dated, starts)
    lives = [one.life for _, one, _ in askers(library, entry.question)]
    for year in entry.fiscal_years:
        place = Place("--fiscal-year", None, "")
        if not own <= year <= own + 1:
            yield Fault(
                place, str(year), f"{own} or {own + 1}: an answer of {entry.dated} lapses with its year, or the next"
            )
        elif not any(_meets(life, year, starts) for life in lives):
            yield Fault(place, str(year), f"a year in which a provision that asks '{entry.question}' is law")
    for one in library.interpretations:
        if one.question == entry.question and one.dated == entry.dated and set(entry.fiscal_years) & one.fiscal_years:
            yield Fault(
                Place("--date", None, ""), str(entry.dated), "a day on which it was not answered yet for that year"
            )


def askers(library: Library, question: str) -> Iterator[tuple[LawFile, Any, c.Condition]]:
    """Each provision that asks a question, and where it matters there: the condition under which it is asked."""
    for file in library.files():
        for one in file.provisions():
            if isinstance(one, Definition) and one.otherwise == question:
                parts = [part for part in (one.inside, one.outside) if part is not None]
                yield file, one, c.AllOf(tuple(c.Negation(part) for part in parts))
            for key in ("when", "unless", "inside", "outside"):
                whole = getattr(one, key, None)
                if whole is not None and any(isinstance(p, c.Question) and p.id == question for p in c.walk(whole)):
                    yield file, one, c.TRUE


def speaks(library: Library, question: str, scope: c.Condition) -> bool:
    """Whether some line within a scope is left to the question, on some day on which what asks it is law."""
    prover = Prover(library)
    return any(
        prover.way(file, one.life, c.AllOf((scope, left)), True) is not None
        for file, one, left in askers(library, question)
    )


def again(contents: Mapping[str, bytes], question: str, years: tuple[int, ...], memo: str, dated: date) -> Entry:
    """The newest answer to a question, with its scope and office, for other years. Raises FaultsError where none is."""
    every = [raw for doc in read_sources(contents).interpretations for raw in doc.data["interpretations"]]
    own = [raw for raw in every if raw["question"] == question]
    if not own:
        place, near = Place("--reaffirm", None, ""), nearest(question, {raw["question"] for raw in every})
        raise FaultsError([Fault(place, f"'{question}'", "a question that has been answered", near)])
    last = max(own, key=lambda raw: raw["date"])
    return Entry(question, last["answer"], years, last.get("when"), last["office"], memo, dated)


def disturbed(library: Library, question: str) -> Iterator[str]:
    """The cases that no longer come out as they say, of the files that ask a question."""
    files = {file.id for file, _, _ in askers(library, question)}
    whole = {file.id: file for file in library.files()}
    users = frozenset(
        id_ for id_ in whole if id_ in files or any(one.id in files for one, _ in borrowed(library, whole[id_]))
    )
    for outcome in run_cases(library, users):
        if outcome.problem:
            yield f"{outcome.place}: {outcome.case.name}: {outcome.problem}"


def _same(one: Interpretation, entry: Entry) -> bool:
    return one.question == entry.question and one.dated == entry.dated and one.fiscal_years == set(entry.fiscal_years)


def _meets(life: Life, year: int, starts: int) -> bool:
    if life.fund_years is not None:
        return True
    last = fiscal_year_ends(year, starts)
    first = fiscal_year_ends(year - 1, starts) + timedelta(days=1)
    return life.since <= last and (life.until is None or life.until > first)
