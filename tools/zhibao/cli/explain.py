"""`zhibao explain`: where an item's or a unit's points come from, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from zhibao.cli.repository import county_at
from zhibao.cli.usage import Stop, period_of
from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.score.assessment import assessment
from zhibao.score.assessment_words import bars_of
from zhibao.score.explaining import bases, explained_item, explained_unit
from zhibao.score.ledger import ledger
from zhibao.score.line import Line
from zhibao.score.statistics import statistics

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command("explain", epilog="例：zhibao explain 20261012-0931-daba    zhibao explain daba 2026-Q3")
@click.argument("target", metavar="ID|UNIT")
@click.argument("period", metavar="[PERIOD]", default="")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, target: str, period: str, form: str) -> int:
    """说明得分的来历：哪条办法、为什么是这些分、封顶扣了什么、什么没有计。

    写信息编号，说这一条；写单位编号或名称和时段（2026、2026-Q3、2026-09），说这个单位。
    """
    county = county_at(folder).county
    lines = ledger(county)
    item = county.item(target)
    if item:
        own = [line for line in lines if line.item == item.id]
        text = "\n".join(explained_item(item, lines, county))
    else:
        unit = _unit(county, target)
        if not period:
            raise Stop(f"请写时段，如 zhibao explain {unit} 2026-Q3")
        wanted = period_of(period)
        figures = statistics(county, wanted, lines=lines).unit(unit)
        if figures is None:
            raise Stop(f"{target} 在{wanted.label}不存在")
        own = [line for line in lines if line.unit == unit and line.date in wanted]
        text = "\n".join(
            [*explained_unit(figures, lines, wanted, county), *_assessed(county, unit, wanted, lines)]
        )
    click.echo(_json(own, county) if form == "json" else text)
    return 0


def _assessed(county: County, unit: str, period: Period, lines: Sequence[Line]) -> Iterator[str]:
    """What the annual assessment adds to the sum of the lines; nothing for a quarter or a month."""
    if period.months == 12:
        found = assessment(county, period, lambda one: statistics(county, one, lines=lines), lines).unit(unit)
        yield from (f"【年度考核】{words}。" for words in (bars_of(found) if found else ()))


def _unit(county: County, target: str) -> str:
    """The id of the unit that was meant, by id or by any name it ever had. Raises Stop."""
    for unit in county.registry.units:
        if target == unit.id or target in unit.names():
            return unit.id
    known = "、".join(f"{unit.id}（{unit.names()[-1]}）" for unit in county.registry.units[:40])
    raise Stop(f"没有“{target}”这条信息或这个单位；单位有：{known}")


def _json(lines: Sequence[Line], county: County) -> str:
    values = [
        {
            "date": one.line.date.isoformat(),
            "period": one.line.period,
            "unit": one.line.unit,
            "item": one.line.item,
            "rule": one.line.rule,
            "points": str(one.line.points),
            "why": one.line.why,
            "clause": one.clause,
            "event": one.line.event,
        }
        for one in bases(lines, county)
    ]
    return json.dumps({"schema": SCHEMA, "lines": values}, ensure_ascii=False, indent=2)
