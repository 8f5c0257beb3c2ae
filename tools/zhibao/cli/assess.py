"""`zhibao assess`: a year of every unit, with awards and what bars them."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from zhibao.cli.documents import write_document
from zhibao.cli.repository import county_at
from zhibao.cli.usage import Stop, period_of
from zhibao.model.county import County
from zhibao.publish.assessment_document import assessment_document
from zhibao.publish.plain_table import printed
from zhibao.score.assessment import Assessment, UnitYear, assessment
from zhibao.score.assessment_words import adjustments, awards, bars, opening, standing
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics
from zhibao.score.wording import number, percent

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command("assess", epilog="例：zhibao assess 2026    zhibao assess 2026 --docx 2026年考核.docx")
@click.argument("year", metavar="YEAR")
@click.option("--docx", "document", metavar="FILE", type=click.Path(path_type=Path), help="另存为 .docx。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, year: str, document: Path | None, form: str) -> int:
    """年度考核：各类别的任务数、各季度得分、全年得分、名次、评先，不能评先的说明为什么。

    YEAR 是年份，如 2026。全年没有过完时只说到昨天为止，不评先进。
    """
    period = period_of(year)
    if period.months != 12:
        raise Stop(f"考核的是全年，{year} 不是；请写年份，如 {period.year}")
    county = county_at(folder).county
    if period.start > county.now.date():
        raise Stop(f"{period.label}还没有开始（今天 {county.now.date()}），没有可考核的")
    lines = ledger(county)
    found = assessment(county, period, lambda one: statistics(county, one, lines=lines), lines)
    click.echo(_json(found) if form == "json" else _text(found, county))
    if document:
        click.echo(write_document(document, assessment_document(found, county.registry.office)), err=True)
    return 0


def _text(found: Assessment, county: County) -> str:
    grid = Table(title=f"{county.registry.office.county}{found.period.label}信息报送考核")
    grid.add_column("单位", no_wrap=True)
    quarters = [quarter.label[5:] for quarter in found.period.quarters()]
    for name in ("任务", "报送", "完成率", "采用", "采用率", *quarters, "得分", "名次", "评先"):
        grid.add_column(name, justify="right", no_wrap=True)
    for group, members in found.groups:
        grid.add_section()
        grid.add_row(group)
        for one in members:
            grid.add_row(*_cells(one, len(quarters)))
    lines = [
        opening(found),
        *(f"先进（{group}）：{names}" for group, names in awards(found)),
        *(f"{name}：{words}" for name, words in bars(found)),
        *(f"{name}：{words}" for name, words in adjustments(found)),
    ]
    return "\n".join([*printed(grid, 150), *lines])


def _cells(one: UnitYear, quarters: int) -> list[str]:
    figures = one.figures
    trail = [f"{number(quarter.points)}{'*' if quarter.within else ''}" for quarter in one.trail]
    return [
        figures.name,
        "—" if figures.quota.count is None else number(figures.quota.count),
        str(figures.submitted),
        percent(figures.completion),
        str(figures.adopted),
        percent(figures.adoption_rate),
        *trail,
        *["—"] * (quarters - len(trail)),
        str(figures.points),
        str(figures.rank or "—"),
        standing(one) or "—",
    ]


def _json(found: Assessment) -> str:
    values = {
        "schema": SCHEMA,
        "period": str(found.period),
        "until": found.until.isoformat(),
        "over": found.over,
        "rules": found.rules.title,
        "groups": [
            {"group": group, "units": [_record(one) for one in members]} for group, members in found.groups
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def _record(one: UnitYear) -> dict[str, object]:
    figures = one.figures
    return {
        "unit": figures.unit,
        "name": figures.name,
        "quota": {
            "count": None if figures.quota.count is None else str(figures.quota.count),
            "points": None if figures.quota.points is None else str(figures.quota.points),
        },
        "submitted": figures.submitted,
        "adopted": figures.adopted,
        "completion": None if figures.completion is None else str(figures.completion),
        "adoption_rate": None if figures.adoption_rate is None else str(figures.adoption_rate),
        "quarters": [
            {
                "period": str(quarter.period),
                "points": str(quarter.points),
                "closed": quarter.closed,
                "within": [{"name": name, "points": str(points)} for name, points in quarter.within],
            }
            for quarter in one.trail
        ],
        "zero": None if one.zero is None else str(one.zero.points),
        "points": str(figures.points),
        "rank": figures.rank,
        "award": one.award,
        "barred": list(one.barred),
        "zeroed": list(one.zeroed),
    }
