"""The vocabulary as a planner reads it: each fact's question, type, supplier, synonyms, terms and readers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from rules import conditions as c
from rules.faults import Fault, FaultsError, Place, nearest
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.vocabulary import fold
from rules.words import amount

_BY = {
    "table": "a dated table, else the planner",
    "planner": "the planner",
    "staff": "staff",
    "counsel": "counsel",
}


def readers(library: Library) -> dict[str, list[str]]:
    """Fact -> the law files that read it."""
    out: dict[str, set[str]] = {}
    for file in library.files():
        for _, _, condition, _ in all_conditions(file):
            for one in c.walk(condition):
                if isinstance(one, (c.OneOf, c.Equals, c.Bounded)):
                    out.setdefault(one.fact, set()).add(file.id)
        for cap in file.caps:
            for name in (cap.counts, cap.used):
                if name is not None:
                    out.setdefault(name, set()).add(file.id)
        if file.funds:
            for name in ("account", "fund_year"):
                out.setdefault(name, set()).add(file.id)
    return {fact: sorted(files) for fact, files in out.items()}


def facts_table(library: Library, word: str | None) -> list[dict[str, Any]]:
    """Facts matching a word (a fact, a term, or part of either); all of them without one."""
    read = readers(library)
    words = library.vocabulary
    rows = []
    for fact in words.facts.values():
        terms = (
            sorted(words.taxonomy.below.get(fact.of or "", frozenset()) - {fact.of or ""})
            if fact.type == "term"
            else []
        )
        row = {
            "fact": fact.id,
            "question": fact.question,
            "type": f"computed: {fact.derived}" if fact.derived and not fact.choice else fact.type,
            "many": fact.many,
            "supplier": fact.supplier,
            "presumed": fact.presume,
            "opener": fact.opener,
            "choice": fact.choice,
            "synonyms": list(fact.synonyms),
            "terms": [
                {
                    "term": t,
                    "name": words.terms[t].name,
                    "under": list(words.terms[t].under),
                    "synonyms": list(words.terms[t].synonyms),
                }
                for t in terms
            ],
            "read_by": read.get(fact.id, []),
        }
        if word is None or _matches(row, fold(word)):
            rows.append(row)
    if word is not None:
        exact = [row for row in rows if fold(row["fact"]) == fold(word)]
        rows = exact or rows
        if not rows:
            known = [*words.facts, *words.terms]
            raise FaultsError(
                [
                    Fault(
                        Place("advisor facts", None, ""),
                        f"'{word}'",
                        "part of a fact or term",
                        nearest(word, known),
                    )
                ]
            )
    return rows


def _matches(row: dict[str, Any], word: str) -> bool:
    said = [row["fact"], *row["synonyms"]]
    said += [w for t in row["terms"] for w in (t["term"], t["name"], *t["synonyms"])]
    return any(word in fold(one) for one in said)


def render_facts(rows: Sequence[dict[str, Any]], *, whole: bool) -> str:
    """The list as text; ``whole`` shows every term."""
    out: list[str] = []
    for row in rows:
        out.append(f"{row['fact']}  ({row['type']}{', several' if row['many'] else ''})")
        out.append(f"    {row['question']}")
        said = f"    Who can say: {_BY[row['supplier']]}."
        if row["presumed"] is not None:
            said += f" Presumed: {amount(row['presumed'])}."
        if row["opener"]:
            said += " Opens an authority only in a special circumstance."
        if row["choice"]:
            said += " Still yours to choose."
        out.append(said)
        if row["synonyms"]:
            out.append(f"    Also: {', '.join(row['synonyms'])}.")
        if row["terms"]:
            names = [t["term"] for t in row["terms"]]
            if whole and len(rows) <= 3:
                out += [
                    f"      {t['term']:<32} {t['name']}"
                    + (f" (also {', '.join(t['synonyms'])})" if t["synonyms"] else "")
                    for t in row["terms"]
                ]
            else:
                text = ", ".join(names[:12]) + (
                    f", ... ({len(names)} terms: advisor facts {row['fact']})" if len(names) > 12 else ""
                )
                out += textwrap.wrap(f"Terms: {text}", 96, initial_indent="    ", subsequent_indent="      ")
        if row["read_by"]:
            out += textwrap.wrap(
                f"Read by: {', '.join(row['read_by'])}", 96, initial_indent="    ", subsequent_indent="      "
            )
        out.append("")
    return "\n".join(out).rstrip()
