"""考核: a year of every unit, by group: points with their trail by quarter, rank, award, and what bars it.

A year that the policy makes nothing has one more line (全年计零分), so that its points stay a sum of lines. The quarters keep what they were,
and so do the statistics of the year, which only count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.policy.formulas import RankedBy
from zhibao.model.rules import Rules
from zhibao.score.barring import YearFacts, facts, held
from zhibao.score.closing import carried_from
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.line import ADJUSTMENT, CARRIED, ZEROED, Line, plain_line
from zhibao.score.ranking import ranks
from zhibao.score.statistics import exists_in
from zhibao.score.wording import number

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuarterPoints:
    """A unit's points in one quarter: as published where it is closed. `within` names the adjustments in it, with their points."""

    period: Period
    points: Decimal
    closed: bool
    within: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit's year. `figures` are the year's, points and rank as assessed: the sum of `trail` and, where there is one, of `zero`.

    `barred` and `zeroed` tell the conditions that hold, by their facts; `award` is False until the year is over.
    """

    figures: UnitFigures
    trail: tuple[QuarterPoints, ...]
    zero: Line | None = None
    barred: tuple[str, ...] = ()
    zeroed: tuple[str, ...] = ()
    award: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """A year. `until` is the day up to which it was looked at; `over` says if the year was over by then."""

    period: Period
    until: date
    over: bool
    rules: Rules
    groups: tuple[tuple[str, tuple[UnitYear, ...]], ...]

    @property
    def units(self) -> tuple[UnitYear, ...]:
        """Every unit, group by group."""
        return tuple(unit for _, members in self.groups for unit in members)

    def unit(self, id_: str) -> UnitYear | None:
        """One unit's year; None where it did not exist."""
        return next((unit for unit in self.units if unit.figures.unit == id_), None)


def assessment(
    county: County,
    period: Period,
    figures: Callable[[Period], Statistics],
    lines: Sequence[Line],
    until: date | None = None,
) -> Assessment:
    """The assessment of a year. `figures` gives the statistics of the year and of its quarters, `lines` is the ledger.

    It is looked at up to a day: where none is given, up to the day before the county's clock.
    """
    registry = county.registry
    until = until or county.now.date() - timedelta(days=1)
    over, year, rules = until >= period.end, figures(period), registry.rules_on(period.end)
    quarters = [quarter for quarter in period.quarters() if quarter.start <= until]
    silent = [(q, unit) for q in quarters if q.end <= until for unit in figures(q).zero_reports]
    known = facts(county, period, year.units, silent, until)
    own = [line for line in lines if line.date in period]
    found = [
        (group, [_year(known[one.unit], own, quarters, county, rules, over=over) for one in members])
        for group, members in year.groups
    ]
    there = {unit.id for unit in registry.units if exists_in(unit, period)}
    groups = tuple((group, tuple(_ranked(members, there, rules, over=over))) for group, members in found)
    return Assessment(period, min(until, period.end), over, rules, groups)


def _year(
    known: YearFacts,
    lines: Sequence[Line],
    quarters: Sequence[Period],
    county: County,
    rules: Rules,
    *,
    over: bool,
) -> UnitYear:
    figures = known.figures
    own = [line for line in lines if line.unit == figures.unit]
    trail = tuple(_quarter(quarter, own, closed=quarter in county.registry.closed) for quarter in quarters)
    zeroed = held(rules.awards.zeroed, known, over=over)
    barred = held(rules.awards.barred, known, over=over)
    if not (over and zeroed and figures.points > 0):  # less than nothing is not made more
        return UnitYear(figures, trail, None, barred, zeroed)
    day = quarters[-1].end
    why = f"{'；'.join(zeroed)}，全年计零分，原计 {number(figures.points)} 分"
    zero = plain_line(day, figures.unit, ZEROED, -figures.points, why, f"zeroed/{day.year}")
    nothing = replace(
        figures, points=figures.points + zero.points, average=_ZERO if figures.adopted else None
    )
    return UnitYear(nothing, trail, zero, barred, zeroed)


def _quarter(quarter: Period, lines: Sequence[Line], *, closed: bool) -> QuarterPoints:
    inside = [line for line in lines if line.date in quarter]
    within: dict[str, Decimal] = {}
    for line in inside:
        if line.rule in (CARRIED, ADJUSTMENT):
            name = f"补{Period.parse(carried_from(line)).label}" if line.rule == CARRIED else ADJUSTMENT
            within[name] = within.get(name, _ZERO) + line.points
    points = sum((line.points for line in inside), _ZERO)
    return QuarterPoints(quarter, points, closed, tuple(within.items()))


def _ranked(
    members: Sequence[UnitYear], there: Collection[str], rules: Rules, *, over: bool
) -> list[UnitYear]:
    """A group with its ranks (of the units that were `there`) and awards, the ranked first. An award that is barred goes to nobody."""
    merits = {one.figures.unit: _merit(one.figures, rules) for one in members if one.figures.unit in there}
    places, shown = ranks(merits, None), ranks(merits, rules.ranked)
    found = [
        replace(
            one,
            figures=replace(one.figures, rank=shown.get(one.figures.unit)),
            award=over
            and not one.barred
            and not one.zeroed
            and one.figures.points > 0
            and places.get(one.figures.unit, rules.awards.first + 1) <= rules.awards.first,
        )
        for one in members
    ]
    return sorted(found, key=lambda one: (one.figures.rank is None, one.figures.rank or 0))


def _merit(figures: UnitFigures, rules: Rules) -> Decimal:
    return (figures.average or _ZERO) if rules.ranked_by is RankedBy.AVERAGE else figures.points
