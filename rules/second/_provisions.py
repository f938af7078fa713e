"""Bars, duties and caps of one file, each read towards false: nobody hopes to be barred."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.second import _conditions as conditions
from rules.second import _dates as dates
from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second import _tests as tests
from rules.second import _values as values
from rules.second._case import DONE, NOT_YET, REFUSED, Case
from rules.second._errors import SecondOpinionError
from rules.second._library import Doc, listed, words
from rules.second._node import Node, all_of, leaf, negation

LATE = "too late"


def name_of(entry: Doc, doc: Doc) -> str:
    """`file.provision`."""
    return f"{doc.get('id')}.{entry['id']}"


def bar(case: Case, entry: Doc, doc: Doc, goal: bool = False) -> Node | None:
    """A bar, `when and not unless`; None where it is not in force. Also how a duty applies."""
    name, key = name_of(entry, doc), ("bar", id(entry), goal)
    if key not in case.nodes:
        if key in case.entered:
            raise SecondOpinionError(f"{name} rests on itself")
        case.entered.add(key)
        try:
            found = _bar(case, entry, doc, goal, name)
        finally:
            case.entered.discard(key)
        if found is None:
            return None
        case.nodes[key] = found
    return case.nodes[key]


def _bar(case: Case, entry: Doc, doc: Doc, goal: bool, name: str) -> Node | None:
    label = name if goal is False else f"{name} hoped true"
    if not entry.get("unless"):
        return conditions.provision(case, entry, doc, goal, label)
    scope = conditions.provision(case, entry, doc, goal, f"{label}/scope")
    if scope is None:
        return None
    relief = conditions.judge(case, entry["unless"], doc, case.day_of(entry), not goal, f"{label}/unless")
    return all_of(goal, [scope, negation(relief, f"{label}/unless!")], label)


def duty_status(case: Case, duty: Doc) -> str:
    """`done`, `not yet`, `refused` or `too late` (a wait that cannot end by the stated event)."""
    status, day = case.act_status(duty["act"])
    if status == REFUSED or (status == DONE and day is None):
        return status
    event = None if "after" in duty else case.stated_day(duty.get("before", "start"))
    waits = {unit: duty[unit] for unit in ("days", "hours", "months") if unit in duty}
    begun = day if status == DONE and day is not None else case.decided
    if event is not None and waits and not duty.get("recurring") and dates.too_late(begun, event, waits):
        return LATE
    return status


def is_outstanding(case: Case, duty: Doc) -> bool:
    """Whether the act is still to be done before the activity; whether the duty applies is another matter."""
    return "after" not in duty and not duty.get("recurring") and duty_status(case, duty) == NOT_YET


def cap(case: Case, entry: Doc, doc: Doc) -> Node | None:
    """A cap as a bar: counted + used + what sibling lines count > amount; None where it is not in force."""
    name = name_of(entry, doc)
    scope = conditions.provision(case, entry, doc, False, f"{name}/scope")
    if scope is None:
        return None
    day = case.day_of(entry)
    letter = values.judged(
        case, entry["amount"], doc, day, False, lambda amount: _over(case, entry, doc, day, amount)
    )
    domain = "".join(sorted({c for fact in _counted(entry) for c in case.library.domain(fact)}))
    over = leaf(letter, False, f"{name}: {entry['counts']} over {words(entry['amount'])}", domain)
    return all_of(False, [scope, over], name)


def _counted(entry: Doc) -> list[str]:
    return [entry["counts"], *listed(entry.get("used"))]


def _over(case: Case, entry: Doc, doc: Doc, day: date, amount: int) -> str:
    parts = [facts.sought(case, entry["counts"], day)]
    if "used" in entry:
        parts.append(used(case, entry["used"], day))
    missing = [part.kind for part in parts if isinstance(part, facts.Missing)]
    known = sum(part for part in parts if not isinstance(part, facts.Missing))
    over = exceeds(known + case.cap_others.get(shared_by(entry, doc), 0), amount)
    if missing and not over:
        return tests.missing_letter(facts.gravest(missing), False)
    return letters.of(over)


def shared_by(entry: Doc, doc: Doc) -> tuple[str, str]:
    """(file, cap or group of caps): what the amounts under a cap are added by."""
    return str(doc.get("id")), entry.get("group", entry["id"])


def used(case: Case, name: str, day: date) -> Any:
    """What is already used: as stated, else presumed to be nothing unless nothing may be presumed."""
    value = facts.sought(case, name, day)
    unsaid = isinstance(value, facts.Missing) and case.stated(name)[0] is None
    return 0 if unsaid and not case.strict else value


def exceeds(total: Any, amount: Any) -> bool:
    """Whether a total breaks a cap."""
    return bool(total > amount)


def defeaters(case: Case, doc: Doc) -> Mapping[str, list[Node]]:
    """`limit.bar` -> the scopes of the file's provisions that defeat it, hoped true."""
    found: dict[str, list[Node]] = {}
    for kind in ("grants", "bars", "duties", "caps", "funds"):
        for entry in listed(doc.get(kind)):
            for target in listed(entry.get("defeats")):
                scope = conditions.provision(case, entry, doc, True, f"{name_of(entry, doc)}/defeats")
                if scope is not None:
                    found.setdefault(target, []).append(scope)
    return found
