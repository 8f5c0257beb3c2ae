"""What an editor orders, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from zhibao.model.submission import Decision, Reason
from zhibao.review.branch import Branch, RefusedError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one target, in words; `changed` is False where it stood so already."""

    target: str
    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with each target. `head` is the commit that the word was said of, where it has to be that one."""

    decision: Decision
    reason: Reason | None = None
    form: str | None = None
    publication: str | None = None
    head: str | None = None


def known_terms(branch: Branch, order: Order) -> None:
    """Refuse what office.yml does not know. Raises RefusedError with what it does."""
    office = branch.registry.office
    if order.decision is Decision.DECLINED and order.reason is None:
        raise RefusedError(
            f"不采用要写原因：--reason 代码；有：{'、'.join(one.code for one in office.reasons)}"
        )
    if order.reason:
        known_reason(branch, order.reason)
    if order.form and order.form not in office.forms:
        raise RefusedError(f"没有“{order.form}”这种采用形式；有：{'、'.join(office.forms)}")
    if order.publication and office.publication(order.publication) is None:
        names = "、".join(one.name for one in office.publications if one.level == office.level)
        raise RefusedError(f"没有登记“{order.publication}”这个刊物；有：{names}，后面可写“ 第45期”")


def known_reason(branch: Branch, reason: Reason) -> None:
    """Refuse a reason that office.yml does not know. Raises RefusedError."""
    codes = [one.code for one in branch.registry.office.reasons]
    if reason.code not in codes:
        raise RefusedError(f"没有“{reason.code}”这个原因代码；有：{'、'.join(codes)}")
