"""A policy in Chinese sentences, clause by clause: what the site, the explanations and the notice say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from zhibao.model.office import Office
from zhibao.model.policy.earning import Bonus, CountBy, Counting, Per
from zhibao.model.policy.owing import Bar, QuotaRule, Shortfall
from zhibao.model.policy.terms import Score
from zhibao.model.rules import Rules
from zhibao.model.submission import Decision
from zhibao.score.tariff import condition_words
from zhibao.score.wording import number

_DECISIONS = {Decision.HELD: "留用", Decision.DECLINED: "不采用", Decision.FILED: "备查"}


def sentences(rules: Rules, office: Office) -> Iterator[str]:
    """Everything that the rules say beside the table of scores and the 质量分, one sentence each."""
    yield from _earning(rules, office)
    yield from _instructions(rules)
    yield from (_bonus(bonus) for bonus in rules.bonus)
    yield from _unadopted(rules)
    yield from (
        f"{cap.per.label}最多计 {number(cap.most)} 分（{condition_words(cap)}）。" for cap in rules.caps
    )
    yield from _base(rules)
    yield from _penalties(rules)
    yield from (_quota(quota) for quota in rules.quota)
    yield from _formulas(rules)
    yield from _awards(rules)


def score_words(score: Score) -> str:
    """A score in Chinese: `3 分`, `州级分值的 2 倍`."""
    if score.times is None:
        return f"{number(score.points or Decimal(0))} 分"
    whose = f"{score.of}级分值" if score.of else "上级计分"
    return f"{whose}的 {number(score.times)} 倍"


def _earning(rules: Rules, office: Office) -> Iterator[str]:
    for special in rules.special:
        yield f"另行规定：{condition_words(special)}，{score_words(special)}。"
    levels, publications = rules.several.levels, rules.several.publications
    if Counting.CUMULATIVE is levels is publications:
        yield "同一条信息被几个层级或几个刊物采用，各次的分累计。撤下的信息不计分。"
    else:
        yield f"同一条信息被几个层级采用，{levels.label}；被同级几个刊物采用，{publications.label}。撤下的信息不计分。"
    if rules.count_by is CountBy.HEARD:
        yield "上级采用按办公室得知的日期计入季度；没有写得知日期的，按采用日期。"
    fixed = f"（{_table(rules.joint.points)}）" if rules.joint.points else ""
    yield f"联合报送：{rules.joint.label}{fixed}。"
    own = rules.sources.office
    part = f"先分给办公室 {number(own)}%，其余" if own else ""
    full = f"；{'、'.join(rules.sources.full)}采用的，每个供稿单位各得全分" if rules.sources.full else ""
    yield f"{office.name}编发的信息，得分{part}按份额归各条来源信息的单位，没有写份额的平分{full}。"
    yield f"{rules.resubmitted.label}。"


def _table(points: Mapping[str, Decimal]) -> str:
    return "，".join(
        f"{'各级' if level == '*' else f'{level}级'} {number(value)} 分" for level, value in points.items()
    )


def _instructions(rules: Rules) -> Iterator[str]:
    for leader in rules.leaders:
        yield f"{leader.level}级领导（{'、'.join(leader.by)}）批示，{_steps(leader.points)}。"
    for level, steps in rules.instruction.items():
        yield f"{level}级领导{'其他' if any(one.level == level for one in rules.leaders) else ''}批示，{_steps(steps)}。"


def _steps(steps: tuple[Decimal, ...]) -> str:
    if len(steps) == 1:
        return f"每次加 {number(steps[0])} 分"
    first, rest = steps[0], steps[1:]
    if len(steps) == 2 and not rest[0]:
        return f"加 {number(first)} 分，只计一次"
    middle = "".join(f"，第 {place} 次加 {number(points)} 分" for place, points in enumerate(rest[:-1], 2))
    return f"第一次加 {number(first)} 分{middle}，以后每次加 {number(rest[-1])} 分"


def _bonus(bonus: Bonus) -> str:
    often = "每条加一次" if bonus.per is Per.ITEM else "每次采用都加"
    return f"{bonus.name}：{condition_words(bonus)}，加 {number(bonus.points)} 分，{often}。"


def _unadopted(rules: Rules) -> Iterator[str]:
    for decision, points in rules.decision.items():
        yield f"{_DECISIONS[decision]}的信息计 {number(points)} 分。"
    if rules.invalid:
        yield f"因{'、'.join(rules.invalid)}没有采用的，不算报送，也不计分。"


def _base(rules: Rules) -> Iterator[str]:
    if rules.base:
        yield f"{rules.base.per.label}基础分 {number(rules.base.points)} 分，乘以完成率（最多按 100%）。"


def _penalties(rules: Rules) -> Iterator[str]:
    if rules.commission:
        one = rules.commission
        yield f"约稿迟报一次扣 {number(one.late)} 分，没有报一次扣 {number(one.missed)} 分。"
        if one.escalate:
            hard = one.escalate
            times = [
                f"迟报满 {hard.late} 次" if hard.late else "",
                f"没有报满 {hard.missed} 次" if hard.missed else "",
            ]
            yield f"一年里{'或'.join(filter(None, times))}的，每次按 {number(hard.deduct)} 分扣，以前扣得少的补足。"
    if rules.urgent_late:
        yield f"紧急信息超过时限报送，一次扣 {number(rules.urgent_late)} 分。"
    for finding, penalty in rules.findings.items():
        price = (
            f"{number(penalty.deduct)} 分"
            if penalty.deduct is not None
            else f"该条得分的 {number(penalty.percent or Decimal(0))}%"
        )
        yield f"认定{finding}的，扣{price}。"
    yield from map(_shortfall, rules.shortfall)
    if rules.low_rate:
        low = rules.low_rate
        yield f"{low.per.label}采用率低于 {number(low.under)}% 的，扣 {number(low.deduct)} 分。"


def _shortfall(rule: Shortfall) -> str:
    what = f"{'、'.join(rule.kinds)}任务" if rule.kinds else "任务"
    price = (
        f"每少一条扣 {number(rule.each)} 分"
        if rule.each is not None
        else f"扣 {number(rule.flat or Decimal(0))} 分"
    )
    most = f"，最多扣 {number(rule.most)} 分" if rule.most is not None else ""
    return f"{rule.per.label}没有完成{what}的，{price}{most}。"


def _quota(quota: QuotaRule) -> str:
    whose = "、".join((*quota.groups, *quota.units)) or "各单位"
    amounts = [
        f"{quota.count} 条" if quota.count is not None else "",
        f"{number(quota.points)} 分" if quota.points is not None else "",
    ]
    return f"任务数：{whose}{quota.per.label}{'、'.join(quota.kinds)} {'、'.join(filter(None, amounts))}。"


def _formulas(rules: Rules) -> Iterator[str]:
    yield f"完成率 = {rules.completion.label}。"
    yield f"采用率 = {rules.adoption_rate.label}。"
    if rules.ranked == 0:
        yield "不排名。"
        return
    cut = f"，公布各类别前 {rules.ranked} 名" if rules.ranked else ""
    yield f"按{rules.ranked_by.label}在各类别内排名{cut}。"


def _awards(rules: Rules) -> Iterator[str]:
    if rules.awards.first:
        yield f"全年各类别前 {rules.awards.first} 名评为先进。"
    yield from (f"{bar_words(bar)}的，不能评先。" for bar in rules.awards.barred)
    yield from (f"{bar_words(bar)}的，全年计 0 分。" for bar in rules.awards.zeroed)


def bar_words(bar: Bar) -> str:
    """A condition on a year in Chinese."""
    found: Iterable[str] = (
        f"约稿迟报满 {bar.late} 次" if bar.late else "",
        f"约稿没有报满 {bar.missed} 次" if bar.missed else "",
        f"被认定{'、'.join(bar.finding)}" if bar.finding else "",
        f"完成率低于 {number(bar.completion_under)}%" if bar.completion_under is not None else "",
        f"采用率低于 {number(bar.adoption_rate_under)}%" if bar.adoption_rate_under is not None else "",
        f"有 {bar.zero_quarters} 个季度零报送" if bar.zero_quarters else "",
    )
    return "，且".join(filter(None, found))
