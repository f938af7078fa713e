"""Limits: which authority they reach, what beats them, and `barred under`."""

from rules.second import _letters as letters
from rules.second import _provisions as provisions
from rules.second._case import UNKNOWN, Case
from rules.second._node import Label, Node, all_of, any_of, leaf, negation
from rules.second._plain import Doc, listed


def reach(case: Case, limit: Doc, authority: Doc, goal: bool = False) -> Node:
    """Whether a limit reaches an authority on this line."""
    label = (limit.get("id"), " reaches ", authority.get("id"), " for ", goal)
    inside = leaf(touches(case, limit["reaches"], authority), goal, label, "TFP")
    if not limit.get("except"):
        return inside
    outside = leaf(touches(case, limit["except"], authority), not goal, (label, "/except"), "TFP")
    return all_of(goal, [inside, negation(outside, (label, "/except!"))], (label, "/in all"))


def touches(case: Case, spec: Doc, authority: Doc) -> str:
    """The letter of `reaches` or `except`: any one of its keys is enough."""
    if spec.get("everything") or named(spec, authority):
        return letters.T
    return money(case, listed(spec.get("accounts")), authority) if "accounts" in spec else letters.F


def named(spec: Doc, authority: Doc) -> bool:
    """Whether `authorities` or `tags` name this authority."""
    tags = listed(authority.get("tags"))
    return authority.get("id") in listed(spec.get("authorities")) or any(
        tag in tags for tag in listed(spec.get("tags"))
    )


def money(case: Case, accounts: list[str], authority: Doc) -> str:
    """Whether the named money is one of `accounts`; money unsaid, whether one of its own funds is."""
    stated = case.stated("account")[0]
    if stated == UNKNOWN:
        return letters.P
    if stated is not None:
        return case.library.taxonomy.membership(stated, accounts)
    for fund in listed(authority.get("funds")):
        if fund.get("not") or not case.in_force(fund, authority, case.day_of(fund)):
            continue
        if any(case.library.taxonomy.is_below(account, accounts) for account in listed(fund.get("account"))):
            return letters.T
    return letters.F


def beaten(limit: str, authority: Doc) -> bool:
    """Whether the authority holds notwithstanding this limit."""
    spec = authority.get("notwithstanding")
    return (spec == "all" or limit in listed(spec)) and limit not in listed(authority.get("but_not"))


def barred_under(case: Case, names: list[str], doc: Doc, goal: bool, label: Label) -> Node:
    """True where a limit with one of the names, or reaching one of them, has a bar true of this line."""
    kids = []
    for name, limit in case.library.limits.items():
        if limit is doc or not any(_answers_to(name, limit, wanted) for wanted in names):
            continue
        for entry in limit.get("bars") or ():
            found = provisions.bar(case, entry, limit, goal)
            if found is not None:
                kids.append(found)
    return any_of(goal, kids, label)


def _answers_to(limit_id: str, limit: Doc, wanted: str) -> bool:
    spec = limit["reaches"]
    return limit_id == wanted or wanted in listed(spec.get("tags")) or wanted in listed(spec.get("authorities"))
