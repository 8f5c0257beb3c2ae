"""Counting: one pass over items and lines, everything a unit did in a period added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.standing import State
from zhibao.score.ledger import Line, instructions_of


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
        _submission(found[item.unit], item, start, end, qualities.get(item.id))
        _adoptions(found[item.unit], item, start, end, county)
    for line in lines:
        if start <= line.date <= end:
            found[line.unit].points += line.points
    _commissions(found, county, start, end)
    return found


def sent_up_on(item: Item, office: Office) -> date | None:
    """When an item first went upward: into a publication marked `upward`, or adopted above the county."""
    for adoption in item.adoptions:
        if adoption.level in office.levels[1:]:
            return adoption.date
        publication = office.publication(adoption.publication)
        if publication and publication.upward:
            return adoption.date
    return None


def _submission(into: Tally, item: Item, start: date, end: date, points: Decimal | None) -> None:
    standing, kind = item.standing, item.submission.kind
    if start <= item.submitted_on <= end:
        if item.state is State.PENDING:
            into.undecided += 1
        else:
            into.submitted += 1
            into.kind_submitted[kind] += 1
            into.cohort += item.state is State.ADOPTED and not item.is_withdrawn
            if points is not None:
                into.quality_sum += points
                into.quality_count += 1
    reason = item.submission.review.reason
    decided = standing.day is not None and start <= standing.day <= end
    if decided and reason and item.state is not State.ADOPTED:
        into.reasons[reason.code] += 1


def _adoptions(into: Tally, item: Item, start: date, end: date, county: County) -> None:
    if item.is_withdrawn or not item.adoptions:
        return
    if item.adopted_on and start <= item.adopted_on <= end:
        into.adopted += 1
        into.kind_adopted[item.submission.kind] += 1
    upward = sent_up_on(item, county.registry.office)
    into.sent_up += upward is not None and start <= upward <= end
    for adoption in item.adoptions:
        if start <= adoption.date <= end:
            into.levels[adoption.level] += 1
    into.instructions += sum(start <= given.date <= end for given in instructions_of(item, county))


def _commissions(into: dict[str, Tally], county: County, start: date, end: date) -> None:
    """For each commission that fell due: whom it was asked of, and who answered in time, jointly or alone."""
    due = {call.id: call for call in county.registry.calls if call.is_commission and start <= call.due <= end}
    answered: dict[str, set[str]] = {id_: set() for id_ in due}
    for item in county.items:
        call = due.get(item.submission.call or "")
        if call and item.submitted_on <= call.due:
            answered[call.id].update(item.submission.units)
    for id_, call in due.items():
        for unit in dict.fromkeys(call.to):
            into[unit].commissions_due += 1
            into[unit].commissions_done += unit in answered[id_]
