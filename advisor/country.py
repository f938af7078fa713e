"""A country on a day: its dated facts, what the lists bar, which authorities reach each ministry's forces, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from advisor.asking import ask
from advisor.country_lists import Held, held
from authorities.forces import Force, forces_of, terms_of
from authorities.loading import Loaded
from authorities.partner_facts import KEY, DatedFact, partner_facts
from rules.faults import Fault, FaultsError, Place, nearest
from rules.findings import LineAnswer
from rules.library import Library
from rules.proposals import from_mapping
from rules.rulebook import Shelf
from rules.vocabulary import fold

COUNTRY = "country"
"""The term above every country."""


class Reached(NamedTuple):
    """An authority that may reach a recipient. ``verdict``: with everything but the recipient unsaid."""

    id: str
    short: str
    statute: str
    verdict: str


class Barred(NamedTuple):
    """An authority prohibited for a recipient, and the bars that stand, as (gist, citation)."""

    id: str
    short: str
    statute: str
    bars: tuple[tuple[str, str], ...]


class Group(NamedTuple):
    """Forces to which the same authorities reach. ``recipients``: what they are, as facts of a proposal.

    ``rest``: how many authorities reach none of them. ``assumed``: what a verdict rests on, as (fact, value, source).
    """

    recipients: tuple[Mapping[str, str], ...]
    forces: tuple[Force, ...]
    reach: tuple[Reached, ...]
    barred: tuple[Barred, ...]
    rest: int
    assumed: tuple[tuple[str, str, str], ...]


class Open(NamedTuple):
    """An open question, who decides it, and how many of the findings and bars shown hang on it."""

    id: str
    words: str
    statute: str
    decides: str
    turns_on: str
    hanging: int


class Page(NamedTuple):
    """All of it. ``known``: the last day of enactments taken into account. ``unjudged``: forces of no sure kind."""

    country: str
    name: str
    day: date
    known: date
    edition: str
    facts: tuple[DatedFact, ...]
    provisions: tuple[Held, ...]
    groups: tuple[Group, ...]
    unjudged: tuple[Force, ...]
    questions: tuple[Open, ...]


def country_page(loaded: Loaded, word: str, *, day: date, today: date, shelf: Shelf | None = None) -> Page:
    """The page of a country, by code or name. Raises FaultsError for an unknown country."""
    library = loaded.library
    code = named(library, word)
    facts = partner_facts(library, code, day)
    provisions = held(library, code, facts, day, today)
    forces = {force: terms_of(force) for force in forces_of(code, day)}
    judged = {force: terms for force, terms in forces.items() if "recipient" in terms}
    groups, hanging = _groups(loaded, code, judged, day, today, shelf)
    for one in provisions:
        if one.kind == "bar" and one.state != "not met":
            for question in (*one.questions, *(q for relief in one.reliefs for q in relief.questions)):
                hanging.setdefault(question, set()).add((one.file, one.id))
    name = library.vocabulary.terms[code].name
    questions = _open(library, hanging)
    unjudged = tuple(force for force in forces if force not in judged)
    return Page(code, name, day, today, library.digest, facts, provisions, groups, unjudged, questions)


def named(library: Library, word: str) -> str:
    """The code of a country, from its code, name or another name of it."""
    words = library.vocabulary
    countries = words.taxonomy.below[COUNTRY] - {COUNTRY}
    meant = [word.upper()] if word.upper() in countries else []
    meant = meant or [one for one in words.term_words.get(fold(word), ()) if one in countries]
    if len(meant) == 1:
        return meant[0]
    known = {said for said, ids in words.term_words.items() if any(one in countries for one in ids)}
    near = nearest(word, known)
    near = words.terms[next(one for one in words.term_words[near] if one in countries)].name if near else ""
    found = "one of " + ", ".join(sorted(meant)) if meant else "a country, by three-letter code or name"
    raise FaultsError([Fault(Place("advisor country", None, ""), f"'{word}'", found, near)])


# --- which authorities reach each force ---------------------------------------------------------------------------
def _groups(
    loaded: Loaded, code: str, forces: Mapping[Force, Mapping[str, str]], day: date, today: date, shelf: Shelf | None
) -> tuple[tuple[Group, ...], dict[str, set[tuple[str, str]]]]:
    """The forces with what reaches them, and each question with the (recipient, authority) findings that hang on it."""
    by_terms: dict[tuple[tuple[str, str], ...], list[Force]] = {}
    for force, said in forces.items():
        by_terms.setdefault(tuple(sorted(said.items())), []).append(force)
    hanging: dict[str, set[tuple[str, str]]] = {}
    if not by_terms:
        return (), hanging
    elements = [dict(terms) for terms in by_terms]
    document = from_mapping({KEY: code, "elements": elements}, "advisor country")
    answer = ask(loaded, document, today=today, day=day, second=False, shelf=shelf)
    groups: dict[Any, Group] = {}
    for terms, line, alike in zip(elements, answer.lines, by_terms.values(), strict=True):
        one = _group(line, terms, alike)
        for finding in line.findings.read:
            for missing in finding.unknown:
                if missing.id in loaded.library.questions:
                    hanging.setdefault(missing.id, set()).add((str(terms), finding.authority))
        key = (one.reach, one.barred)
        if key in groups:
            same = groups[key]
            one = same._replace(
                recipients=(*same.recipients, terms),
                forces=(*same.forces, *one.forces),
                assumed=tuple(dict.fromkeys((*same.assumed, *one.assumed))),
            )
        groups[key] = one
    return tuple(groups.values()), hanging


def _group(line: LineAnswer, terms: Mapping[str, str], forces: Iterable[Force]) -> Group:
    reach: list[Reached] = []
    barred: list[Barred] = []
    assumed: dict[tuple[str, str, str], None] = {}
    for finding in line.findings.read:
        if finding.verdict == "prohibited":
            bars = tuple((bar.ref.gist, bar.ref.citation) for bar in finding.bars if bar.state == "true")
            barred.append(Barred(finding.authority, finding.short, finding.statute, bars))
        else:
            reach.append(Reached(finding.authority, finding.short, finding.statute, finding.verdict))
        assumed.update({(a.fact, a.value, a.source): None for a in finding.assumptions})
    rest = len(line.findings) - len(reach) - len(barred)
    return Group((terms,), tuple(forces), tuple(sorted(reach)), tuple(sorted(barred)), rest, tuple(assumed))


def _open(library: Library, hanging: Mapping[str, set[tuple[str, str]]]) -> tuple[Open, ...]:
    """The questions, those on which most hangs first."""
    out = []
    for id_, findings in hanging.items():
        one = library.questions[id_]
        out.append(Open(id_, one.words, one.statute, one.decides, one.turns_on, len(findings)))
    return tuple(sorted(out, key=lambda q: (-q.hanging, q.id)))
