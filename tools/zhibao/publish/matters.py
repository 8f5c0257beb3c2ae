"""Objections, answers and adjustments as readers see them: one row a matter, with what it came to in points."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.adjustments import Adjustment
from zhibao.model.registry import Registry
from zhibao.score.line import Line
from zhibao.score.wording import number


@dataclass(frozen=True, slots=True)
class ShownMatter:
    """One matter of a unit, of the quarter that `day` lies in. `item` is empty where it is of no item; `points` None where none are given or taken."""

    unit: str
    day: date
    item: str
    reason: str
    objection: str
    answer: str
    outcome: str
    points: Decimal | None
    waits: bool
    """Whether the office still owes an answer or an approval."""


def shown_matters(
    registry: Registry, lines: Iterable[Line], visible: Collection[str]
) -> tuple[ShownMatter, ...]:
    """Every matter that is of no item, or of one of these, by day and the name of its file."""
    points: dict[str, Decimal] = {}
    for line in lines:
        event = line.event.split("/", 2)[2] if line.event.startswith("carried/") else line.event
        if event.startswith(("adjustment/", "finding/")):
            name = event.partition("/")[2]
            points[name] = points.get(name, Decimal(0)) + line.points
    found = [
        (one.date, name, _shown(one, registry, points.get(name)))
        for name, one in registry.adjustments.items()
        if one.item is None or one.item in visible
    ]
    return tuple(shown for _, _, shown in sorted(found, key=lambda row: row[:2]))


def _shown(one: Adjustment, registry: Registry, points: Decimal | None) -> ShownMatter:
    said, answer = one.objection, one.answer
    objection = (
        f"{said.date} {said.by}{f'（{said.line}）' if said.line else ''}：{said.words}" if said else ""
    )
    answered = f"{answer.date} {_name(registry, answer.by)}：{answer.words}" if answer else ""
    outcome = _outcome(one, registry, points)
    given = points if one.counts else None
    return ShownMatter(
        one.unit, one.date, one.item or "", one.reason, objection, answered, outcome, given, one.waits
    )


def _outcome(one: Adjustment, registry: Registry, points: Decimal | None) -> str:
    """What came of it, in a few words."""
    if one.counts:
        found = f"认定{one.finding}，" if one.finding else ""
        value = points or Decimal(0)
        return f"{found}{'加' if value > 0 else '扣'} {number(abs(value))} 分（{_name(registry, one.approver)}批准）"
    if one.decides:
        return "等批准，还没有计分"
    return "等答复" if one.waits else "维持原来的数字"


def _name(registry: Registry, account: str | None) -> str:
    editor = registry.editor(account) if account else None
    return editor.name if editor else account or ""
