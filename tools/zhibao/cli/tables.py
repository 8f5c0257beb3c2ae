"""Statistics as a table for the terminal, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
import json as _json
from collections.abc import Callable, Mapping
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from zhibao.model.office import Office
from zhibao.score.figures import Statistics, UnitFigures

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


def table(found: Statistics, office: Office) -> str:
    """One table, group by group, then what stands out and the definitions."""
    above = office.levels[1:]
    grid = Table(title=f"{office.county}信息报送统计（{found.period.label}）", show_lines=False)
    grid.add_column("单位", no_wrap=True)
    for name in ("任务", "报送", "完成率", "采用", "采用率", "上报", *above, "批示", "约稿", "质量", "得分", "名次", "升降"):
        grid.add_column(name, justify="right", no_wrap=True)
    for group, members in found.groups:
        grid.add_section()
        grid.add_row(f"[bold]{group}[/bold]")
        for figures in members:
            grid.add_row(*_cells(figures, above))
    grid.add_section()
    grid.add_row(*_cells(found.totals, above))
    grid.add_row(*_cells(found.office, above))
    console = Console(file=io.StringIO(), width=150, force_terminal=False, color_system=None)
    console.print(grid)
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    names = {figures.unit: figures.name for figures in found.units}
    lines = [
        f"零报送：{'、'.join(names[unit] for unit in found.zero_reports) or '无'}",
        f"零采用：{'、'.join(names[unit] for unit in found.zero_adoptions) or '无'}",
        "类型：" + "，".join(f"{kind} 报 {s} 采 {a}" for kind, (s, a) in found.by_kind.items()),
        f"最后一行是{office.name}自己的信息，单列，不参加排名。待处理 {found.totals.undecided} 条。",
        *(f"{name}：{words}" for name, words in found.definitions),
    ]
    return "\n".join(line.rstrip() for line in (*text.splitlines(), *lines)) + "\n"


def comma_separated(found: Statistics, office: Office) -> str:
    """A row a unit, with a BOM so that WPS and Excel read the Chinese."""
    above = office.levels[1:]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    header = ["单位编号", "单位", "类别", "任务数", "报送", "待处理", "完成率", "采用", "采用率", "本期报送采用率", "上报"]
    writer.writerow([*header, *(f"{level}采用" for level in above), "批示", "约稿完成", "约稿到期", "质量", "得分", "名次", "得分增减"])
    for f in (*found.units, found.totals, found.office):
        numbers = [f.quota.count, f.submitted, f.undecided, f.completion, f.adopted, f.adoption_rate, f.cohort_rate, f.sent_up]
        tail = [f.instructions, f.commissions_done, f.commissions_due, f.quality, f.points, f.rank, f.change_points]
        levels = [f.adopted_above.get(level, 0) for level in above]
        writer.writerow([f.unit, f.name, f.group, *("" if n is None else n for n in (*numbers, *levels, *tail))])
    return "\ufeff" + buffer.getvalue()


def json(found: Statistics, office: Office) -> str:
    """Everything, with definitions; numbers that are not counts are strings, so that none is rounded on the way."""
    value = {
        "schema": SCHEMA,
        "period": str(found.period),
        "groups": [{"group": group, "units": [_record(f) for f in members]} for group, members in found.groups],
        "office": _record(found.office),
        "totals": _record(found.totals),
        "zero_reports": list(found.zero_reports),
        "zero_adoptions": list(found.zero_adoptions),
        "by_kind": {kind: {"submitted": s, "adopted": a} for kind, (s, a) in found.by_kind.items()},
        "definitions": [{"name": name, "formula": words} for name, words in found.definitions],
    }
    return _json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Statistics, Office], str]] = {"table": table, "csv": comma_separated, "json": json}


def percent(value: Decimal | None) -> str:
    """A ratio as a percentage with one place; a dash where there is none."""
    return "—" if value is None else f"{value * 100:.1f}%"


def _cells(f: UnitFigures, above: tuple[str, ...]) -> list[str]:
    commissions = f"{f.commissions_done}/{f.commissions_due}" if f.commissions_due else "—"
    quality = "—" if f.quality is None else f"{f.quality:.1f}"
    quota = "—" if f.quota.count is None else f"{f.quota.count.normalize():f}"
    moved = "—" if f.change_rank is None else f"{f.change_rank:+d}" if f.change_rank else "0"
    counts = [str(f.adopted_above.get(level, 0)) for level in above]
    head = [f.name, quota, str(f.submitted), percent(f.completion), str(f.adopted), percent(f.adoption_rate), str(f.sent_up)]
    return [*head, *counts, str(f.instructions), commissions, quality, str(f.points), str(f.rank or "—"), moved]


def _record(f: UnitFigures) -> dict[str, object]:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return {
        "unit": f.unit,
        "name": f.name,
        "group": f.group,
        "quota": {"count": text(f.quota.count), "points": text(f.quota.points)},
        "submitted": f.submitted,
        "undecided": f.undecided,
        "completion": text(f.completion),
        "adopted": f.adopted,
        "adoption_rate": text(f.adoption_rate),
        "cohort_rate": text(f.cohort_rate),
        "sent_up": f.sent_up,
        "adopted_above": dict(f.adopted_above),
        "instructions": f.instructions,
        "commissions": {"done": f.commissions_done, "due": f.commissions_due},
        "quality": text(f.quality),
        "points": str(f.points),
        "rank": f.rank,
        "change": {"points": str(f.change_points), "rank": f.change_rank},
        "reasons": dict(f.reasons),
        "by_kind": {kind: {"submitted": s, "adopted": a} for kind, (s, a) in f.by_kind.items()},
    }
