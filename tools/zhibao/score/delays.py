"""时效: working days from what happened to its arrival, for the items submitted in a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.reading import is_follow_up
from zhibao.score.counting import counts_as_submitted
from zhibao.score.figures import ratio

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Delays:
    """Items by working days, and of them the late ones: over the limit of their kind. `unknown` do not say when it happened."""

    days: Mapping[int, int] = field(default_factory=dict)
    late: Mapping[int, int] = field(default_factory=dict)
    unknown: int = 0

    @property
    def known(self) -> int:
        """Items that say when it happened."""
        return sum(self.days.values())

    @property
    def late_share(self) -> Decimal | None:
        """The late ones among them, a ratio to four places; None where there are none."""
        return ratio(sum(self.late.values()), self.known)

    @property
    def median(self) -> Decimal | None:
        """The working days of the item in the middle, of two the mean; None where there are none."""
        ordered = [day for day in sorted(self.days) for _ in range(self.days[day])]
        if not ordered:
            return None
        low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
        return (low + high) * _HALF


@dataclass(frozen=True, slots=True)
class UrgentDelay:
    """An urgent item that has a clock of its own, and the working days that it has `taken`, against its `limit`."""

    item: Item
    taken: int
    limit: int

    @property
    def is_late(self) -> bool:
        """Whether it took longer than its kind allows."""
        return self.taken > self.limit


def urgent_delays(county: County) -> Iterator[UrgentDelay]:
    """Urgent items that say when it happened, but withdrawn ones; follow-ups have no clock of their own."""
    for item in county.items:
        submission, day = item.submission, item.submitted_on
        if not county.registry.office.is_urgent(submission.kind) or is_follow_up(submission.title):
            continue
        if submission.happened is not None and not item.is_withdrawn:
            taken = county.registry.calendar.working_days(submission.happened, day)
            yield UrgentDelay(item, taken, _limit(item, county))


def delays(county: County, period: Period) -> dict[str, Delays]:
    """The delays of each unit in a period, by its id, and of all units but the office under the empty one.

    Items count as in the statistics. Follow-ups of an urgent item have no clock of their own and are left out.
    """
    days: dict[str, Counter[int]] = {}
    late: dict[str, Counter[int]] = {}
    unknown: Counter[str] = Counter()
    for item in county.items:
        if (
            item.submitted_on not in period
            or _follows_up(item, county)
            or not counts_as_submitted(item, county)
        ):
            continue
        whose = (item.unit,) if county.registry.is_office(item.unit) else (item.unit, "")
        for unit in whose:
            happened = item.submission.happened
            if happened is None:
                unknown[unit] += 1
                continue
            taken = county.registry.calendar.working_days(happened, item.submitted_on)
            days.setdefault(unit, Counter())[taken] += 1
            late.setdefault(unit, Counter())[taken] += taken > _limit(item, county)
    return {unit: Delays(days.get(unit, {}), late.get(unit, {}), unknown[unit]) for unit in {*days, *unknown}}


def _follows_up(item: Item, county: County) -> bool:
    return county.registry.office.is_urgent(item.submission.kind) and is_follow_up(item.submission.title)


def _limit(item: Item, county: County) -> int:
    return county.registry.rules_on(item.submitted_on).quality.timeliness.limit(item.submission.kind)
