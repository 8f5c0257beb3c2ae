"""`zhibao init`: a new county's repository, from a few answers and the office's own table of units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zhibao.cli.founding_answers import Answers, Given
from zhibao.cli.usage import Stop
from zhibao.door.founding import FoundingError
from zhibao.door.founding.building import Founded, found
from zhibao.door.founding.packs import fitted_path, packs
from zhibao.door.founding.plan import Plan
from zhibao.door.founding.program import installed, program_at

MOST_LISTED = 120
"""Units whose ids are printed."""


@click.command(
    "init",
    epilog="例：zhibao init ../青山县    zhibao init ../青山县 --name 青山县 --units 单位.xlsx --editor '李思 <lisi@qingshan.example> lisi' --yes"
    "    zhibao init --packs",
)
@click.argument("target", required=False, metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", metavar="TEXT", help="县名，如 青山县。")
@click.option(
    "--units",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="单位名单，.xlsx 或 .csv；栏名见 docs/new-office.md。",
)
@click.option(
    "--editor",
    "editors",
    multiple=True,
    metavar="TEXT",
    help="编辑：姓名 <邮箱> 账号；可以写几次，第一位是主编。",
)
@click.option("--pack", metavar="NAME", help="从哪一份计分办法开始；默认是 general，--packs 看有哪些。")
@click.option("--levels", metavar="TEXT", help="层级，由低到高，如 县,州,省,中央。")
@click.option("--bulletin", metavar="TEXT", help="刊物名称，也是网站的名称；默认是县名加“信息”。")
@click.option("--office", metavar="TEXT", help="办公室名称，如 中共青山县委办公室。")
@click.option("--timezone", metavar="TEXT", help="时区；默认是 Asia/Shanghai。")
@click.option("--branch", metavar="TEXT", help="主分支；默认是 main。")
@click.option("--forge", metavar="URL", help="平台上仓库的地址，记作 origin；不写就以后再设。")
@click.option("--yes", is_flag=True, help="不提问：没有写的用默认值。")
@click.option("--packs", "lists", is_flag=True, help="只列出有哪些计分办法。")
def command(target: Path | None, yes: bool, lists: bool, **given: Any) -> int:
    """新建一个县的仓库：名册、计分办法、网站、工作流、程序和测试，马上可以 make site、make test。

    DIR 是一个还没有的文件夹。在终端里会问没有写的内容；不在终端里，或写了 --yes，不提问。单位从办公室现成的表格里读，
    写错的地方一次说清。什么也不覆盖：有一处不对就什么也不建。
    """
    try:
        source = installed()
        available = packs(source)
        if lists:
            click.echo("\n".join(f"{name:<10} {pack.source}" for name, pack in available.items()))
            return 0
        if target is None:
            raise Stop("缺少 DIR：新仓库放在哪个文件夹，如 zhibao init ../青山县")
        plan = Answers(Given(**given), available, asks=not yes).plan()
        made = found(plan, program_at(source), source, target)
    except FoundingError as error:
        raise Stop(str(error)) from None
    click.echo("\n".join(_said(plan, made, target)))
    return 0


def _said(plan: Plan, made: Founded, target: Path) -> list[str]:
    units = [f"  {unit.id:<14} {unit.name}（{unit.group}）" for unit in plan.units[:MOST_LISTED]]
    more = [f"  ……一共 {len(plan.units)} 个"] if len(plan.units) > MOST_LISTED else []
    chief = plan.editors[0]
    committed = (
        "已作第一次提交。"
        if made.committed
        else "还没有提交：git 不知道你是谁。请先 git config --global user.name 姓名、git config --global user.email 邮箱，"
        "再 git commit -m 建立仓库。"
    )
    level = plan.levels[0]
    unpaid = (
        []
        if plan.pack.pays
        else [
            f"这份办法只给上级采用计分，{level}级采用不得分；要给，在 {fitted_path(plan.today.year)} 的 adoption 里加上。"
        ]
    )
    return [
        f"建好了 {plan.county}的仓库：{target}（{made.files} 个文件）。{committed}",
        f"单位 {len(plan.units)} 个；编号写进每条信息的文件名，用起来以后不能改，请现在核对（registry/units.yml）：",
        *units,
        *more,
        f"主编、签发人、维护：{chief.name}（{chief.account}）。合并进来的信息按“{plan.pack.form}”采用，刊物是 {plan.bulletin}。",
        *unpaid,
        "上级的刊物名称是照常见的写的，请核对 registry/office.yml 的 publications。",
        "接下来：",
        f"  cd {target}",
        "  make site      # 检查、建网站，打开 public/index.html",
        "  make test      # 程序自己的测试",
        f"  {'git push -u origin ' + plan.branch if plan.forge else '在平台上建一个私有仓库，推上去'}：见 docs/forges/；全部步骤见 docs/new-office.md",
    ]
