"""A condition, read straight from the file: every entry of a mapping must hold."""

from datetime import date
from typing import Any

from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second import _questions as questions
from rules.second import _reach as reach
from rules.second import _tests as tests
from rules.second import _values as values
from rules.second._case import Case
from rules.second._errors import SecondOpinionError
from rules.second._library import Doc, listed, words
from rules.second._node import Node, all_of, any_of, leaf, named, negation


def judge(case: Case, condition: Doc, doc: Doc, day: date, goal: bool, label: str) -> Node:
    """The condition, read towards `goal`; `doc` is the file it stands in, `day` its provision's."""
    kids = [_entry(case, word, value, doc, day, goal, f"{label}/{word}") for word, value in condition.items()]
    return all_of(goal, kids, label)


def _entry(case: Case, word: str, value: Any, doc: Doc, day: date, goal: bool, label: str) -> Node:
    match word:
        case "all of" | "any of":
            join = all_of if word == "all of" else any_of
            parts = [judge(case, part, doc, day, goal, f"{label}[{at}]") for at, part in enumerate(value)]
            return join(goal, parts, label)
        case "not":
            return negation(judge(case, value, doc, day, not goal, label), f"{label}!")
        case "satisfies":
            found = [definition(case, name, doc, day, goal) for name in listed(value)]
            return any_of(goal, found, label)
        case "question":
            return questions.question(case, value, goal)
        case "act":
            return tests.act_test(case, value, goal)
        case "grant":
            return _grant(case, value, doc, goal, label)
        case "barred under":
            return reach.barred_under(case, listed(value), doc, goal, label)
    return tests.fact_test(case, word, value, doc, day, goal)


def definition(case: Case, name: str, doc: Doc, day: date, goal: bool) -> Node:
    """The named definition in force on `day`, from the same file or from `definitions/`."""
    for home, entry in case.library.definitions(name, doc):
        if case.in_force(entry, home, day):
            key = ("definition", id(entry), day, goal)
            if key not in case.nodes:
                case.nodes[key] = _guarded(case, entry, home, day, goal)
            return case.nodes[key]
    raise SecondOpinionError(f"definition {name!r} is not in force on {day}")


def _guarded(case: Case, entry: Doc, doc: Doc, day: date, goal: bool) -> Node:
    key = ("definition", entry["id"], doc.get("id"))
    if key in case.entered:
        raise SecondOpinionError(f"definition {entry['id']!r} rests on itself")
    case.entered.add(key)
    try:
        return _defined(case, entry, doc, day, goal, f"{doc.get('id')}.{entry['id']} for {goal}".lower())
    finally:
        case.entered.discard(key)


def _defined(case: Case, entry: Doc, doc: Doc, day: date, goal: bool, label: str) -> Node:
    if "when" in entry:
        return judge(case, entry["when"], doc, day, goal, f"{label}/when")
    inside = judge(case, entry["inside"], doc, day, goal, f"{label}/inside")
    if "otherwise" not in entry:
        return inside
    middle = [judge(case, entry["otherwise"], doc, day, goal, f"{label}/otherwise")]
    if "outside" in entry:
        outside = judge(case, entry["outside"], doc, day, not goal, f"{label}/outside")
        middle.insert(0, negation(outside, f"{label}/outside!"))
    return any_of(goal, [inside, all_of(goal, middle, f"{label}/middle")], label)


def _grant(case: Case, name: str, doc: Doc, goal: bool, label: str) -> Node:
    for entry in listed(doc.get("grants")):
        if entry["id"] == name:
            found = provision(case, entry, doc, goal, label)
            return found or leaf(letters.F, goal, label, "TF")
    raise SecondOpinionError(f"{doc.get('id')} has no grant {name!r}")


def provision(case: Case, entry: Doc, doc: Doc, goal: bool, label: str) -> Node | None:
    """A provision's `when` (and its money's years), read towards `goal`; None where it is not in force."""
    day = case.day_of(entry)
    if not case.in_force(entry, doc, day):
        return None
    key = ("provision", id(entry), goal, label)
    if key not in case.nodes:
        kids = []
        inner = f"{label}/when" if "fund_years" in entry else label
        if "fund_years" in entry:
            year = facts.sought(case, "fund_year", day)
            if not isinstance(year, facts.Missing) and not values.in_years(entry["fund_years"], year):
                return None
            kids.append(_of_years(case, entry["fund_years"], year, goal))
        if entry.get("when"):
            kids.append(judge(case, entry["when"], doc, day, goal, inner))
        found = all_of(goal, kids, label)
        case.nodes[key] = found if found.label == label else named(found, label)
    return case.nodes[key]


def _of_years(case: Case, span: Doc, year: Any, goal: bool) -> Node:
    letter = tests.missing_letter(year.kind, goal) if isinstance(year, facts.Missing) else letters.T
    return leaf(letter, goal, f"fund_year in {words(span)}", case.library.domain("fund_year"))
