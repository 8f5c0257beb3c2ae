"""Statistics and ledger lines as a closed quarter holds them, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhibao.model.notice import Closed, FrozenLine
from zhibao.model.period import Period
from zhibao.score.figures import QuotaShare, Statistics, UnitFigures
from zhibao.score.line import Line

_TABLES = frozenset({"by_kind", "by_level", "adopted_above", "reasons"})


def frozen_lines(lines: Iterable[Line]) -> list[dict[str, str]]:
    """Lines as values: everything is text."""
    return [
        {
            "date": line.date.isoformat(),
            "period": line.period,
            "unit": line.unit,
            "item": line.item,
            "rule": line.rule,
            "level": line.level,
            "form": line.form,
            "share": str(line.share),
            "points": str(line.points),
            "why": line.why,
            "event": line.event,
        }
        for line in lines
    ]


def frozen_figures(values: Any) -> Any:
    """Statistics as `export.record` gives them, with tables as lists of pairs: canonical JSON sorts keys, and theirs have an order."""
    if isinstance(values, list):
        return [frozen_figures(one) for one in values]
    if not isinstance(values, dict):
        return values
    return {
        key: [[name, inner] for name, inner in value.items()] if key in _TABLES else frozen_figures(value)
        for key, value in values.items()
    }


def published_lines(closed: Closed) -> tuple[Line, ...]:
    """The lines of a closed quarter as they were published, carried adjustments included."""
    return tuple(_line(line) for line in closed.notice.lines)


def published_figures(closed: Closed) -> Statistics:
    """The statistics of a closed quarter as they were published."""
    values = closed.notice.figures
    groups = tuple(
        (str(group["group"]), tuple(_figures(unit) for unit in group["units"])) for group in values["groups"]
    )
    totals = _figures(values["totals"])
    return Statistics(
        period=Period.parse(closed.notice.period),
        groups=groups,
        office=_figures(values["office"]),
        totals=totals,
        zero_reports=tuple(values["zero_reports"]),
        zero_adoptions=tuple(values["zero_adoptions"]),
        by_kind=_pairs(values["by_kind"]),
        by_level=dict(values["by_level"]),
        definitions=tuple((one["name"], one["formula"]) for one in values["definitions"]),
    )


def _line(line: FrozenLine) -> Line:
    return Line(
        date=date.fromisoformat(line.date),
        period=line.period,
        unit=line.unit,
        item=line.item,
        rule=line.rule,
        level=line.level,
        form=line.form,
        share=Decimal(line.share),
        points=Decimal(line.points),
        why=line.why,
        event=line.event,
    )


def _figures(values: Mapping[str, Any]) -> UnitFigures:
    return UnitFigures(
        unit=values["unit"],
        name=values["name"],
        group=values["group"],
        quota=QuotaShare(_decimal(values["quota"]["count"]), _decimal(values["quota"]["points"])),
        submitted=values["submitted"],
        undecided=values["undecided"],
        adopted=values["adopted"],
        completion=_decimal(values["completion"]),
        adoption_rate=_decimal(values["adoption_rate"]),
        cohort_rate=_decimal(values["cohort_rate"]),
        sent_up=values["sent_up"],
        adopted_above=dict(values["adopted_above"]),
        instructions=values["instructions"],
        commissions_done=values["commissions_done"],
        commissions_due=values["commissions_due"],
        quality=_decimal(values["quality"]),
        points=Decimal(values["points"]),
        average=_decimal(values["average"]),
        rank=values["rank"],
        change_points=Decimal(values["change_points"]),
        change_rank=values["change_rank"],
        reasons=dict(values["reasons"]),
        by_kind=_pairs(values["by_kind"]),
    )


def _pairs(values: list[Any]) -> dict[str, tuple[int, int]]:
    return {kind: (pair["submitted"], pair["adopted"]) for kind, pair in values}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
