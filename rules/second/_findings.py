"""One authority on one line: letters up to grants, bars and money."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rules.second import _conditions as conditions
from rules.second import _facts as facts
from rules.second import _funds as funds
from rules.second import _letters as letters
from rules.second import _provisions as provisions
from rules.second import _reach as reach
from rules.second._case import REFUSED, Case
from rules.second._node import Node, all_of, any_of, negation
from rules.second._plain import Doc, listed
from rules.second._verdict import AUTHORITY, Standing

GRANT, BAR, DUTY, CAP, FUND, BREACH = "grant", "bar", "duty", "cap", "fund", "breached duty"


class Parts(NamedTuple):
    """The provisions of one file on one line, by id, without regard to whom it reaches.

    `due` and `breached` are ids of duties; `defeats` are scopes, hoped true, in which a `file.bar` yields.
    """

    bars: Mapping[str, Node]
    duties: Mapping[str, Node]
    due: frozenset[str]
    breached: frozenset[str]
    caps: Mapping[str, Node]
    funds: funds.FundRule
    defeats: Mapping[str, list[Node]]

    def roots(self) -> list[Node]:
        """Every top node."""
        return [*self.bars.values(), *self.duties.values(), *self.caps.values(), *self.funds.fails]


class Assembly:
    """What is found for one authority, limit or fund.

    `entries`: (id, what it is, node) of every provision read. `units` are the limits' own trees, by limit
    id, and `top` the rest.
    """

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, Node]] = []
        self.outstanding: list[str] = []
        self.bars: list[Node] = []
        self.money: list[Node] = []
        self.needed: tuple[str, ...] = ()
        self.wrong_account = self.otherwise_wrong = False
        self.units: dict[str, list[Node]] = {}
        self.top: list[Node] = []
        self.standing = Standing(AUTHORITY, False, letters.F, letters.F, letters.F, False, False)

    def add(self, name: str, kind: str, node: Node) -> None:
        """Takes in a provision."""
        self.entries.append((name, kind, node))


def parts(case: Case, doc: Doc) -> Parts:
    """The provisions of a file in force."""
    key = id(doc)
    if key not in case.parts:
        case.parts[key] = _parts(case, doc)
    found: Parts = case.parts[key]
    return found


def _parts(case: Case, doc: Doc) -> Parts:
    bars, duties, caps, status = {}, {}, {}, {}
    for entry in doc.get("bars") or ():
        if (node := provisions.bar(case, entry, doc)) is not None:
            bars[entry["id"]] = node
    for entry in doc.get("duties") or ():
        if (node := provisions.bar(case, entry, doc)) is not None:
            duties[entry["id"]] = node
            status[entry["id"]] = (entry, provisions.duty_status(case, entry))
    for entry in doc.get("caps") or ():
        if (node := provisions.cap(case, entry, doc)) is not None:
            caps[entry["id"]] = node
    return Parts(
        bars=bars,
        duties=duties,
        due=frozenset(key for key, (duty, said) in status.items() if provisions.is_outstanding(duty, said)),
        breached=frozenset(key for key, (_, said) in status.items() if said in (REFUSED, provisions.LATE)),
        caps=caps,
        funds=funds.fund_rule(case, doc),
        defeats=_defeaters(case, doc),
    )


def _defeaters(case: Case, doc: Doc) -> dict[str, list[Node]]:
    """`limit.bar` -> the scopes of the file's provisions that defeat it, hoped true."""
    found: dict[str, list[Node]] = {}
    for kind in ("grants", "bars", "duties", "caps", "funds"):
        for entry in doc.get(kind) or ():
            for target in entry.get("defeats") or ():
                scope = conditions.provision(case, entry, doc, True, "/defeats")
                if scope is not None:
                    found.setdefault(target, []).append(scope)
    return found


def grants(case: Case, doc: Doc) -> list[tuple[str, Node]]:
    """The grants of an authority in force."""
    read = ((entry["id"], conditions.provision(case, entry, doc, True)) for entry in listed(doc.get("grants")))
    return [(name, node) for name, node in read if node is not None]


def shut(case: Case, name: str) -> bool:
    """Whether every grant of an authority names kinds of support that are not the line's: all of them fail."""
    kept = case.library.outlines.get(name)
    said = facts.sought(case, "element", case.day) if kept and kept.elements is not None else None
    if kept is None or kept.elements is None or not isinstance(said, str):
        return False
    return case.library.taxonomy.membership(said, kept.elements) == letters.F


def granted(case: Case, doc: Doc) -> Node:
    """Whether any grant of an authority holds."""
    return any_of(True, [node for _, node in grants(case, doc)], (doc.get("id"), ": grants"))


def authority(case: Case, doc: Doc, asked: bool) -> Assembly:
    """All that bears on one authority; no more than its grants where they fail and it is not asked about."""
    found, name = Assembly(), str(doc.get("id"))
    given, hoped = grants(case, doc), granted(case, doc)
    for key, node in given:
        found.add(key, GRANT, node)
    standing = Standing(AUTHORITY, bool(given), hoped.letter, letters.F, letters.F, asked, False)
    if hoped.letter == letters.F and not asked:
        found.standing = standing
        return found
    limits = list(reaching(case, doc))
    defeats = _defeats(case, doc, limits)
    _take(found, parts(case, doc), "", None, name, defeats)
    for limit, node in limits:
        limit_id = str(limit.get("id"))
        whole = parts(case, limit)
        found.units[limit_id] = whole.roots()
        _take(found, whole, f"{limit_id}.", None if node.letter == letters.T else node, name, defeats)
    barred = any_of(False, found.bars, (name, ": bars"))
    money = any_of(False, found.money, (name, ": money"))
    found.top = [hoped, barred, money]
    due = bool(found.outstanding or found.needed)
    found.standing = standing._replace(bars=barred.letter, money=money.letter, due=due)
    return found


def reaching(case: Case, doc: Doc) -> Iterator[tuple[Doc, Node]]:
    """The limits that reach, or may reach, an authority, each with that node."""
    for name, limit in case.library.limits.items():
        if not reach.beaten(name, doc):
            node = reach.reach(case, limit, doc)
            if node.letter != letters.F:
                yield limit, node


def _defeats(case: Case, doc: Doc, limits: list[tuple[Doc, Node]]) -> dict[str, list[Node]]:
    found = {target: list(scopes) for target, scopes in parts(case, doc).defeats.items()}
    for limit, _ in limits:
        for target, scopes in parts(case, limit).defeats.items():
            reached = reach.reach(case, limit, doc, goal=True)
            found.setdefault(target, []).extend(
                all_of(True, [reached, scope], (scope.label, " for ", doc.get("id"))) for scope in scopes
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
        return node if reached is None else all_of(False, [reached, node], (node.label, " for ", name))

    for key, node in whole.bars.items():
        full = prefix + key if prefix else f"{name}.{key}"
        kids = ([reached] if reached else []) + [node]
        if full in defeats:
            kids.append(negation(any_of(True, defeats[full], f"{full}: defeated"), f"{full}: not defeated"))
        bar = node if len(kids) == 1 else all_of(False, kids, f"{full} for {name}")
        found.add(prefix + key, BAR, bar)
        found.bars.append(bar)
    for key, node in whole.duties.items():
        duty = effective(node)
        found.add(prefix + key, BREACH if key in whole.breached else DUTY, duty)
        if key in whole.breached:
            found.bars.append(duty)
        elif key in whole.due and duty.letter != letters.F:
            found.outstanding.append(prefix + key)
    for key, node in whole.caps.items():
        cap = effective(node)
        found.add(prefix + key, CAP, cap)
        found.money.append(cap)
        found.otherwise_wrong = found.otherwise_wrong or cap.letter == letters.T
    for key, node in whole.funds.nodes.items():
        found.add(prefix + key, FUND, node)
    found.money.extend(effective(node) for node in whole.funds.fails)
    found.needed += tuple(prefix + key for key in whole.funds.needed)
    if reached is None:
        found.wrong_account = found.wrong_account or whole.funds.wrong_account
        found.otherwise_wrong = found.otherwise_wrong or whole.funds.otherwise_wrong


def limits_of_line(case: Case) -> list[Node]:
    """The bars of every limit that reaches everything, or the named money."""
    value = facts.sought(case, "account", case.day)
    account = value if isinstance(value, str) else None
    found: list[Node] = []
    for limit in case.library.limits.values():
        if _reaches_line(case, limit["reaches"], account) and not _reaches_line(
            case, limit.get("except") or {}, account
        ):
            found.extend(parts(case, limit).bars.values())
    return found


def _reaches_line(case: Case, spec: Doc, account: str | None) -> bool:
    accounts = listed(spec.get("accounts"))
    return bool(spec.get("everything")) or (account is not None and case.library.taxonomy.is_below(account, accounts))
