"""An item as a .docx to be signed: its title, who reports it, the text, what is attached, and the lines for 核签 and 分管领导."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from zhibao.model.county import Item
from zhibao.model.registry import Registry
from zhibao.model.signing import FRAME
from zhibao.model.submission import Audience
from zhibao.publish.body_document import framed, show, write_body
from zhibao.publish.document import BODY, CENTRE, HEAD, KAI, LEFT, TITLE, add, as_bytes, paper, write

READERS: Mapping[Audience, str] = {
    Audience.OPEN: "全社会（公开）",
    Audience.NETWORK: "本县各单位",
    Audience.LEADERS: "只给领导",
}
"""Who will read it: what the supervisor signs for."""

_WIDTHS = (24, 64, 24, 44)
"""Of the columns of the frame, in mm: together the width of the text."""
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_SIGNED = Mm(20)
"""Height of the row that is signed in."""


def item_document(item: Item, registry: Registry, pictures: Mapping[str, bytes]) -> bytes:
    """The file. `pictures` are the bytes of the item's pictures by their path below assets/."""
    title = item.submission.title
    document = paper(title, registry.office.name, item.submitted_on)
    head = add(document, title, TITLE, 22, align=CENTRE, pitch=Pt(36))
    head.paragraph_format.space_after = Pt(6)
    line = framed(
        document, add(document, f"{_units(item, registry)}　{item.submission.officer}", KAI, align=CENTRE)
    )
    line.paragraph_format.space_after = Pt(12)
    write_body(document, item.body, pictures)
    _attached(document, item, pictures)
    _frame(document, item, registry)
    return as_bytes(document)


def _attached(document: Document, item: Item, pictures: Mapping[str, bytes]) -> None:
    """The pictures that the text does not show, then the names of all that is attached."""
    media = item.submission.media
    for path in media:
        if path in pictures and f"]({path})" not in item.body:
            show(document, path, pictures[path])
    for number, path in enumerate(media, 1):
        start = f"{_attachment(media)}：" if number == 1 else "\u3000\u3000\u3000"
        mark = f"{number}．" if len(media) > 1 else ""
        line = framed(document, add(document, f"{start}{mark}{path.removeprefix('assets/')}", indent=True))
        line.paragraph_format.space_before = Pt(14 if number == 1 else 0)


def _frame(document: Document, item: Item, registry: Registry) -> None:
    """The table at the end: what the item is, who will read it, and where two people sign. It stays on one page."""
    submission = item.submission
    unit = registry.unit(submission.unit)
    supervisor = unit.supervisor_on(item.submitted_on).name if unit else ""
    rows = (
        ("报送单位", _units(item, registry), "信息员", submission.officer),
        ("类型", submission.kind, "报送时间", f"{submission.submitted:%Y-%m-%d %H:%M}"),
        ("编号", item.id, "谁能看", READERS[submission.audience]),
        ("核签", "", f"分管领导\n{supervisor}".strip(), ""),
    )
    framed(document, add(document, "", pitch=Pt(14)))
    _keep_the_end(document)
    grid = document.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for number, cells in enumerate(rows):
        row = grid.add_row()
        last = number + 1 == len(rows)
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, _SIGNED if last else Mm(9)
        _whole(row)
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(_WIDTHS[place])
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = framed(document, cell.paragraphs[0])
            write(paragraph, text, HEAD if place % 2 == 0 else BODY, 12)
            paragraph.paragraph_format.alignment = CENTRE if place % 2 == 0 else LEFT
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            paragraph.paragraph_format.keep_with_next = not last


def _attachment(media: Sequence[str]) -> str:
    return "附图" if all(path.endswith(_PICTURES) for path in media) else "附件"


def _keep_the_end(document: Document) -> None:
    """The last words of the text stand on the page that is signed: no signature on a page without text."""
    for paragraph in reversed(document.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
        if paragraph.text.strip() and paragraph.style is not None and paragraph.style.name != FRAME:
            return


def _whole(row: _Row) -> None:
    """A row that no page break divides."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _units(item: Item, registry: Registry) -> str:
    return "、".join(registry.unit_name(unit, item.submitted_on) for unit in item.submission.units)
