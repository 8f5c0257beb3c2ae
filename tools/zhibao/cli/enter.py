"""`zhibao enter`: an item entered for a unit by an editor."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop, made
from zhibao.desk.entering import Given, entered
from zhibao.door.draft import Draft, DraftError, read_draft
from zhibao.model.identity import Identity
from zhibao.model.submission import Received
from zhibao.repo.front_matter_text import flow
from zhibao.repo.new_item import NewItemError, write_new
from zhibao.repo.work_tree import WorkTree
from zhibao.review.branch import RefusedError


@click.command(
    "enter",
    epilog='例：zhibao enter --unit daba --via 微信 --received "2026-10-12 09:20" --from 草稿.txt'
    '    zhibao enter --unit 大坝镇 --via 电话 --received "2026-10-12 09:20" --kind 紧急 --title 大坝镇石桥村山洪冲断便道',
)
@click.option("--unit", metavar="ID", required=True, help="替哪个单位录：编号或名称，如 daba、大坝镇。")
@click.option("--via", metavar="TEXT", required=True, help="怎样报来的，如 电话、微信、纸质。")
@click.option(
    "--received",
    metavar="TIME",
    required=True,
    help='什么时候收到的，如 "2026-10-12 09:20"；报送时间按它算。',
)
@click.option(
    "--from", "draft", metavar="FILE", type=click.Path(path_type=Path), help="用 .txt 或 .md 草稿的文字。"
)
@click.option("--title", metavar="TEXT", default="", help="标题；默认取草稿的第一行。")
@click.option("--kind", metavar="KIND", default="", help="类型；默认是 office.yml 里的第一个。")
@click.option("--officer", metavar="NAME", default="", help="谁报的；默认是该单位当天在任的第一位信息员。")
@ACTOR
@click.pass_obj
def command(
    folder: Path,
    unit: str,
    via: str,
    received: str,
    draft: Path | None,
    title: str,
    kind: str,
    officer: str,
    actor: str,
) -> int:
    """编辑替单位录一条电话、微信、纸质报来的信息。

    文件写在工作区里，编号和报送时间都是收到的时间，抬头里有 received。你看过再提交；采用、不采用和别的信息一样办。同一条再录一次会说已经录过。
    """
    root = root_of(folder)
    how = made(Received, via=via, date=received)
    at = desk_at(root, actor)
    tree = WorkTree(root)
    try:
        text = read_draft(draft) if draft else Draft("", "")
    except DraftError as error:
        raise Stop(str(error)) from None
    if draft and text.headed and not title:
        named = Identity.parse(draft.stem)
        raise Stop(
            f"{draft.name} 是写好抬头的一条信息，如报送页下载的，不用代录；"
            f"照原来的文件名放成 {named.path if named else 'submissions/年/月/编号.md'}，"
            f"在抬头里加一行 received: {flow({'via': how.via, 'date': how.date})}，再 zhibao check、提交"
        )
    given = Given(unit, how, " ".join((title or text.title).split()), text.body, kind, officer.strip())
    with stops():
        try:
            found = entered(at, given, (tree,), {entry.stem for entry in tree.entries()})
            path = write_new(root, found.identity, found.text)
        except (RefusedError, NewItemError) as error:
            click.echo(f"没有办成。{error}", err=True)
            return 1
    name = path.relative_to(root).as_posix()
    click.echo(name)
    click.echo(
        f"替{found.unit}录好了（信息员 {found.officer}，{how.date:%Y-%m-%d %H:%M} 经{how.via}收到）。",
        err=True,
    )
    if not found.known:
        click.echo(
            f"{found.officer} 还没有备案：zhibao confirm-officer {found.identity.unit} {found.officer}",
            err=True,
        )
    click.echo(
        f"用 zhibao check {name} 查一遍，再用 zhibao submit 推上去；不要了，删去这个文件就行。", err=True
    )
    return 0
