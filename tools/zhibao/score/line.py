"""A line of the ledger: points of one unit from one event, and the names of the rules that lines come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from zhibao.model.period import Period
from zhibao.score.shares import CENT

ADOPTION = "采用计分"
SOURCE = "来源分成"
INSTRUCTION = "批示加分"
BONUS = "奖励加分"
DECISION = "未采用计分"
CAP = "封顶"
BASE = "基础分"
COMMISSION = "约稿扣分"
LATE = "迟报扣分"
SHORTFALL = "任务扣分"
RATE = "采用率扣分"
FINDING = "认定扣分"
ADJUSTMENT = "调整"
CARRIED = "跨期调整"
ZEROED = "全年计零分"
"""Not in the ledger: the line by which the annual assessment makes a year nothing."""

RULES = (
    ADOPTION, SOURCE, INSTRUCTION, BONUS, DECISION, CAP, BASE, COMMISSION, LATE, SHORTFALL, RATE, FINDING, ADJUSTMENT, CARRIED,
)  # fmt: skip
"""Every rule, in the order in which lines of one day and item stand."""

_ORDER = {rule: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one unit from one event.

    `period` is the quarter (`2026-Q3`), `share` is 0 to 1, `points` has two places. `item` is empty where a line is of no item, `level` and
    `form` where they say nothing. `event` names what happened: unit, item and event together name a line, whatever it is worth.
    `why` tells it in Chinese without the item's title, another item's id or a leader's name.
    """

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
    event: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the line."""
        return self.unit, self.item, self.event


def plain_line(
    day: date, unit: str, rule: str, points: Decimal, why: str, event: str, item: str = ""
) -> Line:
    """A line that is no adoption and is the unit's alone. `points` are rounded half up."""
    rounded = points.quantize(CENT, ROUND_HALF_UP)
    return Line(day, quarter(day), unit, item, rule, "", "", Decimal(1), rounded, why, event)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines by date and item, then in the order of the rules; else as they came."""
    return sorted(lines, key=lambda line: (line.date, line.item, _ORDER[line.rule]))


@lru_cache(maxsize=4096)
def quarter(day: date) -> str:
    """The quarter of a day, as lines write it."""
    return str(Period.quarter_of(day))
