"""Two findings compared as a case could, and the case that tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from authorities.mutation._examples import Example
from authorities.mutation._grid import Edit
from authorities.mutation._observing import Observed
from rules.lines import Line, Stated
from rules.provisions import Case

FEW = 3
"""Up to so many deciding provisions a case made up names them all."""


@dataclass(frozen=True)
class Missing:
    """A case that would kill a mutant, for the file ``file``."""

    file: str
    case: Case


def differing(seen: Observed, shown: Observed) -> Iterator[tuple[int, str]]:
    """Lines where a case could tell two findings apart, what is plainest to a reader first."""
    verdict = 0
    for name, lines in seen.verdicts.items():
        verdict |= lines & ~shown.verdicts.get(name, 0)
    yield verdict, "verdict"
    for before, after, words in (
        (seen.deciding, shown.deciding, ("lost", "extra")),
        (seen.follows, shown.follows, ("follows", "follows not")),
    ):
        lost = extra = 0
        for key in dict.fromkeys((*before, *after)):
            lost |= before.get(key, 0) & ~after.get(key, 0)
            extra |= after.get(key, 0) & ~before.get(key, 0)
        yield lost, words[0]
        yield extra, words[1]


def made(case: Case, edits: tuple[Edit, ...], bit: int, seen: Observed, shown: Observed, kind: str) -> Case:
    """The case of one line, as the law has it, asserting what tells the two findings apart."""
    verdict = next(name for name, lines in seen.verdicts.items() if lines & bit)
    deciding = [key for key, lines in seen.deciding.items() if lines & bit]
    lost, extra = _apart(seen.deciding, shown.deciding, bit)
    because = tuple(deciding if len(deciding) <= FEW else lost or deciding[:1])
    follows, more = _apart(seen.follows, shown.follows, bit)
    return replace(
        changed_case(case, edits, verdict, because, extra if kind == "extra" else ()),
        follows=follows if kind == "follows" else (),
        not_follows=more if kind == "follows not" else (),
    )


def _apart(before: Mapping[str, int], after: Mapping[str, int], bit: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one finding shows of a line and the other does not, both ways."""
    lost = tuple(key for key, lines in before.items() if lines & bit & ~after.get(key, 0))
    extra = tuple(key for key, lines in after.items() if lines & bit & ~before.get(key, 0))
    return lost, extra


def moved(line: Line, shift: timedelta) -> Iterator[Edit]:
    """A line some days earlier or later: all its days move together."""
    for kind, shelf in (("fact", line.facts), ("act", line.acts)):
        for name, value in shelf.items():
            if isinstance(value, date):
                yield Edit(kind, name, value + shift)


def edits_between(given: Mapping[str, Any], day: date, example: Example) -> tuple[Edit, ...]:
    """A case's line moved to a day and with some facts said."""
    line = example.lines[0]
    moves = moved(line, day - line.day) if day != line.day else ()
    return (*moves, *(Edit("fact", name, value) for name, value in given.items()))


def changed_case(
    case: Case, edits: Iterable[Edit], verdict: str, because: tuple[str, ...], not_because: tuple[str, ...]
) -> Case:
    """A case with some things said otherwise, not yet confirmed."""
    given = {k: v for k, v in case.given.items() if k != "acts"}
    acts = dict(case.given.get("acts", {}))
    day, said = case.date, []
    final: dict[tuple[str, str], Edit] = {(e.kind, e.name): e for e in edits}
    for edit in final.values():
        if edit.kind == "act":
            _put(acts, edit)
        elif (edit.kind, edit.name) == ("fact", "date"):
            day = edit.value
        else:
            _put(given, edit)
        said.append(words(edit))
    if acts:
        given["acts"] = acts
    return replace(
        case,
        name="; ".join([case.name, *said]),
        date=day,
        given=given,
        verdict=verdict,
        because=because,
        not_because=not_because,
        follows=(),
        not_follows=(),
        paragraph="",
        confirmed=False,
        line=0,
    )


def _put(shelf: dict[str, Any], edit: Edit) -> None:
    if edit.unsaid:
        shelf.pop(edit.name, None)
        return
    value = edit.value
    if isinstance(value, Stated):
        value = {"value": _plain(value.value), "source": value.source}
    shelf[edit.name] = _plain(value)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def words(edit: Edit) -> str:
    """What was changed, for a case's name."""
    name = edit.name.replace("_", " ") if edit.kind == "fact" else edit.name
    if edit.unsaid:
        return f"{name} unsaid"
    value = edit.value.value if isinstance(edit.value, Stated) else edit.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        value = " and ".join(value) or "none"
    return f"on {value}" if name == "date" else f"{name} {value}"
