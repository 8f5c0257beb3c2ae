"""The annex of the quarterly notice: every unit's figures, every line of points, and what the figures mean, as the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhibao.model.edition import Shown
from zhibao.publish.data import hidden_figures
from zhibao.publish.notice_facts import NoticeFacts
from zhibao.publish.notice_text import DRAFT
from zhibao.repo.spreadsheet_writing import Column, Sheet, workbook
from zhibao.score.export import Cell, table

_RATES = ("完成率", "采用率", "本期报送采用率")
_WIDTHS = {"单位编号": 16, "单位": 26, "类别": 24}
_NARROW = 8
_LINE_COLUMNS = (
    Column("单位", 26),
    Column("日期", 12),
    Column("信息编号", 24),
    Column("标题", 40),
    Column("规则", 12),
    Column("层级", 8),
    Column("形式", 8),
    Column("份额", 8),
    Column("得分", 9),
    Column("合并行数", 10),
    Column("说明", 50),
)


def notice_annex(facts: NoticeFacts) -> bytes:
    """The file, of what the units are shown. Lines of items that they may not read are summed by unit and rule."""
    label = facts.period.label
    mark = "" if facts.closed else f"  {DRAFT}"
    title = f"{facts.office.county}{label}信息报送"
    sheets = [_figures(facts, f"{title}统计{mark}")]
    if Shown.POINTS in facts.shows:
        rows = list(_lines(facts))
        sheets.append(Sheet("得分明细", _LINE_COLUMNS, rows, f"{title}得分明细{mark}"))
    definitions = list(_definitions(facts))
    sheets.append(Sheet("说明", (Column("名称", 16), Column("意思", 90)), definitions, f"{title}说明{mark}"))
    return workbook(sheets)


def _figures(facts: NoticeFacts, title: str) -> Sheet:
    """The same columns as the statistics have as CSV; the last two rows are the totals and the office's own."""
    header, rows = table(facts.figures, facts.office, hidden_figures(facts.shows.__contains__))
    columns = [Column(name, _WIDTHS.get(name, max(_NARROW, 2 * len(name) + 1))) for name in header]
    return Sheet(
        "统计",
        columns,
        [[_shown(name, cell) for name, cell in zip(header, row, strict=True)] for row in rows],
        title,
    )


def _shown(name: str, cell: Cell) -> Cell:
    """A rate as a percentage in words; everything else as it is."""
    return f"{cell * 100:.1f}%" if name in _RATES and isinstance(cell, Decimal) else cell


def _lines(facts: NoticeFacts) -> Iterator[list[Cell]]:
    """Unit by unit in the order of the tables, each with its sum below."""
    for figures in (*facts.figures.units, facts.figures.office):
        own = [line for line in facts.lines if line.unit == figures.unit]
        for line in own:
            yield [
                figures.name,
                line.date.isoformat() if line.date else "",
                line.item or "",
                facts.titles.get(line.item or "", ""),
                line.rule,
                line.level,
                line.form,
                "" if line.share is None else line.share,
                line.points,
                line.number,
                line.why,
            ]
        if own:
            yield [
                figures.name,
                "",
                "",
                "",
                "合计",
                "",
                "",
                "",
                figures.points,
                sum(line.number for line in own),
                "",
            ]


def _definitions(facts: NoticeFacts) -> Iterator[list[Cell]]:
    hidden = {"批示": Shown.INSTRUCTIONS, "得分": Shown.POINTS, "名次": Shown.RANKS, "质量": Shown.QUALITY}
    for name, words in facts.figures.definitions:
        if name not in hidden or hidden[name] in facts.shows:
            yield [name, words]
    yield ["计分办法", facts.rules.title]
