"""任务数 of a period: the year's quota by months."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.period import Period
from zhibao.model.units import Quota, Unit
from zhibao.score.figures import QuotaShare
from zhibao.score.shares import CENT


def quota_in(unit: Unit, period: Period) -> QuotaShare:
    """The year's quota by months: each on whose last day the unit exists brings a twelfth of it."""
    count = points = None
    for month in range(period.month, period.month + period.months):
        last = Period(period.year, month, 1).end
        quota = _quota_on(unit, last) if unit.exists_on(last) else None
        if quota and quota.count is not None:
            count = (count or Decimal(0)) + quota.count
        if quota and quota.points is not None:
            points = (points or Decimal(0)) + quota.points
    return QuotaShare(_twelfth(count), _twelfth(points))


def _quota_on(unit: Unit, day: date) -> Quota | None:
    """The quota in force; before the first one there was none, whatever the timeline says of names."""
    if unit.quota is None or unit.quota.root[0].since > day:
        return None
    return unit.quota.on(day)


def _twelfth(sum_of_months: Decimal | None) -> Decimal | None:
    return None if sum_of_months is None else (sum_of_months / 12).quantize(CENT, ROUND_HALF_UP)
