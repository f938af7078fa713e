"""One line put to the solver: everything it says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from authorities.proving.formulas import Formula
from authorities.proving.numbers import PARTS, Variable
from authorities.proving.solving import Lowering, variables_in
from rules.lines import UNKNOWN, Line, Stated

Term = Any


def pinned(
    lowering: Lowering,
    formulas: Iterable[Formula],
    line: Line,
    strict: bool = False,
    others: Mapping[tuple[str, str], int] | None = None,
) -> list[Term]:
    """What one line says of all that some formulas hang on. ``others``: what other lines count under a cap."""
    ground = lowering.ground
    atoms = ground.pool.atoms_in(ground.bound(formulas))
    out: list[Term] = []
    numbers: dict[Variable, None] = {("line day",): None, ("waits from",): None, ("day", "start"): None}
    for id_ in (*atoms, abs(ground.said("start"))):
        words: Any = ground.pool.parts[id_]
        for name in variables_in(words) if words else ():
            lowering.reach(name, numbers)
        if words and words[0] not in ("sum", "years", "early") and (words[0] != "in" or _says(line, words[1])):
            out.append(lowering.term(id_) == _holds(words, line, strict))
    for name in numbers:
        lengths = name[0] == "num" and any(one.type == "years" for one in ground.declared(str(name[1])))
        value = _number(name, line, PARTS if lengths else 1, others or {})
        if value is not None:
            out.append(lowering.number(name) == value)
    return out


def _plain(line: Line, fact: str) -> Any:
    said = line.facts.get(fact)
    return said.value if isinstance(said, Stated) else said


def _says(line: Line, fact: str) -> bool:
    return _plain(line, fact) not in (None, UNKNOWN)


def _holds(words: Any, line: Line, strict: bool) -> bool:
    """Whether an atom is so of a line."""
    match words[0]:
        case "strict":
            return strict
        case "said":
            return _says(line, words[1])
        case "unknown":
            return bool(_plain(line, words[1]) == UNKNOWN)
        case "sourced":
            return isinstance(line.facts.get(words[1]), Stated)
        case "in":
            return bool(_plain(line, words[1]) in words[2])
        case "any":
            value = _plain(line, words[1])
            return isinstance(value, tuple) and not words[2].isdisjoint(value)
        case "act":
            said = line.acts.get(words[1], "not yet")
            return bool(("dated" if isinstance(said, date) else said) == words[2])
        case "answer":
            answer = line.answers.get(words[1])
            return bool(answer is not None and answer.value is words[2])
    raise LookupError(words[0])


def _number(name: Variable, line: Line, scale: int, others: Mapping[tuple[str, str], int]) -> int | None:
    """The value of a variable of the solver's for a line, so many times over; None where the line leaves it open."""
    kind, *rest = name
    match kind:
        case "line day":
            return line.day.toordinal()
        case "waits from":
            return line.waits_from.toordinal()
        case "act":
            said = line.acts.get(str(rest[0]))
            return said.toordinal() if isinstance(said, date) else None
        case "day":
            value = _plain(line, str(rest[0]))
            return value.toordinal() if isinstance(value, date) else None
        case "num":
            value = _plain(line, str(rest[0]))
            return None if value in (None, UNKNOWN) else int(value * scale)
        case "others":
            return others.get((str(rest[0]), str(rest[1])), 0)
    return None
