"""`zhibao check`: every problem of every file, at once."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.check.table import ALL, listing
from zhibao.cli import reports
from zhibao.cli.repository import bar, root_of, within
from zhibao.cli.usage import Stop
from zhibao.model.finding import Finding, Severity
from zhibao.repo.git import GitError
from zhibao.review.examine import Examination, examine

FORMATS = {"text": reports.text, "json": reports.json, "markdown": reports.markdown, "github": reports.github}


@click.command(
    "check",
    epilog="例：zhibao check    zhibao check submissions/2026/10    zhibao check --format json 某条.md",
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "github"]),
    default="text",
    help="怎样输出。",
)
@click.option("--summary", is_flag=True, help="只说错误和总数。")
@click.option("--list", "listed", is_flag=True, help="只列出所有检查项目。")
@click.pass_obj
def command(folder: Path, paths: tuple[str, ...], form: str, summary: bool, listed: bool) -> int:
    """检查信息和名册，一次说清所有问题。

    PATH 是文件或文件夹；不写就检查全部。有错误退出码为 1；只有提醒和建议为 0。
    """
    if listed:
        click.echo(reports.checks_json(listing()) if form == "json" else reports.checks_text(ALL))
        return 0
    root = root_of(folder)
    wanted = within(root, paths, folder) if paths else None
    try:
        found = examine(root, wanted, progress=bar("检查"))
    except GitError as error:
        raise Stop(str(error)) from None
    if summary:
        click.echo("\n".join([*map(str, _errors(found)), reports.conclusion(found)]))
    else:
        click.echo(FORMATS[form](found), nl=False)
    return _status(found)


def _errors(found: Examination) -> list[Finding]:
    return [finding for finding in found.findings if finding.severity is Severity.ERROR]


def _status(found: Examination) -> int:
    return 1 if any(finding.severity is Severity.ERROR for finding in found.findings) else 0
