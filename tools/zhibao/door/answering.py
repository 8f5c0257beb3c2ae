"""Carry out an editor's word from a proposal's page, and answer it there: done, or why not and what to do.

Everything that decides is asked of the forge anew: who wrote the comment and when, whether it was changed, what the proposal's head is,
and when we reported on that head. Commit dates decide nothing. Delivered twice, a word is carried out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhibao.desk.deciding import decide_on, send_back_to
from zhibao.desk.editor import Desk, desk
from zhibao.desk.open_proposals import OpenProposal, proposal_at
from zhibao.desk.orders import Order, known_reason
from zhibao.door.concluding import tell_return
from zhibao.door.event import CommentEvent
from zhibao.door.facts import ForgeError
from zhibao.door.forge import Comment, Forge, ForgeProposal, marked, put_comment
from zhibao.door.origin import behind
from zhibao.door.reporting import RETURNED_STATUS, say, unfit
from zhibao.door.sender import NO_LATER
from zhibao.door.words import WORDS, Word, WordError, word_in
from zhibao.model.actors import Actor, actor_on
from zhibao.model.submission import Reason
from zhibao.repo import git
from zhibao.repo.commits import tip_of
from zhibao.repo.remotes import fetch_commit
from zhibao.review.branch import Branch, RefusedError
from zhibao.review.forms import markdown
from zhibao.review.report import MARK, head_in

GONE = 404
"""What a forge answers where a comment was deleted."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to a word: `done` where it was carried out, `failed` where Git or the forge did not do its part."""

    words: str
    done: bool = False
    failed: bool = False


@dataclass(frozen=True)
class _Case:
    """One comment on one proposal, before the office's branch as it is now."""

    root: Path
    forge: Forge
    proposal: ForgeProposal
    comment: Comment
    here: Branch

    @property
    def actor(self) -> Actor:
        """Who wrote the comment, as the roster knew them on that day."""
        day = self.comment.created.astimezone(self.here.registry.office.zone).date()
        return actor_on(self.here.registry, day, account=self.comment.account)


def answer(root: Path, forge: Forge, event: CommentEvent, office_branch: str) -> Answered | None:
    """Carry out the word of a comment and answer it; None where the comment holds no word, was taken back, or was answered already.

    Raises ForgeError, git.GitError where the branch cannot be read, and RegistryError.
    """
    try:
        word: Word | WordError | None = word_in(event.text)
    except WordError as error:
        word = error
    if word is None:
        return None
    mark = f"<!-- zhibao:word {event.id} -->"
    if marked(forge, event.number, mark):
        return None
    proposal, comment = behind(forge, forge.proposal(event.number)), _comment(forge, event)
    if comment is None:
        return None
    case = _Case(root, forge, proposal, comment, Branch(root, tip_of(root, office_branch)))
    if isinstance(word, WordError) and not case.actor.edits:
        return None
    try:
        outcome = Answered(_carried_out(case, event, word), done=True)
    except (RefusedError, WordError) as error:
        outcome = Answered(str(error))
    except git.GitError as error:
        outcome = Answered(f"{error}。这句话没有办成，请维护人员看一看", failed=True)
    put_comment(forge, event.number, mark, f"{mark}\n{_said(case, word, outcome)}\n")
    return outcome


def _comment(forge: Forge, event: CommentEvent) -> Comment | None:
    """The comment as it is now; None where it was taken back. Raises ForgeError."""
    try:
        return forge.comment(event.number, event.id)
    except ForgeError as error:
        if error.status != GONE:
            raise
        return None


def _carried_out(case: _Case, event: CommentEvent, word: Word | WordError) -> str:
    """Do what a word says, and what was done. Raises RefusedError, WordError, git.GitError and ForgeError."""
    if not case.actor.edits:
        posts = "、".join(capacity.label for capacity in sorted(case.actor.capacities))
        raise RefusedError(
            f"处理信息由编辑办；{case.actor.name or case.actor.account}那天是{posts}，不是编辑"
        )
    if (
        _lines(case.comment.text) != _lines(event.text)
        or case.comment.updated - case.comment.created > NO_LATER
    ):
        raise RefusedError("这条评论写好以后又改过，不算数；请重新写一条")
    if isinstance(word, WordError):
        raise word
    why_not = unfit(case.proposal, case.here.registry.office.branch)
    if why_not:
        raise RefusedError(why_not)
    fetch_commit(case.root, case.proposal.head, case.proposal.reference)
    _tied_to_head(case, word)
    if git.ask(case.root, "merge-base", "--is-ancestor", case.proposal.head, case.here.tip) is not None:
        raise RefusedError("这份提议已经合并进来了；要改已作的决定，请用命令 zhibao reopen")
    at = desk(case.root, case.comment.account)
    name = case.proposal.branch if word.decision is None and case.proposal.branch else case.proposal.head
    proposal = proposal_at(case.here, name, case.proposal.head, case.proposal.account)
    if word.decision is None:
        return _returned(case, at, proposal, word)
    if word.name == "不采用":
        _needed(case, word)
    outcome = decide_on(at, proposal, Order(word.decision, word.reason, head=case.proposal.head))
    return f"办好了，{outcome.words} {'、'.join(entry.stem for entry in proposal.entries)}"


def _tied_to_head(case: _Case, word: Word) -> None:
    """Refuse a word that was not said of the present head: one that we had not reported on when it was written. Raises RefusedError."""
    head = case.proposal.head
    if word.commit and not head.startswith(word.commit):
        raise RefusedError(f"这句话说的是 {word.commit[:10]}，提议现在是 {head[:10]}；请看过新的再写一次")
    said = [one for one in case.forge.statuses(head) if one.passed is not None]
    if not said:
        raise RefusedError(f"提议现在的 {head[:10]} 还没有看过；请等报告出来再写一次")
    if not any(one.created < case.comment.created for one in said) or not _was_shown(case, head):
        raise RefusedError(f"写这句话的时候看的不是 {head[:10]}：提议更新过了。请看过新的报告再写一次")


def _was_shown(case: _Case, head: str) -> bool:
    """Whether our report on the page was of this head when the word was written: a head may go, and come back.

    An editor's return changes no file: what was shown before it is shown still.
    """
    report = marked(case.forge, case.proposal.number, MARK)
    if report is None or report.updated >= case.comment.created:
        return False
    shown = head_in(report.text)
    return shown == head or _says_the_same(case.root, shown, head)


def _says_the_same(root: Path, shown: str, head: str) -> bool:
    trees = [git.ask(root, "rev-parse", "--verify", "--quiet", f"{one}^{{tree}}") for one in (shown, head)]
    same = bool(shown) and trees[0] is not None and trees[0] == trees[1]
    return same and git.ask(root, "merge-base", "--is-ancestor", shown, head) is not None


def _returned(case: _Case, at: Desk, proposal: OpenProposal, word: Word) -> str:
    """Return a proposal: on its branch where it is one of ours, and in the status of its head, which is all that another's has."""
    reason = _needed(case, word)
    known_reason(case.here, reason)
    head = send_back_to(at, proposal, reason).commit if case.proposal.branch else case.proposal.head
    why = f"{reason.code}{f'，{reason.words}' if reason.words else ''}".rstrip("。")
    say(case.forge, head, case.forge.statuses(head), passed=False, words=f"{RETURNED_STATUS}：{why}")
    tell_return(case.forge, case.proposal, why)
    return f"办好了，退回修改，{why}。改好再提交，会自动再看一遍"


def _needed(case: _Case, word: Word) -> Reason:
    """The reason, where there has to be one. Raises RefusedError with those that office.yml knows."""
    if word.reason is None:
        codes = [one.code for one in case.here.registry.office.reasons]
        example = f"，如“/{word.name} {codes[0]} 请补上……”" if codes else ""
        raise RefusedError(f"{word.name}要写原因代码{example}；有：{'、'.join(codes)}")
    return word.reason


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _said(case: _Case, word: Word | WordError, outcome: Answered) -> str:
    """The answer on the page: whose word, which, and what became of it."""
    who = markdown(case.actor.name or case.actor.account)
    name = f"的 `/{word.name}`" if isinstance(word, Word) and word.name in WORDS else ""
    return f"{who}{name}{'' if outcome.done else ' 没有办'}：{markdown(outcome.words)}。"
