"""How much of its quota a unit has fulfilled in a period, by the formula that the rules choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.policy.formulas import Completion
from zhibao.model.rules import Rules
from zhibao.model.units import Unit
from zhibao.score.counting import Counts, total
from zhibao.score.line import Line
from zhibao.score.quotas import quota_in, task_in


@dataclass(frozen=True)
class Fulfilment:
    """Counts and earned points of a county, asked unit by unit. `lines` are what items earned, without bases and penalties."""

    county: County
    counts: Counts
    lines: Iterable[Line]
    _points: dict[tuple[str, int, int], Decimal] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            month = (line.unit, line.date.year, line.date.month)
            self._points[month] = self._points.get(month, Decimal(0)) + line.points

    def of(
        self, unit: Unit, period: Period, rules: Rules, kinds: tuple[str, ...]
    ) -> tuple[Decimal | None, Decimal]:
        """What is owed and what was done; None where nothing is owed. A task of certain kinds is counted in items."""
        registry = self.county.registry
        if rules.completion is Completion.POINTS and not kinds:
            months = range(period.month, period.month + period.months)
            done = (self._points.get((unit.id, period.year, month), Decimal(0)) for month in months)
            return quota_in(unit, period, registry).points, sum(done, Decimal(0))
        table = self.counts.adopted if rules.completion is Completion.ADOPTED else self.counts.submitted
        owed = task_in(unit, period, registry, kinds) if kinds else quota_in(unit, period, registry).count
        return owed, Decimal(total(table, unit.id, period, kinds))
