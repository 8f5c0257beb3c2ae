"""Objections, findings and signed adjustments: `registry/adjustments/*.yml`, one matter a file, named by its file.

A finding (认定) is what a person has established and nothing can compute: 漏报, 瞒报, 情况不实 …; its price stands in the rules.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Account, Day, Points, Strict, SubmissionId, Text, UnitId, Word


class Objection(Strict):
    """What a unit says against its figures."""

    by: Word = Field(title="提出人")
    date: Day = Field(title="提出日期")
    line: Word | None = Field(None, title="得分的哪一行")
    words: Text = Field(title="内容")


class Answer(Strict):
    """What the office answered."""

    by: Account = Field(title="答复人")
    date: Day = Field(title="答复日期")
    words: Text = Field(title="内容")


class Adjustment(Strict):
    """One matter of one unit. Points count on `date`, once an approver stands for them; an objection alone changes nothing."""

    unit: UnitId = Field(title="单位")
    date: Day = Field(title="日期")
    item: SubmissionId | None = Field(None, title="信息编号")
    objection: Objection | None = Field(None, title="异议")
    answer: Answer | None = Field(None, title="答复")
    finding: Word | None = Field(None, title="认定的问题")
    points: Points | None = Field(None, title="分值")
    reason: Text = Field(title="事由")
    approver: Account | None = Field(None, title="批准人")

    @property
    def decides(self) -> bool:
        """Whether it says what is to change, signed or not."""
        return self.finding is not None or self.points is not None

    @property
    def waits(self) -> bool:
        """Whether the office still has to do something: answer an objection, or have a change approved."""
        if self.decides:
            return self.approver is None
        return self.objection is not None and self.answer is None

    @property
    def counts(self) -> bool:
        """Whether it changes points: something is decided, and somebody stands for it."""
        return self.approver is not None and self.decides


def _one_price(adjustment: Adjustment) -> Adjustment:
    if adjustment.finding is not None and adjustment.points is not None:
        raise PydanticCustomError("adjustment_form", "写了 finding（扣多少由计分办法定），就不写 points")
    if adjustment.answer is not None and adjustment.objection is None:
        raise PydanticCustomError("adjustment_form", "写了 answer（答复），要有 objection（异议）")
    if adjustment.counts or adjustment.objection is not None:
        return adjustment
    raise PydanticCustomError(
        "adjustment_form", "要有 objection（异议），或者有 approver（批准人）和 points 或 finding"
    )


CheckedAdjustment = Annotated[Adjustment, AfterValidator(_one_price)]
