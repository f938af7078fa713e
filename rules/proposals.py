"""From a proposal, as a planner writes it, to lines: one for each element and partner. Collects every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rules._frozen import dataclass
from rules.conditions import fits
from rules.derived import FIRST_YEAR, LAST_YEAR
from rules.faults import Fault, FaultsError, Place, clip, nearest
from rules.library import Library
from rules.lines import UNKNOWN, Batch, Line, Stated
from rules.reading import Document
from rules.versions import SCHEMA, older_proposal
from rules.vocabulary import Fact, fold

RESERVED = ("schema", "title", "elements", "acts")
ACT_STATES = ("done", "not yet", "refused")
_EXPECTED = {
    "boolean": "true or false",
    "money": "whole dollars in plain digits",
    "count": "a whole number",
    "years": "a number of years",
    "date": "a date, YYYY-MM-DD",
    "text": "text",
}


@dataclass(frozen=True)
class Proposal:
    """What a planner wants to do, as lines; ``labels`` name each line (element and partner)."""

    title: str
    lines: tuple[Line, ...]
    labels: tuple[tuple[str, str], ...]


def expand(library: Library, document: Document, *, today: date, day: date | None = None, group: int = 0) -> Proposal:
    """The lines of a proposal. ``day`` overrides its date. Raises :class:`FaultsError`."""
    return _Expansion(library, document, today, day, group).proposal()


class _Expansion:
    def __init__(self, library: Library, document: Document, today: date, day: date | None, group: int):
        self.library, self.document, self.today, self.day, self.group = library, document, today, day, group
        self.words = library.vocabulary
        self.faults: list[Fault] = []

    def fault(self, path: tuple[str | int, ...], found: str, expected: str, suggestion: str = "") -> None:
        self.faults.append(Fault(self.document.place(path), found, expected, suggestion))

    def proposal(self) -> Proposal:
        data = self.document.data
        if not isinstance(data, Mapping):
            raise FaultsError(
                [Fault(self.document.place(()), "no mapping", "a proposal: facts, and a list of elements")]
            )
        older = older_proposal(self.document)
        if older is not None:
            raise FaultsError([older])
        if not isinstance(data.get("title", ""), str):
            self.fault(("title",), f"'{clip(str(data['title']))}'", "text")
        if data.get("schema", SCHEMA) != SCHEMA:
            self.fault(("schema",), f"'{clip(str(data['schema']))}'", f"{SCHEMA}, the version of this program")
        for name, given in (("today", self.today), ("date", self.day)):
            if given is not None:
                self.in_years((name,), given.year, given)
        shared, shared_acts, shared_answers = self.facts(data, ())
        elements = data.get("elements", [{}])
        if not isinstance(elements, Sequence) or isinstance(elements, str) or not elements:
            self.fault(("elements",), "no list", "a list of elements, not empty")
            elements = [{}]
        lines: list[Line] = []
        labels: list[tuple[str, str]] = []
        origins: list[tuple[str | int, ...]] = []
        for i, raw in enumerate(elements):
            at = ("elements", i) if "elements" in data else ()
            if not isinstance(raw, Mapping):
                self.fault(at, f"'{clip(str(raw))}'", "an element: a mapping of facts")
                continue
            own, acts, answers = self.facts(raw, at) if at else ({}, {}, {})
            facts = {**shared, **own}
            partners = facts.pop("partner", None)
            each = partners if isinstance(partners, tuple) else (partners,)
            for partner in each:
                one = facts if partner is None else {**facts, "partner": partner}
                lines.append(self.line(one, {**shared_acts, **acts}, {**shared_answers, **answers}, at))
                labels.append((str(_plain(facts.get("element", "?"))), str(_plain(partner or ""))))
                origins.append(at)
        if not self.faults:
            self.against_tables(lines, origins)
        if self.faults:
            raise FaultsError(self.faults)
        return Proposal(str(data.get("title", "")), tuple(lines), tuple(labels))

    def line(
        self,
        facts: dict[str, Any],
        acts: dict[str, Any],
        answers: dict[str, Stated],
        at: tuple[str | int, ...],
    ) -> Line:
        said, start = _plain(facts.get("date")), _plain(facts.get("start"))
        end = _plain(facts.get("end"))
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.fault((*at, "end"), str(end), f"a day on or after the start, {start}")
        if self.day is not None:
            said = self.day
        day = said if isinstance(said, date) else start if isinstance(start, date) else self.today
        return Line(
            {**facts, "date": day},
            acts,
            day,
            said if isinstance(said, date) else self.today,
            answers,
            self.group,
        )

    def facts(
        self, raw: Mapping[str, Any], at: tuple[str | int, ...]
    ) -> tuple[dict[str, Any], dict[str, Any], dict[str, Stated]]:
        facts: dict[str, Any] = {}
        acts: dict[str, Any] = {}
        answers: dict[str, Stated] = {}
        for key, value in raw.items():
            path = (*at, key)
            if key == "acts":
                acts = self.acts(value, path)
            elif key in RESERVED:
                continue
            elif key in self.library.questions:
                self.answer(key, value, path, answers)
            else:
                id_ = key if key in self.words.facts else self.words.fact_words.get(fold(key))
                if id_ is None:
                    known = [*self.words.facts, *RESERVED, *self.library.questions]
                    self.fault(
                        path,
                        f"the fact '{key}'",
                        "a fact of the vocabulary (see: advisor facts)",
                        nearest(key, known),
                    )
                    continue
                if id_ in facts:
                    self.fault(path, f"the fact '{id_}' a second time", "each fact once")
                facts[id_] = self.value(self.words.facts[id_], value, path)
        return facts, acts, answers

    def answer(self, id_: str, value: Any, path: tuple[str | int, ...], answers: dict[str, Stated]) -> None:
        if isinstance(value, Mapping) and set(value) == {"value", "source"} and isinstance(value["value"], bool):
            answers[id_] = Stated(value["value"], str(value["source"]))
        elif value != UNKNOWN:
            self.fault(
                path,
                f"'{clip(str(value))}'",
                "{value: true or false, source: ...}: only counsel answers a question",
            )

    def acts(self, raw: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        if not isinstance(raw, Mapping):
            self.fault(path, f"'{clip(str(raw))}'", "a mapping from act to done, not yet, refused or a date")
            return out
        for act, state in raw.items():
            if act not in self.words.acts:
                self.fault(
                    (*path, act),
                    f"the act '{act}'",
                    "an act of the vocabulary",
                    nearest(act, self.words.acts),
                )
            elif not isinstance(state, date) and state not in ACT_STATES:
                self.fault(
                    (*path, act),
                    f"'{clip(str(state))}'",
                    "done, not yet, refused or a date",
                    nearest(str(state), ACT_STATES),
                )
            elif not isinstance(state, date) or self.in_years((*path, act), state.year, state):
                out[act] = state
        return out

    def value(self, fact: Fact, raw: Any, path: tuple[str | int, ...]) -> Any:
        if fact.derived is not None and not fact.choice:
            self.fault(path, f"'{clip(str(raw))}'", f"nothing: it is computed from {' and '.join(fact.source)}")
            return UNKNOWN
        if isinstance(raw, Mapping):
            if set(raw) != {"value", "source"} or not isinstance(raw.get("source"), str):
                self.fault(path, "a mapping", "a value, or {value: ..., source: ...}")
                return UNKNOWN
            value = self.value(fact, raw["value"], path)
            return value if value == UNKNOWN else Stated(value, raw["source"])
        if raw == UNKNOWN:
            return UNKNOWN
        several = isinstance(raw, Sequence) and not isinstance(raw, str)
        if several and (fact.many or fact.id == "partner"):
            values = tuple(self.scalar(fact, one, (*path, i)) for i, one in enumerate(raw))
            if not values and not fact.many:
                self.fault(path, "an empty list", "one partner or more")
            return values
        if several:
            self.fault(path, f"a list of {len(raw)}", f"one value for '{fact.id}' (use an element for each)")
            return UNKNOWN
        one = self.scalar(fact, raw, path)
        return (one,) if fact.many and one != UNKNOWN else one

    def scalar(self, fact: Fact, raw: Any, path: tuple[str | int, ...]) -> Any:
        if fact.type == "term":
            return self.term(fact, str(raw) if isinstance(raw, str) else raw, path)
        if fact.type == "text":
            return str(raw)
        if not fits(fact, raw) or (isinstance(raw, (int, Decimal)) and not isinstance(raw, bool) and raw < 0):
            self.fault(path, f"'{clip(str(raw))}'", _EXPECTED[fact.type])
            return UNKNOWN
        year = raw.year if isinstance(raw, date) else raw if fact.id in self.words.money_years else None
        return raw if year is None or self.in_years(path, year, raw) else UNKNOWN

    def in_years(self, path: tuple[str | int, ...], year: Any, found: Any) -> bool:
        """Whether a year is one that may be stated; a fault where it is not."""
        if FIRST_YEAR <= year <= LAST_YEAR:
            return True
        self.fault(path, f"'{clip(str(found))}'", f"a year from {FIRST_YEAR} to {LAST_YEAR}")
        return False

    def term(self, fact: Fact, word: Any, path: tuple[str | int, ...]) -> str:
        below = self.words.taxonomy.below.get(fact.of or "", frozenset(self.words.terms))
        if isinstance(word, str):
            if word in below:
                return word
            meant = [t for t in self.words.term_words.get(fold(word), ()) if t in below]
            if len(meant) == 1:
                return meant[0]
            if meant:
                self.fault(path, f"'{clip(word)}'", "one of " + ", ".join(sorted(meant)))
                return UNKNOWN
        words = {w for w, ids in self.words.term_words.items() if any(t in below for t in ids)} | below
        self.fault(
            path,
            f"'{clip(str(word))}'",
            f"a term of {fact.id} (see: advisor facts {fact.id})",
            nearest(str(word), words),
        )
        return UNKNOWN

    def against_tables(self, lines: Sequence[Line], origins: Sequence[tuple[str | int, ...]]) -> None:
        """A fact that contradicts a table, and gives no source for its word, is a fault naming both."""
        for i, line in enumerate(lines):
            for id_, said in line.facts.items():
                fact = self.words.facts[id_]
                if fact.table is None or isinstance(said, Stated) or said == UNKNOWN:
                    continue
                bare = Batch(
                    self.library,
                    [Line({k: v for k, v in line.facts.items() if k != id_}, {}, line.day, line.day)],
                )
                found = bare.found(id_)[0]
                if found.origin == "table" and found.cell != ("v", said):
                    table = self.library.tables[fact.table]
                    own = (*origins[i], id_)
                    place = self.document.place(own if own in self.document.lines else (id_,))
                    if place.key not in {f.place.key for f in self.faults}:
                        self.faults.append(
                            Fault(
                                place,
                                f"{_word(said)} where the table '{table.id}' says {_word(found.cell[1])} on {line.day}",
                                "the same, or {value: ..., source: ...} saying where your word comes from",
                            )
                        )


def _word(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Stated) else value


def from_mapping(data: Mapping[str, Any], name: str) -> Document:
    """A document made of plain data, for cases, tests and ``--set``: places name only the key."""
    return Document(data, {}, name)


def known_place(name: str) -> Place:
    """A place that is a whole input."""
    return Place(name, None, "")
