"""Counting: one pass over items and lines, everything a unit did in a period added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.policy.formulas import QualityOf
from zhibao.model.standing import State
from zhibao.score.commissions import Answer, commissions
from zhibao.score.counting import adopted_on, counts_as_submitted, is_adopted_in_the_end
from zhibao.score.earning import counted_on, instructions_of
from zhibao.score.line import Line


@dataclass(slots=True)
class Tally:
    """Running counts of one unit in one period."""

    submitted: int = 0
    undecided: int = 0
    adopted: int = 0
    cohort: int = 0
    sent_up: int = 0
    instructions: int = 0
    commissions_done: int = 0
    commissions_due: int = 0
    points: Decimal = Decimal(0)
    quality_sum: Decimal = Decimal(0)
    quality_count: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    kind_submitted: Counter[str] = field(default_factory=Counter)
    kind_adopted: Counter[str] = field(default_factory=Counter)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted."""
        return self == Tally()

    def add_quality(self, points: Decimal) -> None:
        """Take one item's 质量分 into the mean."""
        self.quality_sum += points
        self.quality_count += 1

    def add(self, other: Tally) -> None:
        """Take another unit's counts in: for totals."""
        for name in self.__slots__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, name, mine + theirs)


def tally(
    county: County, lines: Iterable[Line], period: Period, qualities: Mapping[str, Decimal]
) -> dict[str, Tally]:
    """What each unit did in `period`, by unit id. `qualities` maps item ids to 质量分, where known."""
    found: dict[str, Tally] = defaultdict(Tally)
    start, end = period.start, period.end
    for item in county.items:
        points = qualities.get(item.id)
        _submission(found[item.unit], item, start, end, points, county)
        _adoptions(found[item.unit], item, start, end, points, county)
    for line in lines:
        if start <= line.date <= end:
            found[line.unit].points += line.points
    _commissions(found, county, start, end)
    return found


def sent_up_on(item: Item, county: County) -> date | None:
    """When an item first counts as gone upward: into a publication marked `upward`, or adopted above the county."""
    office = county.registry.office
    days = []
    for adoption in item.adoptions:
        publication = office.publication(adoption.publication)
        if adoption.level in office.levels[1:] or (publication and publication.upward):
            days.append(counted_on(adoption, county))
    return min(days, default=None)


def _submission(
    into: Tally, item: Item, start: date, end: date, points: Decimal | None, county: County
) -> None:
    standing, kind = item.standing, item.submission.kind
    if start <= item.submitted_on <= end:
        if item.state is State.PENDING:
            into.undecided += 1
        elif counts_as_submitted(item, county):
            into.submitted += 1
            into.kind_submitted[kind] += 1
            into.cohort += is_adopted_in_the_end(item, county)
            if points is not None and _quality_of(item, county) is QualityOf.SUBMITTED:
                into.add_quality(points)
    reason = item.submission.review.reason
    decided = standing.day is not None and start <= standing.day <= end
    if decided and reason and item.state is not State.ADOPTED:
        into.reasons[reason.code] += 1


def _adoptions(
    into: Tally, item: Item, start: date, end: date, points: Decimal | None, county: County
) -> None:
    first = adopted_on(item, county)
    if first is None:
        return
    if start <= first <= end:
        into.adopted += 1
        into.kind_adopted[item.submission.kind] += 1
        if points is not None and _quality_of(item, county) is QualityOf.ADOPTED:
            into.add_quality(points)
    upward = sent_up_on(item, county)
    into.sent_up += upward is not None and start <= upward <= end
    for adoption in item.adoptions:
        if start <= counted_on(adoption, county) <= end:
            into.levels[adoption.level] += 1
    into.instructions += sum(start <= given.date <= end for given in instructions_of(item, county))


def _quality_of(item: Item, county: County) -> QualityOf:
    return county.registry.rules_on(item.submitted_on).quality_of


def _commissions(into: dict[str, Tally], county: County, start: date, end: date) -> None:
    """For each commission that fell due: whom it was asked of, and who answered in time, jointly or alone."""
    for one in commissions(county, end):
        if one.call.due >= start:
            into[one.unit].commissions_due += 1
            into[one.unit].commissions_done += one.answer is Answer.DONE
