"""What is declared and nothing uses. A name only a case mentions is not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules import conditions as c
from rules.checks import value_refs
from rules.provisions import Definition
from rules.reading import Document

FACT = Kind(
    "unused-fact", "warning", "A fact that no rule tests and nothing is computed from.", "test it, or delete it"
)
TERM = Kind(
    "unused-term",
    "warning",
    "A term that no fact can have, or that no rule, table or case tells apart from others: neither it nor anything "
    "above or below it (but the root) is named.",
    "name it in a rule or a case, or delete it",
)
ACT = Kind("unused-act", "warning", "An act that no duty asks for and no `unless` rests on.", "encode it, or delete it")
QUESTION = Kind(
    "unused-question",
    "warning",
    "An open question that no condition asks.",
    "ask it where its words stand, or delete it",
)
LAW = Kind(
    "unused-law", "warning", "A Public Law that nothing in the library names.", "name it where it acts, or delete it"
)
ACCOUNT = Kind(
    "unused-account", "warning", "An account that no rule, table, case or other account names.", "use it, or delete it"
)
DEFINITION = Kind(
    "unused-definition", "warning", "A definition that nothing rests on.", "use it, or note its paragraph"
)
VALUE = Kind("unused-value", "warning", "A dated value that no provision uses.", "use it, or note its paragraph")
TABLE = Kind("unused-table", "warning", "A table that no fact reads and that makes no terms.", "read it, or delete it")
KINDS = (FACT, TERM, ACT, QUESTION, LAW, ACCOUNT, DEFINITION, VALUE, TABLE)

LANGUAGE = frozenset(
    {"title", "element", "partner", "date", "start", "end", "delivery", "cost", "account", "fund_year", "project"}
)
"""Facts the language itself gives a part (events, money, the lines of a proposal)."""


def check(view: View) -> Iterator[Issue]:
    """Every declaration."""
    yield from _facts(view)
    yield from _terms(view)
    yield from _acts_and_questions(view)
    yield from _laws(view)
    yield from _words_of_files(view)
    read = {fact.table for fact in view.words.facts.values()}
    for id_ in view.library.tables:
        if id_ not in read:
            yield TABLE.at(view.entry(view.sources.tables, "tables", id_), f"no fact reads the table '{id_}'")


def _facts(view: View) -> Iterator[Issue]:
    used = set(LANGUAGE)
    for one in view.every_condition():
        if isinstance(one, (c.OneOf, c.Equals, c.Bounded)):
            used.add(one.fact)
    for file in view.files:
        for cap in file.caps:
            used |= {cap.counts, *((cap.used,) if cap.used else ())}
    facts = view.words.facts
    todo = [name for name in used if name in facts]
    while todo:
        fact = facts[todo.pop()]
        for name in (*fact.source, *((fact.keyed_by,) if fact.keyed_by else ())):
            if name not in used:
                used.add(name)
                todo.append(name)
    for fact in facts.values():
        if fact.id not in used and fact.type != "text":
            yield FACT.at(view.fact(fact.id), f"nothing tests the fact '{fact.id}'")


def _mentioned(view: View) -> set[str]:
    """Every term that a rule, an account, a table, a presumption or a case names."""
    out: set[str] = set()
    for one in view.every_condition():
        if isinstance(one, c.OneOf) and isinstance(one.members, tuple):
            out.update(one.members)
    for file in view.files:
        for entries in file.values.values():
            for entry in entries:
                out |= {*entry.adds, *(entry.is_ if isinstance(entry.is_, tuple) else ())}
        for fund in file.funds:
            out.update(fund.accounts)
        out |= {*file.reach.accounts, *file.reach_except.accounts}
        for case in file.cases:
            out |= _texts(case.given)
    for table in view.library.tables.values():
        out.update(table.rows)
        out |= {row.value for rows in table.rows.values() for row in rows if isinstance(row.value, str)}
    for fact in view.words.facts.values():
        out |= _texts(fact.presume)
    return {term for word in out for term in (word, *view.words.term_words.get(word.lower(), ()))}


def _texts(raw: object) -> set[str]:
    if isinstance(raw, str):
        return {raw}
    parts: Iterable[object] = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, (list, tuple)) else ()
    return reduce(set.union, (_texts(part) for part in parts), set())


def _terms(view: View) -> Iterator[Issue]:
    below = view.words.taxonomy.below
    roots = {fact.of for fact in view.words.facts.values() if fact.type == "term"}
    anywhere = None in roots
    named = _mentioned(view)
    known: set[str] = set()
    for term in named - roots:
        known |= below.get(term, frozenset())
    known |= {term for term, under in below.items() if not under.isdisjoint(named)}
    possible = set(below) if anywhere else set().union(*(below.get(root, frozenset()) for root in roots if root))
    for id_, section, documents in _declared(view):
        place = view.entry(documents, section, id_)
        if id_ not in possible:
            yield TERM.at(place, f"no fact can have the term '{id_}'")
        elif id_ not in known and id_ not in roots:
            kind = ACCOUNT if section == "accounts" else TERM
            yield kind.at(place, f"nothing names '{id_}', nor anything above or below it")


def _declared(view: View) -> Iterator[tuple[str, str, Sequence[Document]]]:
    for section, documents in (("terms", view.sources.vocabulary), ("accounts", view.sources.accounts)):
        for doc in documents:
            for id_ in doc.data.get(section, {}):
                yield str(id_), section, documents


def _acts_and_questions(view: View) -> Iterator[Issue]:
    acts = {duty.act for file in view.files for duty in file.duties}
    questions: set[str] = set()
    for one in view.every_condition():
        match one:
            case c.ActDone(id_):
                acts.add(id_)
            case c.Question(id_):
                questions.add(id_)
    for file in view.files:
        questions |= {d.otherwise for d in file.definitions if d.otherwise is not None}
    for id_ in view.words.acts:
        if id_ not in acts:
            place = view.entry(view.sources.vocabulary, "acts", id_)
            yield ACT.at(place, f"no duty or `unless` names the act '{id_}'")
    for id_ in view.library.questions:
        if id_ not in questions:
            yield QUESTION.at(view.question(id_), f"no condition asks the question '{id_}'")


def _laws(view: View) -> Iterator[Issue]:
    named: set[str] = set()
    for file in view.files:
        for provision in file.provisions():
            named |= {law.public_law for law in (provision.life.law, provision.life.ended_by) if law is not None}
        for entries in file.values.values():
            for entry in entries:
                named |= {law.public_law for law in (entry.life.law, entry.life.ended_by) if law is not None}
        for remark in (*file.notes, *file.left_out):
            if remark.life is not None:
                named |= {law.public_law for law in (remark.life.law, remark.life.ended_by) if law is not None}
    for doc in view.sources.accounts:
        for raw in doc.data.get("accounts", {}).values():
            named |= {one["law"] for one in raw.get("appropriations", ()) if "law" in one}
    for number in view.library.laws:
        if number not in named:
            yield LAW.at(view.entry(view.sources.laws, "laws", number), f"nothing names Pub. L. {number}")


def _words_of_files(view: View) -> Iterator[Issue]:
    used: set[tuple[str, str]] = set()
    for file in view.files:
        for provision in file.provisions():
            used |= {(ref.file or file.id, ref.name) for ref in value_refs(provision)}
    for file in view.files:
        for name in file.values:
            if (file.id, name) not in used:
                place = view.at(file, f"values.{name}", ("values", name))
                yield VALUE.at(place, f"no provision uses the value '{name}'")
        resting = {n for f in (view.files if file.kind == "definitions" else [file]) for n in _satisfied(view, f.id)}
        for one in file.definitions:
            if one.id not in resting:
                yield DEFINITION.at(view.provision(one), f"nothing rests on the definition '{one.id}'")


def _satisfied(view: View, file_id: str) -> set[str]:
    out: set[str] = set()
    for provision, _, condition in view.conditions(view.by_id[file_id]):
        for one in c.walk(condition):
            if isinstance(one, c.Satisfies):
                out |= {n for n in one.names if not (isinstance(provision, Definition) and provision.id == n)}
    return out
