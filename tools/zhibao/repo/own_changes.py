"""What the user's work tree has that the branch they started from has not."""

from __future__ import annotations

from pathlib import Path

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


def _is_item(path: str) -> bool:
    identity = Identity.parse(path.rpartition("/")[2].removesuffix(".md"))
    return identity is not None and path.endswith(".md")
