"""What must hold across files before a library may be used: references, lives, openers, presumptions, circles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rules import conditions as c
from rules._value_uses import misfit, uses
from rules.faults import Fault, Place, nearest
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import Bar, Cap, Definition, Duty, Fund, Grant, LawFile, Life, Provision

if TYPE_CHECKING:
    from rules.building import Sources


def check(library: Library, sources: Sources) -> list[Fault]:
    """Every fault of reference or meaning in a library whose files each parse."""
    checker = _Checker(library)
    for doc in sources.vocabulary:
        for id_ in doc.data.get("facts", {}):
            checker.fact(id_, doc.place(("facts", id_)))
    for file in library.files():
        checker.file(file)
    for doc in sources.interpretations:
        for i, one in enumerate(doc.data.get("interpretations", ())):
            if one["question"] not in library.questions:
                place = doc.place(("interpretations", i, "question"))
                checker.unknown(place, "question", one["question"], library.questions)
    return checker.faults


class _Checker:
    def __init__(self, library: Library):
        self.library = library
        self.faults: list[Fault] = []
        self.named = {d.id for f in library.definitions.values() for d in f.definitions}

    def place(self, provision: Provision, key: str = "") -> Place:
        file = next(f for f in self.library.files() if f.id == provision.file)
        return Place(file.path, provision.line or None, f"{provision.id}.{key}" if key else provision.id)

    def unknown(self, place: Place, kind: str, found: str, choices: Iterable[str]) -> None:
        self.faults.append(
            Fault(
                place,
                f"the {kind} '{found}'",
                f"a {kind} of the library",
                nearest(found, choices),
                f"unknown-{kind}",
            )
        )

    def fact(self, id_: str, place: Place) -> None:
        facts, terms = self.library.vocabulary.facts, self.library.vocabulary.terms
        fact = facts[id_]
        for other in (*fact.source, *((fact.keyed_by,) if fact.keyed_by else ())):
            if other not in facts:
                self.unknown(place, "fact", other, facts)
        if fact.of is not None and fact.of not in terms:
            self.unknown(place, "term", fact.of, terms)
        if fact.table is not None and fact.table not in self.library.tables:
            self.unknown(place, "table", fact.table, self.library.tables)

    def file(self, file: LawFile) -> None:
        seen: dict[str, Provision] = {}
        for provision in file.provisions():
            first = seen.setdefault(provision.id, provision)
            if first is not provision and not (
                isinstance(provision, Definition)
                and isinstance(first, Definition)
                and _apart(first.life, provision.life)
            ):
                self.faults.append(
                    Fault(
                        self.place(provision),
                        f"the id '{provision.id}' a second time",
                        f"an id of its own: line {first.line} has it",
                        "",
                        "duplicate-id",
                    )
                )
            for key in provision.defeats:
                self.defeats(provision, key)
        for _, key, condition, provision in all_conditions(file):
            self.condition(file, provision, key, condition)
        for provision in file.provisions():
            self.values(file, provision)
        judged = (*self.library.authorities, *self.library.limits)
        for case in file.cases:
            if (case.under or file.id) not in judged:
                place = Place(file.path, case.line, f"cases '{case.name}'")
                self.unknown(place, "authority", case.under or file.id, judged)
        for name in (
            *file.reach.authorities,
            *file.reach_except.authorities,
            *file.replaces,
            *file.replaced_by,
        ):
            if name not in self.library.authorities:
                self.unknown(Place(file.path, None, name), "authority", name, self.library.authorities)
        for name in (*(file.notwithstanding or ()), *file.but_not):
            if name != "all" and name not in self.library.limits:
                self.unknown(Place(file.path, None, name), "limit", name, self.library.limits)
        if file.kind == "limit" and not (
            file.reach.everything or file.reach.tags or file.reach.authorities or file.reach.accounts
        ):
            self.faults.append(Fault(Place(file.path, 1, "reaches"), "a limit that reaches nothing", "what it reaches"))

    def defeats(self, provision: Provision, key: str) -> None:
        limit, _, bar = key.partition(".")
        if limit not in self.library.limits:
            self.unknown(self.place(provision, "defeats"), "limit", limit, self.library.limits)
        elif bar not in {b.id for b in self.library.limits[limit].bars}:
            self.unknown(self.place(provision, "defeats"), "bar", bar, (b.id for b in self.library.limits[limit].bars))

    def condition(self, file: LawFile, provision: Provision, key: str, condition: c.Condition) -> None:
        place = self.place(provision, key)
        facts = self.library.vocabulary.facts
        own = {d.id for d in file.definitions}
        for one in c.walk(condition):
            match one:
                case c.Satisfies(names):
                    for name in names:
                        if name not in self.named | own:
                            self.unknown(place, "definition", name, self.named | own)
                        else:
                            self.defined(file, provision, name, place)
                case c.Question(id_):
                    if id_ not in self.library.questions:
                        self.unknown(place, "question", id_, self.library.questions)
                case c.GrantHolds(id_):
                    if id_ not in {g.id for g in file.grants}:
                        self.unknown(place, "grant", id_, (g.id for g in file.grants))
                    elif isinstance(provision, Grant):
                        self.faults.append(
                            Fault(
                                place,
                                "a grant that tests a grant",
                                "`grant` in bars, caps, duties and funds",
                                "",
                                "cycle",
                            )
                        )
                case c.BarredUnder(targets):
                    self.targets(file, targets, place)
                case c.OneOf(fact, _) | c.Equals(fact, _) | c.Bounded(fact, _):
                    hoped = isinstance(provision, Grant) or key == "unless"
                    if hoped and facts[fact].presume is not None:
                        self.faults.append(
                            Fault(
                                place,
                                f"the presumed fact '{fact}' in {'a grant' if key != 'unless' else 'an unless'}",
                                "presumed facts only in bars, caps, duties and funds",
                                "",
                                "presumed-in-grant",
                            )
                        )
        if isinstance(provision, Definition) and provision.otherwise is not None:
            if provision.otherwise not in self.library.questions:
                self.unknown(
                    self.place(provision, "otherwise"),
                    "question",
                    provision.otherwise,
                    self.library.questions,
                )

    def targets(self, file: LawFile, targets: tuple[str, ...], place: Place) -> None:
        if file.kind == "limit":
            self.faults.append(
                Fault(
                    place,
                    "`barred under` in a limit",
                    "it only in authorities, so that nothing is circular",
                    "",
                    "cycle",
                )
            )
        tags = {t for f in self.library.authorities.values() for t in f.tags}
        tags |= {t for f in self.library.limits.values() for t in f.reach.tags}
        known = {*self.library.limits, *self.library.authorities, *tags}
        for target in targets:
            if target not in known:
                self.unknown(place, "limit or tag", target, known)

    def defined(self, file: LawFile, provision: Provision, name: str, place: Place) -> None:
        """A definition must be in force for the whole life of what uses it, and not use itself."""
        lives = [d.life for d in file.definitions if d.id == name]
        if not lives:
            lives = [d.life for f in self.library.definitions.values() for d in f.definitions if d.id == name]
        gap = _gap(provision.life, lives)
        if gap is not None:
            self.faults.append(
                Fault(
                    place,
                    f"the definition '{name}', not in force on {gap}",
                    f"one that covers the life of {provision.id}",
                    "",
                    "uncovered",
                )
            )
        if isinstance(provision, Definition) and self.reaches_itself(file, provision.id, name, set()):
            self.faults.append(
                Fault(
                    place,
                    f"the definition '{provision.id}' inside itself",
                    "definitions without circles",
                    "",
                    "cycle",
                )
            )

    def reaches_itself(self, file: LawFile, goal: str, name: str, seen: set[str]) -> bool:
        if name == goal:
            return True
        if name in seen:
            return False
        seen.add(name)
        for owner in (file, *self.library.definitions.values()):
            for _, _, condition, provision in all_conditions(owner):
                if isinstance(provision, Definition) and provision.id == name:
                    for one in c.walk(condition):
                        if isinstance(one, c.Satisfies) and any(
                            self.reaches_itself(owner, goal, n, seen) for n in one.names
                        ):
                            return True
        return False

    def values(self, file: LawFile, provision: Provision) -> None:
        """A dated value must exist, be what it is used as, and cover the life of each provision that uses it."""
        wanted = {(ref, kind) for ref, kind in uses(provision, _conditions(provision))}
        for ref in value_refs(provision):
            owner: LawFile | None = file
            if ref.file is not None:
                owner = next((f for f in self.library.files() if f.id == ref.file), None)
            if owner is None:
                self.unknown(self.place(provision), "file", ref.file or "", (f.id for f in self.library.files()))
                continue
            entries = owner.values.get(ref.name)
            if not entries:
                self.unknown(self.place(provision), "value", ref.name, owner.values)
                continue
            for kind in sorted(kind for one, kind in wanted if one == ref):
                if any(misfit(entry, kind) for entry in entries):
                    found = f"the value '{ref.name}', which is not always {kind}"
                    self.faults.append(Fault(self.place(provision), found, f"a value that is {kind} on every day"))
            if any(e.life.fund_years is not None for e in entries):
                continue
            lives = [e.life for e in entries]
            merged = [
                Life(life.since, life.law, life.until or (lives[i + 1].since if i + 1 < len(lives) else None))
                for i, life in enumerate(lives)
            ]
            gap = _gap(provision.life, merged)
            if gap is not None:
                self.faults.append(
                    Fault(
                        self.place(provision),
                        f"the value '{ref.name}', not known on {gap}",
                        f"a value that covers the life of {provision.id}",
                        "",
                        "uncovered",
                    )
                )


def value_refs(provision: Provision) -> list[c.ValueRef]:
    """Every dated value a provision uses."""
    refs: list[c.ValueRef] = []
    for condition in _conditions(provision):
        for one in c.walk(condition):
            if isinstance(one, c.OneOf) and isinstance(one.members, c.ValueRef):
                refs.append(one.members)
            elif isinstance(one, c.Equals) and isinstance(one.value, c.ValueRef):
                refs.append(one.value)
            elif isinstance(one, c.Bounded):
                refs += [operand for _, operand in one.bounds if isinstance(operand, c.ValueRef)]
    if isinstance(provision, Cap) and isinstance(provision.amount, c.ValueRef):
        refs.append(provision.amount)
    if isinstance(provision, Fund) and isinstance(provision.end_by_years, c.ValueRef):
        refs.append(provision.end_by_years)
    return refs


def _conditions(provision: Provision) -> list[c.Condition]:
    """Every condition of a provision."""
    conditions = [provision.when]
    if isinstance(provision, (Bar, Duty)) and provision.unless is not None:
        conditions.append(provision.unless)
    if isinstance(provision, Duty):
        conditions += [content.when for content in provision.contents]
    if isinstance(provision, Definition):
        conditions += [part for part in (provision.inside, provision.outside) if part is not None]
    return conditions


def _apart(one: Life, other: Life) -> bool:
    first, second = sorted((one, other), key=lambda life: life.since)
    return first.until is not None and first.until <= second.since


def _gap(life: Life, covers: list[Life]) -> date | None:
    """The first day of ``life`` that no life in ``covers`` holds."""
    if life.fund_years is not None:
        return None
    day = life.since
    for one in sorted(covers, key=lambda each: each.since):
        if one.since > day:
            return day
        if one.until is None:
            return None
        day = max(day, one.until)
    return None if life.until is not None and day >= life.until else day
