"""`zhibao stats`: the figures of a period, unit by unit, with the definitions beside them."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli import tables
from zhibao.cli.repository import bar, county_at
from zhibao.cli.usage import period_of
from zhibao.review.appraise import appraise
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics


@click.command("stats", epilog="例：zhibao stats 2026-Q3    zhibao stats 2026 --format csv > 2026.csv")
@click.argument("period", metavar="PERIOD")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="怎样输出。"
)
@click.pass_obj
def command(folder: Path, period: str, form: str) -> int:
    """一个时段的统计：各单位报送、采用、得分、名次。

    PERIOD 是 2026（年）、2026-Q3（季度）或 2026-09（月）。
    """
    wanted = period_of(period)
    reading = county_at(folder)
    during = [
        item
        for item in reading.county.items
        if item.submitted_on in wanted or (item.adopted_on and item.adopted_on in wanted)
    ]
    lines = ledger(reading.county)
    qualities = {
        found.item.id: found.quality.points for found in appraise(reading, bar("评分")(during), lines)
    }
    figures = statistics(reading.county, wanted, qualities, lines)
    click.echo(tables.FORMATS[form](figures, reading.county.registry.office), nl=False)
    return 0
