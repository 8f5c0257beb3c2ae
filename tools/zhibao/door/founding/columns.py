"""Which column of an office's own table of units is which: by its heading, in any order, whatever else stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibao.repo.spreadsheet import Row

DEEPEST = 10
"""Rows from the top among which the headings are looked for: titles and dates stand above them."""

_SUM = re.compile("合计|总计|小计|共计")


class Field(StrEnum):
    """What a column may hold, by the heading that we write ourselves."""

    NAME = "单位"
    SHORT = "简称"
    ID = "代号"
    GROUP = "类别"
    SECTOR = "战线"
    OFFICERS = "信息员"
    ACCOUNTS = "账号"
    EMAILS = "邮箱"
    SUPERVISOR = "分管领导"
    SUPERVISOR_ACCOUNT = "分管领导账号"
    SUPERVISOR_EMAIL = "分管领导邮箱"
    COUNT = "任务数"
    POINTS = "任务分"


_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("单位名称", "名称", "联系站", "信息联系站", "报送单位"),
    Field.SHORT: ("单位简称",),
    Field.ID: ("单位编号", "单位代号", "id"),
    Field.GROUP: ("单位类别", "组别", "分组", "分类"),
    Field.SECTOR: ("系统", "口", "所属战线"),
    Field.OFFICERS: ("信息员姓名", "联络员", "信息联络员"),
    Field.ACCOUNTS: ("信息员账号", "帐号", "信息员帐号"),
    Field.EMAILS: ("信息员邮箱", "电子邮箱", "电子邮件", "email"),
    Field.SUPERVISOR: ("分管负责人", "分管领导姓名", "分管信息领导"),
    Field.SUPERVISOR_ACCOUNT: ("分管领导帐号", "领导账号"),
    Field.SUPERVISOR_EMAIL: ("领导邮箱",),
    Field.COUNT: ("任务", "任务条数", "全年任务数", "全年任务", "年度任务数"),
    Field.POINTS: ("任务分数", "全年任务分", "分数任务"),
}
_BY_HEADING = {
    heading: field for field, others in _HEADINGS.items() for heading in (field.value.lower(), *others)
}


@dataclass(frozen=True)
class Columns:
    """The table found in a file: its rows below the headings, the place of each column, and the headings that mean nothing to us.

    `sheet` is the number of its sheet where others have something in them too, else 0.
    """

    rows: tuple[Row, ...]
    places: Mapping[Field, int]
    unused: tuple[str, ...]
    twice: tuple[str, ...]
    sheet: int = 0


def columns_of(sheets: Sequence[Sequence[Row]]) -> Columns | None:
    """The first sheet with a heading 单位 near its top; None where there is none."""
    several = sum(bool(rows) for rows in sheets) > 1
    for number, rows in enumerate(sheets, 1):
        for at, row in enumerate(rows[:DEEPEST]):
            named = list(_named(row))
            if any(field is Field.NAME for field, _, _ in named):
                places: dict[Field, int] = {}
                unused, twice = [], []
                for field, heading, place in named:
                    if field is None:
                        unused.append(heading)
                    elif field in places:
                        twice.append(heading)
                    else:
                        places[field] = place
                below = tuple(rows[at + 1 :])
                return Columns(below, places, tuple(unused), tuple(twice), number if several else 0)
    return None


def is_sum(row: Row) -> bool:
    """Whether a row adds up the others: its first words are 合计, 总计 and the like."""
    first = next(filter(None, map(str.strip, row.cells)), "")
    return _SUM.match("".join(first.split())) is not None


def letter(place: int) -> str:
    """The letters by which a spreadsheet calls a column: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _named(row: Row) -> Iterator[tuple[Field | None, str, int]]:
    for place, cell in enumerate(row.cells):
        heading = re.sub(r"\s+", "", cell)
        plain = re.sub(r"[（(].*?[）)]", "", heading).lower()
        if heading:
            yield _BY_HEADING.get(plain), heading, place
