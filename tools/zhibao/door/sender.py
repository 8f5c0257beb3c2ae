"""Whose an issue is: the unit and the officer that the roster gives its account, or that an editor named for it in a comment.

The account is the forge's word; what the issue itself says of anybody is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zhibao.door.forge import Comment, Issue
from zhibao.model.actors import Actor, actor_on
from zhibao.model.history import Signature
from zhibao.model.registry import Registry

NO_LATER = timedelta(seconds=2)
"""How much later than its writing a comment may have been stored for good; after that it was changed."""
TAKE = "收"
"""An editor's word: take the issue in, for the unit named after it, and the officer where one is named."""

_TAKE = re.compile(rf"[/／]\s*{TAKE}\s+([a-z][a-z0-9]{{0,31}})(?:\s+(\w{{1,20}}))?\s*")


class WaitingError(Exception):
    """Only an editor can say what is to become of an issue. The message is Chinese, says why, and is fit to be shown."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose an item is. `clears`: may say in it that somebody cleared it. `released`: an editor said to take it in."""

    account: str
    unit: str
    name: str
    signature: Signature
    clears: bool
    released: bool


@dataclass(frozen=True, slots=True)
class _Release:
    """An editor's word on an issue."""

    unit: str
    name: str


def sender_of(registry: Registry, issue: Issue, comments: Iterable[Comment]) -> Sender:
    """Whose an issue is, as the roster knew them on the day it was opened. Raises WaitingError."""
    day = issue.created.astimezone(registry.office.zone).date()
    actor = actor_on(registry, day, account=issue.account)
    release = _release(registry, comments)
    unit = release.unit if release else _unit(registry, actor)
    if unit not in {one.id for one in registry.units if one.exists_on(day)}:
        known = "、".join(one.id for one in registry.units if one.exists_on(day))
        raise WaitingError(f"没有“{unit}”这个单位；有：{known}")
    name = (release.name if release else "") or actor.name or issue.account
    return Sender(
        account=issue.account,
        unit=unit,
        name=name,
        signature=Signature(name, _email(registry, unit, issue.account, day)),
        clears=unit in actor.units or actor.edits,
        released=release is not None,
    )


def _unit(registry: Registry, actor: Actor) -> str:
    """The one unit that somebody writes for; the office's for an editor who writes for none. Raises WaitingError."""
    if len(actor.units) == 1:
        return next(iter(actor.units))
    if actor.units:
        units = "、".join(sorted(actor.units))
        raise WaitingError(f"{actor.name}是 {units} 几个单位的信息员，不知道这一条是哪个单位的")
    if actor.edits:
        return registry.office.unit
    if actor.is_stranger:
        raise WaitingError(f"账号 {actor.account} 那天不在名册里，不知道是哪个单位的")
    posts = "、".join(capacity.label for capacity in sorted(actor.capacities))
    raise WaitingError(f"{actor.name}那天是{posts}，不是信息员，不知道这一条是哪个单位的")


def _release(registry: Registry, comments: Iterable[Comment]) -> _Release | None:
    """The newest word to take it in that an editor in post on that day wrote, and did not change."""
    found = None
    for comment in comments:
        said = _TAKE.fullmatch(comment.text.strip().partition("\n")[0])
        if said is None or comment.updated - comment.created > NO_LATER:
            continue
        day = comment.created.astimezone(registry.office.zone).date()
        if actor_on(registry, day, account=comment.account).edits:
            found = _Release(said[1], said[2] or "")
    return found


def _email(registry: Registry, unit: str, account: str, day: date) -> str:
    """The address that the roster knows an officer by, else one that names the account."""
    registered = registry.unit(unit)
    officers = registered.officers_on(day) if registered else ()
    own = next((one for one in officers if one.is_known_as(account=account)), None)
    return own.emails[0] if own and own.emails else f"{account}@users.noreply.zhibao"
