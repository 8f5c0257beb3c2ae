"""答复: working days from an item's arrival to the office's first word on it, and to its decision; what is undecided, and for how long.

What is known is what stands on the office's branch: the day of the merge, and that of the decision. A word on a proposal that is still open, or
was returned, leaves no trace there and is not counted: the waits told are never shorter than the real ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.standing import State, from_merge
from zhibao.score.figures import ratio

_HALF = Decimal("0.5")
_UNDECIDED = (State.PENDING, State.HELD)


@dataclass(frozen=True, slots=True)
class Waits:
    """How many working days each of some items waited, the shortest first."""

    days: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many items."""
        return len(self.days)

    @property
    def median(self) -> Decimal | None:
        """The working days of the item in the middle, of two the mean; None where there are none."""
        if not self.days:
            return None
        low, high = self.days[(self.count - 1) // 2], self.days[self.count // 2]
        return (low + high) * _HALF

    @property
    def longest(self) -> int | None:
        """The working days of the one that waited longest; None where there are none."""
        return self.days[-1] if self.days else None

    def within(self, limit: int) -> int:
        """How many waited at most so many working days."""
        return sum(day <= limit for day in self.days)

    def share_within(self, limit: int) -> Decimal | None:
        """The same as a part of all, a ratio to four places; None where there are none."""
        return ratio(self.within(limit), self.count)


@dataclass(frozen=True, slots=True)
class Responses:
    """The waits of the units' items that arrived in a period: until the first word, until the decision, and of the undecided until `until`.

    `queue` are the undecided of all periods up to that day.
    """

    until: date
    first: Waits
    decided: Waits
    undecided: Waits
    queue: Waits


def responses(county: County, period: Period, until: date) -> Responses:
    """The waits of a period; what arrives or is decided after `until` is not there yet. The office's own items stand apart."""
    there = [
        one for one in county.items if one.submitted_on <= until and not county.registry.is_office(one.unit)
    ]
    mine = [one for one in there if one.submitted_on in period]
    decided = {one.id: day for one in there if (day := decided_on(one)) and day <= until}
    first = {one.id: day for one in mine if (day := first_word_on(one, county)) and day <= until}
    waiting = [one for one in there if one.id not in decided]
    return Responses(
        until,
        _waits(((one, first[one.id]) for one in mine if one.id in first), county),
        _waits(((one, decided[one.id]) for one in mine if one.id in decided), county),
        _waits(((one, until) for one in waiting if one.submitted_on in period), county),
        _waits(((one, until) for one in waiting), county),
    )


def decided_on(item: Item) -> date | None:
    """The day of its decision; None while it is pending or held."""
    return None if item.state in _UNDECIDED else item.standing.day


def first_word_on(item: Item, county: County) -> date | None:
    """The day of the first word that the branch knows of: of the editor's merge that brought it in, or of what was decided."""
    arrival = None if item.submission.imported else county.history.arrivals.get(item.id)
    merged = from_merge(None, arrival, county.registry).day if arrival else None
    return min((day for day in (merged, item.standing.day) if day), default=None)


def _waits(ended: Iterable[tuple[Item, date]], county: County) -> Waits:
    days = county.registry.calendar.working_days
    return Waits(tuple(sorted(days(item.submitted_on, day) for item, day in ended)))
