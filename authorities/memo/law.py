"""The rules of one file on one day, by what they are to a reader: may, may not, steps, caps, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from authorities.memo.frame import DaySpeaker, Frame, alive, defining, owner_of, tests, value_on
from authorities.memo.model import Ceiling, May, MayNot, Step, Word
from authorities.memo.model_money import UNKNOWN, Statement
from authorities.memo.wording import cite_words, life_words, stated
from authorities.partner_facts import KEY
from authorities.showing._phrases import PER, Phrase, phrase, term_words
from rules import conditions as c
from rules.checks import value_refs
from rules.provisions import Bar, Cap, Duty, Grant, LawFile, Provision
from rules.vocabulary import Vocabulary
from rules.words import amount, listed

SUPPORT = "element"
"""The fact that names the kind of support."""
RECIPIENT = "recipient"
"""The fact that names who of the partner receives it; facts about it begin with its name."""


class Law:
    """One file as read on one day. ``years``: the years of money that can be used in the memo's year."""

    def __init__(self, frame: Frame, file: LawFile, day: date, years: Iterable[int]):
        self.frame, self.file, self.day, self.years = frame, file, day, frozenset(years)
        self.library = frame.library
        self.speaker = DaySpeaker(frame, file, day)
        self.of_partner = partner_facts(frame.library.vocabulary)

    def live(self, one: Provision) -> bool:
        """Whether a provision counts."""
        return alive(one.life, self.day, self.years)

    def may(self) -> Iterator[May]:
        """What the grants allow."""
        for grant in filter(self.live, self.file.grants):
            yield self._may(grant)

    def _may(self, grant: Grant) -> May:
        kinds: dict[str, list[Phrase]] = {"support": [], "partners": [], "when": []}
        parts = grant.when.parts if isinstance(grant.when, c.AllOf) else (grant.when,)
        for part in parts:
            facts = tests(self.library, self.file, part)
            kind = "support" if facts == {SUPPORT} else "partners" if facts & self.of_partner else "when"
            if kind == "support" and isinstance(part, c.OneOf):  # its column names the fact
                says = Phrase(self.speaker.operand(SUPPORT, part.members))
            elif kind == "partners" and isinstance(part, c.Satisfies):
                says = Phrase(self.speaker.leaf(part).removeprefix("it comes within "))
            else:
                says = phrase(self.speaker, part)
            kinds[kind].append(says)
        return May(stated(self.file, grant), *(tuple(kinds[kind]) for kind in ("support", "partners", "when")))

    def may_not(self) -> Iterator[MayNot]:
        """What the bars forbid."""
        for bar in filter(self.live, self.file.bars):
            yield self._may_not(bar)

    def _may_not(self, bar: Bar) -> MayNot:
        acts = self.library.vocabulary.acts
        some = c.walk(bar.unless) if bar.unless is not None else []
        relief = [(acts[one.id].gist, acts[one.id].actor) for one in some if isinstance(one, c.ActDone)]
        return MayNot(stated(self.file, bar), self.speaker.phrase(bar.unless), tuple(dict.fromkeys(relief)))

    def steps(self) -> Iterator[Step]:
        """What the duties ask, those before the activity first."""
        some = [self._step(duty) for duty in self.file.duties if self.live(duty)]
        yield from sorted(some, key=lambda one: one.timed)

    def _step(self, duty: Duty) -> Step:
        act = self.library.vocabulary.acts[duty.act]
        wait = duty.days or duty.hours or duty.months
        return Step(
            stated(self.file, duty),
            act.gist,
            act.actor or UNKNOWN,
            act.delegable,
            term_words(duty),
            self.speaker.phrase(duty.when),
            self.speaker.phrase(duty.unless),
            tuple((cite_words(self.file.statute, one.cite), self._content(one)) for one in duty.contents),
            bool(wait or duty.recurring or duty.contents or duty.direction == "after"),
        )

    def _content(self, one: object) -> str:
        gist, when = getattr(one, "gist", ""), getattr(one, "when", c.TRUE)
        return gist if when == c.TRUE else f"{gist} (where {self.speaker.say(when)})"

    def ceilings(self) -> Iterator[Ceiling]:
        """The caps, with the amounts of the day."""
        for cap in filter(self.live, self.file.caps):
            yield self._ceiling(cap)

    def _ceiling(self, cap: Cap) -> Ceiling:
        kind = self.library.vocabulary.facts[cap.counts].type
        source, number = "", cap.amount if isinstance(cap.amount, int) else None
        if isinstance(cap.amount, c.ValueRef):
            home = owner_of(self.library, self.file, cap.amount.file)
            now, entry = value_on(home, cap.amount.name, self.day, self.frame.year)
            number = now if isinstance(now, int) else None
            if entry is not None:
                source = f"{cite_words(home.statute, entry.cite)}, {life_words(entry.life)}"
        said = UNKNOWN if number is None else amount(number, kind)
        limit = f"{self.speaker.subject(cap.counts)}: at most {said} {PER[cap.per]}"
        return Ceiling(stated(self.file, cap), limit, number, source, self.speaker.phrase(cap.when))

    def words(self, provisions: Iterable[Provision]) -> Iterator[Word]:
        """The dated lists that some provisions read, as they stand on the day; the definitions they name that count
        then, and those that these name."""
        seen: set[str] = set()

        def look(home: LawFile, condition: c.Condition | None) -> Iterator[Word]:
            for part in c.walk(condition) if condition is not None else []:
                for name in part.names if isinstance(part, c.Satisfies) else ():
                    if name in seen:
                        continue
                    seen.add(name)
                    for other, one in defining(self.library, home, name):
                        if self.live(one):
                            yield Word(stated(other, one), one.otherwise or "")
                            for inner in (one.when, one.inside, one.outside):
                                yield from look(other, inner)

        some = tuple(provisions)
        for ref in dict.fromkeys(ref for one in some for ref in value_refs(one)):
            home = owner_of(self.library, self.file, ref.file)
            now, entry = value_on(home, ref.name, self.day, self.frame.year)
            if isinstance(now, tuple) and entry is not None:
                said = listed([self.speaker.term(one) for one in now], "and")
                yield Word(Statement(ref.name, cite_words(home.statute, entry.cite), said, life_words(entry.life)), "")
        for provision in some:
            for condition in (provision.when, getattr(provision, "unless", None)):
                yield from look(self.file, condition)


def partner_facts(vocabulary: Vocabulary) -> frozenset[str]:
    """The facts about the partner: the country, who of it receives, and what is looked up by either."""
    named = {KEY, RECIPIENT} & set(vocabulary.facts)
    roots = {vocabulary.facts[id_].of for id_ in named} - {None}
    return frozenset(
        id_
        for id_, fact in vocabulary.facts.items()
        if id_ in named or fact.keyed_by in named or id_.startswith(f"{RECIPIENT}_") or fact.of in roots
    )
