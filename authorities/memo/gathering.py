"""A memo gathered from the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from re import findall
from types import MappingProxyType
from typing import Any

from authorities.home import edition_named
from authorities.memo.asking import standing_by_question, unsettled
from authorities.memo.changing import changes, endings
from authorities.memo.examples import examples
from authorities.memo.frame import DAY, Frame, frame_of, reading_day
from authorities.memo.law import Law
from authorities.memo.model import LimitSection, Memo, Reaching, Section, SignOffs
from authorities.memo.paying import codes, money_years, payings, purses
from authorities.showing import law_words, view
from authorities.showing._links import Reached, reached
from authorities.showing._lives import day_words, years_words
from authorities.standing import Standing
from rules.library import Library
from rules.provisions import LawFile


def gather(
    library: Library,
    accounts: Mapping[str, Any],
    year: int,
    today: date,
    ids: Collection[str] = (),
    sign_offs: Mapping[str, SignOffs] = MappingProxyType({}),
) -> Memo:
    """The memo of a fiscal year for some authorities, or for each that is in force on some day of it.

    ``accounts``: the accounts as written (``raw["accounts"]`` of what was loaded). ``ids``: of authorities.
    ``sign_offs``: of authorities, by id.
    """
    frame = frame_of(library, accounts, year, today)
    files = [file for file in frame.library.authorities.values() if not ids or file.id in ids]
    if not ids:
        files = [file for file in files if reading_day(frame, file) is not None]
    standing = standing_by_question(frame)
    sections = [
        _section(frame, file, standing, sign_offs.get(file.id))
        for file in sorted(files, key=lambda one: _natural(one.id))
    ]
    wanted = {one.id for section in sections for one in section.reached}
    limits = [file for file in frame.library.limits.values() if file.id in wanted]
    told = [_limit(frame, file, standing) for file in sorted(limits, key=lambda one: _natural(one.id))]
    read = (library.known_through, library.lists_through)
    return Memo(
        year, frame.first, frame.last, today, *read, edition_named(library.digest), tuple(sections), tuple(told)
    )


def _natural(id_: str) -> list[tuple[bool, int, str]]:
    """Numbers first and by their size, so that section 166a comes before section 1050, and the Code before the Acts."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in findall(r"\d+|\D+", id_)]


def _section(frame: Frame, file: LawFile, standing: dict[str, Standing], signed: SignOffs | None) -> Section:
    day = reading_day(frame, file)
    live = day is not None
    day = day or _last_day(frame, file)
    law = Law(frame, file, day, money_years(frame, file))
    may = tuple(law.may())
    some, elsewhere = _reaching(frame, law) if live else ((), 0)
    seen = view(frame.library, file, frame.last)
    steps = [*law.steps(), *(step for one in some if one[1] for step in _steps_of(law, one[0].limit))]
    return Section(
        file.id,
        file.short,
        file.title,
        file.statute,
        file.holder,
        live,
        day,
        _in_force(frame, file, day, live),
        file.basis if file.basis != "text" else "",
        signed,
        seen.replaces,
        seen.replaced_by,
        changes(frame, file),
        endings(frame, file),
        may,
        tuple(law.words(one for one in (*file.grants, *file.bars) if law.live(one))),
        tuple(law.may_not()) if live else (),
        tuple(sorted(steps, key=lambda one: one.timed)) if live else (),
        tuple(law.ceilings()) if live else (),
        tuple(payings(law)),
        tuple(purses(law)) if live else (),
        codes(frame, file, set(law.years)) if live else (),
        examples(law) if live else (),
        unsettled(law, standing) if live else (),
        tuple(_reaching_words(one) for one, _ in some),
        elsewhere,
    )


def _last_day(frame: Frame, file: LawFile) -> date:
    """The last day an authority not in force in the year was, or the first it will be."""
    past = [g.life.until - DAY for g in file.grants if g.life.until is not None and g.life.until <= frame.first]
    return max(past, default=min((g.life.since for g in file.grants), default=frame.last))


def _in_force(frame: Frame, file: LawFile, day: date, live: bool) -> str:
    lives = [grant.life for grant in file.grants]
    dated = [one for one in lives if one.fund_years is None]
    tied = [
        years_words(one.fund_years)
        for one in lives
        if one.fund_years is not None and (one.fund_years.holds(frame.year) or not live)
    ]
    if not live:
        told = [f"its grants were for {word}" for word in dict.fromkeys(tied)]
        ends = [one for one in dated if one.until is not None and one.until - DAY == day]
        acts = dict.fromkeys(law_words(one.ended_by) for one in ends if one.ended_by is not None)
        if ends:
            told.append(f"it was in force through {day_words(day)}" + (f" ({'; '.join(acts)})" if acts else ""))
        elif dated and day > frame.last:
            told.append(f"it begins on {day_words(day)}")
        return f"Not in force in fiscal year {frame.year}: {'; '.join(told) or 'no grant of that year is recorded'}."
    now = [one for one in dated if one.since <= frame.last and (one.until is None or one.until > frame.first)]
    begins = min((one.since for one in now), default=frame.first)
    says = f"from {day_words(begins)}" if begins > frame.first else "from before the year"
    if not now:
        return f"In force for {'; '.join(dict.fromkeys(tied))}."
    if any(one.until is None for one in now if one.until is None or one.until > day):
        whole = says if begins > frame.first else "the whole fiscal year"
        return f"In force {whole}; no end is recorded."
    end = max(one.until for one in now if one.until is not None)
    acts = dict.fromkeys(law_words(one.ended_by) for one in now if one.until == end and one.ended_by is not None)
    if end > frame.last and begins <= frame.first:
        says = "the whole fiscal year; its last day is"
        return f"In force {says} {day_words(end - DAY)}" + (f" ({'; '.join(acts)})." if acts else ".")
    return f"In force {says}, through {day_words(end - DAY)}" + (f" ({'; '.join(acts)})." if acts else ".")


# --- the laws that reach it ---------------------------------------------------------------------------------------
def _reaching(frame: Frame, law: Law) -> tuple[tuple[tuple[Reached, bool], ...], int]:
    """The limits in force that reach an authority: whatever pays, or with money its own rules name; each with whether
    it names the authority or its kind. And how many reach it only with other money."""
    taxonomy = frame.library.vocabulary.taxonomy
    own = {account for fund in law.file.funds if law.live(fund) and not fund.never for account in fund.accounts}
    kept, elsewhere = [], 0
    for one in reached(frame.library, law.file):
        read = Law(frame, one.limit, frame.last, law.years)
        barring = (*one.limit.bars, *one.limit.duties, *one.limit.caps, *one.limit.funds)
        if not any(read.live(provision) for provision in barring):
            continue
        if one.how.startswith("only where"):
            if not any(taxonomy.relation(account, one.limit.reach.accounts) != "out" for account in own):
                elsewhere += 1
                continue
        kept.append((one, not one.how.startswith(("only where", "it reaches everything"))))
    return tuple(kept), elsewhere


def _reaching_words(one: Reached) -> Reaching:
    return Reaching(one.limit.id, one.limit.statute, one.limit.title, one.how, not one.how.startswith("only where"))


def _steps_of(law: Law, limit: LawFile) -> Iterable[Any]:
    """What a limit that names the authority or its kind asks before the activity."""
    some = replace(limit, duties=tuple(d for d in limit.duties if d.direction == "before" and not d.recurring))
    for step in Law(law.frame, some, law.day, law.years).steps():
        yield step._replace(other=limit.id)


def _limit(frame: Frame, file: LawFile, standing: dict[str, Standing]) -> LimitSection:
    law = Law(frame, file, frame.last, money_years(frame, file))
    return LimitSection(
        file.id,
        file.title,
        file.statute,
        view(frame.library, file, frame.last).reaches,
        changes(frame, file),
        tuple(law.may_not()),
        tuple(law.steps()),
        tuple(law.ceilings()),
        tuple(payings(law)),
        unsettled(law, standing),
    )
