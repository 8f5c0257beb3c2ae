"""考核分: the ledger. Every point is a line with its date, rule and reason; all else is a sum of lines.

Nothing is stored: lines are derived from the items each time, so that saving or running twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.rules import JointPolicy, Rules
from zhibao.model.submission import Adoption, Instruction
from zhibao.score.sharing import Portion, is_compiled, portions
from zhibao.score.wording import number, percentage

ADOPTION = "采用计分"
INSTRUCTION = "批示加分"
SOURCE = "来源分成"


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one unit from one event.

    `period` is the quarter (`2026-Q3`), `share` is 0 to 1, `points` has two places, `form` is empty for an
    instruction. `why` tells it in Chinese without the item's title, another item's id or a leader's name.
    """

    date: date
    period: str
    unit: str
    item: str
    rule: str
    level: str
    form: str
    share: Decimal
    points: Decimal
    why: str


def ledger(county: County, first: date = date.min, last: date = date.max) -> tuple[Line, ...]:
    """Every line of the county, or those dated `first` to `last`: by date and item."""
    lines = [line for item in county.items for line in _lines(item, county, first, last)]
    lines.sort(key=_place)
    return tuple(lines)


def lines_of(item: Item, county: County) -> tuple[Line, ...]:
    """The lines of one item's adoptions and instructions, for whatever unit, as they stand in the ledger."""
    return tuple(sorted(_lines(item, county, date.min, date.max), key=_place))


def line_sums(lines: Iterable[Line], first: date = date.min, last: date = date.max) -> dict[str, Decimal]:
    """Points by unit of the lines dated `first` to `last`: what every points figure of the statistics is."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if first <= line.date <= last:
            sums[line.unit] = sums.get(line.unit, Decimal(0)) + line.points
    return sums


def instructions_of(item: Item, county: County) -> tuple[Instruction, ...]:
    """The instructions that count, each once, by date and level: those on an adopted item, not withdrawn."""
    if item.is_withdrawn or not item.adoptions:
        return ()
    found = dict.fromkeys(item.submission.review.instructions)
    rank = county.registry.office.level_rank
    return tuple(sorted(found, key=lambda one: (one.date, rank(one.level), one.level, one.by)))


def _place(line: Line) -> tuple[date, str]:
    return line.date, line.item


def _lines(item: Item, county: County, first: date, last: date) -> Iterator[Line]:
    if item.is_withdrawn:
        return
    for adoption in item.adoptions:
        if first <= adoption.date <= last:
            yield from _adoption_lines(item, adoption, county)
    if item.submission.review.instructions:
        for instruction in instructions_of(item, county):
            if first <= instruction.date <= last:
                yield from _instruction_lines(item, instruction, county)


def _adoption_lines(item: Item, adoption: Adoption, county: County) -> Iterator[Line]:
    rules = county.registry.rules_on(adoption.date)
    points = rules.adoption_points(adoption.level, adoption.form)
    fact = f"{adoption.level}级采用（{adoption.form}，{adoption.publication}）"
    if points is None:
        fact += "，计分办法没有定分值，计 0 分"
    else:
        fact += f"计 {number(points)} 分"
    total = points or Decimal(0)
    rule = SOURCE if is_compiled(item, county) else ADOPTION
    for portion in portions(item, total, rules.joint, county, adoption):
        why = fact + _part(item, portion, adoption.date, rules, county)
        yield _line(item, rule, adoption, portion, why)


def _instruction_lines(item: Item, instruction: Instruction, county: County) -> Iterator[Line]:
    rules = county.registry.rules_on(instruction.date)
    points = rules.instruction.get(instruction.level)
    fact = f"{instruction.level}级领导批示"
    fact += "，计分办法没有定加分，加 0 分" if points is None else f"加 {number(points)} 分"
    for portion in portions(item, points or Decimal(0), rules.joint, county):
        why = fact + _part(item, portion, instruction.date, rules, county)
        yield _line(item, INSTRUCTION, instruction, portion, why)


def _line(item: Item, rule: str, event: Adoption | Instruction, portion: Portion, why: str) -> Line:
    return Line(
        date=event.date,
        period=_quarter(event.date),
        unit=portion.unit,
        item=item.id,
        rule=rule,
        level=event.level,
        form=event.form if isinstance(event, Adoption) else "",
        share=portion.share,
        points=portion.points,
        why=why,
    )


def _part(item: Item, portion: Portion, day: date, rules: Rules, county: County) -> str:
    """Why a unit has this part of the points; empty where it has all because it wrote alone."""
    others = [unit for unit in dict.fromkeys(item.submission.units) if unit != portion.unit]
    compiled = is_compiled(item, county)
    if not others and not compiled:
        return ""
    registry = county.registry
    got = f"按 {percentage(portion.share)} 得 {number(portion.points)} 分"
    if compiled:
        return f"，由{registry.unit_name(item.unit, day)}编发，本单位供稿{got}"
    names = "、".join(registry.unit_name(unit, day) for unit in others)
    return f"，与{names}联合，" + ("各得全分" if rules.joint is JointPolicy.FULL else got)


@lru_cache(maxsize=4096)
def _quarter(day: date) -> str:
    return str(Period.quarter_of(day))
