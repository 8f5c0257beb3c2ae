"""统计: a page for each quarter and each year, with charts, tables and the definitions beside the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhibao.model.edition import Shown
from zhibao.model.period import Period
from zhibao.publish import charts
from zhibao.publish.page import Page
from zhibao.publish.render import number, page, percent
from zhibao.publish.view import View
from zhibao.score.figures import Statistics

Chart = tuple[str, str, str, list[str], list[list[Any]]]
"""Heading, name, SVG, column heads and rows of the table beside it."""

_HIDDEN = {"批示": Shown.INSTRUCTIONS, "得分": Shown.POINTS, "名次": Shown.RANKS, "质量": Shown.QUALITY}


def pages(view: View) -> Iterator[Page]:
    """The latest quarter as the first page, then every period."""
    latest = next((period for period in view.periods if period.months == 3), view.periods[0])
    yield _page(view, latest, "statistics/index")
    for period in view.periods:
        yield _page(view, period, f"statistics/{period}")


def _page(view: View, period: Period, uri: str) -> Page:
    found = view.statistics(period)
    title = f"{view.office.county}信息报送统计（{period.label}）"
    return page(
        view,
        "statistics",
        uri,
        title,
        description=_opening(view, found),
        searched=None if uri == "statistics/index" else "统计 名次 完成率 采用率",
        found=found,
        above=view.office.levels[1:],
        opening=_opening(view, found),
        charts=list(_charts(view, found)),
        definitions=[(name, words) for name, words in found.definitions if _shown(view, name)],
        data_root="../",
    )


def _opening(view: View, found: Statistics) -> str:
    """The paragraph that a reader would be told: who reported how much, and what became of it."""
    total = found.totals
    above = "，".join(f"{level}级采用 {count} 条次" for level, count in total.adopted_above.items() if count)
    quota = number(total.quota.count)
    running = (
        "（截至" + f"{view.as_of.month}月{view.as_of.day}日，本期未完）"
        if found.period.end > view.as_of
        else ""
    )
    return (
        f"{found.period.label}{running}，全县 {len(found.units)} 个单位报送信息 {total.submitted} 条，"
        f"任务数 {quota} 条，完成率 {percent(total.completion)}；采用 {total.adopted} 条，采用率 {percent(total.adoption_rate)}"
        + (f"；其中{above}" if above else "")
        + (f"。另有 {total.undecided} 条待处理。" if total.undecided else "。")
    )


def _charts(view: View, found: Statistics) -> Iterator[Chart]:
    kinds = [(kind, s, a) for kind, (s, a) in found.by_kind.items()]
    kinds.sort(key=lambda row: (-row[1], row[0]))
    if kinds:
        svg = charts.bars(
            f"{found.period.label}信息类型结构",
            [(kind, s) for kind, s, _ in kinds],
            name="c-kinds",
            second=[a for _, _, a in kinds],
            legend=("报送", "采用"),
        )
        yield "类型结构", "kinds", svg, ["类型", "报送", "采用"], [[kind, s, a] for kind, s, a in kinds]
    levels = [(view.office.level, found.totals.adopted), *found.totals.adopted_above.items()]
    svg = charts.bars(f"{found.period.label}各层级采用", levels, name="c-levels")
    yield "层级采用", "levels", svg, ["层级", "条次"], [[level, count] for level, count in levels]
    ranked = sorted((f for f in found.units if f.quota.count), key=lambda f: -(f.completion or 0))
    if ranked:
        rows = [(f.name, f.submitted) for f in ranked]
        svg = charts.bars(
            f"{found.period.label}完成情况",
            rows,
            name="c-quota",
            second=[f.quota.count or 0 for f in ranked],
            legend=("报送", "任务数"),
        )
        table = [[f.name, f.submitted, number(f.quota.count), percent(f.completion)] for f in ranked]
        yield "完成情况", "completion", svg, ["单位", "报送", "任务数", "完成率"], table


def _shown(view: View, definition: str) -> bool:
    return definition not in _HIDDEN or view.shows(_HIDDEN[definition])
