"""What costs a unit points, and the base score: commissions, quotas, adoption rates, late urgent items, findings, signed adjustments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.model.policy.earning import Base
from zhibao.model.policy.owing import CommissionRule, LowRate, Shortfall
from zhibao.model.policy.terms import Span
from zhibao.model.rules import Rules
from zhibao.model.units import Unit
from zhibao.score.commissions import Answer, commissions
from zhibao.score.completion import Fulfilment
from zhibao.score.counting import Counts, counts, spans
from zhibao.score.delays import urgent_delays
from zhibao.score.line import (
    ADJUSTMENT,
    BASE,
    COMMISSION,
    FINDING,
    LATE,
    RATE,
    SHORTFALL,
    Line,
    plain_line,
)
from zhibao.score.shares import CENT
from zhibao.score.sharing import is_paid
from zhibao.score.wording import number, percentage

_ZERO = Decimal(0)


def owing(county: County, earned: Sequence[Line]) -> Iterator[Line]:
    """Every line that is no item's earning, up to the day before the county's clock. `earned` are the lines that items earned."""
    yesterday = county.now.date() - timedelta(days=1)
    yield from _commissions(county, yesterday)
    yield from _late(county)
    yield from _by_span(county, earned, yesterday)
    yield from _adjustments(county, earned)


def _commissions(county: County, until: date) -> Iterator[Line]:
    late: Counter[tuple[str, int]] = Counter()
    missed: Counter[tuple[str, int]] = Counter()
    spent: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for one in commissions(county, until):
        rule = county.registry.rules_on(one.call.due).commission
        if one.answer is Answer.DONE or rule is None or not is_paid(one.unit, county):
            continue
        year = (one.unit, one.call.due.year)
        (late if one.answer is Answer.LATE else missed)[year] += 1
        points, note = _price(rule, one.answer, late[year], missed[year], spent[year])
        spent[year] += points
        why = f"约稿“{one.call.title}”{one.answer.label}，扣 {number(points)} 分{note}"
        yield plain_line(one.call.due, one.unit, COMMISSION, -points, why, f"commission/{one.call.id}")


def _price(
    rule: CommissionRule, answer: Answer, late: int, missed: int, spent: Decimal
) -> tuple[Decimal, str]:
    """Points that a commission costs: from the escalation on the higher price, with what the earlier ones lack of it."""
    plain = rule.late if answer is Answer.LATE else rule.missed
    hard = rule.escalate
    reached = hard is not None and (
        (hard.late is not None and late >= hard.late) or (hard.missed is not None and missed >= hard.missed)
    )
    if hard is None or not reached:
        return plain, ""
    whole = max(hard.deduct * (late + missed) - spent, _ZERO)
    return (
        whole,
        f"：今年迟报 {late} 次、没有报 {missed} 次，每次按 {number(hard.deduct)} 分扣，以前扣得少的补足",
    )


def _late(county: County) -> Iterator[Line]:
    """Urgent items that came later than their kind allows, where the rules of their day have a price for it."""
    for found in urgent_delays(county):
        item, day = found.item, found.item.submitted_on
        price = county.registry.rules_on(day).urgent_late
        if found.is_late and price and is_paid(item.unit, county):
            why = f"紧急信息迟报：事发后 {found.taken} 个工作日才报送，时限 {found.limit} 个工作日，扣 {number(price)} 分"
            yield plain_line(day, item.unit, LATE, -price, why, "late", item.id)


def _by_span(county: County, earned: Sequence[Line], until: date) -> Iterator[Line]:
    """What is settled at the end of each month, quarter or year, for every unit that is there on its last day.

    The rules in force on that day settle it.
    """
    registry = county.registry
    if not any(rules.base or rules.shortfall or rules.low_rate for rules in registry.all_rules):
        return
    found = counts(county)
    done = Fulfilment(county, found, earned)
    units = [unit for unit in registry.units if is_paid(unit.id, county)]
    for span in (Span.MONTH, Span.QUARTER, Span.YEAR):
        for period in spans(span, registry.all_rules[0].since, until):
            rules = registry.rules_on(period.end)
            for unit in units:
                if unit.exists_on(period.end):
                    yield from _settled(unit, period, span, rules, done, found)


def _settled(
    unit: Unit, period: Period, span: Span, rules: Rules, done: Fulfilment, found: Counts
) -> Iterator[Line]:
    for rule in rules.shortfall:
        if rule.per is span:
            yield from _shortfall(unit, period, rule, rules, done)
    if rules.low_rate and rules.low_rate.per is span:
        yield from _low_rate(unit, period, rules.low_rate, rules, found)
    if rules.base and rules.base.per is span:
        yield from _base(unit, period, rules.base, rules, done)


def _shortfall(unit: Unit, period: Period, rule: Shortfall, rules: Rules, done: Fulfilment) -> Iterator[Line]:
    owed, did = done.of(unit, period, rules, rule.kinds)
    if owed is None or did >= owed:
        return
    lacking = (owed - did).to_integral_value(rounding="ROUND_FLOOR")
    points = rule.flat if rule.flat is not None else (rule.each or _ZERO) * lacking
    points = min(points, rule.most) if rule.most is not None else points
    if not points:
        return
    what = f"{'、'.join(rule.kinds)}任务" if rule.kinds else "任务"
    price = "" if rule.flat is not None else f"，每少一条扣 {number(rule.each or _ZERO)} 分"
    why = f"{period.label}{what} {number(owed)}，完成 {number(did)}{price}，扣 {number(points)} 分"
    event = f"shortfall/{period}/{'+'.join(rule.kinds)}"
    yield plain_line(period.end, unit.id, SHORTFALL, -points, why, event)


def _low_rate(unit: Unit, period: Period, rule: LowRate, rules: Rules, found: Counts) -> Iterator[Line]:
    rate = found.rate(unit.id, period, rules.adoption_rate)
    if rate is None or rate * 100 >= rule.under:
        return
    why = f"{period.label}采用率 {percentage(rate)}，低于 {number(rule.under)}%，扣 {number(rule.deduct)} 分"
    yield plain_line(period.end, unit.id, RATE, -rule.deduct, why, f"rate/{period}")


def _base(unit: Unit, period: Period, base: Base, rules: Rules, done: Fulfilment) -> Iterator[Line]:
    owed, did = done.of(unit, period, rules, ())
    part = min(did / owed, Decimal(1)) if owed else Decimal(1)
    why = f"{period.label}基础分 {number(base.points)} 分 × 完成率 {percentage(part)}（最多按 100%）"
    yield plain_line(period.end, unit.id, BASE, base.points * part, why, f"base/{period}")


def _adjustments(county: County, earned: Sequence[Line]) -> Iterator[Line]:
    for id_, adjustment in sorted(county.registry.adjustments.items()):
        if not adjustment.counts:
            continue
        day, unit, item = adjustment.date, adjustment.unit, adjustment.item or ""
        if adjustment.points is not None:
            why = f"调整：{adjustment.reason}"
            yield plain_line(day, unit, ADJUSTMENT, adjustment.points, why, f"adjustment/{id_}", item)
            continue
        penalty = county.registry.rules_on(day).findings.get(adjustment.finding or "")
        points, price = penalty.deduct if penalty else _ZERO, ""
        if penalty and penalty.percent is not None:
            gained = sum(
                (one.points for one in earned if (one.unit, one.item) == (unit, item) and one.date <= day),
                _ZERO,
            )
            points = (max(gained, _ZERO) * penalty.percent / 100).quantize(CENT, ROUND_HALF_UP)
            price = f"该条得分的 {number(penalty.percent)}%，"
        why = f"认定{adjustment.finding}，扣{price}{number(points or _ZERO)} 分：{adjustment.reason}"
        yield plain_line(day, unit, FINDING, -(points or _ZERO), why, f"finding/{id_}", item)
