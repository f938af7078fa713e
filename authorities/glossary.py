"""The words of the library: each term, account, act and fact with its gist, parents, other names, source and users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from authorities.loading import Loaded
from rules import conditions as c
from rules.lawfiles import all_conditions
from rules.library import Library
from rules.provisions import LawFile
from rules.vocabulary import fold

UNKNOWN = "unknown"
KINDS = ("term", "account", "act", "fact")


@dataclass(frozen=True)
class Word:
    """One word. ``gist`` and ``source`` are empty where the library says none; ``users`` are ids of law files that
    name it themselves (a term is also reached through those above it)."""

    id: str
    kind: str
    name: str
    gist: str
    parents: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str
    users: tuple[str, ...]


def glossary(loaded: Loaded) -> tuple[Word, ...]:
    """Every word, by kind (in the order of ``KINDS``) and id."""
    library, raw = loaded.library, loaded.raw
    users = _users(library)
    words = [*_terms(library, raw, users), *_acts(library, users), *_facts(library, users)]
    return tuple(sorted(words, key=lambda word: (KINDS.index(word.kind), word.id)))


def matching(words: tuple[Word, ...], said: str) -> tuple[Word, ...]:
    """The words that hold ``said`` in an id, name or other name; those that are just that, where there are such."""
    wanted = fold(said)
    exact = tuple(word for word in words if wanted in {fold(one) for one in _names(word)})
    return exact or tuple(word for word in words if any(wanted in fold(one) for one in _names(word)))


def _names(word: Word) -> tuple[str, ...]:
    return (word.id, word.name, *word.aliases)


def _terms(library: Library, raw: Mapping[str, Any], users: Mapping[tuple[str, str], list[str]]) -> Iterator[Word]:
    for id_, term in library.vocabulary.terms.items():
        account = library.accounts.get(id_)
        fields = (raw["accounts"] if account is not None else raw["terms"])[id_]
        gist, source = fields.get("gist", ""), fields.get("source", "")
        if account is not None:
            purpose = fields.get("purpose", "")
            gist, source = ("" if purpose == UNKNOWN else purpose), fields.get("purpose_source", "")
        kind = "term" if account is None else "account"
        using = tuple(users.get(("term", id_), ()))
        yield Word(id_, kind, term.name, gist, term.under, term.synonyms, source, using)


def _acts(library: Library, users: Mapping[tuple[str, str], list[str]]) -> Iterator[Word]:
    for act in library.vocabulary.acts.values():
        gist = f"{act.gist} ({act.actor})"
        yield Word(act.id, "act", act.id, gist, (), (), act.statute, tuple(users.get(("act", act.id), ())))


def _facts(library: Library, users: Mapping[tuple[str, str], list[str]]) -> Iterator[Word]:
    for fact in library.vocabulary.facts.values():
        table = library.tables.get(fact.table or "")
        parents = (fact.of,) if fact.of else ()
        source = "" if table is None else table.source
        name = fact.noun or fact.id
        using = tuple(users.get(("fact", fact.id), ()))
        yield Word(fact.id, "fact", name, fact.question, parents, fact.synonyms, source, using)


def _users(library: Library) -> Mapping[tuple[str, str], list[str]]:
    out: dict[tuple[str, str], list[str]] = {}
    for file in sorted(library.files(), key=lambda file: file.id):
        for word in sorted(set(_named(file))):
            out.setdefault(word, []).append(file.id)
    return out


def _named(file: LawFile) -> Iterator[tuple[str, str]]:
    """The words a file names in its rules: (kind, id)."""
    for _, _, condition, _ in all_conditions(file):
        yield from _in(condition)
    for duty in file.duties:
        yield "act", duty.act
        for content in duty.contents:
            yield from _in(content.when)
    for cap in file.caps:
        yield from (("fact", one) for one in (cap.counts, cap.used) if one is not None)
    for fund in file.funds:
        yield from (("term", one) for one in fund.accounts)
    yield from (("term", one) for one in (*file.reach.accounts, *file.reach_except.accounts))
    for entries in file.values.values():
        for entry in entries:
            is_ = entry.is_ if isinstance(entry.is_, tuple) else ()
            yield from (("term", str(one)) for one in (*is_, *entry.adds, *entry.removes))


def _in(condition: c.Condition) -> Iterator[tuple[str, str]]:
    for one in c.walk(condition):
        match one:
            case c.OneOf(fact, members):
                yield "fact", fact
                yield from (("term", member) for member in (members if isinstance(members, tuple) else ()))
            case c.Equals() | c.Bounded():
                yield "fact", one.fact
            case c.ActDone(act):
                yield "act", act
