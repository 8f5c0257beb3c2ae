"""`zhibao codeowners`: the forge's file of owners, generated from the registry."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.door.codeowners import PATH, codeowners
from zhibao.repo.county_files import clock
from zhibao.repo.registry_files import RegistryError, read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError, held, write_whole


@click.command("codeowners", epilog="例：zhibao codeowners    zhibao codeowners --write")
@click.option("--check", "checks", is_flag=True, help=f"只看 {PATH} 是不是最新的；不是，退出码为 1。")
@click.option("--write", "writes", is_flag=True, help=f"写进 {PATH}。")
@click.pass_obj
def command(folder: Path, checks: bool, writes: bool) -> int:
    """按名册生成 CODEOWNERS：GitHub 照它请编辑和维护人员看提议。

    只写今天在任的人，所以有人到任、离任之后要重新生成。没有选项时只打印。
    """
    if checks and writes:
        raise Stop("--check 和 --write 只能写一个")
    root = root_of(folder)
    try:
        registry = read_registry(WorkTree(root)).registry
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再生成：\n{lines}") from None
    text = codeowners(registry, clock(registry.office.zone).date())
    if not (checks or writes):
        click.echo(text, nl=False)
        return 0
    if held(root / PATH) == text:
        click.echo(f"{PATH} 是最新的。")
        return 0
    if checks:
        click.echo(f"{PATH} 与名册不符；请运行 zhibao codeowners --write 并提交", err=True)
        return 1
    try:
        write_whole(root, PATH, text)
    except WriteError as error:
        raise Stop(str(error)) from None
    click.echo(f"写好了 {PATH}。")
    return 0
