"""Conditions and values as plain English, from the same data the evaluator reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rules import conditions as c
from rules.provisions import LawFile
from rules.vocabulary import Vocabulary


def amount(value: Any, kind: str = "count") -> str:
    """A number, date, yes-or-no or term as it is read aloud: ``$900,000``, ``15 March 2026``, ``yes``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    if isinstance(value, int):
        return f"${value:,}" if kind == "money" else str(value)
    return str(value)


def listed(words: Sequence[str], last: str = "or") -> str:
    """``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


class Speaker:
    """Says conditions in English. ``value`` resolves a dated value to what to print."""

    def __init__(self, vocabulary: Vocabulary, value: Callable[[c.ValueRef], Any]):
        self.vocabulary, self.value = vocabulary, value

    def term(self, id_: Any) -> str:
        """A term's name, or the value itself."""
        found = self.vocabulary.terms.get(str(id_))
        return found.name if found else str(id_)

    def fact(self, id_: str) -> str:
        """A fact as a noun."""
        return id_.replace("_", " ")

    def operand(self, fact: str, value: Any) -> str:
        """What a fact is compared with."""
        kind = self.vocabulary.facts[fact].type
        if isinstance(value, c.ValueRef):
            value = self.value(value)
        if isinstance(value, tuple):
            return listed([self.term(v) for v in value])
        return self.term(value) if kind == "term" else amount(value, kind)

    def say(self, condition: c.Condition) -> str:
        """The whole condition as one phrase."""
        match condition:
            case c.AllOf(parts):
                return " and ".join(self.say(p) for p in parts) or "always"
            case c.AnyOf(parts):
                return "(" + " or ".join(self.say(p) for p in parts) + ")"
            case c.Negation(part):
                return f"not ({self.say(part)})"
            case c.OneOf(fact, members):
                return f"{self.fact(fact)} is {self.operand(fact, members)}"
            case c.Equals(fact, value):
                return f"{self.fact(fact)}: {self.operand(fact, value)}"
            case c.Bounded(fact, bounds):
                said = []
                for word, operand in bounds:
                    if word == "between":
                        said.append(f"from {self.operand(fact, operand[0])} to {self.operand(fact, operand[1])}")
                    else:
                        said.append(f"{word} {self.operand(fact, operand)}")
                return f"{self.fact(fact)} is {' and '.join(said)}"
            case c.Satisfies(names):
                return "it is a " + listed([n.replace("-", " ") for n in names])
            case c.Question(id_):
                return f"counsel says yes to '{id_}'"
            case c.ActDone(id_):
                return f"done: {self.vocabulary.acts[id_].gist.lower()}"
            case c.GrantHolds(id_):
                return f"the grant {id_} holds"
            case c.BarredUnder(targets):
                return f"a limit on {listed(targets)} bars it"


def file_value(file: LawFile, ref: c.ValueRef) -> Any:
    """The newest state of a dated value, for printing a rule without a day."""
    entries = file.values.get(ref.name, ())
    now: Any = None
    for entry in entries:
        if entry.is_ is not None:
            now = entry.is_
        else:
            now = tuple(t for t in (*(now or ()), *entry.adds) if t not in entry.removes)
    return ref.name if now is None else now
