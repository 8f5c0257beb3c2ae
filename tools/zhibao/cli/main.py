"""`zhibao`: the group of verbs, the one place where errors become words and exit codes.

Exit codes: 0 fine, 1 findings, 2 usage or environment.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from zhibao import __version__
from zhibao.cli.usage import in_chinese


class Verb(NamedTuple):
    """One line of help, and the module of `zhibao.cli` that is imported only when the verb is used.

    The module's `command` is the verb's; a module of several verbs has them by name in `COMMANDS`.
    """

    words: str
    module: str


VERBS: Mapping[str, Verb] = {
    "adopt": Verb("采用：合并提议，或给主分支上的信息写上决定", "decide"),
    "adoption": Verb("记上级的采用", "decide"),
    "assess": Verb("年度考核：全年得分、名次、评先", "assess"),
    "audit": Verb("核查主分支的历史：有没有按当时的名册不该有的合并和提交", "audit"),
    "bulletin": Verb("编一期刊物：提出下一期、写成草稿、存成文件", "bulletin"),
    "check": Verb("检查信息和名册，一次说清所有问题", "check"),
    "close": Verb("封存一个季度，核对封存的数字", "close"),
    "codeowners": Verb("按名册生成 CODEOWNERS", "codeowners"),
    "compile": Verb("用各单位的信息起草一条编发稿（综合）", "compile"),
    "confirm-officer": Verb("给待备案的信息员备案；列出谁在等", "confirm_officer"),
    "decline": Verb("不采用：连同原因合并进来", "decide"),
    "enter": Verb("替单位录一条电话、微信、纸质报来的信息（编辑）", "enter"),
    "explain": Verb("说明得分的来历：一条信息，或一个单位一个时段", "explain"),
    "export": Verb("把一条信息存成 Word 文档，送签用", "export"),
    "feedback": Verb("把上级返回的采用名单对上各单位的信息，核对后记上", "feedback"),
    "file": Verb("备查：不采用，存档", "decide"),
    "fix": Verb("改好能放心改的：空格、标点、日期写法、键的顺序……", "fix"),
    "forms": Verb("按名册生成报送的议题表单", "forms"),
    "hold": Verb("留用：先放着，以后再定", "decide"),
    "hook": Verb("服务器上的钩子：收下推送之前先看一遍", "hook"),
    "init": Verb("新建一个县的仓库", "init"),
    "instruction": Verb("记领导的批示", "decide"),
    "intake": Verb("收一个议题：成为提议，在议题里答复（工作流用）", "intake"),
    "messages": Verb("写好给各单位的话：退回、采用、上级采用", "messages"),
    "new": Verb("起草一条信息", "new"),
    "notice": Verb("写季度通报，存成文件；核对签发的文件", "notice"),
    "publish": Verb("发布公开版或网络版", "publish"),
    "queue": Verb("编辑手上有什么要办：等谁的话，等了几天", "queue"),
    "receive": Verb("收下用 U 盘带来的信息", "receive"),
    "reopen": Verb("重新办理已作的决定（主编）", "decide"),
    "report": Verb("看一份提议，写在它的页面上，并记上提交状态（工作流用）", "forge"),
    "return": Verb("退回修改：在提议的分支上留一句话", "decide"),
    "review": Verb("看一份提议：新增的问题、权限、时间、质量分", "review"),
    "schema": Verb("导出 JSON Schema，编辑器用它补全和检查名册", "schema"),
    "score": Verb("算质量分和考核分，逐项说明", "score"),
    "stats": Verb("一个时段的统计：各单位报送、采用、得分、名次", "stats"),
    "status": Verb("报的信息到哪一步了：等谁的话，结果和原因", "status"),
    "submit": Verb("报送：推上去开好提议，或写成文件带去", "submit"),
    "upgrade": Verb("换上新版程序，不动本县的数据", "upgrade"),
    "whatif": Verb("试算：一个时段按另一份办法会怎样", "whatif"),
    "withdraw": Verb("撤下已采用的信息（主编）", "decide"),
    "words": Verb("办编辑写在提议页面上的话（工作流用）", "forge"),
}
"""Every verb, in the order of the alphabet."""


class Verbs(click.Group):
    """A group that imports a verb when it is called, so that one command does not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, None for an unknown one."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"zhibao.cli.{VERBS[cmd_name].module}")
        commands: Mapping[str, click.Command] = getattr(module, "COMMANDS", None) or {
            cmd_name: module.command
        }
        return commands[cmd_name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs without importing any."""
        with formatter.section("命令"):
            formatter.write_dl([(verb, VERBS[verb].words) for verb in self.list_commands(ctx)])


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="例：zhibao check    zhibao -C ../某县 stats 2026-Q3    zhibao new --from 草稿.txt",
)
@click.option("-C", "folder", metavar="DIR", default=".", help="在这个文件夹的仓库里做；默认是当前文件夹。")
@click.version_option(__version__, "--version", prog_name="zhibao", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context, folder: str) -> None:
    """直报：用一个 Git 仓库办好县里的信息报送。"""
    context.obj = Path(folder)


def main() -> None:
    """The entry point. Never shows a traceback for what a user or a file may hold."""
    gc.disable()  # one short run that builds large trees and drops none: collecting costs a third of the reading
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = group.main(standalone_mode=False)
    except click.Abort:
        click.echo("\n已中止。", err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(in_chinese(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader left; nothing to say to it
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ZHIBAO_TRACEBACK"):
            raise
        words = f"zhibao：程序出错了（{type(error).__name__}：{error}）。请把这一行和用的命令告诉维护的人；ZHIBAO_TRACEBACK=1 可看详情。"
        click.echo(words, err=True)
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
