"""`zhibao score`: the two scores of items, part by part and line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import click

from zhibao.cli.repository import bar, county_at, within
from zhibao.cli.usage import Stop
from zhibao.model.county import Item
from zhibao.repo.county_files import CountyReading
from zhibao.review.appraise import Appraisal, appraise

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command(
    "score",
    epilog="例：zhibao score 20261012-0931-daba --explain    zhibao score submissions/2026/10 --format json",
)
@click.argument("names", nargs=-1, metavar="[PATH|ID]…")
@click.option("--explain", is_flag=True, help="逐项说明分数是怎么来的。")
@click.option("--summary", is_flag=True, help="只说总数。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, names: tuple[str, ...], explain: bool, summary: bool, form: str) -> int:
    """算质量分和考核分，逐项说明。

    质量分（0 至 100）供编辑参考；考核分是各单位得到的分，每一分都有一行来历。不写 PATH 或 ID 就算全部。
    """
    reading = county_at(folder)
    items = _chosen(reading, names, folder) if names else reading.county.items
    results = appraise(reading, bar("评分")(items))
    if form == "json":
        click.echo(_json(results))
    elif summary:
        click.echo(_summary(results))
    else:
        click.echo(
            "\n".join(_explained(found) if explain else _line(found) for found in results) or "没有信息。"
        )
    return 0


def _chosen(reading: CountyReading, names: Sequence[str], folder: Path) -> list[Item]:
    """The items that ids, files and folders name, each once. Raises Stop."""
    found: dict[str, Item] = {}
    for name in names:
        item = reading.county.item(name)
        if item:
            found[item.id] = item
            continue
        path = within(reading.root, [name], folder)[0]
        below = [
            it
            for it in reading.county.items
            if it.document.path == path or it.document.path.startswith(path + "/")
        ]
        if not below:
            raise Stop(f"{name} 里没有读得懂的信息；先运行 zhibao check {name}")
        found |= {it.id: it for it in below}
    return [found[key] for key in sorted(found)]


def _line(found: Appraisal) -> str:
    item, total = found.item, found.total
    return f"{item.id}  {item.state.label}  质量分 {found.quality.points}  考核分 {total}  {item.submission.title}"


def _explained(found: Appraisal) -> str:
    note = f"（{found.quality.note}）" if found.quality.note else ""
    lines = [_line(found), f"  质量分{note}"]
    lines += [f"    {part.name} {part.points}/{part.max}：{part.why}" for part in found.quality.parts]
    lines.append("  考核分" if found.lines else "  考核分：没有得分的事项")
    lines += [f"    {line.date} {line.unit} {line.points} 分：{line.why}" for line in found.lines]
    return "\n".join(lines)


def _summary(results: Sequence[Appraisal]) -> str:
    if not results:
        return "没有信息。"
    mean = sum((found.quality.points for found in results), Decimal(0)) / len(results)
    return f"{len(results)} 条：平均质量分 {mean:.1f}，考核分合计 {sum((found.total for found in results), Decimal(0))}"


def _json(results: Iterable[Appraisal]) -> str:
    scores = [
        {
            "id": found.item.id,
            "state": found.item.state.value,
            "quality": {
                "points": str(found.quality.points),
                "note": found.quality.note,
                "parts": [
                    {"name": part.name, "points": str(part.points), "max": str(part.max), "why": part.why}
                    for part in found.quality.parts
                ],
            },
            "points": str(found.total),
            "lines": [
                {
                    "date": line.date.isoformat(),
                    "period": line.period,
                    "unit": line.unit,
                    "rule": line.rule,
                    "level": line.level,
                    "form": line.form,
                    "share": str(line.share),
                    "points": str(line.points),
                    "why": line.why,
                }
                for line in found.lines
            ],
        }
        for found in results
    ]
    return json.dumps({"schema": SCHEMA, "scores": scores}, ensure_ascii=False, indent=2)
