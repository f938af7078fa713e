"""The parsed library as plain data, with the few look-ups a naive reader needs. Nothing here is dated."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.second import _dates as dates
from rules.second import _letters as letters
from rules.second._errors import SecondOpinionError

Doc = Mapping[str, Any]
SEVERAL = (list, tuple, set, frozenset)

# Facts that the language itself reads; a vocabulary may declare them otherwise.
LANGUAGE_FACTS: Mapping[str, Doc] = {
    "date": {"type": "date"},
    "start": {"type": "date", "choice": True},
    "end": {"type": "date", "choice": True},
    "delivery": {"type": "date", "choice": True},
    "account": {"type": "term", "choice": True},
    "fund_year": {"type": "count", "choice": True, "derived": "fiscal year", "from": ["date"]},
}


def listed(value: Any) -> list[Any]:
    """A value as a list: itself, or the only member; nothing is the empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, SEVERAL) else [value]


def words(test: Any) -> str:
    """A test as it is written."""
    if isinstance(test, dict):
        return "{" + ", ".join(f"{key}: {words(value)}" for key, value in test.items()) + "}"
    if isinstance(test, SEVERAL):
        return "[" + ", ".join(words(value) for value in test) + "]"
    return str(test).lower() if isinstance(test, bool) else str(test)


class Taxonomy:
    """Terms and what stands below them; a term may have several parents."""

    def __init__(self, terms: Mapping[str, Doc]) -> None:
        self._children: dict[str, list[str]] = {}
        for term, fields in terms.items():
            for parent in listed((fields or {}).get("under")):
                self._children.setdefault(parent, []).append(term)
        self._below: dict[str, frozenset[str]] = {}

    def descendants(self, term: str) -> frozenset[str]:
        """The term and everything below it."""
        if term not in self._below:
            found, waiting = {term}, [term]
            while waiting:
                for child in self._children.get(waiting.pop(), ()):
                    if child not in found:
                        found.add(child)
                        waiting.append(child)
            self._below[term] = frozenset(found)
        return self._below[term]

    def is_below(self, term: str, members: Iterable[str]) -> bool:
        """Whether the term is one of `members` or below one."""
        return any(term in self.descendants(member) for member in members)

    def is_general(self, term: str) -> bool:
        """Whether something stands below the term."""
        return term in self._children

    def membership(self, term: str, members: Iterable[str]) -> str:
        """T in or below the set; P too general or overlapping (a common descendant); F otherwise."""
        members = list(members)
        if self.is_below(term, members):
            return letters.T
        mine = self.descendants(term)
        return letters.P if any(mine & self.descendants(member) for member in members) else letters.F


class Library:
    """`raw` (see `second_opinion`) with its index; `raw` must not be changed while this lives."""

    def __init__(self, raw: Doc) -> None:
        self.raw = raw
        self.authorities: Mapping[str, Doc] = raw.get("authorities") or {}
        self.limits: Mapping[str, Doc] = raw.get("limits") or {}
        self.vocabulary: Mapping[str, Doc] = raw.get("facts") or {}
        self.accounts: Mapping[str, Doc] = raw.get("accounts") or {}
        self.interpretations: list[Doc] = listed(raw.get("interpretations"))
        self.tables: Mapping[str, Doc] = raw.get("tables") or {}
        self.taxonomy = Taxonomy(raw.get("terms") or {})
        self.definition_files: Mapping[str, Doc] = raw.get("definitions") or {}
        settings: Doc = raw["settings"]
        self.year_starts: int = settings["fiscal_year_starts_month"]
        self.closing_years: int = settings["closing_years"]
        self._laws: Mapping[str, Any] = raw.get("laws") or {}
        self._definitions: dict[str, list[tuple[Doc, Doc]]] = {}
        for doc in self.definition_files.values():
            for entry in listed(doc.get("definitions")):
                self._definitions.setdefault(entry["id"], []).append((doc, entry))
        self._rows: dict[str, dict[str, list[Doc]]] = {}
        self._domains: dict[str, str] = {}
        self._written: dict[int, tuple[Any, str]] = {}

    def fact(self, name: str) -> Doc:
        """How the vocabulary declares a fact."""
        found = self.vocabulary.get(name) or LANGUAGE_FACTS.get(name)
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
        entry = self._laws.get(public_law)
        if entry is None:
            raise SecondOpinionError(f"Public Law {public_law} is not in the register of laws")
        day: date = entry["enacted"] if isinstance(entry, dict) else entry
        return day

    def fiscal_year(self, day: date) -> int:
        """The fiscal year in which `day` lies."""
        return dates.fiscal_year(day, self.year_starts)

    def written(self, name: str, test: Any) -> str:
        """`name: test` in words; kept for tests that are lists or mappings of the library."""
        if isinstance(test, str | bool):
            return f"{name}: {words(test)}"
        if id(test) not in self._written:
            # The test is held too, so that its identity cannot pass to another.
            self._written[id(test)] = (test, words(test))
        return f"{name}: {self._written[id(test)][1]}"

    def domain(self, name: str) -> str:
        """The letters a test of this fact could have on some line."""
        if name not in self._domains:
            declared = self.fact(name)
            found = {*"TFP", letters.SUPPLIERS[declared.get("supplier", "planner")]}
            if "derived" in declared:
                for source in listed(declared["from"]):
                    found |= set(self.domain(source))
            self._domains[name] = "".join(sorted(found))
        return self._domains[name]
