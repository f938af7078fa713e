"""Asking: a proposal in, an answer out, given only when both implementations agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from authorities.loading import Loaded
from rules.answering import answer
from rules.faults import Fault, FaultsError, Place, nearest
from rules.findings import Answer
from rules.proposals import Proposal, expand
from rules.reading import Document
from rules.rulebook import Shelf


class Disagreement(Exception):
    """The two implementations differ: an error that shows both, never an answer."""

    def __init__(self, differences: list[str]):
        self.differences = tuple(differences)
        super().__init__("\n".join(differences))


def ask(
    loaded: Loaded,
    document: Document,
    *,
    today: date,
    known: date | None = None,
    day: date | None = None,
    strict: bool = False,
    asked: str | None = None,
    second: bool = True,
    shelf: Shelf | None = None,
) -> Answer:
    """Judge a proposal. Raises :class:`FaultsError` for a bad proposal, :class:`Disagreement` if the two differ.

    ``known`` defaults to today, ``day`` to the proposal's own date; ``asked`` is the one authority or limit asked about.
    """
    library = loaded.library
    if asked is not None:
        asked = named(asked, loaded)
    proposal = expand(library, document, today=today, day=day)
    known = today if known is None else known
    found = answer(
        library, shelf or Shelf(library), proposal, known=known, today=today, strict=strict, asked=asked
    )
    if not second:
        return replace(found, second_opinion={"taken": False, "why": "not asked for"})
    return replace(found, second_opinion=compare(loaded.raw, proposal, found))


def named(word: str, loaded: Loaded) -> str:
    """The id of an authority or limit, from its id or its statute (``10 USC 333``)."""
    library = loaded.library
    ids = {**library.authorities, **library.limits}
    if word in ids:
        return word
    folded = _fold(word)
    for id_, file in ids.items():
        if folded in (_fold(id_), _fold(file.statute), _fold(file.short)):
            return id_
    raise FaultsError(
        [Fault(Place("--under", None, ""), f"'{word}'", "an authority or limit (see: authorities list)", nearest(word, ids))]
    )


def _fold(word: str) -> str:
    return "".join(ch for ch in word.lower() if ch.isalnum())


def compare(raw: Mapping[str, Any], proposal: Proposal, found: Answer) -> dict[str, Any]:
    """Take the second opinion on every line. Raises :class:`Disagreement` where a verdict or letter differs."""
    from rules.second import SecondOpinionUnavailable, second_opinions

    try:
        opinions = second_opinions(
            raw, proposal.lines, known=found.known, strict=found.strict, asked=found.asked
        )
    except SecondOpinionUnavailable as error:
        return {"taken": False, "why": str(error)}
    differences: list[str] = []
    firings: list[list[str]] = []
    for number, (line, opinion) in enumerate(zip(found.lines, opinions, strict=True), start=1):
        where = f"line {number} ({line.element})"
        for finding in line.findings:
            other = opinion.verdicts.get(finding.authority)
            if other != finding.verdict:
                differences.append(f"{where}, {finding.authority}: the evaluator says {finding.verdict}, the second opinion {other}")
            for key, letter in finding.letters.items():
                said = opinion.letters.get(finding.authority, {}).get(key)
                if said != letter:
                    differences.append(f"{where}, {finding.authority} {key}: the evaluator says {letter}, the second opinion {said}")
        if opinion.line_verdict != line.verdict:
            differences.append(f"{where}: the evaluator says {line.verdict}, the second opinion {opinion.line_verdict}")
        firings.append(list(opinion.trace))
    if differences:
        raise Disagreement(differences)
    return {"taken": True, "agrees": True, "trace": firings}
