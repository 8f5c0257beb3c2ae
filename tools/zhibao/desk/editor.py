"""An editor at work: who they are, what stands on the branch, and one way to put their words there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from zhibao.model.actors import Actor, actor_on
from zhibao.model.history import Signature
from zhibao.model.office import Office
from zhibao.model.registry import Registry
from zhibao.repo import git
from zhibao.repo.commits import Draft, Landed, land, tip_of
from zhibao.repo.county_files import clock, office_branch
from zhibao.repo.proposal_files import commit_id
from zhibao.repo.remotes import ORIGIN, fetch_branches, has_origin
from zhibao.review.branch import Branch, RefusedError


@dataclass(frozen=True)
class Desk:
    """The office's desk: somebody at it, at a moment (with its zone), with the name of the office's branch."""

    root: Path
    branch: str
    actor: Actor
    signature: Signature
    moment: datetime

    @property
    def today(self) -> date:
        """The county's day."""
        return self.moment.date()

    @property
    def wall_clock(self) -> datetime:
        """The moment in the county's time."""
        return self.moment.replace(tzinfo=None)

    def now(self) -> Branch:
        """The branch as it is now, fetched where there is an origin. Raises git.GitError."""
        return Branch(self.root, tip_of(self.root, self.branch))

    def put(self, draft: Callable[[Branch], Draft | None]) -> Landed:
        """Land a commit on the office's branch; `draft` is asked anew after each push that lost a race."""
        return land(
            self.root, self.branch, self.signature, self.moment, lambda tip: draft(Branch(self.root, tip))
        )


def branch_now(root: Path) -> Branch:
    """The office's branch as it is now, for whoever reads; the proposals' branches are fetched with it where there is an origin.

    Raises git.GitError and RegistryError.
    """
    here = Branch(root, commit_id(root, office_branch(root)))
    name = here.registry.office.branch
    if has_origin(root):
        fetch_branches(root)
        tip = commit_id(root, f"refs/remotes/{ORIGIN}/{name}")
    else:
        tip = commit_id(root, f"refs/heads/{name}")
    return here if tip == here.tip else Branch(root, tip)


def desk(root: Path, account: str = "") -> Desk:
    """The desk for an account of the branch's roster; for whoever Git is set up as, where none is given.

    Raises git.GitError, RegistryError, and RefusedError where nobody in post is known by it.
    """
    reference = office_branch(root)
    here = Branch(root, git.run(root, "rev-parse", reference).decode().strip())
    office: Office = here.registry.office
    moment = clock(office.zone).replace(tzinfo=office.zone)
    own = Signature(git.ask(root, "config", "user.name") or "", git.ask(root, "config", "user.email") or "")
    actor = actor_on(here.registry, moment.date(), account=account, signature=None if account else own)
    if actor.is_stranger and not account and not own.email:
        raise RefusedError(
            "Git 还不知道你是谁；请用 git config user.email 写上登记过的邮箱，或用 --actor 写账号"
        )
    if actor.is_stranger:
        who = account or f"{own.name} <{own.email}>"
        raise RefusedError(
            f"{who} 今天不在名册里；请用 --actor 写账号，或用 git config user.email 设成登记过的邮箱"
        )
    return Desk(root, office.branch, actor, _signature(here.registry, actor, own, account), moment)


def only_editors(desk: Desk) -> None:
    """Raises RefusedError where whoever is at the desk is no editor today."""
    if not desk.actor.edits:
        posts = "、".join(capacity.label for capacity in sorted(desk.actor.capacities))
        raise RefusedError(
            f"{desk.actor.name or desk.actor.account}今天是{posts}，不是编辑；处理信息由编辑办"
        )


def _signature(registry: Registry, actor: Actor, own: Signature, account: str) -> Signature:
    if not account:
        return own
    editor = registry.editor(actor.account)
    email = editor.emails[0] if editor and editor.emails else f"{actor.account}@users.noreply.zhibao"
    return Signature(actor.name, email)
