"""CODEOWNERS as GitHub reads it, from the registry and the permission matrix: who is asked to look at what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhibao.model.actors import Capacity, actor_on
from zhibao.model.areas import DESK, Area
from zhibao.model.permissions import LANDING, MATRIX, Matter
from zhibao.model.registry import Registry

PATH = ".github/CODEOWNERS"

_PLACES: tuple[tuple[str, Area], ...] = (
    ("*", Area.CODE),
    ("/submissions/", Area.ITEM),
    ("/registry/", Area.REGISTRY),
    *((f"/registry/{name}/", Area.DESK) for name in DESK),
)
"""Patterns in the order of the file: the last one that matches counts."""


def codeowners(registry: Registry, day: date) -> str:
    """The text of the file, for those who are in post on that day."""
    lines = [f"{place:<24}{' '.join(_owners(registry, day, area))}".rstrip() for place, area in _PLACES]
    head = (
        "# 由名册和权限表生成：zhibao codeowners --write。名册变了就重新生成，不要手改。",
        "# 后面的压倒前面的；没有人的一行，谁都不用问。",
    )
    return "\n".join([*head, *lines, ""])


def _owners(registry: Registry, day: date, area: Area) -> Iterator[str]:
    """The accounts, by the order of the roster, that the matrix lets land any change of an area."""
    wanted = {
        one.capacity for one in MATRIX if one.area is area and Matter.OFFICERS not in one.matters
    } & LANDING
    for editor in registry.editors:
        if editor.serves_on(day) and wanted & _capacities(registry, day, editor.account):
            yield f"@{editor.account}"


def _capacities(registry: Registry, day: date, account: str) -> frozenset[Capacity]:
    return actor_on(registry, day, account=account).capacities
