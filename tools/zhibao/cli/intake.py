"""`zhibao intake`: issues become items, and issues are told what was decided; for a forge's workflow."""

from __future__ import annotations

import os
from pathlib import Path

import click

from zhibao.cli.forge import asked
from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.door.concluding import tell
from zhibao.door.connect import connect_issues
from zhibao.door.event import issue_number, proposal_number, read_json
from zhibao.door.intake import take
from zhibao.repo.county_files import office_branch_name
from zhibao.review.forms import plain


@click.command("intake", epilog="例：zhibao intake event.json    zhibao intake --number 12")
@click.argument("event", required=False, metavar="[EVENT.json]", type=click.Path(path_type=Path))
@click.option("--number", metavar="N", type=click.IntRange(1), help="议题的编号，代替事件文件。")
@click.pass_obj
def command(folder: Path, event: Path | None, number: int | None) -> int:
    """收一个议题：写成信息，推上分支，提出提议，当场看一遍，在议题里答复；提议有了结果，就告诉议题，关上它。

    给工作流用，EVENT.json 是 $GITHUB_EVENT_PATH。编号取自事件，其余都现问平台；单位、信息员、编号、时间由账号和开议题的时间来定。
    收两遍、事件晚到或重复，结果都一样。名册外的人开的，等编辑写评论“/收 单位编号”。
    """
    root = county_folder(folder)
    if (event is None) == (number is None):
        raise Stop("请写事件文件，或者 --number，写一个")
    values = asked(lambda: read_json(event)) if event else {}
    issue = number or asked(lambda: issue_number(values))
    if issue:
        taken = asked(lambda: take(root, connect_issues(os.environ), issue, office_branch_name(root)))
        click.echo(plain(f"议题 {issue}：{taken.words}"))
        return 0
    proposal = asked(lambda: proposal_number(values))
    if proposal is None:
        click.echo("这个事件不是议题的，也不是提议的，没有要收的。")
        return 0
    words = asked(lambda: tell(root, connect_issues(os.environ), proposal, office_branch_name(root)))
    click.echo(plain(f"提议 {proposal}：{words}"))
    return 0
