"""What the user's work tree has that the branch they started from has not."""

from __future__ import annotations

from pathlib import Path

from zhibao.model.entry import stem_of
from zhibao.model.identity import SUBMISSIONS, Identity
from zhibao.repo import git


def changed_items(root: Path, tip: str) -> list[str]:
    """The paths of items that are new or changed here, committed or not, since this history left that of `tip`. Raises git.GitError."""
    start = git.ask(root, "merge-base", "HEAD", tip) or tip
    changed = git.run(
        root,
        "diff",
        "--name-only",
        "--relative",
        "--no-renames",
        "--diff-filter=AM",
        "-z",
        start,
        "--",
        SUBMISSIONS,
    )
    new = git.run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", SUBMISSIONS)
    paths = {one for one in (changed + new).decode("utf-8", "surrogateescape").split("\0") if one}
    return sorted(path for path in paths if _is_item(path))


def outdated(root: Path, tip: str) -> list[str]:
    """The untracked files here that stand on the branch and whose very text its history holds, attachments too. Raises git.GitError.

    They are what was sent and has been merged since; Git will not bring the branch's own text over them.
    """
    listed = git.run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", SUBMISSIONS)
    paths = [one for one in listed.decode("utf-8", "surrogateescape").split("\0") if one]
    return sorted(path for path in paths if _is_in_history(root, tip, path))


def _is_in_history(root: Path, tip: str, path: str) -> bool:
    if git.ask(root, "cat-file", "-e", f"{tip}:./{path}") is None:
        return False
    blob = git.run(root, "hash-object", "--no-filters", "--", path).decode().strip()
    changes = git.run(
        root, "log", "--format=", "--raw", "--no-abbrev", "--full-history", "-m", tip, "--", path
    )
    return any(line.split()[3:4] == [blob.encode()] for line in changes.splitlines())


def _is_item(path: str) -> bool:
    identity = Identity.parse(stem_of(path))
    return identity is not None and path.endswith(".md")
