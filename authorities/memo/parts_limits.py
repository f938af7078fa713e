"""A law that reaches the authorities of a memo, as one short list."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.memo.blocks import Block, Inline, Items, Run, para
from authorities.memo.model import LimitSection, Step, Unsettled
from authorities.memo.model_money import Statement
from authorities.memo.naming import act
from authorities.memo.phrases import capital
from authorities.showing._lives import day_words
from authorities.showing._phrases import Phrase, flat

_Item = tuple[Inline, tuple[Inline, ...]]


def limit(one: LimitSection) -> Iterator[Block]:
    """Whom it reaches, what changed, what it forbids and asks, and what is unsettled of it."""
    yield para(Run("Reaches: ", "strong"), one.reaches)
    items: list[_Item] = []
    for change in one.changes:
        turned = [_said("no longer: ", was) for was in change.ended] + [
            _said("since then: ", now) for now in change.begun
        ]
        head = f"Changed on {day_words(change.day)} by {act(change.law, change.enacted)}"
        items.append(((Run(head, "strong"),), tuple(turned)))
    for bar in one.may_not:
        lifted = [f"lifted by: {gist} ({actor})" for gist, actor in bar.relief]
        if not lifted and bar.unless is not None:
            lifted = [f"not where {flat(bar.unless)}"]
        items.append((_said("Forbids: ", bar.statement), tuple((Run(text),) for text in lifted)))
    items += [_step(step) for step in one.steps]
    for cap in one.ceilings:
        items.append(
            (_said("Caps: ", cap.statement), ((Run(f"{cap.limit}{_where(cap.when)}"), Run(f" {cap.source}", "soft")),))
        )
    for rule in one.money:
        terms = (*rule.terms, *((f"where {flat(rule.when)}",) if rule.when is not None else ()))
        named = f"{rule.verb}: {'; '.join(named for _, named in rule.accounts)}"
        items.append((_said("Money: ", rule.statement), tuple((Run(text),) for text in (named, *terms))))
    items += [_question(question) for question in one.questions]
    if items:
        yield Items(tuple(items))


def _said(lead: str, one: Statement) -> Inline:
    ends = f"through {day_words(one.last)}" if one.last is not None else ""
    place = "; ".join(filter(None, (one.cite, ends, one.mark)))
    return (Run(lead, "strong"), Run(one.says), Run(f" {place}", "soft"))


def _where(when: Phrase | None) -> str:
    return f", where {flat(when)}" if when is not None else ""


def _step(step: Step) -> _Item:
    who = f"{capital(step.actor)}, {step.term}: "
    more = [f"where {flat(step.when)}"] if step.when is not None else []
    more += [f"not needed where {flat(step.unless)}"] if step.unless is not None else []
    return _said(who, step.statement), tuple((Run(text),) for text in more)


def _question(one: Unsettled) -> _Item:
    if one.state == "answered":
        said = [
            f"{'yes' if g.answer else 'no'}{_where(g.scope)}: {g.office}, {g.memo}, {day_words(g.dated)}, "
            f"fiscal years {', '.join(map(str, g.years))}"
            for g in one.answers
        ]
        head = "Interpretation in force: "
    else:
        said = [f"who decides: {one.owner}", f"turns on it: {one.turns_on}"]
        head = "Open question: " if one.state == "open" else "Lapsed answer, open again: "
    runs = (Run(head, "strong"), Run(f"“{one.words}”"), Run(f" {one.cite}; {one.id}", "soft"))
    return runs, tuple((Run(text),) for text in said)
