"""Appraise items: the 质量分 with the search for near-duplicates behind it, and the lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhibao.model.county import Item
from zhibao.repo.county_files import CountyReading, novelty_index
from zhibao.score.ledger import ledger
from zhibao.score.line import Line
from zhibao.score.quality import Quality, quality


@dataclass(frozen=True)
class Appraisal:
    """One item's two scores: quality with its parts, and every line that it earned for any unit."""

    item: Item
    quality: Quality
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Points of all its lines."""
        return sum((line.points for line in self.lines), Decimal(0))


def appraise(
    reading: CountyReading, items: Iterable[Item], lines: Sequence[Line] | None = None
) -> list[Appraisal]:
    """The appraisals of these items of a county, in their order; `lines` is the ledger where it is made already."""
    county = reading.county
    index = novelty_index(reading.tree, reading.entries)
    earned: dict[str, list[Line]] = {}
    for line in ledger(county) if lines is None else lines:
        earned.setdefault(line.item, []).append(line)
    return [
        Appraisal(
            item,
            quality(item, county, index.resemblances(item.id, item.document.text)),
            tuple(earned.get(item.id, ())),
        )
        for item in items
    ]
