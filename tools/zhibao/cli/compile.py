"""`zhibao compile`: an office-written item begun from the units' items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.desk.compiling import Compilation, compilation
from zhibao.repo.new_item import NewItemError, write_new
from zhibao.repo.work_tree import WorkTree
from zhibao.review.branch import RefusedError
from zhibao.score.wording import number, percentage

_PART = re.compile(r"[01](?:\.\d{1,4})?|\.\d{1,4}", re.ASCII)


@click.command(
    "compile",
    epilog="例：zhibao compile 20261012-0931-daba 20261020-1010-shuiwu --title 三种办法破解山区饮水难"
    "    zhibao compile 20261012-0931-daba 20261020-1010-shuiwu --title 三种办法破解山区饮水难 --share 20261012-0931-daba=0.6",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--title", metavar="TEXT", required=True, help="编发稿的标题。")
@click.option("--kind", metavar="KIND", default="", help="类型；默认与多数来源相同。")
@click.option(
    "--share",
    "shares",
    metavar="ID=SHARE",
    multiple=True,
    help="一条来源的份额，如 ID=0.6，可写几次；没有写的平分余下的，都不写就平分。",
)
@ACTOR
@click.pass_obj
def command(
    folder: Path, ids: tuple[str, ...], title: str, kind: str, shares: tuple[str, ...], actor: str
) -> int:
    """用各单位的信息起草一条办公室的编发稿（综合）。

    ID 是主分支上的信息。新文件写在工作区里，来源的原文依次列在正文中，供编写。

    编发稿采用一次，得分就按份额记给来源单位，办公室不计分；没有采用，谁也不得分。不要了，删去这个文件就行。
    """
    root = root_of(folder)
    at = desk_at(root, actor)
    parts = dict(_share(text) for text in shares)
    if len(parts) < len(shares):
        raise Stop("--share 里有一条来源写了两次；请只写一次")
    with stops():
        try:
            taken = {entry.stem for entry in WorkTree(root).entries()}
            begun = compilation(at, ids, title=title, kind=kind, shares=parts, taken=taken)
            path = write_new(root, begun.item.identity, begun.text)
        except (RefusedError, NewItemError) as error:
            click.echo(f"没有办成。{error}", err=True)
            return 1
    click.echo(path.relative_to(root).as_posix())
    for line in _explained(begun, at.today):
        click.echo(line, err=True)
    return 0


def _share(text: str) -> tuple[str, Decimal]:
    """A source and its share, from `ID=0.6`. Raises Stop."""
    id_, _, share = text.partition("=")
    part = Decimal(share) if _PART.fullmatch(share) else Decimal(0)
    if not 0 < part <= 1:
        raise Stop(
            f"--share 写的是“{text}”；写成 编号=份额，份额大于 0、不超过 1、最多四位小数，如 {id_ or 'ID'}=0.6"
        )
    return id_, part


def _explained(begun: Compilation, today: date) -> Iterator[str]:
    """What the units will earn, and when; what to do now, and how it is undone."""
    if begun.lines:
        first = begun.lines[0]
        names = {line.unit: begun.registry.unit_name(line.unit, today) for line in begun.lines}
        parts = "、".join(f"{names[line.unit]} {percentage(line.share)}" for line in begun.lines)
        points = "、".join(f"{names[line.unit]} {number(line.points)} 分" for line in begun.lines)
        yield f"采用一次，就给来源单位记一次分，办公室不计分：{parts}。没有采用，谁也不得分。"
        yield f"假如今天{first.level}级采用（{first.form}），按现行办法：{points}。"
    else:
        yield "来源都是办公室自己的信息，采用了也不给谁记分。"
    if begun.is_closed:
        yield "来源里有只供领导看的，或没有审核公开的紧急信息，阅读范围写成了 leaders；可以给各单位看了，再改成 network。"
    yield f"正文编好后用 zhibao check {begun.item.document.path} 查一遍，再提交、合并。不要了，删去这个文件就行。"
