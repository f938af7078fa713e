"""The specification put to the solver, one line at a time; and a file of the law in another order with other ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import z3

from authorities.proving.encode import Encoder, Truth
from authorities.proving.facts import Facts
from authorities.proving.formulas import Formula
from authorities.proving.ground import Ground
from authorities.proving.pinning import pinned
from authorities.proving.solving import Lowering
from authorities.proving.verdicts import parts_of, verdicts_of
from rules import conditions as c
from rules.building import build_library
from rules.conditions import Parser
from rules.judge import VERDICTS, fund_alone
from rules.library import Library
from rules.lines import Line
from rules.proposals import expand, from_mapping
from rules.provisions import LawFile
from rules.rulebook import Builder, Shelf
from tests.specification.world import days, sources, specification


class Encoding:
    """One library encoded, to be asked about lines."""

    def __init__(self, library: Library):
        self.library = library
        self.ground = Ground(library)
        self.encoder = Encoder(Facts(self.ground, library))
        self.lowering = Lowering(self.ground)

    def only(
        self,
        named: dict[str, Formula],
        line: Line,
        *,
        strict: bool = False,
        others: dict[tuple[str, str], int] | None = None,
    ) -> str:
        """Which of some formulas is so of a line; the solver must find that no other can be, and that the line can."""
        solver = z3.SimpleSolver()
        formulas = list(named.values())
        solver.add(*self.lowering.rules(formulas), *pinned(self.lowering, formulas, line, strict, others))
        assert solver.check() == z3.sat
        model = solver.model()
        so = [n for n, one in named.items() if z3.is_true(model.eval(self.lowering.term(one), model_completion=True))]
        assert len(so) == 1
        assert solver.check(z3.Not(self.lowering.term(named[so[0]]))) == z3.unsat
        return so[0]

    def letter(self, truth: Truth, goal: bool, line: Line, strict: bool) -> str:
        """The letter of a condition towards its goal."""
        every, (t, f, s, p) = self.ground.pool.all_, truth
        named = {
            "goal": t if goal else f,
            "opposite": f if goal else t,
            "S": every((s, -t, -f)),
            "P": every((p, -s, -t, -f)),
            "C": every((-p, -s, -t, -f)),
        }
        return self.only(named, line, strict=strict)


def _given(entry: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entry.get("given", {}).items() if k != "cap_others"}


def letter_of(entry: dict[str, Any], shared: Encoding) -> str:
    """The letter that the encoding gives a condition of the specification."""
    said, today, known = days(entry)
    day = said or specification()["defaults"]["condition_date"]
    line = expand(shared.library, from_mapping({"date": day, **_given(entry)}, "given"), today=today).lines[0]
    condition = Parser(shared.library.vocabulary, sources_place(), []).condition(entry["condition"], (), acts=True)
    goal = entry.get("goal", False)
    builder = Builder(shared.library, line.day, known)
    node = builder.node(condition, shared.library.authorities["host-rules"], "date", goal)
    return shared.letter(shared.encoder.truth(node), goal, line, entry.get("options", {}).get("strict", False))


_SOURCES = sources()


def sources_place() -> Any:
    """Where a fault of a condition would be said to stand."""
    return _SOURCES.settings.place


_WORLDS: dict[str, Library] = {}


def _library(entry: dict[str, Any]) -> Library:
    """The library of an entry; many share one."""
    key = repr(entry.get("library"))
    if key not in _WORLDS:
        _WORLDS[key] = build_library(sources(entry.get("library")))
    return _WORLDS[key]


def verdicts_said(entry: dict[str, Any], shared: Encoding) -> dict[str, str]:
    """The verdicts that the encoding gives an entry of the specification: of authorities, and of a limit or fund alone.

    ``shared``: of the world that all entries share but for their authorities and limits, which no fact hangs on. An
    authority is asked by name; where the entry does not, what bars tell of a line without a grant is not expected.
    """
    library = _library(entry)
    said, today, known = days(entry)
    data = dict(_given(entry))
    if said is not None:
        data.setdefault("date", said)
    proposal = expand(library, from_mapping(data, "given"), today=today)
    line = proposal.lines[0]
    builder = Builder(library, line.day, known)
    out: dict[str, str] = {}
    for id_ in entry["expect"]:
        alone = id_ not in library.authorities
        if id_ in library.limits or not alone:
            book = builder.authority(library.limits[id_] if alone else library.authorities[id_], alone=alone)
        else:
            fund = fund_alone(Shelf(library).book(line.day, known), id_)
            assert fund is not None
            book = fund
        parts = parts_of(shared.encoder, book, alone=alone)
        named = dict(zip(VERDICTS, verdicts_of(shared.ground.pool, parts), strict=True))
        others = {(k.split(".")[0], k.split(".")[1]): v for k, v in entry.get("cap_others", {}).items()}
        verdict = shared.only(named, line, strict=entry.get("strict", False), others=others)
        if verdict == "prohibited" and entry.get("asked") != id_:
            # not asked by name: where no grant holds, a bar tells nothing
            open_ = shared.only(
                {"yes": -parts.G.f, "no": parts.G.f}, line, strict=entry.get("strict", False), others=others
            )
            verdict = "prohibited" if open_ == "yes" else "no authority"
        out[id_] = verdict
    return out


# --- another order -----------------------------------------------------------------------------------------------------


def reordered(file: LawFile) -> LawFile:
    """A file with its provisions, and all that stands in lists in them, the other way round, and other ids throughout."""
    own = {one.id for one in file.definitions}

    def turned(condition: c.Condition | None) -> Any:
        match condition:
            case c.AllOf(parts):
                return c.AllOf(tuple(turned(part) for part in reversed(parts)))
            case c.AnyOf(parts):
                return c.AnyOf(tuple(turned(part) for part in reversed(parts)))
            case c.Negation(part):
                return c.Negation(turned(part))
            case c.GrantHolds(id_):
                return c.GrantHolds(f"new-{id_}")
            case c.Satisfies(names):
                return c.Satisfies(tuple(f"new-{name}" if name in own else name for name in reversed(names)))
        return condition

    def renamed(one: Any) -> Any:
        kept = {key: turned(getattr(one, key)) for key in ("when", "unless", "inside", "outside") if hasattr(one, key)}
        kept |= {"group": f"new-{one.group}"} if getattr(one, "group", None) else {}
        return replace(one, id=f"new-{one.id}", **kept)

    sections = ("grants", "bars", "duties", "caps", "funds", "definitions")
    made: Any = {name: tuple(renamed(one) for one in reversed(getattr(file, name))) for name in sections}
    return replace(file, **made)
