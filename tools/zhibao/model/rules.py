"""Rules (计分办法): what counts, how much, for whom and from when. A county's policy is `registry/rules/*.yml`."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Lax, Points, Strict, Word


class JointPolicy(StrEnum):
    """How the points of a joint item fall to its units."""

    SPLIT = "split"
    FULL = "full"

    @property
    def label(self) -> str:
        """The Chinese sentence that a reader sees."""
        return {"split": "按份额分，没有写份额的平分", "full": "每个单位各得全分"}[self.value]


class Completion(StrEnum):
    """What is divided by the quota to give the completion rate (完成率)."""

    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    POINTS = "points"

    @property
    def label(self) -> str:
        """The formula in Chinese, printed beside the number."""
        return {
            "submitted": "报送条数 ÷ 任务数",
            "adopted": "采用条数 ÷ 任务数",
            "points": "得分 ÷ 任务分数",
        }[self.value]


class Timeliness(Strict):
    """Working days within which an item is fresh: each further day costs a quarter of the part's points."""

    days: int = Field(3, ge=0, le=60, title="工作日")
    kinds: dict[Word, Annotated[int, Field(ge=0, le=60)]] = Field(
        default_factory=dict, title="各类型的工作日"
    )


class Weights(Strict):
    """What each part of the 质量分 is worth, in points."""

    timeliness: int = Field(15, ge=0, le=100, title="时效")
    elements: int = Field(15, ge=0, le=100, title="要素")
    length: int = Field(10, ge=0, le=100, title="篇幅")
    single: int = Field(5, ge=0, le=100, title="一事一报")
    figures: int = Field(10, ge=0, le=100, title="数据")
    call: int = Field(5, ge=0, le=100, title="切合要点")
    novelty: int = Field(10, ge=0, le=100, title="新颖")


class QualityRules(Strict):
    """How the 质量分 is made: parts read off the item, and the editors' marks (each 0 to 5) by weight. Together 100."""

    timeliness: Timeliness = Field(default_factory=Timeliness, title="时效")
    enough: int = Field(3, ge=1, le=100, title="够用的数字个数")
    weights: Weights = Field(default_factory=Weights, title="分值")
    marks: dict[Word, Annotated[int, Field(ge=0, le=100)]] = Field(
        default_factory=dict, title="编辑评分的分值"
    )


def _hundred(rules: QualityRules) -> QualityRules:
    total = sum(rules.weights.model_dump().values()) + sum(rules.marks.values())
    if total != 100:
        raise PydanticCustomError("weights_total", "各项分值合计 {total}，应为 100", {"total": total})
    return rules


class Rules(Strict):
    """One file of rules, in force from `from` until the next one begins.

    `ranked` cuts the ranks of each group to the first N; 0 switches them off, None shows all.
    """

    since: Day = Field(alias="from", title="起始日期")
    title: Word = Field(title="名称")
    adoption: dict[Word, dict[Word, Points]] = Field(title="采用计分")
    instruction: dict[Word, Points] = Field(default_factory=dict, title="批示加分")
    joint: Lax[JointPolicy] = Field(JointPolicy.SPLIT, title="联合报送")
    completion: Lax[Completion] = Field(Completion.SUBMITTED, title="完成率")
    ranked: int | None = Field(None, ge=0, le=1000, title="公布名次")
    quality: Annotated[QualityRules, AfterValidator(_hundred)] = Field(title="质量分")

    def adoption_points(self, level: str, form: str) -> Decimal | None:
        """Points of one adoption; None where the rules name no such level and form."""
        return self.adoption.get(level, {}).get(form)
