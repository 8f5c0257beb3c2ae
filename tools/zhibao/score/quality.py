"""质量分 (0–100): what can be read off an item, and the editors' marks, by the weights of the rules. Advice, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model import reading
from zhibao.model.county import County, Item
from zhibao.model.resemblance import Resemblance
from zhibao.model.rules import QualityRules, Rules
from zhibao.score.shares import CENT

BEST_MARK = 5
ENOUGH_FIGURES = 4
"""Figures with a unit from which the part 数据 is full."""
NEUTRAL = Decimal("0.6")
"""The part of a maximum that is given where an item says nothing either way."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: points out of `max`, and why."""

    name: str
    points: Decimal
    max: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The score of one item, 0 to 100 with two places, and its parts; their points sum to it."""

    points: Decimal
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    item: Item
    county: County
    resemblances: Sequence[Resemblance]

    @property
    def rules(self) -> Rules:
        return self.county.registry.rules_on(self.item.submitted_on)


def quality(item: Item, county: County, resemblances: Sequence[Resemblance]) -> Quality:
    """The 质量分 of an item under the rules of the day it was submitted.

    Marks that no editor gave leave their weight to the other parts: what was read is scaled to 100, and the parts say so.
    """
    seen = _Seen(item, county, resemblances)
    rules = seen.rules.quality
    read = [part for part in _read(seen) if part.max]
    marks = list(_marks(seen, rules))
    possible = sum((part.max for part in (*read, *marks)), Decimal(0))
    parts = (*read, *marks)
    if possible and possible != 100:
        parts = tuple(_scaled(part, Decimal(100) / possible) for part in parts)
    return Quality(sum((part.points for part in parts), Decimal(0)), parts)


def _read(seen: _Seen) -> Iterator[Part]:
    weights = seen.rules.quality.weights
    yield _timeliness(seen, weights.timeliness)
    yield _elements(seen, weights.elements)
    yield _length(seen, weights.length)
    yield _single(seen, weights.single)
    yield _figures(seen, weights.figures)
    yield _call(seen, weights.call)
    yield _novelty(seen, weights.novelty)


def _timeliness(seen: _Seen, weight: int) -> Part:
    submission, rule = seen.item.submission, seen.rules.quality.timeliness
    if submission.happened is None:
        return _part("时效", weight, NEUTRAL, "没有写发生日期，按中等计")
    limit = rule.kinds.get(submission.kind, rule.days)
    days = seen.county.registry.calendar.working_days(submission.happened, seen.item.submitted_on)
    late = max(0, days - limit)
    ratio = max(Decimal(0), 1 - Decimal(late) / 4)
    when = "当天" if days == 0 else f"{days} 个工作日后"
    over = f"，超过时限（{limit} 个工作日）{late} 天" if late else f"，在时限（{limit} 个工作日）之内"
    return _part("时效", weight, ratio, f"事情发生后{when}报送{over}")


def _elements(seen: _Seen, weight: int) -> Part:
    office, submission = seen.county.registry.office, seen.item.submission
    kind = office.kind(submission.kind)
    if kind is None or not kind.elements:
        return _part("要素", weight, NEUTRAL, "这一类型没有规定要素，按中等计")
    missing = reading.missing_elements(submission.title, seen.item.body, kind, office)
    ratio = 1 - Decimal(len(missing)) / len(kind.elements)
    found = f"应有{'、'.join(kind.elements)}"
    return _part("要素", weight, ratio, f"{found}；没有看到{'、'.join(missing)}" if missing else f"{found}，都有")


def _length(seen: _Seen, weight: int) -> Part:
    kind = seen.county.registry.office.kind(seen.item.submission.kind)
    count = reading.length(seen.item.body)
    if kind is None:
        return _part("篇幅", weight, NEUTRAL, f"{count} 字")
    low, high = kind.length
    off = max(low - count, count - high, 0)
    ratio = max(Decimal(0), 1 - Decimal(off) / max(1, low if count < low else high))
    return _part("篇幅", weight, ratio, f"{count} 字，“{kind.name}”宜 {low} 至 {high} 字")


def _single(seen: _Seen, weight: int) -> Part:
    matters = reading.matters(seen.item.submission.title, seen.item.body)
    why = "一事一报" if matters <= 1 else f"像是写了 {matters} 件事"
    return _part("一事", weight, Decimal(1) / max(1, matters), why)


def _figures(seen: _Seen, weight: int) -> Part:
    count = reading.figures(seen.item.body)
    ratio = min(Decimal(1), Decimal(count) / ENOUGH_FIGURES)
    return _part("数据", weight, ratio, f"有单位的数字 {count} 处，{ENOUGH_FIGURES} 处为满分")


def _call(seen: _Seen, weight: int) -> Part:
    submission = seen.item.submission
    call = seen.county.registry.call_by_id.get(submission.call or "")
    if call is None:
        return _part("要点", weight, NEUTRAL, "没有对应的报送要点，按中等计")
    if call.is_open_on(seen.item.submitted_on):
        return _part("要点", weight, Decimal(1), f"按时回应“{call.title}”")
    return _part("要点", weight, NEUTRAL, f"回应“{call.title}”，但不在期限之内")


def _novelty(seen: _Seen, weight: int) -> Part:
    own = {seen.item.submission.resubmits, *(source.id for source in seen.item.submission.sources)}
    others = [match for match in seen.resemblances if match.id not in own]
    if not others:
        return _part("新颖", weight, Decimal(1), "没有发现与以往信息雷同")
    most = others[0]
    percent = round(most.share * 100)
    return _part("新颖", weight, 1 - Decimal(str(most.share)), f"与 {most.id} 有 {percent}% 相同")


def _marks(seen: _Seen, rules: QualityRules) -> Iterator[Part]:
    given = seen.item.submission.review.quality
    labels = seen.county.registry.office.marks
    for mark, weight in rules.marks.items():
        if mark in given and weight:
            ratio = Decimal(given[mark]) / BEST_MARK
            yield _part(labels.get(mark, mark), weight, ratio, f"编辑评 {given[mark]} 分（满分 {BEST_MARK}）")


def _part(name: str, weight: int, ratio: Decimal, why: str) -> Part:
    points = (weight * ratio).quantize(CENT, ROUND_HALF_UP)
    return Part(name, points, Decimal(weight), why)


def _scaled(part: Part, factor: Decimal) -> Part:
    points = (part.points * factor).quantize(CENT, ROUND_HALF_UP)
    most = (part.max * factor).quantize(CENT, ROUND_HALF_UP)
    return Part(part.name, min(points, most), most, f"{part.why}（编辑没有评全，其余按比例折算）")
