"""单位: the list of information stations, and a page for each: the trail by quarter, its items, its points line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zhibao.model.county import Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.period import Period
from zhibao.model.standing import State
from zhibao.model.units import Unit
from zhibao.publish import charting
from zhibao.publish.charting import Chart
from zhibao.publish.lines import ShownLine
from zhibao.publish.page import Page
from zhibao.publish.pages.places import item_uri
from zhibao.publish.render import page
from zhibao.publish.view import Outcome, View, shown_on
from zhibao.score import assessment_words
from zhibao.score.assessment import UnitYear
from zhibao.score.figures import UnitFigures


def pages(view: View) -> Iterator[Page]:
    """The list, then a page a unit."""
    yield _list(view)
    for unit in view.registry.units:
        yield _unit(view, unit)


def _list(view: View) -> Page:
    year = Period.year_of(view.as_of)
    found, assessed = view.statistics(year), view.assessment(year)
    groups = [
        (group, [(f.unit, f.name, f.adopted, f.points) for f in (one.figures for one in members)])
        for group, members in assessed.groups
    ]
    office = found.office
    groups.append(("办公室", [(office.unit, office.name, office.adopted, office.points)]))
    return page(view, "units", "units/index", "单位", groups=groups, count=len(found.units))


def _unit(view: View, unit: Unit) -> Page:
    day, year = view.as_of, view.as_of.year
    trail = [(p, f) for p in _periods(view, year) if (f := view.figures(unit.id, p)) is not None]
    name = unit.name_on(day)
    items = [item for item in view.entries if unit.id in item.submission.units]
    return page(
        view,
        "unit",
        f"units/{unit.id}",
        name,
        description=f"{name}的信息报送：各季度报送、采用情况和采用的信息。",
        group=unit.group_on(day),
        sector=unit.sector_on(day),
        people=view.edition is not Edition.OPEN,
        supervisor=unit.supervisor_on(day).name,
        officers="、".join(officer.name for officer in unit.officers_on(day)) or "（暂缺）",
        former="、".join(past for past in unit.names() if past != name),
        year=year,
        charts=[chart for chart in _charts(view, unit, trail) if chart],
        assessed=_assessed(view, unit.id),
        words=assessment_words,
        trail=trail,
        above=view.office.levels[1:],
        by_quarter=[
            (p, list(group))
            for p, group in groupby(items, key=lambda item: Period.quarter_of(shown_on(item)))
        ],
        results=_results(view, unit.id, items),
        answer=view.office.answer,
        points=_points(view, unit.id),
        uri_of=item_uri,
    )


OPEN = (State.PENDING, State.HELD)
"""The states that wait for the editors' word."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item: `item` where the edition shows it, else its id alone. `days` are working days until the decision, or so far."""

    id: str
    kind: str
    submitted: date
    state: State
    decided: date | None
    days: int
    reason: str
    item: Item | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for the editors' word."""
        return self.state in OPEN


def _results(view: View, unit: str, items: list[Item]) -> list[Result]:
    """What became of each item of a unit, what waits first, then the newest; for the units, not for the world."""
    if view.edition is Edition.OPEN:
        return []
    found = [
        _result(
            view,
            Outcome(
                one.id,
                (),
                one.submission.kind,
                one.submitted_on,
                one.state,
                one.standing.day,
                view.reason_of(one),
            ),
            one,
        )
        for one in items
    ]
    found += [_result(view, one) for one in view.outcomes if unit in one.units]
    found.sort(key=lambda one: one.id, reverse=True)
    return sorted(found, key=lambda one: not one.is_open)


def _result(view: View, one: Outcome, item: Item | None = None) -> Result:
    until = view.as_of if one.decided is None or one.state in OPEN else one.decided
    days = view.registry.calendar.working_days(one.submitted, until)
    return Result(one.id, one.kind, one.submitted, one.state, one.decided, days, one.reason, item)


def _charts(view: View, unit: Unit, trail: list[tuple[Period, UnitFigures]]) -> Iterator[Chart | None]:
    year = next(((period, figures) for period, figures in trail if period.months == 12), None)
    quarters = [(period, figures) for period, figures in reversed(trail) if period.months == 3]
    if year is None:
        return
    label = f"{unit.name_on(view.as_of)}{year[0].label}"
    yield charting.quarters(quarters, label, points=view.shows(Shown.POINTS))
    by = view.registry.rules_on(year[0].end).completion
    yield charting.fulfilment(quarters, label, by, view.as_of)
    yield charting.kinds(year[1], label)
    yield charting.levels(year[1], view.office, label)
    yield charting.timeliness(view.delays(year[0], unit.id), label)


def _assessed(view: View, unit: str) -> list[tuple[Period, UnitYear]]:
    """The years of which the assessment has more to say than the sum of the quarters, where this edition may say it."""
    years = [period for period in view.periods if period.months == 12 and view.shows(Shown.RANKS)]
    found = [(year, one) for year in years if (one := view.assessment(year).unit(unit))]
    return [(year, one) for year, one in found if one.award or one.barred or one.zeroed]


def _periods(view: View, year: int) -> list[Period]:
    return [period for period in view.periods if period.year == year]


def _points(view: View, unit: str) -> list[tuple[Period, list[ShownLine]]]:
    """The unit's lines, quarter by quarter, the latest first."""
    own = sorted(
        (line for line in view.lines if line.unit == unit), key=lambda line: line.period, reverse=True
    )
    return [
        (Period.parse(period), list(lines)) for period, lines in groupby(own, key=lambda line: line.period)
    ]
