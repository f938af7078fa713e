"""A laid-out memo as a Word document: real headings, header rows, links inside, page numbers. The same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from authorities.memo.blocks import Block, Cell, Facts, Heading, Inline, Items, Page, Para, Run, Table
from authorities.memo.word_xml import element, field, run_of

_STAMP = (1980, 1, 1, 0, 0, 0)
_WIDTH = 10080  # twentieths of a point between the margins of a letter page
_FONT = "Calibri"
_SOFT, _LINE, _LINK = "4B5565", "BFC6D1", "174EA6"
_BOOKMARK = 40
"""Word's longest name of a bookmark."""


def render_word(page: Page, day: date) -> bytes:
    """The document as a file. ``day``: the one it is dated."""
    return _Writer(page, day).bytes()


class _Writer:
    def __init__(self, page: Page, day: date):
        self.page, self.day = page, day
        self.document = Document()
        heads = [one for one in page.blocks if isinstance(one, Heading)]
        self.marks = {one.anchor: f"p{n}_{one.anchor}"[:_BOOKMARK].replace("-", "_") for n, one in enumerate(heads)}
        self.numbers = {anchor: n for n, anchor in enumerate(self.marks)}

    def bytes(self) -> bytes:
        """Everything written, packed so that the same document gives the same bytes."""
        self._styles()
        body = self.document.element.body
        self._title(body)
        for one in self.page.lead:
            self._block(body, one)
        self._contents(body)
        for one in self.page.blocks:
            self._block(body, one)
        self._footer()
        body.append(body.sectPr)  # the page's own set-up stands last
        held = io.BytesIO()
        self.document.save(held)
        return _repacked(held.getvalue())

    # --- the frame ------------------------------------------------------------------------------------------------
    def _styles(self) -> None:
        styles: Any = self.document.styles
        for name, size, colour in (
            ("Normal", 10, None),
            ("Title", 20, "1B2029"),
            ("Heading 1", 15, "1B2029"),
            ("Heading 2", 12, "1B2029"),
            ("List Bullet", 10, None),
            ("List Bullet 2", 10, None),
            ("Caption", 9, _SOFT),
        ):
            font = styles[name].font
            font.name, font.size = _FONT, Pt(size)
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                if key.endswith("Theme"):
                    del fonts.attrib[key]
            for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(key), _FONT)
            if colour is not None:
                font.color.rgb = RGBColor.from_string(colour)
            styles[name].paragraph_format.space_after = Pt(3)
        styles["Caption"].font.bold = False
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Heading 1"].paragraph_format.space_before = Pt(18)
        styles["Heading 2"].paragraph_format.space_before = Pt(12)
        properties = self.document.core_properties
        properties.title, properties.subject = self.page.title, self.page.subtitle
        properties.author = properties.last_modified_by = "authority-advisor"
        properties.comments, properties.keywords, properties.language = self.page.foot, "", "en-US"
        properties.revision = 1
        properties.created = properties.modified = datetime(self.day.year, self.day.month, self.day.day)

    def _title(self, body: Any) -> None:
        body.append(self._paragraph((Run(self.page.title),), "Title"))
        body.append(self._paragraph((Run(self.page.subtitle, "soft"),)))

    def _contents(self, body: Any) -> None:
        """A plain list of links: it needs no field that asks to be brought up to date."""
        body.append(self._paragraph((Run("Contents", "strong"),)))
        for one in self.page.contents:
            style = "ListBullet" if one.level == 2 else "ListBullet2"
            body.append(self._paragraph((Run(one.text, "", one.anchor),), style))

    def _footer(self) -> None:
        section = self.document.sections[0]
        for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, edge, Pt(54))
        section.page_width, section.page_height = Pt(612), Pt(792)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(f"{self.page.subtitle}. {self.page.foot} Page ").font.size = Pt(8)
        field(foot._p, "PAGE")
        foot.add_run(" of ").font.size = Pt(8)
        field(foot._p, "NUMPAGES")

    # --- blocks ---------------------------------------------------------------------------------------------------
    def _block(self, into: Any, one: Block) -> None:
        match one:
            case Heading():
                into.append(self._heading(one))
            case Para(runs):
                into.append(self._paragraph(runs))
            case Items():
                for made in self._items(one):
                    into.append(made)
            case Table():
                into.append(self._paragraph((Run(one.caption),), "Caption"))
                into.append(self._table(one.heads, one.widths, one.rows, one.caption))
                into.append(element("w:p"))
            case Facts():
                rows = tuple(((Para((Run(label, "strong"),)),), held) for label, held in one.rows)
                into.append(self._table(("Point", "Answer"), (22, 78), rows, one.caption))
                into.append(element("w:p"))

    def _heading(self, one: Heading) -> Any:
        made = self._paragraph((Run(one.text),), f"Heading{one.level - 1}")
        number, named = str(self.numbers[one.anchor]), self.marks[one.anchor]
        made.insert(1, element("w:bookmarkStart", id=number, name=named))
        made.append(element("w:bookmarkEnd", id=number))
        return made

    def _items(self, one: Items) -> Iterable[Any]:
        for runs, more in one.items:
            yield self._paragraph(runs, "ListBullet")
            for inner in more:
                yield self._paragraph(inner, "ListBullet2")

    def _paragraph(self, runs: Inline, style: str = "") -> Any:
        made = element("w:p")
        if style:
            held = element("w:pPr")
            held.append(element("w:pStyle", val=style))
            made.append(held)
        for run in runs:
            linked = run.to in self.marks
            inner = run_of(run, _LINK if linked else _SOFT if run.kind == "soft" else "")
            if linked:
                link = element("w:hyperlink", anchor=self.marks[run.to], history="1")
                link.append(inner)
                inner = link
            made.append(inner)
        return made

    def _table(self, heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Cell]], caption: str) -> Any:
        made = element("w:tbl")
        about = element("w:tblPr")
        about.append(element("w:tblW", w=str(_WIDTH), type="dxa"))
        edges = element("w:tblBorders")
        for edge in ("top", "bottom", "insideH"):
            edges.append(element(f"w:{edge}", val="single", sz="4", space="0", color=_LINE))
        about.append(edges)
        about.append(element("w:tblLayout", type="fixed"))
        margins = element("w:tblCellMar")
        for edge in ("left", "right"):
            margins.append(element(f"w:{edge}", w="80", type="dxa"))
        about.append(margins)
        about.append(element("w:tblLook", val="0020", firstRow="1", firstColumn="0", noHBand="1", noVBand="1"))
        about.append(element("w:tblCaption", val=caption))
        made.append(about)
        grid = element("w:tblGrid")
        spans = [_WIDTH * width // 100 for width in widths]
        for span in spans:
            grid.append(element("w:gridCol", w=str(span)))
        made.append(grid)
        made.append(self._row([(Para((Run(head, "strong"),)),) for head in heads], spans, head=True))
        for row in rows:
            made.append(self._row(row, spans))
        return made

    def _row(self, cells: Sequence[Cell], spans: Sequence[int], head: bool = False) -> Any:
        made = element("w:tr")
        about = element("w:trPr")
        if head:
            about.append(element("w:cantSplit"))
            about.append(element("w:tblHeader"))
        made.append(about)
        for held, span in zip(cells, spans, strict=True):
            inner = element("w:tc")
            width = element("w:tcPr")
            width.append(element("w:tcW", w=str(span), type="dxa"))
            inner.append(width)
            for one in held:
                self._block(inner, one)
            if not held:
                inner.append(element("w:p"))
            made.append(inner)
        return made


def _repacked(packed: bytes) -> bytes:
    """The same parts with one time for all, in the order they came."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            about = zipfile.ZipInfo(name, _STAMP)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(about, old.read(name))
    return out.getvalue()
