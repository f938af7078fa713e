"""Conditions that cannot hold, and parts of conditions that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authorities.linting._issue import Issue, Kind
from authorities.linting._reasoning import Said
from authorities.linting._view import View
from rules import conditions as c
from rules.provisions import LawFile, Provision

CONTRADICTION = Kind(
    "contradiction",
    "error",
    "A condition that can never hold: a term and its opposite, bounds without room, a window of days that is empty.",
    "correct the part that is wrong: nothing can satisfy all of it",
)
DEAD = Kind(
    "dead-alternative",
    "warning",
    "One of the alternatives of an `any of` (or a `not`) can never hold beside the rest of the condition.",
    "correct it, or delete it",
)
CLAUSE = Kind(
    "redundant-clause",
    "style",
    "A part of a condition that holds whenever the rest does.",
    "delete it, unless it makes the condition easier to read against the text",
)
ALTERNATIVE = Kind(
    "redundant-alternative",
    "style",
    "An alternative that holds only where another does.",
    "delete it",
)
TERM = Kind(
    "redundant-term", "style", "A term in a list that stands below another of the list.", "delete the narrower one"
)
KINDS = (CONTRADICTION, DEAD, CLAUSE, ALTERNATIVE, TERM)


def check(view: View) -> Iterator[Issue]:
    """Every condition of every file, and the parts of those that can hold."""
    for file in view.files:
        for provision, key, condition in view.conditions(file):
            if condition != c.TRUE and not view.reasoner.never_in_force([provision], file, ()):
                yield from _Parts(view, file, provision, key).condition(condition)


class _Parts:
    def __init__(self, view: View, file: LawFile, provision: Provision, key: str):
        self.view, self.file, self.provision = view, file, provision
        self.place = view.provision(provision, key)

    def never(self, said: Sequence[Said]) -> bool:
        """Whether, while the provision is law, all that is said can never hold together."""
        return self.view.reasoner.never_in_force([self.provision], self.file, said)

    def condition(self, condition: c.Condition) -> Iterator[Issue]:
        if self.never([(condition, True)]):
            yield CONTRADICTION.at(self.place, "the condition can never hold")
            return
        yield from self.parts(condition, [])

    def parts(self, condition: c.Condition, context: list[Said]) -> Iterator[Issue]:
        match condition:
            case c.AllOf(parts):
                kept = list(parts)
                for part in parts:
                    if isinstance(part, c.Negation):
                        continue  # it says so itself, below
                    rest = [(one, True) for one in kept if one is not part]
                    if self.never([*context, *rest, (part, False)]):
                        yield CLAUSE.at(self.place, f"{_say(part)} holds whenever the rest does")
                        kept.remove(part)
                for part in parts:
                    yield from self.parts(part, [*context, *((one, True) for one in parts if one is not part)])
            case c.AnyOf(parts):
                yield from self.alternatives(parts, context)
            case c.Negation(part):
                if context and self.never([*context, (part, True)]):
                    yield DEAD.at(self.place, f"`not` {_say(part)}: it never holds beside the rest")
                else:
                    yield from self.parts(part, context)
            case c.OneOf(fact, members) if isinstance(members, tuple):
                below = self.view.words.taxonomy.below
                for one in members:
                    over = [m for m in members if m != one and one in below.get(m, ())]
                    if over:
                        yield TERM.at(self.place, f"{one} stands below {over[0]} ({fact})")

    def alternatives(self, parts: Sequence[c.Condition], context: list[Said]) -> Iterator[Issue]:
        kept = list(parts)
        for part in parts:
            if self.never([*context, (part, True)]):
                yield DEAD.at(self.place, f"the alternative {_say(part)} never holds beside the rest")
                kept.remove(part)
            elif any(self.never([*context, (part, True), (one, False)]) for one in kept if one is not part):
                yield ALTERNATIVE.at(self.place, f"{_say(part)} holds only where another alternative does")
                kept.remove(part)
            else:
                yield from self.parts(part, context)


def _say(condition: c.Condition) -> str:
    """A part of a condition by the words it tests."""
    words: dict[str, None] = {}
    for one in c.walk(condition):
        match one:
            case c.OneOf(fact, _) | c.Equals(fact, _) | c.Bounded(fact, _):
                words.setdefault(fact)
            case c.Satisfies(names):
                words.update(dict.fromkeys(names))
            case c.Question(id_) | c.ActDone(id_) | c.GrantHolds(id_):
                words.setdefault(id_)
            case c.BarredUnder(targets):
                words.update(dict.fromkeys(targets))
    return f"({', '.join(words) or 'nothing'})"
