"""A laid-out memo as one HTML page: no script, no network, nothing beside it. Every word is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from authorities.memo.blocks import Block, Cell, Facts, Heading, Inline, Items, Page, Para, Table
from authorities.memo.style import STYLE


def render_html(page: Page) -> str:
    """The page; the same document gives the same bytes."""
    anchors = {one.anchor for one in page.blocks if isinstance(one, Heading)}
    writer = _Writer(frozenset(anchors))
    links = "".join(
        f'<li class="l{one.level}"><a href="#{escape(one.anchor)}">{escape(one.text)}</a></li>' for one in page.contents
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(page.title)}: {escape(page.subtitle)}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header><h1>{escape(page.title)}</h1><p class="subtitle">{escape(page.subtitle)}</p>{writer.blocks(page.lead)}</header>
<nav id="contents" aria-label="Contents"><p class="label">Contents</p><ul>{links}</ul></nav>
<main id="main">{writer.sections(page.blocks)}</main>
<footer><p>{escape(page.foot)}</p></footer>
</body>
</html>
"""


class _Writer:
    """``anchors``: what may be linked to; a reference to what is not in this document stays plain text."""

    def __init__(self, anchors: frozenset[str]):
        self.anchors = anchors

    def sections(self, some: Iterable[Block]) -> str:
        """Each part in a section of its own, named by its heading."""
        out: list[str] = []
        for one in some:
            if isinstance(one, Heading) and one.level == 2:
                out.append(f'{"</section>" if out else ""}<section aria-labelledby="{escape(one.anchor)}">')
            out.append(self.block(one))
        return "".join(out) + ("</section>" if out else "")

    def blocks(self, some: Iterable[Block]) -> str:
        """Several blocks."""
        return "".join(self.block(one) for one in some)

    def block(self, one: Block) -> str:
        """One block."""
        match one:
            case Heading(level, text, anchor):
                up = ' <a class="up" href="#contents">Contents</a>' if level == 2 else ""
                return f'<h{level} id="{escape(anchor)}">{escape(text)}</h{level}>{up}'
            case Para(runs):
                return f"<p>{self.inline(runs)}</p>"
            case Items(items):
                return f"<ul>{''.join(self.item(*item) for item in items)}</ul>"
            case Facts():
                rows = "".join(
                    f"<div><dt>{escape(label)}</dt><dd>{self.cell(held)}</dd></div>" for label, held in one.rows
                )
                return f'<dl aria-label="{escape(one.caption)}">{rows}</dl>'
            case Table():
                return self.table(one)

    def item(self, runs: Inline, more: Iterable[Inline]) -> str:
        """A bullet, with the bullets under it."""
        inner = "".join(f"<li>{self.inline(one)}</li>" for one in more)
        return f"<li>{self.inline(runs)}{f'<ul>{inner}</ul>' if inner else ''}</li>"

    def table(self, one: Table) -> str:
        """A table; its first column heads the rows."""
        columns = "".join(f'<col style="width:{width}%">' for width in one.widths)
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in one.heads)
        rows = "".join(
            f'<tr><th scope="row">{self.cell(row[0])}</th>'
            + "".join(
                f'<td data-head="{escape(head)}">{self.cell(held)}</td>'
                for head, held in zip(one.heads[1:], row[1:], strict=True)
            )
            + "</tr>"
            for row in one.rows
        )
        caption = f"<caption>{escape(one.caption)}</caption><colgroup>{columns}</colgroup>"
        return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def cell(self, held: Cell) -> str:
        """What a cell holds; a single paragraph without its tags."""
        if len(held) == 1 and isinstance(held[0], Para):
            return self.inline(held[0].runs)
        return self.blocks(held)

    def inline(self, runs: Inline) -> str:
        """Runs of text."""
        out = []
        for text, kind, to in runs:
            said = escape(text)
            if to and to in self.anchors:
                bare = text.rstrip("; ,.")
                said = f'<a href="#{escape(to)}">{escape(bare)}</a>{escape(text[len(bare) :])}'
            if kind:
                tag = "strong" if kind == "strong" else "span"
                said = f"<{tag}>{said}</{tag}>" if kind == "strong" else f'<span class="{kind}">{said}</span>'
            out.append(said)
        return "".join(out)
