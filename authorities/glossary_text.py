"""The glossary as text, as Markdown, and as one HTML page that needs nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from authorities.glossary import KINDS, Word
from authorities.showing._style import STYLE

WIDTH = 100
NO_GIST = "No gist is written."
NO_USER = "no rule names it itself"
TITLES = {"term": "Terms", "account": "Accounts", "act": "Acts", "fact": "Facts"}


def lines_of(word: Word) -> list[tuple[str, str]]:
    """What is said of a word: (label, text); what is not known says so."""
    said = [("", word.gist or NO_GIST)]
    if word.parents:
        said.append(("Kind of" if word.kind != "fact" else "Its terms are under", ", ".join(word.parents)))
    if word.aliases:
        said.append(("Also", ", ".join(word.aliases)))
    said.append(("Source", word.source or "unknown"))
    said.append(("Used by", ", ".join(word.users) or NO_USER))
    return said


def text(words: Sequence[Word]) -> str:
    """Plain text."""
    out: list[str] = []
    for kind, some in _by_kind(words):
        out += [TITLES[kind], ""]
        for word in some:
            out.append(word.id + ("" if word.name == word.id else f": {word.name}"))
            for label, said in lines_of(word):
                head = f"{label}: " if label else ""
                out += textwrap.wrap(
                    head + said, WIDTH, initial_indent="    ", subsequent_indent="      ", break_long_words=False
                )
        out.append("")
    return "\n".join(out)


def markdown(words: Sequence[Word], foot: str) -> str:
    """Markdown; `foot` is its last line."""
    out = ["# Glossary", ""]
    for kind, some in _by_kind(words):
        out += [f"## {TITLES[kind]}", ""]
        for word in some:
            name = "" if word.name == word.id else f" {_plain(word.name)}"
            said = [f"{f'{label}: ' if label else ''}{_plain(one)}" for label, one in lines_of(word)]
            out.append(f"* **{word.id}**{name}. " + " ".join(one if one[-1] in ".?" else f"{one}." for one in said))
        out.append("")
    return "\n".join([*out, foot, ""])


def html(words: Sequence[Word], foot: str) -> str:
    """One page; every word of the library is escaped."""
    body = ""
    for kind, some in _by_kind(words):
        body += f'<section><h2 id="{kind}">{TITLES[kind]}</h2>'
        for word in some:
            rows = "".join(
                f"<div><dt>{escape(label)}</dt><dd>{escape(said)}</dd></div>" for label, said in lines_of(word)[1:]
            )
            body += (
                f'<article id="{escape(f"{kind}-{word.id}")}"><h3>{escape(word.name)} <code>{escape(word.id)}</code></h3>'
                f"<p>{escape(word.gist or NO_GIST)}</p><dl>{rows}</dl></article>"
            )
        body += "</section>\n"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Glossary</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>Glossary</h1></header>
<main>{body}</main>
<footer><p>{escape(foot)}</p></footer>
</body>
</html>
"""


def _by_kind(words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    found = [(kind, [word for word in words if word.kind == kind]) for kind in KINDS]
    return [(kind, some) for kind, some in found if some]


def _plain(said: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{ch}" if ch in "*_`<>[]|\\" else ch for ch in said)
