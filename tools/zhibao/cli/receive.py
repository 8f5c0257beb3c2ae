"""`zhibao receive`: items that were carried in by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.desk.carrying import Arrival, receive
from zhibao.desk.editor import Desk
from zhibao.model.finding import printable
from zhibao.model.submission import Received
from zhibao.repo.bundles import BundleError
from zhibao.review.branch import RefusedError


@click.command(
    "receive",
    epilog='例：zhibao receive daba.bundle    zhibao receive daba.bundle --via 光盘 --received "2026-10-12 09:20"',
)
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option("--via", metavar="WORD", default="U盘", help="怎样带来的，如 U盘、光盘；默认 U盘。")
@click.option("--received", "moment", metavar="TIME", default="", help="何时收到的；默认是现在。")
@ACTOR
@click.pass_obj
def command(folder: Path, bundle: Path, via: str, moment: str, actor: str) -> int:
    """收下单位带来的包（zhibao submit --bundle 做的），每条信息放在一个分支上，等编辑决定。

    包里的东西只当数据看：不检出，不运行，逐个核对；有错误的不收，说明为什么，退出码为 1。记下 received，以收到的时间为准；收两遍没有害处。
    """
    root = root_of(folder)
    with stops():
        desk = desk_at(root, actor)
        try:
            found = receive(desk, bundle, _received(desk, via, moment))
        except RefusedError as error:
            click.echo(f"没有办成。{error}", err=True)
            return 1
        except BundleError as error:
            raise Stop(str(error)) from None
    for one in found:
        click.echo(_line(one))
    return 0 if all(one.accepted for one in found) else 1


def _line(one: Arrival) -> str:
    who = one.signature
    signed = printable(f"（自称 {who.name} <{who.email}>，没有核对）"[:120]) if who else ""
    return f"{one.name}{signed}：{one.words}"


def _received(desk: Desk, via: str, moment: str) -> Received:
    try:
        when = datetime.strptime(moment, "%Y-%m-%d %H:%M") if moment else desk.wall_clock  # noqa: DTZ007 — county time
    except ValueError:
        raise Stop(f"收到时间“{moment[:40]}”的写法不对，如 2026-10-12 09:20") from None
    if when > desk.wall_clock:
        raise Stop(f"收到时间 {when:%Y-%m-%d %H:%M} 还没有到（现在是 {desk.wall_clock:%Y-%m-%d %H:%M}）")
    try:
        return Received(via=via, date=when)
    except ValidationError:
        raise Stop(f"途径“{via[:40]}”不能用：空的、太长或有看不见的字符") from None
