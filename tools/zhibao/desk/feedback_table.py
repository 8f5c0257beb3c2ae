"""The table in which an editor confirms what a list from above means: its columns, its rows, and how a new one takes over an old one's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from zhibao.desk.matching import Sureness
from zhibao.repo.spreadsheet import Row, SpreadsheetError
from zhibao.repo.spreadsheet_writing import Column, write_sheet

YES, NO = "是", "否"
RECORDED, REFUSED = "已记", "不记"
STATES = (*Sureness, RECORDED, REFUSED)
"""What the column 把握 says, in the order in which the rows stand."""

COLUMNS = (
    Column("确认", 14, (YES, NO)),
    Column("把握", 7),
    Column("标题", 34),
    Column("单位", 14),
    Column("建议标题", 34),
    Column("建议编号", 24),
    Column("相似度", 8),
    Column("其他候选", 40),
    Column("层级", 6),
    Column("采用日期", 12),
    Column("采用形式", 10),
    Column("刊物", 18),
    Column("说明", 34),
    Column("名单行号", 9),
)

_SHADES = {
    Sureness.SURE: "E2EFDA",
    Sureness.POSSIBLE: "FFF2CC",
    Sureness.NONE: "FCE4D6",
    REFUSED: "EDEDED",
}


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One row of the table, as text, in the order of COLUMNS. `ids` are separated by spaces; `line` is the row's number in the list."""

    confirmed: str = ""
    state: str = Sureness.NONE
    title: str = ""
    unit: str = ""
    titles: str = ""
    ids: str = ""
    likeness: str = ""
    others: str = ""
    level: str = ""
    day: str = ""
    form: str = ""
    publication: str = ""
    note: str = ""
    line: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything of it."""
        return not self.confirmed


def read_rows(sheets: Sequence[Sequence[Row]]) -> list[FeedbackRow] | None:
    """The rows of a table to confirm, whatever the order of its columns; None where it is none. A formula reads as empty.

    Raises SpreadsheetError where somebody added what would be lost when the table is written anew.
    """
    for rows in sheets:
        headings = {cell: place for place, cell in enumerate(rows[0].cells) if cell} if rows else {}
        if all(column.heading in headings for column in COLUMNS):
            _nothing_else(sheets, headings)
            places = [headings[column.heading] for column in COLUMNS]
            return [
                FeedbackRow(*(row.cells[at] if at < len(row.cells) else "" for at in places))
                for row in rows[1:]
            ]
    return None


def _nothing_else(sheets: Sequence[Sequence[Row]], headings: Mapping[str, int]) -> None:
    own = {column.heading for column in COLUMNS}
    added = [f"“{heading}”一栏" for heading in headings if heading not in own]
    width = max(headings.values()) + 1
    if any(len(row.cells) > width for rows in sheets for row in rows):
        added.append("没有栏名的一栏")
    if sum(bool(rows) for rows in sheets) > 1:
        added.append("另一张工作表")
    if added:
        raise SpreadsheetError(f"核对表里多了{'、'.join(added)}，写回时会丢掉；请移到别处，再来一次")


def write_rows(path: Path, rows: Iterable[FeedbackRow]) -> None:
    """Write the table, coloured by how sure each row is. Raises SpreadsheetError."""
    listed = list(rows)
    write_sheet(
        path, COLUMNS, [astuple(row) for row in listed], [_SHADES.get(row.state, "") for row in listed]
    )


def taken_over(new: Sequence[FeedbackRow], old: Sequence[FeedbackRow]) -> list[FeedbackRow]:
    """The new rows with what an editor said of the same ones before: a row that was confirmed stays as it was, of another one what was
    filled in is kept where nothing better is known. Confirmed rows that the list no longer has stay at the end."""
    before = dict(_keyed(old))
    found = []
    for key, row in _keyed(new):
        known = before.pop(key, None)
        if known is None:
            found.append(row)
        elif known.is_open:
            found.append(_filled(row, known))
        else:
            found.append(replace(known, line=row.line))
    left = [
        replace(row, line="", note=row.note if row.state == RECORDED else "名单里已没有这一行")
        for row in before.values()
        if not row.is_open
    ]
    return in_order([*found, *left])


def in_order(rows: Iterable[FeedbackRow]) -> list[FeedbackRow]:
    """The surest first, so that they are confirmed at a glance; what is done with, last."""
    rank = {state: place for place, state in enumerate(STATES)}
    return sorted(rows, key=lambda row: (rank.get(row.state, len(rank)), not row.line, _number(row.line)))


def _keyed(rows: Iterable[FeedbackRow]) -> Iterator[tuple[tuple[str, str, int], FeedbackRow]]:
    """Each row by its title and unit, and which of equal ones it is: a list may gain and lose rows."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in sorted(rows, key=lambda one: _number(one.line)):
        name = (row.title, row.unit)
        seen[name] += 1
        yield (*name, seen[name]), row


def _filled(new: FeedbackRow, old: FeedbackRow) -> FeedbackRow:
    kept = ("level", "day", "form", "publication")
    return replace(new, **{name: getattr(new, name) or getattr(old, name) for name in kept})


def _number(line: str) -> int:
    return int(line) if line.isascii() and line.isdigit() else 0
