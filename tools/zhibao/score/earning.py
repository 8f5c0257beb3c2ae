"""What one item earns: its adoptions, counted together as the rules have it; instructions, bonuses; the little that is left undecided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.policy.earning import Bonus, CountBy, JointPolicy, Per, Resubmitted
from zhibao.model.policy.terms import ANY
from zhibao.model.rules import Rules
from zhibao.model.standing import State
from zhibao.model.submission import Adoption, Decision, Instruction
from zhibao.score.conditions import holds
from zhibao.score.line import ADOPTION, BONUS, DECISION, INSTRUCTION, SOURCE, Line, quarter
from zhibao.score.several import Running, several_note
from zhibao.score.sharing import Portion, is_compiled, portions
from zhibao.score.tariff import Tariff, condition_words, tariff
from zhibao.score.wording import number, percentage

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Earned:
    """A line, with the item and the adoption that it comes from: what caps ask of it."""

    line: Line
    item: Item
    adoption: Adoption | None = None


def earned(item: Item, county: County) -> Iterator[Earned]:
    """Every line that an item earns before caps, for whatever unit. A withdrawn item earns nothing."""
    if item.is_withdrawn:
        return
    yield from _adoptions(item, county)
    if item.submission.review.instructions:
        yield from _instructions(item, county)
    yield from _decision(item, county)


def counted_on(adoption: Adoption, county: County) -> date:
    """The day by which an adoption counts: its own, or for one above the day on which the office heard of it, as the rules have it."""
    if adoption.heard is None or adoption.level == county.registry.office.level:
        return adoption.date
    by = county.registry.rules_on(adoption.date).count_by
    return adoption.heard if by is CountBy.HEARD else adoption.date


def instructions_of(item: Item, county: County) -> tuple[Instruction, ...]:
    """The instructions that count, each once, by date and level: those on an adopted item, not withdrawn."""
    if item.is_withdrawn or not item.adoptions:
        return ()
    found = dict.fromkeys(item.submission.review.instructions)
    rank = county.registry.office.level_rank
    return tuple(sorted(found, key=lambda one: (one.date, rank(one.level), one.level, one.by)))


def _adoptions(item: Item, county: County) -> Iterator[Earned]:
    running, given = Running(), set[str]()
    counted_before = _levels_before(item, county) if item.submission.resubmits else frozenset()
    for adoption in _by_day(item, county):
        day = counted_on(adoption, county)
        rules = county.registry.rules_on(day)
        found = tariff(item, adoption, rules, county)
        value = _bounded(found.points or _NOTHING, item, adoption, rules)
        if adoption.level in counted_before and rules.resubmitted is Resubmitted.ONCE:
            gain, note = _NOTHING, "；重报的信息，上次报送时这一级已经计过，不再计"
        else:
            gain = running.take(adoption.level, value, rules.several)
            note = several_note(value, gain, rules.several)
        fact = (
            f"{adoption.level}级采用（{adoption.form}，{adoption.publication}）{_worth(found, value)}{note}"
        )
        rule = SOURCE if is_compiled(item, county) else ADOPTION
        for portion in portions(item, gain, rules, county, adoption):
            why = fact + _part(item, portion, day, rules, county)
            event = f"adoption/{adoption.event}"
            line = _line(item, rule, day, portion, why, event, adoption.level, adoption.form)
            yield Earned(line, item, adoption)
        for bonus in rules.bonus:
            if bonus.name not in given and holds(bonus, item, adoption, county):
                if bonus.per is Per.ITEM:
                    given.add(bonus.name)
                yield from _bonus(bonus, item, adoption, rules, county)


def _by_day(item: Item, county: County) -> list[Adoption]:
    rank = county.registry.office.level_rank
    return sorted(
        item.adoptions, key=lambda a: (counted_on(a, county), rank(a.level), a.publication, a.form, a.date)
    )


def _levels_before(item: Item, county: County) -> frozenset[str]:
    """The levels at which the items that this one submits again were adopted."""
    found: set[str] = set()
    seen, earlier = {item.id}, item.submission.resubmits
    while earlier and earlier not in seen:
        seen.add(earlier)
        before = county.item(earlier)
        if before is None:
            break
        if not before.is_withdrawn:
            found |= {adoption.level for adoption in before.adoptions}
        earlier = before.submission.resubmits
    return frozenset(found)


def _bounded(value: Decimal, item: Item, adoption: Adoption, rules: Rules) -> Decimal:
    """The score of a joint item under FIXED: what the rules give each unit, never more than the item alone would earn."""
    if rules.joint.by is not JointPolicy.FIXED or not item.submission.joint:
        return value
    fixed = rules.joint.points.get(adoption.level, rules.joint.points.get(ANY))
    return value if fixed is None else min(value, fixed)


def _worth(found: Tariff, value: Decimal) -> str:
    if found.points is None:
        return f"，{found.clause}，计 0 分"
    return f"计 {number(value)} 分"


def _bonus(bonus: Bonus, item: Item, adoption: Adoption, rules: Rules, county: County) -> Iterator[Earned]:
    day = counted_on(adoption, county)
    event = f"bonus/{bonus.name}" + (f"/{adoption.event}" if bonus.per is Per.ADOPTION else "")
    condition = condition_words(bonus)
    named = bonus.name if bonus.name == condition else f"{bonus.name}（{condition}）"
    fact = f"{named}加 {number(bonus.points)} 分"
    for portion in portions(item, bonus.points, rules, county):
        why = fact + _part(item, portion, day, rules, county)
        yield Earned(_line(item, BONUS, day, portion, why, event, adoption.level), item, adoption)


def _instructions(item: Item, county: County) -> Iterator[Earned]:
    times: Counter[object] = Counter()
    for instruction in instructions_of(item, county):
        rules = county.registry.rules_on(instruction.date)
        key, steps, whose = _steps(instruction, rules)
        number_of_it = times[key]
        times[key] += 1
        points = steps[min(number_of_it, len(steps) - 1)] if steps else None
        again = f"第 {number_of_it + 1} 次" if number_of_it and len(steps) > 1 else ""
        fact = f"{instruction.level}级{whose}批示{again}"
        fact += "，计分办法没有定加分，加 0 分" if points is None else f"加 {number(points)} 分"
        for portion in portions(item, points or _NOTHING, rules, county):
            why = fact + _part(item, portion, instruction.date, rules, county)
            event = f"instruction/{instruction.event}"
            yield Earned(
                _line(item, INSTRUCTION, instruction.date, portion, why, event, instruction.level), item
            )


def _steps(instruction: Instruction, rules: Rules) -> tuple[object, tuple[Decimal, ...], str]:
    """What counts the times, the points of the first, second … time, and who is meant, without a name."""
    for number_of_it, leader in enumerate(rules.leaders):
        if leader.level == instruction.level and any(post in instruction.by for post in leader.by):
            return (rules.since, number_of_it), leader.points, "按职务规定的领导"
    return (rules.since, instruction.level), rules.instruction.get(instruction.level, ()), "领导"


def _decision(item: Item, county: County) -> Iterator[Earned]:
    """What an item earns that was held, declined or filed, where the rules give anything for it."""
    day = item.standing.day
    if day is None or item.state in (State.PENDING, State.ADOPTED):
        return
    rules = county.registry.rules_on(day)
    points = rules.decision.get(Decision(item.state.value))
    if points is None:
        return
    reason = item.submission.review.reason
    if reason and reason.code in rules.invalid:
        points, why = _NOTHING, f"{item.state.label}，原因是{reason.code}，不计分"
    else:
        why = f"{item.state.label}，符合要求的计 {number(points)} 分"
    for portion in portions(item, points, rules, county):
        whole = why + _part(item, portion, day, rules, county)
        yield Earned(_line(item, DECISION, day, portion, whole, f"decision/{item.state.value}"), item)


def _line(
    item: Item, rule: str, day: date, portion: Portion, why: str, event: str, level: str = "", form: str = ""
) -> Line:
    return Line(
        date=day,
        period=quarter(day),
        unit=portion.unit,
        item=item.id,
        rule=rule,
        level=level,
        form=form,
        share=portion.share,
        points=portion.points,
        why=why,
        event=event,
    )


def _part(item: Item, portion: Portion, day: date, rules: Rules, county: County) -> str:
    """Why a unit has this part of the points; empty where it has all because it wrote alone."""
    others = [unit for unit in dict.fromkeys(item.submission.units) if unit != portion.unit]
    compiled = is_compiled(item, county)
    if not others and not compiled:
        return ""
    registry = county.registry
    got = f"按 {percentage(portion.share)} 得 {number(portion.points)} 分"
    if compiled and registry.is_office(portion.unit):
        return f"，本办公室编发{got}"
    if compiled:
        got = "各得全分" if portion.share == 1 and len(item.submission.sources) > 1 else got
        return f"，由{registry.unit_name(item.unit, day)}编发，本单位供稿{got}"
    names = "、".join(registry.unit_name(unit, day) for unit in others)
    whole = rules.joint.by in (JointPolicy.FULL, JointPolicy.FIXED)
    return f"，与{names}联合，" + ("各得全分" if whole else got)
