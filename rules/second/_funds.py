"""The fund rule of one file: what money may be used, in which years."""

from typing import Any, NamedTuple

from rules.second import _conditions as conditions
from rules.second import _facts as facts
from rules.second import _letters as letters
from rules.second import _tests as tests
from rules.second import _values as values
from rules.second._case import Case
from rules.second._node import Node, all_of, any_of, leaf, negation
from rules.second._plain import Doc, listed, name_of


class FundRule(NamedTuple):
    """`fails` are the bars that the funds make (hoped false); `nodes` by provision id; `needed` are the `only`
    funds whose account is unsaid; `wrong_account`: the named account fails; `otherwise_wrong`: something else does."""

    fails: list[Node]
    nodes: dict[str, Node]
    needed: tuple[str, ...]
    wrong_account: bool
    otherwise_wrong: bool


def fund_rule(case: Case, doc: Doc) -> FundRule:
    """Several funds in force: any one of them will do. No fund in force: nothing is said of money.

    A fund of other years' money is in force, and will not do.
    """
    stated = case.stated("account")[0]
    allowed: list[tuple[Doc, Node, str]] = []
    fails: list[Node] = []
    nodes: dict[str, Node] = {}
    for entry in listed(doc.get("funds")):
        goal = not entry.get("not")
        name = name_of(entry, doc)
        scope = conditions.provision(case, entry, doc, goal, "/scope")
        if scope is None:
            if not goal or not case.in_force(entry, doc, case.day_of(entry)):
                continue
            scope = leaf(letters.F, True, (name, "/money of other years"))
        account = tests.fact_test(case, "account", listed(entry["account"]), doc, case.day_of(entry), goal)
        years = _years(case, entry, doc)
        nodes[entry["id"]] = all_of(goal, [account, scope, *years], name)
        if goal:
            rest = letters.combine(letters.AND, True, [scope.letter, *(year.letter for year in years)])
            allowed.append((entry, nodes[entry["id"]], rest))
        else:
            fails.append(nodes[entry["id"]])
    barred_money = any(node.letter == letters.T for node in fails)
    if allowed:
        usable = any_of(True, [node for _, node, _ in allowed], f"{doc.get('id')}: a fund will do")
        fails.append(negation(usable, f"{doc.get('id')}: no fund will do"))
    uncovered = bool(allowed) and fails[-1].letter == letters.T
    fitting = any(rest != letters.F for _, _, rest in allowed)
    return FundRule(
        fails=fails,
        nodes=nodes,
        needed=tuple(
            entry["id"]
            for entry, node, _ in allowed
            if stated is None and entry.get("only") and node.letter != letters.F
        ),
        wrong_account=barred_money or (uncovered and fitting),
        otherwise_wrong=uncovered and not fitting,
    )


def _years(case: Case, entry: Doc, doc: Doc) -> list[Node]:
    if entry.get("not"):
        return []
    day, name, found = case.day_of(entry), name_of(entry, doc), []
    domain = case.library.domain("fund_year")
    if entry.get("begin_in") == "fund-year":
        letter = _after(case, "start", day, 0, exact=True)
        found.append(leaf(letter, True, f"{name}: begins in the money's year", domain))
    if "end_by" in entry:
        limit = entry["end_by"]["years_after"]
        letter = values.judged(case, limit, doc, day, True, lambda years: _after(case, "end", day, years, exact=False))
        label = (name, ": ends ", limit, " years after the money's year")
        found.append(leaf(letter, True, label, values.domain(limit, domain)))
    return found


def _after(case: Case, event: str, day: Any, years: int, exact: bool) -> str:
    """Whether the fiscal year of an event is (exactly, or at most) so many years after the money's year."""
    found = [facts.sought(case, event, day), facts.sought(case, "fund_year", day)]
    missing = [one.kind for one in found if isinstance(one, facts.Missing)]
    if missing:
        return tests.missing_letter(facts.gravest(missing), True)
    between = case.library.fiscal_year(found[0]) - found[1]
    return letters.of(between == years if exact else between <= years)
