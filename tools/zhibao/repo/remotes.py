"""The repository that this one came from: what is fetched from it and pushed to it. Credentials are never printed or stored."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhibao.repo import git

ORIGIN = "origin"
SERVERS = {"GITHUB_TOKEN": "GITHUB_SERVER_URL", "GITLAB_TOKEN": "CI_SERVER_URL"}
"""The variable of a workflow's token, and of the one server that it is for."""

_MOVED_ON = ("non-fast-forward", "fetch first", "stale info", "cannot lock ref")
_UNREACHED = (
    "Could not read from remote",
    "does not appear to be a git repository",
    "unable to access",
    "Could not resolve",
)
_SERVER = re.compile(r"(https?://[^/@\s]+/)")


class PushLostError(git.GitError):
    """Somebody else's push came first; what was to be pushed has to be made anew on top of it."""


def has_origin(root: Path) -> bool:
    """Whether there is a repository to push to."""
    return git.ask(root, "config", "--get", f"remote.{ORIGIN}.url") is not None


def fetch(root: Path, *references: str, prune: bool = False) -> None:
    """Fetch references of the origin into this repository's objects; with `prune`, those that are gone there go here too. Raises git.GitError."""
    try:
        git.run(
            root,
            "fetch",
            "--quiet",
            "--prune" if prune else "--no-prune",
            "--no-tags",
            "--no-recurse-submodules",
            ORIGIN,
            *references,
            extra=_origin_credentials(root),
        )
    except git.GitError as error:
        if not any(words in error.detail for words in _UNREACHED):
            raise
        address = origin_address(root)
        raise git.GitError(
            f"连不上 {ORIGIN}（{address}）；请检查网络和地址：git remote -v", error.detail
        ) from None


def fetch_branches(root: Path) -> None:
    """Bring every branch of the origin here as it is now. Raises git.GitError."""
    fetch(root, f"+refs/heads/*:refs/remotes/{ORIGIN}/*", prune=True)


def fetch_commit(root: Path, commit: str, reference: str) -> None:
    """Make sure that a commit is here, fetching the reference that should hold it. Raises git.GitError where it does not."""
    fetch_commits(root, {commit: reference})


def fetch_commits(root: Path, wanted: Mapping[str, str]) -> None:
    """Make sure that commits are here, fetching the references that should hold them together. Raises git.GitError where one does not."""
    lacking = {commit: reference for commit, reference in wanted.items() if not _is_here(root, commit)}
    if lacking:
        fetch(root, *sorted(set(lacking.values())))
    for commit, reference in lacking.items():
        if not _is_here(root, commit):
            raise git.GitError(f"取回 {reference} 后仍没有提交 {commit[:10]}：提议可能又更新了，请重跑")


def _is_here(root: Path, commit: str) -> bool:
    return git.ask(root, "cat-file", "-e", f"{commit}^{{commit}}") is not None


def push(root: Path, commit: str, branch: str) -> None:
    """Push a commit to a branch of the origin, forward only. Raises PushLostError where the branch has moved on, else git.GitError."""
    with _lost_race():
        git.run(
            root,
            "push",
            "--quiet",
            "--porcelain",
            ORIGIN,
            f"{commit}:refs/heads/{branch}",
            extra=_origin_credentials(root),
        )


def propose(root: Path, commit: str, reference: str, options: Sequence[str] = ()) -> list[str]:
    """Push a commit to a reference of the origin with push options (one line each), and what the server says.

    Raises PushLostError where the reference has moved on, else git.GitError.
    """
    wanted = [part for option in options for part in ("-o", option)]
    with _lost_race():
        return git.told(
            root,
            "push",
            "--porcelain",
            *wanted,
            ORIGIN,
            f"{commit}:{reference}",
            extra=_origin_credentials(root),
        )


def origin_address(root: Path) -> str:
    """The address of the origin, without the name and password that it may hold; empty where there is none."""
    url = git.ask(root, "config", "--get", f"remote.{ORIGIN}.url") or ""
    return re.sub(r"(?<=://)[^/@\s]+@", "", url)


@contextmanager
def _lost_race() -> Iterator[None]:
    try:
        yield
    except git.GitError as error:
        if any(words in error.detail for words in _MOVED_ON):
            raise PushLostError(str(error), error.detail) from None
        raise


def credentials(url: str, token: str) -> dict[str, str]:
    """What git needs in its environment to show a token to this address's server, and to no other; nothing for ssh and paths."""
    server = _SERVER.match(url)
    if not token or not server:
        return {}
    secret = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{server[1]}.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
    }


def _origin_credentials(root: Path) -> dict[str, str]:
    """A workflow's own token, where the origin is on the server that gave it; git's own helpers serve everywhere else."""
    given = {token: home.rstrip("/") for token, server in SERVERS.items() if (home := os.environ.get(server))}
    given = {token: home for token, home in given.items() if home and os.environ.get(token)}
    if not given:
        return {}
    url = git.ask(root, "config", "--get", f"remote.{ORIGIN}.url") or ""
    for token, home in given.items():
        if url.startswith(f"{home}/"):
            return credentials(url, os.environ[token])
    return {}
