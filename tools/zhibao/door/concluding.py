"""Tell whoever sent an item in an issue that it was returned, or what was decided, and close the issue: once, however often it is asked."""

from __future__ import annotations

from pathlib import Path

from zhibao.desk.messages import message
from zhibao.desk.news import news_of_item
from zhibao.door.facts import ForgeError
from zhibao.door.forge import Forge, ForgeProposal, IssueForge, put_comment
from zhibao.door.intake_words import DECIDED, RETURNED, decided, returned
from zhibao.door.origin import GONE, issue_of
from zhibao.model.identity import Identity
from zhibao.repo import git
from zhibao.repo.branches import from_issue
from zhibao.repo.commits import tip_of
from zhibao.repo.county_files import clock
from zhibao.repo.remotes import fetch_commit
from zhibao.review.branch import Branch, RefusedError


def tell(root: Path, forge: IssueForge, number: int, office_branch: str) -> str:
    """Tell the decision on a proposal, by its number, on the issue that it was made from; what was done, in Chinese.

    Raises ForgeError, git.GitError and RegistryError.
    """
    proposal = forge.proposal(number)
    issue = issue_of(proposal)
    if issue is None:
        return "提议不是从议题来的，没有要告诉的"
    if proposal.is_open:
        return "提议还开着，没有要告诉的"
    return conclude(forge, Branch(root, tip_of(root, office_branch)), issue, proposal)


def tell_return(forge: Forge, proposal: ForgeProposal, why: str) -> None:
    """Tell an issue that an editor returned what was made of it, once for each head; nothing for any other proposal. Raises ForgeError."""
    number = issue_of(proposal)
    if number is not None and isinstance(forge, IssueForge):
        mark = f"{RETURNED} {proposal.head} -->"
        put_comment(forge, number, mark, returned(mark, why))


def conclude(forge: IssueForge, here: Branch, number: int, proposal: ForgeProposal) -> str:
    """Tell an issue what became of its closed proposal. Raises as `tell` does."""
    try:
        issue = forge.issue(number)
    except ForgeError as error:
        if error.status not in GONE:
            raise
        return "议题没有了，没有要告诉的"
    put_comment(forge, number, DECIDED, decided(_outcome(here, number, proposal), proposal.number))
    if issue.is_open:
        forge.close_issue(number)
    return f"议题 {number}：结果写上了"


def _outcome(here: Branch, number: int, proposal: ForgeProposal) -> str:
    """What was decided, as a unit is told (zhibao messages); a proposal that was merged is read from the office's branch."""
    item = _item(here, number, proposal)
    identity = Identity.parse(item)
    if identity is None or item not in here.entries:
        merged = "合并了，主分支上却没有这一条，请问编辑。"
        return (
            merged if proposal.is_merged else "提议没有合并就关闭了，这一条没有收；要再报，请另开一个议题。"
        )
    zone = here.registry.office.zone
    now = clock(zone)
    news = news_of_item(here.county(now, only={item}), [], item)
    own = next((one for one in news if one.unit == identity.unit), None)
    return message(own, here.registry, now.date()) if own else _state(here, item)


def _item(here: Branch, number: int, proposal: ForgeProposal) -> str:
    """The id of the item that a proposal was made with, from its own commits; empty where it is not to be had any more."""
    try:
        fetch_commit(here.root, proposal.head, proposal.reference)
    except git.GitError:
        return ""
    found = from_issue(here.root, proposal.head, number)
    return found.item if found else ""


def _state(here: Branch, item: str) -> str:
    """The bare state of an item that is no unit's news: the office's own, or one that cannot be understood."""
    try:
        found = here.item(item)
    except RefusedError:
        found = None
    return f"{item}：{found.standing.state.label if found else '合并了'}。"
