"""`zhibao status`: where an item stands, or all of a unit's year, for its officer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from zhibao.cli.desk import stops
from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.desk.editor import branch_now
from zhibao.desk.open_proposals import open_proposals
from zhibao.desk.status import ItemStatus, of_item, of_unit, statuses
from zhibao.desk.status_words import details, item_words, label, unit_words
from zhibao.desk.unit_names import UnitNames
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.repo.county_files import clock
from zhibao.review.base import base_of
from zhibao.review.forms import encodable, plain

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command(
    "status",
    epilog="例：zhibao status 20261012-0931-daba    zhibao status daba    zhibao status 大坝镇 --year 2025",
)
@click.argument("asked", metavar="ID|UNIT")
@click.option("--year", type=click.IntRange(2000, 9999), help="单位哪一年的；默认今年。")
@click.option("--all", "whole", is_flag=True, help="一年里的全部列出，不只一屏。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, asked: str, year: int | None, whole: bool, form: str) -> int:
    """我报的信息到哪一步了：从哪天起、等谁的话、结果和原因。

    ID 是信息编号；UNIT 是单位编号或名称，列出它一年里报的全部信息，没办完的在前。只说这个单位能看的。
    """
    root = county_folder(folder)
    with stops():
        here = branch_now(root)
        registry = here.registry
        now = clock(registry.office.zone)
        one_item = Identity.parse(asked) is not None
        unit = "" if one_item else _unit(asked, registry)
        wanted = of_item(asked) if one_item else of_unit(unit, year or now.year)
        found = statuses(here, base_of(here), list(open_proposals(here)), unit or asked, wanted, now)
    if one_item and not found:
        raise Stop(f"主分支和待处理的提议里都没有 {asked} 这条信息；核对编号，或用 zhibao status 单位 看全部")
    if form == "json":
        click.echo(_json(asked, found, registry, now), nl=False)
        return 0
    name = registry.unit_name(unit, now.date())
    words = (
        "\n".join(item_words(one, registry, now.date()) for one in found)
        if one_item
        else unit_words(found, name, year or now.year, registry, now.date(), whole=whole)
    )
    click.echo("".join(f"{plain(line)}\n" for line in words.splitlines()), nl=False)
    return 0


def _unit(asked: str, registry: Registry) -> str:
    """The unit that an id or a name means. Raises Stop with what there is."""
    if registry.unit(asked):
        return asked
    found = UnitNames(registry).named(asked).ids
    if len(found) == 1:
        return found[0]
    known = "、".join(f"{unit.id}（{unit.names()[-1]}）" for unit in registry.units[:6])
    raise Stop(f"没有“{plain(asked)}”这个单位，也不是信息编号；单位如 {known}")


def _json(asked: str, found: Sequence[ItemStatus], registry: Registry, now: datetime) -> str:
    items = [
        {
            "id": one.told.id,
            "title": None if one.told.title is None else encodable(one.told.title),
            "units": list(one.units),
            "kind": encodable(one.kind) or None,
            "submitted": one.told.submitted.isoformat(),
            "state": one.state.value,
            "label": label(one),
            "since": one.since.isoformat(),
            "days": one.age.days,
            "working_days": one.age.working_days,
            "owes": one.owes.value if one.owes else None,
            "open": one.is_open,
            "errors": one.errors,
            "told": [encodable(words) for words in details(one, registry, now.date())],
        }
        for one in found
    ]
    whole = {"schema": SCHEMA, "asked": asked, "now": now.isoformat(timespec="minutes"), "items": items}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
