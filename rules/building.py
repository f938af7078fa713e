"""From the documents of a library folder to a :class:`Library`, or every fault found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rules.checks import check
from rules.conditions import TRUE, Parser
from rules.faults import Fault, FaultsError, Place, nearest
from rules.lawfiles import Kind, LawFileParser
from rules.library import Account, Calendar, Interpretation, Library, OpenQuestion, Table, TableRow
from rules.provisions import LawFile
from rules.reading import Document
from rules.vocabulary import DERIVATIONS, Act, Fact, Term, Vocabulary, build


@dataclass
class Sources:
    """The documents of a library by folder, in order of file name; ``rows`` holds each table's CSV rows."""

    settings: Document
    laws: list[Document] = field(default_factory=list)
    vocabulary: list[Document] = field(default_factory=list)
    accounts: list[Document] = field(default_factory=list)
    questions: list[Document] = field(default_factory=list)
    interpretations: list[Document] = field(default_factory=list)
    tables: list[Document] = field(default_factory=list)
    authorities: list[Document] = field(default_factory=list)
    limits: list[Document] = field(default_factory=list)
    definitions: list[Document] = field(default_factory=list)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def build_library(sources: Sources, digest: str = "") -> Library:
    """The library; raises :class:`FaultsError` with every fault of every file."""
    faults: list[Fault] = []
    library = _Building(sources, faults).library(digest)
    if not faults:
        faults.extend(check(library, sources))
    if faults:
        raise FaultsError(sorted(faults, key=lambda f: (f.place.file, f.place.line or 0, f.place.key)))
    return library


def entries(documents: Iterable[Document], section: str) -> list[tuple[str, Mapping[str, Any], Document]]:
    """Every (id, fields, document) of a mapping section over some documents."""
    return [(str(id_), fields, doc) for doc in documents for id_, fields in doc.data.get(section, {}).items()]


class _Building:
    def __init__(self, sources: Sources, faults: list[Fault]):
        self.sources, self.faults = sources, faults
        self.seen: dict[tuple[str, str], Place] = {}

    def once(self, kind: str, id_: str, place: Place) -> bool:
        """Record an id; a second use is a fault."""
        first = self.seen.setdefault((kind, id_), place)
        if first is not place:
            self.faults.append(
                Fault(
                    place,
                    f"the {kind} '{id_}' a second time",
                    f"one, as at {first.render()}",
                    "",
                    "duplicate-id",
                )
            )
            return False
        return True

    def library(self, digest: str) -> Library:
        sources = self.sources
        laws: dict[str, date] = {}
        for number, fields, doc in entries(sources.laws, "laws"):
            if self.once("law", number, doc.place(("laws", number))):
                laws[number] = fields["enacted"]
        vocabulary = self.vocabulary()
        settings = sources.settings.data
        questions = {}
        for doc in sources.questions:
            for i, raw in enumerate(doc.data.get("questions", ())):
                if self.once("question", raw["id"], doc.place(("questions", i))):
                    questions[raw["id"]] = OpenQuestion(
                        raw["id"],
                        raw["words"],
                        raw["statute"],
                        tuple((p["says"], p["source"]) for p in raw["positions"]),
                        raw["decides"],
                        raw["turns_on"],
                    )
        files: dict[str, dict[str, LawFile]] = {"authority": {}, "limit": {}, "definitions": {}}
        kinds: tuple[tuple[Kind, list[Document]], ...] = (
            ("authority", sources.authorities),
            ("limit", sources.limits),
            ("definitions", sources.definitions),
        )
        for kind, documents in kinds:
            for doc in documents:
                parser = Parser(vocabulary, doc.place, self.faults)
                file = LawFileParser(doc.data, doc.file, kind, laws, parser).parse()
                if self.once("file", file.id, doc.place(("id",))):
                    files[kind][file.id] = file
        tables = {id_: self.table(id_, raw, doc) for id_, raw, doc in entries(sources.tables, "tables") if "key" in raw}
        return Library(
            vocabulary,
            files["authority"],
            files["limit"],
            files["definitions"],
            self.accounts(),
            questions,
            tuple(self.interpretations(vocabulary)),
            tables,
            laws,
            Calendar(settings["fiscal_year_starts_month"], settings["closing_years"]),
            settings.get("known_through"),
            digest,
            min((table.last for table in tables.values() if table.last is not None), default=None),
        )

    def vocabulary(self) -> Vocabulary:
        """Facts, terms (declared, made from tables, and accounts) and acts."""
        facts: list[Fact] = []
        terms: list[Term] = []
        acts: list[Act] = []
        for id_, raw, doc in entries(self.sources.vocabulary, "facts"):
            if self.once("fact", id_, doc.place(("facts", id_))):
                facts.append(
                    Fact(
                        id_,
                        raw["type"],
                        raw["question"],
                        raw.get("supplier", "planner"),
                        raw.get("of"),
                        raw.get("many", False),
                        raw.get("keyed_by"),
                        raw.get("table"),
                        raw.get("presume"),
                        raw.get("opener", False),
                        raw.get("choice", False),
                        raw.get("derived"),
                        tuple(raw.get("from", ())),
                        tuple(raw.get("synonyms", ())),
                        raw.get("noun", ""),
                        raw.get("says", ""),
                        raw.get("denies", ""),
                    )
                )
                if "says" in raw and raw["type"] != "boolean":
                    place = doc.place(("facts", id_, "says"))
                    self.faults.append(
                        Fault(place, f"a statement of a {raw['type']} fact", "noun (says is of a yes or no)")
                    )
                if raw.get("derived") not in (None, *DERIVATIONS):
                    self.faults.append(
                        Fault(
                            doc.place(("facts", id_, "derived")),
                            f"'{raw['derived']}'",
                            "one of " + ", ".join(DERIVATIONS),
                        )
                    )
        for section, documents in (("terms", self.sources.vocabulary), ("accounts", self.sources.accounts)):
            for id_, raw, doc in entries(documents, section):
                if self.once("term", id_, doc.place((section, id_))):
                    terms.append(Term(id_, raw["name"], tuple(raw.get("under", ())), tuple(raw.get("synonyms", ()))))
        for _, raw, doc in entries(self.sources.tables, "tables"):
            if "terms_from" in raw:
                terms.extend(self.table_terms(raw, doc))
        for id_, raw, doc in entries(self.sources.vocabulary, "acts"):
            if self.once("act", id_, doc.place(("acts", id_))):
                acts.append(Act(id_, raw["gist"], raw["actor"], raw.get("statute", ""), raw.get("delegable")))
        self.no_cycles(terms)
        if self.faults:
            raise FaultsError(self.faults)
        return build(facts, terms, acts)

    def table_terms(self, raw: Mapping[str, Any], doc: Document) -> list[Term]:
        """The terms that a table's rows name."""
        columns = raw["terms_from"]
        return [
            Term(
                row[columns["id"]],
                row[columns["name"]],
                (columns["under"],),
                tuple(w.strip() for w in row.get(columns.get("synonyms", ""), "").split(";") if w.strip()),
            )
            for row in self.sources.rows[raw["file"]]
        ]

    def no_cycles(self, terms: list[Term]) -> None:
        """A term below itself, or below a term that nobody declared, is a fault."""
        parents = {t.id: t.under for t in terms}
        places = {
            id_: doc.place((section, id_))
            for section, docs in (("terms", self.sources.vocabulary), ("accounts", self.sources.accounts))
            for id_, _, doc in entries(docs, section)
        }
        done: set[str] = set()
        for start in parents:
            path: list[str] = []
            stack: list[tuple[str, int]] = [(start, 0)]
            while stack:
                term, depth = stack.pop()
                del path[depth:]
                if term in path:
                    loop = " under ".join([*path[path.index(term) :], term])
                    self.faults.append(Fault(places[term], f"the circle {loop}", "terms without circles", "", "cycle"))
                    done.update(path)
                    break
                if term in done:
                    continue
                path.append(term)
                for parent in parents.get(term, ()):
                    if parent not in parents:
                        self.faults.append(
                            Fault(
                                places.get(term, Place("", None, term)),
                                f"the parent '{parent}'",
                                "a declared term",
                                nearest(parent, parents),
                                "unknown-term",
                            )
                        )
                    else:
                        stack.append((parent, depth + 1))
            done.add(start)

    def accounts(self) -> dict[str, Account]:
        """The money."""
        return {
            id_: Account(
                id_,
                raw["name"],
                raw["owner"],
                raw.get("period_years"),
                {a["fund_year"]: a["available_until"] for a in raw.get("appropriations", ())},
                raw.get("basis", ""),
            )
            for id_, raw, _ in entries(self.sources.accounts, "accounts")
        }

    def interpretations(self, vocabulary: Vocabulary) -> list[Interpretation]:
        """Counsel's answers."""
        out = []
        for doc in self.sources.interpretations:
            for i, raw in enumerate(doc.data.get("interpretations", ())):
                parser = Parser(vocabulary, doc.place, self.faults)
                when = parser.condition(raw["when"], ("interpretations", i, "when")) if "when" in raw else TRUE
                out.append(
                    Interpretation(
                        raw["question"],
                        raw["answer"],
                        frozenset(raw["fiscal_years"]),
                        when,
                        raw["office"],
                        raw["memo"],
                        raw["date"],
                    )
                )
        return out

    def table(self, id_: str, raw: Mapping[str, Any], doc: Document) -> Table:
        """A dated table from its CSV rows."""
        rows: dict[str, tuple[TableRow, ...]] = {}
        for number, row in enumerate(self.sources.rows[raw["file"]], start=2):
            said = row.get(raw["value"], "")
            value: Any = {"yes": True, "true": True, "no": False, "false": False, "": None}.get(said, said)
            key = row[raw["key"]]
            ends = []
            for column in ("from", "until"):
                text = row.get(raw.get(column, ""), "")
                try:
                    ends.append(date.fromisoformat(text) if text else None)
                except ValueError:
                    self.faults.append(Fault(Place(raw["file"], number, column), f"'{text}'", "a date, YYYY-MM-DD"))
                    ends.append(None)
            made = TableRow(
                key,
                value,
                ends[0],
                ends[1],
                row.get(raw.get("basis", ""), ""),
                row.get("source", raw["source"]),
            )
            rows[key] = (*rows.get(key, ()), made)
        covers = raw.get("covers", {})
        return Table(
            id_,
            raw["says"],
            raw["source"],
            covers.get("from"),
            covers.get("to"),
            raw.get("complete", False),
            rows,
        )


def with_digest(library: Library, digest: str) -> Library:
    """The same library, named by the digest of its content."""
    return replace(library, digest=digest)
