"""Conditions as a tree: what the YAML of a ``when`` means, before any date is fixed.

The parser checks every word against the vocabulary and records a fault, with its place, for each mistake;
it never stops at the first. The tree knows no dates: dated values and definitions are resolved by the rulebook.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rules._frozen import dataclass
from rules.faults import Fault, Place, nearest
from rules.vocabulary import Fact, Vocabulary, fold

NUMBER_BOUNDS = ("at most", "more than", "at least", "less than")
DATE_BOUNDS = ("before", "after", "between")
WORDS = ("any of", "all of", "not", "satisfies", "question", "act", "grant", "barred under")


@dataclass(frozen=True)
class ValueRef:
    """A dated value by name: of this file, or (``file``) of another."""

    name: str
    file: str | None = None


@dataclass(frozen=True)
class OneOf:
    """The fact is one of the terms, or below one; members may be a dated value."""

    fact: str
    members: tuple[str, ...] | ValueRef


@dataclass(frozen=True)
class Equals:
    """A yes-or-no fact, or a number or date, equals the value."""

    fact: str
    value: Any


@dataclass(frozen=True)
class Bounded:
    """A number or date stands within the bounds: (bound, operand) pairs, all of which must hold."""

    fact: str
    bounds: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class AllOf:
    """Every part holds; the empty one is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """Some part holds; the empty one is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Negation:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True)
class Satisfies:
    """Any one of the named definitions holds."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Counsel answers the open question with yes."""

    id: str


@dataclass(frozen=True)
class ActDone:
    """The act is done by the day of decision."""

    id: str


@dataclass(frozen=True)
class GrantHolds:
    """The grant of the same file is true of the line."""

    id: str


@dataclass(frozen=True)
class BarredUnder:
    """A limit with one of these ids, or reaching one of these tags or authorities, bars the line."""

    targets: tuple[str, ...]


Condition = (
    OneOf | Equals | Bounded | AllOf | AnyOf | Negation | Satisfies | Question | ActDone | GrantHolds | BarredUnder
)
TRUE: Condition = AllOf(())

Path = tuple[str | int, ...]


@dataclasses.dataclass
class Parser:
    """Turns raw YAML data into conditions; collects faults. ``place`` turns a path into a place in the file."""

    vocabulary: Vocabulary
    place: Callable[[Path], Place]
    faults: list[Fault]

    def fault(self, path: Path, found: str, expected: str, suggestion: str = "") -> None:
        """Record one mistake."""
        self.faults.append(Fault(self.place(path), found, expected, suggestion))

    def condition(self, raw: Any, path: Path, *, acts: bool = False) -> Condition:
        """The condition that ``raw`` says; ``acts`` allows the word ``act`` (unless, and a duty's when)."""
        if not isinstance(raw, Mapping):
            self.fault(path, _show(raw), "a condition: a mapping of facts or condition words")
            return TRUE
        parts = [self._entry(str(word), test, (*path, str(word)), acts) for word, test in raw.items()]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _entry(self, word: str, test: Any, path: Path, acts: bool) -> Condition:
        if word in ("any of", "all of"):
            if not isinstance(test, Sequence) or isinstance(test, str) or not test:
                self.fault(path, _show(test), "a list of conditions, not empty")
                return TRUE
            parts = tuple(self.condition(one, (*path, i), acts=acts) for i, one in enumerate(test))
            return AnyOf(parts) if word == "any of" else AllOf(parts)
        if word == "not":
            return Negation(self.condition(test, path, acts=acts))
        if word == "satisfies":
            return Satisfies(self._names(test, path))
        if word == "barred under":
            return BarredUnder(self._names(test, path))
        if word in ("question", "act", "grant"):
            return self._reference(word, test, path, acts)
        return self._fact(word, test, path)

    def _names(self, test: Any, path: Path) -> tuple[str, ...]:
        names = [test] if isinstance(test, str) else test
        if not isinstance(names, Sequence) or not names or not all(isinstance(n, str) for n in names):
            self.fault(path, _show(test), "a name or a list of names")
            return ()
        return tuple(names)

    def _reference(self, word: str, test: Any, path: Path, acts: bool) -> Condition:
        if not isinstance(test, str):
            self.fault(path, _show(test), f"the id of one {word}")
            return TRUE
        if word == "question":
            return Question(test)
        if word == "grant":
            return GrantHolds(test)
        if not acts:
            self.fault(
                path,
                f"act '{test}'",
                "no act here: an act stands only in `unless` and in a duty's `when`; make it a duty",
            )
        elif test not in self.vocabulary.acts:
            self.fault(path, f"act '{test}'", "a declared act", nearest(test, self.vocabulary.acts))
        return ActDone(test)

    def _fact(self, word: str, test: Any, path: Path) -> Condition:
        fact = self.vocabulary.facts.get(word)
        if fact is None:
            known = [*self.vocabulary.facts, *WORDS]
            self.fault(path, f"'{word}'", "a declared fact or a condition word", nearest(word, known))
            return TRUE
        if fact.type == "text":
            self.fault(path, f"fact '{word}'", "a fact that can be tested: free text is never tested")
            return TRUE
        if isinstance(test, Mapping):
            return self._bounds(fact, test, path)
        if fact.type == "term":
            names = self._names(test, path)
            return OneOf(word, tuple(self.term(name, fact, path) for name in names))
        if fact.type == "boolean":
            if not isinstance(test, bool):
                self.fault(path, _show(test), "true or false")
            return Equals(word, test)
        checked = self.operand(fact, test, path)
        return Equals(word, checked)

    def term(self, name: str, fact: Fact, path: Path) -> str:
        """Check that ``name`` is a declared term below the fact's root."""
        if name not in self.vocabulary.terms:
            close = self.vocabulary.term_words.get(fold(name))
            self.fault(
                path,
                f"term '{name}'",
                f"a declared term of {fact.id}",
                close[0] if close else nearest(name, self.vocabulary.terms),
            )
        elif fact.of and name not in self.vocabulary.taxonomy.below.get(fact.of, ()):
            self.fault(path, f"term '{name}'", f"a kind of {fact.of} (fact {fact.id})")
        return name

    def _bounds(self, fact: Fact, test: Mapping[str, Any], path: Path) -> Condition:
        if set(test) == {"value"} or set(test) == {"value of"}:
            ref = self.value_ref(test, path)
            return OneOf(fact.id, ref) if fact.type == "term" else Equals(fact.id, ref)
        allowed = {
            "date": DATE_BOUNDS,
            "money": NUMBER_BOUNDS,
            "count": NUMBER_BOUNDS,
            "years": NUMBER_BOUNDS,
        }
        words = allowed.get(fact.type, ())
        pairs: list[tuple[str, Any]] = []
        for word, operand in test.items():
            if word not in words:
                self.fault(
                    (*path, word),
                    f"'{word}'",
                    f"a test of a {fact.type} fact: " + (", ".join(words) or "a term, a list, or {value: name}"),
                    nearest(word, words),
                )
                continue
            at = (*path, word)
            if word == "between":
                if not isinstance(operand, Sequence) or len(operand) != 2:
                    self.fault(at, _show(operand), "a list of two dates")
                    continue
                both = tuple(self.operand(fact, one, (*at, i)) for i, one in enumerate(operand))
                pairs.append(("between", both))
            else:
                pairs.append((word, self.operand(fact, operand, at)))
        return Bounded(fact.id, tuple(pairs))

    def value_ref(self, test: Mapping[str, Any], path: Path) -> ValueRef:
        """``{value: name}`` or ``{value of: {file: id, name: name}}``."""
        if "value" in test:
            return ValueRef(str(test["value"]))
        other = test["value of"]
        if not isinstance(other, Mapping) or set(other) != {"file", "name"}:
            self.fault((*path, "value of"), _show(other), "a mapping with file and name")
            return ValueRef("?")
        return ValueRef(str(other["name"]), str(other["file"]))

    def operand(self, fact: Fact, raw: Any, path: Path) -> Any:
        """One number, date or dated value to compare with."""
        if isinstance(raw, Mapping) and (set(raw) == {"value"} or set(raw) == {"value of"}):
            return self.value_ref(raw, path)
        if not fits(fact, raw):
            self.fault(path, _show(raw), {"date": "a date"}.get(fact.type, "a whole number"))
        return raw


def fits(fact: Fact, raw: Any) -> bool:
    """Whether a plain value has the fact's type (terms are not looked up)."""
    if fact.type in ("money", "count"):
        return isinstance(raw, int) and not isinstance(raw, bool)
    if fact.type == "years":
        return isinstance(raw, (int, Decimal)) and not isinstance(raw, bool)
    if fact.type == "date":
        return isinstance(raw, datetime.date)
    if fact.type == "boolean":
        return isinstance(raw, bool)
    return isinstance(raw, str)


def _show(raw: Any) -> str:
    return f"'{raw}'" if isinstance(raw, str) else str(raw)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The direct parts of a condition (none for a leaf)."""
    if isinstance(condition, (AllOf, AnyOf)):
        return condition.parts
    if isinstance(condition, Negation):
        return (condition.part,)
    return ()


def walk(condition: Condition) -> list[Condition]:
    """The condition and everything inside it, outermost first."""
    found = [condition]
    for part in parts_of(condition):
        found.extend(walk(part))
    return found
