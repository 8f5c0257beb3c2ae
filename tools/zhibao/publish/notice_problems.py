"""What is to be improved, read from the quarter's figures: each with the number behind it and what the office asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhibao.model.edition import Shown
from zhibao.publish.notice_facts import NoticeFacts
from zhibao.publish.render import number
from zhibao.score.figures import UnitFigures, ratio
from zhibao.score.wording import percent

ONE_SIDED = Decimal("0.4")
"""A kind that makes up this much of what was reported makes the structure one-sided."""
LOW_RATE = Decimal("0.5")
FEWEST = 2
"""Items of a unit or kind below which its rate says nothing."""
NEXT_KINDS = 3
"""Kinds named after the most frequent one."""
MOST_REASONS = 3


def problems(facts: NoticeFacts) -> Iterator[tuple[str, str]]:
    """Heading and paragraph of each, in the order in which an office tells them; never empty."""
    found = [
        ("任务完成。", _completion(facts)),
        ("信息结构。", _structure(facts)),
        ("报送时效。", _timeliness(facts)),
        ("采用情况。", _adoption(facts)),
        ("信息质量。", _quality(facts)),
        ("约稿办理。", _commissions(facts)),
    ]
    told = [(heading, words) for heading, words in found if words]
    yield from told or [("总的看。", "没有突出的问题，请各单位保持。")]


def _completion(facts: NoticeFacts) -> str:
    owing = [one for one in facts.figures.units if one.completion is not None]
    short = [one for one in owing if one.completion is not None and one.completion < 1]
    if not owing:
        return ""
    if not short:
        return f"有任务的{len(owing)}个单位全部完成任务。"
    listed = "、".join(f"{one.name}（{percent(one.completion)}）" for one in short)
    until = "没有完成" if facts.until == facts.period.end else "还没有完成"
    return f"有任务的{len(owing)}个单位中，{len(short)}个{until}本季度任务：{listed}。请这些单位的分管领导过问，在下季度补上。"


def _structure(facts: NoticeFacts) -> str:
    kinds = {kind: submitted for kind, (submitted, _) in facts.figures.by_kind.items() if submitted}
    whole = sum(kinds.values())
    if not whole:
        return ""
    ordered = sorted(kinds.items(), key=lambda pair: -pair[1])
    (first, most), others = ordered[0], ordered[1 : 1 + NEXT_KINDS]
    share = ratio(most, whole) or Decimal(0)
    words = f"报送的{whole}条中，{first}{most}条，占{percent(share)}，最多"
    words += f"；其次是{'、'.join(f'{kind}{count}条' for kind, count in others)}。" if others else "。"
    missing = [kind.name for kind in facts.office.kinds if kind.name not in kinds and not kind.urgent]
    words += f"没有报送的类型：{'、'.join(missing)}。" if missing else ""
    if share >= ONE_SIDED:
        return f"{words}{first}偏多，结构单一，请多报有分析、有办法、能供决策参考的信息。"
    return f"{words}请在写好{first}的同时，多到一线调研，多报有分析、有建议的信息。"


def _timeliness(facts: NoticeFacts) -> str:
    found = facts.delays
    if not found.known:
        return "报送的信息都没有写明发生日期，看不出快慢，请写上。" if found.unknown else ""
    late = sum(found.late.values())
    words = f"写明发生日期的{found.known}条，从发生到报送的中位数是{number(found.median)}个工作日"
    words += f"，超过时限的{late}条，占{percent(found.late_share)}" if late else "，没有超过时限的"
    words += f"；另有{found.unknown}条没有写明发生日期。" if found.unknown else "。"
    asked = [
        *(["抓紧编报、及时报送"] if late else []),
        *(["写明发生日期"] if found.unknown else []),
    ]
    return words + (f"请{'，并'.join(asked)}。" if asked else "")


def _adoption(facts: NoticeFacts) -> str:
    low = [
        one
        for one in facts.figures.units
        if one.adoption_rate is not None and one.submitted >= FEWEST and one.adoption_rate < LOW_RATE
    ]
    words = ""
    if low:
        listed = "、".join(f"{one.name}（{percent(one.adoption_rate)}）" for one in low)
        words = f"报送{FEWEST}条以上、采用率低于{number(LOW_RATE * 100)}%的单位：{listed}。"
    weak = _weak_kind(facts)
    if weak:
        kind, submitted, adopted = weak
        words += f"各类型中，{kind}报送{submitted}条、采用{adopted}条，采用率最低。"
    reasons = _reasons(facts.figures.totals) if Shown.REASONS in facts.shows else ""
    words += f"没有采用的原因，主要是{reasons}。" if reasons else ""
    return f"{words}请对照改进，少而求精。" if words else ""


def _weak_kind(facts: NoticeFacts) -> tuple[str, int, int] | None:
    """The kind with the lowest rate, where that is below the county's own."""
    total = facts.figures.totals
    whole = ratio(total.adopted, total.submitted)
    found = [
        (Decimal(adopted) / submitted, kind, submitted, adopted)
        for kind, (submitted, adopted) in facts.figures.by_kind.items()
        if submitted >= FEWEST
    ]
    worst = min(found, key=lambda one: one[0], default=None)
    if worst is None or whole is None or worst[0] >= whole:
        return None
    return worst[1:]


def _reasons(total: UnitFigures) -> str:
    found = sorted(total.reasons.items(), key=lambda pair: -pair[1])[:MOST_REASONS]
    return "、".join(f"{code}（{count}条）" for code, count in found)


def _quality(facts: NoticeFacts) -> str:
    """Only where the units are shown the 质量分 at all."""
    found = facts.figures.totals.quality
    if Shown.QUALITY not in facts.shows or found is None:
        return ""
    low = sorted(
        (one for one in facts.figures.units if one.quality is not None and one.quality < found),
        key=lambda one: one.quality or Decimal(0),
    )[:MOST_REASONS]
    words = f"平均质量分{found:.1f}分。"
    if low:
        words += f"较低的是{'、'.join(f'{one.name}（{one.quality:.1f}分）' for one in low)}，请在要素、数字和分析上下功夫。"
    return words


def _commissions(facts: NoticeFacts) -> str:
    total = facts.figures.totals
    missing = total.commissions_due - total.commissions_done
    if not missing:
        return ""
    return f"到期约稿{total.commissions_due}篇次中，{missing}篇次没有按时完成。约稿是上级和县委点名要的，请按时交稿，确有困难的提前说明。"
