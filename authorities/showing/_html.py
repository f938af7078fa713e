"""A law file as one HTML page: no script, no network, nothing beside it. Every word of the library is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby

from authorities.notice import notice
from authorities.showing._history import Event
from authorities.showing._lives import day_words, life_words
from authorities.showing._phrases import Phrase, Said
from authorities.showing._style import STYLE
from authorities.showing._timeline import timeline
from authorities.showing._values import spaced
from authorities.showing._view import Shown, View, marks, view
from rules.library import Library
from rules.provisions import LawFile


def render_html(library: Library, file: LawFile, today: date) -> str:
    """The whole page; the same library, file and day give the same bytes."""
    seen = view(library, file, today)
    sections = [(h, _provisions(some, "h3")) for h, some in seen.sections]
    sections += [
        ("Words defined elsewhere", _provisions(seen.borrowed, "h3")),
        ("Values", _values(seen)),
        ("Notes", _notes(seen)),
        ("Authorities it reaches" if file.kind == "limit" else "Limits that reach it", _limits(seen)),
        ("Open questions", _questions(seen)),
        ("What expires when", _expiries(seen)),
        ("History", _history(seen)),
        ("No longer in force", _provisions(seen.past, "h3")),
    ]
    kept = [(_slug(heading), heading, body) for heading, body in sections if body]
    links = "".join(f'<li><a href="#{slug}">{escape(heading)}</a></li>' for slug, heading, _ in kept)
    body = "".join(
        f'<section aria-labelledby="{slug}"><h2 id="{slug}">{escape(heading)}</h2>{inner}</section>'
        for slug, heading, inner in kept
    )
    ids = [asked.question.id for asked in seen.questions]
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(file.statute)}: {escape(file.title)}</title>
<style>{STYLE}</style>
</head>
<body>
{_head(seen)}
<nav aria-label="Sections"><ul>{links}</ul></nav>
<main>{_linked(body, ids)}</main>
<footer><p>{escape(notice(library))} The statute\u2019s own words decide.</p></footer>
</body>
</html>
"""
    return page


def _slug(heading: str) -> str:
    return "section-" + re.sub(r"[^a-z]+", "-", heading.lower())


def _linked(body: str, ids: Iterable[str]) -> str:
    """Each mention of an open question made a link to it."""
    known = set(ids)

    def link(found: re.Match[str]) -> str:
        id_ = found.group(1)
        return f'open question <a href="#question-{id_}">{id_}</a>' if id_ in known else found.group()

    return re.sub(r"open question ([a-z0-9-]+)", link, body)


def _head(seen: View) -> str:
    file = seen.file
    rows = [("In this library", file.id), ("Status", seen.status), ("Holder", file.holder), ("Reaches", seen.reaches)]
    rows += [("Basis", file.basis if file.basis != "text" else "")]
    rows += [("Replaces", "; ".join(seen.replaces)), ("Replaced by", "; ".join(seen.replaced_by))]
    rows += [("As of", day_words(seen.today))]
    rows += [("Law read through", day_words(seen.known_through) if seen.known_through else "")]
    facts = "".join(f"<div><dt>{label}</dt><dd>{escape(text)}</dd></div>" for label, text in rows if text)
    return f'<header><p class="cite">{escape(file.statute)}</p><h1>{escape(file.title)}</h1><dl>{facts}</dl></header>'


def _provisions(some: Iterable[Shown], level: str) -> str:
    return "".join(_provision(one, level) for one in some)


def _provision(shown: Shown, level: str) -> str:
    p, mark = shown.provision, marks(shown.provision)
    anchor = f"provision-{p.id}" if shown.home is None else f"provision-{shown.home.id}.{p.id}"
    cite = p.cite if shown.home is None else f"{shown.home.statute} {p.cite}"
    kind = f'<span class="mark">{escape(shown.kind)}</span> ' if shown.past else ""
    said = "".join(_said(one) for one in shown.says)
    return (
        f'<article id="{escape(anchor)}"><{level}>{escape(p.gist)}</{level}>'
        f'<p class="life">{kind}<span class="cite">{escape(cite)}</span> {escape(life_words(p.life))}'
        f" <code>{escape(p.id)}</code>"
        + (f' <span class="mark">{escape(mark)}</span>' if mark else "")
        + "</p>"
        + (f"<dl>{said}</dl>" if said else "")
        + "</article>"
    )


def _said(said: Said) -> str:
    return f"<div><dt>{escape(said.label)}</dt><dd>{_phrase(said.phrase)}</dd></div>"


def _phrase(phrase: Phrase) -> str:
    if not phrase.parts:
        return escape(phrase.text)
    return f"{escape(phrase.text)}:<ul>{''.join(f'<li>{_phrase(p)}</li>' for p in phrase.parts)}</ul>"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; each row's first cell is its header."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f'<td data-head="{escape(head)}">{cell}</td>' for head, cell in zip(heads[1:], row[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _values(seen: View) -> str:
    rows = [[escape(spaced(v.name)), escape(v.cite), escape(v.says), escape(v.life)] for v in seen.values]
    return table("Dated values", ("Value", "Cite", "Says", "When"), rows) if rows else ""


def _notes(seen: View) -> str:
    rows = [[escape(note.cite), escape(note.gist)] for note in seen.file.notes]
    return table("Paragraphs with no effect on an answer", ("Cite", "What it says"), rows) if rows else ""


def _limits(seen: View) -> str:
    limit = seen.file.kind == "limit"
    rows = []
    for one in seen.reached:
        other = one.authority if limit else one.limit
        what = f"{escape(other.title)} <code>{escape(other.id)}</code>"
        rows.append([escape(other.statute), what, escape(one.how)])
    name = "Authority" if limit else "Limit"
    return table(f"{name} and why", (name, "What it is", "Why it reaches"), rows) if rows else ""


def _questions(seen: View) -> str:
    out = []
    for asked in seen.questions:
        q = asked.question
        positions = "".join(
            f'<li>{escape(says)} <span class="source">{escape(source)}</span></li>' for says, source in q.positions
        )
        where = ", ".join(f'<a href="#provision-{escape(id_)}">{escape(id_)}</a>' for id_ in asked.decides)
        answers = "".join(
            f"<li>{'Yes' if i.answer else 'No'}, fiscal years {', '.join(map(str, sorted(i.fiscal_years)))}: "
            f"{escape(i.office)}, {escape(i.memo)}, {day_words(i.dated)}</li>"
            for i in asked.answers
        )
        rows = [("Positions", f"<ul>{positions}</ul>"), ("Who decides", escape(q.decides))]
        rows += [("What turns on it", escape(q.turns_on)), ("Provisions", where)]
        rows += [("Answers", f"<ul>{answers}</ul>" if answers else "none yet")]
        said = "".join(f"<div><dt>{label}</dt><dd>{text}</dd></div>" for label, text in rows)
        out.append(
            f'<article id="question-{escape(q.id)}"><h3>\u201c{escape(q.words)}\u201d</h3>'
            f'<p class="life"><span class="cite">{escape(q.statute)}</span> <code>{escape(q.id)}</code></p>'
            f"<dl>{said}</dl></article>"
        )
    return "".join(out)


def _expiries(seen: View) -> str:
    if not seen.expiries:
        return "<p>Nothing here has an end to come, or rests on a list that ends.</p>"
    rows = [
        [
            day_words(one.day) + (' <span class="mark">past</span>' if one.past else ""),
            escape(one.kind),
            f"{escape(one.says)} <code>{escape(one.id)}</code>",
        ]
        for one in seen.expiries
    ]
    return table("The last day each holds", ("Last day", "What", "Says"), rows)


def _gist(event: Event) -> str:
    """A value's new words stand under its name."""
    return escape(f"\u201c{spaced(event.id)}\u201d: {event.gist}" if event.kind == "value" else event.gist)


def _history(seen: View) -> str:
    rows = []
    for (day, law), some in groupby(seen.events, key=lambda e: (e.day, e.law)):
        changes = "".join(
            f"<li><b>{event.change}</b> {escape(event.cite)} {_gist(event)} <code>{escape(event.id)}</code></li>"
            for event in some
        )
        later = ' <span class="mark">to come</span>' if day > seen.today else ""
        rows.append([day_words(day) + later, escape(law or "no law named"), f"<ul>{changes}</ul>"])
    if not rows:
        return ""
    heads = ("Day", "Law", "What begins, changes or ends")
    return timeline(seen.events, seen.today) + table("Every change, oldest first", heads, rows)
