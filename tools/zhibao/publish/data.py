"""`data/`: the edition as CSV and JSON, with each field explained on a page of its own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from zhibao.model.edition import Edition, Shown
from zhibao.model.inert import inert
from zhibao.publish.page import Page
from zhibao.publish.pages.places import item_uri
from zhibao.publish.render import page
from zhibao.publish.view import View
from zhibao.score.export import as_json, comma_separated

SCHEMA = 1

Table = tuple[str, str, Sequence[tuple[str, str]], list[dict[str, Any]]]
"""Name, what it holds, its fields with their meaning, and its rows."""

_ITEM_FIELDS = (
    ("id", "信息编号：日期-时间-单位"),
    ("title", "标题"),
    ("unit", "牵头单位编号"),
    ("joint", "联合单位编号，以空格分开"),
    ("kind", "类型"),
    ("submitted", "报送日期"),
    ("adopted", "首次采用日期"),
    ("levels", "采用层级，以空格分开"),
    ("tags", "标签，以空格分开"),
    ("issues", "登在哪些期里，以空格分开；s 是增刊"),
    ("page", "页面地址，相对于网站首页"),
)
_LINE_FIELDS = (
    ("period", "季度"),
    ("date", "日期；合并的行没有"),
    ("unit", "单位编号"),
    ("item", "信息编号；合并的行没有"),
    ("rule", "计分规则"),
    ("level", "层级"),
    ("form", "采用形式"),
    ("share", "份额，0 至 1"),
    ("number", "合并的行数；1 是单独一行"),
    ("points", "分值"),
    ("why", "说明"),
)
_UNIT_FIELDS = (
    ("id", "单位编号"),
    ("name", "名称"),
    ("group", "类别"),
    ("sector", "战线"),
)


def pages(view: View) -> Iterator[Page]:
    """The page that explains the data."""
    tables = [(name, words, fields) for name, words, fields, _ in _tables(view)]
    yield page(view, "data", "data/index", "数据", description="本版的数据文件和字段说明。", tables=tables)


def files(view: View) -> Iterator[tuple[str, str]]:
    """Path and text of every data file."""
    for name, _, fields, rows in _tables(view):
        yield f"data/{name}.csv", _csv([field for field, _ in fields], rows)
        yield (
            f"data/{name}.json",
            json.dumps({"schema": SCHEMA, name: rows}, ensure_ascii=False, indent=1) + "\n",
        )
    hidden = hidden_figures(view.shows)
    for period in view.periods:
        found = view.statistics(period)
        yield f"data/statistics-{period}.csv", comma_separated(found, view.office, hidden)
        yield f"data/statistics-{period}.json", as_json(found, view.office, hidden)


def hidden_figures(shows: Callable[[Shown], bool]) -> frozenset[str]:
    """The names of the figures that an edition does not show which `shows` no more than that."""
    hidden: set[str] = set()
    for what, names in (
        (Shown.POINTS, ("points", "average", "change_points")),
        (Shown.RANKS, ("rank", "change_rank")),
        (Shown.REASONS, ("reasons",)),
        (Shown.INSTRUCTIONS, ("instructions",)),
        (Shown.QUALITY, ("quality",)),
    ):
        if not shows(what):
            hidden.update(names)
    return frozenset(hidden)


def _tables(view: View) -> Iterator[Table]:
    yield "items", "本版刊登的信息。", _ITEM_FIELDS, [_item(view, item) for item in view.entries]
    yield "units", "信息联系站。", _UNIT_FIELDS, [_unit(view, unit.id) for unit in view.registry.units]
    if view.shows(Shown.POINTS):
        words = (
            "得分的每一行；不在本版的信息按单位、季度、规则合并。"
            if view.edition is not Edition.INTERNAL
            else "得分的每一行。"
        )
        yield "lines", words, _LINE_FIELDS, [_line(line) for line in view.lines]


def _item(view: View, item: Any) -> dict[str, Any]:
    submission = item.submission
    return {
        "id": item.id,
        "title": submission.title,
        "unit": submission.unit,
        "joint": " ".join(joint.unit for joint in submission.joint),
        "kind": submission.kind,
        "submitted": item.submitted_on.isoformat(),
        "adopted": item.adopted_on.isoformat() if item.adopted_on else "",
        "levels": " ".join(dict.fromkeys(adoption.level for adoption in item.adoptions)),
        "tags": " ".join(submission.tags),
        "issues": " ".join(str(laid.issue.name) for laid in view.issues_of.get(item.id, ()) if laid.signed),
        "page": f"{item_uri(item)}.html",
    }


def _unit(view: View, id_: str) -> dict[str, Any]:
    unit, day = view.registry.unit_by_id[id_], view.as_of
    return {"id": id_, "name": unit.name_on(day), "group": unit.group_on(day), "sector": unit.sector_on(day)}


def _line(line: Any) -> dict[str, Any]:
    return {
        "period": line.period,
        "date": line.date.isoformat() if line.date else "",
        "unit": line.unit,
        "item": line.item or "",
        "rule": line.rule,
        "level": line.level,
        "form": line.form,
        "share": "" if line.share is None else str(line.share),
        "number": line.number,
        "points": str(line.points),
        "why": line.why,
    }


def _csv(fields: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """With a BOM for WPS and Excel; a text that a spreadsheet would take for a formula gets an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([inert(row[field]) for field in fields])
    return "\ufeff" + buffer.getvalue()
