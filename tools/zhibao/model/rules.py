"""Rules (计分办法): what counts, how much, for whom and from when. A county's policy is `registry/rules/*.yml`.

The language is a closed set of terms (`model.policy`); docs/policy.md explains each with an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Day, Lax, Many, Points, Strict, Word
from zhibao.model.period import Period
from zhibao.model.policy.earning import (
    Base,
    Bonus,
    Cap,
    CountBy,
    Joint,
    JointPolicy,
    Leader,
    Resubmitted,
    Several,
    Sourcing,
    Special,
)
from zhibao.model.policy.formulas import AdoptionRate, Completion, QualityOf, RankedBy
from zhibao.model.policy.owing import (
    Awards,
    CheckedQuota,
    CheckedShortfall,
    CommissionRule,
    LowRate,
    Penalised,
)
from zhibao.model.policy.quality import CheckedQuality, QualityRules
from zhibao.model.policy.terms import Amount, ScoreTable, Steps, Words, one_of_two
from zhibao.model.submission import Decision


def _named(value: Any) -> Any:
    """A policy by its name alone: `joint: full`."""
    return {"by": value} if isinstance(value, str) else value


def _complete(joint: Joint) -> Joint:
    if joint.by is JointPolicy.LEAD and joint.lead is None:
        raise PydanticCustomError("joint_form", "按 lead 分要写牵头单位的百分数，如 {by: lead, lead: 60}")
    if joint.by is JointPolicy.FIXED and not joint.points:
        raise PydanticCustomError(
            "joint_form", "按 fixed 计要写每个单位的分值，如 {by: fixed, points: {县: 2}}"
        )
    return joint


def _unadopted(decision: Decision) -> Decision:
    if decision is Decision.ADOPTED:
        raise PydanticCustomError("decision_form", "采用的分写在 adoption 里；这里只写 held、declined、filed")
    return decision


CheckedJoint = Annotated[
    Joint, BeforeValidator(_named, json_schema_input_type=JointPolicy | Joint), AfterValidator(_complete)
]
CheckedSpecial = Annotated[Special, AfterValidator(one_of_two)]
NotAdopted = Annotated[Lax[Decision], AfterValidator(_unadopted)]


class Rules(Strict):
    """One file of rules, in force from `from` until the next one begins, or until `until`.

    `ranked` cuts the ranks of each group to the first N; 0 switches them off, None shows all.
    """

    since: Day = Field(alias="from", title="起始日期")
    until: Day | None = Field(None, title="截止日期")
    title: Word = Field(title="名称")
    adoption: dict[Word, ScoreTable] = Field(title="采用计分")
    special: Many[CheckedSpecial] = Field((), title="另行规定")
    several: Several = Field(default_factory=Several, title="一条多次采用")
    count_by: Lax[CountBy] = Field(CountBy.DATE, title="上级采用按哪天计")
    joint: CheckedJoint = Field(default_factory=Joint, title="联合报送")
    sources: Sourcing = Field(default_factory=Sourcing, title="编发稿")
    instruction: dict[Word, Steps] = Field(default_factory=dict, title="批示加分")
    leaders: Many[Leader] = Field((), title="按领导职务的批示加分")
    bonus: Many[Bonus] = Field((), title="其他加分")
    decision: dict[NotAdopted, Points] = Field(default_factory=dict, title="没有采用的计分")
    invalid: Words = Field((), title="不算报送的原因")
    resubmitted: Lax[Resubmitted] = Field(Resubmitted.ONCE, title="重报")
    base: Base | None = Field(None, title="基础分")
    caps: Many[Cap] = Field((), title="封顶")
    commission: CommissionRule | None = Field(None, title="约稿扣分")
    urgent_late: Amount | None = Field(None, title="紧急信息迟报扣分")
    findings: dict[Word, Penalised] = Field(default_factory=dict, title="认定问题扣分")
    shortfall: Many[CheckedShortfall] = Field((), title="任务没有完成扣分")
    low_rate: LowRate | None = Field(None, title="采用率低扣分")
    quota: Many[CheckedQuota] = Field((), title="任务数")
    awards: Awards = Field(default_factory=Awards, title="评先")
    completion: Lax[Completion] = Field(Completion.SUBMITTED, title="完成率")
    adoption_rate: Lax[AdoptionRate] = Field(AdoptionRate.PERIOD, title="采用率")
    quality_of: Lax[QualityOf] = Field(QualityOf.SUBMITTED, title="质量")
    ranked: int | None = Field(None, ge=0, le=1000, title="公布名次")
    ranked_by: Lax[RankedBy] = Field(RankedBy.POINTS, title="按什么排名")
    quality: CheckedQuality = Field(default_factory=QualityRules, title="质量分")


def in_force(rules: Mapping[str, Rules], period: Period) -> Iterator[tuple[str, Rules]]:
    """Of rules by path, those that are in force on some day of a period, by their first day."""
    ordered = sorted(rules.items(), key=lambda pair: pair[1].since)
    for number, (path, one) in enumerate(ordered):
        begun = one.since <= period.end or number == 0
        if begun and all(later.since > period.start for _, later in ordered[number + 1 : number + 2]):
            yield path, one
