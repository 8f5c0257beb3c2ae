"""考核分: the ledger. Every point is a line with its date, rule and reason; all else is a sum of lines.

Nothing is stored: lines are derived from the items each time, so that saving or running twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.score.capping import capped
from zhibao.score.closing import with_closed
from zhibao.score.earning import Earned, earned
from zhibao.score.line import Line, in_order
from zhibao.score.owing import owing


def ledger(county: County, first: date = date.min, last: date = date.max) -> tuple[Line, ...]:
    """Every line of the county, or those dated `first` to `last`: by date, item and rule. Closed quarters are as published."""
    lines = with_closed(computed(county), county.registry.closed)
    return tuple(line for line in lines if first <= line.date <= last)


def computed(county: County) -> list[Line]:
    """Every line as the data gives it now, whatever was published."""
    own = _in_order(one for item in county.items for one in earned(item, county))
    lines = [one.line for one in own]
    lines += capped(own, county)
    lines += owing(county, lines)
    return in_order(lines)


def lines_of(item: Item, county: County) -> tuple[Line, ...]:
    """The lines that one item earns for whatever unit, before any cap, as they stand in the ledger."""
    return tuple(one.line for one in _in_order(earned(item, county)))


def line_sums(lines: Iterable[Line], first: date = date.min, last: date = date.max) -> dict[str, Decimal]:
    """Points by unit of the lines dated `first` to `last`: what every points figure of the statistics is."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if first <= line.date <= last:
            sums[line.unit] = sums.get(line.unit, Decimal(0)) + line.points
    return sums


def _in_order(found: Iterable[Earned]) -> list[Earned]:
    """As `in_order` has their lines."""
    kept = list(found)
    place = {id(line): number for number, line in enumerate(in_order(one.line for one in kept))}
    return sorted(kept, key=lambda one: place[id(one.line)])
