"""Closed quarters in the ledger: as published; what has changed since is carried into the open quarter, line by line.

Adjustments = Σ over closed P of current(P) under P's frozen rules − published(P) − adjustments already published for P.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from zhibao.model.notice import Closed
from zhibao.model.period import Period
from zhibao.score.frozen import published_lines
from zhibao.score.line import CARRIED, Line, in_order, quarter
from zhibao.score.wording import number

_Key = tuple[str, str, str]


def with_closed(computed: Iterable[Line], closed: Mapping[Period, Closed]) -> list[Line]:
    """The ledger with the closed quarters as they were published, and the adjustments in the open one.

    `computed` are the lines as the data gives them now, those of closed quarters under their frozen rules.
    """
    if not closed:
        return list(computed)
    names = {str(period) for period in closed}
    current: dict[str, list[Line]] = {name: [] for name in names}
    still_open: list[Line] = []
    for line in computed:
        (current[line.period] if line.period in names else still_open).append(line)
    published = [line for one in closed.values() for line in published_lines(one)]
    found = carried(current, published, opened_on(closed))
    return in_order([*published, *still_open, *found])


def opened_on(closed: Mapping[Period, Closed]) -> date:
    """The first day of the open quarter: after the last one that is closed."""
    return max(closed).end + timedelta(days=1)


def carried(current: Mapping[str, Iterable[Line]], published: Iterable[Line], day: date) -> Iterator[Line]:
    """The adjustments that are due on `day` for closed quarters, by their names, in the order of their lines."""
    said: dict[str, dict[_Key, Line]] = {name: {} for name in current}
    already: dict[tuple[str, _Key], Decimal] = {}
    for line in published:
        if line.rule == CARRIED:
            name, key = _origin(line)
            already[(name, key)] = already.get((name, key), Decimal(0)) + line.points
        elif line.period in said:
            said[line.period][line.key] = line
    for name in sorted(current):
        now = {line.key: line for line in current[name]}
        for key in dict.fromkeys((*said[name], *now)):
            before, after = said[name].get(key), now.get(key)
            was = (before.points if before else Decimal(0)) + already.get((name, key), Decimal(0))
            due = (after.points if after else Decimal(0)) - was
            if due:
                yield _adjustment(before or after, name, was, due, day)


def carried_from(line: Line) -> str:
    """The quarter that an adjustment is about, as `2026-Q3`; empty for any other line."""
    return _origin(line)[0] if line.rule == CARRIED else ""


def _origin(line: Line) -> tuple[str, _Key]:
    _, name, event = line.event.split("/", 2)
    return name, (line.unit, line.item, event)


def _adjustment(line: Line | None, name: str, was: Decimal, due: Decimal, day: date) -> Line:
    if line is None:
        raise ValueError("an adjustment needs a line that was or is")
    label = Period.parse(name).label
    why = f"{label}已经通报，“{line.rule}”这一项原计 {number(was)} 分，现为 {number(was + due)} 分，在本季度补差"
    return replace(
        line,
        date=day,
        period=quarter(day),
        rule=CARRIED,
        share=Decimal(1),
        points=due,
        why=why,
        event=f"carried/{name}/{line.event}",
    )
