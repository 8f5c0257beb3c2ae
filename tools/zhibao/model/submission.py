"""A submission: every key an item's front matter may have, in the order in which they are written."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from zhibao.model.fields import (
    Account,
    Day,
    Lax,
    Many,
    MediaPath,
    Moment,
    Points,
    Share,
    Strict,
    SubmissionId,
    Text,
    Title,
    UnitId,
    Word,
)


class Audience(StrEnum):
    """Who may read an item: the world, the units, or the leaders only."""

    OPEN = "open"
    NETWORK = "network"
    LEADERS = "leaders"


class Decision(StrEnum):
    """What an editor decided. `returned` is a state of a proposal and never stands on the branch."""

    ADOPTED = "adopted"
    HELD = "held"
    DECLINED = "declined"
    FILED = "filed"


class JointUnit(Strict):
    """A unit that wrote the item together with the lead unit."""

    unit: UnitId = Field(title="单位")
    share: Share | None = Field(None, title="份额")


class Source(Strict):
    """An item that an office-written item was made from."""

    id: SubmissionId = Field(title="信息编号")
    share: Share | None = Field(None, title="份额")


class Clearance(Strict):
    """The supervisor's word that the item may be published."""

    by: Word = Field(title="审核人")
    date: Day = Field(title="审核日期")


class Received(Strict):
    """How an item came that was entered for a unit; then this time counts."""

    via: Word = Field(title="途径")
    date: Moment = Field(title="收到时间")


class Correction(Strict):
    """A change to a text that was already adopted; shown with it."""

    date: Day = Field(title="更正日期")
    reason: Text = Field(title="更正原因")


class Reason(Strict):
    """Why an item was not adopted: a code of the office and words to the unit."""

    code: Word = Field(title="原因代码")
    words: Text | None = Field(None, title="说明")


class Withdrawn(Strict):
    """An adopted item taken back: it leaves every edition at the next build."""

    date: Day = Field(title="撤下日期")
    reason: Text = Field(title="撤下原因")


class Adoption(Strict):
    """One use of an item: by which level, on which day, in which form and publication.

    `heard` is the day on which the office heard of it, `score` what the level above itself counts for it.
    """

    level: Word = Field(title="层级")
    date: Day = Field(title="采用日期")
    form: Word = Field(title="采用形式")
    publication: Word = Field(title="刊物")
    heard: Day | None = Field(None, title="得知日期")
    score: Points | None = Field(None, title="上级计分")

    @property
    def event(self) -> str:
        """What makes it this adoption and no other: recorded twice, it is one."""
        return f"{self.level}/{self.date}/{self.form}/{self.publication}"


class Instruction(Strict):
    """A leader's written instruction on an item (批示)."""

    level: Word = Field(title="层级")
    date: Day = Field(title="批示日期")
    by: Word = Field(title="批示领导")

    @property
    def event(self) -> str:
        """What makes it this instruction and no other."""
        return f"{self.level}/{self.date}/{self.by}"


class Review(Strict):
    """The editors' word on an item; absent until there is something to say beyond the merge."""

    decision: Lax[Decision] | None = Field(None, title="处理决定")
    by: Account | None = Field(None, title="编辑")
    date: Day | None = Field(None, title="决定日期")
    reason: Reason | None = Field(None, title="原因")
    quality: dict[str, Annotated[int, Field(ge=0, le=5)]] = Field(default_factory=dict, title="编辑评分")
    withdrawn: Withdrawn | None = Field(None, title="撤下")
    adoptions: Many[Adoption] = Field((), title="采用")
    instructions: Many[Instruction] = Field((), title="批示")


class Submission(Strict):
    """One item of information, as its officer and the editors wrote it. Times are the county's own."""

    title: Title = Field(title="标题")
    unit: UnitId = Field(title="单位")
    officer: Word = Field(title="信息员")
    kind: Word = Field(title="类型")
    submitted: Moment = Field(title="报送时间")
    happened: Day | None = Field(None, title="发生日期")
    tags: Many[Word] = Field((), title="标签")
    summary: Text | None = Field(None, title="摘要")
    call: Word | None = Field(None, title="报送要点")
    joint: Many[JointUnit] = Field((), alias="with", title="联合单位")
    resubmits: SubmissionId | None = Field(None, title="重报自")
    media: Many[MediaPath] = Field((), title="附图")
    audience: Lax[Audience] = Field(Audience.NETWORK, title="阅读范围")
    clearance: Clearance | None = Field(None, title="公开审核")
    sources: Many[Source] = Field((), title="来源信息")
    received: Received | None = Field(None, title="收到")
    corrections: Many[Correction] = Field((), title="更正")
    imported: bool = Field(False, title="档案")
    review: Review = Field(default_factory=Review, title="编辑处理")

    @property
    def arrived(self) -> datetime:
        """When the item counts as submitted: when it was received, where it was entered for the unit."""
        return self.received.date if self.received else self.submitted

    @property
    def units(self) -> tuple[str, ...]:
        """The lead unit, then the joint ones, in the order written."""
        return (self.unit, *(joint.unit for joint in self.joint))


KEY_ORDER: tuple[str, ...] = tuple(f.alias or name for name, f in Submission.model_fields.items())
"""The keys of the front matter in the order in which they are written; `review` is last."""
