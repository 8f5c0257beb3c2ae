"""Branches that are not merged yet, and the words that editors left in their commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from zhibao.model.history import Signature
from zhibao.repo import git
from zhibao.repo.log import moment_of
from zhibao.repo.remotes import ORIGIN

RETURNED = "returned"
WORD, REASON, SAID = "Zhibao-Word", "Zhibao-Reason", "Zhibao-Words"
"""Trailers of the empty commit by which an editor returns a proposal: the word, the reason's code, and words to the unit."""

ISSUE, ITEM = "Zhibao-Issue", "Zhibao-Item"
"""Trailers of a commit that was made from an issue: its number, and the id of the item."""
_RECENT = "100"
"""Commits that are looked through for one made from an issue: more than any proposal has."""
_FROM_ISSUE = f"--format=%H%x00%(trailers:key={ISSUE},valueonly)%x00%(trailers:key={ITEM},valueonly)%x00"

_FORMAT = f"--format=%H%x00%T%x00%an%x00%ae%x00%at%x00%(trailers:key={WORD},valueonly)%x00%(trailers:key={REASON},valueonly)%x00%(trailers:key={SAID},valueonly)%x00"


class FromIssue(NamedTuple):
    """A commit that was made from an issue, and the id of the item in it."""

    commit: str
    item: str


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of a proposal. `word`, `reason` and `said` are its trailers, empty where it has none."""

    commit: str
    tree: str
    author: Signature
    moment: datetime | None
    word: str
    reason: str
    said: str


def open_branches(root: Path, base: str, branch: str) -> dict[str, str]:
    """Every branch whose commits are not all in `base`, with its head: the origin's, else the local one of that name."""
    output = git.run(
        root, "for-each-ref", f"--no-merged={base}", "--format=%(refname)%00%(objectname)",
        "refs/heads", f"refs/remotes/{ORIGIN}",
    )  # fmt: skip
    found: dict[str, str] = {}
    for line in output.decode("utf-8", "surrogateescape").splitlines():
        reference, _, commit = line.partition("\0")
        remote = f"refs/remotes/{ORIGIN}/"
        name = reference.removeprefix(remote).removeprefix("refs/heads/")
        if name not in (branch, "HEAD") and (name not in found or reference.startswith(remote)):
            found[name] = commit
    return found


def from_issue(root: Path, head: str, number: int) -> FromIssue | None:
    """The newest commit of a branch that was made from an issue; None where none was. Raises git.GitError."""
    output = git.run(root, "log", "-n", _RECENT, "--first-parent", "--no-color", _FROM_ISSUE, head)
    tokens = [part.strip() for part in output.decode("utf-8", "surrogateescape").split("\0")]
    found = zip(tokens[0::3], tokens[1::3], tokens[2::3], strict=False)
    return next((FromIssue(commit, item) for commit, issue, item in found if issue == str(number)), None)


def changed_since(root: Path, commit: str, head: str, path: str) -> bool:
    """Whether a commit between the two touched a path. Raises git.GitError."""
    return bool(git.run(root, "log", "-n", "1", "--format=%H", f"{commit}..{head}", "--", path).strip())


def held(root: Path, heads: Sequence[str], paths: Sequence[str]) -> set[str]:
    """Those paths of the county where a file stands in any of these commits, in one call. Raises git.GitError."""
    prefix = git.ask(root, "rev-parse", "--show-prefix") or ""
    asked = [(head, path) for head in heads for path in paths]
    given = "".join(f"{head}:{prefix}{path}\n" for head, path in asked).encode()
    lines = git.run(root, "cat-file", "--batch-check=%(objecttype)", given=given).splitlines()
    return {path for (_, path), line in zip(asked, lines, strict=True) if line == b"blob"}


def steps(root: Path, base: str, head: str, zone: ZoneInfo) -> list[Step]:
    """The commits of a proposal that the base does not have, the newest first."""
    output = git.run(
        root, "log", "--first-parent", "--encoding=UTF-8", "--no-color", _FORMAT, head, "--not", base
    )
    return list(_steps(output.decode("utf-8", "surrogateescape").split("\0"), zone))


def _steps(tokens: list[str], zone: ZoneInfo) -> Iterator[Step]:
    for at in range(0, len(tokens) - 8, 8):
        commit, tree, name, email, seconds, word, reason, said = (
            part.strip() for part in tokens[at : at + 8]
        )
        yield Step(commit, tree, Signature(name, email), moment_of(seconds, zone), word, reason, said)
