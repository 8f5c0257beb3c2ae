"""Ranks within a group: 1, 2, 2, 4 on points, cut to the first N where the rules say so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def ranks(points: Mapping[str, Decimal], first: int | None) -> dict[str, int]:
    """The rank of each unit of one group; nobody has one where nobody has points.

    Units behind the first `first` have none; None ranks all, 0 nobody.
    """
    if not any(points.values()):
        return {}
    found: dict[str, int] = {}
    ordered = sorted(points.items(), key=lambda pair: -pair[1])
    place = 0
    before: Decimal | None = None
    for position, (unit, value) in enumerate(ordered, 1):
        place = place if value == before else position
        before = value
        found[unit] = place
    return {unit: rank for unit, rank in found.items() if first is None or rank <= first}
