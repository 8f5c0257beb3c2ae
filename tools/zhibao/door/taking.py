"""An item put on the branch of its issue: its id fixed the first time, its words following the issue until somebody else changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhibao.door.forge import Issue
from zhibao.door.origin import branch_of
from zhibao.door.sender import Sender
from zhibao.door.sent_item import Sent, UnfitError, files_of
from zhibao.model.identity import Identity
from zhibao.repo import git
from zhibao.repo.branches import ISSUE, ITEM, FromIssue, changed_since, from_issue, held, open_branches
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.commits import Draft, land, make
from zhibao.repo.county_files import clock
from zhibao.repo.front_matter import blob_id
from zhibao.repo.new_item import identity_for
from zhibao.repo.remotes import ORIGIN, fetch_branches, has_origin
from zhibao.review.branch import Branch

MOST_OF_A_MINUTE = 99
"""Items of a unit and minute (model/identity.py)."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Where an item stands: its id, and its branch's head, which is merged already or not."""

    item: str
    commit: str
    merged: bool = False


@dataclass(frozen=True)
class Taking:
    """What was sent in an issue, by whom, to the office's branch as it is now.

    `earlier` counts the issues that the account opened before this one in the same minute; it is asked only for a new item.
    """

    root: Path
    here: Branch
    issue: Issue
    sender: Sender
    sent: Sent
    earlier: Callable[[], int]

    def carry_out(self) -> TakenIn:
        """Put the item on its branch, or what changed of it. Raises UnfitError, git.GitError, and what `earlier` raises."""
        branch = branch_of(self.issue.number)
        head = self._head()
        if head and git.ask(self.root, "merge-base", "--is-ancestor", head, self.here.tip) is not None:
            return TakenIn(self._made(head).item, head, merged=True)
        landed = land(
            self.root, branch, self.sender.signature, self._moment(head), self._draft, start=self.here.tip
        )
        return TakenIn(self._made(landed.commit).item, landed.commit)

    def attempt(self) -> TakenIn:
        """The same commit on no branch. Raises as `carry_out`, and where nothing is to be done."""
        head = self._head()
        wanted = self._draft(head or self.here.tip)
        if wanted is None:
            raise git.GitError(f"{branch_of(self.issue.number)} 上没有要改的")
        commit = make(self.root, head or self.here.tip, wanted, self.sender.signature, self._moment(head))
        return TakenIn(self._made(commit).item, commit)

    def _head(self) -> str:
        """The branch as the origin has it; empty where it has none."""
        if not has_origin(self.root):
            raise git.GitError(f"这个仓库没有 {ORIGIN}，收下的推不上去")
        fetch_branches(self.root)
        name = f"refs/remotes/{ORIGIN}/{branch_of(self.issue.number)}"
        return git.ask(self.root, "rev-parse", "--verify", "--quiet", name) or ""

    def _moment(self, head: str) -> datetime:
        """A new item arrived when its issue was opened: the forge vouches for it."""
        zone = self.here.registry.office.zone
        return clock(zone).replace(tzinfo=zone) if head else self.issue.created

    def _draft(self, tip: str) -> Draft | None:
        if tip == self.here.tip:
            new = self._identity()
            return self._commit(new, files_of(self.sent, self.here.registry, self.sender, new))
        made = self._made(tip)
        identity = Identity.parse(made.item)
        if identity is None or identity.unit != self.sender.unit:
            raise UnfitError(f"编号 {made.item} 定了，单位不能再改；请关掉这个议题，另开一个")
        files = files_of(self.sent, self.here.registry, self.sender, identity)
        before = self._files(made.commit, identity)
        if before == {path: _blob(content) for path, content in files.items()}:
            return None
        if changed_since(self.root, made.commit, tip, identity.path):
            raise UnfitError("提议里的文字后来有人另外改过，议题里的改动没有盖上去；请到提议页面上说")
        gone: Mapping[str, str | bytes | None] = dict.fromkeys(before)
        return self._commit(identity, {**gone, **files})

    def _commit(self, identity: Identity, files: Mapping[str, str | bytes | None]) -> Draft:
        trailers = f"{ISSUE}: {self.issue.number}\n{ITEM}: {identity}\n"
        return Draft(f"{identity}：议题 {self.issue.number}\n\n{trailers}", files)

    def _made(self, head: str) -> FromIssue:
        found = from_issue(self.root, head, self.issue.number)
        if found is None:
            raise UnfitError(f"分支 {branch_of(self.issue.number)} 是别人建的，请维护人员看一看")
        return found

    def _identity(self) -> Identity:
        """The first id of that minute that stands nowhere, and that no earlier issue of the same minute takes."""
        moment, unit = self.sent.moment, self.sender.unit
        ids = [Identity(moment, unit, number) for number in range(1, MOST_OF_A_MINUTE + 1)]
        heads = open_branches(self.root, self.here.tip, self.here.registry.office.branch).values()
        there = held(self.root, list(heads), [one.path for one in ids])
        taken = {str(one) for one in ids if one.path in there} | self.here.entries.keys()
        return identity_for(moment, unit, taken | {str(one) for one in ids[: self.earlier()]})

    def _files(self, commit: str, identity: Identity) -> dict[str, str]:
        """The blobs of the item and of its pictures in a commit."""
        pictures = f"{identity.path.rpartition('/')[0]}/assets/{identity}-"
        listing = CommitTree(self.root, commit).listing
        return {
            path: entry.blob
            for path, entry in listing.items()
            if path == identity.path or path.startswith(pictures)
        }


def _blob(content: str | bytes) -> str:
    return blob_id(content.encode("utf-8") if isinstance(content, str) else content)
