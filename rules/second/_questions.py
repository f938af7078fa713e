"""Open questions of law and counsel's answers to them."""

from rules.second import _conditions as conditions
from rules.second import _letters as letters
from rules.second._case import Case
from rules.second._node import Node, leaf
from rules.second._plain import Doc, listed

NO_FILE: Doc = {}


def question(case: Case, name: str, goal: bool) -> Node:
    """True or false by the proposal's own word with its source, else by the newest interpretation in force; else C."""
    key = ("question", name, goal)
    if key not in case.nodes:
        case.nodes[key] = leaf(_answer(case, name, goal), goal, f"question: {name}", "TFC")
    return case.nodes[key]


def _answer(case: Case, name: str, goal: bool) -> str:
    word = case.words.get(name, case.facts.get(name))
    if isinstance(word, dict) and word.get("source") and isinstance(word.get("value"), bool):
        return letters.of(word["value"])
    counsel = [entry for entry in case.library.interpretations if entry["question"] == name]
    if counsel:
        with case.entering(counsel[0], f"question {name!r}"):
            counsel = [entry for entry in counsel if in_force(case, entry, goal)]
    if counsel:
        latest = max(entry["date"] for entry in counsel)
        return letters.of([entry["answer"] for entry in counsel if entry["date"] == latest][-1])
    return letters.C


def in_force(case: Case, entry: Doc, goal: bool) -> bool:
    """Whether an interpretation answers for this line; a choice in its scope goes the goal's way."""
    if case.fiscal_year() not in listed(entry.get("fiscal_years")) or entry["date"] > case.known:
        return False
    if not entry.get("when"):
        return True
    hoped = entry["answer"] is goal
    scope = conditions.judge(case, entry["when"], NO_FILE, case.day, hoped, f"interpretation of {entry['question']}")
    return scope.letter == letters.T
