"""The history of the office's branch in two passes of `git log`: when each item arrived, by whose merge, and who wrote it.

One call for all items, never one a file (MEASURED.md): `--first-parent -m --diff-filter=A` lists every file that each step of the
branch brought in. The first arrival of an id counts, whatever folder it moves to later (DESIGN.md, truth 2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from zhibao.model.history import Arrival, History, Reach, Signature
from zhibao.model.identity import SUBMISSIONS, Identity
from zhibao.repo import git

MOST_NAMED = 50
"""Items that git is asked for by name; for more of them all are read, which is faster."""

_FORMAT = "--format=%H%x00%P%x00%an%x00%ae%x00%ct"
_FIELDS = 5
_LOG = (
    "log",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--diff-filter=A",
    "--encoding=UTF-8",
    "--no-color",
    _FORMAT,
)


class Commit(NamedTuple):
    """One commit of a log, with the files that it brought in."""

    commit: str
    parents: tuple[str, ...]
    author: Signature
    seconds: str
    """Seconds since 1970 at which it was committed."""
    added: tuple[tuple[str, str], ...]
    """Blob and path of every file that it brought in."""


def read_history(root: Path, branch: str, zone: ZoneInfo) -> History:
    """The history of `branch` in the repository that holds `root`. Raises git.GitError where git is missing or fails.

    The local branch is read, else that of the remote `origin`. A shallow clone, a branch without commits, a missing branch
    and a folder outside any repository give a History that says so and holds no arrivals.
    """
    if git.ask(root, "rev-parse", "--is-inside-work-tree") is None:
        return History(branch, Reach.NO_REPOSITORY)
    reference = branch_reference(root, branch)
    if reference is None:
        born = git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return History(branch, Reach.NO_BRANCH if born else Reach.UNBORN)
    tip = git.ask(root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}") or ""
    return history_of(root, tip, branch, zone)


def history_of(root: Path, tip: str, branch: str, zone: ZoneInfo) -> History:
    """The history of the line that ends in the commit `tip`."""
    if git.ask(root, "rev-parse", "--is-shallow-repository") != "false":
        return History(branch, Reach.SHALLOW, tip)
    return History(branch, Reach.WHOLE, tip, _arrivals(root, tip, zone, (SUBMISSIONS,)), _authors(root, tip))


def history_at(root: Path, tip: str, branch: str, zone: ZoneInfo, ids: Collection[str]) -> History:
    """The arrivals of these items, on the line that ends in the commit `tip`; who wrote them is not read."""
    if not ids:
        return History(branch, Reach.UNREAD, tip)
    if git.ask(root, "rev-parse", "--is-shallow-repository") != "false":
        return History(branch, Reach.SHALLOW, tip)
    named = len(ids) <= MOST_NAMED
    wanted = [f":(glob){SUBMISSIONS}/**/{id_}.md" for id_ in sorted(ids)] if named else [SUBMISSIONS]
    return History(branch, Reach.WHOLE, tip, _arrivals(root, tip, zone, wanted))


def branch_reference(root: Path, branch: str) -> str | None:
    """The full name of the office's branch here: the local one, else that of the origin; None where there is neither."""
    for name in (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}"):
        if git.ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            return name
    return None


def _arrivals(root: Path, tip: str, zone: ZoneInfo, where: Sequence[str]) -> dict[str, Arrival]:
    found: dict[str, Arrival] = {}
    for step in commits(git.run(root, *_LOG, "--first-parent", "-m", tip, "--", *where)):
        merged_by = step.author if len(step.parents) > 1 else None
        moment = moment_of(step.seconds, zone)
        if moment is None:
            continue
        for blob, id_ in _items(step):
            found[id_] = Arrival(step.commit, moment, blob, merged_by)  # newest first: the oldest stays
    return found


def _authors(root: Path, tip: str) -> dict[str, Signature]:
    found: dict[str, Signature] = {}
    for step in commits(git.run(root, *_LOG, "--no-merges", "--topo-order", tip, "--", SUBMISSIONS)):
        for _, id_ in _items(step):
            found[id_] = step.author
    return found


def moment_of(seconds: str, zone: ZoneInfo) -> datetime | None:
    """The county's wall clock at a commit's seconds since 1970; None for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), zone).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


def _items(step: Commit) -> Iterator[tuple[str, str]]:
    for blob, path in step.added:
        name = path.rsplit("/", 1)[-1]
        if name.endswith(".md") and Identity.parse(name[:-3]):
            yield blob, name[:-3]


def commits(output: bytes) -> Iterator[Commit]:
    """Take NUL-separated output apart by position, so that no name or path can be mistaken for a header."""
    tokens = output.decode("utf-8", "surrogateescape").split("\0")
    at, last = 0, len(tokens) - 1
    while at + _FIELDS <= last:
        commit, parents, name, email, seconds = tokens[at : at + _FIELDS]
        at += _FIELDS
        added: list[tuple[str, str]] = []
        while at < last and tokens[at].lstrip("\n").startswith(":"):
            _, mode, _, blob, _ = tokens[at].split(" ")
            if mode.startswith("100"):  # a link or a submodule is no item
                added.append((blob, tokens[at + 1]))
            at += 2
        if at < last and not tokens[at]:
            at += 1
        yield Commit(
            commit.lstrip("\n"), tuple(parents.split()), Signature(name, email), seconds, tuple(added)
        )
