"""``advisor mechanisms``: what a planner can pick, in RAND's five elements: listed, filtered, whole, side by side, counted."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from advisor.cli import a_day

if TYPE_CHECKING:
    from advisor.mechanisms import LegalStep, State, View
    from authorities.mechanisms import Step, Value

WIDTH = 100
ESTIMATE = "estimate, not law"
LABELS = {
    "account": "Account",
    "money_note": "Its years",
    "program_code": "Program code",
    "status": "Status",
    "duration": "Duration",
    "proposal_cycle": "Cycle",
    "steps": "Steps told",
    "program_manager": "Manager",
    "executing_agency": "Executed by",
    "state_counterpart": "At State",
    "commands_served": "Commands",
    "staff_burden": "Staff burden",
}
SHOWN = ("account", "program_manager")  # the fields of the table
MOST = 4  # mechanisms side by side on a screen


@click.command("mechanisms")
@click.argument("words", nargs=-1, metavar="[ID or WORD]...")
@click.option("--authority", metavar="ID", help="Those that stand on this authority (an id, or a statute).")
@click.option("--command", metavar="NAME", help="Those known to serve this command (CENTCOM).")
@click.option("--account", metavar="ID", help="Those paid from this account, or from one inside it.")
@click.option("--in-force-on", "day", callback=a_day, metavar="DATE", help="The day of the law (default: today).")
@click.option("--all", "every", is_flag=True, help="Those with no law in force on the day, too.")
@click.option("--compare", is_flag=True, help=f"Two to {MOST} mechanisms, side by side.")
@click.option("--count", is_flag=True, help="How many fields are sourced, estimated and unknown.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def command(
    words: tuple[str, ...],
    day: date | None,
    every: bool,
    compare: bool,
    count: bool,
    as_json: bool,
    **filters: str | None,
) -> None:
    """What a planner can pick to use an authority. An ID shows one whole; words search names and statutes."""
    from advisor.mechanisms import as_json as data
    from advisor.mechanisms import chosen, counted, named, view
    from authorities.loading import load
    from authorities.mechanisms import load_mechanisms

    library = load().library
    known = load_mechanisms(library)
    on = day or date.today()
    whole = len(words) == 1 and any(one.id == words[0] for one in known)
    if compare:
        if not 2 <= len(words) <= MOST:
            raise click.UsageError(f"--compare takes 2 to {MOST} ids.")
        views = [view(library, named(known, id_), on) for id_ in words]
    elif whole:
        views = [view(library, named(known, words[0]), on)]
    else:
        views = chosen(library, known, on, words=words, every=every or count, **filters)
        if len(words) == 1 and not views and not chosen(library, known, on, words=words, every=True):
            named(known, words[0])  # it is neither a word nor an id: says what is nearest
    if count:
        totals = counted(one.mechanism for one in views)
        out = json.dumps(totals, indent=2) if as_json else _counts(totals, views)
    elif as_json:
        shown = [data(one) for one in views]
        out = json.dumps(shown[0] if whole else shown, indent=2, ensure_ascii=False)
    elif compare:
        out = _side_by_side(views)
    else:
        others = chosen(library, known, on, words=words, every=every, **{**filters, "command": None})
        silent = sum(not one.mechanism.commands for one in others) if filters["command"] else 0
        out = _one(views[0]) if whole else _table(views, on, silent)
    click.echo(out)


def _day(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _state(one: State) -> str:
    if one.word == "in force":
        return f"in force to {_day(one.last)}" if one.last else "in force"
    return f"lapsed {_day(one.last)}" if one.word == "lapsed" and one.last else f"not yet, from {_day(one.since)}"


def _field(one: View, name: str, notes: dict[str, int] | None = None) -> list[str]:
    """What a field says, a line for each thing said; with ``notes``, each names its source there by number."""
    own = one.mechanism
    told: list[tuple[str, Value | Step]] = []
    if name == "steps":
        for step in own.steps:
            who = f" ({step.who})" if step.who else ""
            told.append((f"{step.step}{who}: {step.lead or 'time unknown'}", step))
    elif name in own.values:
        told.append((own.values[name].text, own.values[name]))
    out = []
    for text, origin in told:
        why = f": {origin.basis}" if notes is not None and origin.basis else ""
        mark = f" [{ESTIMATE}{why}]" if origin.kind == "estimated" else ""
        out.append(text + mark + _note(origin.source, notes))
    return out or ["unknown"]


def _note(source: str, notes: dict[str, int] | None) -> str:
    return "" if notes is None else f" ({notes.setdefault(source, len(notes) + 1)})"


def _table(views: Sequence[View], on: date, silent: int) -> str:
    widths = (32, 29, 15, 13, 8)
    heads = ("Stands on", "Account", "Manager", "Wait of law", "Unknown")
    out = [f"Mechanisms, with the law of {_day(on)}", *_row(heads, widths)]
    for one in views:
        memory = " (from memory: nothing more is known)" if one.mechanism.memory else ""
        out += ["", *textwrap.wrap(f"{one.mechanism.id}: {one.mechanism.name}{memory}", WIDTH, subsequent_indent="  ")]
        stands = "\n".join(f"{s.authority} {_state(s)}" for s in one.states)
        account, manager = (textwrap.shorten(_field(one, n)[0], 70, placeholder="...") for n in SHOWN)
        if account == "unknown" and one.by_law:
            account = "by law: " + ", ".join(id_ for id_, _ in one.by_law)
        out += _row((stands, account, manager, one.wait.words, str(one.unknown)), widths)
    out += ["", f"{_many(len(views), 'mechanism')}. What no source says is unknown; give an ID to see one whole."]
    if silent:
        out.append(f"No source says which commands {_many(silent, 'other')} serve; they are not among these.")
    return "\n".join(out)


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Cells side by side, each wrapped in its own width."""
    parts = [
        [line for text in cell.split("\n") for line in textwrap.wrap(text, width - 1, subsequent_indent=" ") or [""]]
        for cell, width in zip(cells, widths, strict=True)
    ]
    rows = max(len(part) for part in parts)
    lines = []
    for n in range(rows):
        cut = [f"{part[n] if n < len(part) else '':<{width}}" for part, width in zip(parts, widths, strict=True)]
        lines.append(("  " + "".join(cut)).rstrip())
    return lines


def _one(one: View) -> str:
    from authorities.mechanisms import FIELDS

    own, notes = one.mechanism, dict[str, int]()
    out = [f"{own.id}: {own.name}"]
    if own.memory:
        out.append("Known from memory only: nothing more is said of it.")
    out += ["", f"Authorities, on {_day(one.day)}"]
    for state in one.states:
        out += _wrapped(
            state.authority, f"{state.statute}, {_state(state)}: {state.title}. Held by: {state.holder}.", 22
        )
    for element, fields in FIELDS.items():
        out += ["", "Organizational relationships" if element == "organization" else element.capitalize()]
        for name in fields:
            for text in _field(one, name, notes):
                out += _wrapped(LABELS[name], text)
        if element == "resources":
            out += _wrapped("By law", "; ".join(f"{id_} ({cite})" for id_, cite in one.by_law) or "no account named")
        if element == "processes":
            out += _wrapped("Wait of law", one.wait.words)
            out += [line for step in one.steps for line in _legal(step, own.authorities)]
    if own.ratings:
        out += ["", "Ratings, as published"]
        out += [line for r in own.ratings for line in _wrapped(r.by, r.says + _note(r.source, notes))]
    if notes:
        out += ["", "Sources"]
        out += [line for source, n in notes.items() for line in _wrapped(f"({n})", source, 7)]
    out += ["", f"{_many(one.unknown, 'field')} unknown. An estimate is no law; advisor ask reads none of this page."]
    return "\n".join(out)


def _legal(step: LegalStep, authorities: Sequence[str]) -> list[str]:
    some = "" if step.always else "in some cases: "
    personal = " (not delegable)" if step.delegable is False else ""
    holds = f"; it holds {step.contents} things" if step.contents else ""
    limit = "" if step.authority in authorities else f", by the limit {step.authority}"
    text = f"{some}{step.gist} — {step.actor}{personal}, {step.citation}{limit}{holds}"
    return _wrapped(f"  {step.wait}", text, 29)


def _side_by_side(views: Sequence[View]) -> str:
    from authorities.mechanisms import FIELDS

    label = 14
    widths = [label, *([(WIDTH - label - 2) // len(views)] * len(views))]

    def row(name: str, cell: Callable[[View], list[str]]) -> list[str]:
        return _row([name, *("\n".join(cell(one)) for one in views)], widths)

    def law(one: View) -> list[str]:
        before = [s for s in one.steps if s.direction == "before" and not s.recurring]
        always = sum(s.always for s in before)
        return [f"{len(before)} before it ({always} always), {len(one.steps) - len(before)} after or recurring"]

    out = [f"Side by side, with the law of {_day(views[0].day)}"]
    out += row("", lambda one: [one.mechanism.id])
    out += row("Name", lambda one: [one.mechanism.name])
    out += row("Stands on", lambda one: [f"{s.authority} {_state(s)}" for s in one.states])
    out += row("Wait of law", lambda one: [one.wait.words])
    out += row("Steps of law", law)
    for element, fields in FIELDS.items():
        for name in fields:
            out += row(LABELS[name], partial(_field, name=name))
        if element == "resources":
            out += row("By law", lambda one: [id_ for id_, _ in one.by_law] or ["no account named"])
    out += row("Ratings", lambda one: [f"{r.by}: {r.says}" for r in one.mechanism.ratings] or ["none found"])
    out += row("Unknown", lambda one: [_many(one.unknown, "field")])
    return "\n".join(out)


def _counts(totals: dict[str, dict[str, int]], views: Sequence[View]) -> str:
    links = sum(len(one.mechanism.authorities) for one in views)
    laws = len({id_ for one in views for id_ in one.mechanism.authorities})
    out = [f"{'':<14}{'sourced':>9}{'estimated':>11}{'unknown':>9}"]
    out += [f"{element:<14}{n['sourced']:>9}{n['estimated']:>11}{n['unknown']:>9}" for element, n in totals.items()]
    out.append(
        f"{len(views)} mechanisms stand on {laws} authorities ({links} links); the fifth element is the library."
    )
    return "\n".join(out)


def _wrapped(label: str, text: str, room: int = 17) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=f"  {label:<{room - 3}} ", subsequent_indent=" " * room, break_long_words=False
    )
