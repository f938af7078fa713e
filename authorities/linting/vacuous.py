"""Provisions that say nothing: grants without scope, bars that never bite, exceptions nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules import conditions as c
from rules.provisions import Bar, Definition, Duty, Grant, LawFile

GRANT = Kind(
    "boundless-grant",
    "error",
    "A grant that is always true: it lets the official do anything for anyone.",
    "say in `when` what support, to whom, for which purpose",
)
ALWAYS = Kind(
    "vacuous-condition",
    "warning",
    "A `when` that always holds: whatever a proposal says, it is true.",
    "correct it, or leave it out",
)
BAR = Kind(
    "toothless-bar",
    "error",
    "A bar or duty that never applies, because its `unless` holds wherever its `when` does.",
    "correct the exception: it may not swallow the rule",
)
UNLESS = Kind(
    "unreachable-unless",
    "warning",
    "An `unless` that can never hold where the `when` does: the exception excepts nothing.",
    "correct the exception, or delete it",
)
OUTSIDE = Kind(
    "idle-outside",
    "warning",
    "The `outside` of a definition holds only where its `inside` does too, and `inside` comes first: it says nothing.",
    "make `outside` name cases that are not inside",
)
MIDDLE = Kind(
    "no-middle",
    "warning",
    "A definition leaves its middle to counsel, but everything is inside or outside: the question is never asked.",
    "narrow `inside` or `outside`, or take the question away",
)
KINDS = (GRANT, ALWAYS, BAR, UNLESS, OUTSIDE, MIDDLE)


def check(view: View) -> Iterator[Issue]:
    """Every provision."""
    for file in view.files:
        for provision in file.provisions():
            if view.reasoner.never_in_force([provision], file, ()):
                continue  # no day, or no money: another check says so

            def never(*said: tuple[c.Condition, bool], one: c.Condition = provision.when) -> bool:
                return view.reasoner.never_in_force([provision], file, said)  # noqa: B023

            if isinstance(provision, Definition) and provision.inside is not None:
                yield from _definition(view, file, provision)
            elif isinstance(provision, Grant) and never((provision.when, False)):
                yield GRANT.at(view.provision(provision, "when"), f"the grant '{provision.id}' is always true")
            elif provision.when != c.TRUE and never((provision.when, False)):
                yield ALWAYS.at(view.provision(provision, "when"), "the condition always holds")
            if isinstance(provision, (Bar, Duty)) and provision.unless is not None:
                if never((provision.when, True)):
                    continue
                place = view.provision(provision, "unless")
                if never((provision.when, True), (provision.unless, False)):
                    yield BAR.at(place, f"'{provision.id}' never applies: its exception always does")
                elif never((provision.when, True), (provision.unless, True)):
                    yield UNLESS.at(place, "the exception never holds where the rule does")


def _definition(view: View, file: LawFile, one: Definition) -> Iterator[Issue]:
    inside, outside = one.inside, one.outside
    if inside is None or outside is None:
        return
    never = view.reasoner.never_in_force
    if never([one], file, [(outside, True)]):
        return
    if never([one], file, [(outside, True), (inside, False)]):
        yield OUTSIDE.at(view.provision(one, "outside"), "everything that is outside is inside too")
    elif one.otherwise is not None and never([one], file, [(outside, False), (inside, False)]):
        yield MIDDLE.at(view.provision(one, "otherwise"), f"nothing is left for the question '{one.otherwise}'")
