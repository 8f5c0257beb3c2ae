"""A signed notice against the figures that were frozen: its tables of units, cell by cell, however they were moved about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhibao.model.period import Period
from zhibao.model.reading import compact
from zhibao.publish.notice_table import COLUMNS, UNIT, cells
from zhibao.publish.notice_text import DRAFT
from zhibao.score.figures import Statistics, UnitFigures

Table = Sequence[Sequence[str]]

HEAD_ROWS = 3
"""Rows at the top of a table among which its head is looked for: an office may set a title above it."""

_PERIOD = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_NUMERALS = "一二三四"
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_DASHES = frozenset(("", "-", "—", "——", "–", "－", "/", "无"))
_SUFFIXES = "%条次分名篇"


@dataclass(frozen=True)
class Compared:
    """What was found: every difference in Chinese, the headings that no table has, and how many cells were compared."""

    differences: tuple[str, ...]
    missing: tuple[str, ...]
    cells: int


def period_named(lines: Sequence[str]) -> Period | None:
    """The quarter that a document names first; None where it names none."""
    for line in lines:
        match = _PERIOD.search(compact(line))
        if match:
            number = _NUMERALS.index(match[2]) + 1 if match[2] in _NUMERALS else int(match[2])
            return Period.parse(f"{match[1]}-Q{number}")
    return None


def compared(
    lines: Sequence[str], tables: Sequence[Table], figures: Statistics, hidden: frozenset[str]
) -> Compared:
    """The tables of a notice beside the frozen figures. `hidden` are headings that the notice never had.

    A table of units is known by 单位 over its first column and another heading of ours; other tables, added columns, the order of rows, spaces and
    full-width figures are the office's own. A unit that no table has, one that is not known, and one that stands twice and differs are differences.
    """
    known = {compact(one.name): one for one in (*figures.units, figures.totals, figures.office)}
    expected = [heading for heading in COLUMNS if heading not in hidden and heading != UNIT]
    found: list[str] = []
    seen: set[str] = set()
    headings: set[str] = set()
    count = number = 0
    for table in tables:
        at = next((place for place, row in enumerate(table[:HEAD_ROWS]) if _columns(row, expected)), None)
        if at is None:
            continue
        columns = _columns(table[at], expected)
        number += 1
        headings |= set(columns.values())
        for row in table[at + 1 :]:
            name = compact(row[0]) if row else ""
            if not name or name == UNIT or not any(compact(cell) for cell in row[1:]):
                continue  # a line across the table, or its head again
            figure = known.get(name)
            if figure is None:
                found.append(f"第{number}张表的“{row[0].strip()}”不在封存的单位里")
                continue
            seen.add(name)
            differing = list(_row(row, figure, columns))
            count += len(columns)
            found += [f"第{number}张表 {figure.name} {words}" for words in differing]
    if not number:
        found.append(f"没有找到各单位的表：第一列是“{UNIT}”，别的列如“报送”“采用”")
    elif absent := [one.name for one in figures.units if compact(one.name) not in seen]:
        found.append(f"表里没有这些单位：{'、'.join(absent)}")
    if any(compact(DRAFT) in compact(line) for line in lines):
        found.append(f"文件上还印着“{DRAFT}”")
    missing = tuple(heading for heading in expected if heading not in headings) if number else ()
    return Compared(tuple(found), missing, count)


def _columns(row: Sequence[str], expected: Sequence[str]) -> dict[int, str]:
    """By place, the headings that are ours; none where it is not the head of a table of units."""
    head = [compact(cell) for cell in row]
    if not head or head[0] != UNIT:
        return {}
    return {place: heading for place, heading in enumerate(head) if heading in expected}


def _row(row: Sequence[str], figure: UnitFigures, columns: Mapping[int, str]) -> Iterator[str]:
    wanted = cells(figure)
    for place, heading in columns.items():
        printed = row[place] if place < len(row) else ""
        if not _same(compact(printed), compact(wanted[heading])):
            yield f"“{heading}”：印的是“{printed.strip() or '空白'}”，封存的是“{wanted[heading]}”"


def _same(printed: str, frozen: str) -> bool:
    if printed == frozen or (printed in _DASHES and frozen in _DASHES):
        return True
    one, other = _number(printed), _number(frozen)
    return one is not None and one == other


def _number(text: str) -> Decimal | None:
    bare = text.replace(",", "").rstrip(_SUFFIXES)
    try:
        return Decimal(bare) if _NUMBER.fullmatch(bare) else None
    except InvalidOperation:
        return None
