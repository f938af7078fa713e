"""The forward chain: letters to verdicts by generic rules, and for one authority from its fact tests up."""

from functools import cache

from rules.second import _verdict as verdict
from rules.second._durable import Rule, Ruleset
from rules.second._errors import BoundExceeded, ChainMismatch
from rules.second._findings import Assembly
from rules.second._node import Node
from rules.second._program import Program, Shape, flatten
from rules.second._verdict import Standing

_programs: dict[tuple[Shape, ...], Program] = {}


@cache
def generic() -> Ruleset:
    return Ruleset([Rule(tests, (name, says)) for name, tests, says in verdict.rules()])


@cache
def conclude(standing: Standing) -> tuple[str, str]:
    """(verdict, name of the rule that fired). Raises ChainMismatch where it is not the plain verdict."""
    fired = generic().fire(standing.flat())
    if len(fired) != 1 or fired[0][1] != verdict.plainly(standing):
        raise ChainMismatch(f"{standing} is {verdict.plainly(standing)!r}; the chain fired {fired}")
    name, says = fired[0]
    return says, name


def explain(found: Assembly) -> list[str]:
    """The rules fired from the fact tests up to grants, bars and money; or one line that there is no room."""
    trace: list[str] = []
    given: list[Node] = []
    try:
        for roots in found.units.values():
            trace += _run(roots, [])
            given += roots
        return trace + _run(found.top, given)
    except BoundExceeded as error:
        return [f"trace left out: {error}"]


def _run(roots: list[Node], given: list[Node]) -> list[str]:
    nodes, shapes = flatten(roots, given)
    if shapes not in _programs:
        _programs[shapes] = Program(shapes)
    return _programs[shapes].run(nodes)
