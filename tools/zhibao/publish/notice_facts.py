"""What the quarterly notice (通报) is made of: the quarter's statistics, and from the same county what stands behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.model.calls import Call
from zhibao.model.county import County, Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.registry import Registry
from zhibao.model.rules import Rules
from zhibao.publish.lines import ShownLine, shown_lines
from zhibao.score.commissions import Commission, commissions
from zhibao.score.counting import counts_as_submitted
from zhibao.score.delays import Delays, delays, urgent_delays
from zhibao.score.earning import counted_on
from zhibao.score.figures import Statistics
from zhibao.score.line import Line


@dataclass(frozen=True, slots=True)
class UsedAbove:
    """One use of an item by a level above (条次)."""

    day: date
    level: str
    units: str
    title: str
    publication: str
    form: str


@dataclass(frozen=True)
class NoticeFacts:
    """One quarter. `until` is the last day that is counted, `before` the quarter before: None where nothing was reported in it, or this one is not over.

    `lines` are the quarter's, those of items that the units may not read summed; `titles` are those of the others, by id.
    `urgent_timed` counts urgent items that say when it happened, `urgent_late` the late ones of them by unit id. `calls` are
    those open in the quarter after, of the newest registry. `shows` is what the network edition shows: a notice goes to the same readers.
    """

    period: Period
    closed: bool
    until: date
    office: Office
    rules: Rules
    figures: Statistics
    before: Statistics | None
    commissions: tuple[Commission, ...]
    delays: Delays
    above: tuple[UsedAbove, ...]
    lines: tuple[ShownLine, ...]
    titles: Mapping[str, str]
    urgent_timed: int
    urgent_late: Mapping[str, int]
    calls: tuple[Call, ...]
    names: Mapping[str, str]
    shows: frozenset[Shown]

    def name(self, unit: str) -> str:
        """What a unit was called on the last day of the quarter; its id where it is not registered."""
        return self.names.get(unit, unit)


def notice_facts(
    county: County,
    figures: Statistics,
    before: Statistics,
    lines: Collection[Line],
    named: Collection[str],
    today: Registry,
    *,
    closed: bool,
) -> NoticeFacts:
    """The facts of the quarter of `figures`. `lines` are the ledger's; `named` are the ids of items that the units may read.

    `county` is that of the closing, where the quarter is closed; `today` is the registry that says who sends the notice now,
    what its readers are shown and what is asked of them next.
    """
    registry, period = county.registry, figures.period
    later = Period.quarter_of(period.passed.date())
    timed = [
        found
        for found in urgent_delays(county)
        if found.item.submitted_on in period
        and counts_as_submitted(found.item, county)
        and not registry.is_office(found.item.unit)
    ]
    shows = frozenset(what for what in Shown if today.office.shows(Edition.NETWORK, what))
    own = tuple(line for line in lines if line.date in period)
    return NoticeFacts(
        period=period,
        closed=closed,
        until=min(period.end, county.now.date()),
        office=today.office,
        rules=registry.rules_on(period.end),
        figures=figures,
        before=before if before.totals.submitted and county.now.date() >= period.end else None,
        commissions=tuple(
            one
            for one in commissions(county, period.end)
            if one.call.due in period and not registry.is_office(one.unit)
        ),
        delays=delays(county, period).get("", Delays()),
        above=tuple(_above(county, period, named)),
        lines=_lines(own, county, named, shows),
        titles={id_: county.by_id[id_].submission.title for id_ in sorted(named) if id_ in county.by_id},
        urgent_timed=len(timed),
        urgent_late=Counter(found.item.unit for found in timed if found.is_late),
        calls=tuple(
            sorted(
                (call for call in today.calls if call.due >= later.start and call.since <= later.end),
                key=lambda call: (call.due, call.id),
            )
        ),
        names={unit.id: unit.name_on(period.end) for unit in registry.units},
        shows=shows,
    )


def _lines(
    lines: Collection[Line], county: County, named: Collection[str], shows: Collection[Shown]
) -> tuple[ShownLine, ...]:
    if Shown.POINTS not in shows:
        return ()
    return shown_lines(
        lines,
        county,
        named,
        instructions=Shown.INSTRUCTIONS in shows,
        units=True,
        reasons=Shown.REASONS in shows,
    )


def _above(county: County, period: Period, named: Collection[str]) -> Iterator[UsedAbove]:
    """The uses above in the quarter of items that the units may read, the higher level first, then by day.

    Of the others nothing is told but that they were counted: not the day, not the publication.
    """
    office = county.registry.office
    found = [
        (office.level_rank(adoption.level), counted_on(adoption, county), item, adoption)
        for item in county.items
        if item.id in named and not item.is_withdrawn
        for adoption in item.adoptions
        if adoption.level in office.levels[1:] and counted_on(adoption, county) in period
    ]
    for _, day, item, adoption in sorted(found, key=lambda one: (-one[0], one[1], one[2].id)):
        yield UsedAbove(
            day=day,
            level=adoption.level,
            units=_units(item, county, period),
            title=item.submission.title,
            publication=adoption.publication,
            form=adoption.form,
        )


def _units(item: Item, county: County, period: Period) -> str:
    return "、".join(county.registry.unit_name(unit, period.end) for unit in item.submission.units)
