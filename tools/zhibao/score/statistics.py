"""Statistics of a period: sums over items and ledger lines, ranks, changes. (DESIGN.md, “Who is counted”.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.county import County
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.policy.formulas import AdoptionRate, RankedBy
from zhibao.model.units import Unit
from zhibao.score.definitions import definitions
from zhibao.score.figures import QuotaShare, Statistics, UnitFigures, average, ratio
from zhibao.score.frozen import published_figures
from zhibao.score.ledger import ledger, line_sums
from zhibao.score.line import Line
from zhibao.score.quotas import quota_in
from zhibao.score.ranking import ranks
from zhibao.score.shares import CENT
from zhibao.score.tally import Tally, tally

TOTAL = "合计"

Trail = tuple[tuple[Period, UnitFigures | None], ...]
"""A unit's figures quarter by quarter; None for a quarter in which it did not exist."""


def statistics(
    county: County,
    period: Period,
    qualities: Mapping[str, Decimal] | None = None,
    lines: Sequence[Line] | None = None,
) -> Statistics:
    """The figures of `period`. `qualities` maps item ids to 质量分; `lines` is the ledger, else made anew.

    A closed quarter is as it was published. A unit is in it that existed on any day of the period; also one that did not, but has something counted in
    it (an adoption after its end): that one is not ranked.
    """
    closed = county.registry.closed.get(period)
    if closed:
        return published_figures(closed)
    earned = ledger(county, period.before.start, period.end) if lines is None else lines
    counted = tally(county, earned, period, qualities or {})
    past = _past(county, period.before, earned)
    units = [unit for unit in _units(county) if exists_in(unit, period) or not counted[unit.id].is_empty]
    figures = [past.compared(found) for found in _with_ranks(county, period, units, counted)]
    totals = _totals(county, period, counted, figures, past)
    there = [found for found in figures if exists_in(county.registry.unit_by_id[found.unit], period)]
    return Statistics(
        period=period,
        groups=_grouped(figures),
        office=_office(county, period, counted),
        totals=totals,
        zero_reports=tuple(f.unit for f in there if not f.submitted and not f.undecided),
        zero_adoptions=tuple(f.unit for f in there if not f.adopted),
        by_kind=totals.by_kind,
        by_level=_by_level(figures, counted, county.registry.office),
        definitions=definitions(county, period),
    )


def trail(county: County, unit: str, year: int, lines: Sequence[Line] | None = None) -> Trail:
    """One unit's figures in each quarter of a year. For many units take `trails`, which counts once."""
    return trails(county, year, lines).get(unit) or tuple((quarter, None) for quarter in _quarters(year))


def trails(county: County, year: int, lines: Sequence[Line] | None = None) -> dict[str, Trail]:
    """Every unit's figures in each quarter of a year, by unit id in the order of the registry."""
    earned = ledger(county) if lines is None else lines
    found = [(quarter, statistics(county, quarter, lines=earned)) for quarter in _quarters(year)]
    by_unit = [(quarter, {f.unit: f for f in (*figures.units, figures.office)}) for quarter, figures in found]
    return {
        unit: tuple((quarter, figures.get(unit)) for quarter, figures in by_unit)
        for unit in county.registry.unit_by_id
    }


@dataclass(frozen=True, slots=True)
class _Past:
    """The period before, as far as changes need it: points by unit, ranks by group and unit."""

    points: Mapping[str, Decimal]
    ranks: Mapping[str, Mapping[str, int]]

    def compared(self, figures: UnitFigures) -> UnitFigures:
        """The same figures with their changes; ranks are compared only within one group."""
        before = self.points.get(figures.unit, Decimal(0))
        rank = self.ranks.get(figures.group, {}).get(figures.unit)
        moved = None if rank is None or figures.rank is None else rank - figures.rank
        return replace(figures, change_points=figures.points - before, change_rank=moved)


def _past(county: County, period: Period, lines: Sequence[Line]) -> _Past:
    points = line_sums(lines, period.start, period.end)
    if county.registry.rules_on(period.end).ranked_by is RankedBy.POINTS:
        return _Past(points, _ranks(county, period, points))
    adopted = tally(county, (), period, {})
    averages = {unit: average(value, adopted[unit].adopted) for unit, value in points.items()}
    return _Past(
        points, _ranks(county, period, {unit: value or Decimal(0) for unit, value in averages.items()})
    )


def _quarters(year: int) -> tuple[Period, ...]:
    return Period(year, 1, 12).quarters()


def _units(county: County) -> list[Unit]:
    return [unit for unit in county.registry.unit_by_id.values() if not county.registry.is_office(unit.id)]


def exists_in(unit: Unit, period: Period) -> bool:
    """Whether a unit was there on any day of a period: only such a one is ranked."""
    begun = unit.founded is None or unit.founded <= period.end
    return begun and (unit.dissolved is None or unit.dissolved >= period.start)


def _ranks(county: County, period: Period, merits: Mapping[str, Decimal]) -> dict[str, dict[str, int]]:
    """The ranks in each group, as groups were on the last day, of the units that existed in the period."""
    members: dict[str, dict[str, Decimal]] = {}
    for unit in _units(county):
        if exists_in(unit, period):
            inside = members.setdefault(unit.group_on(period.end), {})
            inside[unit.id] = merits.get(unit.id, Decimal(0))
    first = county.registry.rules_on(period.end).ranked
    return {group: ranks(inside, first) for group, inside in members.items()}


def _with_ranks(
    county: County, period: Period, units: Iterable[Unit], counted: Mapping[str, Tally]
) -> list[UnitFigures]:
    """Each unit's figures with its rank, in the order of the registry."""
    found = [_of_unit(unit, counted.get(unit.id) or Tally(), county, period) for unit in units]
    by_average = county.registry.rules_on(period.end).ranked_by is RankedBy.AVERAGE
    merits = {f.unit: (f.average or Decimal(0)) if by_average else f.points for f in found}
    by_group = _ranks(county, period, merits)
    return [replace(figures, rank=by_group.get(figures.group, {}).get(figures.unit)) for figures in found]


def _grouped(figures: Iterable[UnitFigures]) -> tuple[tuple[str, tuple[UnitFigures, ...]], ...]:
    """Groups in the order of the registry; in each the ranked by rank, then the others in registry order."""
    members: dict[str, list[UnitFigures]] = {}
    for found in figures:
        members.setdefault(found.group, []).append(found)
    return tuple(
        (group, tuple(sorted(inside, key=lambda f: (f.rank is None, f.rank or 0))))
        for group, inside in members.items()
    )


def _of_unit(unit: Unit, done: Tally, county: County, period: Period) -> UnitFigures:
    name, group = unit.name_on(period.end), unit.group_on(period.end)
    return _filled(
        UnitFigures(unit.id, name, group, quota=quota_in(unit, period, county.registry)), done, county, period
    )


def _office(county: County, period: Period, counted: Mapping[str, Tally]) -> UnitFigures:
    office = county.registry.office
    done = counted.get(office.unit) or Tally()
    unit = county.registry.unit(office.unit)
    if unit is None:
        return _filled(UnitFigures(office.unit, office.name, ""), done, county, period)
    return _of_unit(unit, done, county, period)


def _totals(
    county: County, period: Period, counted: Mapping[str, Tally], members: Sequence[UnitFigures], past: _Past
) -> UnitFigures:
    whole = Tally()
    for figures in members:
        whole.add(counted.get(figures.unit) or Tally())
    quota = QuotaShare(_sum(f.quota.count for f in members), _sum(f.quota.points for f in members))
    base = _filled(UnitFigures("", TOTAL, "", quota=quota), whole, county, period)
    # Units without a quota are in the sums, but cannot help to complete the others' quota.
    by = county.registry.rules_on(period.end).completion
    owing = [(f.done(by), f.owed(by)) for f in members]
    done = sum((Decimal(did) for did, owed in owing if owed), Decimal(0))
    before = sum(past.points.values(), Decimal(0))
    completion = ratio(done, base.owed(by))
    return replace(base, completion=completion, change_points=base.points - before)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _filled(base: UnitFigures, done: Tally, county: County, period: Period) -> UnitFigures:
    office = county.registry.office
    mean = done.quality_sum / done.quality_count if done.quality_count else None
    cohort = county.registry.rules_on(period.end).adoption_rate is AdoptionRate.COHORT
    figures = replace(
        base,
        submitted=done.submitted,
        undecided=done.undecided,
        adopted=done.adopted,
        adoption_rate=ratio(done.cohort if cohort else done.adopted, done.submitted),
        cohort_rate=ratio(done.cohort, done.submitted),
        sent_up=done.sent_up,
        adopted_above={level: done.levels[level] for level in office.levels[1:]},
        instructions=done.instructions,
        commissions_done=done.commissions_done,
        commissions_due=done.commissions_due,
        quality=None if mean is None else mean.quantize(CENT, ROUND_HALF_UP),
        points=done.points.quantize(CENT),
        average=average(done.points, done.adopted),
        reasons=dict(sorted(done.reasons.items())),
        by_kind=_by_kind(done, office),
    )
    by = county.registry.rules_on(period.end).completion
    return replace(figures, completion=ratio(figures.done(by), figures.owed(by)))


def _by_kind(done: Tally, office: Office) -> dict[str, tuple[int, int]]:
    """Kinds that occur, in the office's order, then those that are not registered."""
    found = {*done.kind_submitted, *done.kind_adopted}
    known = [kind.name for kind in office.kinds if kind.name in found]
    kinds = dict.fromkeys((*known, *sorted(found)))
    return {kind: (done.kind_submitted[kind], done.kind_adopted[kind]) for kind in kinds}


def _by_level(members: Iterable[UnitFigures], counted: Mapping[str, Tally], office: Office) -> dict[str, int]:
    units = [counted[f.unit] for f in members if f.unit in counted]
    return {level: sum(done.levels[level] for done in units) for level in office.levels}
