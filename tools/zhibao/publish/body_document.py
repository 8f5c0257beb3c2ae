"""The body of an item in a .docx: headings in the fonts of their level, entries as real lists, tables, pictures in their place."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from zhibao.model.signing import DASH, FRAME
from zhibao.publish.blocks import Block, Sort, blocks
from zhibao.publish.document import BODY, CENTRE, HEAD, KAI, TEXT_WIDTH, add, table

_FONTS = (HEAD, KAI)
"""Of the first and the second level of headings (GB/T 9704-2012, 7.3.3); deeper ones have the font of the text."""
_WIDEST, _TALLEST = Mm(150), Mm(180)
"""Of a picture: a little less than the text, and room for a line above and below."""
_AROUND = Pt(8)
"""Space above and below a table."""
_LIST = "77"
"""The number of the list of dashes; the numbers of the template that documents start from end at 12."""
_DEEPEST = 8


def write_body(document: Document, text: str, pictures: Mapping[str, bytes] | None = None) -> None:
    """Write the body of an item into a document. `pictures` are the bytes by path below assets/; without them none is shown."""
    known = pictures or {}
    found = list(blocks(text, known))
    top = min((block.level for block in found if block.sort is Sort.HEADING), default=1)
    for block in found:
        if block.sort is Sort.TABLE:
            _table(document, block)
        elif block.sort is Sort.HEADING:
            _heading(document, block.text, block.level - top)
        elif block.sort is Sort.PICTURE:
            show(document, block.text, known[block.text])
        else:
            _words(document, block)


def show(document: Document, path: str, data: bytes) -> None:
    """A picture, not wider than the text; of one that cannot be shown in a document, its path."""
    paragraph = add(document, "", align=CENTRE, pitch=None)
    try:
        shape = paragraph.add_run().add_picture(io.BytesIO(data))
    except Exception:  # a damaged picture raises whatever its damage leads to; WebP is not known to Word
        framed(document, add(document, f"（附图 {path}，文档里放不了）", align=CENTRE))
        paragraph._p.getparent().remove(paragraph._p)
        return
    shrunk = min(1.0, _WIDEST / max(shape.width, 1), _TALLEST / max(shape.height, 1))
    shape.width, shape.height = Emu(int(shape.width * shrunk)), Emu(int(shape.height * shrunk))


def framed(document: Document, paragraph: Paragraph) -> Paragraph:
    """Mark a paragraph as not being the item's text: brought back as a draft, the document is read without it."""
    if FRAME not in [style.name for style in document.styles]:
        document.styles.add_style(FRAME, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    paragraph.style = document.styles[FRAME]
    return paragraph


def _table(document: Document, block: Block) -> None:
    wide = max((len(row) for row in block.rows), default=0)
    rows = [[*row, *[""] * (wide - len(row))] for row in block.rows]
    if wide:
        add(document, "", pitch=_AROUND)
        table(document, rows[0], rows[1:], [TEXT_WIDTH.mm / wide] * wide)
        add(document, "", pitch=_AROUND)


def _heading(document: Document, text: str, depth: int) -> None:
    heading = add(document, text, _FONTS[depth] if depth < len(_FONTS) else BODY, indent=True)
    heading.paragraph_format.keep_with_next = True
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(min(depth, _DEEPEST)))
    heading._p.get_or_add_pPr().insert_element_before(outline, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr")


def _words(document: Document, block: Block) -> None:
    dashed = block.sort is Sort.ENTRY and block.text.startswith(DASH)
    for number, line in enumerate(block.text.removeprefix(DASH if dashed else "").split("\n")):
        paragraph = add(document, line.strip(), indent=True)
        if block.level and block.sort is Sort.ENTRY:
            paragraph.paragraph_format.left_indent = Pt(32 * block.level)
        if dashed and number == 0:
            _listed(document, paragraph, min(block.level, _DEEPEST))


def _listed(document: Document, paragraph: Paragraph, level: int) -> None:
    """Make a paragraph an entry of the list of dashes, which the document gets with its first one."""
    lists = document.part.numbering_part.element
    if not lists.xpath(f"w:num[@w:numId='{_LIST}']"):
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{DASH}"/><w:lvlJc w:val="left"/></w:lvl>'
            for at in range(_DEEPEST + 1)
        )
        kind = f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}'
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST}">{kind}</w:abstractNum>'
        )
        lists.insert(len(lists.xpath("w:abstractNum")), abstract)  # all kinds stand before all lists
        lists.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}"/></w:num>')
        )
    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = int(_LIST)
