"""The template of the quarterly notice that an office has until it makes its own: GB/T 9704-2012 in numbers, with placeholders.

Its parts are those of docs/notice.md. It is made, not kept, so that the measures stand in one place.
"""

from __future__ import annotations

from datetime import date

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from zhibao.publish.document import (
    BODY,
    CENTRE,
    HEAD,
    KAI,
    RED,
    RIGHT,
    TEXT_WIDTH,
    TITLE,
    add,
    as_bytes,
    paper,
    rule,
    table,
    write,
)
from zhibao.publish.notice_plain import USE_HEAD
from zhibao.publish.notice_table import COLUMNS

PITCH = Pt(28.95)
"""225 mm for 22 lines."""
CLOSER = -5
"""Twentieths of a point between characters: 28 of 16 pt in 156 mm."""

_WIDTHS = (30, 11, 11, 15, 11, 15, 11, 10, 10, 10, 13, 9)
_USE_WIDTHS = (20, 30, 54, 52)
_MADE = date(2026, 1, 1)


def notice_template() -> bytes:
    """The file."""
    document = paper("{{ 标题 }}", "{{ 发文机关 }}", _MADE)
    normal = document.styles["Normal"].element.get_or_add_rPr()
    normal.insert_element_before(_valued("w:spacing", str(CLOSER)), "w:w", "w:kern", "w:position", "w:sz")
    _draft_mark(document)
    _head(document)
    _body(document)
    _end(document)
    return as_bytes(document)


def _draft_mark(document: Document) -> None:
    """On every page of a draft."""
    section = document.sections[0]
    section.header_distance = Mm(20)
    for header in (section.header, section.even_page_header):
        write(header.paragraphs[0], "{{ 草稿 }}", HEAD, 16, colour=RED)
        header.paragraphs[0].alignment = CENTRE


def _head(document: Document) -> None:
    """发文机关标志, 发文字号 above the red rule, title, and whom it is sent to."""
    sender = add(document, "{{ 发文机关 }}", TITLE, 36, align=CENTRE, colour=RED, pitch=None)
    sender.paragraph_format.space_before = Mm(30)
    sender.paragraph_format.space_after = Pt(2 * PITCH.pt)
    number = add(document, "{{ 文号 }}", align=CENTRE, pitch=PITCH)
    rule(number, "C00000", bottom=18)
    title = add(document, "{{ 标题 }}", TITLE, 22, align=CENTRE, pitch=Pt(36))
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(2 * PITCH.pt), PITCH
    add(document, "{{ 主送 }}", pitch=PITCH)


def _body(document: Document) -> None:
    _words(document, "{{ 开头 }}")
    _heading(document, "一、总体情况")
    _words(document, "{{ 总体 }}")
    _heading(document, "二、各单位完成情况")
    _words(document, "{%p for 类 in 各类别 %}")
    _part(document, "类").paragraph_format.space_after = Pt(4)
    _units(document)
    _words(document, "{%p endfor %}")
    _words(document, "{{ 注 }}", size=12, pitch=Pt(20)).paragraph_format.space_before = Pt(4)
    _heading(document, "三、零报送和零采用")
    _each(document, "零报送零采用")
    _heading(document, "四、约稿")
    _each(document, "约稿")
    _heading(document, "五、上级采用和领导批示")
    _words(document, "{{ 上级采用 }}").paragraph_format.space_after = Pt(4)
    _uses(document)
    _when(document, "批示")
    _heading(document, "六、紧急信息")
    _words(document, "{{ 紧急信息 }}")
    _heading(document, "七、存在的问题和要求")
    _parts(document, "问题")
    _heading(document, "八、{{ 要点标题 }}")
    _parts(document, "要点")


def _end(document: Document) -> None:
    """附件, 署名 and 成文日期; then 版记."""
    _words(document, "{%p if 附件 %}")
    _words(document, "{{ 附件 }}").paragraph_format.space_before = PITCH
    _words(document, "{%p endif %}")
    for words, indent, above in (("{{ 发文机关 }}", 2, 2 * PITCH.pt), ("{{ 成文日期 }}", 4, 0)):
        signed = add(document, words, align=RIGHT, pitch=PITCH)
        signed.paragraph_format.right_indent = Pt(16 * indent)
        signed.paragraph_format.space_before = Pt(above)
        signed.paragraph_format.keep_with_next = True
    room = add(document, "", pitch=PITCH)
    room.paragraph_format.keep_with_next = True
    add(document, "{%p if 抄送 %}")
    copies = _imprint(document, "{{ 抄送 }}")
    rule(copies, "000000", top=8)
    copies.paragraph_format.keep_with_next = True
    add(document, "{%p endif %}")
    printed = _imprint(document, "{{ 发文机关 }}")
    printed.paragraph_format.tab_stops.add_tab_stop(Length(TEXT_WIDTH - Pt(14)), WD_TAB_ALIGNMENT.RIGHT)
    write(printed, "\t{{ 成文日期 }}印发", size=14)
    rule(printed, "000000", top=8, bottom=8)


def _imprint(document: Document, words: str) -> Paragraph:
    line = add(document, words, size=14, pitch=Pt(24))
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
    return line


def _heading(document: Document, words: str) -> None:
    """A heading of the first level, known as one to whoever makes a table of contents."""
    heading = add(document, words, HEAD, indent=True, pitch=PITCH)
    heading.paragraph_format.keep_with_next = True
    heading._p.get_or_add_pPr().append(_valued("w:outlineLvl", "0"))


def _words(document: Document, words: str, *, size: float = 16, pitch: Length = PITCH) -> Paragraph:
    return add(document, words, size=size, indent=True, pitch=pitch)


def _part(document: Document, name: str) -> Paragraph:
    """A paragraph that begins with its heading of the second level."""
    paragraph = add(document, f"{{{{ {name}.序号 }}}}{{{{ {name}.名称 }}}}", KAI, indent=True, pitch=PITCH)
    write(paragraph, f"{{{{ {name}.说明 }}}}", BODY)
    return paragraph


def _parts(document: Document, name: str) -> None:
    _words(document, f"{{%p for 条 in {name} %}}")
    _part(document, "条")
    _words(document, "{%p endfor %}")


def _each(document: Document, name: str) -> None:
    _words(document, f"{{%p for 段 in {name} %}}")
    _words(document, "{{ 段 }}")
    _words(document, "{%p endfor %}")


def _when(document: Document, name: str) -> None:
    _words(document, f"{{%p if {name} %}}")
    _words(document, f"{{{{ {name} }}}}")
    _words(document, "{%p endif %}")


def _units(document: Document) -> None:
    _table(document, list(COLUMNS), "行", "类.行", [f"行.{name}" for name in COLUMNS], _WIDTHS)


def _uses(document: Document) -> None:
    names = ["次.日期", "次.单位", "次.标题", "次.刊物"]
    _words(document, "{%p if 采用表 %}")
    _table(document, list(USE_HEAD), "次", "采用表", names, _USE_WIDTHS, (0, 1, 2, 3))
    _words(document, "{%p endif %}")


def _table(
    document: Document,
    head: list[str],
    each: str,
    source: str,
    names: list[str],
    widths: tuple[int, ...],
    left: tuple[int, ...] = (0,),
) -> None:
    """A head, and a row for each of a list: the rows that begin and end the loop go when it is filled in."""
    rest = [""] * (len(head) - 1)
    rows = [
        [f"{{%tr for {each} in {source} %}}", *rest],
        [f"{{{{ {name} }}}}" for name in names],
        ["{%tr endfor %}", *rest],
    ]
    table(document, head, rows, widths, left)
    properties = document.tables[-1]._tbl.tblPr
    margins = _valued("w:tblCellMar", None)
    for side in ("left", "right"):
        edge = _valued(f"w:{side}", None)
        edge.set(qn("w:w"), "28")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _valued(tag: str, value: str | None) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    if value is not None:
        element.set(qn("w:val"), value)
    return element
