"""The verbs of a forge's trusted workflows: `report` on a proposal, and the editors' `words` from its page."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.door.answering import answer
from zhibao.door.connect import connect
from zhibao.door.event import new_comment, proposal_number, read_json
from zhibao.door.facts import ForgeError
from zhibao.door.reporting import report_on
from zhibao.repo.county_files import office_branch_name
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError
from zhibao.review.branch import RefusedError
from zhibao.review.forms import plain
from zhibao.review.report import as_markdown

T = TypeVar("T")

_EVENT = click.option(
    "--event",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="平台的事件文件；GitHub、Gitea 是 $GITHUB_EVENT_PATH，GitLab 是 $TRIGGER_PAYLOAD。",
)


@click.command("report", epilog="例：zhibao report --event event.json    zhibao report --number 12")
@_EVENT
@click.option("--number", metavar="N", type=click.IntRange(1), help="提议的编号，代替 --event。")
@click.option(
    "--summary", metavar="FILE", type=click.Path(path_type=Path), help="把 Markdown 报告另加到这个文件末尾。"
)
@click.pass_obj
def report(folder: Path, event: Path | None, number: int | None, summary: Path | None) -> int:
    """看一份提议，在它的页面上写一条评论（再看就改写这一条），并给它的提交记上状态 zhibao/review。

    给工作流用：编号取自事件，其余都现问平台；令牌在环境变量 GITHUB_TOKEN 或 GITLAB_TOKEN 里。报告写上了，退出码就是 0。
    """
    root = county_folder(folder)
    if number is None and event is None:
        raise Stop("请写 --event 或 --number")
    wanted = number or asked(lambda: proposal_number(_read(event)))
    if wanted is None:
        click.echo("这个事件不是提议的，没有要看的。")
        return 0
    found = asked(lambda: report_on(root, connect(os.environ), wanted, office_branch_name(root)))
    click.echo(plain(f"提议 {wanted}：{found.words}"))
    if summary and found.report:
        with summary.open("a", encoding="utf-8") as file:
            file.write(as_markdown(found.report))
    return 0


@click.command("words", epilog="例：zhibao words --event event.json")
@_EVENT
@click.pass_obj
def words(folder: Path, event: Path | None) -> int:
    """办编辑写在提议页面上的话：/采用、/留用、/退回、/不采用、/归档，办完在那里答复。

    给工作流用。只认当天在任的编辑刚写的评论，只对写的时候看过的那个提交算数；同一条评论办一次。
    """
    root = county_folder(folder)
    comment = asked(lambda: new_comment(_read(event)))
    found = comment and asked(lambda: answer(root, connect(os.environ), comment, office_branch_name(root)))
    if not comment or not found:
        click.echo("这个事件里没有要办的话。")
        return 0
    click.echo(plain(f"提议 {comment.number}：{'' if found.done else '没有办。'}{found.words}"))
    return 1 if found.failed else 0


def _read(event: Path | None) -> dict[str, Any]:
    if event is None:
        raise Stop("请写 --event")
    return read_json(event)


def asked(act: Callable[[], T]) -> T:
    """What it gives. Raises Stop with the reason where the forge, Git or the registry does not."""
    try:
        return act()
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"主分支的名册有错，先改好再办：\n{lines}") from None
    except (ForgeError, GitError, RefusedError) as error:
        raise Stop(plain(str(error))) from None


COMMANDS: dict[str, click.Command] = {"report": report, "words": words}
