"""People in every capacity, and an item as it was and as it would be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from bases import BASE, COUNTY
from zhibao.model.actors import Actor, Capacity
from zhibao.model.document import Document
from zhibao.model.permissions import Change, Stage
from zhibao.model.proposal import ItemChange, Proposal
from zhibao.model.registry import Registry
from zhibao.model.standing import State
from zhibao.repo.front_matter import item_document
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree

OWN, OTHER = "daba", "nandu"
ID = "20261124-1231-daba"
NOW = datetime(2026, 11, 24, 13, 0)


def person(*capacities: Capacity) -> Actor:
    """Somebody in these capacities: an officer of, and a supervisor for, the unit OWN."""
    return Actor(
        "wangmin",
        "王敏",
        frozenset(capacities),
        frozenset({OWN} if Capacity.OFFICER in capacities else ()),
        frozenset({OWN} if Capacity.SUPERVISOR in capacities else ()),
    )


@cache
def registry() -> Registry:
    return read_registry(WorkTree(COUNTY)).registry


def document(text: str = BASE, id_: str = ID) -> Document:
    return item_document(f"submissions/2026/11/{id_}.md", text.encode())


STATES = {
    Stage.NEW: State.PENDING,
    Stage.PENDING: State.PENDING,
    Stage.HELD: State.HELD,
    Stage.ADOPTED: State.ADOPTED,
    Stage.CLOSED: State.DECLINED,
}


def change(
    before: str | None,
    after: str | None,
    stage: Stage = Stage.PENDING,
    kind: Change | None = None,
    id_: str = ID,
) -> ItemChange:
    """What a proposal does to one item, from its texts."""
    kind = kind or (Change.ADD if before is None else Change.DELETE if after is None else Change.EDIT)
    sides = [None if text is None else document(text, id_) for text in (before, after)]
    return ItemChange(id_, f"submissions/2026/11/{id_}.md", kind, stage, STATES[stage], sides[0], sides[1])


def proposal(actor: Actor, changes: Iterable[ItemChange]) -> Proposal:
    items = tuple(changes)
    return Proposal(actor, registry(), NOW, len(items), (), items, {})
