"""`zhibao confirm-officer`: who waits to be registered as an officer, and one of them registered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import bar, county_folder
from zhibao.cli.usage import Stop, made
from zhibao.desk.editor import branch_now
from zhibao.desk.registering import Waiting, confirm, everybody_waiting
from zhibao.model.registry import Registry
from zhibao.model.units import Officer
from zhibao.repo.county_files import clock
from zhibao.review.branch import RefusedError

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""
_ANY_DAY = "2000-01-01"


@click.command(
    "confirm-officer",
    epilog="例：zhibao confirm-officer    zhibao confirm-officer daba 周舟"
    "    zhibao confirm-officer 大坝镇 周舟 --from 2026-10-01 --account zhouzhou --email zhouzhou@shili.example",
)
@click.argument("unit", metavar="[UNIT]", default="")
@click.argument("name", metavar="[NAME]", default="")
@click.option("--from", "since", metavar="DATE", default="", help="任职日期；默认是他报送第一条的那天。")
@click.option("--account", metavar="ACCOUNT", default="", help="他在代码平台上的账号。")
@click.option("--email", "emails", metavar="EMAIL", multiple=True, help="他提交时用的邮箱，可写几次。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出名单。")
@ACTOR
@click.pass_obj
def command(
    folder: Path,
    unit: str,
    name: str,
    since: str,
    account: str,
    emails: tuple[str, ...],
    form: str,
    actor: str,
) -> int:
    """给待备案的信息员备案：写进主分支的 registry/units.yml，别的字一个不动。

    UNIT 是单位的编号或名称，NAME 是姓名。都不写就列出谁在等备案。只添一个名字；改任职日期、离任，由维护人员改文件。再办一次不会重复。
    """
    root = county_folder(folder)
    if not unit:
        if since or account or emails:
            raise Stop("请写单位和姓名，如 zhibao confirm-officer daba 周舟")
        return _list(root, form)
    if not name:
        raise Stop(f"请写姓名，如 zhibao confirm-officer {unit} 周舟；谁在等：zhibao confirm-officer")
    typed = {"name": name, "account": account or None, "emails": emails, "from": since or _ANY_DAY}
    officer = made(Officer, **typed)
    at = desk_at(root, actor)
    with stops():
        try:
            outcome = confirm(
                at, unit, officer.name, officer.since if since else None, officer.account, officer.emails
            )
        except RefusedError as error:
            click.echo(f"没有办成。{error}", err=True)
            return 1
    click.echo(outcome.words)
    return 0


def _list(root: Path, form: str) -> int:
    with stops():
        here = branch_now(root)
        now = clock(here.registry.office.zone)
        found = everybody_waiting(here, here.county(now, progress=bar("读取")))
    if form == "json":
        click.echo(_json(found, here.registry))
    else:
        click.echo("\n".join(_line(one, here.registry) for one in found) or "没有待备案的信息员。")
    return 0


def _line(one: Waiting, registry: Registry) -> str:
    days = f"{one.since} 起" if one.since == one.last else f"{one.since} 至 {one.last}"
    former = f"（曾在册，{one.until} 离任）" if one.until else ""
    unit = registry.unit_name(one.unit, one.last)
    return f"{unit} {one.name}{former}：{days}报送 {one.items} 条；备案：zhibao confirm-officer {one.unit} {one.name}"


def _json(found: Sequence[Waiting], registry: Registry) -> str:
    values = [
        {
            "unit": one.unit,
            "unit_name": registry.unit_name(one.unit, one.last),
            "name": one.name,
            "items": one.items,
            "since": one.since.isoformat(),
            "last": one.last.isoformat(),
            "until": one.until.isoformat() if one.until else None,
        }
        for one in found
    ]
    return json.dumps({"schema": SCHEMA, "waiting": values}, ensure_ascii=False, indent=2)
