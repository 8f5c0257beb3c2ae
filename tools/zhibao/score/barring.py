"""What bars a unit from the annual awards, or makes its year nothing: conditions of the policy held against a year's facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.policy.owing import Bar
from zhibao.score.commissions import Answer, commissions
from zhibao.score.figures import UnitFigures
from zhibao.score.wording import number, percentage


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Of one unit: the titles of commissions late and missed, what was found against it, the quarters that it reported nothing in."""

    figures: UnitFigures
    late: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    findings: tuple[tuple[str, date], ...] = ()
    silent: tuple[Period, ...] = ()


def facts(
    county: County,
    period: Period,
    members: Sequence[UnitFigures],
    silent: Sequence[tuple[Period, str]],
    until: date,
) -> dict[str, YearFacts]:
    """The facts of a year by unit, up to a day. `silent` are the quarters that are over with the units that reported nothing."""
    asked = [one for one in commissions(county, min(period.end, until)) if one.call.due in period]
    found = [
        one for _, one in sorted(county.registry.adjustments.items()) if one.counts and one.date in period
    ]
    return {
        figures.unit: YearFacts(
            figures,
            tuple(a.call.title for a in asked if a.unit == figures.unit and a.answer is Answer.LATE),
            tuple(a.call.title for a in asked if a.unit == figures.unit and a.answer is Answer.MISSED),
            tuple((one.finding, one.date) for one in found if one.unit == figures.unit and one.finding),
            tuple(quarter for quarter, unit in silent if unit == figures.unit),
        )
        for figures in members
    }


def held(bars: Sequence[Bar], known: YearFacts, *, over: bool) -> tuple[str, ...]:
    """The conditions that hold, each told by its facts. Before the year is over only those that no later report can mend."""
    return tuple(
        "；".join(told) for bar in bars if (over or not _may_mend(bar)) and (told := _all(bar, known))
    )


def _may_mend(bar: Bar) -> bool:
    return bar.completion_under is not None or bar.adoption_rate_under is not None


def _all(bar: Bar, known: YearFacts) -> list[str]:
    """What tells that everything holds that the condition names; empty where something does not."""
    told = list(_each(bar, known))
    return [] if None in told else [words for words in told if words]


def _each(bar: Bar, known: YearFacts) -> Iterator[str | None]:
    """For each part of a condition its facts, None where it does not hold."""
    if bar.late is not None:
        yield _counted("约稿迟报", known.late, bar.late)
    if bar.missed is not None:
        yield _counted("约稿没有报", known.missed, bar.missed)
    if bar.finding:
        found = [f"{day} 认定{name}" for name, day in known.findings if name in bar.finding]
        yield "、".join(found) or None
    if bar.completion_under is not None:
        rate = known.figures.completion
        low = rate is not None and rate * 100 < bar.completion_under
        yield (
            f"完成率 {percentage(rate)}，低于 {number(bar.completion_under)}%"
            if rate is not None and low
            else None
        )
    if bar.adoption_rate_under is not None:
        rate = known.figures.adoption_rate
        low = rate is not None and rate * 100 < bar.adoption_rate_under
        yield (
            f"采用率 {percentage(rate)}，低于 {number(bar.adoption_rate_under)}%"
            if rate is not None and low
            else None
        )
    if bar.zero_quarters is not None:
        names = "、".join(quarter.label for quarter in known.silent)
        yield f"{names}零报送" if len(known.silent) >= bar.zero_quarters else None


def _counted(what: str, titles: Sequence[str], least: int) -> str | None:
    names = "、".join(f"“{title}”" for title in titles)
    return f"{what} {len(titles)} 次（{names}），满 {least} 次" if len(titles) >= least else None
