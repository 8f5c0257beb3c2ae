"""The ledger (考核分): a line for every point, derived from the data each time; nothing is stored, nothing appended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.period import Period
from zhibao.model.registry import Registry
from zhibao.model.rules import JointPolicy, Rules
from zhibao.model.submission import Submission
from zhibao.score.shares import CENT, shares, split

ADOPTION = "采用计分"
SOURCE = "来源分成"
INSTRUCTION = "批示加分"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """Points of one unit for one event of one item. `period` is the quarter of `date`; `share` is between 0 and 1."""

    date: date
    period: str
    unit: str
    item: str
    rule: str
    level: str
    form: str
    share: Decimal
    points: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class _Event:
    """An adoption or an instruction with its points, before they are divided."""

    day: date
    rule: str
    level: str
    form: str
    points: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class _Party:
    """A unit that is paid: its share of the points, and what to say of it."""

    unit: str
    share: Decimal
    words: str
    source: bool = False


def ledger(county: County) -> tuple[Line, ...]:
    """Every line of the county, in order of date, unit and item; the same whatever the order of the files."""
    return tuple(sorted(line for item in county.items for line in lines_of(item, county)))


def lines_of(item: Item, county: County) -> tuple[Line, ...]:
    """The lines of one item. A withdrawn item earns nothing, nor does the office's own unit."""
    if item.is_withdrawn:
        return ()
    return tuple(_lines(item, county))


def _lines(item: Item, county: County) -> Iterator[Line]:
    registry = county.registry
    for event in _events(item, registry):
        rules = registry.rules_on(event.day)
        parties = _parties(item, county, event.day)
        if not parties:
            continue
        for party, share, points in _divided(event.points, parties, rules):
            if registry.is_office(party.unit) or not points:
                continue
            why = _why(event, party, share, points)
            rule = SOURCE if party.source and event.rule == ADOPTION else event.rule
            quarter = str(Period.quarter_of(event.day))
            yield Line(event.day, quarter, party.unit, item.id, rule, event.level, event.form, share, points, why)


def _events(item: Item, registry: Registry) -> Iterator[_Event]:
    for adoption in item.adoptions:
        points = registry.rules_on(adoption.date).adoption_points(adoption.level, adoption.form)
        if points:
            words = f"{adoption.level}级采用（{adoption.form}，{adoption.publication}）计 {points} 分"
            yield _Event(adoption.date, ADOPTION, adoption.level, adoption.form, points, words)
    if not item.adoptions:
        return
    for instruction in dict.fromkeys(item.submission.review.instructions):
        points = registry.rules_on(instruction.date).instruction.get(instruction.level, Decimal(0))
        if points:
            words = f"{instruction.by}批示（{instruction.level}级）加 {points} 分"
            yield _Event(instruction.date, INSTRUCTION, instruction.level, "", points, words)


def _parties(item: Item, county: County, day: date) -> list[_Party]:
    """Who is paid for an item: its own units, or the units of the items that it was made from."""
    if not item.submission.sources:
        return _own(item.submission, county.registry, day)
    found: list[_Party] = []
    parts = shares([source.share for source in item.submission.sources], lead=False)
    for source, share in zip(item.submission.sources, parts, strict=True):
        origin = county.item(source.id)
        if origin is None:
            continue
        for party in _own(origin.submission, county.registry, day):
            words = f"编发时用了 {source.id}" + (f"，{party.words}" if party.words else "")
            found.append(_Party(party.unit, share * party.share, words, source=True))
    return found


def _own(submission: Submission, registry: Registry, day: date) -> list[_Party]:
    parts = shares([joint.share for joint in submission.joint], lead=True)
    names = [registry.unit_name(unit, day) for unit in submission.units]
    found = []
    for number, (unit, share) in enumerate(zip(submission.units, parts, strict=True)):
        others = "、".join(name for place, name in enumerate(names) if place != number)
        found.append(_Party(unit, share, f"与{others}联合" if others else ""))
    return found


def _divided(
    points: Decimal, parties: Sequence[_Party], rules: Rules
) -> Iterator[tuple[_Party, Decimal, Decimal]]:
    """Each party with its share and points. What a source that cannot be read would have had is paid to nobody."""
    if rules.joint is JointPolicy.FULL and not any(party.source for party in parties):
        yield from ((party, Decimal(1), points) for party in parties)
        return
    known = sum((party.share for party in parties), Decimal(0))
    unpaid = Decimal(1) - known
    weights = [*(party.share for party in parties), *([unpaid] if unpaid > Decimal("0.0001") else [])]
    for party, part in zip(parties, split(points, weights), strict=False):
        yield party, party.share.quantize(Decimal("0.0001")), part


def _why(event: _Event, party: _Party, share: Decimal, points: Decimal) -> str:
    if share == 1:
        return event.words + (f"，{party.words}" if party.words else "")
    percent = (share * 100).quantize(CENT).normalize()
    return f"{event.words}，{party.words}，按 {percent:f}% 得 {points} 分"


