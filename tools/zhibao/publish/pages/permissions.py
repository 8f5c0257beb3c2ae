"""权限: who may do what, made from the permission matrix itself, by person and by matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhibao.model.actors import Capacity
from zhibao.model.areas import Area
from zhibao.model.permissions import LANDING, MATRIX, TRANSITIONS, Change, Matter, Right, Stage
from zhibao.model.standing import State
from zhibao.publish.page import Page
from zhibao.publish.render import page
from zhibao.publish.view import View

ALWAYS = "任何时候"
MERGED = "合并以后"
OWN = {Capacity.SUPERVISOR: "只限分管的单位"}
"""What `own` means for those whose own unit is not the one they write for."""


class Allowed(NamedTuple):
    """What somebody may do: to what, how, when; and with what limit, if any."""

    what: str
    how: str
    when: str
    limit: str


class ByMatter(NamedTuple):
    """Who may change one thing, each with how and when."""

    what: str
    who: tuple[tuple[str, str], ...]


def pages(view: View) -> Iterator[Page]:
    """The one page of permissions."""
    yield page(
        view,
        "permissions",
        "rules/permissions",
        "权限",
        description="谁可以改什么：信息员、分管领导、编辑、主编、维护，和名册外的人。",
        searched="谁可以改 " + " ".join(capacity.label for capacity in Capacity),
        people=[(capacity, list(allowed(capacity))) for capacity in Capacity],
        matters=list(by_matter()),
        states=list(State),
        transitions=TRANSITIONS,
        landing="、".join(capacity.label for capacity in Capacity if capacity in LANDING),
    )


def allowed(capacity: Capacity) -> Iterator[Allowed]:
    """Everything that a capacity may do, in the order of the matrix; rows that differ in the change alone are one."""
    found: dict[tuple[object, ...], list[Right]] = {}
    for right in MATRIX:
        if right.capacity is capacity:
            found.setdefault((right.area, right.matters, right.stages, right.own), []).append(right)
    for rights in found.values():
        first = rights[0]
        yield Allowed(_what(first), _changes(rights), _when(first), _limit(first))


def by_matter() -> Iterator[ByMatter]:
    """Every matter of an item, then every other area, with all who may change it."""
    for matter in sorted(Matter, key=lambda matter: matter is Matter.FILE):
        found = [right for right in MATRIX if matter in right.matters and _is_told_by_matter(right)]
        if found:
            yield ByMatter(_matter(matter), tuple(_who(found)))
    for area in Area:
        found = [right for right in MATRIX if right.area is area and not _is_told_by_matter(right)]
        if found:
            yield ByMatter(area.label, tuple(_who(found)))


def _who(found: Sequence[Right]) -> Iterator[tuple[str, str]]:
    for capacity in Capacity:
        own: dict[tuple[object, ...], list[Right]] = {}
        for right in found:
            if right.capacity is capacity:
                own.setdefault((right.stages, right.own), []).append(right)
        for rights in own.values():
            limits = [word for word in (_when(rights[0]), _limit(rights[0])) if word not in (ALWAYS, "")]
            yield capacity.label, _changes(rights) + (f"（{'；'.join(limits)}）" if limits else "")


def _is_told_by_matter(right: Right) -> bool:
    """Whether a row is of something within a file, and not of any file of an area."""
    return right.area is Area.ITEM or Matter.FILE not in right.matters


def _what(right: Right) -> str:
    if right.area is not Area.ITEM:
        within = [matter.label for matter in Matter if matter in right.matters - {Matter.FILE}]
        return "：".join([right.area.label, *within])
    return "；".join(_matter(matter) for matter in Matter if matter in right.matters)


def _matter(matter: Matter) -> str:
    """What of an item; its file as a whole changes only where it stands."""
    return "信息所在的文件夹" if matter is Matter.FILE else matter.label


def _changes(rights: Sequence[Right]) -> str:
    changes = {change for right in rights for change in right.changes}
    return "、".join(change.label for change in Change if change in changes)


def _when(right: Right) -> str:
    if right.area is not Area.ITEM or right.stages == frozenset(Stage):
        return ALWAYS
    if right.stages == frozenset(Stage) - {Stage.NEW}:
        return MERGED
    return "、".join(stage.label for stage in Stage if stage in right.stages)


def _limit(right: Right) -> str:
    return OWN.get(right.capacity, "只限本单位") if right.own else ""
