"""An issue becomes an item: a branch, a proposal, a review in the same run, and an answer on the issue.

Of an event only the number is taken. The issue, its author and the comments are asked of the forge, so that events may come twice, late
or out of order; each step looks first for what is there already, so that a run may break off anywhere and be run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import sleep

from zhibao.door import intake_words as say
from zhibao.door.concluding import conclude
from zhibao.door.facts import GONE as NOBODY
from zhibao.door.facts import ForgeError
from zhibao.door.forge import (
    LONGEST_TITLE,
    Comment,
    ForgeProposal,
    Issue,
    IssueForge,
    one_line,
    put_comment,
)
from zhibao.door.intake_words import DECIDED, MARK, Receipt, receipt_in
from zhibao.door.issue_form import Filled, FormError, filled_in
from zhibao.door.origin import GONE, branch_of
from zhibao.door.reporting import report_on
from zhibao.door.sender import Sender, WaitingError, sender_of
from zhibao.door.sent_item import Sent, UnfitError, sent_in, wall_clock
from zhibao.door.taking import Taking
from zhibao.repo import git
from zhibao.repo.commits import tip_of
from zhibao.repo.new_item import NewItemError
from zhibao.review.branch import Branch
from zhibao.review.proposal import Report, review

MOST_A_DAY = 20
"""Issues of one account and day of the county that are taken in by themselves; an editor's word takes in more."""
ROUNDS = 3
"""How often an issue is taken in anew that was edited meanwhile."""
PAUSES = (0, 1, 2, 4)
"""Seconds after which a forge is asked again whether it knows what was pushed just now."""
DECLINED = "hook declined"
"""What git says where a server's hook does not receive a push."""


@dataclass(frozen=True)
class Taken:
    """What became of an issue, in Chinese; `report` where a proposal was reviewed."""

    words: str
    report: Report | None = None


@dataclass(frozen=True)
class _Case:
    """One issue before the office's branch as it is now."""

    root: Path
    forge: IssueForge
    issue: Issue
    here: Branch

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        return tuple(self.forge.comments(self.issue.number))

    def own(self, mark: str) -> str:
        """Our comment that begins with a mark; empty where there is none."""
        return next((one.text for one in self.comments if one.own and one.text.startswith(mark)), "")

    @cached_property
    def proposal(self) -> ForgeProposal | None:
        """The proposal that was made of it: the one that our receipt names, else the open one of its branch."""
        known = receipt_in(self.own(MARK)).proposal
        if known:
            return self.forge.proposal(known)
        name = branch_of(self.issue.number)
        return next((one for one in self.forge.open_proposals() if one.own and one.branch == name), None)

    @cached_property
    def receipt(self) -> Receipt:
        known = receipt_in(self.own(MARK))
        return known._replace(proposal=self.proposal.number) if self.proposal else known

    def answer(self, text: str) -> None:
        put_comment(self.forge, self.issue.number, MARK, text)


def take(root: Path, forge: IssueForge, number: int, office_branch: str) -> Taken:
    """Take an issue in as it is now; twice changes nothing. Raises ForgeError, git.GitError and RegistryError."""
    issue = _issue(forge, number)
    for _ in range(ROUNDS):
        if issue is None:
            return Taken("议题没有了，没有要收的")
        taken = _once(_Case(root, forge, issue, Branch(root, tip_of(root, office_branch))))
        now = _issue(forge, number)
        if now and (now.title, now.text) == (issue.title, issue.text):
            return taken
        issue = now
    return Taken("议题一直在改，没有收完；再改一次会再收")


def _issue(forge: IssueForge, number: int) -> Issue | None:
    """The issue as it is now; None where it was deleted. Raises ForgeError."""
    try:
        return forge.issue(number)
    except ForgeError as error:
        if error.status not in GONE:
            raise
        return None


def _once(case: _Case) -> Taken:
    form: Filled | FormError | None
    try:
        form = filled_in(case.issue.text)
    except FormError as error:
        form = error
    if form is None and not case.own(MARK):
        return Taken("不是报送表单写的议题，没有要收的")
    if case.own(DECIDED):
        return Taken("这个议题已经有结果，没有再收")
    if case.proposal and not case.proposal.is_open:
        return Taken(conclude(case.forge, case.here, case.issue.number, case.proposal))
    if not case.issue.is_open:
        return Taken("议题已经关闭，没有再收")
    if not isinstance(form, Filled):
        return _unfit(case, str(form) if form else "看不出是报送表单写的，请照原来的小标题写")
    try:
        sender = sender_of(case.here.registry, case.issue, case.comments)
        return _proposed(case, sender, sent_in(case.forge, case.issue, form, case.here.registry, sender))
    except WaitingError as error:
        case.answer(say.waiting(case.receipt, str(error)))
        return Taken(f"等编辑确认：{error}")
    except (UnfitError, NewItemError) as error:
        return _unfit(case, str(error))


def _unfit(case: _Case, why: str) -> Taken:
    case.answer(say.unfit(case.receipt, why))
    return Taken(f"没有收：{why}")


def _proposed(case: _Case, sender: Sender, sent: Sent) -> Taken:
    """Put the item on its branch, propose it, review it, and answer. Raises WaitingError, UnfitError and NewItemError."""
    issue, forge = case.issue, case.forge
    taking = Taking(case.root, case.here, issue, sender, sent, lambda: _earlier(case, sender))
    try:
        taken = taking.carry_out()
    except git.GitError as error:
        refused = _refused(case, taking) if DECLINED in error.detail else None
        if refused is None:
            raise
        return refused
    if taken.merged:
        return Taken(f"{taken.item} 已经合并，没有再收")
    office_branch = case.here.registry.office.branch
    words = say.described(issue.number, issue.account, taken.item)
    proposal = forge.open_proposal(branch_of(issue.number), sent.title, words, target=office_branch)
    if proposal.title != one_line(sent.title, LONGEST_TITLE):
        forge.retitle(proposal.number, sent.title)
    _settle(forge, proposal.number, taken.commit)
    report = report_on(case.root, forge, proposal.number, office_branch).report
    if report is None:
        return Taken(f"提议 {proposal.number} 刚刚合并或关闭了")
    case.answer(say.received(Receipt(taken.item, proposal.number), report, sent.notes))
    return Taken(f"收到了，编号 {taken.item}，提议 {proposal.number}", report)


def _refused(case: _Case, taking: Taking) -> Taken | None:
    """Say what a server's hook wants mended first; None where it refuses for a reason of its own."""
    tried = taking.attempt()
    issue = case.issue
    report = review(case.root, case.here.tip, tried.commit, issue.account, opened=issue.created)
    if not report.errors:
        return None
    case.answer(say.refused(case.receipt, report))
    return Taken(f"服务器的钩子没有收 {tried.item}：要改 {report.errors} 处", report)


def _earlier(case: _Case, sender: Sender) -> int:
    """How many issues of the same minute the account opened before this one. Raises WaitingError over the limit of a day."""
    if case.issue.account == NOBODY:
        return 0
    zone = case.here.registry.office.zone
    mine = wall_clock(case.issue, zone)
    midnight = mine.replace(hour=0, minute=0, tzinfo=zone)
    before = [
        one
        for one in case.forge.issues_by(case.issue.account, midnight)
        if one.number < case.issue.number and wall_clock(one, zone).date() == mine.date()
    ]
    if len(before) >= MOST_A_DAY and not sender.released:
        raise WaitingError(f"{case.issue.account} 这一天的议题超过 {MOST_A_DAY} 个")
    return sum(wall_clock(one, zone) == mine for one in before)


def _settle(forge: IssueForge, number: int, commit: str) -> None:
    """Wait until the forge knows what was pushed just now: it may take a moment."""
    for pause in PAUSES:
        sleep(pause)
        if forge.proposal(number).head == commit:
            return
