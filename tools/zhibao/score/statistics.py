"""Statistics of a period: sums over items and lines of the ledger, with ranks and changes. (DESIGN.md, “Who is counted”.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.rules import Completion
from zhibao.model.units import Quota, Unit
from zhibao.score.figures import QuotaShare, Statistics, UnitFigures, ratio
from zhibao.score.ledger import Line, ledger
from zhibao.score.shares import CENT
from zhibao.score.tally import Tally, tally

TOTAL = "合计"


def statistics(
    county: County,
    period: Period,
    qualities: Mapping[str, Decimal] | None = None,
    lines: Sequence[Line] | None = None,
) -> Statistics:
    """The figures of `period`. `qualities` maps ids to 质量分; `lines` is the ledger, made anew where not given."""
    earned = ledger(county) if lines is None else lines
    now = _groups(county, period, tally(county, earned, period, qualities or {}))
    past = _groups(county, period.before, tally(county, earned, period.before, {}))
    before = {figures.unit: figures for _, members in past for figures in members}
    groups = tuple((group, tuple(_changed(f, before.get(f.unit)) for f in members)) for group, members in now)
    counted = tally(county, earned, period, qualities or {})
    own = _figures(county.registry.unit(county.registry.office.unit), county, period, counted)
    members = [figures for _, inside in groups for figures in inside]
    return Statistics(
        period=period,
        groups=groups,
        office=own,
        totals=_totals(county, period, counted, members),
        zero_reports=tuple(f.unit for f in members if not f.submitted and not f.undecided),
        zero_adoptions=tuple(f.unit for f in members if not f.adopted),
        by_kind=_by_kind(counted[f.unit] for f in members if f.unit in counted),
        definitions=definitions(county, period),
    )


def trail(
    county: County, unit: str, year: int, lines: Sequence[Line] | None = None
) -> tuple[tuple[Period, UnitFigures | None], ...]:
    """A unit's figures in each quarter of a year; None for a quarter in which it did not exist."""
    earned = ledger(county) if lines is None else lines
    quarters = Period(year, 1, 12).quarters()
    return tuple((quarter, statistics(county, quarter, lines=earned).unit(unit)) for quarter in quarters)


def definitions(county: County, period: Period) -> tuple[tuple[str, str], ...]:
    """What each figure means, in Chinese, as the rules at the end of the period have it."""
    office, rules = county.registry.office, county.registry.rules_on(period.end)
    return (
        ("报送", "本期报送、已有处理结果的条数；尚未处理的另列为“待处理”"),
        ("采用", "本期首次采用的条数（以采用日期计）；撤下的不计"),
        ("任务数", "全年任务数按月折算到本期"),
        ("完成率", rules.completion.label),
        ("采用率", "本期采用条数 ÷ 本期报送条数"),
        ("本期报送采用率", "本期报送的信息中已采用的 ÷ 本期报送条数"),
        ("上报", f"本期首次编入上报刊物，或被{office.level}级以上采用的条数"),
        ("上级采用", f"{office.level}级以上各层级采用的条次"),
        ("约稿", "本期到期的约稿中按时完成的；联合报送的各单位都算完成"),
        ("质量", "本期报送信息的平均质量分（0 至 100）"),
        ("得分", f"本期各项得分之和；联合报送{rules.joint.label}；条数记在牵头单位"),
        ("名次", "按得分在本类别内排列，得分相同名次相同"),
    )


def quota_in(unit: Unit, period: Period) -> QuotaShare:
    """The year's quota by months: each month that the unit exists on its last day brings a twelfth of the quota then set."""
    count = points = None
    for month in range(period.month, period.month + period.months):
        last = Period(period.year, month, 1).end
        quota = _quota_on(unit, last) if unit.exists_on(last) else None
        if quota and quota.count is not None:
            count = (count or Decimal(0)) + Decimal(quota.count) / 12
        if quota and quota.points is not None:
            points = (points or Decimal(0)) + quota.points / 12
    return QuotaShare(_cents(count), _cents(points))


def _quota_on(unit: Unit, day: date) -> Quota | None:
    if unit.quota is None or unit.quota.root[0].since > day:
        return None
    return unit.quota.on(day)


def _groups(
    county: County, period: Period, counted: Mapping[str, Tally]
) -> tuple[tuple[str, tuple[UnitFigures, ...]], ...]:
    members: dict[str, list[UnitFigures]] = {}
    for unit in county.registry.units:
        if county.registry.is_office(unit.id) or not _existed(unit, period):
            continue
        figures = _figures(unit, county, period, counted)
        members.setdefault(figures.group, []).append(figures)
    first = county.registry.rules_on(period.end).ranked
    return tuple((group, _ranked(inside, first)) for group, inside in members.items())


def _existed(unit: Unit, period: Period) -> bool:
    begun = unit.founded is None or unit.founded <= period.end
    return begun and (unit.dissolved is None or unit.dissolved >= period.start)


def _ranked(members: Iterable[UnitFigures], first: int | None) -> tuple[UnitFigures, ...]:
    """Ranks 1, 2, 2, 4 by points; cut to the first N where the rules say so."""
    ordered = sorted(members, key=lambda figures: -figures.points)
    ranked: list[UnitFigures] = []
    for place, figures in enumerate(ordered, 1):
        same = ranked and ranked[-1].points == figures.points
        ranked.append(replace(figures, rank=ranked[-1].rank if same else place))
    return tuple(replace(f, rank=None) if first and f.rank and f.rank > first else f for f in ranked)


def _changed(figures: UnitFigures, before: UnitFigures | None) -> UnitFigures:
    past = before.points if before else Decimal(0)
    rank = before.rank if before else None
    moved = rank - figures.rank if rank is not None and figures.rank is not None else None
    return replace(figures, change_points=figures.points - past, change_rank=moved)


def _figures(unit: Unit | None, county: County, period: Period, counted: Mapping[str, Tally]) -> UnitFigures:
    if unit is None:
        return UnitFigures(county.registry.office.unit, county.registry.office.name, "")
    name, group = unit.name_on(period.end), unit.group_on(period.end)
    base = UnitFigures(unit.id, name, group, quota=quota_in(unit, period))
    return _filled(base, counted.get(unit.id, Tally()), county, period)


def _filled(base: UnitFigures, done: Tally, county: County, period: Period) -> UnitFigures:
    submitted_counts = county.registry.rules_on(period.end).completion is Completion.SUBMITTED
    mean = done.quality_sum / done.quality_count if done.quality_count else None
    return replace(
        base,
        submitted=done.submitted,
        undecided=done.undecided,
        adopted=done.adopted,
        completion=ratio(done.submitted if submitted_counts else done.adopted, base.quota.count),
        adoption_rate=ratio(done.adopted, done.submitted),
        cohort_rate=ratio(done.cohort, done.submitted),
        sent_up=done.sent_up,
        adopted_above={level: done.above[level] for level in county.registry.office.levels[1:]},
        instructions=done.instructions,
        commissions_done=done.commissions_done,
        commissions_due=done.commissions_due,
        quality=_cents(mean),
        points=done.points,
        reasons=dict(sorted(done.reasons.items())),
        by_kind=_by_kind([done]),
    )


def _totals(
    county: County, period: Period, counted: Mapping[str, Tally], members: Sequence[UnitFigures]
) -> UnitFigures:
    whole = Tally()
    for figures in members:
        if figures.unit in counted:
            whole.add(counted[figures.unit])
    counts = [f.quota.count for f in members if f.quota.count is not None]
    points = [f.quota.points for f in members if f.quota.points is not None]
    quota = QuotaShare(sum(counts, Decimal(0)) if counts else None, sum(points, Decimal(0)) if points else None)
    return _filled(UnitFigures("", TOTAL, "", quota=quota), whole, county, period)


def _by_kind(tallies: Iterable[Tally]) -> dict[str, tuple[int, int]]:
    whole = Tally()
    for one in tallies:
        whole.add(one)
    kinds = sorted({*whole.kind_submitted, *whole.kind_adopted})
    return {kind: (whole.kind_submitted[kind], whole.kind_adopted[kind]) for kind in kinds}


def _cents(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(CENT, ROUND_HALF_UP)
