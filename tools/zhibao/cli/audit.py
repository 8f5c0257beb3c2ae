"""`zhibao audit`: what landed on the office's branch although the permission matrix would not have allowed it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zhibao.cli.repository import bar, county_folder
from zhibao.cli.usage import Stop
from zhibao.repo import audited
from zhibao.repo.county_files import office_branch
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError
from zhibao.review import audit_report as reports
from zhibao.review.audit import Audit, audit

FORMATS = {"text": reports.text, "markdown": reports.as_markdown, "json": reports.json}
LAST = "last"
"""The word for the last recorded audit."""


@click.command(
    "audit",
    epilog="例：zhibao audit    zhibao audit --since 2026-10-01    zhibao audit --since last --record    zhibao audit --format json",
)
@click.option(
    "--since",
    metavar="REV|DATE|last",
    default="",
    help="只看这一天起、这个提交以后或上次记下以后的；默认看全部。",
)
@click.option("--record", is_flag=True, help=f"记下看到哪里（引用 {audited.AUDITED}）；不写就什么也不改。")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, since: str, record: bool, form: str) -> int:
    """核查主分支的历史：哪些合并和直接提交，按当时的名册不该由那个人做。

    每一步按上一步的名册看：谁合并的，当天在不在任，改的是不是他能改的；已采用的信息改了内容有没有写更正；记下过的历史有没有被改写。
    只读，除非写 --record。没有要核实的退出码为 0，有为 1。
    """
    root = county_folder(folder)
    try:
        found = audit(root, office_branch(root), _start(root, since), bar("核查"))
        click.echo(FORMATS[form](found), nl=False)
        if record:
            _record(root, found)
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"主分支的名册有错，先改好再核查：\n{lines}") from None
    except GitError as error:
        raise Stop(str(error)) from None
    return 0 if found.sound else 1


def _start(root: Path, since: str) -> date | str | None:
    """Where to begin; from the beginning where nothing was recorded yet. Raises GitError."""
    if since == LAST:
        return audited.recorded(root)
    try:
        return date.fromisoformat(since) if "-" in since else since or None
    except ValueError:
        return since


def _record(root: Path, found: Audit) -> None:
    """Remember the tip; what was remembered is not let go of while steps that it names are missing."""
    if found.vanished:
        click.echo("没有记：上次记下的历史先要核实。", err=True)
        return
    audited.record(root, found.tip, found.recorded)
    push = f"git push origin +{audited.AUDITED}:{audited.AUDITED}"
    click.echo(f"记下了：看到 {found.tip[:10]}（{audited.AUDITED}）。要别处也记得：{push}", err=True)
