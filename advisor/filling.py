"""Filling a proposal in from reference lists, before either implementation reads it.

``force: NAME`` becomes the recipient, ministry and military status that the table of forces gives on the line's day,
each as ``{value, source}``; ``partner: {members of: NAME}`` becomes the list of an organization's full members. The
proposal's own word with a source stays; one without a source that the table contradicts is a fault naming both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from advisor import filling_members as members
from advisor.asking import FORCE, MEMBERS
from advisor.filling_force import Found, filled_from, says_of, source_of
from advisor.force_names import Names
from authorities.forces import Force, check, denied_by, terms_of
from rules.faults import Fault, FaultsError, KeyPath, clip
from rules.findings import Filled
from rules.library import Library
from rules.reading import Document
from rules.vocabulary import fold

PARTNER = "partner"
RECIPIENT = "recipient"
GIVEN = (RECIPIENT, "ministry", "military_status")
"""The facts that a force fills in."""
UNKNOWN = "unknown"


class _Said(NamedTuple):
    """What is written of a fact, and where."""

    value: Any
    path: KeyPath


def fill(
    document: Document, library: Library, today: date, day: date | None = None
) -> tuple[Document, tuple[Filled, ...]]:
    """The proposal filled in, and what was filled. ``day`` overrides its date. Raises FaultsError."""
    check(library.vocabulary)
    return _Filling(document, library, today, day).result()


def with_members(library: Library, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults of a proposal, those of an organization that is no term saying how to name its members."""
    return tuple(members.suggested(library, fault) for fault in faults)


class _Filling:
    def __init__(self, document: Document, library: Library, today: date, day: date | None):
        self.document, self.words, self.today, self.day = document, library.vocabulary, today, day
        self.names = Names(self.words)
        self.faults: dict[str, Fault] = {}
        self.filled: list[Filled] = []
        self.line = 1  # the number of the next line

    def fault(self, path: KeyPath, found: str, expected: str, suggestion: str = "") -> None:
        place = self.document.place(path)
        self.faults.setdefault(place.key, Fault(place, found, expected, suggestion))

    def result(self) -> tuple[Document, tuple[Filled, ...]]:
        data: Mapping[str, Any] = self.document.data
        elements = data.get("elements", [{}])
        if not isinstance(elements, Sequence) or isinstance(elements, str):
            return self.document, ()
        top = self.said(data, ())
        parts: list[tuple[int, Any]] = []
        for i, raw in enumerate(elements):
            filled = self.element(top, raw, ("elements", i)) if isinstance(raw, Mapping) else [raw]
            parts += [(i, one) for one in filled]
        if self.faults:
            raise FaultsError(self.faults.values())
        return self.assembled(top, parts), tuple(self.filled)

    def assembled(self, top: Mapping[str, _Said], parts: Sequence[tuple[int, Any]]) -> Document:
        """The document of the parts; what is now said in each is no longer said at the top."""
        data = dict(self.document.data)
        gone = {said.path[0] for fact, said in top.items() if fact in (FORCE, PARTNER) and _lists(fact, said.value)}
        data = {key: value for key, value in data.items() if key not in gone}
        if "elements" not in data and len(parts) == 1:
            own = {self.fact(key) for key in parts[0][1]}
            kept = {key: value for key, value in data.items() if self.fact(key) not in own}
            return Document({**kept, **parts[0][1]}, self.document.lines, self.document.file)
        data["elements"] = [one for _, one in parts]
        lines = {path: line for path, line in self.document.lines.items() if path[:1] != ("elements",) or len(path) < 2}
        for new, (old, _) in enumerate(parts):
            for path, line in self.document.lines.items():
                if path[:2] == ("elements", old):
                    lines[("elements", new, *path[2:])] = line
        return Document(data, lines, self.document.file)

    def element(self, top: Mapping[str, _Said], raw: Mapping[str, Any], at: KeyPath) -> list[dict[str, Any]]:
        """An element filled in: one, or several where only one of its partners has the force."""
        whole = {**top, **self.said(raw, at if "elements" in self.document.data else ())}
        day = self.day_of(whole)
        own = {key: value for key, value in raw.items() if self.fact(key) != FORCE}
        if PARTNER in whole and _lists(PARTNER, whole[PARTNER].value):
            expanded = self.members_of(whole[PARTNER], day)
            own = {PARTNER: expanded, **{key: value for key, value in own.items() if self.fact(key) != PARTNER}}
            whole[PARTNER] = whole[PARTNER]._replace(value=expanded)
        partners = _listed(whole[PARTNER].value) if PARTNER in whole else []
        out = [own] if FORCE not in whole else self.with_force(whole, own, partners, day)
        self.line += max(1, len(partners)) if len(out) == 1 else 0
        return out

    def with_force(
        self, whole: Mapping[str, _Said], own: dict[str, Any], partners: list[Any], day: date
    ) -> list[dict[str, Any]]:
        """The element with its force filled in, split where it is the force of one partner among several."""
        word = whole[FORCE].value
        codes = [self.term(PARTNER, one) for one in partners]
        found = self.found(whole[FORCE], codes, day) if isinstance(word, str) else None
        if found is None:  # a kind of force, which is another word for the recipient; or a fault
            said = whole.get(RECIPIENT)
            if said is not None and len(said.path) == len(whole[FORCE].path):
                self.fault(
                    said.path, f"the fact '{RECIPIENT}' beside '{FORCE}: {clip(str(word), 20)}'", "each fact once"
                )
            nearer = said is None or len(said.path) < len(whole[FORCE].path)
            return [{**own, RECIPIENT: word} if nearer else own]
        if len(partners) < 2:
            return [self.of_force(whole, own, found, bool(partners), self.line)]
        rest = {key: value for key, value in own.items() if self.fact(key) != PARTNER}
        out: list[dict[str, Any]] = []
        at = codes.index(found.force.country)
        if at:
            out.append({PARTNER: partners[:at], **rest})
        one = {PARTNER: partners[at], **rest}
        out.append(self.of_force(whole, one, found, True, self.line + at))
        if partners[at + 1 :]:
            out.append({PARTNER: partners[at + 1 :], **rest})
        self.line += len(partners)
        return out

    def of_force(
        self, whole: Mapping[str, _Said], own: dict[str, Any], found: Found, partner: bool, line: int
    ) -> dict[str, Any]:
        """The element with what the table says of a force, where the proposal leaves it unsaid."""
        force = found.force
        terms, denied = terms_of(force), denied_by(force)
        if not partner:
            own = {key: value for key, value in own.items() if self.fact(key) != PARTNER} | {PARTNER: force.country}
            self.filled.append(filled_from(force, line, PARTNER, force.country, f"the country of {force.name}"))
        for fact in GIVEN:
            said = whole.get(fact)
            if said is not None and said.value != UNKNOWN:
                self.against(fact, said, force, terms.get(fact), denied.get(fact))
                continue
            term = terms.get(fact, "")
            self.filled.append(filled_from(force, line, fact, term, says_of(force, fact, found.day)))
            if term:
                own = {key: value for key, value in own.items() if self.fact(key) != fact}
                own[fact] = {"value": term, "source": source_of(force)}
        return own

    def against(self, fact: str, said: _Said, force: Force, term: str | None, denied: str | None) -> None:
        """A fault where a word of the proposal without a source contradicts the table."""
        own = self.term(fact, said.value) if isinstance(said.value, str) else None
        if own is None:
            return
        relation = self.words.taxonomy.relation
        if denied is not None and relation(own, [denied]) == "in":
            table = f"not {self.words.terms[denied].name}"
        elif term is not None and relation(own, [term]) == "out":
            table = self.words.terms[term].name
        else:
            return
        self.fault(
            said.path,
            f"{self.words.terms[own].name} where the table of forces says {table} as of {force.as_of}",
            f"the same (of {force.name}, {force.country}), or {{value: ..., source: ...}} saying where your word comes from",
        )

    def found(self, said: _Said, codes: Sequence[str | None], day: date) -> Found | None:
        """The force a word names; None where it is a kind of force, and where nothing or too much is meant (a fault)."""
        word = said.value
        known = [code for code in codes if code is not None]
        if len(known) < len(codes):
            return None  # the partner is no term: the reading of the proposal says so
        meant = (
            [f for code in known for f in self.names.of(word, code, day)] if known else self.names.anywhere(word, day)
        )
        if len(meant) == 1:
            return Found(meant[0], day)
        if self.term(RECIPIENT, word) is not None:
            return None
        if meant:
            expected = "one force: " + ", ".join(f"{f.name} ({f.country})" for f in meant)
            self.fault(said.path, f"the force '{clip(word, 40)}'", expected)
        else:
            whose = "a force of " + " or ".join(known) if known else "a force, with its partner"
            lists = " and ".join(f"advisor country {code}" for code in known) or "advisor country ISO3"
            near = self.names.near(word, known, day)
            self.fault(said.path, f"the force '{clip(word, 40)}'", f"{whose} (see: {lists})", near)
        return None

    def members_of(self, said: _Said, day: date) -> list[str]:
        """The full members of an organization; empty after a fault."""
        raw = said.value
        if set(raw) != {MEMBERS} or not isinstance(raw[MEMBERS], str):
            self.fault(said.path, "a mapping", "{members of: an organization}, and nothing beside it")
            return []
        known = self.words.taxonomy.below[members.COUNTRY]
        found = members.expanded(raw[MEMBERS], day, self.line, known)
        if isinstance(found, members.Unfound):
            self.fault((*said.path, MEMBERS), found.found, found.expected, found.suggestion)
            return []
        self.filled += found
        return [one.value for one in found if one.value]

    def said(self, raw: Mapping[str, Any], at: KeyPath) -> dict[str, _Said]:
        """What is written, by fact."""
        return {self.fact(key): _Said(value, (*at, key)) for key, value in raw.items()}

    def fact(self, key: str) -> str:
        """The fact a key means; ``force`` is a key of its own here."""
        if key.lower() == FORCE:
            return FORCE
        return key if key in self.words.facts else self.words.fact_words.get(fold(key), key)

    def term(self, fact: str, word: Any) -> str | None:
        """The term a word means as a value of a fact, if it means one."""
        below = self.words.taxonomy.below[self.words.facts[fact].of or ""]
        if not isinstance(word, str) or word in below:
            return word if isinstance(word, str) else None
        meant = [one for one in self.words.term_words.get(fold(word), ()) if one in below]
        return meant[0] if len(meant) == 1 else None

    def day_of(self, whole: Mapping[str, _Said]) -> date:
        """The day of a line, as the reading of the proposal has it."""
        dates = [_plain(whole[fact].value) for fact in ("date", "start") if fact in whole]
        return self.day or next((one for one in dates if isinstance(one, date)), self.today)


def _lists(fact: str, value: Any) -> bool:
    """Whether a value is for a reference list to fill in."""
    return fact == FORCE or (isinstance(value, Mapping) and MEMBERS in value)


def _listed(value: Any) -> list[Any]:
    plain = _plain(value)
    several = isinstance(plain, Sequence) and not isinstance(plain, str)
    return list(plain) if several else [] if plain == UNKNOWN else [plain]


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value
