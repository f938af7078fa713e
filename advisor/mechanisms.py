"""Mechanisms on a day: which law they stand on then, what that law asks and how long it takes, filtered and counted.

What the file of mechanisms says is put beside what the library says on the day. Nothing here judges a proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from authorities.listing import shown
from authorities.mechanisms import EVERY_COMMAND, FIELDS, KINDS, Mechanism
from rules.conditions import TRUE
from rules.derived import fiscal_year
from rules.faults import Fault, FaultsError, Place, nearest
from rules.findings import Ref
from rules.library import Library
from rules.provisions import Duty, LawFile, Life


class State(NamedTuple):
    """An authority on a day: `in force`, `lapsed` or `not yet`; ``since`` and ``last`` are its first and last day."""

    authority: str
    statute: str
    title: str
    holder: str
    word: str
    since: date
    last: date | None


class LegalStep(NamedTuple):
    """A duty in force on the day. ``days`` is the wait, 0 for none; ``always`` is false where it holds only in some cases."""

    authority: str
    citation: str
    gist: str
    act: str
    actor: str
    delegable: bool | None
    direction: str
    event: str
    days: int
    wait: str
    always: bool
    recurring: bool
    contents: int


class Wait(NamedTuple):
    """The longest wait before the activity, in days: by the authority in every case, in some, and by limits that name it.

    None: no authority in force.
    """

    always: int | None
    worst: int | None
    limits: int | None

    @property
    def words(self) -> str:
        """`15 days`, `15 days, up to 30`, `up to 15 days`, `none`; `limits up to 30 days`; or `no law in force`."""
        if self.always is None or self.worst is None:
            return "no law in force"
        if self.worst == self.always:
            said = f"{self.always} days" if self.always else "none"
        else:
            said = f"{self.always} days, up to {self.worst}" if self.always else f"up to {self.worst} days"
        return f"{said}; limits up to {self.limits} days" if self.limits else said


class View(NamedTuple):
    """A mechanism on a day. ``by_law`` are the accounts the library's law names, each with its citation."""

    mechanism: Mechanism
    day: date
    states: tuple[State, ...]
    steps: tuple[LegalStep, ...]
    by_law: tuple[tuple[str, str], ...]
    wait: Wait
    unknown: int

    @property
    def in_force(self) -> bool:
        """Whether any authority it stands on is in force."""
        return any(state.word == "in force" for state in self.states)


def alive(life: Life, day: date, year_starts: int) -> bool:
    """Whether words are law on a day; words that follow the money's year, whether they hold for that day's money."""
    if life.fund_years is not None and not life.fund_years.holds(fiscal_year(day, year_starts)):
        return False
    return life.since <= day and (life.until is None or day < life.until)


def state_on(file: LawFile, day: date, year_starts: int) -> State:
    """Where an authority stands on a day, by its grants."""
    lives = [grant.life for grant in file.grants]
    since = min(life.since for life in lives)
    ends = [life.until for life in lives if life.until is not None]
    last = max(ends) - timedelta(days=1) if len(ends) == len(lives) else None
    held = any(alive(life, day, year_starts) for life in lives)
    word = "in force" if held else "not yet" if day < since else "lapsed"
    return State(file.id, file.statute, file.title, file.holder, word, since, last)


def view(library: Library, one: Mechanism, day: date) -> View:
    """A mechanism as it stands on a day."""
    starts = library.calendar.year_starts
    files = [library.authorities[id_] for id_ in one.authorities]
    states = tuple(state_on(file, day, starts) for file in files)
    held = [file for file, state in zip(files, states, strict=True) if state.word == "in force"]
    steps: list[LegalStep] = []
    money: dict[str, str] = {}
    for file in held:
        funds = [fund for fund in file.funds if not fund.never and alive(fund.life, day, starts)]
        accounts = {account: fund.cite for fund in reversed(funds) for account in fund.accounts}
        for account in dict.fromkeys(a for fund in funds for a in fund.accounts):
            money.setdefault(account, Ref("", file.statute, accounts[account], "").citation)
        for law in (file, *_naming(library, file.id, set(accounts))):
            steps += [_step(library, law, duty) for duty in law.duties if alive(duty.life, day, starts)]
    steps = sorted(dict.fromkeys(steps), key=lambda s: (s.recurring, s.direction != "before", -s.days, not s.always))
    before = [s for s in steps if s.direction == "before" and s.event != "delivery" and not s.recurring]
    own = [s for s in before if s.authority in one.authorities]
    waits = [max((s.days for s in some), default=0) for some in ([s for s in own if s.always], own, before)]
    wait = Wait(waits[0], waits[1], waits[2] if waits[2] > waits[1] else 0) if held else Wait(None, None, None)
    unknown = sum(one.kinds(f) == ("unknown",) for fields in FIELDS.values() for f in fields)
    return View(one, day, states, tuple(steps), tuple(money.items()), wait, unknown)


def _naming(library: Library, authority: str, accounts: set[str]) -> Iterable[LawFile]:
    """The limits that name this authority or its accounts; those that reach a whole family are not its own steps."""
    for limit in library.limits.values():
        named = authority in limit.reach.authorities or accounts & set(limit.reach.accounts)
        if named and authority not in limit.reach_except.authorities:
            yield limit


def _step(library: Library, file: LawFile, duty: Duty) -> LegalStep:
    act = library.vocabulary.acts[duty.act]
    days = duty.days + 30 * duty.months + -(-duty.hours // 24)  # a month counts as 30 days, only to put waits in order
    term = next((f"{n} {u}" for n, u in ((duty.hours, "hours"), (duty.months, "months"), (duty.days, "days")) if n), "")
    event = {"date": "decision"}.get(duty.event, duty.event)
    wait = "recurring" if duty.recurring else f"{term} {duty.direction} the {event}".strip()
    always = file.kind == "authority" and duty.when == TRUE and duty.unless is None
    cite = Ref("", file.statute, duty.cite, "").citation
    who = (act.gist, act.actor, act.delegable, duty.direction, duty.event)
    return LegalStep(file.id, cite, duty.gist, *who, days, wait, always, duty.recurring, len(duty.contents))


# --- choosing -----------------------------------------------------------------------------------------------------


def named(all_: Sequence[Mechanism], id_: str) -> Mechanism:
    """A mechanism by its id. Raises FaultsError with the nearest."""
    for one in all_:
        if one.id == id_:
            return one
    raise _unknown(id_, "a mechanism (see: advisor mechanisms --all)", [one.id for one in all_])


def chosen(
    library: Library,
    all_: Sequence[Mechanism],
    day: date,
    *,
    words: Sequence[str] = (),
    authority: str | None = None,
    command: str | None = None,
    account: str | None = None,
    every: bool = False,
) -> list[View]:
    """Those that answer every filter, on the day. ``every``: also those with no law in force then."""
    views = [view(library, one, day) for one in all_]
    if not every:
        views = [one for one in views if one.in_force]
    if authority is not None:
        try:
            id_ = shown(library, authority).id
        except FaultsError:
            known_ids = [*library.authorities, *library.limits]
            raise _unknown(authority, "an id or statute (see: authorities list)", known_ids, "--authority") from None
        views = [one for one in views if id_ in one.mechanism.authorities]
    if command is not None:
        known = sorted({c for one in all_ for c in one.commands if c != EVERY_COMMAND})
        asked = command.upper().removeprefix("US")
        if asked not in known:
            raise _unknown(command, f"a command ({', '.join(known)})", known, "--command")
        views = [one for one in views if {asked, EVERY_COMMAND} & set(one.mechanism.commands)]
    if account is not None:
        if account not in library.accounts:
            raise _unknown(account, "an account (see: advisor funds)", library.accounts, "--account")
        inside = library.vocabulary.taxonomy.below.get(account, frozenset((account,)))
        views = [one for one in views if inside & {*one.mechanism.accounts, *(id_ for id_, _ in one.by_law)}]
    return [one for one in views if all(word.casefold() in _said(one) for word in words)]


def _said(one: View) -> str:
    own = one.mechanism
    laws = (f"{s.authority} {s.statute} {s.title}" for s in one.states)
    return " ".join((own.id, own.name, own.other_names, *laws)).casefold()


def _unknown(word: str, expected: str, choices: Iterable[str], place: str = "advisor mechanisms") -> FaultsError:
    return FaultsError([Fault(Place(place, None, ""), f"'{word}'", expected, nearest(word, choices))])


# --- counting, and as data ----------------------------------------------------------------------------------------


def counted(all_: Iterable[Mechanism]) -> dict[str, dict[str, int]]:
    """Fields by kind (sourced, estimated, unknown), for each element and in all. Each of several steps counts."""
    out: dict[str, dict[str, int]] = {}
    every = list(all_)
    for element, fields in FIELDS.items():
        kinds = Counter(kind for one in every for field in fields for kind in one.kinds(field))
        out[element] = {kind: kinds[kind] for kind in (*KINDS, "unknown")}
    out["total"] = {kind: sum(row[kind] for row in out.values()) for kind in (*KINDS, "unknown")}
    return out


def as_json(one: View) -> dict[str, Any]:
    """A mechanism on a day as plain data; a field no source says is `unknown`."""
    own = one.mechanism

    def field(name: str) -> Any:
        if name == "steps":
            return [asdict(step) for step in own.steps] or "unknown"
        return asdict(own.values[name]) if name in own.values else "unknown"

    return {
        "id": own.id,
        "name": own.name,
        "memory": own.memory,
        "day": one.day.isoformat(),
        "authorities": [
            {**s._asdict(), "since": s.since.isoformat(), "last": s.last and s.last.isoformat()} for s in one.states
        ],
        "wait_of_law": {**one.wait._asdict(), "words": one.wait.words},
        "steps_of_law": [{**step._asdict(), "kind": "law"} for step in one.steps],
        "accounts_by_law": [{"account": id_, "citation": citation} for id_, citation in one.by_law],
        "account_ids": list(own.accounts),
        **{element: {name: field(name) for name in fields} for element, fields in FIELDS.items()},
        "ratings": [asdict(rating) for rating in own.ratings],
        "unknown": one.unknown,
    }
