"""What two editions have in common word for word, so that only the rest need be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from authorities.proving.counting import Pieces
from authorities.proving.lives import VALUE, Piece, Reading, Readings, bare
from rules.library import Library, Table
from rules.provisions import Cap, LawFile
from rules.vocabulary import Fact


class Likeness:
    """Which words, beside provisions, are the same in two libraries; each compared once."""

    def __init__(self, before: Library, after: Library):
        self.before, self.after = before, after
        self._facts: dict[str, bool] = {}
        self._money: bool | None = None

    def same_words(self, before: Reading, after: Reading) -> bool:
        """Whether what an authority reads beside provisions is the same: its facts with their terms and tables, the
        accounts, the interpretations, the days of its laws, and the calendar."""
        if before.questions != after.questions or self._settled(before) != self._settled(after):
            return False
        mine, theirs = before.laws(), after.laws()
        if any(mine[law] != theirs[law] for law in mine.keys() & theirs.keys()) or not self._same_money():
            return False
        a, b = self.before, self.after
        if a.vocabulary is b.vocabulary and a.tables is b.tables:
            return True
        return all(self._same_fact(name) for name in sorted(before.facts | after.facts))

    def _same_money(self) -> bool:
        if self._money is None:
            self._money = _money(self.before) == _money(self.after)
        return self._money

    @staticmethod
    def _settled(reading: Reading) -> list[Any]:
        return [one for one in reading.library.interpretations if one.question in reading.questions]

    def _same_fact(self, name: str) -> bool:
        """Whether a fact, and those it is computed from or looked up by, is the same in both (or in neither)."""
        if name not in self._facts:
            both = [library.vocabulary.facts.get(name) for library in (self.before, self.after)]
            if None in both:
                self._facts[name] = both == [None, None]
            else:
                hangs = {one for fact in both if fact is not None for one in (*fact.source, fact.keyed_by) if one}
                same = _said_of(self.before, name) == _said_of(self.after, name)
                self._facts[name] = same and all(self._same_fact(one) for one in sorted(hangs))
        return self._facts[name]


def _money(library: Library) -> Any:
    """What decides when money may be spent."""
    accounts = {id_: (one.period_years, dict(one.years)) for id_, one in library.accounts.items()}
    return library.calendar, accounts


def _said_of(library: Library, name: str) -> Any:
    """All that decides what a fact can be and how it is tested: of a term, all terms that have one of its values below
    them, for a condition may name any."""
    words = library.vocabulary
    fact: Fact = replace(words.facts[name], question="", synonyms=(), noun="", says="", denies="")
    below = words.taxonomy.below
    domain = below.get(fact.of or "", frozenset(words.terms)) if fact.type == "term" else frozenset[str]()
    terms = {term: under for term, under in below.items() if not under.isdisjoint(domain)} if domain else {}
    return (
        fact,
        domain,
        terms,
        name in words.money_years,
        None if fact.table is None else _rows(library.tables[fact.table]),
    )


def _rows(table: Table) -> Any:
    rows = {key: [(row.value, row.first, row.last) for row in some] for key, some in table.rows.items()}
    return table.first, table.last, table.complete, rows


# --- provisions ------------------------------------------------------------------------------------------------------
def differing_pieces(before: Reading, after: Reading) -> tuple[Pieces, Pieces] | None:
    """The provisions and states of values that one edition has and the other has not, of each.

    None where the files differ in what is no provision: whom a limit reaches, what an authority beats.
    """
    heads = [{id_: _head(file) for id_, file in one.files.items()} for one in (before, after)]
    values = [{key for key in one.pieces if key[2] == VALUE} for one in (before, after)]
    if heads[0] != heads[1] or values[0] != values[1]:
        return None
    mine, theirs = (
        {key: piece for key, piece in one.pieces.items() if not _says_same(piece, other.pieces.get(key))}
        for one, other in ((before, after), (after, before))
    )
    return mine, theirs


def only_shared_otherwise(pieces: tuple[Pieces, Pieces]) -> bool:
    """Whether all that differs is which lines of a proposal some caps add together: no proposal of one line can tell."""
    mine, theirs = ({key: _of_one_line(piece) for key, piece in some.items()} for some in pieces)
    return bool(mine) and mine == theirs


def _of_one_line(piece: Piece) -> Piece:
    return bare(replace(piece, per="element") if isinstance(piece, Cap) else piece)


def _says_same(one: Piece, other: Piece | None) -> bool:
    return one is other or (other is not None and (one == other or bare(one) == bare(other)))


def _head(file: LawFile) -> Any:
    return file.kind, file.tags, file.reach, file.reach_except, file.notwithstanding, file.but_not


def differing_files(before: Readings, after: Library) -> frozenset[str]:
    """The files that differ, by id, and those that read them in either library."""
    shelves = [{(file.kind, file.id): file for file in library.files()} for library in (before.library, after)]
    mine, theirs = shelves
    differ = {key for key in mine.keys() | theirs.keys() if not _alike(mine.get(key), theirs.get(key))}
    if not differ:
        return frozenset()
    readings = [before]
    if any(_shape(mine.get(key)) != _shape(theirs.get(key)) for key in differ):
        readings.append(Readings(after))  # what names a file may have changed
    out = {id_ for _, id_ in differ}
    for one in readings:
        for file in one.library.files():
            read = one.file(file)
            if not differ.isdisjoint(read.files) or any(key[:2] in differ for key in read.pieces):
                out.add(file.id)
    return frozenset(out)


def _shape(file: LawFile | None) -> Any:
    """By what other files may read one: its definitions, its values, and whom it reaches."""
    if file is None:
        return None
    return file.reach, {one.id for one in file.definitions}, {name: len(some) for name, some in file.values.items()}


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
            out.setdefault((key[1], cap.group or cap.id), []).append(told)
    return {key: sorted(some) for key, some in out.items()}
