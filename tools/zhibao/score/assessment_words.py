"""The annual assessment in sentences: the same on the page, in the document and at the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from zhibao.score.assessment import Assessment, UnitYear
from zhibao.score.wording import number


def opening(found: Assessment) -> str:
    """By which rules, up to which day, and whether awards are given."""
    by = f"按《{found.rules.title}》考核，各季度得分之和为全年得分，已通报的季度按通报的数。"
    if not found.over:
        day = f"{found.until.year}年{found.until.month}月{found.until.day}日"
        return f"{by}到{day}为止，全年还没有完，不评先进。"
    if not found.rules.awards.first:
        return f"{by}办法没有规定评先。"
    return f"{by}各类别前 {found.rules.awards.first} 名评为先进；不能评先的，名额不递补。"


def awards(found: Assessment) -> Iterator[tuple[str, str]]:
    """Group by group, the units that have an award; none before the year is over."""
    for group, members in found.groups:
        names = "、".join(one.figures.name for one in members if one.award)
        if names:
            yield group, names


def bars(found: Assessment) -> Iterator[tuple[str, str]]:
    """The units that are barred, or whose year is nothing, and why."""
    for one in found.units:
        yield from ((one.figures.name, words) for words in bars_of(one))


def bars_of(one: UnitYear) -> Iterator[str]:
    """Why one unit is barred, or its year is nothing."""
    if one.zero:
        yield one.zero.why
    elif one.zeroed:
        yield f"{'；'.join(one.zeroed)}，全年计零分"
    yield from (f"{words}，不能评先" for words in one.barred)


def adjustments(found: Assessment) -> Iterator[tuple[str, str]]:
    """What the quarters' points hold that is no work of the quarter: later changes to closed quarters, and signed adjustments."""
    for one in found.units:
        for quarter in one.trail:
            for name, points in quarter.within:
                sign = "+" if points > 0 else ""
                yield one.figures.name, f"{quarter.period.label}含{name} {sign}{number(points)} 分"


def standing(one: UnitYear) -> str:
    """One unit in a word: 先进, 不能评先, 计零分; empty for the others."""
    if one.zeroed:
        return "计零分"
    return "先进" if one.award else "不能评先" if one.barred else ""
