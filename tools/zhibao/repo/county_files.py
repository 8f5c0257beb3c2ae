"""The county from its repository: registry, items and history together."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from zhibao.model.county import County, county
from zhibao.model.entry import Entry
from zhibao.model.history import History, Reach
from zhibao.model.understand import submission
from zhibao.repo import git
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.history import branch_reference, history_of, read_history
from zhibao.repo.novelty import NoveltyIndex
from zhibao.repo.registry_files import RegistryReading, read_registry
from zhibao.repo.tree import Tree, documents, texts
from zhibao.repo.work_tree import WorkTree


@dataclass(frozen=True)
class CountyReading:
    """A county and what it was read from. `entries` are all names of submissions/, read or not."""

    root: Path
    county: County
    registry: RegistryReading
    entries: tuple[Entry, ...]
    tree: Tree
    """What it was read from."""


def read_county(
    root: Path,
    now: datetime | None = None,
    *,
    only: Collection[str] | None = None,
    progress: Callable[[Sequence[Entry]], Iterable[Entry]] = iter,
) -> CountyReading:
    """Read the repository at `root`; `only` these paths of its items where given (the rest is known by name alone).

    `now` is the county's wall clock (minutes matter); by default SOURCE_DATE_EPOCH, else the system's clock.
    Raises RegistryError where the registry cannot be used, git.GitError where Git is missing.
    """
    tree = WorkTree(root)
    registry = read_registry(tree)
    office = registry.registry.office
    found = tree.entries()
    wanted = found if only is None else [entry for entry in found if entry.path in only]
    read = [(document, submission(document)[0]) for document in documents(tree, progress(wanted))]
    history = History(office.branch, Reach.UNREAD)
    if any(found_one is not None and not found_one.imported for _, found_one in read):
        history = read_history(root, office.branch, office.zone)
    whole = county(
        registry.registry, read, history, now or clock(office.zone), (entry.path for entry in found)
    )
    return CountyReading(root, whole, registry, tuple(found), tree)


def read_county_at(root: Path, commit: str, now: datetime) -> CountyReading:
    """The county as a commit (a full object id) has it, seen at a moment: nothing is checked out.

    Raises RegistryError where its registry cannot be used, git.GitError where Git fails.
    """
    tree = CommitTree(root, commit)
    registry = read_registry(tree)
    office = registry.registry.office
    found = tree.entries()
    read = [(document, submission(document)[0]) for document in documents(tree, found)]
    history = History(office.branch, Reach.UNREAD, commit)
    if any(found_one is not None and not found_one.imported for _, found_one in read):
        history = history_of(root, commit, office.branch, office.zone)
    whole = county(registry.registry, read, history, now, (entry.path for entry in found))
    return CountyReading(root, whole, registry, tuple(found), tree)


def novelty_index(tree: Tree, found: Iterable[Entry]) -> NoveltyIndex:
    """The index of near-duplicates over these entries, from their bytes alone: nothing is parsed."""
    return NoveltyIndex(texts(tree, found))


def clock(zone: ZoneInfo) -> datetime:
    """The county's wall clock, to the minute: SOURCE_DATE_EPOCH where it is set, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = (
        datetime.fromtimestamp(int(epoch), zone)
        if epoch.isascii() and epoch.isdigit()
        else datetime.now(zone)
    )
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def office_branch_name(root: Path) -> str:
    """The name of the office's branch, as the office.yml of the present commit has it. Raises GitError and RegistryError."""
    tip = git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if tip is None:
        raise git.GitError("仓库还没有提交；请先提交名册（git add registry && git commit）")
    return read_registry(CommitTree(root, tip)).registry.office.branch


def office_branch(root: Path) -> str:
    """The reference of the office's branch here. Raises GitError and RegistryError."""
    return branch_reference(root, office_branch_name(root)) or "HEAD"
