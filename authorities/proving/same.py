"""What two editions have in common word for word, so that only the rest need be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from authorities.proving.lives import Piece, Reading, bare
from rules.library import Library, Table
from rules.provisions import Cap, LawFile
from rules.vocabulary import Fact


def same_words(before: Reading, after: Reading) -> bool:
    """Whether what an authority reads beside provisions is the same in both libraries: its facts with their terms and
    tables, the accounts, the interpretations, the days of its laws, and the calendar."""
    a, b = before.library, after.library
    if (a.calendar, a.accounts) != (b.calendar, b.accounts) or sorted(before.laws()) != sorted(after.laws()):
        return False
    if before.questions != after.questions or _settled(before) != _settled(after):
        return False
    if a.vocabulary is b.vocabulary and a.tables is b.tables:
        return True
    names = _closed(before) | _closed(after)
    return all(name in a.vocabulary.facts and name in b.vocabulary.facts for name in names) and all(
        _said_of(a, name) == _said_of(b, name) for name in sorted(names)
    )


def _settled(reading: Reading) -> list[Any]:
    return [one for one in reading.library.interpretations if one.question in reading.questions]


def _closed(reading: Reading) -> set[str]:
    """The facts read, and those they are computed from or looked up by."""
    facts, out = reading.library.vocabulary.facts, set[str]()
    waiting = [name for name in sorted(reading.facts) if name in facts]
    while waiting:
        name = waiting.pop()
        if name not in out:
            out.add(name)
            waiting += [one for one in (*facts[name].source, facts[name].keyed_by) if one is not None]
    return out


def _said_of(library: Library, name: str) -> Any:
    """All that decides what a fact can be and how it is tested."""
    words = library.vocabulary
    fact: Fact = replace(words.facts[name], question="", synonyms=(), noun="", says="", denies="")
    below = words.taxonomy.below
    domain = below.get(fact.of or "", frozenset(words.terms)) if fact.type == "term" else frozenset()
    terms = {term: below.get(term) for term in sorted(domain)}
    return fact, terms, name in words.money_years, None if fact.table is None else _rows(library.tables[fact.table])


def _rows(table: Table) -> Any:
    rows = {key: [(row.value, row.first, row.last) for row in some] for key, some in table.rows.items()}
    return table.first, table.last, table.complete, rows


# --- provisions ------------------------------------------------------------------------------------------------------
def differing_pieces(before: Reading, after: Reading) -> list[tuple[Piece, ...]]:
    """The provisions and states of values that one edition has and the other has not, of each.

    Where the files differ in what is no provision (whom a limit reaches, what an authority beats), all of them.
    """
    heads = [{id_: _head(file) for id_, file in one.files.items()} for one in (before, after)]
    kept = [{key: bare(piece) for key, piece in one.pieces.items()} for one in (before, after)]
    values = [[key for key in one if key[1] == "value"] for one in kept]
    if heads[0] != heads[1] or values[0] != values[1]:
        return [tuple(one.pieces.values()) for one in (before, after)]
    return [
        tuple(piece for key, piece in one.pieces.items() if mine[key] != theirs.get(key))
        for one, mine, theirs in ((before, kept[0], kept[1]), (after, kept[1], kept[0]))
    ]


def _head(file: LawFile) -> Any:
    return file.kind, file.tags, file.reach, file.reach_except, file.notwithstanding, file.but_not


def differing_files(before: Library, after: Library) -> frozenset[str]:
    """The files that differ, and those that read them."""
    mine, theirs = ({file.id: file for file in one.files()} for one in (before, after))
    differ = {id_ for id_ in mine.keys() | theirs.keys() if not _alike(mine.get(id_), theirs.get(id_))}
    out = set(differ)
    for library in (before, after) if differ else ():
        for file in library.files():
            if file.id not in out:
                reading = Reading.of_file(library, file)
                if differ & {key[0] for key in reading.pieces} or differ & reading.files.keys():
                    out.add(file.id)
    return frozenset(out)


def _alike(one: LawFile | None, other: LawFile | None) -> bool:
    return one is other or (one is not None and other is not None and _law(one) == _law(other))


def _law(file: LawFile) -> LawFile:
    return replace(file, cases=(), notes=(), left_out=(), unchanged=(), path="", title="", short="", statute="")


def renamed_caps(before: Reading, after: Reading) -> dict[tuple[str, str], tuple[str, str]]:
    """Caps (file, cap or group) of the second edition that seem to stand under another name in the first, one for one.

    A guess, by what they count: whether they do the same is proved like all else.
    """
    mine, theirs = _caps(before), _caps(after)
    free = {key: like for key, like in mine.items() if key not in theirs}
    out: dict[tuple[str, str], tuple[str, str]] = {}
    for key, like in theirs.items():
        twin = None if key in mine else next((k for k, its in free.items() if k[0] == key[0] and its == like), None)
        if twin is not None:
            out[key] = twin
            del free[twin]
    return out


def _caps(reading: Reading) -> dict[tuple[str, str], list[str]]:
    """The caps under each key: what they count, how, and since when."""
    out: dict[tuple[str, str], list[str]] = {}
    for key, cap in reading.pieces.items():
        if isinstance(cap, Cap):
            told = f"{cap.counts} {cap.per} {cap.used} {cap.life}"
            out.setdefault((key[0], cap.group or cap.id), []).append(told)
    return {key: sorted(some) for key, some in out.items()}
