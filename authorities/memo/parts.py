"""The parts of a memo on one authority, as blocks; each is empty where there is nothing to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from authorities.memo.blocks import Block, Cell, Inline, Para, Run, Table, bullets, cell, para
from authorities.memo.model import (
    Ceiling,
    Change,
    Ending,
    MayNot,
    Memo,
    Section,
)
from authorities.memo.model_money import Statement
from authorities.memo.naming import act
from authorities.memo.phrases import capital, case_of, phrased, sourced
from authorities.showing._lives import day_words
from authorities.showing._values import spaced


# --- at a glance --------------------------------------------------------------------------------------------------
def glance(memo: Memo, one: Section) -> Iterator[tuple[str, Cell]]:
    """The whole in a few lines."""
    yield "Statute", cell(one.statute)
    yield "Who holds it", cell(one.holder or "unknown")
    yield "In force", cell(one.in_force)
    if one.basis:
        yield "Basis", cell(one.basis)
    acts = [f"{day_words(change.day)}: {act(change.law, change.enacted)}" for change in one.changes]
    yield f"Changed in FY{memo.year}", cell(*(acts or ["no change recorded"]))
    if one.sign_offs is not None:
        signed, stale, unsigned = one.sign_offs
        changed = f"; {stale} signed and changed since" if stale else ""
        yield "Sign-offs", cell(f"{signed} of {signed + stale + unsigned} provisions signed off by counsel{changed}")
    if one.replaces:
        yield "Replaces", cell(*one.replaces)
    if one.replaced_by:
        yield "Replaced by", cell(*one.replaced_by)
    if not one.live:
        return
    actors = Counter(step.actor for step in one.steps if not step.timed and not step.other)
    yield "Must act first", cell("; ".join(actors) or "no approval named in the section")
    yield "Longest wait", cell(longest_wait(one))
    accounts = dict.fromkeys(named for rule in one.money if rule.verb != "may not pay" for _, named in rule.accounts)
    yield "Money", cell("; ".join(accounts) or "unknown")
    yield "Questions", cell(unsettled_count(one))


def longest_wait(one: Section) -> str:
    """The longest of its own waits before the activity."""
    own = [step for step in one.steps if not step.other and step.term.startswith("at least")]
    return max((step.term.removeprefix("at least ") for step in own), key=_number, default="none of its own")


def _number(term: str) -> float:
    number, unit = term.split()[:2]
    return int(number) * {"h": 1 / 24, "d": 1, "m": 30}[unit[0]]


def unsettled_count(one: Section) -> str:
    """How many questions are open, lapsed or answered."""
    states = Counter(question.state for question in one.questions)
    return ", ".join(f"{states[state]} {state}" for state in ("open", "lapsed", "answered") if states[state]) or "none"


# --- what changed, and ends ---------------------------------------------------------------------------------------
def changed(changes: Sequence[Change]) -> Iterator[Block]:
    """A row for each Act and day."""
    rows = []
    for one in changes:
        ended, begun = ((_list(some) if some else cell("nothing")) for some in (one.ended, one.begun))
        rows.append((cell(day_words(one.day), Para((Run(act(one.law, one.enacted), "soft"),))), ended, begun))
    if rows:
        heads = ("From, and by which Act", "No longer", "From that day")
        yield Table("What the Acts of the year ended and began", heads, (20, 40, 40), tuple(rows))


def _list(some: Iterable[Statement]) -> Cell:
    return (bullets(_changed_words(one) for one in some),)


def _changed_words(one: Statement) -> Inline:
    place = "; ".join(filter(None, (one.cite, one.life, one.mark)))
    return (Run(one.says), Run(f" {place}", "soft"))


def ends(endings: Sequence[Ending]) -> Iterator[Block]:
    """What has a last day."""
    rows = [(cell(day_words(one.day)), cell(one.says), cell(Para((Run(one.cite, "cite"),)))) for one in endings]
    if rows:
        yield Table("The last day on which each holds", ("Last day", "What", "Cite"), (20, 55, 25), tuple(rows))


# --- may and may not ----------------------------------------------------------------------------------------------
def may(one: Section) -> Iterator[Block]:
    """The grants, and the words they use."""
    rows = []
    for grant in one.may:
        whom = phrased(grant.partners) or cell("no kind of partner is named")
        rows.append(
            (
                sourced(grant.statement),
                phrased(grant.support) or cell("any"),
                whom,
                phrased(grant.when) or cell("no other condition in it"),
            )
        )
    if rows:
        heads = ("It may" if one.live else "It could", "Kinds of support", "Partners", "Where")
        yield Table("What the law lets be done", heads, (34, 22, 22, 22), tuple(rows))
    items = []
    for word in one.words:
        said, place = word.statement.says, f" {word.statement.cite}; {word.statement.life}"
        grey = f" What is plainly neither in nor out hangs on the question {word.question}." if word.question else ""
        head = Run(f"“{spaced(word.statement.id)}”: ", "strong")
        items.append(
            (head, Run(said + grey), Run(place + (f"; {word.statement.mark}" if word.statement.mark else ""), "soft"))
        )
    if items:
        yield para(Run("Words used", "strong"))
        yield bullets(items)


def may_not(some: Sequence[MayNot]) -> Iterator[Block]:
    """The bars, with what lifts them."""
    rows = []
    for bar in some:
        relief = [f"{gist} ({actor})" for gist, actor in bar.relief]
        lifted: Cell = cell(Para((Run("nothing in it", "soft"),)))
        if relief:
            lifted = (bullets((Run(text),) for text in relief),)
        elif bar.unless is not None:
            lifted = case_of(bar.unless, "")
        rows.append((sourced(bar.statement), lifted))
    if rows:
        yield Table("What is forbidden, and what lifts it", ("Rule", "Lifted by"), (65, 35), tuple(rows))


def caps(some: Sequence[Ceiling]) -> Iterator[Block]:
    """The caps, with the amount that holds in the year."""
    rows = [
        (
            (*cell(capital(one.limit)), *case_of(one.when, "Only where ")),
            (*sourced(one.statement), *(cell(Para((Run(f"Amount: {one.source}", "soft"),))) if one.source else ())),
        )
        for one in some
    ]
    if rows:
        yield Table("No more than", ("Limit", "Rule and cite"), (45, 55), tuple(rows))


def reached(one: Section) -> Iterator[Block]:
    """The laws that reach it by name or kind, those that come with its money, and those that reach everything."""
    whole = [law for law in one.reached if law.how == "it reaches everything"]
    rows = [
        (cell(Para((Run(law.statute, "", f"limit-{law.id}"),))), cell(law.title), cell(capital(law.how)))
        for law in one.reached
        if law not in whole
    ]
    if rows:
        yield Table("Laws that reach it, and why", ("Law", "What it is", "Why"), (28, 36, 36), tuple(rows))
    if whole:
        runs = [Run(law.statute + (", " if law is not whole[-1] else "."), "", f"limit-{law.id}") for law in whole]
        yield para("Laws that reach every authority: ", *runs)
    if one.elsewhere:
        laws = "laws reach" if one.elsewhere > 1 else "law reaches"
        yield para(f"{one.elsewhere} more {laws} it only when other money pays than its own rules name.")
