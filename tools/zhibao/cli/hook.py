"""`zhibao hook pre-receive`: refuse a push before it is received, saying why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.repo.git import GitError
from zhibao.review.receiving import Update, judge

ACCOUNT_VARIABLES = ("ZHIBAO_ACTOR", "GITEA_PUSHER_NAME", "GL_USERNAME")
"""Where the server says who pushes, first come first served."""
DELEGATE_VARIABLE = "ZHIBAO_DELEGATE"
"""Where the server names the account of the workflow that carries out editors' words."""
_LONGEST_INPUT = 1_000_000


@click.command("hook", epilog="例：zhibao hook pre-receive")
@click.argument("name", type=click.Choice(["pre-receive"]), metavar="pre-receive")
@click.pass_obj
def command(folder: Path, name: str) -> int:
    """服务器上的钩子：收下推送之前先看一遍，不合规矩的不收，并说明为什么。

    由 git 调用，从标准输入读 旧提交 新提交 引用；推送人的账号由服务器放在环境变量 ZHIBAO_ACTOR（或 GITEA_PUSHER_NAME、GL_USERNAME）里。
    ZHIBAO_DELEGATE 写代编辑办事的机器账号：它推送的按署名的编辑看。
    """
    account = next((os.environ[name] for name in ACCOUNT_VARIABLES if os.environ.get(name)), "")
    if not account:
        raise Stop("不知道是谁在推送：请在服务器上设好环境变量 ZHIBAO_ACTOR")
    try:
        updates = _updates(sys.stdin.read(_LONGEST_INPUT))
        verdicts = judge(county_folder(folder), account, updates, os.environ.get(DELEGATE_VARIABLE, ""))
    except GitError as error:
        raise Stop(str(error)) from None
    for verdict in verdicts:
        if verdict.words:
            click.echo(verdict.words, err=True)
    return 0 if all(verdict.accepted for verdict in verdicts) else 1


def _updates(given: str) -> list[Update]:
    found = []
    for line in given.splitlines():
        parts = line.split(" ", 2)
        if len(parts) != 3:
            raise Stop("标准输入的写法不对：每行是 旧提交 新提交 引用")
        found.append(Update(*parts))
    return found
