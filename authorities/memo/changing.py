"""What changed in a year, by day and Act; and what ends, in the year or after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from authorities.memo.frame import DAY, DaySpeaker, Frame
from authorities.memo.model import Change, Ending
from authorities.memo.model_money import Statement
from authorities.memo.wording import cite_words, stated
from authorities.showing import borrowed, expiries, law_words
from authorities.showing._values import spaced
from rules import conditions as c
from rules.checks import value_refs
from rules.provisions import LawFile, LawRef, Life
from rules.words import amount, listed

Event = tuple[date, LawRef | None, bool, Statement]
"""A day, the Act, whether it begins (else it ends), and what."""


def changes(frame: Frame, file: LawFile) -> tuple[Change, ...]:
    """What began or ended from the first to the last day of the year: of the file, and of the definitions and dated
    values of other files that it reads. Money's rules begin with the year whose money they are for."""
    found: dict[tuple[date, str], list[Event]] = {}
    for event in _events(frame, file):
        found.setdefault((event[0], event[1].public_law if event[1] else ""), []).append(event)
    out = []
    for (day, law), events in sorted(found.items()):
        ended, begun = (tuple(dict.fromkeys(e[3] for e in events if e[2] == new)) for new in (False, True))
        out.append(Change(day, law, frame.library.laws.get(law), ended, begun))
    return tuple(out)


def _events(frame: Frame, file: LawFile) -> Iterator[Event]:
    some = [(file, one) for one in file.provisions()]
    some += borrowed(frame.library, file)
    for home, one in some:
        for day, law, new in _turns(frame, one.life):
            yield day, law, new, stated(home, one)._replace(life=law_words(law))
    kinds = _kinds(frame, file)
    named = [(file, name) for name in file.values]
    owners = {one.id: one for one in frame.library.files()}
    for ref in dict.fromkeys(ref for one in file.provisions() for ref in value_refs(one)):
        if ref.file is not None and ref.file != file.id:
            named.append((owners[ref.file], ref.name))
    for home, name in named:
        speaker = DaySpeaker(frame, home, frame.last)
        for entry in home.values.get(name, ()):
            says = f"“{spaced(name)}”: {_value(speaker, entry.is_, entry.adds, entry.removes, kinds.get(name, ''))}"
            for day, law, new in _turns(frame, entry.life):
                yield day, law, new, Statement(name, cite_words(home.statute, entry.cite), says, law_words(law))


def _turns(frame: Frame, life: Life) -> Iterator[tuple[date, LawRef | None, bool]]:
    """The beginning and the end of a life, where they fall in the year."""
    years = life.fund_years
    inside = frame.first <= life.since <= frame.last
    if years is None:
        if inside:
            yield life.since, life.law, True
        if life.until is not None and frame.first <= life.until <= frame.last:
            yield life.until, life.ended_by, False
        return
    if inside or years.first == frame.year:
        yield life.since if inside else frame.first, life.law, True
    if years.last == frame.year - 1:
        yield frame.first, None, False


def _kinds(frame: Frame, file: LawFile) -> dict[str, str]:
    """Whether a dated value that a file reads is dollars, a count or years."""
    facts = frame.library.vocabulary.facts
    out: dict[str, str] = {
        cap.amount.name: facts[cap.counts].type for cap in file.caps if isinstance(cap.amount, c.ValueRef)
    }
    for one in file.provisions():
        for key in ("when", "unless", "inside", "outside"):
            condition = getattr(one, key, None)
            for part in c.walk(condition) if condition is not None else ():
                for _, operand in part.bounds if isinstance(part, c.Bounded) else ():
                    if isinstance(part, c.Bounded) and isinstance(operand, c.ValueRef):
                        out[operand.name] = facts[part.fact].type
    return out


def _value(speaker: DaySpeaker, is_: object, adds: tuple[str, ...], removes: tuple[str, ...], kind: str) -> str:
    if isinstance(is_, tuple):
        return listed([speaker.term(one) for one in is_], "and")
    if is_ is not None:
        return f"{is_:,}" if kind != "money" and type(is_) is int else amount(is_, kind)
    said = [("adds", adds), ("removes", removes)]
    return "; ".join(f"{word} {listed([speaker.term(t) for t in some], 'and')}" for word, some in said if some)


def endings(frame: Frame, file: LawFile) -> tuple[Ending, ...]:
    """What ends on or after the last day of the year, and what the law's own dates cut off within it."""
    cites = {one.id: one.cite for one in file.provisions()}
    out: dict[tuple[date, str], Ending] = {}  # a provision that ends and tests a day of its own is told once
    for one in sorted(
        expiries(frame.library, file, frame.first - DAY), key=lambda one: (one.day, one.kind, one.id, one.says)
    ):
        told = one.kind in ("provision", "value") and one.day < frame.last  # a change of the year
        if one.kind in ("provision", "value", "sunset", "money") and one.day >= frame.first and not told:
            cite = cites.get(one.id) or next((e.cite for e in file.values.get(one.id, ()) if e.cite), "")
            out.setdefault((one.day, one.id), Ending(one.day, one.kind, cite_words(file.statute, cite), one.says))
    return tuple(out.values())
