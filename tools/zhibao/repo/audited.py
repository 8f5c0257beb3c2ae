"""What the last audit saw: a reference of its own, outside branches and tags, moved only when it is asked for."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile
from pathlib import Path

from zhibao.repo import git
from zhibao.repo.log import Commit, log
from zhibao.repo.proposal_files import commit_id

AUDITED = "refs/zhibao/audited"
"""The commit that the office's branch ended in when an audit was last recorded."""


def recorded(root: Path) -> str | None:
    """The commit that was recorded; None where none was. Raises git.GitError where git is missing."""
    return git.ask(root, "rev-parse", "--verify", "--quiet", f"{AUDITED}^{{commit}}")


def record(root: Path, commit: str, before: str | None) -> None:
    """Remember a commit, with a line in the reference's own log; `before` is what was remembered. Raises git.GitError."""
    old = before or "0" * len(commit)
    git.run(root, "update-ref", "--create-reflog", "-m", "zhibao audit --record", AUDITED, commit, old)


def since(root: Path, revision: str, tip: str) -> set[str]:
    """The steps of the line that ends in `tip` which a revision does not have yet. Raises git.GitError."""
    start = commit_id(root, revision)
    return set(git.run(root, "rev-list", "--first-parent", tip, "--not", start).decode("ascii").split())


def vanished(root: Path, commit: str, line: Collection[str]) -> list[Commit]:
    """The steps that once led to `commit` and are no longer on the `line`, the newest first. Raises git.GitError."""
    return list(takewhile(lambda step: step.commit not in line, log(root, "--first-parent", commit)))


def is_reachable(root: Path, commit: str, tip: str) -> bool:
    """Whether a commit is an ancestor of the tip, by whatever parents."""
    return git.ask(root, "merge-base", "--is-ancestor", commit, tip) is not None
