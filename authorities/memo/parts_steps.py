"""Approvals and notices in a memo, as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authorities.memo.blocks import Block, Para, Run, Table, bullets, cell, para
from authorities.memo.model import Step
from authorities.memo.phrases import capital, case_of, sourced
from authorities.showing._phrases import flat

DELEGABLE = {True: "may be delegated", False: "may not be delegated", None: "the text is silent on delegation"}


def approvals(some: Sequence[Step]) -> Iterator[Block]:
    """Who approves, concurs, determines or certifies before the activity."""
    rows = [
        (
            cell(step.actor, Para((Run(DELEGABLE[step.delegable], "soft"),))),
            (*cell(capital(step.act)), *case_of(step.when, "Only where "), *case_of(step.unless, "Not needed where ")),
            cell(step.term),
            sourced(step.statement, bare=True),
        )
        for step in some
        if not step.timed and not step.other
    ]
    if rows:
        heads = ("Who", "Does what", "When", "Cite")
        yield Table("Approvals, concurrences, determinations and certifications", heads, (22, 40, 16, 22), tuple(rows))
    yield from _others([step for step in some if step.other and not step.timed])


def notices(some: Sequence[Step]) -> Iterator[Block]:
    """What is sent to whom, how long before; and what comes after."""
    rows = []
    for step in some:
        if step.timed and not step.other:
            holds = [(Run(f"{gist}"), Run(f" {cite}", "soft")) for cite, gist in step.contents]
            what = (
                *cell(capital(step.act), Para((Run(step.statement.says, "soft"),))),
                *case_of(step.when, "Only where "),
            )
            what += case_of(step.unless, "Not needed where ")
            what += (para("It holds:"), bullets(holds)) if holds else ()
            who = cell(step.actor, Para((Run(DELEGABLE[step.delegable], "soft"),)))
            rows.append((cell(capital(step.term)), what, who, sourced(step.statement, bare=True)))
    if rows:
        heads = ("When", "What", "Who", "Cite")
        yield Table("What is sent or waited for, by whom, and when", heads, (16, 42, 20, 22), tuple(rows))
    yield from _others([step for step in some if step.other and step.timed])


def _others(some: Sequence[Step]) -> Iterator[Block]:
    """What other laws ask that reach the authority by name or kind, in a line each."""
    items = []
    for step in some:
        when = f", where {flat(step.when)}" if step.when is not None else ""
        term = f", {step.term}" if step.timed else ""
        mark = f"; {step.statement.mark}" if step.statement.mark else ""
        said = f"{step.act}{term}{when}. "
        place = Run(step.statement.cite, "", f"limit-{step.other}")
        items.append(
            (Run(f"{capital(step.actor)}: ", "strong"), Run(said), place, *((Run(mark, "soft"),) if mark else ()))
        )
    if items:
        yield para(Run("Asked by other laws that reach it, in the cases they name", "strong"))
        yield bullets(items)
