"""`zhibao review`: what a proposal adds that is wrong, whether its proposer may do it, and what it is worth."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.door.event import ProposalEvent, read_event
from zhibao.door.facts import ForgeError, moment_of
from zhibao.repo.county_files import office_branch
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.remotes import fetch_commit
from zhibao.review import report as reports
from zhibao.review.proposal import Report, review

FORMATS = {
    "text": reports.text,
    "markdown": reports.as_markdown,
    "github": reports.github,
    "json": reports.json,
}


@click.command(
    "review",
    epilog="例：zhibao review --head daba-1012 --actor wangmin    zhibao review --event event.json --format github",
)
@click.option("--base", metavar="REV", default="", help="合并到哪里；默认是办公室的分支 main。")
@click.option("--head", metavar="REV", default="", help="提议的分支或提交。")
@click.option("--actor", metavar="ACCOUNT", default="", help="提议人的账号；权限按主分支的名册。")
@click.option(
    "--opened", metavar="TIME", default="", help="平台收到提议的时间，如 2026-10-12T09:31:00+08:00。"
)
@click.option("--seen", metavar="REV", default="", help="这份提议上次看过的提交；那时已有的不再追究。")
@click.option(
    "--event",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="平台的 pull_request 事件文件，代替以上各项。",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="怎样输出。")
@click.option(
    "--summary", metavar="FILE", type=click.Path(path_type=Path), help="把 Markdown 报告另加到这个文件末尾。"
)
@click.pass_obj
def command(
    folder: Path,
    base: str,
    head: str,
    actor: str,
    opened: str,
    seen: str,
    event: Path | None,
    form: str,
    summary: Path | None,
) -> int:
    """看一份提议：检查它新增的问题、提议人的权限、时间，算质量分和可得分。

    只读 Git 里的对象，不检出提议，也不运行其中的任何东西；名册、规则和检查都取自主分支。没有错误退出码为 0，有错误为 1。
    """
    root = county_folder(folder)
    try:
        wanted = read_event(event) if event else _given(root, base, head, actor, opened)
        if wanted.number:
            fetch_commit(root, wanted.head, wanted.reference)
        report = review(
            root, wanted.base, wanted.head, wanted.account, opened=wanted.opened, seen=seen or None
        )
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"主分支的名册有错，先改好再看提议：\n{lines}") from None
    except (GitError, ForgeError) as error:
        raise Stop(str(error)) from None
    click.echo(FORMATS[form](report), nl=False)
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write(reports.as_markdown(report))
    return status(report)


def _given(root: Path, base: str, head: str, actor: str, opened: str) -> ProposalEvent:
    """The proposal that the options name. Raises Stop, ForgeError, GitError and RegistryError."""
    if not head or not actor:
        raise Stop("请写 --head 和 --actor（或 --event）")
    return ProposalEvent(base or office_branch(root), head, actor, moment_of(opened))


def status(report: Report) -> int:
    """The exit code: 1 where something stops the merge."""
    return 1 if report.errors else 0
