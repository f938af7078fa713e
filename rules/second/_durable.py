"""The `durable-rules` adapter: the one way of using version 2.0.28 that held without a difference.

A host whose timers never start; flat facts of short strings, every property present; flat `$and` rules, made
exclusive by whoever writes them; one session for each ruleset and one lock for all; a fact is asserted, the
firings are read, the fact is retracted. The engine compares names by a 32-bit hash, keeps a stack of 64
matches for a fact and cannot free a ruleset, so each bound is checked when a ruleset is made.
"""

import importlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from rules.second._errors import BoundExceeded, SecondOpinionError, SecondOpinionUnavailable

MOST_RULES = 60  # in a ruleset, the always-true rule included: the engine's stack holds 64 matches
MOST_PROPERTIES = 200  # the engine holds 255, its own included
MOST_RULESETS = 300  # in a process, for their memory (about 1 MB each once used) is never given back
LONGEST = 24  # characters of a name or value
ENGINE_NAMES = ("kind", "id", "sid", "$s", "$m")

Test = tuple[str, str, bool]  # property, value, whether it must be equal (else: different)

_lock = threading.RLock()
_made = 0


class Rule(NamedTuple):
    """A flat rule: all `tests` hold of the fact. `result` is whatever the caller reads from the firing."""

    tests: tuple[Test, ...]
    result: Any


@cache
def _engine() -> Any:
    try:
        engine: Any = importlib.import_module("durable.engine")
    except ImportError as error:
        raise SecondOpinionUnavailable("durable-rules cannot be imported (it needs Python 3.11 or 3.12)") from error

    class QuietHost(engine.Host):  # type: ignore[misc]
        """A host whose two polling threads are never started."""

        def _run(self) -> None:
            pass

    return QuietHost()


def available() -> bool:
    """Whether `durable-rules` can be used here."""
    try:
        _engine()
    except SecondOpinionUnavailable:
        return False
    return True


def fnv1a(name: str) -> int:
    """The 32-bit FNV-1a hash by which the engine knows a name."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def check_names(names: Iterable[str]) -> None:
    """Raises BoundExceeded where two names have one hash, or a name is not short plain text."""
    seen: dict[int, str] = {}
    for name in [*names, *ENGINE_NAMES]:
        if len(name) > LONGEST or not name.isascii():
            raise BoundExceeded(f"the name {name!r} is not at most {LONGEST} plain characters")
        other = seen.setdefault(fnv1a(name), name)
        if other != name:
            raise BoundExceeded(f"the names {other!r} and {name!r} have one hash in durable-rules")


class Ruleset:
    """A ruleset and its one session. Rules must be exclusive in pairs or at least harmless together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        global _made
        self.properties = frozenset(test[0] for rule in rules for test in rule.tests)
        self._rules = list(rules)
        self._fired: list[int] = []
        self._count = 0
        check_bounds(self._rules, self.properties)
        with _lock:
            self._host = _engine()
            check_room(1)
            _made += 1
            self._name = f"second-{_made}"
            definition = {f"r{at}": self._definition(at, rule) for at, rule in enumerate(self._rules)}
            definition["always"] = {"all": [{"m": {"kind": "case"}}], "run": lambda c: None}
            self._host.set_rulesets({self._name: definition})

    def _definition(self, at: int, rule: Rule) -> dict[str, Any]:
        tests: list[Any] = [{"kind": "case"}]
        tests += [{name: value} if equal else {"$neq": {name: value}} for name, value, equal in rule.tests]
        return {"all": [{"m": {"$and": tests}}], "run": self._action(at)}

    def _action(self, at: int) -> Callable[[Any], None]:
        return lambda c: self._fired.append(at)

    def fire(self, fact: Mapping[str, str]) -> list[Any]:
        """The results of the rules that fire, in the order of the rules. `fact` holds every property."""
        if fact.keys() != self.properties or not all(type(v) is str and 0 < len(v) <= LONGEST for v in fact.values()):
            raise SecondOpinionError(f"{self._name}: a fact of short strings with every property is expected")
        with _lock:
            self._fired.clear()
            self._count += 1
            whole = {**fact, "kind": "case", "id": f"case-{self._count}"}
            state = self._host.assert_fact(self._name, whole)
            self._host.retract_fact(self._name, whole)
            fired = sorted(set(self._fired))
        if "exception" in (state or {}):
            raise SecondOpinionError(f"{self._name}: {state['exception']}")
        return [self._rules[at].result for at in fired]


def check_room(rulesets: int) -> None:
    """Raises BoundExceeded where so many rulesets more would be too many for the process."""
    if _made + rulesets > MOST_RULESETS:
        raise BoundExceeded(f"{_made} rulesets are made and none can be freed; {rulesets} more pass {MOST_RULESETS}")


def check_bounds(rules: Sequence[Rule], properties: frozenset[str]) -> None:
    """Raises BoundExceeded where a ruleset is larger than `durable-rules` bears."""
    if len(rules) + 1 > MOST_RULES:
        raise BoundExceeded(f"{len(rules) + 1} rules in a ruleset; at most {MOST_RULES}")
    if len(properties) > MOST_PROPERTIES:
        raise BoundExceeded(f"{len(properties)} properties in a fact; at most {MOST_PROPERTIES}")
    values = {test[1] for rule in rules for test in rule.tests}
    check_names([*properties, "always", *(f"r{at}" for at in range(len(rules)))])
    check_names(values)
