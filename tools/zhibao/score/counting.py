"""What counts as submitted and adopted, month by month, and what is owed of it: the same for statistics, penalties and the base score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.policy.earning import Resubmitted
from zhibao.model.policy.formulas import AdoptionRate
from zhibao.model.policy.terms import Span
from zhibao.model.standing import State
from zhibao.score.earning import counted_on
from zhibao.score.figures import ratio

ALL_KINDS = ""
_Key = tuple[str, int, int, str]
"""Unit, year, month, kind (or all kinds)."""


def is_valid(item: Item, county: County) -> bool:
    """Whether an item counts as submitted: it is decided, and not refused for a reason by which it does not count at all."""
    if item.state is State.PENDING:
        return False
    reason = item.submission.review.reason
    if item.state is State.ADOPTED or reason is None:
        return True
    return reason.code not in county.registry.rules_on(item.submitted_on).invalid


def counts_as_submitted(item: Item, county: County) -> bool:
    """The same; where the rules have it so, one that was submitted before counts only the first time."""
    if not is_valid(item, county):
        return False
    if county.registry.rules_on(item.submitted_on).resubmitted is Resubmitted.EACH:
        return True
    seen, earlier = {item.id}, item.submission.resubmits
    while earlier and earlier not in seen:
        seen.add(earlier)
        before = county.item(earlier)
        if before is None:
            return True
        if is_valid(before, county):
            return False
        earlier = before.submission.resubmits
    return True


def adopted_on(item: Item, county: County) -> date | None:
    """The day on which an item counts as adopted; None where it does not, or was withdrawn."""
    if item.is_withdrawn or not item.adoptions:
        return None
    return min(counted_on(adoption, county) for adoption in item.adoptions)


def is_adopted_in_the_end(item: Item, county: County) -> bool:
    """Whether an item was adopted, itself or when it was submitted again."""
    waiting, seen = [item.id], set[str]()
    while waiting:
        id_ = waiting.pop()
        found = county.item(id_)
        if found is None or id_ in seen:
            continue
        seen.add(id_)
        if adopted_on(found, county) is not None:
            return True
        waiting += county.resubmissions.get(id_, ())
    return False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items of each unit, month and kind were submitted, adopted, and adopted of those submitted in the month."""

    submitted: Mapping[_Key, int]
    adopted: Mapping[_Key, int]
    cohort: Mapping[_Key, int]

    def rate(self, unit: str, period: Period, formula: AdoptionRate) -> Decimal | None:
        """The adoption rate of a unit, to four places; None where it submitted nothing."""
        table = self.adopted if formula is AdoptionRate.PERIOD else self.cohort
        return ratio(total(table, unit, period), total(self.submitted, unit, period))


def counts(county: County) -> Counts:
    """One pass over the county's items; each counts for its lead unit."""
    submitted: Counter[_Key] = Counter()
    adopted: Counter[_Key] = Counter()
    cohort: Counter[_Key] = Counter()
    for item in county.items:
        first = adopted_on(item, county)
        kinds = (ALL_KINDS, item.submission.kind)
        if counts_as_submitted(item, county):
            day, in_the_end = item.submitted_on, is_adopted_in_the_end(item, county)
            for kind in kinds:
                submitted[(item.unit, day.year, day.month, kind)] += 1
                cohort[(item.unit, day.year, day.month, kind)] += in_the_end
        if first:
            for kind in kinds:
                adopted[(item.unit, first.year, first.month, kind)] += 1
    return Counts(submitted, adopted, cohort)


def total(table: Mapping[_Key, int], unit: str, period: Period, kinds: Collection[str] = ()) -> int:
    """The sum of a unit's counts in a period, of these kinds only where any are given."""
    return sum(
        table.get((unit, period.year, month, kind), 0)
        for month in range(period.month, period.month + period.months)
        for kind in kinds or (ALL_KINDS,)
    )


def spans(span: Span, first: date, last: date) -> Iterator[Period]:
    """Every month, quarter or year whose last day lies between two days, both included, in order."""
    months = span.months
    period = Period(first.year, (first.month - 1) // months * months + 1, months)
    while period.end <= last:
        if period.end >= first:
            yield period
        after = period.month + months
        period = Period(period.year + (after > 12), after if after <= 12 else 1, months)
