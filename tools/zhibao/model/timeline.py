"""What changes over time: a list of values, each in force from a day; the past keeps its own."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from pydantic import ConfigDict, Field, RootModel, field_validator
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Many, Strict

T = TypeVar("T")


class Dated(Strict, Generic[T]):
    """One value and the day from which it is in force."""

    since: Day = Field(alias="from", title="起始日期")
    value: T = Field(title="内容")


class Timeline(RootModel[Many[Dated[T]]], Generic[T]):
    """Entries in ascending order of `from`, never empty."""

    model_config = ConfigDict(strict=True, frozen=True, json_schema_extra={"minItems": 1})

    @field_validator("root")
    @classmethod
    def _ascending(cls, entries: tuple[Dated[T], ...]) -> tuple[Dated[T], ...]:
        if not entries:
            raise PydanticCustomError("empty_list", "至少要有一项")
        if any(later.since <= earlier.since for earlier, later in pairwise(entries)):
            raise PydanticCustomError("not_ascending", "from 要由早到晚，不能重复")
        return entries

    def on(self, day: date) -> T:
        """The value in force on `day`; before the first entry, the first one."""
        current = self.root[0]
        for entry in self.root[1:]:
            if entry.since > day:
                break
            current = entry
        return current.value

    def values(self) -> tuple[T, ...]:
        """Every value there ever was, the newest last."""
        return tuple(entry.value for entry in self.root)
