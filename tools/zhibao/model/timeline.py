"""What changes over time: a list of values, each in force from a day; the past keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Strict

T = TypeVar("T")


class Dated(Strict, Generic[T]):
    """One value and the day from which it is in force."""

    since: Day = Field(alias="from", title="起始日期")
    value: T = Field(title="内容")


def _ascending(entries: tuple[Dated[T], ...]) -> tuple[Dated[T], ...]:
    if not entries:
        raise PydanticCustomError("empty_list", "至少要有一项")
    if any(later.since <= earlier.since for earlier, later in zip(entries, entries[1:], strict=False)):
        raise PydanticCustomError("not_ascending", "from 要由早到晚，不能重复")
    return entries


Timeline = Annotated[tuple[Dated[T], ...], Field(strict=False), AfterValidator(_ascending)]
"""Entries in ascending order of `from`, never empty."""


def on(timeline: Sequence[Dated[T]], day: date) -> T:
    """The value in force on `day`; before the first entry, the first one."""
    current = timeline[0]
    for entry in timeline[1:]:
        if entry.since > day:
            break
        current = entry
    return current.value
