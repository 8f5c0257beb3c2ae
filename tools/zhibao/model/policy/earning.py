"""What earns points: adoptions that are counted together or apart, instructions, bonuses, and what bounds them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from zhibao.model.fields import Lax, Points, Strict, Word
from zhibao.model.policy.terms import (
    Amount,
    AmountTable,
    Percent,
    Score,
    Span,
    Steps,
    TimeSpan,
    When,
    Words,
)


class Counting(StrEnum):
    """Which of several adoptions of one item count."""

    CUMULATIVE = "cumulative"
    HIGHEST = "highest"
    FIRST = "first"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"cumulative": "累计", "highest": "只计最高的一次", "first": "只计最先的一次"}[self.value]


class Several(Strict):
    """How adoptions of one item by several levels, and by several publications of one level, count."""

    levels: Lax[Counting] = Field(Counting.CUMULATIVE, title="几个层级")
    publications: Lax[Counting] = Field(Counting.CUMULATIVE, title="同级几个刊物")


class CountBy(StrEnum):
    """The day by which an adoption above falls into a quarter."""

    DATE = "date"
    HEARD = "heard"

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {"date": "采用日期", "heard": "办公室得知的日期"}[self.value]


class Special(When, Score):
    """A score for what the condition names; the first special that fits counts before the table."""


class JointPolicy(StrEnum):
    """How the points of a joint item fall to its units."""

    SPLIT = "split"
    EQUAL = "equal"
    FULL = "full"
    LEAD = "lead"
    FIXED = "fixed"


class Joint(Strict):
    """How joint items are counted. `lead` is the lead unit's part under LEAD, `points` each unit's under FIXED, by level."""

    by: Lax[JointPolicy] = Field(JointPolicy.SPLIT, title="分法")
    lead: Percent | None = Field(None, title="牵头单位的百分数")
    points: AmountTable = Field(default_factory=dict, title="每个单位的分值")

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {
            JointPolicy.SPLIT: "按份额分，没有写份额的平分",
            JointPolicy.EQUAL: "各单位平分",
            JointPolicy.FULL: "每个单位各得全分",
            JointPolicy.LEAD: f"牵头单位得 {self.lead or 0:f}%，其余平分",
            JointPolicy.FIXED: "每个单位各得规定的分，不超过单独报送的分",
        }[self.by]


class Sourcing(Strict):
    """How an item that the office wrote from others pays: `office` is the office's own part, `full` the forms in which each unit has all."""

    office: Percent | None = Field(None, title="办公室的百分数")
    full: Words = Field((), title="各得全分的采用形式")


class Leader(Strict):
    """Instructions by leaders of a rank: those whose post contains one of the words."""

    level: Word = Field(title="层级")
    by: Words = Field(min_length=1, title="领导职务")
    points: Steps = Field(title="加分")


class Per(StrEnum):
    """How often a bonus is given."""

    ITEM = "item"
    ADOPTION = "adoption"


class Bonus(When):
    """Points beside those of the adoption: once an item, at its first adoption that fits, or at each."""

    name: Word = Field(title="名称")
    points: Points = Field(title="加分")
    per: Lax[Per] = Field(Per.ITEM, title="怎样加")


class Resubmitted(StrEnum):
    """How an item counts that was submitted before."""

    ONCE = "once"
    EACH = "each"

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {"once": "重报的信息只计一次", "each": "重报的信息每次都计"}[self.value]


class Cap(When):
    """The most points of a unit for what the condition names, in a span of time or for one item."""

    per: Lax[Span] = Field(title="计算范围")
    most: Amount = Field(title="最多")


class Base(Strict):
    """A base score that every unit has in a span, times its completion (at most 1)."""

    points: Amount = Field(title="基础分")
    per: TimeSpan = Field(title="计算范围")
