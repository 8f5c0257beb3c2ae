"""统计: a page for each quarter and each year, with charts, tables and the definitions beside the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhibao.model.edition import Edition, Shown
from zhibao.model.period import Period
from zhibao.publish import charting
from zhibao.publish.charting import Chart
from zhibao.publish.lines import ShownLine
from zhibao.publish.page import Page
from zhibao.publish.pages.places import item_uri
from zhibao.publish.render import number, page
from zhibao.publish.view import View
from zhibao.score import assessment_words
from zhibao.score.figures import Statistics
from zhibao.score.responses import Waits
from zhibao.score.wording import percent

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
    year = period.months == 12
    return page(
        view,
        "statistics",
        uri,
        title,
        description=_opening(view, found),
        searched=None
        if uri == "statistics/index"
        else f"统计 名次 完成率 采用率{' 考核 评先' if year else ''}",
        found=found,
        above=view.office.levels[1:],
        opening=_opening(view, found),
        closed=view.registry.closed.get(period),
        is_over=period.end <= view.as_of,
        matters=[one for one in view.matters if one.day in period],
        adjustments=_adjustments(view, period),
        answers=_answers(view, period) if not year and view.edition is not Edition.OPEN else None,
        assessed=view.assessment(period) if year and view.shows(Shown.POINTS) else None,
        quarters=period.quarters(),
        words=assessment_words,
        charts=[chart for chart in _charts(view, found) if chart],
        definitions=[(name, words) for name, words in found.definitions if _shown(view, name)],
        data_root="../",
        uri_of=item_uri,
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """How long the office took to answer: the sentence, the limit in working days, and the rows of the table."""

    words: str
    limit: int
    rows: tuple[tuple[str, Waits], ...]


def _answers(view: View, period: Period) -> Answers | None:
    """The waits of what arrived in a quarter; in the newest one those of everything that is undecided too."""
    found, limit = view.responses(period), view.office.answer
    if not (found.decided.count or found.undecided.count):
        return None
    decided, waiting = found.decided, found.undecided
    words = f"{period.label}各单位报来的信息，作出决定的 {decided.count} 条"
    if decided.count:
        words += f"，从报来到决定中位数 {number(decided.median)} 个工作日，最长 {decided.longest} 个，"
        words += f"{limit} 个工作日以内的占 {percent(decided.share_within(limit))}"
    words += f"；还没有决定的 {waiting.count} 条" if waiting.count else "；都已经决定。"
    words += f"，等得最久的已经 {waiting.longest} 个工作日（截至 {view.as_of}）。" if waiting.count else ""
    rows = [("从报来到第一句话", found.first), ("从报来到决定", decided), ("还没有决定，已经等了", waiting)]
    if view.as_of in period and found.queue.count > waiting.count:
        rows.append(("连同以前报的，还没有决定", found.queue))
    return Answers(words, limit, tuple(rows))


def _adjustments(view: View, period: Period) -> list[ShownLine]:
    """What later data did to closed quarters: to this one, or in this one to earlier ones; both pages name it."""
    if not view.shows(Shown.POINTS):
        return []
    return [line for line in view.lines if line.about and str(period) in (line.about, line.period)]


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


def _charts(view: View, found: Statistics) -> Iterator[Chart | None]:
    period = found.period
    if period.months == 12:
        trail = [(q, view.statistics(q).totals) for q in period.quarters() if q in view.periods]
        yield charting.quarters(trail, period.label, points=view.shows(Shown.POINTS))
    yield charting.completion(found, view.registry.rules_on(period.end).completion, view.as_of)
    yield charting.kinds(found.totals, period.label)
    yield charting.levels(found.totals, view.office, period.label)
    yield charting.timeliness(view.delays(period), period.label, closed=period in view.registry.closed)


def _shown(view: View, definition: str) -> bool:
    return definition not in _HIDDEN or view.shows(_HIDDEN[definition])
