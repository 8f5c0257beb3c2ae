"""A period under other rules beside today's: points, ranks, who gains and loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.rules import Rules
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.ledger import computed
from zhibao.score.statistics import statistics


@dataclass(frozen=True, slots=True)
class Supposed:
    """One unit under both; a rank is None where there is none."""

    now: UnitFigures
    then: UnitFigures

    @property
    def difference(self) -> Decimal:
        """Points gained under the other rules."""
        return self.then.points - self.now.points

    @property
    def moved(self) -> int | None:
        """Places gained; None where one of the ranks is missing."""
        if self.now.rank is None or self.then.rank is None:
            return None
        return self.now.rank - self.then.rank


@dataclass(frozen=True)
class Supposition:
    """A period under the rules in force and under others, unit by unit in today's order."""

    now: Statistics
    then: Statistics
    units: tuple[Supposed, ...]


def supposing(
    county: County, rules: Rules, period: Period, qualities: Mapping[str, Decimal] | None = None
) -> Supposition:
    """The period as if these rules had been in force throughout, whatever their own dates; nothing of it is closed."""
    registry = replace(county.registry, rules=(rules,), closed={})
    supposed = replace(county, registry=registry)
    open_now = replace(county, registry=replace(county.registry, closed={}))
    now = statistics(open_now, period, qualities, computed(open_now))
    then = statistics(supposed, period, qualities, computed(supposed))
    by_unit = {figures.unit: figures for figures in then.units}
    return Supposition(
        now,
        then,
        tuple(Supposed(figures, by_unit[figures.unit]) for figures in now.units if figures.unit in by_unit),
    )
