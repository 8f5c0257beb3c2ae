"""The ledger as an edition may show it: lines of its own items one by one, all others summed without saying whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibao.model.county import County
from zhibao.score.closing import carried_from
from zhibao.score.line import ADJUSTMENT, FINDING, SOURCE, Line

OTHER = "其他加分"
"""The rule under which instructions are summed where an edition does not show them."""

_BY_PEOPLE = (FINDING, ADJUSTMENT)
_INSTRUCTION = re.compile(r"(?:carried/[^/]+/)?(?:cap/)?instruction/")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the ledger, or the sum of `number` lines of one unit, quarter and rule that may not be shown singly."""

    period: str
    unit: str
    rule: str
    points: Decimal
    number: int = 1
    date: date | None = None
    item: str | None = None
    level: str = ""
    form: str = ""
    share: Decimal | None = None
    why: str = ""
    about: str = ""
    """The closed quarter that an adjustment is about, as `2026-Q3`; empty for any other line."""


def shown_lines(
    lines: Iterable[Line],
    county: County,
    visible: Collection[str],
    *,
    instructions: bool,
    units: bool,
    reasons: bool,
) -> tuple[ShownLine, ...]:
    """The ledger for an edition in which the items `visible` are published; its points sum to the ledger's.

    A line is summed with others where its item, or a source that its reason names, is not visible; where it pays for an
    instruction in an edition without `instructions`; where it is of no item in an edition that is not for the `units`; and where a person
    gave its reason in an edition without `reasons`.
    """
    single: list[ShownLine] = []
    sums: dict[tuple[str, str, str, str], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
    for line in lines:
        hidden_rule = _pays_for_instruction(line) and not instructions
        open_to_all = line.item in visible if line.item else units
        told = reasons or line.rule not in _BY_PEOPLE
        if not hidden_rule and open_to_all and told and _sources_visible(line, county, visible):
            single.append(_shown(line))
            continue
        key = (line.period, line.unit, OTHER if hidden_rule else line.rule, carried_from(line))
        points, number = sums[key]
        sums[key] = (points + line.points, number + 1)
    summed = [
        ShownLine(period, unit, rule, points, number, about=about)
        for (period, unit, rule, about), (points, number) in sorted(sums.items())
    ]
    return (*single, *summed)


def _pays_for_instruction(line: Line) -> bool:
    """Whether a line, or the line that it caps or carries over, pays for an instruction."""
    return bool(_INSTRUCTION.match(line.event))


def _sources_visible(line: Line, county: County, visible: Collection[str]) -> bool:
    item = county.item(line.item)
    named = item.submission.sources if item and line.why and item.submission.sources else ()
    return (line.rule != SOURCE and not named) or all(source.id in visible for source in named)


def _shown(line: Line) -> ShownLine:
    return ShownLine(
        line.period,
        line.unit,
        line.rule,
        line.points,
        date=line.date,
        item=line.item,
        level=line.level,
        form=line.form,
        share=line.share,
        why=line.why,
        about=carried_from(line),
    )
