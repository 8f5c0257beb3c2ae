"""A year, a quarter or a month of the county's calendar: what statistics are made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`months` months (1, 3 or 12) from the first day of month `month` of `year`."""

    year: int
    month: int
    months: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """From `2026`, `2026-Q3` or `2026-09`. Raises ValueError, in Chinese, for anything else."""
        match = _PERIOD.fullmatch(text)
        if not match or match[1] in ("0000", "0001"):  # year 1 has no year before it
            raise ValueError(f"时段“{text}”的写法不对：写 2026（年）、2026-Q3（季度）或 2026-09（月）")
        year = int(match[1])
        if match[2]:
            return cls(year, int(match[2]) * 3 - 2, 3)
        return cls(year, int(match[3]), 1) if match[3] else cls(year, 1, 12)

    @classmethod
    def quarter_of(cls, day: date) -> Period:
        """The quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 * 3 + 1, 3)

    @classmethod
    def year_of(cls, day: date) -> Period:
        """The year in which a day lies."""
        return cls(day.year, 1, 12)

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        after = self.month + self.months
        if after > 12:
            return date(self.year, 12, 31)
        return date(self.year, after, 1) - timedelta(days=1)

    @property
    def passed(self) -> datetime:
        """The moment at which it is over: it is looked back at from there, so that no figure depends on the day of asking."""
        return datetime.combine(self.end + timedelta(days=1), time())

    @property
    def before(self) -> Period:
        """The period of the same length before this one."""
        month = self.month - self.months
        return (
            Period(self.year, month, self.months)
            if month > 0
            else Period(self.year - 1, month + 12, self.months)
        )

    @property
    def label(self) -> str:
        """Its Chinese name: `2026年`, `2026年第三季度`, `2026年9月`."""
        if self.months == 12:
            return f"{self.year}年"
        if self.months == 3:
            return f"{self.year}年第{_NUMERALS[self.month // 3]}季度"
        return f"{self.year}年{self.month}月"

    def quarters(self) -> tuple[Period, ...]:
        """The quarters of a year; for a shorter period, the quarter it lies in."""
        if self.months == 12:
            return tuple(Period(self.year, month, 3) for month in (1, 4, 7, 10))
        return (Period.quarter_of(self.start),)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        """As it is parsed."""
        if self.months == 12:
            return f"{self.year:04}"
        if self.months == 3:
            return f"{self.year:04}-Q{(self.month + 2) // 3}"
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True)
class SingleDay:
    """One day, where what happened on it is asked for as what happened in a period is."""

    day: date

    @property
    def label(self) -> str:
        """Its Chinese name: `2026年11月20日`."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"

    def __contains__(self, day: date) -> bool:
        """Whether it is that day."""
        return day == self.day

    def __str__(self) -> str:
        """As it is parsed."""
        return self.day.isoformat()


def span(text: str) -> Period | SingleDay:
    """A period, or a day (`2026-11-20`). Raises ValueError, in Chinese, for anything else."""
    if _DAY.fullmatch(text):
        try:
            return SingleDay(date.fromisoformat(text))
        except ValueError:
            raise ValueError(f"没有 {text} 这一天") from None
    return Period.parse(text)
