"""The tables of the quarterly notice: their columns, and a unit's cells as they are printed and as they are checked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from zhibao.model.edition import Shown
from zhibao.publish.render import number
from zhibao.score.figures import UnitFigures
from zhibao.score.wording import percent

UNIT = "单位"
"""The heading of the first column: by it a table of units is known."""

COLUMNS: Mapping[str, Callable[[UnitFigures], str]] = {
    UNIT: lambda one: one.name,
    "任务": lambda one: number(one.quota.count),
    "报送": lambda one: str(one.submitted),
    "完成率": lambda one: percent(one.completion),
    "采用": lambda one: str(one.adopted),
    "采用率": lambda one: percent(one.adoption_rate),
    "上报": lambda one: str(one.sent_up),
    "上级采用": lambda one: str(sum(one.adopted_above.values())),
    "批示": lambda one: str(one.instructions),
    "约稿": lambda one: f"{one.commissions_done}/{one.commissions_due}" if one.commissions_due else "—",
    "得分": lambda one: number(one.points),
    "名次": lambda one: number(one.rank),
}
"""Heading and cell of every column, in their order."""

_ASK = {"批示": Shown.INSTRUCTIONS, "得分": Shown.POINTS, "名次": Shown.RANKS}


def cells(figures: UnitFigures) -> dict[str, str]:
    """A unit's cells by their headings."""
    return {heading: cell(figures) for heading, cell in COLUMNS.items()}


def hidden(shows: Collection[Shown]) -> frozenset[str]:
    """The headings of the columns that are left out where the units are shown no more than `shows`."""
    return frozenset(heading for heading, what in _ASK.items() if what not in shows)


def value(cell: str) -> Decimal | None:
    """What a printed number is worth, a percentage as it is written; None for a dash."""
    return Decimal(cell.rstrip("%")) if cell not in ("", "—") else None
