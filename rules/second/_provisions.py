"""Bars, duties and caps of one file, each read towards false: nobody hopes to be barred."""

from datetime import date
from typing import Any

from rules.second import _conditions as conditions
from rules.second import _dates as dates
from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second import _tests as tests
from rules.second import _values as values
from rules.second._case import DONE, NOT_YET, REFUSED, Case
from rules.second._node import Node, all_of, leaf, negation
from rules.second._plain import Doc, name_of

LATE = "too late"
WAITS = ("days", "hours", "months")


def bar(case: Case, entry: Doc, doc: Doc, goal: bool = False) -> Node | None:
    """A bar, `when and not unless`; None where it is not in force. Also how a duty applies."""
    key = (id(entry), goal, "bar")
    if key not in case.nodes:
        with case.entering(entry, name_of(entry, doc)):
            found = _bar(case, entry, doc, goal, " hoped true" if goal else "")
        if found is None:
            return None
        case.nodes[key] = found
    return case.nodes[key]


def _bar(case: Case, entry: Doc, doc: Doc, goal: bool, role: str) -> Node | None:
    if not entry.get("unless"):
        return conditions.provision(case, entry, doc, goal, role)
    scope = conditions.provision(case, entry, doc, goal, (role, "/scope"))
    if scope is None:
        return None
    if case.brief and scope.letter == letters.F:
        return scope
    label = (name_of(entry, doc), role)
    relief = conditions.judge(case, entry["unless"], doc, case.day_of(entry), not goal, (label, "/unless"))
    return all_of(goal, [scope, negation(relief, (label, "/unless!"))], label)


def duty_status(case: Case, duty: Doc) -> str:
    """`done`, `not yet`, `refused` or `too late` (a wait that cannot end by the stated event)."""
    status, day = case.act_status(duty["act"])
    if status == REFUSED and ("after" in duty or duty.get("recurring")):
        return NOT_YET  # a later report that will not be made forbids nothing beforehand
    if status == REFUSED or (status == DONE and day is None):
        return status
    event = None if "after" in duty else case.stated_day(duty.get("before", "start"))
    waits = {unit: duty[unit] for unit in WAITS if unit in duty}
    begun = day if status == DONE and day is not None else case.decided
    if event is not None and waits and not duty.get("recurring") and dates.too_late(begun, event, waits):
        return LATE
    return status


def is_outstanding(duty: Doc, status: str) -> bool:
    """Whether the act is still to be done before the activity; whether the duty applies is another matter."""
    return status == NOT_YET and "after" not in duty and not duty.get("recurring")


def cap(case: Case, entry: Doc, doc: Doc) -> Node | None:
    """A cap as a bar: counted + used + what sibling lines count > amount; None where it is not in force."""
    scope = cap_scope(case, entry, doc)
    if scope is None:
        return None
    day = case.day_of(entry)
    letter = values.judged(case, entry["amount"], doc, day, False, lambda amount: _over(case, entry, doc, day, amount))
    counted = [entry["counts"], entry["used"]] if "used" in entry else [entry["counts"]]
    domain = "".join(sorted({letter for fact in counted for letter in case.library.domain(fact)}))
    name = name_of(entry, doc)
    label = (name, ": ", entry["counts"], " over ", entry["amount"])
    over = leaf(letter, False, label, values.domain(entry["amount"], domain))
    return all_of(False, [scope, over], name)


def cap_scope(case: Case, entry: Doc, doc: Doc) -> Node | None:
    """Whether a cap concerns the line; None where it is not in force."""
    return conditions.provision(case, entry, doc, False, "/scope")


def _over(case: Case, entry: Doc, doc: Doc, day: date, amount: int) -> str:
    """Amounts are never negative, so what is known may exceed the amount whatever the rest is."""
    parts = [facts.sought(case, entry["counts"], day)]
    if "used" in entry:
        parts.append(used(case, entry["used"], day))
    missing = [part.kind for part in parts if isinstance(part, facts.Missing)]
    known = sum(part for part in parts if not isinstance(part, facts.Missing))
    over = exceeds(known + case.counted_by_others(entry, doc), amount)
    if missing and not over:
        return tests.missing_letter(facts.gravest(missing), False)
    return letters.of(over)


def used(case: Case, name: str, day: date) -> Any:
    """What is already used: as stated, else presumed to be nothing unless nothing may be presumed."""
    value = facts.sought(case, name, day)
    unsaid = isinstance(value, facts.Missing) and case.stated(name)[0] is None
    return 0 if unsaid and not case.strict else value


def exceeds(total: Any, amount: Any) -> bool:
    """Whether a total breaks a cap."""
    return bool(total > amount)
