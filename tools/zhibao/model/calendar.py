"""Working days: `registry/calendar.yml` names the holidays and the weekend days that are worked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Many, Strict, Word


class Holiday(Strict):
    """Days off, both ends included."""

    name: Word = Field(title="名称")
    since: Day = Field(alias="from", title="起始日期")
    until: Day = Field(title="结束日期")


def _ordered(holiday: Holiday) -> Holiday:
    if holiday.until < holiday.since:
        raise PydanticCustomError("range_order", "until 不能早于 from")
    return holiday


class Calendar(Strict):
    """`registry/calendar.yml`; without it, Monday to Friday are worked."""

    holidays: Many[Annotated[Holiday, AfterValidator(_ordered)]] = Field((), title="放假")
    workdays: Many[Day] = Field((), title="调休上班")

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and not any(
            holiday.since <= day <= holiday.until for holiday in self.holidays
        )

    def working_days(self, first: date, last: date) -> int:
        """Working days after `first`, up to and including `last`; 0 where `last` is not later."""
        span = (last - first).days
        return sum(self.is_working(first + timedelta(days=step)) for step in range(1, min(span, 3660) + 1))
