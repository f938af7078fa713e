"""A condition, read straight from the file: every entry of a mapping must hold."""

from collections.abc import Callable
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
from rules.second._node import Label, Node, all_of, any_of, leaf, named, negation
from rules.second._plain import Doc, listed, name_of


def judge(case: Case, condition: Doc, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    """The condition, read towards `goal`; `doc` is the file it stands in, `day` its provision's."""
    kids = []
    for word, value in condition.items():
        reading = WORDS.get(word)
        if reading is None:
            kid = tests.fact_test(case, word, value, doc, day, goal)
        else:
            kid = reading(case, value, doc, day, goal, (label, "/", word))
        if case.brief and kid.letter == letters.F:
            return kid
        kids.append(kid)
    return all_of(goal, kids, label)


def _all(case: Case, parts: list[Doc], doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return all_of(goal, _each(case, parts, doc, day, goal, label, letters.F), label)


def _any(case: Case, parts: list[Doc], doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return any_of(goal, _each(case, parts, doc, day, goal, label, letters.T), label)


def _each(case: Case, parts: list[Doc], doc: Doc, day: date, goal: bool, label: Label, enough: str) -> list[Node]:
    """The parts; in brief, only one that has the letter which is `enough`."""
    found = []
    for at, part in enumerate(parts):
        kid = judge(case, part, doc, day, goal, (label, "[", str(at), "]"))
        if case.brief and kid.letter == enough:
            return [kid]
        found.append(kid)
    return found


def _not(case: Case, part: Doc, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return negation(judge(case, part, doc, day, not goal, label), (label, "!"))


def _satisfies(case: Case, names: Any, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return any_of(goal, [definition(case, name, doc, day, goal) for name in listed(names)], label)


def _question(case: Case, name: str, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return questions.question(case, name, goal)


def _act(case: Case, act: str, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return tests.act_test(case, act, goal)


def _grant(case: Case, name: str, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    for entry in listed(doc.get("grants")):
        if entry["id"] == name:
            found = provision(case, entry, doc, goal, ("/grant for ", goal))
            return found or leaf(letters.F, goal, label, "TF")
    raise SecondOpinionError(f"{doc.get('id')} has no grant {name!r}")


def _barred_under(case: Case, names: Any, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    return reach.barred_under(case, listed(names), doc, goal, label)


WORDS: dict[str, Callable[[Case, Any, Doc, date, bool, Label], Node]] = {
    "all of": _all,
    "any of": _any,
    "not": _not,
    "satisfies": _satisfies,
    "question": _question,
    "act": _act,
    "grant": _grant,
    "barred under": _barred_under,
}


def definition(case: Case, name: str, doc: Doc, day: date, goal: bool) -> Node:
    """The named definition in force on the line's day, from the same file or from `definitions/`; else counsel's."""
    for home, entry in case.library.definitions(name, doc):
        if case.in_force(entry, home, case.day):
            key = (id(entry), day, goal)
            if key not in case.nodes:
                with case.entering(entry, f"definition {name!r}"):
                    label = (home.get("id"), ".", name, " for ", goal)
                    case.nodes[key] = _defined(case, entry, home, day, goal, label)
            return case.nodes[key]
    return leaf(letters.C, goal, f"definition {name!r}, not in force", letters.C)


def _defined(case: Case, entry: Doc, doc: Doc, day: date, goal: bool, label: Label) -> Node:
    if "when" in entry:
        return judge(case, entry["when"], doc, day, goal, (label, "/when"))
    inside = judge(case, entry["inside"], doc, day, goal, (label, "/inside"))
    if "otherwise" not in entry:
        return inside
    middle = [judge(case, entry["otherwise"], doc, day, goal, (label, "/otherwise"))]
    if "outside" in entry:
        outside = judge(case, entry["outside"], doc, day, not goal, (label, "/outside"))
        middle.insert(0, negation(outside, (label, "/outside!")))
    return any_of(goal, [inside, all_of(goal, middle, (label, "/middle"))], label)


def provision(case: Case, entry: Doc, doc: Doc, goal: bool, role: Label = "") -> Node | None:
    """A provision's `when` (and its money's years), read towards `goal`; None where it is not in force.

    `role` tells the node from others of the same provision in a trace.
    """
    day = case.day_of(entry)
    if not case.in_force(entry, doc, day):
        return None
    key = (id(entry), goal, role)
    if key not in case.nodes:
        label = (name_of(entry, doc), role)
        kids = []
        if "fund_years" in entry:
            year = facts.sought(case, "fund_year", day)
            if not isinstance(year, facts.Missing) and not values.in_years(entry["fund_years"], year):
                return None
            kids.append(_of_years(case, entry["fund_years"], year, goal))
        if entry.get("when"):
            kids.append(judge(case, entry["when"], doc, day, goal, (label, "/when") if kids else label))
        found = all_of(goal, kids, label)
        case.nodes[key] = found if found.label is label else named(found, label)
    return case.nodes[key]


def _of_years(case: Case, span: Doc, year: Any, goal: bool) -> Node:
    letter = tests.missing_letter(year.kind, goal) if isinstance(year, facts.Missing) else letters.T
    return leaf(letter, goal, ("fund_year in ", span), case.library.domain("fund_year"))
