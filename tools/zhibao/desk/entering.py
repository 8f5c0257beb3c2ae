"""An item that came by telephone, chat or on paper, entered by an editor for its unit: from then on it is as if the unit had submitted it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.desk.editor import Desk, only_editors
from zhibao.model.document import Document
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.submission import Received
from zhibao.model.units import Unit
from zhibao.repo.new_item import identity_for, text_of
from zhibao.repo.tree import Tree, document
from zhibao.review.branch import RefusedError


@dataclass(frozen=True, slots=True)
class Given:
    """What an editor says of an item. `kind` and `officer` may be empty: the first kind, the unit's first officer of that day."""

    unit: str
    received: Received
    title: str
    body: str = ""
    kind: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """The item's file. `known`: whether the officer is on the roster of that day."""

    identity: Identity
    text: str
    unit: str
    officer: str
    known: bool
    day: date


def entered(desk: Desk, given: Given, trees: Sequence[Tree], taken: Collection[str]) -> Entered:
    """The file of an item: its id and `submitted` are of the moment at which it was received.

    `trees` are where it may stand already, `taken` the ids of the work tree. Raises RefusedError, NewItemError, git.GitError.
    """
    only_editors(desk)
    here = desk.now()
    registry, moment = here.registry, given.received.date
    if moment > desk.wall_clock:
        raise RefusedError(
            f"收到时间 {moment:%Y-%m-%d %H:%M} 还没有到（现在 {desk.wall_clock:%Y-%m-%d %H:%M}）"
        )
    unit = known_unit(registry, given.unit, moment.date())
    kind = _kind(registry, given.kind)
    officer = given.officer or _first(unit, moment.date())
    if not given.title:
        raise RefusedError("缺少标题：请加 --title，或用 --from 草稿")
    _not_entered_yet([*trees, here.tree], f"{moment:%Y%m%d-%H%M}-{unit.id}", given.title)
    identity = identity_for(moment, unit.id, {*taken, *here.entries})
    text = text_of(
        registry,
        identity,
        title=given.title,
        officer=officer,
        kind=kind,
        body=given.body,
        received=given.received,
    )
    known = registry.officer_on(unit.id, officer, moment.date()) is not None
    return Entered(identity, text, unit.name_on(moment.date()), officer, known, moment.date())


def known_unit(registry: Registry, named: str, day: date) -> Unit:
    """The unit that was meant on a day, by id or by its name of that day. Raises RefusedError with those that there are."""
    there = [unit for unit in registry.units if unit.exists_on(day)]
    found = next((unit for unit in there if named in (unit.id, unit.name_on(day))), None)
    if found is None:
        names = "、".join(f"{unit.id}（{unit.name_on(day)}）" for unit in there[:40])
        raise RefusedError(f"{day} 没有“{named}”这个单位；有：{names}")
    return found


def _kind(registry: Registry, named: str) -> str:
    kinds = [kind.name for kind in registry.office.kinds]
    if named and named not in kinds:
        raise RefusedError(f"没有“{named}”这个类型；有：{'、'.join(kinds)}")
    return named or kinds[0]


def _first(unit: Unit, day: date) -> str:
    serving = unit.officers_on(day)
    if not serving:
        raise RefusedError(f"{unit.name_on(day)} {day} 没有在任的信息员；请加 --officer 姓名")
    return serving[0].name


def _not_entered_yet(trees: Sequence[Tree], start: str, title: str) -> None:
    for tree in trees:
        for entry in tree.entries():
            if entry.stem.startswith(start) and _title(document(tree, entry)) == title:
                raise RefusedError(f"已经录过了：{entry.path}；要改，请改那个文件")


def _title(read: Document) -> object:
    return read.get("title")
