"""When something was used, as lists write it: a day, a month, a day without its year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from zhibao.model.fields import mended_date
from zhibao.model.period import Period

_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:份)?", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?", re.ASCII)
_BARE_MONTH = re.compile(r"(\d{1,2})\s*(?:月(?:份)?)?", re.ASCII)
_DAY = re.compile(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}\s*日?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """A span of days, both included: one day where the list says it, else the month."""

    first: date
    last: date

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.first if self.first == self.last else None


def when(text: str, today: date, month: Period | None = None) -> When | None:
    """The days that a text means; None where it is none. Raises ValueError, in Chinese, for a day or month that no calendar has.

    A year that is not written is that of `month` where it is given, else the latest that makes it no later than `today`.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    whole = mended_date(plain)
    if whole:
        day = date.fromisoformat(whole[:10])
        return When(day, day)
    if match := _EIGHT.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(plain):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH_DAY.fullmatch(plain):
        return _day(_year(int(match[1]), today, month), int(match[1]), int(match[2]))
    if match := _BARE_MONTH.fullmatch(plain):
        return _month(_year(int(match[1]), today, month), int(match[1]))
    if _DAY.fullmatch(plain):
        raise ValueError(f"没有“{text}”这一天")
    return None


def within(month: Period) -> When:
    """All days of a month."""
    return When(month.start, month.end)


def _year(number: int, today: date, month: Period | None) -> int:
    if month:
        return month.year
    return today.year if number <= today.month else today.year - 1


def _day(year: int, month: int, day: int) -> When:
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"没有 {year} 年 {month} 月 {day} 日这一天") from None
    return When(found, found)


def _month(year: int, month: int) -> When:
    if not 1 <= month <= 12 or year < 2:
        raise ValueError(f"没有 {year} 年 {month} 月")
    return within(Period(year, month, 1))
