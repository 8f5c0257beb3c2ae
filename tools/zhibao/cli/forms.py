"""`zhibao forms`: the issue form of the forge, generated from the registry."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import registry_at, root_of
from zhibao.cli.usage import Stop
from zhibao.door.issue_form import CONFIG, CONFIG_TEXT, FORM, issue_form, made_on
from zhibao.model.registry import Registry
from zhibao.repo.county_files import clock
from zhibao.repo.writing import WriteError, held, write_whole


@click.command("forms", epilog="例：zhibao forms    zhibao forms --check")
@click.option("--check", "checks", is_flag=True, help="只看写着的与名册符不符；不符，退出码为 1，不写文件。")
@click.pass_obj
def command(folder: Path, checks: bool) -> int:
    """按名册生成报送的议题表单，写进 .github/ISSUE_TEMPLATE/；GitHub、Gitea、Forgejo 都认。

    列出本县的类型，和还没有到期的报送要点。改了 office.yml 或报送要点，再运行一次。要点到了期，不算不符，只提醒一句。
    """
    root = root_of(folder)
    registry = registry_at(root).registry
    today = clock(registry.office.zone).date()
    written = {path: held(root / path) or "" for path in (FORM, CONFIG)}
    if checks:
        return _check(registry, written, issue_form(registry, today))
    wanted = {FORM: issue_form(registry, today), CONFIG: CONFIG_TEXT}
    changed = [path for path, text in wanted.items() if not _same(written[path], text)]
    try:
        for path in changed:
            write_whole(root, path, wanted[path])
    except WriteError as error:
        raise Stop(str(error)) from None
    click.echo(f"写好了 {'、'.join(changed)}。" if changed else "表单是最新的。")
    return 0


def _check(registry: Registry, written: dict[str, str], now: str) -> int:
    """Whether the files are those of the day that the form names: a call that is over since then makes no form wrong."""
    day = made_on(written[FORM])
    if day is None or written != {FORM: issue_form(registry, day), CONFIG: CONFIG_TEXT}:
        click.echo(f"{FORM} 与名册不符；请运行 zhibao forms 并提交", err=True)
        return 1
    same = written[FORM].split("\n")[1:] == now.split("\n")[1:]
    click.echo(
        "表单与名册相符。" if same else "表单与名册相符；有报送要点到了期，有空时再运行 zhibao forms。"
    )
    return 0


def _same(text: str, other: str) -> bool:
    """Whether two files say the same, whatever day the first line names."""
    return text.split("\n")[1:] == other.split("\n")[1:]
