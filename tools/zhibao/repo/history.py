"""The history of the office's branch in one pass of `git log`: when each item arrived, and by whose merge.

`--first-parent -m --diff-filter=A` lists every file that each step of the branch brought in. The first arrival of an id counts,
whatever folder it moves to later (DESIGN.md, truth 2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from zhibao.model.history import Arrival, History, Reach
from zhibao.model.identity import SUBMISSIONS, Identity
from zhibao.repo import git
from zhibao.repo.log import Commit, log, moment_of

_ADDED = ("--diff-filter=A", "--relative")


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
    return History(branch, Reach.WHOLE, tip, _arrivals(root, tip, zone))


def history_at(root: Path, tip: str, branch: str, zone: ZoneInfo, ids: Collection[str]) -> History:
    """The arrivals of these items, on the line that ends in the commit `tip`."""
    if not ids:
        return History(branch, Reach.UNREAD, tip)
    if git.ask(root, "rev-parse", "--is-shallow-repository") != "false":
        return History(branch, Reach.SHALLOW, tip)
    found = _arrivals(root, tip, zone)
    return History(branch, Reach.WHOLE, tip, {id_: found[id_] for id_ in ids if id_ in found})


def branch_reference(root: Path, branch: str) -> str | None:
    """The full name of the office's branch here: the local one, else that of the origin; None where there is neither."""
    for name in (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}"):
        if git.ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            return name
    return None


def _arrivals(root: Path, tip: str, zone: ZoneInfo) -> dict[str, Arrival]:
    found: dict[str, Arrival] = {}
    for step in log(root, *_ADDED, "--first-parent", "-m", tip):
        moment = moment_of(step.committed, zone)
        if moment is None:
            continue
        for blob, id_ in _items(step):
            # newest first: the oldest stays
            found[id_] = Arrival(step.commit, moment, blob, step.author if step.is_merge else None)
    return found


def _items(step: Commit) -> Iterator[tuple[str, str]]:
    for changed in step.files:
        if changed.is_file and (id_ := item_at(changed.path)):
            yield changed.blob, id_


def item_at(path: str) -> str | None:
    """The id of the item whose file stands at a path of the county; None where it is no item's."""
    name = path.rsplit("/", 1)[-1]
    own = path.startswith(f"{SUBMISSIONS}/") and name.endswith(".md")
    return name[:-3] if own and Identity.parse(name[:-3]) else None
