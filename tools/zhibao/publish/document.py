"""A .docx as a county office prints it: A4, the measures and fonts of GB/T 9704-2012, the same bytes from the same words."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhibao.repo.packing import packed_anew

BODY, TITLE, HEAD, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
"""The fonts by what they are for; a machine that lacks one shows its nearest."""
RED = RGBColor(0xC0, 0x00, 0x00)
TEXT_WIDTH = Mm(156)
PITCH = Pt(28)
"""From one line to the next: 22 lines a page."""

CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def paper(title: str, author: str, day: date, *, landscape: bool = False) -> Document:
    """An empty document with its page, its plain style and page numbers: odd pages right, even ones left."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(18)
    normal = document.styles["Normal"]
    _name(normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(16)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], LEFT)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title), clean(author), ""
    properties.created = properties.modified = datetime.combine(day, time(12), UTC)
    return document


def add(
    document: Document | _Cell,
    text: str,
    font: str = BODY,
    size: float = 16,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
    colour: RGBColor | None = None,
    pitch: Length | None = PITCH,
) -> Paragraph:
    """A paragraph of one font; `indent` sets its first line in by two characters, `pitch` None lets the line fit its font."""
    paragraph = document.add_paragraph()
    write(paragraph, text, font, size, colour=colour)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.alignment = align
    if indent:
        form.first_line_indent = Pt(2 * size)
    if pitch is not None:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = pitch
    return paragraph


def write(
    paragraph: Paragraph, text: str, font: str = BODY, size: float = 16, *, colour: RGBColor | None = None
) -> Run:
    """More words in a paragraph."""
    run = paragraph.add_run(clean(text))
    _name(run._element.get_or_add_rPr(), font)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def rule(paragraph: Paragraph, colour: str, **edges: int) -> None:
    """Lines along edges of a paragraph, so many eighths of a point thick: `top=8, bottom=8`, in this order."""
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for edge, eighths in edges.items():
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table(
    document: Document,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    left: Collection[int] = (0,),
) -> None:
    """A table with lines, its head repeated on every page; `widths` in mm. Words stand left in the columns `left`, else in the middle."""
    grid = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for number, cells in enumerate((head, *rows)):
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(widths[place])
            first = cell.paragraphs[0]
            write(first, text, HEAD if number == 0 else BODY, 10.5)
            first.paragraph_format.alignment = LEFT if place in left and number else CENTRE
            first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(2)
            if not text:
                _small(first)
    if head:
        repeated = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(repeated)


def as_bytes(document: Document) -> bytes:
    """The file: packed anew without the clock, so that the same words give the same bytes."""
    loose = io.BytesIO()
    document.save(loose)
    return packed_anew(loose.getvalue())


def _small(paragraph: Paragraph) -> None:
    """An empty paragraph no higher than the words beside it."""
    properties, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), "21")
    properties.append(size)
    paragraph._p.get_or_add_pPr().append(properties)


def _name(properties: object, font: str) -> None:
    """The font of a run, for Chinese and for Latin letters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 3 — in 4号 Song, one character in from its side."""
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = (Pt(14), None) if align is LEFT else (None, Pt(14))
    write(paragraph, "— ", SONG, 14)
    for kind in (
        "begin",
        "PAGE",
        "separate",
        "1",
        "end",
    ):  # a run each, or the number takes the font of the style
        run = write(paragraph, "1" if kind == "1" else "", SONG, 14)
        if kind == "1":
            continue
        part = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            part.text = kind
        else:
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)
    write(paragraph, " —", SONG, 14)


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) & 0xFFFE != 0xFFFE)
    )
