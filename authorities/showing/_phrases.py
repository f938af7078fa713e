"""A provision in plain English: labelled sentences, and conditions as lists where one sentence would be too long."""

from __future__ import annotations

from dataclasses import dataclass

from authorities.showing._values import spaced, speaker_of, value_words
from rules import conditions as c
from rules.library import Library
from rules.provisions import Bar, Cap, Definition, Duty, Fund, LawFile, Provision
from rules.words import Speaker
from rules.words import listed as joined

LONG = 150
"""A condition that takes more characters than this, and has parts, is shown as a list."""

EVENTS = {"start": "the activity starts", "date": "the decision", "delivery": "delivery", "end": "the activity ends"}
PER = {
    "project": "for each project",
    "activity": "for the whole activity",
    "individual": "for each person",
    "element": "for each element",
    "country-year": "for each country in a fiscal year",
    "authority-year": "for the whole authority in a fiscal year",
}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Phrase:
    """A sentence part; with ``parts``, ``text`` heads a list of them (``all of these``)."""

    text: str
    parts: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Said:
    """One thing a provision says, under its label (``When``, ``Unless``, ``Act``)."""

    label: str
    phrase: Phrase

    @property
    def line(self) -> str:
        """The whole as one line."""
        return f"{self.label}: {flat(self.phrase)}."


def flat(phrase: Phrase) -> str:
    """A phrase with its list in brackets."""
    if not phrase.parts:
        return phrase.text
    return f"{phrase.text} [{'; '.join(flat(p) for p in phrase.parts)}]"


def phrase(speaker: Speaker, condition: c.Condition, yes: bool = True) -> Phrase:
    """A condition (denied where ``yes`` is false) as one sentence, or as nested lists."""
    if isinstance(condition, c.Negation):
        return phrase(speaker, condition.part, not yes)
    said = speaker.say(condition, yes=yes)
    if not isinstance(condition, (c.AllOf, c.AnyOf)) or not condition.parts or len(said) <= LONG:
        return Phrase(said)
    every = isinstance(condition, c.AllOf) == yes
    parts: list[Phrase] = []
    for part in condition.parts:
        one = phrase(speaker, part, yes)
        same = one.parts and one.text == _head(every)
        parts += one.parts if same else [one]
    return Phrase(_head(every), tuple(parts))


def _head(every: bool) -> str:
    return "all of these" if every else "any of these"


def details(library: Library, file: LawFile, provision: Provision) -> list[Said]:
    """All that a provision says beyond its gist."""
    speaker = speaker_of(library, file)
    out: list[Said] = []

    def say(label: str, text: str) -> None:
        out.append(Said(label, Phrase(text)))

    if provision.when != c.TRUE:
        out.append(Said("When", phrase(speaker, provision.when)))
    match provision:
        case Definition():
            _definition(speaker, provision, out)
        case Duty():
            act = library.vocabulary.acts[provision.act]
            say("Act", f"{act.gist} \u2014 {act.actor}; {term_words(provision)}")
            for content in provision.contents:
                when = "" if content.when == c.TRUE else f" (when {speaker.say(content.when)})"
                say(f"Contents {content.cite}", f"{content.gist}{when}")
        case Cap():
            kind = library.vocabulary.facts[provision.counts].type
            limit = value_words(library, file, provision.amount, kind)
            say("Limit", f"{speaker.subject(provision.counts)} may not exceed {limit} {PER[provision.per]}")
            if provision.used is not None:
                question = library.vocabulary.facts[provision.used].question
                say("Counts too", f"what is already used (\u201c{question}\u201d)")
            if provision.group:
                say("Shared with", f"the other limits of the group \u201c{spaced(provision.group)}\u201d")
        case Fund():
            _fund(library, file, speaker, provision, out)
    unless = provision.unless if isinstance(provision, (Bar, Duty)) else None
    if unless is not None:
        out.append(Said("Unless", phrase(speaker, unless)))
    if provision.defeats:
        beaten = [_bar_words(library, key) for key in provision.defeats]
        say("Overrides", f"where this holds, {joined(beaten, 'and')} {'does' if len(beaten) == 1 else 'do'} not apply")
    return out


def _definition(speaker: Speaker, provision: Definition, out: list[Said]) -> None:
    if provision.inside is not None:
        out.append(Said("Inside", phrase(speaker, provision.inside)))
    if provision.outside is not None:
        out.append(Said("Outside", phrase(speaker, provision.outside)))
    if provision.otherwise:
        out.append(Said("Otherwise", Phrase(f"the open question {provision.otherwise}")))


def term_words(duty: Duty) -> str:
    """When a step is due: ``at least 15 days before the activity starts``."""
    if duty.recurring:
        return "recurring"
    number, unit = next(
        ((n, u) for n, u in ((duty.hours, "hour"), (duty.months, "month"), (duty.days, "day")) if n), (0, "")
    )
    event = EVENTS[duty.event]
    if not number:
        return f"{duty.direction} {event}"
    term = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"at least {term} before {event}" if duty.direction == "before" else f"within {term} after {event}"


def _fund(library: Library, file: LawFile, speaker: Speaker, fund: Fund, out: list[Said]) -> None:
    label = "May not pay" if fund.never else "Only" if fund.only else "May pay"
    out.append(Said(label, Phrase(joined([speaker.term(a) for a in fund.accounts]))))
    if fund.begin_in_fund_year:
        out.append(Said("Begins", Phrase("in the money's fiscal year")))
    if fund.end_by_years is None:
        return
    if isinstance(fund.end_by_years, int):
        years = fund.end_by_years
        after = f"{_ORDINALS[years] if years < len(_ORDINALS) else f'{years}th'} fiscal year after the money's"
        out.append(
            Said("Ends", Phrase(f"by the close of the {after if years else 'money' + chr(39) + 's own fiscal year'}"))
        )
    else:
        named = value_words(library, file, fund.end_by_years, "count")
        out.append(Said("Ends", Phrase(f"by the close of this many fiscal years after the money's: {named}")))


def _bar_words(library: Library, key: str) -> str:
    limit, _, bar = key.partition(".")
    found = library.limits.get(limit)
    return f"{found.statute if found else limit} (\u201c{spaced(bar)}\u201d)"
