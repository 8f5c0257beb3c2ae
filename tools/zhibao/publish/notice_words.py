"""The sentences of the quarterly notice (通报): facts first, then what the office asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhibao.model.edition import Shown
from zhibao.model.period import Period
from zhibao.model.policy.formulas import Completion, RankedBy
from zhibao.publish.notice_facts import NoticeFacts
from zhibao.publish.render import day, number
from zhibao.score.commissions import Answer, Commission
from zhibao.score.figures import UnitFigures
from zhibao.score.wording import percent

FIRST = 3
"""Ranks of each group that are named."""

_ORDINALS = "一二三"
_NOTED = ("任务数", "完成率", "采用率", "上报", "上级采用", "约稿", "得分", "名次")


def opening(facts: NoticeFacts) -> str:
    """What the notice is about, and up to which day it counts."""
    period, until = facts.period, day(facts.until)
    span = f"{period.start.month}月{period.start.day}日至{period.end.month}月{period.end.day}日"
    state = (
        f"数字截至{until}，已经封存；此后核实的变动，在下一季度补差"
        if facts.closed
        else f"数字截至{until}，尚未封存，以封存后的为准"
    )
    return f"现将{period.label}（{span}）全县信息报送情况通报如下。{state}。"


def overall(facts: NoticeFacts) -> str:
    """The county in one paragraph; the office's own items apart."""
    total, before = facts.figures.totals, facts.before.totals if facts.before else None
    said = [
        f"{short(facts.period)}，全县{len(facts.figures.units)}个单位报送信息{total.submitted}条"
        + _compared(total.submitted, before.submitted if before else None)
        + _quota(facts)
        + f"；采用{total.adopted}条"
        + _compared(total.adopted, before.adopted if before else None)
        + _rate("采用率", total.adoption_rate)
        + f"；上报{total.sent_up}条，上级采用{_levels(total)}。"
    ]
    if facts.commissions:
        said.append(f"到期约稿{total.commissions_due}篇次，按时完成{total.commissions_done}篇次。")
    if Shown.INSTRUCTIONS in facts.shows:
        said.append(f"领导批示{total.instructions}次。" if total.instructions else "没有领导批示。")
    if total.undecided:
        said.append(f"另有{total.undecided}条待处理，没有计入。")
    own = facts.figures.office
    if own.submitted or own.adopted or any(own.adopted_above.values()):
        said.append(
            f"{own.name}编报信息{own.submitted}条，采用{own.adopted}条，上级采用{_levels(own)}，单列，不参加排名。"
        )
    return "".join(said)


def group_words(facts: NoticeFacts, members: Sequence[UnitFigures]) -> str:
    """One group: how much it did, and its first three, all of those who share a rank."""
    submitted, adopted = sum(one.submitted for one in members), sum(one.adopted for one in members)
    words = f"{len(members)}个单位报送信息{submitted}条，采用{adopted}条。"
    places = list(_places(facts, members))
    return words + (f"{'，'.join(places)}。" if places else "")


def notes(facts: NoticeFacts) -> str:
    """What the figures of the tables are, as it was frozen with them."""
    known = dict(facts.figures.definitions)
    asked = {"得分": Shown.POINTS, "名次": Shown.RANKS}
    told = [
        f"{name}指{known[name].partition('。')[0]}"
        for name in _NOTED
        if name in known and (name not in asked or asked[name] in facts.shows)
    ]
    return f"注：{'。'.join(told)}。约稿一栏是按时完成和到期的篇次。"


def zero(facts: NoticeFacts) -> Iterator[str]:
    """The units that reported nothing, and those of which nothing was adopted."""
    found = facts.figures
    for words, ids in (
        ("零报送单位", found.zero_reports),
        ("零采用单位（包括零报送的）", found.zero_adoptions),
    ):
        yield f"{words}{len(ids)}个：{_names(facts, ids)}。" if ids else f"没有{words.partition('（')[0]}。"


def commissions(facts: NoticeFacts) -> Iterator[str]:
    """Every topic that fell due: who answered in time, late, or not at all."""
    if not facts.commissions:
        yield f"{short(facts.period)}没有到期的约稿。"
        return
    by_call: dict[str, list[Commission]] = {}
    for one in facts.commissions:
        by_call.setdefault(one.call.id, []).append(one)
    counted = {answer: sum(one.answer is answer for one in facts.commissions) for answer in Answer}
    each = "，".join(f"{_ANSWERS[answer]}{count}篇次" for answer, count in counted.items() if count)
    yield f"到期约稿{len(by_call)}题、{len(facts.commissions)}篇次，{each}。"
    for asked in by_call.values():
        call = asked[0].call
        parts = [
            f"{_names(facts, ids)}{_ANSWERS[answer]}"
            for answer in Answer
            if (ids := [one.unit for one in asked if one.answer is answer])
        ]
        yield f"“{call.title}”（{day(call.due, year=False)}截止）：{'；'.join(parts)}。"


def used_above(facts: NoticeFacts) -> str:
    """How often the levels above used what was sent up; the uses that may be told stand in a table."""
    total, own = facts.figures.totals, facts.figures.office
    words = f"各单位的信息被上级采用{_levels(total)}"
    words += f"；{own.name}编报的被采用{_levels(own)}" if any(own.adopted_above.values()) else ""
    rest = sum((*total.adopted_above.values(), *own.adopted_above.values())) - len(facts.above)
    table = "，按层级和日期列在下表" if facts.above else ""
    return words + table + (f"，{'另有' if table else '其中'}{rest}条次不列名" if rest > 0 else "") + "。"


def instructions(facts: NoticeFacts) -> str:
    """How many instructions, by unit; neither the leader nor the item is named. Empty where the units are shown none."""
    if Shown.INSTRUCTIONS not in facts.shows:
        return ""
    total, own = facts.figures.totals, facts.figures.office
    found = sorted(
        (one for one in facts.figures.units if one.instructions), key=lambda one: -one.instructions
    )
    words = f"各单位的信息得到领导批示{total.instructions}次" if found else "各单位的信息没有得到领导批示"
    words += f"：{'、'.join(f'{one.name}{one.instructions}次' for one in found)}" if found else ""
    return f"{words}{f'；{own.name}编报的得到{own.instructions}次' if own.instructions else ''}。"


def urgent(facts: NoticeFacts) -> str:
    """Urgent items: how many, and who was late; never what they were about."""
    kinds = [kind.name for kind in facts.office.kinds if kind.urgent]
    pairs = [facts.figures.by_kind[kind] for kind in kinds if kind in facts.figures.by_kind]
    submitted, adopted = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if not submitted and not adopted:
        return f"{short(facts.period)}各单位没有报送紧急信息。"
    words = f"各单位报送紧急信息{submitted}条，采用{adopted}条"
    if not facts.urgent_timed:
        return f"{words}；首报都没有写明发生日期，看不出快慢。"
    if not facts.urgent_late:
        return f"{words}；写明发生日期的首报{facts.urgent_timed}条，都没有超过时限。"
    late = "、".join(f"{facts.name(unit)}{count}条" for unit, count in facts.urgent_late.items())
    return f"{words}；写明发生日期的首报{facts.urgent_timed}条，超过时限的{sum(facts.urgent_late.values())}条：{late}。"


def calls(facts: NoticeFacts) -> Iterator[tuple[str, str]]:
    """Every call that is open in the next quarter: its title, and level, days, wishes and units; one sentence where there is none."""
    if not facts.calls:
        later = Period.quarter_of(facts.period.passed.date())
        yield f"{short(later)}的报送要点另行发布。", ""
    for call in facts.calls:
        words = f"{call.level}级，{day(call.since)}发布，{day(call.due)}截止。"
        words += f"{call.wants.rstrip('。')}。" if call.wants else ""
        words += f"约稿单位：{_names(facts, call.to)}。" if call.to else ""
        yield f"{call.title}。", words


def short(period: Period) -> str:
    """A quarter without its year: 第三季度."""
    return period.label.partition("年")[2]


_ANSWERS = {Answer.DONE: "按时完成", Answer.LATE: "迟报", Answer.MISSED: "没有报"}


def _names(facts: NoticeFacts, ids: Iterable[str]) -> str:
    return "、".join(map(facts.name, ids))


def _compared(now: int, before: int | None) -> str:
    if before is None:
        return ""
    return (
        "，与上季度持平"
        if now == before
        else f"，比上季度{'增加' if now > before else '减少'}{abs(now - before)}条"
    )


def _quota(facts: NoticeFacts) -> str:
    total = facts.figures.totals
    owed = total.owed(facts.rules.completion)
    if not owed:
        return ""
    what = "分" if facts.rules.completion is Completion.POINTS else "条"
    return f"，任务数{number(owed)}{what}{_rate('完成率', total.completion)}"


def _rate(name: str, value: Decimal | None) -> str:
    return "" if value is None else f"，{name}{percent(value)}"


def _levels(figures: UnitFigures) -> str:
    """17条次（州级15条次、省级2条次）."""
    found = [(level, count) for level, count in figures.adopted_above.items() if count]
    whole = f"{sum(count for _, count in found)}条次"
    return whole + (f"（{'、'.join(f'{level}级{count}' for level, count in found)}）" if found else "")


def _places(facts: NoticeFacts, members: Sequence[UnitFigures]) -> Iterator[str]:
    """The first three of a group who have points. No points, no place; without points shown, the places alone."""
    if Shown.RANKS not in facts.shows:
        return
    by_average = facts.rules.ranked_by is RankedBy.AVERAGE
    ranked = [one for one in members if one.rank and one.rank <= FIRST and one.points > 0]
    for rank in dict.fromkeys(one.rank for one in ranked if one.rank):
        shared = [one for one in ranked if one.rank == rank]
        merit = shared[0].average if by_average else shared[0].points
        points = f"（{'平均' if by_average else ''}{number(merit)}分）" if Shown.POINTS in facts.shows else ""
        place = f"{'并列' if len(shared) > 1 else ''}第{_ORDINALS[rank - 1]}名"
        yield f"{place}{'、'.join(one.name for one in shared)}{points}"
