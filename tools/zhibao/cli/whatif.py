"""`zhibao whatif`: a period under other rules beside today's."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from zhibao.check.policy import CHECKS
from zhibao.check.registry_subject import RegistrySubject
from zhibao.cli.repository import bar, county_at
from zhibao.cli.usage import Stop, period_of
from zhibao.model.finding import Finding, Severity
from zhibao.model.rules import Rules
from zhibao.publish.plain_table import printed
from zhibao.repo.county_files import CountyReading
from zhibao.repo.registry_files import RulesReading, read_rules
from zhibao.review.appraise import appraise
from zhibao.score.policy_words import sentences
from zhibao.score.supposing import Supposition, supposing
from zhibao.score.wording import number

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command(
    "whatif",
    epilog="例：zhibao whatif registry/rules/examples/bureau.yml 2026-Q3    zhibao whatif 新办法.yml 2026 --format json",
)
@click.argument("rules", metavar="RULES.yml", type=click.Path(path_type=Path))
@click.argument("period", metavar="PERIOD")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="怎样输出。")
@click.pass_obj
def command(folder: Path, rules: Path, period: str, form: str) -> int:
    """试算：一个时段如果按另一份办法计分，各单位的得分和名次会怎样。

    只算不写。办法里的 from 不起作用，整个时段都按它算；办法有错退出码为 1。
    """
    wanted = period_of(period)
    if not rules.is_file():
        raise Stop(f"没有 {rules} 这个文件")
    read, reading = read_rules(rules), county_at(folder)
    other = read.rules
    problems = [*read.findings, *_mistakes(reading, read)]
    if other is None or any(one.severity is Severity.ERROR for one in problems):
        click.echo("\n".join(map(str, problems)), err=True)
        return 1
    counted = [item for item in reading.county.items if item.submitted_on in wanted]
    qualities = {one.item.id: one.quality.points for one in appraise(reading, bar("评分")(counted), ())}
    found = supposing(reading.county, other, wanted, qualities)
    click.echo(_json(found) if form == "json" else _table(found, other, reading))
    return 0


def _mistakes(reading: CountyReading, read: RulesReading) -> list[Finding]:
    """What the checks of the policy say of a file that is not in force."""
    if read.rules is None:
        return []
    path = read.document.path
    subject = RegistrySubject(reading.county.registry, {}, reading.county.history, {path: read.rules})
    return [
        Finding(
            check.code,
            hit.severity or check.severity,
            path,
            *read.document.mark(hit.at),
            hit.message,
            hit.help,
        )
        for check in CHECKS
        for hit in check.run(subject)
        if hit.path == path and check.code not in ("closed-rules", "rules-dates")
    ]


def _table(found: Supposition, rules: Rules, reading: CountyReading) -> str:
    grid = Table(title=f"{found.now.period.label}：现行办法与《{rules.title}》")
    grid.add_column("单位", no_wrap=True)
    for name in ("现在得分", "试算得分", "增减", "现在名次", "试算名次", "升降"):
        grid.add_column(name, justify="right", no_wrap=True)
    group = ""
    for one in found.units:
        if one.now.group != group:
            group = one.now.group
            grid.add_section()
            grid.add_row(group)
        moved = "—" if one.moved is None else f"{one.moved:+d}" if one.moved else "0"
        cells = (one.now.points, one.then.points)
        ranks = (str(one.now.rank or "—"), str(one.then.rank or "—"))
        grid.add_row(one.now.name, *map(str, cells), f"{one.difference:+}", *ranks, moved)
    grid.add_section()
    total = found.then.totals.points - found.now.totals.points
    grid.add_row(
        "合计", str(found.now.totals.points), str(found.then.totals.points), f"{total:+}", "", "", ""
    )
    gain = sorted((one for one in found.units if one.difference > 0), key=lambda one: -one.difference)
    lose = sorted((one for one in found.units if one.difference < 0), key=lambda one: one.difference)
    lines = [
        f"得分增加的 {len(gain)} 个单位"
        + "".join(f"，{one.now.name} +{number(one.difference)}" for one in gain[:3]),
        f"得分减少的 {len(lose)} 个单位"
        + "".join(f"，{one.now.name} {number(one.difference)}" for one in lose[:3]),
        "这份办法说：",
        *(f"  {sentence}" for sentence in sentences(rules, reading.county.registry.office)),
    ]
    return "\n".join([*printed(grid, 120), *lines])


def _json(found: Supposition) -> str:
    units = [
        {
            "unit": one.now.unit,
            "group": one.now.group,
            "points": str(one.now.points),
            "supposed": str(one.then.points),
            "difference": str(one.difference),
            "rank": one.now.rank,
            "supposed_rank": one.then.rank,
        }
        for one in found.units
    ]
    values = {"schema": SCHEMA, "period": str(found.now.period), "units": units}
    return json.dumps(values, ensure_ascii=False, indent=2)
