"""The standing of questions, in words and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from textwrap import TextWrapper
from typing import Any

from authorities.standing import Standing, Turning
from rules.library import Interpretation
from rules.words import listed

WIDTH = 118
_WORDS = {
    "open": "Open: nobody has answered it.",
    "lapsed": "Lapsed: the answer ended with its fiscal year and was not recorded again.",
}


def rendered(some: Sequence[Standing], of: str, every: bool) -> str:
    """The questions, with what turns on each. ``of``: what the lines counted are; ``every``: name each line."""
    out = []
    for one in some:
        question = one.question
        out += [f"{question.id}  ({question.statute})"]
        out += _wrapped(f'"{question.words}"')
        for says, source in question.positions if every else ():
            out += _wrapped(f"- {says} ({source})", "    ", "      ")
        out += _wrapped(f"Decides: {question.decides}. Asked by {listed(one.files, 'and') or 'no provision'}.")
        out += _wrapped(f"Turns on it: {question.turns_on}")
        out += _wrapped(_WORDS.get(one.state) or "Answered for this fiscal year.")
        for given in one.interpretations:
            out += _wrapped(said(given), "    ", "      ")
        out += _wrapped(counted(one.turning, of))
        for line in one.turning if every else ():
            out += _wrapped(f"- {line.line}: now {line.now}; yes: {line.yes}; no: {line.no}", "    ", "      ")
        out.append("")
    states = Counter(one.state for one in some)
    deciding = sum(any(line.decides for line in one.turning) for one in some)
    totals = ", ".join(f"{states[state]} {state}" for state in ("open", "lapsed", "answered"))
    out.append(f"{len(some)} questions: {totals}; {deciding} decide something among the {of}.")
    return "\n".join(out)


def said(one: Interpretation) -> str:
    """An interpretation in one sentence."""
    years = listed([str(year) for year in sorted(one.fiscal_years)], "and")
    answer = "yes" if one.answer else "no"
    return f"{answer}, fiscal year {years}: {one.office}, {one.memo}, {one.dated}"


def counted(turning: Sequence[Turning], of: str) -> str:
    """How many lines a question leaves open, and what they become."""
    if not turning:
        return f"None of the {of} is left to counsel by it."
    yes, no = (_tally(getattr(line, side) for line in turning) for side in ("yes", "no"))
    return f"Left to counsel by it: {len(turning)} of the {of}. With yes: {yes}. With no: {no}."


def _tally(verdicts: Iterable[str]) -> str:
    return listed([f"{count} {verdict}" for verdict, count in Counter(verdicts).most_common()], "and")


def data(some: Sequence[Standing]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            "id": one.question.id,
            "statute": one.question.statute,
            "words": one.question.words,
            "positions": [{"says": says, "source": source} for says, source in one.question.positions],
            "decides": one.question.decides,
            "turns_on": one.question.turns_on,
            "files": list(one.files),
            "state": one.state,
            "interpretations": [
                {
                    "answer": given.answer,
                    "fiscal_years": sorted(given.fiscal_years),
                    "office": given.office,
                    "memo": given.memo,
                    "date": given.dated.isoformat(),
                }
                for given in one.interpretations
            ],
            "lines": [{"line": t.line, "now": t.now, "yes": t.yes, "no": t.no} for t in one.turning],
        }
        for one in some
    ]


def _wrapped(text: str, first: str = "  ", later: str = "  ") -> list[str]:
    return TextWrapper(WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False).wrap(text)
