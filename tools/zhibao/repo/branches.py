"""Branches that are not merged yet, and the words that editors left in their commits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from zhibao.model.history import Signature
from zhibao.repo import git
from zhibao.repo.log import moment_of
from zhibao.repo.remotes import ORIGIN

RETURNED = "returned"
WORD, REASON, SAID = "Zhibao-Word", "Zhibao-Reason", "Zhibao-Words"
"""Trailers of the empty commit by which an editor returns a proposal: the word, the reason's code, and words to the unit."""

_FORMAT = f"--format=%H%x00%T%x00%an%x00%ae%x00%at%x00%(trailers:key={WORD},valueonly)%x00%(trailers:key={REASON},valueonly)%x00%(trailers:key={SAID},valueonly)%x00"


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
