"""Statistics as CSV and JSON: one form for the command line and for the site's data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from zhibao.model.inert import inert
from zhibao.model.office import Office
from zhibao.score.figures import Statistics, UnitFigures

Cell = str | int | Decimal

SCHEMA = 1
"""Version of the JSON; it rises when a key changes its meaning or goes."""

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("unit", "单位编号"),
    ("name", "单位"),
    ("group", "类别"),
    ("quota", "任务数"),
    ("submitted", "报送"),
    ("undecided", "待处理"),
    ("completion", "完成率"),
    ("adopted", "采用"),
    ("adoption_rate", "采用率"),
    ("cohort_rate", "本期报送采用率"),
    ("sent_up", "上报"),
    ("adopted_above", "采用"),
    ("instructions", "批示"),
    ("commissions_done", "约稿完成"),
    ("commissions_due", "约稿到期"),
    ("quality", "质量"),
    ("points", "得分"),
    ("average", "平均得分"),
    ("rank", "名次"),
    ("change_points", "得分增减"),
)


def comma_separated(found: Statistics, office: Office, hidden: Collection[str] = ()) -> str:
    """A row a unit, then the totals and the office's own; with a BOM, so that WPS and Excel read the Chinese.

    `hidden` are names of figures that are left out, column and all.
    """
    header, rows = table(found, office, hidden)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(map(inert, header))
    writer.writerows(map(inert, row) for row in rows)
    return "\ufeff" + buffer.getvalue()


def table(
    found: Statistics, office: Office, hidden: Collection[str] = ()
) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows of the same: counts and decimals as they are, empty texts where there is none."""
    shown = [(name, label) for name, label in _COLUMNS if name not in hidden]
    above = office.levels[1:]
    header: list[str] = []
    for name, label in shown:
        header += [f"{level}{label}" for level in above] if name == "adopted_above" else [label]
    rows = [
        [cell for name, _ in shown for cell in _cells(figures, name, above)]
        for figures in (*found.units, found.totals, found.office)
    ]
    return header, rows


def as_json(found: Statistics, office: Office, hidden: Collection[str] = ()) -> str:
    """Everything but `hidden`, with definitions; numbers that are not counts are strings, so that none is rounded."""
    return json.dumps(record(found, office, hidden), ensure_ascii=False, indent=2) + "\n"


def record(found: Statistics, office: Office, hidden: Collection[str] = ()) -> dict[str, Any]:
    """The same as values."""
    return {
        "schema": SCHEMA,
        "period": str(found.period),
        "county": office.county,
        "groups": [
            {"group": g, "units": [_record(f, hidden) for f in members]} for g, members in found.groups
        ],
        "office": _record(found.office, hidden),
        "totals": _record(found.totals, hidden),
        "zero_reports": list(found.zero_reports),
        "zero_adoptions": list(found.zero_adoptions),
        "by_kind": {kind: {"submitted": s, "adopted": a} for kind, (s, a) in found.by_kind.items()},
        "by_level": dict(found.by_level),
        "definitions": [{"name": name, "formula": words} for name, words in found.definitions],
    }


def _cells(figures: UnitFigures, name: str, above: tuple[str, ...]) -> list[Cell]:
    if name == "adopted_above":
        return [figures.adopted_above.get(level, 0) for level in above]
    value = figures.quota.count if name == "quota" else getattr(figures, name)
    return ["" if value is None else value]


def _record(f: UnitFigures, hidden: Collection[str]) -> dict[str, object]:
    record: dict[str, object] = {
        "unit": f.unit,
        "name": f.name,
        "group": f.group,
        "quota": {"count": _text(f.quota.count), "points": _text(f.quota.points)},
        "submitted": f.submitted,
        "undecided": f.undecided,
        "completion": _text(f.completion),
        "adopted": f.adopted,
        "adoption_rate": _text(f.adoption_rate),
        "cohort_rate": _text(f.cohort_rate),
        "sent_up": f.sent_up,
        "adopted_above": dict(f.adopted_above),
        "instructions": f.instructions,
        "commissions_done": f.commissions_done,
        "commissions_due": f.commissions_due,
        "quality": _text(f.quality),
        "points": str(f.points),
        "average": _text(f.average),
        "rank": f.rank,
        "change_points": str(f.change_points),
        "change_rank": f.change_rank,
        "reasons": dict(f.reasons),
        "by_kind": {kind: {"submitted": s, "adopted": a} for kind, (s, a) in f.by_kind.items()},
    }
    return {name: value for name, value in record.items() if name not in hidden}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
