"""The charts of the pages: for each a question, its answer in a sentence, the picture, and the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.policy.formulas import Completion
from zhibao.publish.charts import Bar, Legend, bars, columns
from zhibao.publish.render import number
from zhibao.score.delays import Delays
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.wording import percent

DONE = {
    Completion.SUBMITTED: ("报送", "任务数"),
    Completion.ADOPTED: ("采用", "任务数"),
    Completion.POINTS: ("得分", "任务分数"),
}
"""What the bars of completion are, and their marks, by the formula of the rules."""
UNDONE = "没有完成"
LAST_DAYS = ((6, 10, "6–10"), (11, None, "11以上"))
"""Working days that are shown together."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `words` answer what it asks; `head` and `rows` are the table, the first cell of a row its name."""

    name: str
    heading: str
    words: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def completion(found: Statistics, by: Completion, until: date) -> Chart | None:
    """Who fulfilled the quota, and who did not? The least first: those are to be spoken with. `until` is the newest day."""
    owing = [one for one in found.units if one.owed(by)]
    if not owing:
        return None
    owing.sort(key=lambda one: (one.completion or 0, one.name))
    done = sum(not _lacks(one, by) for one in owing)
    silent = sum(not one.submitted for one in owing)
    undone = UNDONE if found.period.end <= until else f"还{UNDONE}"
    words = f"有任务的 {len(owing)} 个单位，完成的 {done} 个，{undone}的 {len(owing) - done} 个"
    words += f"；没有报送的 {silent} 个。" if silent else "。"
    what, quota = DONE[by]
    rows = [Bar(one.name, one.done(by), one.owed(by), hot=_lacks(one, by)) for one in owing]
    table = [(one.name, number(one.done(by)), number(one.owed(by)), percent(one.completion)) for one in owing]
    svg = bars(
        f"{found.period.label}各单位{what}与{quota}", rows, Legend(what, quota, undone), name="c-quota"
    )
    return Chart("completion", "完成情况", words, svg, ("单位", what, quota, "完成率"), tuple(table))


def kinds(figures: UnitFigures, label: str) -> Chart | None:
    """What is reported, and how much of it is adopted?"""
    ordered = sorted(figures.by_kind.items(), key=lambda pair: (-pair[1][0], -pair[1][1]))
    if not ordered:
        return None
    total, (first, (most, _)) = sum(s for _, (s, _) in ordered), ordered[0]
    never = [kind for kind, (s, a) in ordered if s and not a]
    words = f"报送最多的是{first}，{most} 条，占 {most / total:.0%}" if total else "只有以前报送、这时采用的"
    words += f"；{'、'.join(never)}报了没有采用。" if never else "。"
    rows = [Bar(kind, a, s) for kind, (s, a) in ordered]
    svg = bars(f"{label}信息类型：采用与报送", rows, Legend("采用", "报送"), name="c-kinds")
    return Chart(
        "kinds", "类型结构", words, svg, ("类型", "报送", "采用"), tuple((k, s, a) for k, (s, a) in ordered)
    )


def levels(figures: UnitFigures, office: Office, label: str) -> Chart | None:
    """How far up does it get?"""
    rows = [(office.level, figures.adopted), *figures.adopted_above.items()]
    if not any(count for _, count in rows):
        return None
    above = sum(figures.adopted_above.values())
    words = (
        f"{office.level}级采用 {figures.adopted} 条，上级采用 {above} 条次。" if above else "还没有上级采用。"
    )
    svg = bars(
        f"{label}各层级采用",
        [Bar(level, count) for level, count in rows],
        Legend("采用"),
        name="c-levels",
    )
    return Chart("levels", "层级采用", words, svg, ("层级", "条次"), tuple(rows))


def quarters(trail: Sequence[tuple[Period, UnitFigures]], label: str, *, points: bool) -> Chart | None:
    """Is the work spread over the year, or done in a rush? By points where they are shown, else by items adopted."""
    if not any(one.points or one.submitted or one.adopted for _, one in trail):
        return None
    what = "得分" if points else "采用"
    rows = [Bar(period.label[5:], one.points if points else one.adopted) for period, one in trail]
    best = max(zip(rows, trail, strict=True), key=lambda pair: pair[0].value)[0]
    words = f"{best.label}最多，{what} {number(best.value)}。"
    head = ("季度", "报送", "采用", *(["得分"] if points else []))
    table = [
        (period.label[5:], one.submitted, one.adopted, *([number(one.points)] if points else []))
        for period, one in trail
    ]
    svg = columns(f"{label}各季度{what}", rows, Legend(what), name="c-quarters")
    return Chart("quarters", f"各季度{what}", words, svg, head, tuple(table))


def fulfilment(
    trail: Sequence[tuple[Period, UnitFigures]], label: str, by: Completion, until: date
) -> Chart | None:
    """Did one unit fulfil its quota, quarter by quarter? A quarter that is not over lacks nothing yet."""
    if not any(one.owed(by) for _, one in trail):
        return None
    what, quota = DONE[by]
    rows = [
        Bar(period.label[5:], one.done(by), one.owed(by) or 0, hot=period.end <= until and _lacks(one, by))
        for period, one in trail
    ]
    over = [one for period, one in trail if period.end <= until]
    done = sum(not _lacks(one, by) for one in over)
    words = f"已过的 {len(over)} 个季度里，{done} 个完成了任务。" if over else "第一个季度还没有过完。"
    table = [
        (period.label[5:], number(one.done(by)), number(one.owed(by)), percent(one.completion))
        for period, one in trail
    ]
    svg = columns(f"{label}各季度{what}与{quota}", rows, Legend(what, quota, UNDONE), name="c-fulfilment")
    return Chart("fulfilment", "完成情况", words, svg, ("季度", what, quota, "完成率"), tuple(table))


def timeliness(found: Delays, label: str, *, closed: bool = False) -> Chart | None:
    """How long does it take from the event to its arrival, and how much comes too late?"""
    if not found.known:
        return None
    rows = _by_days(found)
    words = f"写明发生日期的 {found.known} 条，从发生到报送中位数 {number(found.median)} 个工作日"
    late = found.late_share
    words += f"，超过本类型时限的占 {percent(late)}。" if late else "，没有超过时限的。"
    words += f"另有 {found.unknown} 条没有写发生日期。" if found.unknown else ""
    words += "时效不在封存的数字里，按现在的数据算。" if closed else ""
    svg = columns(f"{label}从发生到报送的工作日", rows, Legend("报送", hot="其中迟报"), name="c-days")
    table = tuple((row.label, row.value, row.heat) for row in rows)
    return Chart("timeliness", "时效", words, svg, ("工作日", "报送", "其中迟报"), table)


def _lacks(figures: UnitFigures, by: Completion) -> bool:
    return figures.done(by) < (figures.owed(by) or 0)


def _by_days(found: Delays) -> list[Bar]:
    """A bar for each number of working days up to the longest; the long ones together."""
    longest = max(found.days)
    spans = [(day, day, str(day)) for day in range(min(longest + 1, LAST_DAYS[0][0]))]
    spans += [
        (first, longest if last is None else last, label)
        for first, last, label in LAST_DAYS
        if first <= longest
    ]
    return [
        Bar(
            label,
            sum(n for day, n in found.days.items() if first <= day <= last),
            hot=sum(n for day, n in found.late.items() if first <= day <= last),
        )
        for first, last, label in spans
    ]
