"""`zhibao close`: a quarter frozen, verified, or opened again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zhibao.cli.repository import bar, registry_at, root_of
from zhibao.cli.usage import Stop, period_of
from zhibao.desk.closing import closing, verified
from zhibao.desk.editor import desk
from zhibao.desk.reopening import reopened
from zhibao.desk.unit_sheets import DRAFTS, drafted, files, refuse_what_is_tracked
from zhibao.model.period import Period
from zhibao.publish.unit_sheet_tables import Objecting
from zhibao.repo.county_files import clock
from zhibao.repo.git import GitError
from zhibao.repo.notice_files import path_of
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.writing import WriteError, write_whole
from zhibao.review.branch import RefusedError


@click.command(
    "close",
    epilog="例：zhibao close 2026-Q3 --draft --until 2026-10-15    zhibao close 2026-Q3    zhibao close --verify    zhibao close 2026-Q3 --reopen --words 漏记一次批示",
)
@click.argument("period", metavar="[PERIOD]", default="")
@click.option(
    "--draft",
    metavar="[DIR]",
    is_flag=False,
    flag_value=DRAFTS,
    help="先不封存，给每个单位写一份核对单（.xlsx 和 .docx）；不写 DIR 就放在仓库的 drafts/ 里，Git 不管它。",
)
@click.option("--until", metavar="DATE", default="", help="核对单上写：哪一天以前可以提异议。")
@click.option(
    "--contact", metavar="TEXT", default="", help="核对单上写：异议告诉谁；默认是 office.yml 的 contact。"
)
@click.option("--verify", is_flag=True, help="核对已封存的季度；不写 PERIOD 就核对全部。")
@click.option("--reopen", is_flag=True, help="撤销封存，重新算（主编）；留下原来的文件和原因。")
@click.option("--words", metavar="TEXT", default="", help="撤销封存的原因。")
@click.option("--actor", metavar="ACCOUNT", default="", help="以谁的名义；默认看 git config user.email。")
@click.pass_obj
def command(
    folder: Path,
    period: str,
    draft: str | None,
    until: str,
    contact: str,
    verify: bool,
    reopen: bool,
    words: str,
    actor: str,
) -> int:
    """封存一个季度：写下数字、每一行得分、办法和哈希，以后的变动只作跨期调整。

    PERIOD 是季度，如 2026-Q3。封存以前用 --draft 写核对单，发给各单位核对。

    要在主分支上、没有未提交的改动时做；写出 registry/notices/2026-Q3.json，由你看过再提交。
    """
    root = root_of(folder)
    try:
        if draft is None and (until or contact):
            raise Stop("--until 和 --contact 写在核对单上，要和 --draft 一起用")
        if draft is not None and (verify or reopen):
            raise Stop("--draft 不能和 --verify、--reopen 一起用")
        if verify:
            return _verify(root, period)
        if draft is not None:
            return _draft(root, period, draft, until, contact)
        if not period:
            raise Stop("请写要封存的季度，如 zhibao close 2026-Q3；核对用 zhibao close --verify")
        wanted = period_of(period)
        if reopen:
            path = reopened(root, desk(root, actor), wanted, words)
            click.echo(f"{wanted.label}的封存已撤销，原来的文件和原因在 {path}；请提交，再重新封存")
            return 0
        return _close(root, wanted)
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再试：\n{lines}") from None
    except (RefusedError, GitError, WriteError) as error:
        raise Stop(str(error)) from None


def _close(root: Path, period: Period) -> int:
    found = closing(root, period)
    path = path_of(period)
    write_whole(root, path, found.text)
    notice = found.notice
    click.echo(f"{period.label}封存好了：{path}（{len(notice.lines)} 行得分，提交 {notice.commit[:10]}）")
    if found.undecided:
        ids = "、".join(item.id for item in found.undecided[:5])
        click.echo(f"注意：本季度还有 {len(found.undecided)} 条待处理（{ids}），以后处理的算跨期调整")
    if found.waiting:
        names = "、".join(found.waiting[:5])
        click.echo(f"注意：还有 {len(found.waiting)} 件异议或调整没有办完（{names}），以后办的算跨期调整")
    click.echo(f"请看过再提交：git add {path} && git commit -m 封存{period.label}")
    return 0


def _draft(root: Path, period: str, named: str, until: str, contact: str) -> int:
    """Write a quarter's 核对单 into a folder, each whole or not at all."""
    if not period:
        raise Stop("季度写在 --draft 前面，如 zhibao close 2026-Q3 --draft")
    wanted = period_of(period)
    folder = root / DRAFTS / str(wanted) if named == DRAFTS else Path(named)
    objecting = Objecting(contact, _last_day(until, wanted, root) if until else None)
    refuse_what_is_tracked(root, folder)
    found = drafted(root, wanted)
    number = 0
    for name, data in files(found, objecting, progress=bar("核对单")):
        write_whole(folder, name, data)
        number += 1
    click.echo(
        f"{wanted.label}的核对单写好了：{folder}（{len(found.sheets)} 个单位，{number} 个文件，提交 {found.commit[:10]}）"
    )
    click.echo("各单位只发它自己的；“办公室用”的一份不发。改了数据以后再运行一次，就是新的。")
    if found.undecided:
        ids = "、".join(found.undecided[:5])
        click.echo(f"封存以前还要办：{len(found.undecided)} 条信息没有处理（{ids}）")
    if found.waiting:
        names = "、".join(found.waiting[:5])
        click.echo(
            f"封存以前还要办：{len(found.waiting)} 件异议或调整没有办完（registry/adjustments/：{names}）"
        )
    return 0


def _last_day(text: str, period: Period, root: Path) -> date:
    """The last day for objections. Raises Stop."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Stop(f"--until 写的是“{text}”；写成 2026-10-15") from None
    today = clock(registry_at(root).registry.office.zone).date()
    if day <= period.end or day < today:
        raise Stop(f"--until {day} 要在{period.label}过完以后，也不能早于今天（{today}）")
    return day


def _verify(root: Path, period: str) -> int:
    reading = registry_at(root)
    closed = reading.registry.closed
    wanted = [period_of(period)] if period else list(closed)
    if period and wanted[0] not in closed:
        raise Stop(f"{wanted[0].label}还没有封存；已封存的：{'、'.join(map(str, closed)) or '没有'}")
    different = 0
    for one in wanted:
        problems = list(verified(root, reading, one))
        different += bool(problems)
        click.echo("\n".join(problems) if problems else f"{one.label}：与封存的一致")
    if not wanted:
        click.echo("还没有封存的季度。")
    return 1 if different else 0
