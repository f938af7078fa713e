"""The documents of a library folder, checked for shape; and the same as plain data for the second opinion."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from authorities._soundness import row_faults, settings_faults, span_faults, vocabulary_faults
from rules.building import Sources, entries
from rules.faults import Fault, FaultsError, Place, nearest
from rules.reading import Document, read_yaml
from rules.schema import validate
from rules.versions import older_language

FOLDERS = (
    "vocabulary",
    "accounts",
    "questions",
    "interpretations",
    "tables",
    "authorities",
    "limits",
    "definitions",
)
_KINDS = {"authorities": "authority", "limits": "limit"}


def read_sources(contents: Mapping[str, bytes]) -> Sources:
    """Parse and check the shape of every file."""
    faults: list[Fault] = []
    documents: dict[str, list[Document]] = {folder: [] for folder in (*FOLDERS, "laws")}
    settings: Document | None = None
    rows: dict[str, list[dict[str, str]]] = {}
    older: list[Document] = []
    for name, content in contents.items():
        folder, _, file = name.rpartition("/")
        if folder and folder not in FOLDERS:
            faults.append(Fault(Place(name, None, ""), f"the folder '{folder}'", "one of " + ", ".join(FOLDERS)))
            continue
        if name.endswith(".csv"):
            rows[file] = _rows(content, name, faults)
            continue
        try:
            doc = read_yaml(content, name)
        except FaultsError as error:
            faults.extend(error.faults)
            continue
        if older_language([doc]):
            older.append(doc)
            continue
        kind = _KINDS.get(folder, folder) if folder else "library" if name == "library.yaml" else "laws"
        wrong = validate(doc, kind) or tuple(span_faults(doc))
        if wrong:
            faults.extend(wrong)
        elif name == "library.yaml":
            settings = doc
        else:
            documents[folder or "laws"].append(doc)
    behind = older_language(older)
    if behind is not None:
        raise FaultsError([behind])
    if settings is not None:
        faults.extend(settings_faults(settings))
    faults.extend(vocabulary_faults(documents["vocabulary"]))
    if settings is None and "library.yaml" not in contents:
        faults.append(Fault(Place("library.yaml", None, ""), "no such file", "the settings of the library"))
    for id_, raw, doc in entries(documents["tables"], "tables"):
        faults.extend(_columns(id_, raw, doc, rows))
    if faults or settings is None:
        raise FaultsError(faults)
    return Sources(settings, rows=rows, **documents)


def _columns(
    id_: str, raw: Mapping[str, Any], doc: Document, rows: Mapping[str, list[dict[str, str]]]
) -> Iterator[Fault]:
    """A table whose file, or a column of it, is not there."""
    if raw["file"] not in rows:
        yield Fault(doc.place(("tables", id_, "file")), f"'{raw['file']}'", "a CSV file of the folder tables")
        return
    present = [name for name in rows[raw["file"]][0] if name] if rows[raw["file"]] else []
    made = raw.get("terms_from", {})
    wanted = {**{k: raw[k] for k in ("key", "value", "from", "until", "basis") if k in raw}}
    wanted.update({k: made[k] for k in ("id", "name", "synonyms") if k in made})
    for key, column in wanted.items():
        if present and column not in present:
            yield Fault(
                doc.place(("tables", id_, key)),
                f"the column '{column}'",
                f"a column of {raw['file']}: {', '.join(present)}",
                nearest(column, present),
                "unknown-column",
            )


def _rows(content: bytes, name: str, faults: list[Fault]) -> list[dict[str, str]]:
    try:
        faults.extend(row_faults(content, name))
        return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(Place(name, None, ""), str(error), "CSV text in UTF-8"))
        return []


def raw_of(sources: Sources) -> dict[str, Any]:
    """The parsed YAML as plain data, merged by id, for the second opinion."""

    def merged(documents: Iterable[Document], section: str) -> dict[str, Any]:
        return {id_: raw for id_, raw, _ in entries(documents, section)}

    def listed(documents: Iterable[Document], section: str) -> list[Any]:
        return [one for doc in documents for one in doc.data.get(section, ())]

    tables = merged(sources.tables, "tables")
    terms = {**merged(sources.vocabulary, "terms"), **merged(sources.accounts, "accounts")}
    for raw in tables.values():
        made = raw.get("terms_from")
        if made:
            for row in sources.rows[raw["file"]]:
                synonyms = [w.strip() for w in row.get(made.get("synonyms", ""), "").split(";") if w.strip()]
                term = {"name": row[made["name"]], "under": [made["under"]], "synonyms": synonyms}
                terms[row[made["id"]]] = {**term, "source": raw["source"]}
    return {
        "settings": sources.settings.data,
        "authorities": {d.data["id"]: d.data for d in sources.authorities},
        "limits": {d.data["id"]: d.data for d in sources.limits},
        "definitions": {d.data["id"]: d.data for d in sources.definitions},
        "accounts": merged(sources.accounts, "accounts"),
        "questions": {q["id"]: q for q in listed(sources.questions, "questions")},
        "interpretations": listed(sources.interpretations, "interpretations"),
        "facts": merged(sources.vocabulary, "facts"),
        "terms": terms,
        "acts": merged(sources.vocabulary, "acts"),
        "laws": {number: fields["enacted"] for number, fields, _ in entries(sources.laws, "laws")},
        "tables": {
            id_: {**raw, "rows": [] if "terms_from" in raw else sources.rows[raw["file"]]}
            for id_, raw in tables.items()
        },
    }
