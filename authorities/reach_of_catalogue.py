"""What the library does about every program of the catalogue, and every section the work on the law named.

`reference/coverage.yaml` holds a row for each. A row is encoded (the library holds the law it cites), covered (it is a
program that stands on law the library holds), out of scope for a reason of a closed list, or missing: yet to be
encoded, and counted. `authorities.coverage` is another thing: paragraphs of one encoded section.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from authorities.home import home
from rules.faults import Fault, FaultsError, KeyPath, nearest, show
from rules.reading import Document, read_yaml

FILE = "coverage.yaml"
CATALOGUE = "programs.csv"
State = Literal["encoded", "covered", "out-of-scope", "missing"]
STATES: tuple[State, ...] = get_args(State)
NO_TEXT = "no text and no citable source"
REASONS = ("not a legal authority", "not with a foreign partner", NO_TEXT)
"""The only reasons for which something is out of scope."""

_STATE_OF: Mapping[str, State] = {
    "encoded": "encoded",
    "covered_by": "covered",
    "out_of_scope": "out-of-scope",
    "missing": "missing",
}
_NEEDS = {"covered_by": ("how", "cite"), "out_of_scope": ("why", "source")}
_ALLOWED = {
    "encoded": ("text",),
    "covered_by": ("how", "cite", "words", "text"),
    "out_of_scope": ("why", "source", "words", "text"),
    "missing": ("partly", "words", "text"),
}
_CODE = re.compile(r"(\d+) U\.S\.C\. ((?:\d[\w-]*(?:, )?)+)( note)?")
_NUMBER = re.compile(r"(\d+[a-z]*(?:-\d{1,2}(?!\w))?)(?:-(\d{3,}[a-z]*))?")
_ACT = re.compile(r"P\.L\. (\d+-\d+) sec\. (\w+)(?:\((\w+)\))?")


@dataclass(frozen=True, slots=True)
class Program:
    """A row of the catalogue: its id, its name, the law it cites as written, and whether it is from memory."""

    id: str
    name: str
    citation: str
    memory: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One program or section and its state.

    `ids` are law files of the library: those that encode or cover it, or the part of it that is encoded. `reason` is
    of `REASONS` where out of scope. `why` says how it is covered, or why it is out of scope or missing; `source` is
    where that is read; `words` are the deciding words of the law; `text` is where they lie in the store of law.
    """

    kind: Literal["program", "section"]
    name: str
    title: str
    state: State
    ids: tuple[str, ...] = ()
    reason: str = ""
    why: str = ""
    source: str = ""
    words: str = ""
    text: str = ""


def read_catalogue() -> dict[str, Program]:
    """The programs of the catalogue, by id, as listed."""
    with (home().reference / CATALOGUE).open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Program(row["id"], row["name"], row["legal_citation"], row["sourced"] == "memory")
            for row in csv.DictReader(file)
        }


def cited(citation: str) -> tuple[str, ...]:
    """The sections a citation names, as the library would name their files; of a note only the Act's section."""
    found: list[str] = []
    for title, numbers, note in _CODE.findall(citation):
        each = [one for one in numbers.split(", ") if one]
        for first, last in (pair for one in (each[:-1] if note else each) for pair in _NUMBER.findall(one)):
            found += [f"{title}-usc-{number}" for number in _between(first, last)]
    for law, section, part in _ACT.findall(citation):
        found += [f"pl-{law}-{name}".lower() for name in dict.fromkeys((section, section + part))]
    return tuple(dict.fromkeys(found))


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit():
        yield from map(str, range(int(first), int(last) + 1))
    else:
        yield from filter(None, (first, last))


def registered(folder: Path) -> frozenset[str]:
    """The sections whose text is registered in a library folder, by the names of their files."""
    return frozenset(path.stem for path in (folder / "register").glob("*.tsv"))


def load_reach(
    library: Collection[str],
    texts: Collection[str],
    path: Path | None = None,
    catalogue: Mapping[str, Program] | None = None,
) -> tuple[Row, ...]:
    """Programs in the order of the catalogue's file, then sections. Raises FaultsError with every fault.

    `library` are the ids of its law files, `texts` those of the sections whose text is registered.
    """
    path = home().reference / FILE if path is None else path
    programs = read_catalogue() if catalogue is None else catalogue
    reader = _Reader(read_yaml(path.read_bytes(), path.name), library, texts, programs)
    rows = reader.rows()
    if reader.faults:
        raise FaultsError(sorted(reader.faults, key=lambda fault: fault.place.line or 0))
    return rows


class _Reader:
    """Reads the document, collecting what is wrong."""

    def __init__(
        self, doc: Document, library: Collection[str], texts: Collection[str], catalogue: Mapping[str, Program]
    ) -> None:
        self.doc, self.library, self.texts, self.catalogue = doc, library, texts, catalogue
        self.faults: list[Fault] = []

    def rows(self) -> tuple[Row, ...]:
        programs = [row for row in self._each("programs", "id") if row]
        sections = [row for row in self._each("sections", "section") if row]
        for id_ in self.catalogue:
            if id_ not in self._names("programs", "id"):
                self._fault(("programs",), f"no row for the program '{id_}'", "a row for every program", kind="silent")
        return (*programs, *sections)

    def _entries(self, part: str) -> list[Any]:
        data = self.doc.data.get(part, []) if isinstance(self.doc.data, dict) else []
        return data if isinstance(data, list) else []

    def _names(self, part: str, key: str) -> list[str]:
        return [str(entry.get(key, "")) for entry in self._entries(part) if isinstance(entry, dict)]

    def _each(self, part: str, key: str) -> Iterator[Row | None]:
        if not self._entries(part):
            self._fault((part,), "nothing", f"a list of rows, each with `{key}`", kind="shape")
        seen: set[str] = set()
        for n, entry in enumerate(self._entries(part)):
            at: KeyPath = (part, n)
            name = entry.get(key) if isinstance(entry, dict) else None
            if not isinstance(entry, dict) or not isinstance(name, str):
                self._fault(at, show(entry), f"a row with `{key}`", kind="shape")
                continue
            if name in seen:
                self._fault((*at, key), f"'{name}' twice", "one row for each", kind="twice")
            seen.add(name)
            yield self._row(entry, at, name, key)

    def _row(self, entry: Mapping[str, Any], at: KeyPath, name: str, key: str) -> Row | None:
        program = self.catalogue.get(name) if key == "id" else None
        if key == "id" and program is None:
            self._fault((*at, key), f"'{name}'", "a program of programs.csv", nearest(name, self.catalogue), "program")
        states = [word for word in _STATE_OF if word in entry]
        if len(states) != 1:
            self._fault(at, f"{' and '.join(states) or 'no state'}", f"one of {', '.join(_STATE_OF)}", kind="state")
            return None
        word = states[0]
        allowed = {key, word, *_ALLOWED[word]} | ({"named"} if key == "section" else set())
        for other in entry.keys() - allowed:
            self._fault((*at, other), f"'{other}'", f"a key of {word}", nearest(other, allowed), "unknown-key")
        for need in (*_NEEDS.get(word, ()), *(("named",) if key == "section" else ())):
            if not isinstance(entry.get(need), str):
                self._fault(at, f"no `{need}`", f"`{need}`, in words", kind="missing-key")
        ids = self._ids(entry, at, "partly" if word == "missing" else word)
        said = {k: str(entry.get(k, "")) for k in ("named", "how", "why", "cite", "source", "words", "text")}
        row = Row(
            kind="program" if key == "id" else "section",
            name=name,
            title=said["named"] if key == "section" else (program.name if program else ""),
            state=_STATE_OF[word],
            ids=ids,
            reason=str(entry[word]) if word == "out_of_scope" else "",
            why=str(entry[word]) if word == "missing" else said["how"] or said["why"],
            source=said["cite"] or said["source"],
            words=said["words"],
            text=said["text"],
        )
        self._true(row, program, (*at, word))
        return row

    def _ids(self, entry: Mapping[str, Any], at: KeyPath, word: str) -> tuple[str, ...]:
        if word == "out_of_scope" or word not in entry:
            return ()
        ids = entry[word]
        if not isinstance(ids, list) or not ids:
            self._fault((*at, word), show(ids), "a list of ids of the library", kind="shape")
            return ()
        for n, id_ in enumerate(ids):
            if id_ not in self.library:
                self._fault(
                    (*at, word, n), f"'{id_}'", "a law file of the library", nearest(str(id_), self.library), "id"
                )
        return tuple(map(str, ids))

    def _true(self, row: Row, program: Program | None, at: KeyPath) -> None:
        """What the row says against the catalogue, the library and the register."""
        names = cited(program.citation if program else row.name)
        here = [name for name in names if name in self.texts]
        held = [name for name in names if name in self.library]
        if held and not any(id_ == name or id_.startswith(f"{name}-to-") for id_ in row.ids for name in held):
            self._fault(
                at, f"'{row.name}', which cites {held[0]}", f"{held[0]} named: the library holds it", kind="held"
            )
        if program and program.memory and row.state == "encoded":
            self._fault(at, f"'{row.name}', a row from memory, encoded", "no rules on a row from memory", kind="memory")
        if row.state != "out-of-scope":
            return
        if row.reason not in REASONS:
            close = nearest(row.reason, REASONS)
            self._fault(at, f"the reason '{row.reason}'", f"one of: {'; '.join(REASONS)}", close, "reason")
        if here and (program or row.reason == NO_TEXT):
            self._fault(at, f"out of scope, the text of {here[0]} registered", "another state", kind="text-here")
        elif row.reason == NO_TEXT and row.text:
            self._fault(at, f"'{NO_TEXT}', with a text", "another state", kind="text-here")
        elif row.reason == NO_TEXT and program and program.citation:
            self._fault(at, f"'{NO_TEXT}', with a citation in the catalogue", "another state", kind="cited")
        elif (row.text or here) and not row.words:
            self._fault(at, "no `words`", "the deciding words, where the text is here", kind="words")

    def _fault(self, at: KeyPath, found: str, expected: str, suggestion: str = "", kind: str = "") -> None:
        self.faults.append(Fault(self.doc.place(at), found, expected, suggestion, kind))


def count(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows there are in each state, and out of scope for each reason."""
    each = tuple(rows)
    states = {str(state): sum(row.state == state for row in each) for state in STATES}
    return {**states, **{reason: sum(row.reason == reason for row in each) for reason in REASONS}}
