"""Statistics as a table for the terminal; CSV and JSON as the site has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.table import Table

from zhibao.model.office import Office
from zhibao.publish.plain_table import printed
from zhibao.score.export import as_json, comma_separated
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.wording import percent


def table(found: Statistics, office: Office) -> str:
    """One table, group by group, then what stands out and the definitions."""
    above = office.levels[1:]
    grid = Table(title=f"{office.county}信息报送统计（{found.period.label}）", show_lines=False)
    grid.add_column("单位", no_wrap=True)
    for name in (
        "任务",
        "报送",
        "完成率",
        "采用",
        "采用率",
        "上报",
        *above,
        "批示",
        "约稿",
        "质量",
        "得分",
        "名次",
        "升降",
    ):
        grid.add_column(name, justify="right", no_wrap=True)
    for group, members in found.groups:
        grid.add_section()
        grid.add_row(group)
        for figures in members:
            grid.add_row(*_cells(figures, above))
    grid.add_section()
    grid.add_row(*_cells(found.totals, above))
    grid.add_row(*_cells(found.office, above))
    names = {figures.unit: figures.name for figures in found.units}
    lines = [
        f"零报送：{'、'.join(names[unit] for unit in found.zero_reports) or '无'}",
        f"零采用：{'、'.join(names[unit] for unit in found.zero_adoptions) or '无'}",
        "类型：" + "，".join(f"{kind} 报 {s} 采 {a}" for kind, (s, a) in found.by_kind.items()),
        f"最后一行是{office.name}自己的信息，单列，不参加排名。待处理 {found.totals.undecided} 条。",
        *(f"{name}：{words}" for name, words in found.definitions),
    ]
    return "\n".join([*printed(grid, 150), *lines]) + "\n"


FORMATS: Mapping[str, Callable[[Statistics, Office], str]] = {
    "table": table,
    "csv": comma_separated,
    "json": as_json,
}


def _cells(f: UnitFigures, above: tuple[str, ...]) -> list[str]:
    commissions = f"{f.commissions_done}/{f.commissions_due}" if f.commissions_due else "—"
    quality = "—" if f.quality is None else f"{f.quality:.1f}"
    quota = "—" if f.quota.count is None else f"{f.quota.count.normalize():f}"
    moved = "—" if f.change_rank is None else f"{f.change_rank:+d}" if f.change_rank else "0"
    counts = [str(f.adopted_above.get(level, 0)) for level in above]
    head = [
        f.name,
        quota,
        str(f.submitted),
        percent(f.completion),
        str(f.adopted),
        percent(f.adoption_rate),
        str(f.sent_up),
    ]
    return [
        *head,
        *counts,
        str(f.instructions),
        commissions,
        quality,
        str(f.points),
        str(f.rank or "—"),
        moved,
    ]
