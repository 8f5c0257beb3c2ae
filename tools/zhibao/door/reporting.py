"""The trusted report on a proposal: reviewed with the office's own code and roster, said in one comment and one commit status.

Of the event only the number is taken. Head, author and time are asked of the forge, together, so that none of them is anybody's claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhibao.door.forge import Forge, ForgeProposal, Status, put_comment
from zhibao.door.origin import behind
from zhibao.door.words import HOW_TO
from zhibao.repo.commits import tip_of
from zhibao.repo.remotes import fetch_commit
from zhibao.review.proposal import Report, review
from zhibao.review.report import MARK, as_markdown, conclusion

RETURNED_STATUS = "退回修改"
"""How a status begins that says: an editor returned this commit."""


@dataclass(frozen=True)
class Reported:
    """What became of a proposal: the report where one was written, else `words` on why not."""

    words: str
    report: Report | None = None


def report_on(root: Path, forge: Forge, number: int, office_branch: str) -> Reported:
    """Review a proposal as it is now, and say so on its page; twice changes nothing.

    The status is set on the commit that was reviewed, and on no other. The comment is left alone where the proposal moved on meanwhile:
    its own event writes it. Raises ForgeError, git.GitError and RegistryError.
    """
    proposal = behind(forge, forge.proposal(number))
    why_not = unfit(proposal, office_branch)
    if why_not:
        return Reported(why_not)
    tip = tip_of(root, office_branch)
    fetch_commit(root, proposal.head, proposal.reference)
    report = review(root, tip, proposal.head, proposal.account, opened=proposal.opened)
    said = forge.statuses(proposal.head)
    returned = is_returned(said)
    if not returned:
        say(forge, proposal.head, said, passed=report.errors == 0, words=conclusion(report))
    if forge.proposal(number).head == proposal.head:
        text = as_markdown(report, said[-1].words if returned else "")
        put_comment(forge, number, MARK, f"{text}\n{HOW_TO}")
        return Reported("看过了，写在提议页面上", report)
    return Reported("看的时候提议又更新了：新的另看，这次没有写评论", report)


def unfit(proposal: ForgeProposal, office_branch: str) -> str:
    """Why a proposal is none of the desk's; empty where it is. A status means nothing on a proposal to another branch."""
    if not proposal.is_open:
        return f"提议 {proposal.number} 已经合并或关闭"
    if proposal.target != office_branch:
        return f"提议 {proposal.number} 不是提给 {office_branch} 的"
    return ""


def is_returned(said: list[Status]) -> bool:
    """Whether an editor returned this commit, and nothing was said of it since."""
    return bool(said) and said[-1].passed is False and said[-1].words.startswith(RETURNED_STATUS)


def say(forge: Forge, commit: str, said: list[Status], *, passed: bool, words: str) -> None:
    """Set the status, unless that is what was said last."""
    if not said or (said[-1].passed, said[-1].words) != (passed, words):
        forge.set_status(commit, passed=passed, words=words)
