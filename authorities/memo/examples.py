"""Examples from the confirmed cases: what fits, beside it what nearly fits and does not, and what hangs on counsel.

A case serves if the same rules of the file were in force on its day as on the day the memo is read. One that does not
fit is told beside the one that fits and differs from it in the fewest facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from authorities.memo.frame import alive
from authorities.memo.law import Law
from authorities.memo.model import Told
from authorities.memo.wording import cite_words, facts_words
from rules.derived import fiscal_year
from rules.judge import LAWFUL
from rules.provisions import Case, Grant

PAIRS, FITS, COUNSEL, REASONS = 5, 3, 3, 2
"""How many pairs, further examples that fit, and examples that hang on counsel are told; reasons given for each."""
NOT = ("prohibited", "no authority")


class _Read(NamedTuple):
    """A case with its facts in words."""

    case: Case
    facts: dict[str, str]

    def differs(self, other: _Read) -> list[str]:
        """The facts of this case that the other has not so, and those that only the other has."""
        own = [key for key, says in self.facts.items() if other.facts.get(key) != says]
        return own + [key for key in other.facts if key not in self.facts]

    def distance(self, other: _Read) -> float:
        """How many facts differ; another day counts for half of one."""
        return len(self.differs(other)) + (0.5 if self.case.date != other.case.date else 0.0)


def examples(law: Law) -> tuple[Told, ...]:
    """Examples of one authority, those of the memo's year before others."""
    some = [_Read(case, facts_words(law.frame, law.file, case.date, case.given)) for case in _serving(law)]
    own = [one for one in some if law.frame.first <= one.case.date <= law.frame.last]
    if any(one.case.verdict in LAWFUL for one in own) and any(one.case.verdict in NOT for one in own):
        some = own
    fits = [one for one in some if one.case.verdict in LAWFUL]
    out: list[Told] = []
    told: set[str] = set()
    for good, bad in _pairs(fits, [one for one in some if one.case.verdict in NOT]):
        if good.case.name not in told:
            out.append(_told(law, good, None))
            told.add(good.case.name)
            out.append(_told(law, bad, good))
        else:
            place = max(n for n, one in enumerate(out) if one.name == good.case.name) + 1
            while place < len(out) and out[place].beside:
                place += 1
            out.insert(place, _told(law, bad, good))
    shown = {key for one in fits if one.case.name in told for key in one.case.because}
    more = _covering([one for one in fits if one.case.name not in told], _grants(law), shown)[:FITS]
    counsel = _covering([one for one in some if one.case.verdict == "needs counsel"], None, set())[:COUNSEL]
    return (*out, *(_told(law, one, None) for one in (*more, *counsel)))


def _grants(law: Law) -> frozenset[str]:
    return frozenset(grant.id for grant in law.file.grants)


def _serving(law: Law) -> list[Case]:
    now = _state(law, law.day)
    states: dict[date, frozenset[str]] = {}
    out = []
    for case in law.file.cases:
        plain = case.confirmed and case.under is None and case.known is None and "elements" not in case.given
        if plain and case.date not in states:
            states[case.date] = _state(law, case.date)
        if plain and states[case.date] == now:
            out.append(case)
    frame = law.frame

    def apart(case: Case) -> int:
        return max((frame.first - case.date).days, (case.date - frame.last).days, 0)

    return sorted(out, key=apart)


def _state(law: Law, day: date) -> frozenset[str]:
    """What counts on a day: the file's provisions, and the states of its dated values."""
    years = (fiscal_year(day, law.library.calendar.year_starts),)
    some = {one.id for one in law.file.provisions() if one.life.fund_years is None and alive(one.life, day, years)}
    for name, entries in law.file.values.items():
        some |= {
            f"{name} {n}" for n, e in enumerate(entries) if e.life.fund_years is None and alive(e.life, day, years)
        }
    return frozenset(some)


def _pairs(fits: list[_Read], bad: list[_Read]) -> list[tuple[_Read, _Read]]:
    """For each thing that decides against, the nearest pair; the nearest pairs first, each reason once."""
    nearest = []
    for n, one in enumerate(bad):
        best = min(((one.distance(good) + _leaning(good), m) for m, good in enumerate(fits)), default=None)
        if best is not None:
            nearest.append((best[0] + _leaning(one), n, fits[best[1]], one))
    out: list[tuple[_Read, _Read]] = []
    reasons: set[tuple[str, ...]] = set()
    for *_, good, one in sorted(nearest, key=lambda found: found[:2]):
        reason = _reason(one)
        if reason not in reasons and len(out) < PAIRS:
            reasons.add(reason)
            out.append((good, one))
    return out


def _leaning(one: _Read) -> bool:
    """Whether a case is named after another, so that its name says little alone."""
    return one.case.name.startswith("the same")


def _reason(one: _Read) -> tuple[str, ...]:
    """What decides; where no grant holds, which fact is outside."""
    if one.case.verdict == "no authority":
        return ("no authority", one.facts.get("element", ""))
    return one.case.because[:1]


def _covering(some: Iterable[_Read], only: frozenset[str] | None, seen: set[str]) -> list[_Read]:
    """The examples that rest on something not yet shown."""
    out = []
    for one in some:
        keys = {key for key in one.case.because if only is None or key in only}
        if keys - seen:
            seen |= keys
            out.append(one)
    return out


def _told(law: Law, one: _Read, beside: _Read | None) -> Told:
    verdict = one.case.verdict
    fits = "yes" if verdict in LAWFUL else "no" if verdict in NOT else "counsel"
    facts = tuple(one.facts.values())
    if beside is not None:
        facts = tuple(
            one.facts[key] if key in one.facts else f"not said: {beside.facts[key]}" for key in one.differs(beside)
        )
        if one.case.date != beside.case.date:
            facts = (*facts, f"decided {one.case.date.day} {one.case.date:%B %Y}")
    return Told(
        one.case.name,
        one.case.date,
        fits,
        verdict,
        facts,
        beside.case.name if beside is not None else "",
        tuple(_because(law, one.case)),
    )


def _because(law: Law, case: Case) -> list[tuple[str, str]]:
    own = {one.id: one for one in law.file.provisions()}
    lawful = case.verdict in LAWFUL
    out = []
    for key in case.because:
        limit, _, inside = key.partition(".")
        home = law.library.limits.get(limit) if inside else law.file
        found = (
            own.get(key)
            if not inside
            else next((p for p in home.provisions() if p.id == inside), None)
            if home
            else None
        )
        if found is None or home is None or (lawful and not isinstance(found, Grant)):
            continue
        out.append((cite_words(home.statute, found.cite), found.gist))
    return out[:REASONS]
