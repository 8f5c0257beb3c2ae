"""An office's table of units, as .xlsx and as .csv, and the answers that go with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

from zhibao.door.founding.packs import GENERAL, fitted, fitted_path, packs
from zhibao.door.founding.plan import NewEditor, Plan, usual_levels, with_office
from zhibao.door.founding.program import installed
from zhibao.door.founding.roster import read_roster

HEAD = ["序号", "单位名称", "类别", "战线", "分管领导", "信息员", "联系电话", "邮箱", "全年任务数（条）"]
ROWS: list[list[object]] = [
    [1, "中共青山县委办公室", "县直", "综合", "周志远", "尤佳", None, "youjia@qingshan.example", None],
    [
        2,
        "县水务局",
        None,
        "农业",
        "马超",
        "方圆、田甜",
        "电话",
        "fy@qingshan.example、tt@qingshan.example",
        12,
    ],
    [3, "人力资源和社会保障局", None, "民生", "待定", "石磊", None, "shilei@qingshan.example", 12],
    [4, "城关镇", "乡镇", "农业", "白桦", "江河", None, "jianghe@qingshan.example", 16],
    [5, "石门乡", None, "农业", "黎明", None, None, None, 10],
]
EDITOR = "周志远 <zhou@qingshan.example> zhou"
SECOND = "李思 <lisi@qingshan.example>"
TODAY = date(2026, 11, 24)


def workbook(folder: Path, rows: Sequence[Sequence[object]] = ROWS, head: Sequence[object] = HEAD) -> Path:
    """A table under a title, as offices keep it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in (["青山县信息联系站一览表"], [], head, *rows):
        sheet.append(list(row))
    path = folder / "单位.xlsx"
    book.save(path)
    return path


def csv_table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV of these lines, whose cells are separated by blanks; `-` is an empty one."""
    written = io.StringIO()
    csv.writer(written).writerows(
        [["" if cell == "-" else cell for cell in line.split()] for line in text.splitlines()]
    )
    path = folder / "单位.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    return path


def plan_for(table: Path, *, pack: str = GENERAL, levels: Sequence[str] = (), county: str = "青山县") -> Plan:
    """The plan that the table and a pack make, everything else as usual."""
    editors = (NewEditor("周志远", ("zhou@qingshan.example",), "zhou"),)
    chosen = tuple(levels) or usual_levels(county)
    office = f"中共{county}委办公室"
    units, own = with_office(read_roster(table, county).units, county, office, editors)
    rules = fitted(packs(installed())[pack], chosen, county, fitted_path(TODAY.year), TODAY.year)
    zone = "Asia/Shanghai"
    return Plan(county, office, "青山信息", "main", zone, chosen, rules, units, own, editors, TODAY)
