"""The ledger in words: for one item or one unit, what counted, by which clause, what was capped, what did not count and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.standing import State
from zhibao.score import line as names
from zhibao.score.counting import counts_as_submitted
from zhibao.score.figures import UnitFigures
from zhibao.score.line import Line
from zhibao.score.policy_words import sentences
from zhibao.score.sharing import is_compiled
from zhibao.score.tariff import tariff
from zhibao.score.wording import number, percentage

TERMS = {
    names.ADOPTION: "信息被刊物采用一次，按层级和采用形式计的分",
    names.SOURCE: "办公室把几条信息编成一条，被采用后分给各供稿单位的分",
    names.INSTRUCTION: "领导在采用的信息上作了批示，另加的分",
    names.BONUS: "采用计分之外另加的分，如约稿、调研",
    names.DECISION: "没有采用但符合要求的信息计的分",
    names.CAP: "超过上限的部分用一行负数扣去，原来的分仍列在上面",
    names.BASE: "每个单位都有的分，乘以完成率",
    names.COMMISSION: "点名约稿迟报或没有报扣的分",
    names.LATE: "紧急信息超过时限报送扣的分",
    names.SHORTFALL: "没有完成任务数扣的分",
    names.RATE: "采用率低于规定扣的分",
    names.FINDING: "由人核实认定的问题扣的分，不是程序算出来的",
    names.ADJUSTMENT: "主编或签发人批准的加减分",
    names.CARRIED: "已经通报的季度不再改动，后来的变动放在还没有通报的季度里补差",
}
"""What each rule's name means, to somebody who has never seen a ledger."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A line and the clause of the rules that it rests on; empty where its own sentence says it all."""

    line: Line
    clause: str


def bases(lines: Sequence[Line], county: County) -> Iterator[Basis]:
    """The lines with their clauses."""
    for line in lines:
        yield Basis(line, _clause(line, county))


def explained_item(item: Item, lines: Sequence[Line], county: County) -> Iterator[str]:
    """One item, line by line. `lines` is the ledger."""
    submission, registry = item.submission, county.registry
    yield f"{item.id}  {submission.title}"
    yield f"{registry.unit_name(item.unit, item.submitted_on)}，{submission.kind}，{_day(item.submitted_on)}报送。{outcome(item, county)}"
    own = [line for line in lines if line.item == item.id]
    if not own:
        yield "没有得分。"
    else:
        yield f"得分合计 {number(_sum(own))} 分："
    for basis in bases(own, county):
        yield from _told(basis, county, whose=True)
    yield from _unpaid(item, own, county)
    yield from _terms(own)


def explained_unit(
    figures: UnitFigures, lines: Sequence[Line], period: Period, county: County
) -> Iterator[str]:
    """One unit in a period: its points line by line, what did not count, and the figures with their sums."""
    rules = county.registry.rules_on(period.end)
    own = [line for line in lines if line.unit == figures.unit and line.date in period]
    yield f"{figures.name}，{period.label}：得分 {number(figures.points)} 分" + _rank(figures)
    yield f"按《{rules.title}》（自 {_day(rules.since)}起）计。"
    for rule in names.RULES:
        of_rule = [line for line in own if line.rule == rule]
        if of_rule:
            yield f"【{rule}】{len(of_rule)} 行，{number(_sum(of_rule))} 分"
            for basis in bases(of_rule, county):
                yield from _told(basis, county, whose=False)
    yield from _not_counted(figures.unit, own, period, county)
    yield from _rates(figures, period, county)
    yield from _terms(own)


def outcome(item: Item, county: County) -> str:
    """What became of an item, in a sentence."""
    review = item.submission.review
    if review.withdrawn:
        return f"{_day(review.withdrawn.date)}撤下，不计分：{review.withdrawn.reason}。"
    if item.state is State.PENDING or item.standing.day is None:
        return "还没有处理。"
    reason = f"，原因是{review.reason.code}" if review.reason and item.state is not State.ADOPTED else ""
    return f"{_day(item.standing.day)}{item.state.label}{reason}。"


def _unpaid(item: Item, own: Sequence[Line], county: County) -> Iterator[str]:
    """What of a shared item's adoptions fell to nobody, where one is shared among units at all."""
    if not item.submission.joint and not is_compiled(item, county):
        return
    for adoption in item.adoptions:
        paid = [line for line in own if line.event == f"adoption/{adoption.event}"]
        shares = sum((line.share for line in paid), Decimal(0))
        if shares < 1:
            why = (
                "来源信息已经撤下、不在仓库里，或者这次采用已在它自己名下计过"
                if item.submission.sources
                else "有的单位不在册"
            )
            left = percentage(1 - shares)
            yield f"  {adoption.level}级采用（{adoption.form}，{adoption.publication}）的 {left} 没有分给谁：{why}"


def _told(basis: Basis, county: County, *, whose: bool) -> Iterator[str]:
    line = basis.line
    unit = f"{county.registry.unit_name(line.unit, line.date)} " if whose else ""
    item = f"（{line.item}）" if line.item and not whose else ""
    yield f"  {_day(line.date)} {unit}{_signed(line.points)} 分：{line.why}{item}"
    if basis.clause:
        yield f"      依据：{basis.clause}"


def _clause(line: Line, county: County) -> str:
    """The clause of the rules in force that day; empty where the line's own sentence gives it."""
    rules = county.registry.rules_on(line.date)
    if line.rule in (names.ADOPTION, names.SOURCE):
        item = county.item(line.item)
        event = line.event.partition("/")[2]
        adoption = next((one for one in item.adoptions if one.event == event), None) if item else None
        if item is None or adoption is None:
            return ""
        found = tariff(item, adoption, rules, county)
        worth = "" if found.points is None or "：" in found.clause else f"，{number(found.points)} 分"
        return f"《{rules.title}》{found.clause}{worth}"
    if line.rule == names.INSTRUCTION:
        said = [
            one for one in sentences(rules, county.registry.office) if one.startswith(f"{line.level}级领导")
        ]
        return f"《{rules.title}》{''.join(said)}".rstrip("。") if said else ""
    return ""


def _not_counted(unit: str, own: Sequence[Line], period: Period, county: County) -> Iterator[str]:
    counted = {line.item for line in own}
    left = [
        item
        for item in county.items
        if item.unit == unit and item.submitted_on in period and item.id not in counted
    ]
    if left:
        yield f"【没有得分的】{len(left)} 条"
    for item in left:
        note = ""
        if item.state is not State.PENDING and not counts_as_submitted(item, county):
            note = "不算报送。" if item.submission.resubmits is None else "重报的，报送数只计第一次。"
        yield f"  {item.id} {item.submission.title}：{outcome(item, county)}{note}"


def _rates(f: UnitFigures, period: Period, county: County) -> Iterator[str]:
    rules = county.registry.rules_on(period.end)
    yield "【报送和采用】"
    quota = "没有任务数" if f.quota.count is None else f"任务数 {number(f.quota.count)} 条"
    completion = (
        "" if f.completion is None else f"，完成率 {percentage(f.completion)}（{rules.completion.label}）"
    )
    yield f"  报送 {f.submitted} 条，{quota}{completion}"
    rate = (
        ""
        if f.adoption_rate is None
        else f"，采用率 {percentage(f.adoption_rate)}（{rules.adoption_rate.label}）"
    )
    yield f"  采用 {f.adopted} 条{rate}"
    if f.commissions_due:
        yield f"  到期的约稿 {f.commissions_due} 次，按时完成 {f.commissions_done} 次"
    if f.undecided:
        yield f"  还没有处理的 {f.undecided} 条，处理以后再计"


def _terms(lines: Sequence[Line]) -> Iterator[str]:
    used = [rule for rule in names.RULES if any(line.rule == rule for line in lines)]
    if used:
        yield "【这些词的意思】"
        yield from (f"  {rule}：{TERMS[rule]}。" for rule in used)


def _rank(figures: UnitFigures) -> str:
    return f"，在{figures.group}里排第 {figures.rank}" if figures.rank else ""


def _sum(lines: Sequence[Line]) -> Decimal:
    return sum((line.points for line in lines), Decimal(0))


def _signed(points: Decimal) -> str:
    return f"+{number(points)}" if points > 0 else number(points)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
