"""The page of a country as text: short by default, all of it on request."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date

from advisor._layout import One, fill, indented, names, once, together, wrapped
from advisor.country import Barred, Page
from advisor.country_lists import Held, values
from advisor.screen import WIDTH, day
from authorities.forces import UNKNOWN, Force
from authorities.home import edition_named
from authorities.partner_facts import DatedFact
from rules.faults import clip
from rules.library import Library
from rules.words import amount, listed

FEW = 5
"""How many open questions the short page lists."""
SOURCE = 46
"""How many characters of a source the short page shows."""
MORE = "--all lists them"


def render(library: Library, page: Page, *, every: bool = False) -> str:
    """The whole page; ``every``: each fact, provision, force and question for itself."""
    out = [
        f"{page.name} ({page.country}) on {day(page.day)}",
        "",
        "Dated facts [basis; source; coverage]",
    ]
    out += _facts(library, page, every)
    out += ["", "What the lists bar, open and close, where the rest of the words hold"]
    out += _lists(library, page, every)
    out += ["", "Which authorities may reach the forces of each ministry (only the recipient and the day are said)"]
    out += _groups(library, page, every)
    out += ["", "Open questions that this hangs on"]
    out += _questions(page, every)
    end = f"Unknown means that no table says, never no. Edition {edition_named(page.edition)}."
    out += ["", *textwrap.wrap(end, WIDTH)]
    return "\n".join(out) + "\n"


# --- dated facts --------------------------------------------------------------------------------------------------
def _facts(library: Library, page: Page, every: bool) -> Iterator[str]:
    said = [one for one in page.facts if one.value is not None and (every or one.value != page.country)]
    # what no rule reads is the frame; then what the rules read; what is not so comes last
    said.sort(key=lambda one: (one.value is False, bool(one.facts)))
    short = [] if every else [one for one in said if one.value is False]
    for same in together([one for one in said if one not in short], _alike(every)):
        first = same[0]
        says = first.says if every else re.split(r"[:;(.]", first.says)[0].rstrip()
        valued = ", ".join(dict.fromkeys(_valued(library, one) for one in same))
        text = f"{valued}{_days(first)}. {says} [{_resting(first, every)}]"
        yield from wrapped(names(one.table for one in same), text, 22)
        if every:
            notes = [*dict.fromkeys(one.note for one in same if one.note), f"[{first.law}]"]
            yield from indented(" ".join(notes), 22)
    no = [f"{names(one.table for one in same)} [{_resting(same[0], every)}]" for same in together(short, _alike(every))]
    if no:
        yield from wrapped("no", "; ".join(no), 22)
    for same in together([one for one in page.facts if one.value is None], lambda one: one.why):
        presumed = " (an answer presumes the adverse ones of them absent, and says so)" if values(library, same) else ""
        yield from wrapped("unknown", f"{same[0].why}: {names(one.table for one in same)}{presumed}", 22)
        for one in same if every else ():
            yield from indented(f"{one.table}: {one.says} {_resting(one, True)} [{one.law}]", 24)


def _alike(every: bool) -> Callable[[DatedFact], Hashable]:
    """What facts shown together share: a list's rows, or what tables of the library say from one source."""

    def key(one: DatedFact) -> Hashable:
        resting = (one.basis, one.source, one.first, one.last, one.covers)
        return (one.value if one.facts else "", one.table if every or not one.facts else "", *resting)

    return key


def _valued(library: Library, one: DatedFact) -> str:
    return f"{_term(library, one.value)}{f' ({one.detail})' if one.detail else ''}"


def _days(one: DatedFact) -> str:
    since = f", since {day(one.first)}" if one.first else ""
    return f"{since}, until {day(one.last)}" if one.last else since


def _resting(one: DatedFact, whole: bool) -> str:
    """Basis, source and coverage; a basis that is the table's own source is said once."""
    basis = "" if one.basis == one.source else f"{one.basis.replace('_', ' ')}; "
    return f"{basis}{one.source if whole else clip(one.source, SOURCE)}; {_covers(one.covers)}"


def _covers(covers: tuple[date | None, date | None]) -> str:
    first, last = covers
    if first is None and last is None:
        return "no coverage stated"
    return f"covers {first or 'the past'} to {last or 'no stated end'}"


def _term(library: Library, value: str | bool | None) -> str:
    if isinstance(value, str):
        return library.vocabulary.terms[value].name if value in library.vocabulary.terms else value
    return amount(value)


# --- lists --------------------------------------------------------------------------------------------------------
def _lists(library: Library, page: Page, every: bool) -> Iterator[str]:
    bars = [one for one in page.provisions if one.kind == "bar"]
    why = {fact: one.why for one in page.facts for fact in one.facts}
    found = {**values(library, page.facts)}
    unsettled = [one for one in bars if one.state == "may be met"]
    for state, label in (("met", "Bars"), ("may be met", "May bar")) if every else (("met", "Bars"),):
        for same in together(
            [one for one in bars if one.state == state], lambda one: one.id + one.file if every else one.file
        ):
            facts = list(dict.fromkeys(fact for one in same for fact in one.facts))
            word = [(f, _term(library, found[f]) if f in found else f"unknown, {why[f]}") for f in facts]
            told = [f"{names(f for f, _ in alike)}: {alike[0][1]}" for alike in together(word, lambda one: one[1])]
            yield from wrapped(label, f"{_law(same)} [{once(told)}; {_reach(same[0])}]")
            for relief in dict.fromkeys(relief for bar in same for relief in bar.reliefs):
                hangs = f"; open question {listed(relief.questions, 'and')}" if relief.questions else ""
                personal = " (not delegable)" if relief.delegable is False else ""
                yield from wrapped("  Relief", f"{relief.gist} \u2014 {relief.actor}{personal}{hangs}")
            if not any(one.reliefs for one in same):
                yield from wrapped("  Relief", "no act lifts it")
    for same in together(unsettled if not every else [], lambda one: why[one.facts[0]]):
        laws = []
        for file in together(same, lambda one: one.file):
            actors = list(dict.fromkeys(relief.actor for one in file for relief in one.reliefs))
            lifted = f"relief by the {listed(actors, 'or the')}" if actors else "no act lifts it"
            laws.append(f"{file[0].short}, {file[0].statute} ({names(f for one in file for f in one.facts)}; {lifted})")
        yield from wrapped("May bar", f"unknown, as {why[same[0].facts[0]]}: {'; '.join(laws)}")
    standing = {fact for one in bars if one.state != "not met" for fact in one.facts}
    clear = [fact for one in bars if one.state == "not met" for fact in one.facts if fact not in standing]
    if clear:
        yield from wrapped("Bar nothing", names(clear) + ", by what the tables say or an answer presumes.")
    grants = [one for one in page.provisions if one.kind == "grant"]
    for label, shown in (
        ("Opens", [one for one in grants if one.state == "met"]),
        ("Unsettled", [one for one in grants if one.state == "may be met"]),
        ("Closes", [one for one in grants if one.shuts and found.keys() >= {*one.facts}]),
        ("If said", [one for one in grants if one.shuts and not found.keys() >= {*one.facts}]),
    ):
        by_facts = together(dict.fromkeys((names(one.facts), one.short) for one in shown), lambda one: one[0])
        if by_facts:
            yield from wrapped(label, "; ".join(f"{same[0][0]}: {', '.join(s for _, s in same)}" for same in by_facts))
    others = [one for one in page.provisions if one.kind not in ("bar", "grant") and one.state == "met"]
    if others and not every:
        yield from wrapped(
            "Also", f"duties, ceilings and rules of money that go by these values: {len(others)}; {MORE}."
        )
    for one in others if every else ():
        yield from wrapped(one.kind.capitalize(), f"{one.short} ({one.statute} {one.cite}): {one.gist}")


def _law(same: Sequence[Held]) -> str:
    one = same[0]
    if len(same) == 1:
        money = " (the words for money of the day's fiscal year)" if one.by_money else ""
        read = f" ({one.basis})" if one.basis != "text" else ""
        return f"{one.statute} {one.cite}: {one.gist.rstrip('.')}{money}{read}"
    return f"{one.short}, {one.statute}: {listed([bar.id.replace('-', ' ') for bar in same], 'and')}"


def _reach(one: Held) -> str:
    said = f"reaches {one.reaches} authorities" if one.reaches != 1 else "reaches one authority"
    return f"{said} and money of {listed(one.accounts, 'and')}" if one.accounts else said


# --- ministries ---------------------------------------------------------------------------------------------------
def _groups(library: Library, page: Page, every: bool) -> Iterator[str]:
    if not page.groups and not page.unjudged:
        yield "  No forces of the country are recorded for the day: unknown, not none."
        return
    several = len(page.groups) > 1
    every_reach = _shared([[one.id for one in group.reach] for group in page.groups]) if several else set()
    every_bar = _shared([group.barred for group in page.groups]) if several else set()
    if every_reach:
        shown = [one.short for one in page.groups[0].reach if one.id in every_reach]
        yield from wrapped("Every force", f"{len(shown)} may reach: {', '.join(shown)}")
    yield from _barred([one for one in page.groups[0].barred if one in every_bar] if every_bar else [], every)
    for group in page.groups:
        yield from _forces(group.forces, every)
        also = [one.short for one in group.reach if one.id not in every_reach]
        if also:
            yield from wrapped("  Also" if every_reach else "  Reach", f"{len(also)} may reach: {', '.join(also)}")
        yield from _barred([one for one in group.barred if one not in every_bar], every)
        yield from wrapped("  No reach", f"{group.rest} authorities.")
        for terms in group.recipients if every else ():
            yield from wrapped("  Judged as", ", ".join(f"{fact}: {term}" for fact, term in terms.items()))
        for fact, value, source in group.assumed if every else ():
            yield from wrapped("  Assumed", f"{fact}: {value} ({source})")
    if page.unjudged:
        yield from wrapped("Not judged", f"{listed([one.name for one in page.unjudged], 'and')}: of no sure kind.")
    forces = [*page.unjudged, *(force for group in page.groups for force in group.forces)]
    seen = listed([day(one) for one in sorted({force.as_of for force in forces if force.as_of is not None})], "and")
    yield from wrapped("Source", f"{forces[0].source}; as of {seen}; * read only in part (its ministry inferred).")
    if not all(force.ministry_name or force.ministry != UNKNOWN for force in forces):
        yield from wrapped("Unknown", "whom the forces without a ministry answered to on the day.")


def _shared(parts: Sequence[Sequence[One]]) -> set[One]:
    """What all of them hold."""
    return set(parts[0]).intersection(*parts[1:]) if parts else set()


def _forces(forces: Sequence[Force], every: bool) -> Iterator[str]:
    for same in together(forces, lambda one: (one.ministry_name, one.ministry)):
        unnamed = "ministry unknown" if same[0].ministry == UNKNOWN else f"{same[0].ministry} (ministry not named)"
        head = same[0].ministry_name or unnamed
        yield from fill(f"{head}: {', '.join(_force(one, every) for one in same)}", "  ", "    ")


def _barred(barred: Sequence[Barred], every: bool) -> Iterator[str]:
    for same in together(barred, lambda one: one.bars):
        gists = [f"{gist.rstrip('.')} ({cite})" for gist, cite in same[0].bars]
        shown = gists if every else gists[:2]
        more = f"; and {len(gists) - len(shown)} more bars" if len(shown) < len(gists) else ""
        yield from wrapped("  Barred", f"{', '.join(one.short for one in same)}: {'; '.join(shown)}{more}")


def _force(one: Force, every: bool) -> str:
    inferred = "*" if one.basis != "sourced" else ""
    note = f" ({one.note})" if every and one.note else ""
    return f"{one.name}{inferred}{note}"


# --- questions ----------------------------------------------------------------------------------------------------
def _questions(page: Page, every: bool) -> Iterator[str]:
    shown = page.questions if every else page.questions[:FEW]
    for one in shown:
        on = f" {one.turns_on}" if every and one.turns_on else ""
        text = f"{one.statute}, \u201c{one.words}\u201d.{on} \u2014 {one.decides} ({one.id}; {one.hanging} findings)"
        yield from fill(text, "  ", "    ")
    if len(shown) < len(page.questions):
        yield f"  and {len(page.questions) - len(shown)} more: {MORE}."
    if not page.questions:
        yield "  None."
