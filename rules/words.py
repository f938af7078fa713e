"""Conditions and values as plain English, from the same data the evaluator reads."""

from __future__ import annotations

import re
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
    """``a, b or c``; ``a, with x; b; or c`` where an item has a comma of its own."""
    if len(words) < 2:
        return "".join(words)
    if any(", " in word for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_OPPOSITE = {"at most": "more than", "more than": "at most", "at least": "less than", "less than": "at least"}
_QUESTION = re.compile(r"(Is|Was|Will|Would|Does|Has|Can) (?:it|this) (\w+)(.*)\?")


def answered(question: str, yes: bool) -> str:
    """A yes-or-no question and its answer as a statement: ``it is a loan``, ``the answer to “...?” is no``."""
    found = _QUESTION.fullmatch(question)
    # an alternative or a second clause cannot be denied by one "not"
    if found is not None and (yes or " or " not in question) and not re.search(r", (?:and|or) ", question):
        auxiliary, word, rest = found.groups()
        if auxiliary != "Does":
            return f"it {auxiliary.lower()} {'' if yes else 'not '}{word}{rest}"
        if word != "only" and word[-1] not in "hosxyz":
            return f"it {word}s{rest}" if yes else f"it does not {word}{rest}"
    return f"the answer to \u201c{question}\u201d is {'yes' if yes else 'no'}"


class Speaker:
    """Says conditions in English. ``value`` resolves a dated value to what to print.

    ``whole`` says every test so that it stands alone: a count by its question, a dated list by its name.
    """

    def __init__(self, vocabulary: Vocabulary, value: Callable[[c.ValueRef], Any], *, whole: bool = False):
        self.vocabulary, self.value, self.whole = vocabulary, value, whole

    def term(self, id_: Any) -> str:
        """A term's name, or the value itself."""
        found = self.vocabulary.terms.get(str(id_))
        return found.name if found else str(id_)

    def fact(self, id_: str) -> str:
        """A fact as a noun; a length of time without its unit, which its number carries."""
        fact = self.vocabulary.facts.get(id_)
        if fact is not None and fact.noun:
            return fact.noun
        noun = id_.removesuffix("_years") if fact is not None and fact.type == "years" else id_
        return noun.replace("_", " ")

    def subject(self, id_: str) -> str:
        """A fact as the subject of a sentence."""
        fact = self.vocabulary.facts[id_]
        own = fact.derived == "fiscal year" if fact.type == "count" else fact.type != "years" or bool(fact.derived)
        if self.whole and not own and not fact.noun:
            return f"the answer to \u201c{fact.question}\u201d"
        return f"the {self.fact(id_)}"

    def operand(self, fact: str, value: Any) -> str:
        """What a fact is compared with."""
        kind = self.vocabulary.facts[fact].type
        if isinstance(value, c.ValueRef):
            named = _spaced(value.name)
            value = self.value(value)
            if self.whole and isinstance(value, tuple):
                listed_in = "one" if self.vocabulary.facts[fact].many else ""
                return f"{listed_in} on the dated list \u201c{named}\u201d".lstrip()
            if self.whole:
                return f"{amount(value, kind)} (the dated value \u201c{named}\u201d)"
        if isinstance(value, tuple):
            return listed([self.term(v) for v in value])
        if kind == "years":
            return f"{value} year{'' if value == 1 else 's'}"
        return self.term(value) if kind == "term" else amount(value, kind)

    def say(self, condition: c.Condition, *, yes: bool = True) -> str:
        """The whole condition as one phrase; with ``yes`` false, its denial."""
        match condition:
            case c.AllOf(()):
                return "always" if yes else "never"
            case c.AllOf((c.OneOf(fact), c.Negation(c.OneOf(other, left_out)))) if yes and fact == other:
                return f"{self.leaf(condition.parts[0])}, but not {self.operand(fact, left_out)}"
            case c.AllOf(parts) | c.AnyOf(parts):
                word = "and" if isinstance(condition, c.AllOf) == yes else "or"
                return f" {word} ".join(self._grouped(p, yes) for p in parts)
            case c.Negation(part):
                return self.say(part, yes=not yes)
        return self.leaf(condition, yes)

    def _grouped(self, part: c.Condition, yes: bool) -> str:
        inner = part
        while isinstance(inner, c.Negation):
            inner = inner.part
        said = self.say(part, yes=yes)
        return f"({said})" if len(c.parts_of(inner)) > 1 else said

    def leaf(self, condition: c.Condition, yes: bool = True) -> str:
        """One test, affirmed or denied."""
        not_ = "" if yes else "not "
        match condition:
            case c.OneOf(fact, members):
                many = self.vocabulary.facts[fact].many
                verb = ("include" if yes else "do not include") if many else f"{_is(fact)} {not_}".rstrip()
                return f"{self.subject(fact)} {verb} {self.operand(fact, members)}"
            case c.Equals(fact, bool(value)):
                declared = self.vocabulary.facts[fact]
                own = declared.says if value == yes else declared.denies
                return own or answered(declared.question, value == yes)
            case c.Equals(fact, value):
                return f"{self.subject(fact)} is {not_}{self.operand(fact, value)}"
            case c.Bounded(fact, bounds):
                return f"{self.subject(fact)} is {self.bounds(fact, bounds, yes)}"
            case c.Satisfies(names):
                within = listed([f"\u201c{_spaced(n)}\u201d" for n in names])
                return f"it {'comes' if yes else 'does not come'} within {within}"
            case c.Question(id_):
                return f"counsel answers {'yes' if yes else 'no'} to the open question {id_}"
            case c.ActDone(id_):
                return f"this is {not_}done: \u201c{self.vocabulary.acts[id_].gist}\u201d"
            case c.GrantHolds(id_):
                return f"the grant \u201c{_spaced(id_)}\u201d {'covers' if yes else 'does not cover'} it"
            case c.BarredUnder(targets):
                return f"{'a' if yes else 'no'} limit on {listed([_spaced(t) for t in targets])} bars it"
        raise TypeError(condition)

    def bounds(self, fact: str, bounds: Sequence[tuple[str, Any]], yes: bool = True) -> str:
        """``at least 1 and at most 3``, ``exactly 1``, ``after 4 March 2019``."""
        if not yes and len(bounds) == 1 and bounds[0][0] in _OPPOSITE:
            return self.bounds(fact, [(_OPPOSITE[bounds[0][0]], bounds[0][1])])
        if len(bounds) == 2 and {w for w, _ in bounds} == {"at least", "at most"} and bounds[0][1] == bounds[1][1]:
            said = ["exactly " + self.operand(fact, bounds[0][1])]
        else:
            said = []
            for word, operand in bounds:
                if word == "between":
                    said.append(f"from {self.operand(fact, operand[0])} to {self.operand(fact, operand[1])}")
                else:
                    said.append(f"{word} {self.operand(fact, operand)}")
        return ("" if yes else "not ") + " and ".join(said)


def _is(fact: str) -> str:
    return "are" if fact.endswith("s") and not fact.endswith(("ss", "us")) else "is"


def _spaced(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


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
