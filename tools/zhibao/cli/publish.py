"""`zhibao publish`: an edition built for its readers, where office.yml turns it on and the repository is private."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.door.forge import Visibility
from zhibao.door.publishing import PublishError, publish
from zhibao.model.edition import Edition
from zhibao.publish.building import BuildError
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError
from zhibao.review.forms import plain

EDITIONS = (Edition.OPEN, Edition.NETWORK)
"""What may leave the office; the internal edition does not."""


@click.command(
    "publish",
    epilog="例：zhibao publish open --out public    zhibao publish network --out public --visibility private",
)
@click.argument("edition", type=click.Choice([one.value for one in EDITIONS]), metavar="open|network")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    required=True,
    help="建在哪个文件夹；里面原来的网站会被换掉，别的东西不会。",
)
@click.option(
    "--visibility",
    type=click.Choice([one.value for one in Visibility]),
    help="仓库谁看得到；默认问平台（令牌在 GITHUB_TOKEN 或 GITLAB_TOKEN 里）。",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="把 built=true 或 false 加到这个文件末尾（$GITHUB_OUTPUT）。",
)
@click.pass_obj
def command(folder: Path, edition: str, out: Path, visibility: str | None, output: Path | None) -> int:
    """发布公开版或网络版：office.yml 的 publish 打开了的才建，只发布主分支上的内容。

    公开版建在文件夹里，由工作流交给 Pages；网络版再推送到 publish.network 写的私有仓库。仓库不是私有的就不发布，除非 allow_public: true。
    没有打开：退出码 0，什么也不建；不许发布：退出码 1。
    """
    root = root_of(folder)
    try:
        found = publish(root, Edition(edition), out, Visibility(visibility) if visibility else None)
    except PublishError as error:
        click.echo(plain(str(error)), err=True)
        return 1
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再发布：\n{lines}") from None
    except (BuildError, GitError) as error:
        raise Stop(str(error)) from None
    click.echo(plain(found.words))
    if output:
        with output.open("a", encoding="utf-8") as file:
            file.write(f"built={str(found.built).lower()}\n")
    return 0
