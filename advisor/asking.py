"""Asking: a proposal in, an answer out, given only when both implementations agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from authorities.loading import Loaded
from rules.answering import answer
from rules.doors import outlines
from rules.faults import Fault, FaultsError, Place, nearest
from rules.findings import Answer, Filled, LineAnswer
from rules.judge import LAWFUL
from rules.library import Library
from rules.proposals import Proposal, expand
from rules.reading import Document
from rules.rulebook import Shelf
from rules.versions import OLDER

FORCE = "force"
"""The key that names a force of the partner."""
MEMBERS = "members of"
"""The key, under the partner, that names an organization for its members."""


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

    ``known`` defaults to today, ``day`` to the proposal's own date; ``asked``: the one authority or limit asked about.
    A force or organization that the proposal names is filled in first, so that both implementations read the same.
    """
    library = loaded.library
    if asked is not None:
        asked = named(asked, loaded)
    filled: tuple[Filled, ...] = ()
    if names_a_list(document.data):
        from advisor.filling import fill

        document, filled = fill(document, library, today, day)
    proposal = expanded(library, document, today=today, day=day)
    known = today if known is None else known
    found = answer(library, shelf or Shelf(library), proposal, known=known, today=today, strict=strict, asked=asked)
    found = found._replace(filled=filled)
    if not second:
        return found._replace(second_opinion={"taken": False, "why": "not asked for"})
    return found._replace(second_opinion=compare(loaded.raw, document.data, found, day=day))


def expanded(library: Library, document: Document, *, today: date, day: date | None = None) -> Proposal:
    """The lines of a proposal. Only a proposal with faults is held against its JSON Schema, which says them better."""
    try:
        return expand(library, document, today=today, day=day)
    except FaultsError as error:
        if error.faults[0].kind == OLDER:
            raise
        from rules.schema import validate

        faults = validate(document, "proposal")
        if faults:
            raise FaultsError(faults) from None
        from advisor.filling import with_members

        raise FaultsError(with_members(library, error.faults)) from None


def names_a_list(data: Any) -> bool:
    """Whether a proposal names something for reference lists to fill in: a force, or the members of an organization."""
    if not isinstance(data, Mapping):
        return False
    elements = data.get("elements", ())
    parts = [data, *(elements if isinstance(elements, list) else ())]
    return any(
        key.lower() == FORCE or (isinstance(value, Mapping) and MEMBERS in value)
        for part in parts
        if isinstance(part, Mapping)
        for key, value in part.items()
    )


def named(word: str, loaded: Loaded) -> str:
    """The id of an authority or limit, from its id or its statute (``10 USC 333``)."""
    library = loaded.library
    owner, _, fund = word.partition(".")
    if word in library.authorities or word in library.limits:
        return word
    if owner in library.authorities and fund in {f.id for f in library.authorities[owner].funds}:
        return word
    ids = {**outlines(library.authorities), **outlines(library.limits)}
    folded = _fold(word)
    for id_, file in ids.items():
        if folded in (_fold(id_), _fold(file.statute), _fold(file.short)):
            return id_
    raise FaultsError(
        [
            Fault(
                Place("--under", None, ""),
                f"'{word}'",
                "an authority or limit (see: authorities list)",
                nearest(word, ids),
            )
        ]
    )


def _fold(word: str) -> str:
    return "".join(ch for ch in word.lower() if ch.isalnum())


def compare(
    raw: Mapping[str, Any], proposal: Mapping[str, Any], found: Answer, *, day: date | None = None
) -> dict[str, Any]:
    """Take the second opinion on a proposal. Raises :class:`Disagreement` where a verdict or letter differs."""
    from rules.second import SecondOpinionError, SecondOpinionUnavailable, second_opinions

    try:
        opinions = second_opinions(
            raw, proposal, known=found.known, today=found.today, day=day, strict=found.strict, asked=found.asked
        )
    except SecondOpinionUnavailable as error:
        return {"taken": False, "why": str(error).split(",")[0]}
    except SecondOpinionError as error:
        raise Disagreement([f"the second opinion fails: {error}"]) from error
    if len(opinions) != len(found.lines):
        raise Disagreement([f"the evaluator has {len(found.lines)} lines, the second opinion {len(opinions)}"])
    differences = [
        f"line {number} ({line.element}), {what}"
        for number, (line, opinion) in enumerate(zip(found.lines, opinions, strict=True), start=1)
        for what in _differences(line, opinion)
    ]
    if differences:
        raise Disagreement(differences)
    return {"taken": True, "agrees": True, "trace": [list(opinion.trace) for opinion in opinions]}


def _differences(line: LineAnswer, opinion: Any) -> Iterator[str]:
    """Where the second opinion on a line differs: verdicts, steps outstanding, letters of provisions."""
    for id_ in line.findings.shut:
        unread = opinion.findings.get(id_)
        if unread is None or unread.verdict != "no authority":
            said = unread.verdict if unread is not None else "nothing"
            yield f"{id_}: the evaluator says no authority, the second opinion {said}"
    read = {finding.authority: finding for finding in line.findings.read}
    for id_ in (*read, *line.findings.none):
        other = opinion.findings.get(id_)
        if other is None:
            yield f"{id_}: the second opinion has no finding"
            continue
        finding = read.get(id_)
        verdict = "no authority" if finding is None else finding.verdict
        if other.verdict != verdict:
            yield f"{id_}: the evaluator says {verdict}, the second opinion {other.verdict}"
        for key, letter in line.findings.letters(id_).items():
            # a provision that is not in force, or a limit that does not reach the line, has no letter: it is false
            said = other.letters.get(key, "F")
            if said != letter:
                yield f"{id_} {key}: the evaluator says {letter}, the second opinion {said}"
        if finding is not None and verdict in LAWFUL and finding.relies_on:
            steps = sorted(duty.ref.key for duty in finding.duties)
            if steps != sorted(other.outstanding):
                yield f"{id_}: the evaluator leaves {steps} to do, the second opinion {other.outstanding}"
    if opinion.line_verdict != line.verdict:
        yield f"the evaluator says {line.verdict}, the second opinion {opinion.line_verdict}"
