"""Who has a part in an item's points: its own units by the policy on joint items, or its sources'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.policy.earning import Joint, JointPolicy
from zhibao.model.rules import Rules
from zhibao.model.submission import Adoption, Submission
from zhibao.score.shares import CENT, apportion

DEPTH = 4
"""How many office-written items may stand one upon another until points are no longer followed."""

_WHOLE = Decimal(1)
_SHARE = Decimal("0.0001")
_HUNDRED = Decimal(100)
_UNDIVIDED = (JointPolicy.FULL, JointPolicy.FIXED)


@dataclass(frozen=True, slots=True)
class Portion:
    """What one unit has of a number of points. `share` is 0 to 1, to four places."""

    unit: str
    share: Decimal
    points: Decimal


def is_compiled(item: Item, county: County) -> bool:
    """Whether the office wrote the item from others (编发稿、综合), whose units then earn its points."""
    return bool(item.submission.sources) and county.registry.is_office(item.unit)


def is_paid(unit: str, county: County) -> bool:
    """Whether a unit earns points: it is registered, and not the office's own."""
    return unit in county.registry.unit_by_id and not county.registry.is_office(unit)


def joint_weights(submission: Submission, joint: Joint) -> dict[str, Decimal]:
    """The weight of each unit of an item, the lead first; all equal where no share is given, or none counts.

    By share, the lead has what the others' shares leave. A unit written twice counts the first time.
    """
    shares: dict[str, Decimal | None] = {submission.unit: None}
    for part in submission.joint:
        shares.setdefault(part.unit, part.share)
    if joint.by is JointPolicy.LEAD and joint.lead is not None and len(shares) > 1:
        rest = (_HUNDRED - joint.lead) / (len(shares) - 1)
        return {unit: joint.lead if unit == submission.unit else rest for unit in shares}
    return _weights(shares if joint.by is JointPolicy.SPLIT else dict.fromkeys(shares))


def portions(
    item: Item, points: Decimal, rules: Rules, county: County, adoption: Adoption | None = None
) -> tuple[Portion, ...]:
    """How `points` of an item fall to units, each unit once, in the order in which the item names them.

    The office's own unit stands apart; it has what the rules give it of what it wrote from others, and nothing else. The share
    of a unit that is not registered, or of a source that is missing or withdrawn, is paid to nobody: the others' points do not
    depend on it. A source that itself records the same `adoption` of a higher level is paid by its own line already. Under
    FULL and FIXED every joint unit has the whole; so has every unit of a source in the forms that the rules name.
    """
    if not item.submission.joint and not is_compiled(item, county):
        return (Portion(item.unit, _WHOLE, points.quantize(CENT)),) if is_paid(item.unit, county) else ()
    flow = _Flow(county, rules, adoption)
    if not is_compiled(item, county):
        return _together(flow.parts(item, _WHOLE, _SHARE), flow.parts(item, points, CENT), county)
    own = rules.sources.office or Decimal(0)
    parts = (own, _HUNDRED - own)
    own_share, rest_share = apportion(_WHOLE, parts, _SHARE)
    own_points, rest = apportion(points, parts, CENT)
    found = _together(flow.sources(item, rest_share, _SHARE), flow.sources(item, rest, CENT), county)
    return (*((Portion(item.unit, own_share.normalize(), own_points),) if own else ()), *found)


def _together(
    shares: Iterator[tuple[str, Decimal]], amounts: Iterator[tuple[str, Decimal]], county: County
) -> tuple[Portion, ...]:
    by_share, by_points = _sums(shares), _sums(amounts)
    return tuple(
        Portion(
            unit, by_share.get(unit, Decimal(0)).normalize(), by_points.get(unit, Decimal(0)).quantize(CENT)
        )
        for unit in dict.fromkeys((*by_share, *by_points))
        if is_paid(unit, county)
    )


@dataclass(frozen=True, slots=True)
class _Flow:
    county: County
    rules: Rules
    adoption: Adoption | None

    def sources(self, item: Item, total: Decimal, step: Decimal) -> Iterator[tuple[str, Decimal]]:
        """What the sources of an office-written item have: shared, or the whole for each unit, once."""
        if self.adoption is None or self.adoption.form not in self.rules.sources.full:
            yield from self.parts(item, total, step)
            return
        for unit in dict.fromkeys(unit for unit, _ in self.parts(item, _WHOLE, _SHARE)):
            yield unit, total

    def parts(
        self, item: Item, total: Decimal, step: Decimal, above: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Decimal]]:
        """Units and amounts; a unit comes as often as there are ways to it."""
        if not is_compiled(item, self.county):
            weights = joint_weights(item.submission, self.rules.joint)
            whole = self.rules.joint.by in _UNDIVIDED
            amounts = (total,) * len(weights) if whole else apportion(total, tuple(weights.values()), step)
            yield from zip(weights, amounts, strict=True)
            return
        weights = _source_weights(item)
        if len(above) >= DEPTH or not weights:
            return
        for id_, amount in zip(weights, apportion(total, tuple(weights.values()), step), strict=True):
            source = self.county.item(id_)
            if source is None or not amount or id_ in above or self._is_paid_apart(source):
                continue
            yield from self.parts(source, amount, step, (*above, item.id))

    def _is_paid_apart(self, source: Item) -> bool:
        """Whether the source earns nothing here: withdrawn, or this very adoption stands in its own file."""
        if source.is_withdrawn:
            return True
        # At the county's own level two items of one day and publication look alike and are not one adoption.
        own_level = self.county.registry.office.level
        return (
            self.adoption is not None
            and self.adoption.level != own_level
            and any(self.adoption.event == other.event for other in source.adoptions)
        )


def _source_weights(item: Item) -> dict[str, Decimal]:
    shares: dict[str, Decimal | None] = {}
    for source in item.submission.sources:
        if source.id != item.id:
            shares.setdefault(source.id, source.share)
    return _weights(shares)


def _weights(shares: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    """Given shares as they are; those without one have equal parts of what is left of the whole."""
    given = sum((share for share in shares.values() if share is not None), Decimal(0))
    unsaid = sum(share is None for share in shares.values())
    if not given:
        return dict.fromkeys(shares, _WHOLE)
    rest = max(_WHOLE - given, Decimal(0)) / max(unsaid, 1)
    return {name: rest if share is None else share for name, share in shares.items()}


def _sums(parts: Iterator[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for unit, amount in parts:
        found[unit] = found.get(unit, Decimal(0)) + amount
    return found
