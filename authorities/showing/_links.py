"""What a law file hangs on: definitions of other files, open questions, tables, and the limits that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from authorities.showing._values import spaced
from rules import conditions as c
from rules.lawfiles import all_conditions
from rules.library import Interpretation, Library, OpenQuestion
from rules.provisions import Definition, LawFile, Reach
from rules.words import listed as joined


@dataclass(frozen=True)
class Asked:
    """An open question, the provisions it decides, and what counsel has answered so far."""

    question: OpenQuestion
    decides: tuple[str, ...]
    answers: tuple[Interpretation, ...]


@dataclass(frozen=True)
class Reached:
    """A limit and an authority it reaches. ``how``: by what."""

    limit: LawFile
    authority: LawFile
    how: str


def conditions(file: LawFile) -> Iterator[tuple[str, c.Condition]]:
    """Every condition of a file, whole, with the provision it stands in."""
    for id_, _, condition, _ in all_conditions(file):
        yield id_, condition
    for duty in file.duties:
        for content in duty.contents:
            yield duty.id, content.when


def borrowed(library: Library, file: LawFile) -> list[tuple[LawFile, Definition]]:
    """The definitions of other files that this one reads, and those they read in turn."""
    found: dict[str, tuple[LawFile, Definition]] = {}
    own = {d.id for d in file.definitions}

    def look(home: LawFile, some: Iterator[c.Condition]) -> None:
        for condition in some:
            for one in c.walk(condition):
                for name in one.names if isinstance(one, c.Satisfies) else ():
                    if name in found or (home is file and name in own):
                        continue
                    for other in library.definitions.values():
                        for definition in other.definitions:
                            if definition.id == name:
                                found[name] = (other, definition)
                                look(other, _of_definition(definition))

    look(file, (condition for _, condition in conditions(file)))
    return [pair for pair in found.values() if pair[0] is not file]


def _of_definition(one: Definition) -> Iterator[c.Condition]:
    yield from (part for part in (one.when, one.inside, one.outside) if part is not None)


def questions(library: Library, file: LawFile) -> list[Asked]:
    """The open questions a file can turn on, its borrowed definitions' among them."""
    where: dict[str, dict[str, None]] = {}

    def note(id_: str, place: str) -> None:
        where.setdefault(id_, {}).setdefault(place)

    for id_, condition in conditions(file):
        for one in c.walk(condition):
            if isinstance(one, c.Question):
                note(one.id, id_)
    for definition in file.definitions:
        if definition.otherwise:
            note(definition.otherwise, definition.id)
    for other, definition in borrowed(library, file):
        for condition in _of_definition(definition):
            for one in c.walk(condition):
                if isinstance(one, c.Question):
                    note(one.id, f"{other.id}.{definition.id}")
        if definition.otherwise:
            note(definition.otherwise, f"{other.id}.{definition.id}")
    return [
        Asked(library.questions[id_], tuple(places), tuple(i for i in library.interpretations if i.question == id_))
        for id_, places in where.items()
        if id_ in library.questions
    ]


def facts_read(library: Library, file: LawFile) -> list[str]:
    """The facts a file tests, its borrowed definitions' among them, with what computed ones are computed from."""
    found: dict[str, None] = {}

    def add(id_: str) -> None:
        if id_ not in found and id_ in library.vocabulary.facts:
            found[id_] = None
            for source in library.vocabulary.facts[id_].source:
                add(source)

    some = [condition for _, condition in conditions(file)]
    some += [part for _, definition in borrowed(library, file) for part in _of_definition(definition)]
    for condition in some:
        for one in c.walk(condition):
            if isinstance(one, (c.OneOf, c.Equals, c.Bounded)):
                add(one.fact)
    for cap in file.caps:
        add(cap.counts)
    return list(found)


def reached(library: Library, file: LawFile) -> list[Reached]:
    """The limits that reach an authority; for a limit, the authorities it reaches."""
    if file.kind == "limit":
        pairs = [(file, one) for one in library.authorities.values()]
    elif file.kind == "authority":
        pairs = [(one, file) for one in library.limits.values()]
    else:
        pairs = []
    return [Reached(limit, one, how) for limit, one in pairs if (how := _how(library, limit, one))]


def _how(library: Library, limit: LawFile, file: LawFile) -> str:
    beaten = file.notwithstanding
    if beaten is not None and limit.id not in file.but_not and ("all" in beaten or limit.id in beaten):
        return ""
    how = _clause(library, limit.reach, file)
    spared = _clause(library, limit.reach_except, file)
    if spared and not spared.startswith("only where"):
        return ""
    return f"{how}; not {spared.removeprefix('only ')}" if how and spared else how


def _clause(library: Library, reach: Reach, file: LawFile) -> str:
    if reach.everything:
        return "it reaches everything"
    if file.id in reach.authorities:
        return "it names the authority"
    if tags := sorted(file.tags & reach.tags):
        named = joined([f"\u201c{spaced(tag)}\u201d" for tag in tags], "and")
        return f"it reaches every authority marked {named}"
    if reach.accounts:
        named = joined([library.vocabulary.terms[a].name for a in reach.accounts if a in library.vocabulary.terms])
        return f"only where the money that pays is {named}"
    return ""
