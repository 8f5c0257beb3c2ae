"""Calls (需求预约、报送要点) and commissions (约稿): what the office asks for, of whom, and until when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Many, Strict, Text, UnitId, Word


class Call(Strict):
    """One topic. With `to` it is a commission: the units named owe an item by `due`."""

    id: Word = Field(title="编号")
    title: Word = Field(title="题目")
    level: Word = Field(title="层级")
    since: Day = Field(alias="from", title="发布日期")
    due: Day = Field(title="截止日期")
    to: Many[UnitId] = Field((), title="约稿单位")
    wants: Text | None = Field(None, title="要求")

    @property
    def is_commission(self) -> bool:
        """Whether units are named that owe an item."""
        return bool(self.to)

    @property
    def choice(self) -> str:
        """How the call stands among the choices of a forge's issue form: its id first, then what a person reads."""
        return f"{self.id} {self.title}（{self.due.month}月{self.due.day}日前）"

    def is_open_on(self, day: date) -> bool:
        """Whether items may answer it on that day."""
        return self.since <= day <= self.due


def _in_order(call: Call) -> Call:
    if call.due < call.since:
        raise PydanticCustomError("range_order", "due 不能早于 from")
    return call


CheckedCall = Annotated[Call, AfterValidator(_in_order)]
