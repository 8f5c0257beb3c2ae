"""Several adoptions of one item: what each adds to those before it, as the rules count them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from zhibao.model.policy.earning import Counting, Several
from zhibao.score.wording import number

_NOTHING = Decimal(0)


@dataclass(slots=True)
class Running:
    """What was counted of one item so far. A later adoption never changes what an earlier one earned: it only adds."""

    first: str = ""
    top: Decimal = _NOTHING
    best: dict[str, Decimal] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)

    def take(self, level: str, value: Decimal, several: Several) -> Decimal:
        """What this adoption adds, by the policy on several levels and several publications of a level."""
        before = self.best.get(level)
        gain = value
        if before is not None and several.publications is Counting.FIRST:
            gain = _NOTHING
        elif before is not None and several.publications is Counting.HIGHEST:
            gain = max(_NOTHING, value - before)
        self.best[level] = value if before is None else max(before, value)
        self.first = self.first or level
        total = self.totals[level] = self.totals.get(level, _NOTHING) + gain
        above, self.top = max(_NOTHING, total - self.top), max(self.top, total)
        if several.levels is Counting.HIGHEST:
            return above
        return _NOTHING if several.levels is Counting.FIRST and level != self.first else gain


def several_note(value: Decimal, gain: Decimal, several: Several) -> str:
    """Why an adoption that is worth `value` adds `gain`; empty where it adds all of it."""
    if gain == value:
        return ""
    policies = (several.levels, several.publications)
    if gain == 0 and Counting.FIRST in policies:
        return "；一条信息只计最先的一次，这次不再计"
    return (
        f"；一条信息只计最高的一次，这次补 {number(gain)} 分"
        if gain
        else "；一条信息只计最高的一次，这次不再计"
    )
