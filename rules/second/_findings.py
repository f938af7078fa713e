"""One authority (or a limit, account, fund alone) on one line: letters up to grants, bars and money."""

from collections.abc import Mapping
from typing import NamedTuple

from rules.second import _conditions as conditions
from rules.second import _facts as facts
from rules.second import _funds as funds
from rules.second import _letters as letters
from rules.second import _provisions as provisions
from rules.second import _reach as reach
from rules.second._case import REFUSED, Case
from rules.second._errors import SecondOpinionError
from rules.second._library import Doc, listed
from rules.second._node import Node, all_of, any_of, negation
from rules.second._verdict import ALONE, AUTHORITY, Standing


class Parts(NamedTuple):
    """The provisions of one file on one line, by id.

    `due` and `breached` are ids of duties; `defeats` are scopes, hoped true, in which a `file.bar` yields.
    """

    bars: dict[str, Node]
    duties: dict[str, Node]
    due: frozenset[str]
    breached: frozenset[str]
    caps: dict[str, Node]
    funds: funds.FundRule
    defeats: Mapping[str, list[Node]]

    def roots(self) -> list[Node]:
        """Every top node."""
        return [*self.bars.values(), *self.duties.values(), *self.caps.values(), *self.funds.fails]


class Assembly:
    """What is found for one authority. `units` are the limits' own trees, by limit id, and `top` the rest."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        self.outstanding: list[str] = []
        self.bars: list[Node] = []
        self.money: list[Node] = []
        self.cap_barred = self.needs_only = self.other_money = False
        self.units: dict[str, list[Node]] = {}
        self.top: list[Node] = []
        self.standing: Standing | None = None


def parts(case: Case, doc: Doc) -> Parts:
    """The provisions of a file in force, without regard to whom it reaches."""
    key = id(doc)
    if key not in case.parts:
        case.parts[key] = _parts(case, doc)
    found: Parts = case.parts[key]
    return found


def _parts(case: Case, doc: Doc) -> Parts:
    bars = {entry["id"]: provisions.bar(case, entry, doc) for entry in listed(doc.get("bars"))}
    duties = {entry["id"]: provisions.bar(case, entry, doc) for entry in listed(doc.get("duties"))}
    caps = {entry["id"]: provisions.cap(case, entry, doc) for entry in listed(doc.get("caps"))}
    live = [entry for entry in listed(doc.get("duties")) if duties[entry["id"]] is not None]
    stopped = (REFUSED, provisions.LATE)
    return Parts(
        bars={name: node for name, node in bars.items() if node},
        duties={name: node for name, node in duties.items() if node},
        due=frozenset(entry["id"] for entry in live if provisions.is_outstanding(case, entry)),
        breached=frozenset(entry["id"] for entry in live if provisions.duty_status(case, entry) in stopped),
        caps={name: node for name, node in caps.items() if node},
        funds=funds.fund_rule(case, doc),
        defeats=provisions.defeaters(case, doc),
    )


def authority(case: Case, doc: Doc, asked: bool) -> Assembly:
    """All that bears on one authority."""
    found = Assembly()
    name = str(doc.get("id"))
    grants: list[Node] = []
    for entry in listed(doc.get("grants")):
        node = conditions.provision(case, entry, doc, True, provisions.name_of(entry, doc))
        if node is not None:
            grants.append(node)
            found.letters[entry["id"]] = node.letter
    limits = _reaching(case, doc)
    defeats = _defeats(case, doc, limits)
    _take(found, parts(case, doc), "", None, name, defeats)
    for limit, node in limits:
        limit_id = str(limit.get("id"))
        whole = parts(case, limit)
        found.units[limit_id] = whole.roots()
        _take(found, whole, f"{limit_id}.", None if node.letter == letters.T else node, name, defeats)
    hoped = any_of(True, grants, f"{name}: grants")
    barred = any_of(False, found.bars, f"{name}: bars")
    money = any_of(False, found.money, f"{name}: money")
    found.top = [hoped, barred, money]
    found.standing = Standing(
        kind=AUTHORITY,
        in_force=bool(grants),
        grants=hoped.letter,
        bars=barred.letter,
        money=money.letter,
        asked=asked,
        due=bool(found.outstanding) or found.needs_only,
    )
    return found


def _reaching(case: Case, doc: Doc) -> list[tuple[Doc, Node]]:
    limits = [
        (limit, reach.reach(case, limit, doc))
        for name, limit in case.library.limits.items()
        if not reach.beaten(name, doc)
    ]
    return [(limit, node) for limit, node in limits if node.letter != letters.F]


def _defeats(case: Case, doc: Doc, limits: list[tuple[Doc, Node]]) -> dict[str, list[Node]]:
    found = {target: list(scopes) for target, scopes in parts(case, doc).defeats.items()}
    for limit, _ in limits:
        for target, scopes in parts(case, limit).defeats.items():
            reached = reach.reach(case, limit, doc, goal=True)
            found.setdefault(target, []).extend(
                all_of(True, [reached, scope], f"{scope.label} for {doc.get('id')}") for scope in scopes
            )
    return found


def _take(
    found: Assembly,
    whole: Parts,
    prefix: str,
    reached: Node | None,
    name: str,
    defeats: dict[str, list[Node]],
) -> None:
    """Adds a file's provisions to what is found; `reached`: whether it reaches `name` (None: it does)."""

    def effective(node: Node) -> Node:
        return node if reached is None else all_of(False, [reached, node], f"{node.label} for {name}")

    for key, node in whole.bars.items():
        full = prefix + key if prefix else f"{name}.{key}"
        kids = ([reached] if reached else []) + [node]
        if full in defeats:
            kids.append(negation(any_of(True, defeats[full], f"{full}: defeated"), f"{full}: not defeated"))
        bar = node if len(kids) == 1 else all_of(False, kids, f"{full} for {name}")
        found.letters[prefix + key] = bar.letter
        found.bars.append(bar)
    for key, node in whole.duties.items():
        duty = effective(node)
        found.letters[prefix + key] = duty.letter
        if key in whole.breached:
            found.bars.append(duty)
        elif key in whole.due and duty.letter != letters.F:
            found.outstanding.append(prefix + key)
    for key, node in whole.caps.items():
        cap = effective(node)
        found.letters[prefix + key] = cap.letter
        found.money.append(cap)
        found.cap_barred = found.cap_barred or cap.letter == letters.T
    for key, node in whole.funds.nodes.items():
        found.letters[prefix + key] = node.letter
    found.money.extend(effective(node) for node in whole.funds.fails)
    found.needs_only = found.needs_only or whole.funds.needs_only
    found.other_money = found.other_money or whole.funds.other_money


def alone(case: Case, asked: str) -> Assembly:
    """A limit, an account or a fund (`file.fund`) asked alone: only whether it bars."""
    library, found = case.library, Assembly()
    if asked in library.limits:
        nodes = _bars_alone(found, parts(case, library.limits[asked]))
    elif asked in library.accounts:
        nodes = [node for _, node in limits_of_line(case, asked)]
    elif "." in asked:
        file, _, fund = asked.partition(".")
        node = funds.fund_rule(case, library.file(file)).nodes.get(fund)
        nodes = [] if node is None else [negation(node, f"{asked} will not do") if node.goal else node]
    else:
        raise SecondOpinionError(f"{asked!r} is no authority, limit, account or fund of the library")
    top = any_of(False, nodes, f"{asked}: bars")
    found.top = [top]
    found.standing = Standing(ALONE, True, letters.T, top.letter, letters.F, True, False)
    return found


def _bars_alone(found: Assembly, whole: Parts) -> list[Node]:
    found.letters.update(
        {key: node.letter for key, node in [*whole.bars.items(), *whole.duties.items(), *whole.caps.items()]}
    )
    breached = [whole.duties[key] for key in sorted(whole.breached)]
    return [*whole.bars.values(), *breached, *whole.caps.values(), *whole.funds.fails]


def limits_of_line(case: Case, account: str | None) -> list[tuple[Doc, Node]]:
    """(limit, bar) of every limit that reaches everything, or the named money."""
    found: list[tuple[Doc, Node]] = []
    for limit in case.library.limits.values():
        spec = limit.get("reaches") or {}
        if _reaches_line(case, spec, account) and not _reaches_line(case, limit.get("except") or {}, account):
            found.extend((limit, node) for node in parts(case, limit).bars.values())
    return found


def _reaches_line(case: Case, spec: Doc, account: str | None) -> bool:
    accounts = listed(spec.get("accounts"))
    return bool(spec.get("everything")) or (
        account is not None and case.library.taxonomy.is_below(account, accounts)
    )


def named_money(case: Case) -> str | None:
    """The account that the proposal names."""
    value = facts.sought(case, "account", case.day)
    return value if isinstance(value, str) else None
