"""What a finding shows, for many lines at once: the verdict, and which provisions decide it.

The finding maker says the same of one line in words; here it is planes, so that a mutant is judged against every
case of a day in one pass. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.books import DutyBook
from rules.evaluate import Evaluation
from rules.judge import Judged


class Observed(NamedTuple):
    """Lines by verdict; by provision (``limit.bar`` for a limit's) that decides; by later duty that follows."""

    verdicts: dict[str, int]
    deciding: dict[str, int]
    follows: dict[str, int]


def observe(evaluation: Evaluation, judged: Judged) -> Observed:
    """Everything a case can assert of one authority on every line."""
    deciding: dict[str, int] = {}
    for key, lines in _deciding(evaluation, judged):
        if lines:
            deciding[key] = deciding.get(key, 0) | lines
    lawful = judged.verdicts.get("permitted", 0) | judged.verdicts.get("conditional", 0)
    follows = {d.key: following(evaluation, d) & lawful for d in judged.book.duties} if lawful else {}
    return Observed(judged.verdicts, deciding, {key: lines for key, lines in follows.items() if lines})


def following(evaluation: Evaluation, duty: DutyBook) -> int:
    """Lines where a later or recurring duty applies, or may."""
    if duty.provision.direction == "before" and not duty.provision.recurring:
        return 0
    lines = evaluation.full & ~evaluation.planes(duty.applies).f
    return lines if duty.excused is None else lines & ~evaluation.planes(duty.excused).t


def _deciding(evaluation: Evaluation, judged: Judged) -> Iterator[tuple[str, int]]:
    """(provision, lines it decides), as the language page, section 10, says."""
    said = judged.verdicts.get
    permitted, conditional, prohibited = said("permitted", 0), said("conditional", 0), said("prohibited", 0)
    none, still_open = said("no authority", 0), said("needs facts", 0) | said("needs counsel", 0)
    book, planes, full = judged.book, evaluation.planes, evaluation.full
    for key, _, node in book.grants:
        t, f, _, _ = planes(node)
        yield key, t & (permitted | conditional) | none | ~(t | f) & still_open
    if none == full:
        return
    barring = [(b.key, b.node) for b in book.bars]
    barring += [(d.key, d.bars) for d in book.duties] + [(c.key, c.node) for c in book.caps]
    for key, node in barring:
        t, f, _, _ = planes(node)
        yield key, t & prohibited | ~f & conditional | ~(t | f) & still_open
    for duty, lines in judged.due:
        yield duty.key, lines & conditional
    paid = 0
    for fund in book.funds:
        if fund.provision.never:
            t, f, _, _ = planes(fund.never)
            yield fund.key, t & prohibited | ~(t | f) & still_open
        else:
            paid |= planes(fund.node).t
    unsaid = evaluation.batch.column("account").get(("c", None), 0)
    for fund in book.funds:
        if fund.provision.never:
            continue
        here = full & ~planes(fund.applies).f
        false = planes(fund.node).f
        yield fund.key, ~paid & here & (false & prohibited | conditional | ~false & still_open)
        if fund.provision.only:
            yield fund.key, unsaid & here & conditional
