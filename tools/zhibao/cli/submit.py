"""`zhibao submit`: an item becomes a proposal, or a bundle to be carried by hand."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from zhibao.cli.desk import stops
from zhibao.cli.repository import root_of, within
from zhibao.cli.usage import Stop
from zhibao.door.facts import ForgeError
from zhibao.door.sending import Way, send, way_to
from zhibao.door.submitting import Outbox, Ready, outbox, ready, remember
from zhibao.repo.bundles import BundleError, write_bundle
from zhibao.repo.own_changes import changed_items, outdated
from zhibao.repo.remotes import has_origin
from zhibao.review.branch import RefusedError
from zhibao.review.report import text

MOST = 20
"""Items that are submitted at once; each is a proposal of its own."""


@click.command(
    "submit",
    epilog="例：zhibao submit    zhibao submit submissions/2026/10/20261012-0931-daba.md    zhibao submit --bundle /media/u/daba.bundle",
)
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option(
    "--way",
    type=click.Choice(["auto", *(way.value for way in Way)]),
    default="auto",
    help="怎样开提议：agit（Gitea、Forgejo）、gitlab、github、branch（只推分支）；默认看 office.yml 的 forge 和仓库的地址。",
)
@click.option(
    "--bundle",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="不联网：写成一个文件，用 U 盘带给编辑。",
)
@click.option("--dry-run", is_flag=True, help="只检查，不推送。")
@click.pass_obj
def command(folder: Path, files: tuple[str, ...], way: str, bundle: Path | None, dry_run: bool) -> int:
    """报送：检查一条信息，推上去，开好提议；一条一份提议。

    不写 FILE 就报送自己新写和改过的。有错误的不推送，退出码为 1。改了再运行一次，更新同一份提议；你的文件和分支都不动。
    """
    root = root_of(folder)
    with stops():
        try:
            here = outbox(root)
            if not bundle and not dry_run and not has_origin(root):
                raise Stop(
                    "这个仓库没有 origin，不知道推到哪里；请用 git clone 得到仓库，或用 --bundle 写成文件"
                )
            chosen = _way(here, way)
            paths = _paths(here, files, folder)
            ones = [ready(here, path, has_branch=chosen.has_branch and not bundle) for path in paths]
            sound = [one for one in ones if _is_sound(one)]
            if bundle and sound and not dry_run:
                _carry(here, sound, bundle)
            elif not dry_run:
                for one in sound:
                    _send(here, one, chosen)
        except (RefusedError, ForgeError, BundleError) as error:
            raise Stop(str(error)) from None
    return 0 if len(sound) == len(ones) else 1


def _way(here: Outbox, way: str) -> Way:
    return way_to(here.root, here.registry.office.forge) if way == "auto" else Way(way)


def _paths(here: Outbox, files: Sequence[str], folder: Path) -> list[str]:
    if files:
        return list(dict.fromkeys(within(here.root, files, folder)))
    old = outdated(here.root, here.branch.tip)
    if old:
        click.echo(f"已经在 {here.name} 上，这里还是报送时的样子：{'、'.join(old)}")
        click.echo(f"  要换成新的：\n    git clean -f -- {shlex.join(old)}\n    git pull")
    found = [path for path in changed_items(here.root, here.branch.tip) if path not in old]
    if not found:
        raise Stop("没有新写或改过的信息；先用 zhibao new 起草一条")
    if len(found) > MOST:
        raise Stop(f"有 {len(found)} 条新写或改过的信息，一次最多 {MOST} 条；请写明要报送哪几个文件")
    return found


def _is_sound(one: Ready) -> bool:
    """Say what the review says of it; whether it may go."""
    click.echo(f"{one.id} {one.title}")
    if one.report.errors or one.report.findings:
        click.echo("\n".join(f"  {line}" for line in text(one.report).rstrip().splitlines()))
    if one.report.errors:
        click.echo("  没有报送：请先改好上面的错误，再运行一次")
    return not one.report.errors


def _send(here: Outbox, one: Ready, way: Way) -> None:
    sent = send(here, one, way)
    state = (
        "没有变化，已经报送过" if one.is_unchanged else "更新了提议" if one.before else "报送了，等编辑处理"
    )
    click.echo(
        f"  {state}" + (f"：{sent.link}" if sent.link else f"（分支 {one.id}）" if way.has_branch else "")
    )
    if sent.words:
        click.echo(f"  {sent.words}")


def _carry(here: Outbox, ones: Sequence[Ready], bundle: Path) -> None:
    write_bundle(here.root, bundle, {one.id: one.commit for one in ones}, here.branch.tip)
    remember(here, ones)
    size = max(bundle.stat().st_size // 1000, 1)
    click.echo(
        f"写好了 {bundle}（{len(ones)} 条，{size} KB）；请带给编辑，由编辑运行 zhibao receive {bundle.name}"
    )
