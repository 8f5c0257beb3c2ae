"""Publish an edition: only what office.yml turns on, only what stands on the office's branch, and never out of a public repository unawares."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from zhibao.door.connect import connect
from zhibao.door.facts import ForgeError
from zhibao.door.forge import Visibility
from zhibao.model.edition import Edition
from zhibao.model.history import Signature
from zhibao.model.office import Office
from zhibao.publish.building import build_site
from zhibao.repo import git
from zhibao.repo.county_files import clock
from zhibao.repo.history import branch_reference
from zhibao.repo.registry_files import read_registry
from zhibao.repo.site_branch import BRANCH, push_site
from zhibao.repo.work_tree import WorkTree

PROJECT_VISIBILITY = "CI_PROJECT_VISIBILITY"
"""GitLab's own variable: it serves where no token is there to ask with."""

READ = ("registry", "submissions", "site", "mkdocs.yml")
"""What a site is built from."""


class PublishError(Exception):
    """The edition must not be published. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an edition; `built` is False where office.yml does not turn it on."""

    words: str
    built: bool = True


def publish(root: Path, edition: Edition, out: Path, visibility: Visibility | None) -> Published:
    """Build an edition into a folder; push the network edition to the host that office.yml names.

    `visibility` is the repository's as somebody vouches for it; None: ask the forge. Raises PublishError, BuildError, git.GitError and
    RegistryError.
    """
    office = read_registry(WorkTree(root)).registry.office
    if not office.publishes(edition):
        key = "publish.open（写 pages）" if edition is Edition.OPEN else "publish.network（写仓库地址）"
        return Published(f"office.yml 没有打开{edition.label}的发布，没有建；要发布请写 {key}", built=False)
    _private(office, visibility or seen(os.environ))
    _on_the_branch(root, office)
    build_site(root, edition, out)
    if edition is not Edition.NETWORK or office.publish.network is None:
        return Published(f"{edition.label}建好了：{out}")
    author = Signature(office.name, "zhibao@localhost")
    midnight = datetime.combine(clock(office.zone).date(), time(), office.zone)
    pushed = push_site(out.resolve(), office.publish.network, author, midnight)
    words = "推送到" if pushed else "没有变化，不用再推送到"
    return Published(f"{edition.label}建好了，{words} {office.publish.network} 的 {BRANCH} 分支")


def seen(environment: Mapping[str, str]) -> Visibility | None:
    """Who may read the repository, as its forge says now: an event's word may be old. None where nobody says."""
    try:
        return connect(environment).visibility()
    except ForgeError:
        named = environment.get(PROJECT_VISIBILITY, "")
        return Visibility(named) if named in list(Visibility) else None


def _private(office: Office, visibility: Visibility | None) -> None:
    """Refuse what is not private, unless the office allows it. Raises PublishError."""
    if office.allow_public or visibility is Visibility.PRIVATE:
        return
    if visibility is None:
        raise PublishError(
            "不知道仓库是不是私有的，没有发布；平台之外请用 --visibility private 担保，平台上请检查令牌"
        )
    fact = "公开的" if visibility is Visibility.PUBLIC else "平台上有账号的人都看得到的"
    raise PublishError(
        f"仓库是{fact}，没有发布；请先把仓库改成私有，确实要从这样的仓库发布才在 office.yml 写 allow_public: true"
    )


def _on_the_branch(root: Path, office: Office) -> None:
    """Refuse to publish anything but what stands on the office's branch. Raises PublishError and git.GitError."""
    reference = branch_reference(root, office.branch)
    if reference is None or git.ask(root, "merge-base", "--is-ancestor", "HEAD", reference) is None:
        raise PublishError(
            f"只发布 {office.branch} 上的内容，现在检出的不是；请先 git checkout {office.branch}"
        )
    changed = git.run(root, "status", "--porcelain", "-z", "--", *READ).decode("utf-8", "surrogateescape")
    if changed:
        raise PublishError(
            f"有 {changed.count(chr(0))} 处改动没有提交，没有发布；请先提交并合并，或 git stash 收起来"
        )
