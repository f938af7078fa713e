"""From the YAML of one authority, limit or definitions file to a :class:`LawFile`, collecting faults.

The JSON Schema has already settled keys and plain types; this parser settles meaning: words, dates, lives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from rules.conditions import TRUE, Condition, Parser, Path, ValueRef
from rules.faults import nearest
from rules.provisions import (
    Bar,
    Cap,
    Case,
    Content,
    Definition,
    Duty,
    Fund,
    Grant,
    LawFile,
    LawRef,
    Life,
    Provision,
    Reach,
    Remark,
    Unchanged,
    ValueEntry,
    Years,
)

Kind = Literal["authority", "limit", "definitions"]


class LawFileParser:
    """Reads one file. ``laws`` gives each Public Law its day; ``parser`` knows the words and collects faults."""

    def __init__(self, data: Mapping[str, Any], path: str, kind: Kind, laws: Mapping[str, date], parser: Parser):
        self.data, self.path, self.kind, self.laws, self.parser = data, path, kind, laws, parser
        self.id = str(data.get("id", ""))
        self.law = self.law_ref(data.get("law"), ("law",))
        self.force = str(data.get("force", "statute"))
        self.basis = _basis(data.get("basis"))

    def parse(self) -> LawFile:
        """The whole file."""
        data = self.data
        notwithstanding = data.get("notwithstanding")
        return LawFile(
            id=self.id,
            kind=self.kind,
            title=str(data.get("title", "")),
            short=str(data.get("short", data.get("title", ""))),
            statute=str(data.get("statute", "")),
            path=self.path,
            holder=str(data.get("holder", "")),
            force=self.force,
            basis=self.basis,
            tags=frozenset(data.get("tags", ())),
            replaces=tuple(data.get("replaces", ())),
            replaced_by=tuple(data.get("replaced_by", ())),
            reach=_reach(data.get("reaches", {})),
            reach_except=_reach(data.get("except", {})),
            notwithstanding=None if notwithstanding is None else _names(notwithstanding),
            but_not=_names(data.get("but_not", ())),
            values={name: self.value(name, entries) for name, entries in data.get("values", {}).items()},
            grants=tuple(Grant(**common) for _, _, common in self.each("grants")),
            bars=tuple(self.bar(raw, at, common) for raw, at, common in self.each("bars")),
            duties=tuple(self.duty(raw, at, common) for raw, at, common in self.each("duties")),
            caps=tuple(self.cap(raw, at, common) for raw, at, common in self.each("caps")),
            funds=tuple(self.fund(raw, at, common) for raw, at, common in self.each("funds")),
            definitions=tuple(self.definition(raw, at, common) for raw, at, common in self.each("definitions")),
            notes=tuple(self.remark("notes", i, raw) for i, raw in enumerate(data.get("notes", ()))),
            left_out=tuple(self.remark("left_out", i, raw) for i, raw in enumerate(data.get("left_out", ()))),
            unchanged=tuple(
                Unchanged(str(raw["cite"]), tuple(raw["between"]), str(raw["why"])) for raw in data.get("unchanged", ())
            ),
            cases=tuple(self.case(i, raw) for i, raw in enumerate(data.get("cases", ()))),
        )

    def each(self, section: str) -> list[tuple[Mapping[str, Any], Path, dict[str, Any]]]:
        """Every raw provision of a section, its path, and the fields all provisions share."""
        return [
            (raw, (section, i), self.common(raw, (section, i), duty=section == "duties"))
            for i, raw in enumerate(self.data.get(section, ()))
        ]

    def common(self, raw: Mapping[str, Any], at: Path, *, duty: bool) -> dict[str, Any]:
        """The fields every provision has, inherited from the file where unsaid."""
        when = raw.get("when")
        return {
            "id": str(raw.get("id", "")),
            "file": self.id,
            "cite": str(raw.get("cite", "")),
            "gist": str(raw.get("gist", "")),
            "life": self.life(raw, at),
            "when": TRUE if when is None else self.parser.condition(when, (*at, "when"), acts=duty),
            "force": str(raw.get("force", self.force)),
            "basis": _basis(raw["basis"]) if "basis" in raw else self.basis,
            "defeats": tuple(raw.get("defeats", ())),
            "line": self.parser.place(at).line or 0,
        }

    def law_ref(self, raw: Any, at: Path) -> LawRef | None:
        """A Public Law reference, known to the register of laws."""
        if not isinstance(raw, Mapping):
            return None
        number = str(raw.get("public_law", ""))
        if number not in self.laws:
            self.parser.fault(
                (*at, "public_law"),
                f"'{number}'",
                "a Public Law that laws.yaml gives a day",
                nearest(number, self.laws),
            )
        return LawRef(number, str(raw.get("section", "")))

    def life(self, raw: Mapping[str, Any], at: Path) -> Life:
        """From when to when these words are law."""
        law = self.law_ref(raw["law"], (*at, "law")) if "law" in raw else self.law
        ended_by = self.law_ref(raw.get("ended_by"), (*at, "ended_by"))
        since = raw.get("since")
        if since is None:
            since = self.laws.get(law.public_law) if law else None
        if since is None and law is not None:
            return Life(date.min, law)
        if since is None:
            self.parser.fault(at, "no day", "`since`, or a `law` with a day")
            since = date.min
        until = raw.get("until")
        if until is not None and until <= since:
            self.parser.fault((*at, "until"), str(until), f"a day after {since}, when it begins")
        if ended_by is not None and until is None:
            self.parser.fault(at, "`ended_by` without `until`", "both, or neither")
        years = raw.get("fund_years")
        return Life(
            since,
            law,
            until,
            ended_by,
            raw.get("on", "date"),
            None if years is None else Years(years.get("from"), years.get("to")),
        )

    def unless(self, raw: Mapping[str, Any], at: Path) -> Condition | None:
        """The exception or relief of a bar or duty."""
        if "unless" not in raw:
            return None
        return self.parser.condition(raw["unless"], (*at, "unless"), acts=True)

    def bar(self, raw: Mapping[str, Any], at: Path, common: dict[str, Any]) -> Bar:
        """A bar."""
        return Bar(**common, unless=self.unless(raw, at))

    def duty(self, raw: Mapping[str, Any], at: Path, common: dict[str, Any]) -> Duty:
        """A duty; `before` is the default direction and `start` the default event."""
        act = str(raw.get("act", ""))
        if act not in self.parser.vocabulary.acts:
            self.parser.fault((*at, "act"), f"act '{act}'", "a declared act", nearest(act, self.parser.vocabulary.acts))
        direction: Literal["before", "after"] = "after" if "after" in raw else "before"
        contents = tuple(
            Content(
                str(one.get("cite", "")),
                str(one.get("gist", "")),
                self.parser.condition(one["when"], (*at, "contents", i, "when")) if "when" in one else TRUE,
            )
            for i, one in enumerate(raw.get("contents", ()))
        )
        return Duty(
            **common,
            act=act,
            direction=direction,
            event=raw.get(direction, "start"),
            days=raw.get("days", 0),
            months=raw.get("months", 0),
            hours=raw.get("hours", 0),
            recurring=raw.get("recurring", False),
            contents=contents,
            unless=self.unless(raw, at),
        )

    def amount(self, raw: Any, at: Path) -> int | ValueRef:
        """A whole number or a dated value."""
        if isinstance(raw, Mapping):
            return self.parser.value_ref(raw, at)
        return int(raw)

    def cap(self, raw: Mapping[str, Any], at: Path, common: dict[str, Any]) -> Cap:
        """A cap."""
        for key in ("counts", "used"):
            name = raw.get(key)
            facts = self.parser.vocabulary.facts
            if name is not None and (name not in facts or facts[name].type not in ("money", "count", "years")):
                self.parser.fault((*at, key), f"fact '{name}'", "a declared amount or count", nearest(name, facts))
        return Cap(
            **common,
            counts=str(raw.get("counts", "cost")),
            amount=self.amount(raw.get("amount", 0), (*at, "amount")),
            per=str(raw.get("per", "element")),
            used=raw.get("used"),
            group=raw.get("group"),
        )

    def fund(self, raw: Mapping[str, Any], at: Path, common: dict[str, Any]) -> Fund:
        """A rule about which money may pay."""
        accounts = _names(raw.get("account", ()))
        fact = self.parser.vocabulary.facts.get("account")
        if fact is not None:
            for name in accounts:
                self.parser.term(name, fact, (*at, "account"))
        end_by = raw.get("end_by")
        return Fund(
            **common,
            accounts=accounts,
            only=raw.get("only", False),
            never=raw.get("not", False),
            begin_in_fund_year="begin_in" in raw,
            end_by_years=None if end_by is None else self.amount(end_by["years_after"], (*at, "end_by", "years_after")),
        )

    def definition(self, raw: Mapping[str, Any], at: Path, common: dict[str, Any]) -> Definition:
        """A named condition, plain or in three parts."""
        return Definition(
            **common,
            inside=self.parser.condition(raw["inside"], (*at, "inside")) if "inside" in raw else None,
            outside=self.parser.condition(raw["outside"], (*at, "outside")) if "outside" in raw else None,
            otherwise=raw["otherwise"]["question"] if "otherwise" in raw else None,
        )

    def value(self, name: str, entries: Sequence[Mapping[str, Any]]) -> tuple[ValueEntry, ...]:
        """The dated states of a value, in order; each ends where the next begins."""
        out: list[ValueEntry] = []
        for i, raw in enumerate(entries):
            at: Path = ("values", name, i)
            life = self.life(raw, at)
            is_ = raw.get("is")
            if isinstance(is_, str) or (isinstance(is_, Sequence) and not isinstance(is_, str)):
                is_ = _names(is_)
            entry = ValueEntry(
                life,
                str(raw.get("cite", "")),
                is_,
                _names(raw.get("adds", ())),
                _names(raw.get("removes", ())),
            )
            if out and life.fund_years is None and life.since <= out[-1].life.since:
                self.parser.fault(at, str(life.since), f"a day after {out[-1].life.since}, the entry before")
            out.append(entry)
        return tuple(out)

    def remark(self, section: str, index: int, raw: Mapping[str, Any]) -> Remark:
        """A note or a paragraph left out."""
        life = self.life(raw, (section, index))
        return Remark(str(raw["cite"]), str(raw.get("gist", "")), str(raw.get("reason", "")), life)

    def case(self, index: int, raw: Mapping[str, Any]) -> Case:
        """An example; its facts are checked when it is expanded like any proposal."""
        return Case(
            name=str(raw["name"]),
            date=raw["date"],
            given=raw.get("given", {}),
            verdict=str(raw["verdict"]),
            because=_names(raw.get("because", ())),
            not_because=_names(raw.get("not_because", ())),
            follows=_names(raw.get("follows", ())),
            not_follows=_names(raw.get("not_follows", ())),
            under=raw.get("under"),
            strict=raw.get("strict", False),
            known=raw.get("known"),
            paragraph=str(raw.get("paragraph", "")),
            line=self.parser.place(("cases", index)).line or 0,
            confirmed=raw.get("confirmed", True),
        )


def _names(raw: Any) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _basis(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return f"secondary: {raw.get('secondary', '')}"
    return str(raw or "text")


def _reach(raw: Mapping[str, Any]) -> Reach:
    return Reach(
        frozenset(_names(raw.get("authorities", ()))),
        frozenset(_names(raw.get("tags", ()))),
        _names(raw.get("accounts", ())),
        bool(raw.get("everything", False)),
    )


def all_conditions(file: LawFile) -> list[tuple[str, str, Condition, Provision]]:
    """Every condition of a file with the provision's id and the key it stands under."""
    out: list[tuple[str, str, Condition, Provision]] = []
    for provision in file.provisions():
        out.append((provision.id, "when", provision.when, provision))
        unless = getattr(provision, "unless", None)
        if unless is not None:
            out.append((provision.id, "unless", unless, provision))
        if isinstance(provision, Definition):
            for key in ("inside", "outside"):
                part = getattr(provision, key)
                if part is not None:
                    out.append((provision.id, key, part, provision))
    return out
