"""What costs points, what is owed, and what bars an award."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Many, Strict
from zhibao.model.policy.terms import Amount, Percent, TimeSpan, Words


class Escalation(Strict):
    """From so many late or missed commissions in a year on, each costs `deduct`; those before are made up to it."""

    late: int | None = Field(None, ge=1, le=100, title="迟到次数")
    missed: int | None = Field(None, ge=1, le=100, title="缺报次数")
    deduct: Amount = Field(title="每次扣分")


class CommissionRule(Strict):
    """What a commission costs that was answered late, or not at all."""

    late: Amount = Field(title="迟到扣分")
    missed: Amount = Field(title="缺报扣分")
    escalate: Escalation | None = Field(None, title="加重")


class Penalty(Strict):
    """What a finding costs: points, or a percentage of what the item earned."""

    deduct: Amount | None = Field(None, title="扣分")
    percent: Percent | None = Field(None, title="扣该条得分的百分数")


def _one_kind(penalty: Penalty) -> Penalty:
    if (penalty.deduct is None) == (penalty.percent is None):
        raise PydanticCustomError("penalty_form", "写扣几分，或者写 {percent: 50}，只写一种")
    return penalty


def _deducted(value: object) -> object:
    return value if isinstance(value, dict | Strict) else {"deduct": value}


Penalised = Annotated[
    Penalty, BeforeValidator(_deducted, json_schema_input_type=float | Penalty), AfterValidator(_one_kind)
]


class Shortfall(Strict):
    """What an unfulfilled quota costs: for each item that is missing, or for the span as a whole; at most `most`."""

    per: TimeSpan = Field(title="计算范围")
    each: Amount | None = Field(None, title="每少一条扣分")
    flat: Amount | None = Field(None, title="没有完成扣分")
    most: Amount | None = Field(None, title="最多扣分")
    kinds: Words = Field((), title="类型")


def _one_measure(rule: Shortfall) -> Shortfall:
    if (rule.each is None) == (rule.flat is None):
        raise PydanticCustomError(
            "shortfall_form", "写 each（每少一条扣几分）或 flat（没有完成扣几分），只写一种"
        )
    return rule


CheckedShortfall = Annotated[Shortfall, AfterValidator(_one_measure)]


class LowRate(Strict):
    """What an adoption rate under a threshold costs."""

    per: TimeSpan = Field(title="计算范围")
    under: Percent = Field(title="低于百分之几")
    deduct: Amount = Field(title="扣分")


class QuotaRule(Strict):
    """任务数 for groups or units: so many items or points in a span; with `kinds`, a task of its own beside the general one."""

    per: TimeSpan = Field(title="计算范围")
    groups: Words = Field((), title="类别")
    units: Words = Field((), title="单位")
    kinds: Words = Field((), title="类型")
    count: int | None = Field(None, ge=0, le=10_000, title="条数")
    points: Amount | None = Field(None, title="分数")


def _something(rule: QuotaRule) -> QuotaRule:
    if rule.count is None and rule.points is None:
        raise PydanticCustomError("quota_form", "写 count（条数）或 points（分数），或者都写")
    if rule.kinds and rule.count is None:
        raise PydanticCustomError("quota_form", "按类型的任务只能写 count（条数）")
    return rule


CheckedQuota = Annotated[QuotaRule, AfterValidator(_something)]


class Bar(Strict):
    """A condition on a unit's year; everything that is written has to hold."""

    late: int | None = Field(None, ge=1, le=1000, title="约稿迟到次数")
    missed: int | None = Field(None, ge=1, le=1000, title="约稿缺报次数")
    finding: Words = Field((), title="认定的问题")
    completion_under: Percent | None = Field(None, title="完成率低于")
    adoption_rate_under: Percent | None = Field(None, title="采用率低于")
    zero_quarters: int | None = Field(None, ge=1, le=4, title="零报送的季度数")


def _not_empty(bar: Bar) -> Bar:
    if bar == Bar():
        raise PydanticCustomError("bar_form", "至少要写一个条件，如 {missed: 2}")
    return bar


CheckedBar = Annotated[Bar, AfterValidator(_not_empty)]


class Awards(Strict):
    """The annual awards: the first so many of each group; whom a condition bars; whose year a condition makes nothing."""

    first: int = Field(3, ge=0, le=100, title="每类前几名")
    barred: Many[CheckedBar] = Field((), title="不能评先的条件")
    zeroed: Many[CheckedBar] = Field((), title="全年计零分的条件")
