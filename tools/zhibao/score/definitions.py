"""What each figure of the statistics means, in Chinese: printed beside the numbers, always."""

from __future__ import annotations

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.rules import Rules


def definitions(county: County, period: Period) -> tuple[tuple[str, str], ...]:
    """(name, formula) of each figure, as the rules in force at the end of the period have it."""
    office, rules = county.registry.office, county.registry.rules_on(period.end)
    above = f"上级（{'、'.join(office.levels[1:])}）" if office.levels[1:] else "上级"
    return (
        ("报送", "本期收到、已有处理结果的条数，记在牵头单位；尚未处理的另列为“待处理”"),
        ("采用", "本期首次采用的条数，按采用日期计，记在牵头单位；撤下的不计"),
        ("任务数", "全年任务数按月折算：当月最后一天在册的月份，每月十二分之一"),
        ("完成率", rules.completion.label),
        ("采用率", rules.adoption_rate.label),
        ("本期报送采用率", "本期报送的信息中到现在已采用的条数 ÷ 本期报送条数"),
        ("上报", f"本期首次编入上报刊物，或首次被{above}采用的条数"),
        ("上级采用", f"本期{above}采用的条次；一条信息被采用两次算两条次"),
        ("批示", "本期领导批示的次数，记在牵头单位"),
        ("约稿", "本期到期的约稿中，截止以前报送了的；联合报送的各单位都算完成"),
        ("质量", rules.quality_of.label),
        ("得分", f"本期得分明细各行之和；联合报送{rules.joint.label}；{office.name}编发的按来源分给供稿单位"),
        ("名次", _ranking(rules)),
        ("零报送", "本期没有报送，也没有待处理信息的单位"),
        ("零采用", "本期没有采用的单位，包括零报送的"),
    )


def _ranking(rules: Rules) -> str:
    first = rules.ranked
    if first == 0:
        return "不排名"
    words = f"按{rules.ranked_by.label}在本类别内排列，相同的名次相同，其后的名次顺延；全类别都没有得分时不排"
    cut = "" if first is None else f"；只公布前 {first} 名"
    return f"{words}{cut}。升降是上期名次减本期名次，正数为上升；换了类别或上期没有名次的不比"
