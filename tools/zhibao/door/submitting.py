"""An officer's item becomes a proposal: a commit with this item alone, judged here as the server would, then sent.

The work tree, the index and the branch that is checked out stay as they are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from zhibao.check.proposal import LARGEST_FILE
from zhibao.model.actors import actor_on
from zhibao.model.document import Document
from zhibao.model.entry import stem_of
from zhibao.model.finding import printable
from zhibao.model.history import Signature
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.submission import Submission
from zhibao.model.understand import tentative
from zhibao.repo import git
from zhibao.repo.commits import Draft, make, tip_of
from zhibao.repo.county_files import clock, office_branch_name
from zhibao.repo.front_matter import LARGEST
from zhibao.repo.proposal_files import tree_id
from zhibao.repo.remotes import ORIGIN, fetch_branches, has_origin
from zhibao.repo.tree import document
from zhibao.repo.work_tree import WorkTree
from zhibao.review.branch import Branch, RefusedError
from zhibao.review.proposal import Report, review

SUBMITTED = "refs/zhibao/submitted"
"""Where this repository remembers what it sent of each item that has no branch of its own (AGit, bundles)."""


@dataclass(frozen=True)
class Outbox:
    """Whoever submits, and the office's branch as it is now. `moment` has its zone."""

    root: Path
    branch: Branch
    name: str
    signature: Signature
    moment: datetime

    @property
    def registry(self) -> Registry:
        """The registry of the office's branch."""
        return self.branch.registry

    @cached_property
    def account(self) -> str:
        """By what the roster knows them; their address where it does not."""
        return actor_on(self.registry, self.moment.date(), signature=self.signature).account


@dataclass(frozen=True)
class Ready:
    """One item made into a commit. `before` is the head of its proposal until now, empty for a new one; `report` what the server will say."""

    id: str
    title: str
    commit: str
    before: str
    report: Report

    @property
    def is_unchanged(self) -> bool:
        """Whether its proposal holds this very text already."""
        return self.commit == self.before


def outbox(root: Path) -> Outbox:
    """Everything that submitting begins with. Raises RefusedError, git.GitError and RegistryError."""
    name = office_branch_name(root)
    if has_origin(root):
        fetch_branches(root)
    branch = Branch(root, tip_of(root, name))
    zone = branch.registry.office.zone
    own = Signature(git.ask(root, "config", "user.name") or "", git.ask(root, "config", "user.email") or "")
    if not own.name or not own.email:
        raise RefusedError(
            "Git 还不知道你是谁；请先运行 git config --global user.name 姓名 和 git config --global user.email 登记过的邮箱"
        )
    return Outbox(root, branch, name, own, clock(zone).replace(tzinfo=zone))


def ready(outbox: Outbox, path: str, *, has_branch: bool) -> Ready:
    """Make a commit with the item at a path of the work tree, on top of its proposal where there is one, and judge it.

    `has_branch`: whether the proposal is a branch of the origin. Raises RefusedError where the path is no item, or there is nothing to submit.
    """
    found = _item(outbox.root, path)
    submission = tentative(found)[0]
    before = _before(outbox, found.stem, has_branch=has_branch)
    start = before or outbox.branch.tip
    words = _message(found, submission, outbox)
    commit = make(
        outbox.root, start, Draft(words, _files(outbox.root, found)), outbox.signature, outbox.moment
    )
    if tree_id(outbox.root, commit) == tree_id(outbox.root, start):
        if not before:
            raise RefusedError(f"{found.stem} 已在 {outbox.name} 上，没有改动，不用再报")
        commit = before
    now = outbox.moment.replace(tzinfo=None)
    report = review(
        outbox.root, outbox.branch.tip, commit, outbox.account, opened=now, now=now, seen=before or None
    )
    return Ready(found.stem, title_of(found), commit, before, report)


def remember(outbox: Outbox, ones: Sequence[Ready]) -> None:
    """Keep in mind what was sent of items that have no branch at the origin, so that a later commit goes on from it."""
    for one in ones:
        git.run(outbox.root, "update-ref", f"{SUBMITTED}/{one.id}", one.commit)


def title_of(found: Document) -> str:
    """An item's title in one line, its id where it has none."""
    title = found.get("title")
    words = printable(" ".join(title.split())) if isinstance(title, str) else ""
    return words[:100] or found.stem


def _item(root: Path, path: str) -> Document:
    entry = WorkTree(root).entry(path)
    identity = Identity.parse(stem_of(path))
    if entry is None or not entry.is_file or identity is None:
        raise RefusedError(f"{path} 不是一条信息；信息是 submissions/年/月/编号.md，可以用 zhibao new 起草")
    if path != identity.path:
        raise RefusedError(f"{path} 放错了地方；请移到 {identity.path}")
    if entry.size > LARGEST:
        raise RefusedError(
            f"{path} 有 {entry.size // 1000} KB，上限 {LARGEST // 1000} KB；图片请放在 assets/，用 media 写上"
        )
    return document(WorkTree(root), entry)


def _files(root: Path, found: Document) -> Mapping[str, bytes]:
    """The item and the attachments it names, as they are; what is missing is the review's to tell."""
    tree = WorkTree(root)
    folder = posixpath.dirname(found.path)
    media = found.get("media")
    names = [one for one in media if isinstance(one, str)] if isinstance(media, list) else []
    wanted = [found.path, *(f"{folder}/{name}" for name in names if posixpath.dirname(name) == "assets")]
    entries = [entry for path in dict.fromkeys(wanted) if (entry := tree.entry(path))]
    read = zip(entries, tree.read(entries, LARGEST_FILE), strict=True)
    return {entry.path: data for entry, data in read if data is not None}


def _before(outbox: Outbox, id_: str, *, has_branch: bool) -> str:
    """The head of the item's proposal until now; empty where there is none, or it was merged."""
    reference = f"refs/remotes/{ORIGIN}/{id_}" if has_branch else f"{SUBMITTED}/{id_}"
    head = git.ask(outbox.root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}") or ""
    merged = head and git.ask(outbox.root, "merge-base", "--is-ancestor", head, outbox.branch.tip) is not None
    return "" if merged else head


def _message(found: Document, submission: Submission | None, outbox: Outbox) -> str:
    unit = outbox.registry.unit(submission.unit) if submission else None
    who = f"{unit.name_on(outbox.moment.date())} {submission.officer}\n" if submission and unit else ""
    return f"报送：{title_of(found)}\n\n{found.stem}\n{who}"
