"""What a proposed item is worth: its 质量分, and the points it would earn if it were merged today, as far as the office shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from zhibao.model.actors import Actor
from zhibao.model.county import County, Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.resemblance import Resemblance
from zhibao.model.standing import Standing, State, adoptions
from zhibao.score.ledger import lines_of
from zhibao.score.line import Line
from zhibao.score.quality import Quality, quality


@dataclass(frozen=True)
class Worth:
    """One item of a proposal. `quality` and `lines` are None where the office does not show them to this actor."""

    id: str
    path: str
    title: str
    kind: str
    quality: Quality | None
    lines: tuple[Line, ...] | None
    similar: tuple[Resemblance, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    """What the units of the lines are called today."""

    @property
    def points(self) -> Decimal:
        """Points of all lines, of whatever unit."""
        return sum((line.points for line in self.lines or ()), Decimal(0))


def worth(item: Item, around: County, resemblances: Sequence[Resemblance], actor: Actor) -> Worth:
    """The worth of a proposed item among the items of `around`, which holds only what the actor may read."""
    office = around.registry.office
    named = tuple(match for match in resemblances if around.item(match.id))
    judged = quality(item, around, resemblances)
    seen = actor.edits or office.shows(Edition.NETWORK, Shown.QUALITY)
    shows_points = actor.edits or office.shows(Edition.NETWORK, Shown.POINTS)
    lines = _if_merged(item, around) if shows_points else None
    return Worth(
        item.id,
        item.document.path,
        item.submission.title,
        item.submission.kind,
        judged if seen else None,
        lines,
        named,
        {line.unit: around.registry.unit_name(line.unit, around.now.date()) for line in lines or ()},
    )


def _if_merged(item: Item, around: County) -> tuple[Line, ...]:
    """The lines of the item as it would stand after a merge today without another word."""
    if item.state is not State.PENDING:
        return lines_of(item, around)
    today = around.now.date()
    standing = Standing(State.ADOPTED, None, today)
    merged = replace(item, standing=standing, adoptions=adoptions(item.submission, standing, around.registry))
    others = tuple(merged if other.id == item.id else other for other in around.items)
    return lines_of(merged, replace(around, items=others))
