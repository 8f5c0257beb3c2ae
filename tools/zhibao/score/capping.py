"""Caps: where a unit's points for what a cap names go beyond it, a line takes the rest away. Caps never raise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhibao.model.county import County
from zhibao.model.policy.earning import Cap
from zhibao.model.policy.terms import Span
from zhibao.score.conditions import holds
from zhibao.score.earning import Earned
from zhibao.score.line import CAP, Line
from zhibao.score.tariff import condition_words
from zhibao.score.wording import number

_Window = tuple[date, int, str, str]
"""The rules' first day, the cap's place in them, the unit, and the item or the stretch of time."""


def capped(found: Iterable[Earned], county: County) -> Iterator[Line]:
    """The lines that caps add to these, which must be in the order of the ledger. Each takes points away from one line."""
    used: dict[_Window, Decimal] = {}
    for one in found:
        line = one.line
        if line.points <= 0:
            continue
        rules = county.registry.rules_on(line.date)
        meant = [
            (cap, (rules.since, place, line.unit, _stretch(cap, line)))
            for place, cap in enumerate(rules.caps)
            if holds(cap, one.item, one.adoption, county)
        ]
        room = [max(cap.most - used.get(window, Decimal(0)), Decimal(0)) for cap, window in meant]
        kept = min([line.points, *room])
        for _, window in meant:
            used[window] = used.get(window, Decimal(0)) + kept
        if kept < line.points:
            tightest = meant[room.index(min(room))][0]
            yield _taken(line, line.points - kept, tightest)


def _stretch(cap: Cap, line: Line) -> str:
    if cap.per is Span.ITEM:
        return line.item
    first = (line.date.month - 1) // cap.per.months * cap.per.months + 1
    return f"{line.date.year}-{first}"


def _taken(line: Line, over: Decimal, cap: Cap) -> Line:
    why = (
        f"{cap.per.label}最多计 {number(cap.most)} 分（{condition_words(cap)}），超出的 {number(over)} 分不计"
    )
    return replace(line, rule=CAP, points=-over, why=why, event=f"cap/{line.event}")
