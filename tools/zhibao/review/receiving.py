"""Judge a push before it is received: what a bare repository, Gitea or Forgejo asks in its pre-receive hook.

Everything is decided by the office's branch as it was before the push; the account is the server's word, never the commits'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhibao.model.actors import Actor, Capacity, actor_on
from zhibao.model.finding import printable
from zhibao.model.permissions import LANDING
from zhibao.repo import git
from zhibao.repo.branches import steps
from zhibao.repo.county_files import clock
from zhibao.repo.proposal_files import commit_id
from zhibao.repo.registry_files import RegistryError
from zhibao.review.branch import Branch
from zhibao.review.proposal import Report, review
from zhibao.review.report import text

NOTHING = frozenset({"0" * 40, "0" * 64})
"""The object id that means there is none."""
MOST_REFERENCES = 20
"""References that one push may change."""

_HEADS, _PROPOSED = "refs/heads/", "refs/for/"
"""Branches; and what Gitea and Forgejo make a proposal of, without a branch (AGit)."""
_KEPT = "refs/pull/"
"""Where they keep the heads of proposals."""


@dataclass(frozen=True, slots=True)
class Update:
    """One line of a pre-receive hook's input: a reference before and after."""

    old: str
    new: str
    reference: str

    @property
    def is_new(self) -> bool:
        """Whether the reference was not there."""
        return self.old in NOTHING

    @property
    def is_deletion(self) -> bool:
        """Whether it is to go."""
        return self.new in NOTHING


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an update is received, and what is said of it, in Chinese."""

    accepted: bool
    words: str


def judge(root: Path, account: str, updates: Sequence[Update], delegate: str = "") -> list[Verdict]:
    """The verdict on each update of a push by `account` into the bare repository at `root`. Raises git.GitError.

    While the office's branch has no commit yet, everything is received: the first push makes the county. What `delegate` pushes (the
    account of the workflow that carries out editors' words) is judged as a push by whoever signed it.
    """
    tip = git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if tip is None:
        return [Verdict(True, "") for _ in updates]
    if len(updates) > MOST_REFERENCES:
        return [Verdict(False, f"一次推送 {len(updates)} 个分支，上限 {MOST_REFERENCES} 个")] * len(updates)
    try:
        branch = Branch(root, tip)
        zone = branch.registry.office.zone
        now = clock(zone)
        vouched = bool(delegate) and account.casefold() == delegate.casefold()
        return [
            _one(branch, _actor(branch, account, update, now, vouched=vouched), update, now)
            for update in updates
        ]
    except RegistryError as error:
        why = "\n".join(str(finding) for finding in error.findings)
        return [Verdict(False, f"主分支的名册有错，请维护人员先在仓库所在的机器上改好：\n{why}")] * len(
            updates
        )


def _actor(branch: Branch, account: str, update: Update, now: datetime, *, vouched: bool) -> Actor:
    """Who pushes; where the account vouches for others, whoever signed the newest commit."""
    if vouched and not update.is_deletion:
        own = steps(branch.root, branch.tip, update.new, branch.registry.office.zone)
        if own:
            return actor_on(branch.registry, now.date(), signature=own[0].author)
    return actor_on(branch.registry, now.date(), account=account)


def _one(branch: Branch, actor: Actor, update: Update, now: datetime) -> Verdict:
    name = printable(update.reference)
    if update.reference.startswith(_PROPOSED) and not update.is_deletion:
        return _said(name, _reviewed(branch, actor, update, now, _kept(branch, update.new)))
    if not update.reference.startswith(_HEADS):
        if Capacity.MAINTAINER in actor.capacities:
            return Verdict(True, "")
        return Verdict(False, f"{name}：只收分支；标签等由维护人员推送")
    if update.reference == _HEADS + branch.registry.office.branch:
        return _landing(branch, actor, update, now)
    if update.is_deletion:
        return _deletion(branch, actor, update)
    return _said(name, _reviewed(branch, actor, update, now, None if update.is_new else update.old))


def _reviewed(branch: Branch, actor: Actor, update: Update, now: datetime, seen: str | None) -> Report:
    """The report on what a push proposes, beside the head that was received before."""
    return review(branch.root, branch.tip, update.new, actor.account, opened=now, now=now, seen=seen)


def _kept(branch: Branch, head: str) -> str | None:
    """The newest received head that a proposal without a branch goes on from; None for a new one, or one written anew."""
    found = git.run(
        branch.root,
        "for-each-ref",
        "--sort=-committerdate",
        f"--merged={head}",
        f"--no-merged={branch.tip}",
        "--format=%(objectname)",
        _KEPT,
    )
    return next(iter(found.decode().split()), None)


def _landing(branch: Branch, actor: Actor, update: Update, now: datetime) -> Verdict:
    """A push to the office's branch: a merge or a word of an editor's, or a maintainer's change."""
    name = branch.registry.office.branch
    if not actor.capacities & LANDING:
        who = actor.name or actor.account or "（没有账号）"
        return Verdict(False, f"{name} 只由编辑合并，{who}请推到自己的分支上，等编辑处理")
    if (
        update.is_deletion
        or git.ask(branch.root, "merge-base", "--is-ancestor", update.old, update.new) is None
    ):
        return Verdict(False, f"{name} 的历史不能改写或删除；请 git pull 之后再推")
    found = steps(branch.root, update.old, update.new, branch.registry.office.zone)
    # else what was merged before would arrive anew by this push, by another merger and on another day
    if found and commit_id(branch.root, f"{found[-1].commit}^1") != update.old:
        mend = f"请 git fetch 以后在 origin/{name} 上重新合并，不要把它合并进自己的再推"
        return Verdict(False, f"{name} 的主线（第一父提交）要接着原来的；{mend}")
    for step in found:
        signer = actor_on(branch.registry, now.date(), signature=step.author)
        if signer.account.casefold() != actor.account.casefold():
            fact = f"{name}：提交 {step.commit[:10]} 署名 {printable(step.author.email)}，推送的是 {actor.account}"
            return Verdict(False, f"{fact}；谁合并谁推送，请用登记过的邮箱提交")
    return _said(name, review(branch.root, update.old, update.new, actor.account, now=now, timed=False))


def _deletion(branch: Branch, actor: Actor, update: Update) -> Verdict:
    own = steps(branch.root, branch.tip, update.old, branch.registry.office.zone)
    day = clock(branch.registry.office.zone).date()
    mine = all(actor_on(branch.registry, day, signature=step.author).account == actor.account for step in own)
    if actor.capacities & LANDING or (mine and not actor.is_stranger):
        return Verdict(True, "")
    return Verdict(False, f"{printable(update.reference)}：只能删除自己的分支")


def _said(name: str, report: Report) -> Verdict:
    return Verdict(report.errors == 0, f"{name}：{text(report)}")
