"""`zhibao close`: a quarter frozen, verified, or opened again."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import registry_at, root_of
from zhibao.cli.usage import Stop, period_of
from zhibao.desk.closing import closing, verified
from zhibao.desk.editor import desk
from zhibao.desk.reopening import reopened
from zhibao.model.period import Period
from zhibao.repo.git import GitError
from zhibao.repo.notice_files import path_of
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.writing import WriteError, write_whole
from zhibao.review.branch import RefusedError


@click.command(
    "close",
    epilog="例：zhibao close 2026-Q3    zhibao close --verify    zhibao close 2026-Q3 --reopen --words 漏记一次批示",
)
@click.argument("period", metavar="[PERIOD]", default="")
@click.option("--verify", is_flag=True, help="核对已封存的季度；不写 PERIOD 就核对全部。")
@click.option("--reopen", is_flag=True, help="撤销封存，重新算（主编）；留下原来的文件和原因。")
@click.option("--words", metavar="TEXT", default="", help="撤销封存的原因。")
@click.option("--actor", metavar="ACCOUNT", default="", help="以谁的名义；默认看 git config user.email。")
@click.pass_obj
def command(folder: Path, period: str, verify: bool, reopen: bool, words: str, actor: str) -> int:
    """封存一个季度：写下数字、每一行得分、办法和哈希，以后的变动只作跨期调整。

    PERIOD 是季度，如 2026-Q3。要在主分支上、没有未提交的改动时做；写出 registry/notices/2026-Q3.json，由你看过再提交。
    """
    root = root_of(folder)
    try:
        if verify:
            return _verify(root, period)
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
    click.echo(f"请看过再提交：git add {path} && git commit -m “封存{period.label}”")
    return 0


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
