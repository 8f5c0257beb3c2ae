"""How a refusal of the permission matrix is put: whose it is, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhibao.model.actors import Actor, Capacity
from zhibao.model.areas import Area
from zhibao.model.document import Loc
from zhibao.model.permissions import Act, Change, Matter, Stage, who_may
from zhibao.model.proposal import ItemChange, Proposal

_REOPEN = "要重新办理，请主编先用 zhibao reopen"


class Words(NamedTuple):
    """A message, its mend, and the key path it is about."""

    message: str
    mend: str
    at: Loc


def of_item(proposal: Proposal, change: ItemChange, refused: Sequence[tuple[Act, Loc]]) -> Iterator[Words]:
    """Why these acts on an item are not the actor's, each reason once."""
    if not refused:
        return
    acts = [act for act, _ in refused]
    others = _others_unit(proposal, change, acts)
    if others:
        yield Words(*others, ("unit",))
        refused = [(act, at) for act, at in refused if not _is_own_matter(act)]
    said: set[str] = set()
    for act, at in refused:
        message, mend = _words(proposal, change, act, at)
        if message not in said:
            said.add(message)
            yield Words(message, mend, at)


def of_path(actor: Actor, area: Area, change: Change) -> tuple[str, str]:
    """Why a file that is no item is not the actor's to change."""
    owners = _owners(Act(area, change))
    return f"{_who(actor)}不能{change.label}{area.label}", f"请从提议里去掉这个文件；由{owners}改"


def _others_unit(proposal: Proposal, change: ItemChange, acts: Sequence[Act]) -> tuple[str, str] | None:
    """An officer at another unit's item: said once, instead of once a key."""
    actor = proposal.actor
    if (
        Capacity.OFFICER not in actor.capacities
        or change.unit in actor.units
        or not any(map(_is_own_matter, acts))
    ):
        return None
    day = proposal.now.date()
    own = "、".join(proposal.registry.unit_name(unit, day) for unit in sorted(actor.units))
    name = proposal.registry.unit_name(change.unit, day) if change.unit else "（没有写单位）"
    identity = "、".join(sorted(actor.units))
    return (
        f"这是{name}的信息，{actor.name}是{own}的信息员，不能{change.change.label}",
        f"本单位的信息用本单位的编号（{identity}）；{name}的请由该单位的信息员报送",
    )


def _is_own_matter(act: Act) -> bool:
    return act.matter in (Matter.TEXT, Matter.LABELS, Matter.CLEARANCE) and act.stage in (
        Stage.NEW,
        Stage.PENDING,
    )


def _words(proposal: Proposal, change: ItemChange, act: Act, at: Loc) -> tuple[str, str]:
    actor = proposal.actor
    if act.change is Change.DELETE:
        if change.stage in (Stage.ADOPTED, Stage.CLOSED):
            return (
                f"这条信息{change.stage.label}，不能删除",
                "请恢复文件；要从各版本撤下，请主编用 zhibao withdraw",
            )
        return f"{_who(actor)}不能删除这条{change.stage.label}的信息", f"请恢复文件；由{_owners(act)}办"
    if act.matter is Matter.TEXT and change.stage is Stage.ADOPTED and actor.edits:
        day = f"{proposal.now:%Y-%m-%d}"
        mend = f"在抬头加上 corrections:，下面写一行 - {{date: {day}, reason: 更正了什么}}"
        return "已采用的信息改动了内容，没有写更正（corrections）", mend
    owners = _owners(act)
    by = f"由{owners}办" if owners else _REOPEN
    if act.matter in (Matter.TEXT, Matter.LABELS, Matter.CLEARANCE):
        return f"这条信息{change.stage.label}，{_who(actor)}不能改{act.matter.label}", f"请恢复原样；{by}"
    whole = change.before is None or change.before.get(*at[:1]) is None
    key = ".".join(str(step) for step in (at[:1] if whole else at)) or act.matter.label
    new = change.before is None or change.before.get(*at) is None
    mend = f"请删去 {key} 及其下各行" if new else "请恢复原样"
    if not owners:
        return f"这条信息{change.stage.label}，不能再改{act.matter.label}", f"{mend}；{by}"
    return f"{act.matter.label}由{owners}填写，{_who(actor)}不能写", f"{mend}；{by}"


def _who(actor: Actor) -> str:
    if actor.is_stranger:
        return "名册外的人"
    order = (Capacity.CHIEF, Capacity.EDITOR, Capacity.MAINTAINER, Capacity.SUPERVISOR, Capacity.OFFICER)
    post = next(capacity for capacity in order if capacity in actor.capacities)
    return f"{actor.name}（{post.label}）"


def _owners(act: Act) -> str:
    found = dict.fromkeys(
        right.capacity.label for right in who_may(act) if right.capacity is not Capacity.STRANGER
    )
    return "、".join(found)
