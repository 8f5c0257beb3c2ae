"""质量分 (0 to 100): what can be read off an item, and the editors' marks. Advice, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.county import County, Item
from zhibao.model.resemblance import Resemblance
from zhibao.score.readable import Reading, readings
from zhibao.score.shares import CENT, apportion

BEST_MARK = 5
"""The highest mark an editor gives."""

_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the 质量分: `points` of `max`, both to two places, and why, in Chinese."""

    name: str
    points: Decimal
    max: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The 质量分, 0 to 100 to two places: the sum of its parts' points. `note` says if marks are missing."""

    points: Decimal
    parts: tuple[Part, ...]
    note: str = ""


def quality(item: Item, county: County, resemblances: Sequence[Resemblance]) -> Quality:
    """The 质量分 of one item by the rules in force on the day it was submitted.

    `resemblances` are the items that share passages with it, in any order; only earlier ones cost points.
    Where marks of the rules have not been given, the other parts are scaled to 100 together, and the note says so.
    """
    rules = county.registry.rules_on(item.submitted_on).quality
    found = [*readings(item, county, resemblances), *_marks(item, county)]
    wanted = sum(rules.weights.model_dump().values()) + sum(rules.marks.values())
    weight = sum(reading.weight for reading in found)
    if not weight:
        nothing = Part("编辑评分", Decimal(0), Decimal(0), "质量分全看编辑评分，编辑还没有评")
        return Quality(Decimal(0), (nothing,))
    note = "" if weight == wanted else _scaled_note(item, county, weight)
    limits = apportion(_FULL, [Decimal(reading.weight) for reading in found], CENT)
    parts = tuple(
        Part(
            reading.name,
            (limit * reading.degree).quantize(CENT, ROUND_HALF_UP),
            limit,
            reading.why,
        )
        for reading, limit in zip(found, limits, strict=True)
    )
    return Quality(sum((part.points for part in parts), Decimal(0)), parts, note)


def _marks(item: Item, county: County) -> Iterator[Reading]:
    """The editors' marks that count by the rules, in the rules' order."""
    given = item.submission.review.quality
    labels = county.registry.office.marks
    for mark, weight in county.registry.rules_on(item.submitted_on).quality.marks.items():
        if weight and mark in given:
            why = f"编辑评 {given[mark]} 分，满分 {BEST_MARK} 分"
            yield Reading(labels.get(mark, mark), weight, Decimal(given[mark]) / BEST_MARK, why)


def _scaled_note(item: Item, county: County, weight: int) -> str:
    marks = county.registry.rules_on(item.submitted_on).quality.marks
    lack = "编辑评分不全" if item.submission.review.quality.keys() & marks.keys() else "没有编辑评分"
    return f"{lack}，其余各项合计 {weight} 分，折算成 100 分"
