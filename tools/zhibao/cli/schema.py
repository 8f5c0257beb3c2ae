"""`zhibao schema`: JSON Schemas of what a county writes, for editors that complete and explain."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.door.schemas import Schemas, schemas, stale, unnamed, write_schemas
from zhibao.model.files import FILES, SCHEMAS
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError

KNOWN = "、".join(f"{kind.name}（{kind.title}）" for kind in FILES)


@click.command(
    "schema",
    epilog="例：zhibao schema    zhibao schema units    zhibao schema --check    zhibao schema --out schemas",
)
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=f"写到这个文件夹；默认是仓库里的 {SCHEMAS}/。",
)
@click.option("--check", "checks", is_flag=True, help="只看写着的是不是现在的；不是的退出码为 1，不写文件。")
@click.pass_obj
def command(folder: Path, name: str | None, out: Path | None, checks: bool) -> int:
    """导出 JSON Schema（2020-12）：信息的抬头和名册的每一种文件，本县的类型、层级、单位、原因代码都列在里面。

    NAME 是一种文件，如 units、submission，只打印这一份；不写就全部写成文件。
    名册的文件第一行写明用哪一份，编辑器就会补全和说明。改了 office.yml 或 units.yml，再运行一次。
    """
    root = root_of(folder)
    made = schemas(WorkTree(root))
    if name is not None:
        if name not in made.texts:
            raise Stop(f"没有 {name} 这一种；有：{KNOWN}")
        made = Schemas({name: made.texts[name]}, made.unread)
        if out is None and not checks:
            click.echo(made.texts[name], nl=False)
            return 0
    target = out or root / SCHEMAS
    shown = str(out) if out else SCHEMAS
    if checks:
        return _check(target, shown, made)
    if out is None and not target.resolve().is_relative_to(root):
        raise Stop(f"{SCHEMAS} 是通到仓库外面的链接，没有写")
    try:
        changed = write_schemas(target, made.texts)
    except WriteError as error:
        raise Stop(str(error)) from None
    click.echo(f"{shown}/：写了 {len(changed)} 份，{len(made.texts) - len(changed)} 份没有变。")
    for path in made.unread:
        click.echo(f"{path} 读不懂，里面的词没有列进去；改好后再运行一次。", err=True)
    if out is None:
        for path, line in unnamed(WorkTree(root)):
            click.echo(f"{path} 的第一行请写：{line}")
    return 0


def _check(target: Path, shown: str, made: Schemas) -> int:
    if not target.is_dir():
        click.echo(f"没有 {shown}/，没有要看的；要编辑器补全名册，请运行 zhibao schema。")
        return 0
    found = stale(target, made.texts)
    if not found:
        click.echo(f"{shown}/ 是现在的（{len(made.texts)} 份）。")
        return 0
    names = "、".join(f"{name}.json" for name in found)
    click.echo(f"{shown}/ 里的 {names} 不是现在的；请运行 zhibao schema，连同名册一起提交。")
    return 1
