"""A 核对单 as tables, the same for the workbook and for paper; and both files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from docx.document import Document
from docx.shared import Pt

from zhibao.model.office import Office
from zhibao.publish.document import CENTRE, HEAD, TITLE, add, as_bytes, paper, table
from zhibao.publish.render import day
from zhibao.publish.unit_sheet import UNTITLED, SheetItem, UnitSheet
from zhibao.repo.spreadsheet_writing import Column, Sheet, workbook
from zhibao.score.wording import number

Cell = str | Decimal | int

FIGURES, ITEMS, LINES, MATTERS, HOW = "汇总", "信息", "得分", "异议和调整", "怎样提异议"
_WIDTHS = {
    FIGURES: (28, 44, 171),
    ITEMS: (52, 52, 15, 26, 40, 42, 16),
    LINES: (26, 22, 52, 46, 80, 17),
    MATTERS: (26, 47, 63, 63, 44),
}
"""Of each table's columns, in mm on paper: together the width of the text."""
_MM_A_CHARACTER = 2
"""Width on paper of one character of a workbook's column."""
UNTOLD = "事由不写在这里，请问办公室"
"""In the place of what somebody wrote about an item that must not go through a chat."""
_NUMERALS = "一二三四五"
_LEFT = {FIGURES: (0, 2), ITEMS: (0, 1, 4, 5), LINES: (2, 3, 4), MATTERS: (0, 1, 2, 3, 4)}
_SUMMED = {ITEMS, LINES}


@dataclass(frozen=True, slots=True)
class Objecting:
    """How a unit says that something is wrong. `until` is the last day; None means until the quarter is closed."""

    contact: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_title(sheet: UnitSheet) -> str:
    """What stands above a sheet."""
    return f"{sheet.name}{sheet.period.label}信息报送核对单"


def sheet_workbook(sheet: UnitSheet, office: Office, objecting: Objecting, commit: str) -> bytes:
    """The .xlsx: a sheet a table, and one of how to object."""
    title = sheet_title(sheet)
    pages = [
        Sheet(one.name, _columns(one), one.rows, title, last_is_sum=one.name in _SUMMED)
        for one in _tables(sheet)
    ]
    told = [(text,) for text in _told(sheet, office, objecting, commit)]
    return workbook([*pages, Sheet(HOW, [Column(HOW, 110)], told, title)])


def sheet_document(sheet: UnitSheet, office: Office, objecting: Objecting, commit: str) -> bytes:
    """The .docx: the same tables on wide pages, and at the end the place to sign."""
    document = paper(sheet_title(sheet), office.name, sheet.period.end, landscape=True)
    add(
        document, sheet_title(sheet), TITLE, 22, align=CENTRE, pitch=Pt(36)
    ).paragraph_format.space_after = Pt(8)
    for place, one in enumerate(_tables(sheet)):
        _heading(document, place, one.name)
        rows = [[_text(cell) for cell in row] for row in one.rows]
        table(document, one.head, rows, _WIDTHS[one.name], _LEFT[one.name])
    _heading(document, len(_WIDTHS), HOW)
    for text in _told(sheet, office, objecting, commit):
        add(document, text, indent=True).paragraph_format.keep_with_next = True
    signing = add(
        document, "核对无误□　有异议□　　信息员：　　　　　　分管领导：　　　　　　　　　年　　月　　日"
    )
    signing.paragraph_format.space_before = Pt(18)
    return as_bytes(document)


def _tables(sheet: UnitSheet) -> Iterator[_Table]:
    yield _Table(
        FIGURES, ("项目", "数字", "怎样计算"), tuple((f.name, f.value, f.formula) for f in sheet.figures)
    )
    head = ("编号", "标题", "类型", "报送", "处理", "采用", "本季得分")
    yield _Table(ITEMS, head, tuple(_items(sheet)))
    yield _Table(LINES, ("日期", "事项", "信息编号", "标题", "说明", "分"), tuple(_lines(sheet)))
    yield _Table(MATTERS, ("日期", "事由", "异议", "答复", "结果"), tuple(_matters(sheet)))


def _items(sheet: UnitSheet) -> Iterator[tuple[Cell, ...]]:
    total = Decimal(0)
    for item in sheet.items:
        points = sum((line.points for line in sheet.lines if line.item == item.id), Decimal(0))
        total += points
        lead = f"（{item.lead}牵头）" if item.lead else ""
        title = f"{item.title}{lead}"
        yield item.id, title, item.kind, item.submitted.isoformat(), _decided(item), item.uses, points
    if not sheet.items:
        yield "", "本季度没有", "", "", "", "", Decimal(0)
    else:
        rest = "" if total == sheet.points else f"其余 {number(sheet.points - total)} 分见“{LINES}”"
        yield "合计", f"{len(sheet.items)} 条", "", "", "", rest, total


def _decided(item: SheetItem) -> str:
    day_ = f"{item.decided} " if item.decided else ""
    return f"{day_}{item.state.label}{item.reason}"


def _lines(sheet: UnitSheet) -> Iterator[tuple[Cell, ...]]:
    for line in sorted(sheet.lines, key=lambda one: (one.date or date.max, one.item or "")):
        day_ = line.date.isoformat() if line.date else ""
        title = sheet.titles.get(line.item, UNTITLED) if line.item else ""
        why = (line.why or UNTOLD) if line.date else f"不能逐条列出的 {line.number} 项合计"
        yield day_, line.rule, line.item or "", title, why, line.points
    yield "合计", "", "", "", "与汇总里的得分一致", sheet.points


def _matters(sheet: UnitSheet) -> Iterator[tuple[Cell, ...]]:
    if not sheet.matters:
        yield "", "本季度没有", "", "", ""
    for one in sheet.matters:
        item = f"（{one.item}）" if one.item else ""
        yield one.day.isoformat(), f"{one.reason}{item}", one.objection, one.answer, one.outcome


def _told(sheet: UnitSheet, office: Office, objecting: Objecting, commit: str) -> Iterator[str]:
    until = f"{day(objecting.until)}以前（含当天）" if objecting.until else f"在{sheet.period.label}封存以前"
    contact = objecting.contact or office.contact or ""
    yield (
        f"请逐条核对。有异议的，{until}告诉{office.name}{contact and f'（{contact}）'}："
        "哪一条信息或者哪一行得分，应当怎样，凭据是什么，谁提出的。没有异议，也请签字交回。"
    )
    yield "办公室答复每一件异议；要改的，由主编或签发人批准，记在这个季度里，各单位都看得到。封存以后再提的，在下一个季度补差。"
    if sheet.undecided:
        ids = "、".join(item.id for item in sheet.undecided)
        yield f"还没有处理的有 {len(sheet.undecided)} 条（{ids}），封存以前处理了的，照处理的结果计。"
    untold = any(item.title == UNTITLED for item in sheet.items)
    if untold or any(line.date is None for line in sheet.lines):
        yield "只供领导看的、没有审核的紧急信息、撤下的信息，这里只写编号；别的单位没有刊登的信息，只写合计。"
    yield f"数字取自提交 {commit[:10]}，现在封存，封存的就是这些。"


def _heading(document: Document, place: int, words: str) -> None:
    heading = add(document, f"{_NUMERALS[place]}、{words}", HEAD, indent=True)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before = Pt(8)


def _columns(one: _Table) -> Sequence[Column]:
    widths = _WIDTHS[one.name]
    return [
        Column(name, round(width / _MM_A_CHARACTER, 1)) for name, width in zip(one.head, widths, strict=True)
    ]


def _text(cell: Cell) -> str:
    return number(cell) if isinstance(cell, Decimal) else str(cell)
