"""Whether a landing (one step of the office's branch) was its lander's to make: what the matrix says, asked of what has happened.

Whoever merges answers for all that the merge brings in: what an officer proposed and an editor merged is the editor's act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zhibao.check.proposal import PROPOSAL_CHECKS, check_proposal
from zhibao.model.actors import Actor, actor_on
from zhibao.model.finding import Finding, Severity
from zhibao.model.landing import Landing
from zhibao.model.permissions import LANDING
from zhibao.model.proposal import ItemChange, Proposal
from zhibao.model.registry import Registry
from zhibao.model.understand import submission

_ASKED = {"item-permission", "path-permission", "known-place", "id-kept", "signed-by"}
"""The checks of proposals that ask who may do what; the others ask what is well made, and were answered in their time."""
AUTHORITY = tuple(check for check in PROPOSAL_CHECKS if check.code in _ASKED)

LANDED_BY, COMMIT_TIME, DECIDED_BY = "landed-by", "commit-time", "decided-by"
_UNDO = "请核实：不该有的改回去，该有的由能改的人补上"
_SIGN = "要算数的，由在任的编辑在 review 里写上 by 和 date"


def lander(registry: Registry, landing: Landing, day: date) -> Actor:
    """Who answers for a landing, by the roster of its base: the author of a merge, as for decisions.

    Of a direct push it is the author who may land, else the committer who may: an editor applies what another wrote.
    """
    author = actor_on(registry, day, signature=landing.author)
    if landing.is_merge or author.capacities & LANDING:
        return author
    committer = actor_on(registry, day, signature=landing.committer)
    return committer if committer.capacities & LANDING else author


def check_landing(landing: Landing, proposal: Proposal, earlier: date) -> Iterator[Finding]:
    """Everything that was not the lander's to do, the lander themselves first. `earlier` is the day of the step before."""
    day = proposal.now.date()
    yield from _landed_by(landing, proposal, day)
    yield from _commit_time(landing, proposal, earlier)
    for finding in check_proposal(proposal, AUTHORITY):
        if finding.severity is Severity.ERROR:
            yield replace(finding, help=_UNDO)
    for change in proposal.items:
        yield from _decided_by(change, proposal.registry, day)


def _landed_by(landing: Landing, proposal: Proposal, day: date) -> Iterator[Finding]:
    """合并进主分支、直接写主分支的，是当天在任的编辑或维护人员。"""
    actor = proposal.actor
    if actor.capacities & LANDING:
        return
    act = "合并进主分支" if landing.is_merge else "直接写进主分支"
    editor = proposal.registry.editor_known_as(landing.author)
    if editor and not editor.serves_on(day):
        term = f"{editor.since} 至 {editor.until or '今'}"
        yield _whole(LANDED_BY, f"{editor.name}在 {day} 不在任（任期 {term}），不能{act}", f"请核实；{_SIGN}")
    elif editor:
        yield _whole(LANDED_BY, f"{editor.name}不是编辑，不能{act}", f"请核实；{_SIGN}")
    elif actor.is_stranger:
        mend = "请核实是谁；是编辑的，把邮箱登记进 registry/editors.yml，以后的才认得"
        yield _whole(LANDED_BY, f"“{actor.account}”不在当天的名册里，不能{act}", f"{mend}；{_SIGN}")
    elif landing.is_merge:
        yield _whole(LANDED_BY, f"{actor.name}不是编辑，不能{act}", f"请核实；{_SIGN}")
    else:
        mend = f"编辑压缩、变基、快进合并的，Git 里看不出是谁：请核实，以后用合并提交；{_SIGN}"
        yield _whole(LANDED_BY, f"{actor.name}不是编辑，不能{act}", mend)


def _commit_time(landing: Landing, proposal: Proposal, earlier: date) -> Iterator[Finding]:
    """任期要靠提交自己写的时间才对得上的，那个时间不早于它的上一步。"""
    day = proposal.now.date()
    if landing.moment is None:
        yield _whole(COMMIT_TIME, "提交写的时间读不懂，按上一步的日期看", "请核实是什么时候做的")
    elif day < earlier and proposal.actor.capacities & LANDING:
        then = lander(proposal.registry, landing, earlier)
        if not then.capacities & LANDING:
            fact = f"提交写的是 {day}，{proposal.actor.name}那天在任；可它的上一步是 {earlier}，那时已不在任"
            yield _whole(COMMIT_TIME, fact, f"请核实；{_SIGN}")


def _decided_by(change: ItemChange, registry: Registry, day: date) -> Iterator[Finding]:
    """review 的 by 是 date 那天在任的编辑；档案照原样写。"""
    document = change.after
    if document is None or document.get("imported") is True:
        return
    before = change.before.get("review") if change.before else None
    old = (before.get("by"), before.get("date")) if isinstance(before, dict) else (None, None)
    understood = submission(document)[0]
    if understood is None or (document.get("review", "by"), document.get("review", "date")) == old:
        return
    review = understood.review
    editor = registry.editor(review.by) if review.by else None
    signed = review.date or day
    if review.by and not (editor and editor.decides and editor.serves_on(signed)):
        mark = document.mark(("review", "by"), key=True)
        fact = f"署名的 {review.by} 在 {signed} 不是编辑"
        yield Finding(DECIDED_BY, Severity.ERROR, change.path, *mark, message=fact, help=f"请核实；{_SIGN}")


def _whole(code: str, message: str, mend: str) -> Finding:
    """A finding on the landing itself, at no path."""
    return Finding(code, Severity.ERROR, "", 1, 1, message, mend)
