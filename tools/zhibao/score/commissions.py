"""约稿: what was asked of a unit, and whether it answered in time, late, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibao.model.calls import Call
from zhibao.model.county import County


class Answer(StrEnum):
    """How a commission was answered."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"done": "按时完成", "late": "迟报", "missed": "没有报"}[self.value]


@dataclass(frozen=True, slots=True)
class Commission:
    """One commission of one unit that has fallen due."""

    call: Call
    unit: str
    answer: Answer


def commissions(county: County, until: date) -> Iterator[Commission]:
    """Every commission due by a day (included), by due day and in the order of the registry; joint items answer for all their units.

    What was not answered up to the county's clock counts as missed, until it is.
    """
    due = [call for call in county.registry.calls if call.is_commission and call.due <= until]
    answered = _first_answers(county, {call.id for call in due})
    for call in sorted(due, key=lambda one: (one.due, one.id)):
        for unit in dict.fromkeys(call.to):
            first = answered.get((call.id, unit))
            answer = Answer.MISSED if first is None else Answer.DONE if first <= call.due else Answer.LATE
            yield Commission(call, unit, answer)


def _first_answers(county: County, calls: set[str]) -> dict[tuple[str, str], date]:
    """By call and unit, the day of the first item that answers it."""
    found: dict[tuple[str, str], date] = {}
    for item in county.items:
        if item.submission.call in calls:
            for unit in item.submission.units:
                key = (item.submission.call or "", unit)
                found[key] = min(item.submitted_on, found.get(key, item.submitted_on))
    return found
