"""What limits reach, what beats them, and openers that open nothing."""

from __future__ import annotations

from collections.abc import Iterator

from authorities.linting._issue import Issue, Kind
from authorities.linting._view import View
from rules import conditions as c
from rules.provisions import Bar, Cap, Definition, Duty, Fund, Grant, LawFile

REACH = Kind(
    "idle-reach",
    "warning",
    "A limit reaches (or excepts) a tag that no authority carries, or an account that no fund names.",
    "correct the tag or account",
)
DEFEAT = Kind(
    "idle-defeat",
    "warning",
    "A provision defeats a bar of a limit that does not reach its authority.",
    "delete it, or correct what the limit reaches",
)
BEATS = Kind(
    "idle-notwithstanding",
    "warning",
    "An authority beats, or spares, a limit that would not reach it.",
    "delete the limit from the list",
)
BARRED = Kind(
    "idle-barred-under",
    "warning",
    "A `barred under` that looks for a limit, tag or authority that no limit has or reaches: it is always false.",
    "name a limit, or what some limit reaches",
)
OPENER = Kind(
    "idle-opener",
    "style",
    "An opener that opens nothing: only bars, caps and duties apply by it. Unsaid they do not, and no answer says so.",
    "if silence should not take them away, make it `presume: false` (an answer lists what it presumes)",
)
KINDS = (REACH, DEFEAT, BEATS, BARRED, OPENER)


def check(view: View) -> Iterator[Issue]:
    """Every limit and authority, and every opener."""
    carried = {tag for file in view.library.authorities.values() for tag in file.tags}
    reached = {t for limit in view.library.limits.values() for t in (limit.reach.tags | limit.reach.authorities)}
    for limit in view.library.limits.values():
        for section, reach in (("reaches", limit.reach), ("except", limit.reach_except)):
            for tag in sorted(reach.tags - carried):
                yield REACH.at(view.at(limit, section, (section,)), f"no authority carries the tag '{tag}'")
    for file in view.files:
        for provision in file.provisions():
            for key in provision.defeats:
                limit_id = key.partition(".")[0]
                if not _reaches(view, view.library.limits[limit_id], file):
                    place = view.provision(provision, "defeats")
                    yield DEFEAT.at(place, f"the limit '{limit_id}' does not reach '{file.id}'")
        for name in (*(file.notwithstanding or ()), *file.but_not):
            if name != "all" and not _reaches(view, view.library.limits[name], file):
                place = view.at(file, "notwithstanding", ("notwithstanding",))
                yield BEATS.at(place, f"the limit '{name}' does not reach '{file.id}'")
        for provision, key, condition in view.conditions(file):
            for one in c.walk(condition):
                if isinstance(one, c.BarredUnder):
                    for target in one.targets:
                        if target not in view.library.limits and target not in reached:
                            text = f"no limit is, or reaches, '{target}'"
                            yield BARRED.at(view.provision(provision, key), text)
    yield from _openers(view)


def _reaches(view: View, limit: LawFile, file: LawFile) -> bool:
    """Whether a limit can reach an authority at all; by money, wherever the proposal may name it."""
    reach = limit.reach
    return bool(reach.everything or reach.accounts or file.id in reach.authorities or reach.tags & file.tags)


def _openers(view: View) -> Iterator[Issue]:
    opening: set[str] = set()

    def go(condition: c.Condition, opens: bool) -> None:
        match condition:
            case c.AllOf(parts) | c.AnyOf(parts):
                for part in parts:
                    go(part, opens)
            case c.Negation(part):
                go(part, not opens)
            case c.Equals(fact, value):
                if opens == (value is not False):
                    opening.add(fact)
            case c.OneOf(fact, _) | c.Bounded(fact, _):
                if opens:
                    opening.add(fact)

    for file in view.files:
        for provision, key, condition in view.conditions(file):
            if isinstance(provision, Definition):
                go(condition, True)
                go(condition, False)
            else:
                go(condition, key == "unless" or isinstance(provision, (Grant, Fund)))
                if isinstance(provision, (Bar, Duty, Cap)) and provision.defeats:
                    go(condition, True)
    for fact in view.words.facts.values():
        if fact.opener and fact.id not in opening:
            yield OPENER.at(view.fact(fact.id), f"the opener '{fact.id}' opens nothing")
