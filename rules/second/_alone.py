"""A limit, or a fund of an authority, asked alone: only whether it bars."""

from rules.second import _funds as funds
from rules.second import _letters as letters
from rules.second._case import Case
from rules.second._errors import SecondOpinionError
from rules.second._findings import BAR, BREACH, CAP, FUND, Assembly, parts
from rules.second._node import Node, any_of, negation
from rules.second._plain import Doc
from rules.second._verdict import ALONE, Standing


def alone(case: Case, asked: str) -> Assembly:
    """What is found for the limit `asked`, or for the fund `file.fund`."""
    library, found = case.library, Assembly()
    if asked in library.limits:
        nodes = _limit(case, found, library.limits[asked])
    elif "." in asked:
        nodes = _fund(case, found, asked)
    else:
        raise SecondOpinionError(f"{asked!r} is no authority, limit or fund of the library")
    top = any_of(False, nodes, f"{asked}: bars")
    found.top = [top]
    found.standing = Standing(ALONE, True, letters.T, top.letter, letters.F, True, False)
    return found


def _limit(case: Case, found: Assembly, limit: Doc) -> list[Node]:
    whole = parts(case, limit)
    for kind, nodes in ((BAR, whole.bars), (CAP, whole.caps)):
        for name, node in nodes.items():
            found.add(name, kind, node)
    for name in sorted(whole.breached):
        found.add(name, BREACH, whole.duties[name])
    bars = [node for _, _, node in found.entries]
    for name, node in whole.funds.nodes.items():
        found.add(name, FUND, node)
    return bars + whole.funds.fails


def _fund(case: Case, found: Assembly, asked: str) -> list[Node]:
    file, _, fund = asked.partition(".")
    node = funds.fund_rule(case, case.library.file(file)).nodes.get(fund)
    if node is None:
        return []
    found.add(asked, FUND, node)
    return [negation(node, f"{asked} will not do") if node.goal else node]
