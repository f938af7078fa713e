"""Provisions no case exercises, and the cases themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from authorities.cites import covered, parse_cite
from authorities.linting._issue import Issue, Kind
from authorities.linting._trials import Trial
from authorities.linting._view import View, grants_life
from rules import conditions as c
from rules.judge import LAWFUL
from rules.provisions import Bar, Definition, Duty, Fund, LawFile, Provision

FAILING = Kind(
    "failing-case",
    "error",
    "A case whose verdict, or whose deciding provisions, are not what the rules give.",
    "read the paragraph and mend the rule, or the case",
)
UNTESTED = Kind(
    "untested-provision",
    "warning",
    "A provision that decides no case (or a definition that holds in none).",
    "add a case it decides, with its id under `because`",
)
NEVER_FALSE = Kind(
    "never-false",
    "warning",
    "A provision with a condition that is false in no case: no case shows what it leaves out.",
    "add a case just outside it",
)
NO_CASES = Kind("no-cases", "warning", "An authority or limit without cases.", "add cases, each provision both ways")
OUTSIDE = Kind(
    "case-outside-life",
    "error",
    "A case with a lawful verdict on a day when the authority has no grant in force.",
    "correct the day or the verdict",
)
NAME = Kind("case-name-twice", "warning", "Two cases of a file with one name.", "name what each shows")
SAME = Kind("case-twice", "warning", "Two cases of a file that ask the same.", "delete one")
BECAUSE = Kind(
    "case-without-because",
    "warning",
    "A case that does not say which provisions decide it, though some do.",
    "list the deciding provisions under `because`",
)
UNCONFIRMED = Kind(
    "unconfirmed-case",
    "warning",
    "A generated or pasted case whose verdict nobody has read against the cited paragraph: it proves nothing yet.",
    "read the paragraph; then take `confirmed: false` away, or correct the verdict",
)
PARAGRAPH = Kind(
    "case-paragraph",
    "warning",
    "A case read against a paragraph that its section does not have.",
    "name a paragraph of the register",
)
KINDS = (FAILING, UNTESTED, NEVER_FALSE, NO_CASES, OUTSIDE, NAME, SAME, BECAUSE, UNCONFIRMED, PARAGRAPH)

_ELSEWHERE = re.compile(r"[A-Za-z]{2,} ?[0-9]|[0-9] ?[A-Z]")
"""A paragraph of another document, said by its name and number: `PL 119-75 div. A`, `section 7015(c)`."""


def check(view: View) -> Iterator[Issue]:
    """Every provision and case."""
    for file in view.files:
        if not file.cases and file.kind != "definitions":
            yield NO_CASES.at(view.at(file, "cases"), f"the {file.kind} '{file.id}' has no cases")
            continue
        for provision in file.provisions():
            yield from _exercised(view, file, provision)
    for file_id, trials in view.trials.of().items():
        yield from _cases(view, view.by_id[file_id], trials)


def _exercised(view: View, file: LawFile, provision: Provision) -> Iterator[Issue]:
    key = (file.id, provision.id)
    trials = view.trials
    decided = set() if isinstance(provision, Definition) else trials.decides
    if isinstance(provision, Definition) or (isinstance(provision, Fund) and not provision.never):
        decided = decided | trials.holds  # what is paid from a fund, it decides
    if key not in decided:
        if _never(view, file, provision, True):
            return  # no case could show it; another check says why
        what = "holds in no case" if isinstance(provision, Definition) else "decides no case"
        yield UNTESTED.at(view.provision(provision), f"'{provision.id}' {what}")
    elif (provision.when != c.TRUE or isinstance(provision, Definition)) and key not in trials.fails:
        if _never(view, file, provision, False):
            return
        yield NEVER_FALSE.at(view.provision(provision), f"'{provision.id}' is false in no case")


def _never(view: View, file: LawFile, provision: Provision, holds: bool) -> bool:
    """Whether a provision can never hold (or never fail) while it is law."""
    if isinstance(provision, Definition):
        return False
    said = [(provision.when, holds)]
    if holds and isinstance(provision, (Bar, Duty)) and provision.unless is not None:
        said.append((provision.unless, False))
    return view.reasoner.never_in_force([provision], file, said)


def _cases(view: View, file: LawFile, trials: list[Trial]) -> Iterator[Issue]:
    names = Counter(one.case.name for one in trials)
    asked: dict[Any, str] = {}
    for one in trials:
        case = one.case
        place = view.at(file, f"cases '{case.name}'", ("cases", one.index))
        if one.problem:
            yield FAILING.at(place, one.problem)
        if names[case.name] > 1 and next(t for t in trials if t.case.name == case.name) is not one:
            yield NAME.at(place, f"a second case '{case.name}'")
        question = repr((case.date, sorted(case.given.items(), key=str), case.under, case.strict, case.known))
        first = asked.setdefault(question, case.name)
        if first is not case.name:
            yield SAME.at(place, f"it asks what '{first}' asks")
        if not case.confirmed:
            yield UNCONFIRMED.at(place, "nobody has read its verdict against the paragraph")
        if not case.because and not case.not_because and one.deciding and case.verdict != "no authority":
            yield BECAUSE.at(place, f"decided by {', '.join(one.deciding)}")
        life = grants_life(view.by_id.get(case.under or file.id, file))
        if life is not None and case.verdict in LAWFUL:
            if case.date < life[0] or (life[1] is not None and case.date >= life[1]):
                yield OUTSIDE.at(place, f"{case.verdict} on {case.date}, when no grant is in force")
        yield from _paragraph(view, file, one)


def _paragraph(view: View, file: LawFile, one: Trial) -> Iterator[Issue]:
    if not one.case.paragraph:
        return
    cites, bad = parse_cite(one.case.paragraph)
    names = list(dict.fromkeys(row.designation for row in view.register(file)))
    dead = bool(names) and any(not covered(cite, names) for cite in cites)
    if dead or any(not _ELSEWHERE.search(token) for token in bad):
        place = view.at(file, f"cases '{one.case.name}'", ("cases", one.index, "paragraph"))
        yield PARAGRAPH.at(place, f"the paragraph '{one.case.paragraph}' is not one of {file.statute}")
