"""Decisions carried out: an item of the branch, or a proposal merged with the word on it; many at once, twice without harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path

from zhibao.desk.decision import Word, decided
from zhibao.desk.editor import Desk, only_editors
from zhibao.desk.open_proposals import OpenProposal, open_proposals, proposal_at
from zhibao.desk.orders import Order, Outcome, known_reason, known_terms
from zhibao.model.actors import Capacity
from zhibao.model.document import Document
from zhibao.model.permissions import TRANSITIONS
from zhibao.model.standing import State
from zhibao.model.submission import Decision, Reason
from zhibao.repo import git
from zhibao.repo.branches import REASON, RETURNED, SAID, WORD
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.commits import Draft, Landed, land, merged_tree
from zhibao.repo.proposal_files import commit_id
from zhibao.repo.remotes import ORIGIN, has_origin
from zhibao.repo.tree import document
from zhibao.review.branch import Branch, RefusedError, understood
from zhibao.review.proposal import review

_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)


def decide(desk: Desk, target: str, order: Order) -> Outcome:
    """Carry out a decision on an item of the branch (by id), or on a proposal (by branch, commit, or the id of an item in it).

    Raises RefusedError where it may not or cannot be done, git.GitError where Git fails.
    """
    only_editors(desk)
    here = desk.now()
    if target not in here.entries:
        return decide_on(desk, found(here, target), order, target)
    known_terms(here, order)
    return _outcome(target, order, desk.put(lambda branch: _on_item(desk, branch, target, order)))


def decide_on(desk: Desk, proposal: OpenProposal, order: Order, target: str = "") -> Outcome:
    """Carry out a decision on a proposal: merge it with the word on it. Raises as `decide` does."""
    only_editors(desk)
    known_terms(proposal.branch, order)
    return _outcome(target or proposal.name, order, _on_proposal(desk, proposal, order))


def send_back(desk: Desk, target: str, reason: Reason, head: str | None = None) -> Outcome:
    """Return a proposal to be revised: an empty commit on its branch that says why, never a change of its files.

    Raises RefusedError where the item stands on the branch already, or the proposal is not a branch of this repository.
    """
    only_editors(desk)
    here = desk.now()
    if target in here.entries:
        raise RefusedError(
            f"{target} 已在 {desk.branch}，不能退回；可以 zhibao hold（留用）或 zhibao decline（不采用）"
        )
    proposal = found(here, target)
    _same_head(proposal, head)
    if _COMMIT.fullmatch(proposal.name):
        raise RefusedError("这份提议来自别的仓库，写不进它的分支；请在提议页面上告诉提议人")
    landed = send_back_to(desk, proposal, reason)
    return Outcome(target, "退回修改" if landed.changed else "退回修改（已经是了）", landed.changed)


def send_back_to(desk: Desk, proposal: OpenProposal, reason: Reason) -> Landed:
    """Return a proposal that is a branch of this repository: its head afterwards. Raises as `send_back`."""
    only_editors(desk)
    known_reason(proposal.branch, reason)
    said = proposal.returned
    if said and (said.reason, said.words) == (reason.code, reason.words or ""):
        return Landed(proposal.head, changed=False)
    message = _message(
        f"退回修改：{proposal.name}", {WORD: RETURNED, REASON: reason.code, SAID: reason.words or ""}
    )

    def draft(tip: str) -> Draft:
        if tip != proposal.head:
            raise RefusedError(f"{proposal.name} 刚刚又更新了，请看过新的再退回")
        return Draft(message, {}, empty=True)

    return land(desk.root, proposal.name, desk.signature, desk.moment, draft)


def reopen(desk: Desk, id_: str, reason: Reason | None) -> Outcome:
    """Open a decision again: the item is held until an editor decides anew. The chief editor's act. Raises RefusedError."""
    if Capacity.CHIEF not in desk.actor.capacities:
        raise RefusedError(f"重新办理由主编办，{desk.actor.name}不是主编")

    def draft(branch: Branch) -> Draft | None:
        before = _item(branch, id_)
        state = branch.standing(before).state
        if state in (State.HELD, State.PENDING):
            return None
        if reason:
            known_reason(branch, reason)
        word = Word(Decision.HELD, desk.actor.account, desk.today, reason)
        text = decided(before, word, branch.registry.office)
        return Draft(f"重新办理：{id_}\n", {before.path: text})

    landed = desk.put(draft)
    return Outcome(
        id_, "重新办理，现在是留用" if landed.changed else "没有作过决定，不用重新办理", landed.changed
    )


def change_item(
    desk: Desk, id_: str, subject: str, change: Callable[[Document, Branch], str], *, chief: bool = False
) -> Landed:
    """Write one item of the branch anew, as a commit of the editor's. Raises RefusedError where it is not there or not theirs."""
    only_editors(desk)
    if chief and Capacity.CHIEF not in desk.actor.capacities:
        raise RefusedError(f"{subject}由主编办，{desk.actor.name}不是主编")

    def draft(branch: Branch) -> Draft | None:
        before = _item(branch, id_)
        text = change(before, branch)
        return None if text == before.text else Draft(f"{subject}：{id_}\n", {before.path: text})

    return desk.put(draft)


def found(branch: Branch, target: str) -> OpenProposal:
    """The proposal that a target names. Raises RefusedError with what there is instead."""
    if _COMMIT.fullmatch(target):
        return proposal_at(branch, target, commit_id(branch.root, target))
    for reference in _references(branch.root, target):
        head = git.ask(
            branch.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"
        )
        if head:
            return proposal_at(branch, target, head)
    waiting = list(open_proposals(branch))
    for proposal in waiting:
        if any(entry.stem == target for entry in proposal.entries):
            return proposal
    known = "、".join(proposal.name for proposal in waiting[:8]) or "没有"
    near = get_close_matches(target, [*branch.entries, *(one.name for one in waiting)], n=3, cutoff=0.85)
    hint = f"；是不是 {'、'.join(near)}" if near else f"；待处理的提议：{known}"
    raise RefusedError(f"没有 {target} 这条信息，也没有这个分支{hint}")


def _outcome(target: str, order: Order, landed: Landed) -> Outcome:
    label = State(order.decision.value).label
    return Outcome(target, label if landed.changed else f"{label}（已经是了）", landed.changed)


def _references(root: Path, name: str) -> list[str]:
    local = [f"refs/heads/{name}"]
    return [f"refs/remotes/{ORIGIN}/{name}", *local] if has_origin(root) else local


def _on_item(desk: Desk, branch: Branch, id_: str, order: Order) -> Draft | None:
    before = _item(branch, id_)
    where = branch.standing(before)
    after = State(order.decision.value)
    if understood(before).review.withdrawn is not None:
        raise RefusedError(f"{id_} 已经撤下，不能再改决定")
    if where.state is not after and TRANSITIONS[(where.state, after)] is Capacity.CHIEF:
        raise RefusedError(f"{id_} 已经{where.state.label}；改变已作的决定，请主编先用 zhibao reopen {id_}")
    if (
        where.state is after
        and not order.form
        and not order.publication
        and order.reason == understood(before).review.reason
    ):
        return None
    text = decided(before, _word(desk, order), branch.registry.office)
    return None if text == before.text else Draft(f"{after.label}：{id_}\n", {before.path: text})


def _on_proposal(desk: Desk, proposal: OpenProposal, order: Order) -> Landed:
    _same_head(proposal, order.head)
    if not proposal.entries:
        raise RefusedError(f"{proposal.name} 里没有信息；名册、程序等的提议请由维护人员合并")
    plain = order.decision is Decision.ADOPTED and not (order.form or order.publication)

    def draft(branch: Branch) -> Draft | None:
        if git.ask(branch.root, "merge-base", "--is-ancestor", proposal.head, branch.tip) is not None:
            return None
        _sound(branch, proposal)
        files = {} if plain else _decided_files(desk, branch, proposal, order)
        names = " ".join(entry.stem for entry in proposal.entries)
        return Draft(f"{State(order.decision.value).label}：{names}\n", files, merges=proposal.head)

    return desk.put(draft)


def _decided_files(desk: Desk, branch: Branch, proposal: OpenProposal, order: Order) -> Mapping[str, str]:
    """Each item of the proposal as the merge brings it, with the decision."""
    merged = CommitTree(branch.root, merged_tree(branch.root, branch.tip, proposal.head))
    word = _word(desk, order)
    return {
        entry.path: decided(document(merged, merged.listing[entry.path]), word, branch.registry.office)
        for entry in proposal.entries
    }


def _sound(branch: Branch, proposal: OpenProposal) -> None:
    """Refuse what the review refuses: an editor's command merges nothing that its proposer may not propose."""
    report = review(branch.root, branch.tip, proposal.head, proposal.proposer.account, timed=False)
    if report.errors:
        first = "\n".join(f"  {finding}" for finding in report.findings[: min(report.errors, 5)])
        raise RefusedError(
            f"{proposal.name} 有 {report.errors} 处错误，不能合并；请先改好，或用 zhibao return 退回：\n{first}"
        )


def _item(branch: Branch, id_: str) -> Document:
    found_one = branch.document(id_)
    if found_one is None:
        raise RefusedError(f"主分支上没有 {id_} 这条信息")
    return found_one


def _word(desk: Desk, order: Order) -> Word:
    return Word(order.decision, desk.actor.account, desk.today, order.reason, order.form, order.publication)


def _same_head(proposal: OpenProposal, head: str | None) -> None:
    if head and head != proposal.head:
        raise RefusedError(f"这句话说的是 {head[:10]}，提议现在是 {proposal.head[:10]}：请看过新的再说一遍")


def _message(subject: str, trailers: Mapping[str, str]) -> str:
    lines = [f"{key}: {' '.join(value.split())}" for key, value in trailers.items() if value.strip()]
    return "\n".join([subject, "", *lines, ""])
