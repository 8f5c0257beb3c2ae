"""The figures of a unit in a period, and of all units together: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.period import Period
from zhibao.model.policy.formulas import Completion

RATIO = Decimal("0.0001")


def ratio(part: Decimal | int, whole: Decimal | int | None) -> Decimal | None:
    """`part` ÷ `whole` to four places, half up; None where there is nothing to divide by."""
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(RATIO, ROUND_HALF_UP)


def average(points: Decimal, items: int) -> Decimal | None:
    """Points for each adopted item, to two places, half up; None where there are none."""
    return (points / items).quantize(Decimal("0.01"), ROUND_HALF_UP) if items else None


@dataclass(frozen=True, slots=True)
class QuotaShare:
    """The part of the year's quota (任务数) that falls to a period; None where that quota is not set."""

    count: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit in one period. Rates are ratios (0.8333), points have two places, counts are the lead unit's.

    `quality` is the mean 质量分 as the rules take it, `average` points for each adopted item; `rank` is within the group; changes are against the
    period before, and `change_rank` is positive where the unit rose. `by_kind` maps a kind to (submitted,
    adopted), `adopted_above` a level to 条次, `reasons` a code to the items refused, held or filed for it.
    """

    unit: str
    name: str
    group: str
    quota: QuotaShare = QuotaShare()
    submitted: int = 0
    undecided: int = 0
    adopted: int = 0
    completion: Decimal | None = None
    adoption_rate: Decimal | None = None
    cohort_rate: Decimal | None = None
    sent_up: int = 0
    adopted_above: Mapping[str, int] = field(default_factory=dict)
    instructions: int = 0
    commissions_done: int = 0
    commissions_due: int = 0
    quality: Decimal | None = None
    points: Decimal = Decimal(0)
    average: Decimal | None = None
    rank: int | None = None
    change_points: Decimal = Decimal(0)
    change_rank: int | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def done(self, completion: Completion) -> Decimal | int:
        """What a formula of the completion rate divides by the quota."""
        if completion is Completion.POINTS:
            return self.points
        return self.adopted if completion is Completion.ADOPTED else self.submitted

    def owed(self, completion: Completion) -> Decimal | None:
        """The quota that it divides by; None where there is none."""
        return self.quota.points if completion is Completion.POINTS else self.quota.count


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures of a period. `groups` holds each group's units by rank, then in the order of the registry.

    `office` are the office's own items, which stand apart; `totals` sums the units without them: its
    points and the office's are the sum of all lines of the period. `by_kind` (submitted, adopted) and `by_level` (条次) are
    the totals' structure. `definitions` are (name, formula) in Chinese, to be printed beside the numbers.
    """

    period: Period
    groups: tuple[tuple[str, tuple[UnitFigures, ...]], ...]
    office: UnitFigures
    totals: UnitFigures
    zero_reports: tuple[str, ...]
    zero_adoptions: tuple[str, ...]
    by_kind: Mapping[str, tuple[int, int]]
    by_level: Mapping[str, int]
    definitions: tuple[tuple[str, str], ...]

    @property
    def units(self) -> tuple[UnitFigures, ...]:
        """Every unit's figures, group by group."""
        return tuple(figures for _, members in self.groups for figures in members)

    def unit(self, id_: str) -> UnitFigures | None:
        """One unit's figures, the office's included; None where it did not exist in the period."""
        return next((figures for figures in (*self.units, self.office) if figures.unit == id_), None)
