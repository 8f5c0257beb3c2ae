"""A built site on a branch of a private Git host: one commit without history, the same for the same bytes."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from zhibao.model.history import Signature
from zhibao.repo import git
from zhibao.repo.remotes import credentials

BRANCH = "pages"
"""The branch that the host's web server shows."""
TOKEN = "ZHIBAO_SITE_TOKEN"
"""The variable of the token for a host that is asked over HTTP; ssh has its keys."""


def push_site(folder: Path, address: str, author: Signature, moment: datetime) -> bool:
    """Make BRANCH of the repository at `address` hold exactly this folder; False where it did already. Raises git.GitError.

    The commit says nothing but who published and on which day, so that the same bytes are the same commit.
    """
    extra = credentials(address, os.environ.get(TOKEN, ""))
    with tempfile.TemporaryDirectory(prefix="zhibao-") as store:
        git.run(folder, "init", "--quiet", "--bare", "--template=", store)
        here = (f"--git-dir={store}", f"--work-tree={folder}", "-c", "core.autocrlf=false")
        git.run(folder, *here, "add", "--all", "--force")
        tree = git.run(folder, *here, "write-tree").decode().strip()
        commit = _commit(folder, here, tree, author, moment)
        there = git.run(folder, *here, "ls-remote", address, f"refs/heads/{BRANCH}", extra=extra)
        if there.decode("utf-8", "replace").split("\t")[0] == commit:
            return False
        git.run(
            folder,
            *here,
            "push",
            "--quiet",
            "--force",
            address,
            f"{commit}:refs/heads/{BRANCH}",
            extra=extra,
        )
    return True


def _commit(folder: Path, here: tuple[str, ...], tree: str, author: Signature, moment: datetime) -> str:
    seconds = f"{int(moment.timestamp())} +0000"
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", author.name), ("EMAIL", author.email), ("DATE", seconds))
    }
    return (
        git.run(folder, *here, "commit-tree", tree, "-F", "-", given="发布网站\n".encode(), extra=who)
        .decode()
        .strip()
    )
