"""The parsed library as plain data, with the few look-ups a naive reader needs."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from rules.second import _dates as dates
from rules.second import _letters as letters
from rules.second._errors import SecondOpinionError
from rules.second._names import Names
from rules.second._outline import Outline
from rules.second._plain import Doc, listed
from rules.second._taxonomy import Taxonomy

Life = tuple[date, date]  # first day, first day no longer
NEVER: Life = (date.max, date.max)


class Library:
    """`raw` (see `second_opinion`) with its index; `raw` must not be changed while this lives."""

    def __init__(self, raw: Doc) -> None:
        self.raw = raw
        self.authorities: Mapping[str, Doc] = raw.get("authorities") or {}
        self.limits: Mapping[str, Doc] = raw.get("limits") or {}
        self.facts: Mapping[str, Doc] = raw.get("facts") or {}
        self.terms: Mapping[str, Doc] = raw.get("terms") or {}
        self.acts: Mapping[str, Doc] = raw.get("acts") or {}
        self.questions: Mapping[str, Doc] = raw.get("questions") or {}
        self.accounts: Mapping[str, Doc] = raw.get("accounts") or {}
        self.interpretations: list[Doc] = listed(raw.get("interpretations"))
        self.tables: Mapping[str, Doc] = raw.get("tables") or {}
        self.taxonomy = Taxonomy(self.terms)
        self.definition_files: Mapping[str, Doc] = raw.get("definitions") or {}
        self.year_starts: int = raw["settings"]["fiscal_year_starts_month"]
        self.closing_years: int = raw["settings"]["closing_years"]
        self.outlines: Mapping[str, Outline] = raw.get("outlines") or {}
        self._laws: Mapping[str, date] = raw.get("laws") or {}
        self._definitions: dict[str, list[tuple[Doc, Doc]]] = {}
        for doc in self.definition_files.values():
            for entry in listed(doc.get("definitions")):
                self._definitions.setdefault(entry["id"], []).append((doc, entry))
        self._lives: dict[date, dict[int, Life]] = {}
        self._rows: dict[str, dict[str, list[Doc]]] = {}
        self._domains: dict[str, str] = {}

    @cached_property
    def capped(self) -> list[Doc]:
        """The authorities and limits that have caps."""
        some = [self.authorities[name] for name in self.authorities if self._may_cap(name)]
        return [doc for doc in (*some, *self.limits.values()) if doc.get("caps")]

    def _may_cap(self, name: str) -> bool:
        return name not in self.outlines or self.outlines[name].capped

    def fact(self, name: str) -> Doc:
        """How the vocabulary declares a fact."""
        found = self.facts.get(name)
        if found is None:
            raise SecondOpinionError(f"fact {name!r} is not in the vocabulary")
        return found

    def file(self, name: str) -> Doc:
        """The authority, limit or definition file with this id."""
        for folder in (self.authorities, self.limits, self.definition_files):
            if name in folder:
                return folder[name]
        raise SecondOpinionError(f"no file {name!r} in the library")

    def definitions(self, name: str, doc: Doc) -> list[tuple[Doc, Doc]]:
        """(file, definition) with this id: those of the same file, else those of `definitions/`."""
        own = [(doc, entry) for entry in listed(doc.get("definitions")) if entry["id"] == name]
        found = own or self._definitions.get(name, [])
        if not found:
            raise SecondOpinionError(f"no definition {name!r} for {doc.get('id')}")
        return found

    def rows(self, table: str, key: str) -> list[Doc]:
        """The rows of a table whose key is exactly `key`."""
        if table not in self._rows:
            column, index = self.tables[table]["key"], self._rows.setdefault(table, {})
            for row in listed(self.tables[table].get("rows")):
                index.setdefault(row[column], []).append(row)
        return self._rows[table].get(key, [])

    def enacted(self, law: Any) -> date | None:
        """The day a `{public_law, section}` was enacted; None where no Public Law is named."""
        public_law = law.get("public_law") if isinstance(law, dict) else None
        if public_law is None:
            return None
        if public_law not in self._laws:
            raise SecondOpinionError(f"Public Law {public_law} is not in the register of laws")
        return self._laws[public_law]

    def lives(self, known: date) -> dict[int, Life]:
        """The lives worked out so far as known on a day, by the identity of their item."""
        return self._lives.setdefault(known, {})

    def life(self, item: Doc, doc: Doc, known: date) -> Life:
        """(first day, first day no longer) of an item of `doc`, as known; by `fund_years` it is never over."""
        enacted = self.enacted(item.get("law", doc.get("law")))
        if enacted is not None and enacted > known:
            return NEVER
        if "fund_years" in item:
            return date.min, date.max
        ended = self.enacted(item.get("ended_by"))
        over = None if ended is not None and ended > known else item.get("until")
        return item.get("since") or enacted or date.min, over or date.max

    @cached_property
    def names(self) -> Names:
        """The spellings that a planner may use."""
        return Names(self.facts, self.questions, self.acts, self.terms, self.taxonomy)

    def fiscal_year(self, day: date) -> int:
        """The fiscal year in which `day` lies."""
        return dates.fiscal_year(day, self.year_starts)

    def domain(self, name: str) -> str:
        """The letters a test of this fact could have on some line."""
        if name not in self._domains:
            declared = self.fact(name)
            found = {*"TFP", letters.SUPPLIERS[declared.get("supplier", "planner")]}
            for source in listed(declared.get("from")):
                found |= set(self.domain(source))
            self._domains[name] = "".join(sorted(found))
        return self._domains[name]
