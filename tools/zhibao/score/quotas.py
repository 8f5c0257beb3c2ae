"""任务数 of a period: the unit's own by year (units.yml), else what the rules give its group, by months."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.period import Period
from zhibao.model.policy.owing import QuotaRule
from zhibao.model.policy.terms import Span
from zhibao.model.registry import Registry
from zhibao.model.units import Quota, Unit
from zhibao.score.figures import QuotaShare
from zhibao.score.shares import CENT

_Measure = Callable[[QuotaRule], Decimal | int | None]


def quota_in(unit: Unit, period: Period, registry: Registry) -> QuotaShare:
    """What a unit owes in a period: each month on whose last day it exists brings its part.

    A quota of its own counts before the rules'. Of several quotas of the rules the one for just such a period counts, else a
    shorter one, summed, else a longer one in parts.
    """
    return QuotaShare(
        _of_months(unit, period, registry, lambda quota: quota.count, lambda rule: rule.count, ()),
        _of_months(unit, period, registry, lambda quota: quota.points, lambda rule: rule.points, ()),
    )


def task_in(unit: Unit, period: Period, registry: Registry, kinds: tuple[str, ...]) -> Decimal | None:
    """The items of certain kinds that a unit owes in a period by a task of the rules; None where it owes none."""
    return _of_months(unit, period, registry, lambda quota: None, lambda rule: rule.count, kinds)


def _of_months(
    unit: Unit,
    period: Period,
    registry: Registry,
    own: Callable[[Quota], Decimal | int | None],
    measure: _Measure,
    kinds: tuple[str, ...],
) -> Decimal | None:
    owed: Decimal | None = None
    for month in range(period.month, period.month + period.months):
        last = Period(period.year, month, 1).end
        part = _month(unit, last, period, registry, own, measure, kinds) if unit.exists_on(last) else None
        if part is not None:
            owed = (owed or Decimal(0)) + part
    return None if owed is None else owed.quantize(CENT, ROUND_HALF_UP)


def _month(
    unit: Unit,
    last: date,
    period: Period,
    registry: Registry,
    own: Callable[[Quota], Decimal | int | None],
    measure: _Measure,
    kinds: tuple[str, ...],
) -> Decimal | None:
    quota = _own_on(unit, last)
    if quota is not None and not kinds:
        whole = own(quota)
        return None if whole is None else Decimal(whole) / 12
    rules = _meant(unit, last, registry.rules_on(last).quota, kinds)
    fitting = [rule for rule in rules if measure(rule) is not None]
    if not fitting:
        return None
    rule = min(fitting, key=lambda one: _distance(one.per, period.months))
    return Decimal(measure(rule) or 0) / rule.per.months


def _meant(unit: Unit, day: date, rules: Iterable[QuotaRule], kinds: tuple[str, ...]) -> Iterator[QuotaRule]:
    """The quotas that are this unit's: those that name it, else its group's, else everybody's."""
    mine = [rule for rule in rules if set(rule.kinds) == set(kinds)]
    named = [rule for rule in mine if unit.id in rule.units]
    grouped = [rule for rule in mine if not rule.units and unit.group_on(day) in rule.groups]
    yield from named or grouped or [rule for rule in mine if not rule.units and not rule.groups]


def _distance(span: Span, months: int) -> tuple[int, int]:
    """Just such a span first, then shorter ones, the longest first, then longer ones."""
    if span.months == months:
        return 0, 0
    return (1, -span.months) if span.months < months else (2, span.months)


def _own_on(unit: Unit, day: date) -> Quota | None:
    """The unit's own quota in force; before the first one there was none, whatever the timeline says of names."""
    if unit.quota is None or unit.quota.root[0].since > day:
        return None
    return unit.quota.on(day)
