"""The view: what one edition may see of the county, and nothing more. Pages, feeds, data and search only ever see this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from zhibao.model.calls import Call
from zhibao.model.county import County, Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.published import Disclosure, disclosure
from zhibao.model.registry import Registry
from zhibao.model.standing import State
from zhibao.publish.issues import LaidOut, laid_out
from zhibao.publish.lines import ShownLine, shown_lines
from zhibao.publish.matters import ShownMatter, shown_matters
from zhibao.score.assessment import Assessment, assessment
from zhibao.score.delays import Delays, delays
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.ledger import ledger
from zhibao.score.line import Line
from zhibao.score.responses import Responses, responses
from zhibao.score.statistics import statistics

LEAST = {Shown.RANKS, Shown.REASONS, Shown.INSTRUCTIONS, Shown.QUALITY}
"""What the open edition never shows, whatever office.yml says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item that is not shown: no word of its title or text."""

    id: str
    units: tuple[str, ...]
    kind: str
    submitted: date
    state: State
    decided: date | None
    reason: str


@dataclass(frozen=True)
class View:
    """One edition of one county. `entries` are the published items, the latest adopted first; `issues` the bulletin's, the latest first."""

    edition: Edition
    registry: Registry
    entries: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]
    lines: tuple[ShownLine, ...]
    as_of: date
    today: date
    """The day of the build, for what is about the present alone: who reports, what may still be answered."""
    calls: tuple[Call, ...]
    periods: tuple[Period, ...]
    qualities: Mapping[str, Decimal]
    issues: tuple[LaidOut, ...]
    matters: tuple[ShownMatter, ...]
    """Objections, answers and adjustments; none in an edition without points and reasons."""
    _county: County = field(repr=False)
    _ledger: tuple[Line, ...] = field(repr=False)

    @property
    def office(self) -> Office:
        """The office's settings."""
        return self.registry.office

    @cached_property
    def adopted(self) -> tuple[Item, ...]:
        """The published items that are adopted: all of them but in the internal edition."""
        return tuple(item for item in self.entries if item.adoptions)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The published items by id."""
        return {item.id: item for item in self.entries}

    @cached_property
    def lines_by_item(self) -> Mapping[str, tuple[ShownLine, ...]]:
        """The lines of each published item, where this edition shows points."""
        found: dict[str, list[ShownLine]] = {}
        for line in self.lines if self.shows(Shown.POINTS) else ():
            if line.item:
                found.setdefault(line.item, []).append(line)
        return {key: tuple(lines) for key, lines in found.items()}

    @cached_property
    def issues_of(self) -> Mapping[str, tuple[LaidOut, ...]]:
        """By the id of an item, the issues of this edition in which it is shown."""
        found: dict[str, tuple[LaidOut, ...]] = {}
        for laid in self.issues:
            for item in laid.items:
                found[item.id] = (*found.get(item.id, ()), laid)
        return found

    def shows(self, what: Shown) -> bool:
        """Whether this edition shows points, ranks, reasons, instructions or quality."""
        if self.edition is Edition.OPEN and what in LEAST:
            return False
        return self.office.shows(self.edition, what)

    def reason_of(self, item: Item) -> str:
        """Why a published item was not adopted, where this edition says so."""
        return _reason(item, self.registry) if self.shows(Shown.REASONS) else ""

    def unit_name(self, unit: str, day: date | None = None) -> str:
        """What a unit is called, on a day or as of the newest data."""
        return self.registry.unit_name(unit, day or self.as_of)

    def statistics(self, period: Period) -> Statistics:
        """The figures of a period; templates ask `shows` before they print points, ranks, reasons or quality."""
        if period not in self._statistics:
            self._statistics[period] = statistics(self._county, period, self.qualities, self._ledger)
        return self._statistics[period]

    def figures(self, unit: str, period: Period) -> UnitFigures | None:
        """One unit's figures, of a year as assessed; None where it did not exist in the period."""
        assessed = self.assessment(period).unit(unit) if period.months == 12 else None
        return assessed.figures if assessed else self.statistics(period).unit(unit)

    def delays(self, period: Period, unit: str = "") -> Delays:
        """How long items took to arrive: a unit's, or those of all units."""
        if period not in self._delays:
            self._delays[period] = delays(self._county, period)
        return self._delays[period].get(unit, Delays())

    def responses(self, period: Period) -> Responses:
        """How long the office took to answer what arrived in a period, as of the newest day in the data."""
        return responses(self._county, period, self.as_of)

    def assessment(self, year: Period) -> Assessment:
        """The year's assessment; templates ask `shows` before they print points and ranks."""
        if year not in self._assessments:
            closed = all(quarter in self.registry.closed for quarter in year.quarters())
            until = (
                year.end if closed else self.as_of
            )  # not the clock's day: the same data gives the same bytes
            self._assessments[year] = assessment(self._county, year, self.statistics, self._ledger, until)
        return self._assessments[year]

    @cached_property
    def _assessments(self) -> dict[Period, Assessment]:
        return {}

    @cached_property
    def _delays(self) -> dict[Period, dict[str, Delays]]:
        return {}

    @cached_property
    def _statistics(self) -> dict[Period, Statistics]:
        return {}


def view(county: County, edition: Edition, qualities: Mapping[str, Decimal] | None = None) -> View:
    """The view of an edition. `qualities` (item id to 质量分) is used only where the edition shows them."""
    registry, earned = county.registry, ledger(county)
    levels = {item.id: disclosure(item, edition, registry) for item in county.items}
    whole = [item for item in county.items if levels[item.id] is Disclosure.WHOLE]
    rest = [item for item in county.items if levels[item.id] is Disclosure.OUTCOME]
    reasons = edition is not Edition.OPEN and registry.office.shows(edition, Shown.REASONS)
    instructions = edition is not Edition.OPEN and registry.office.shows(edition, Shown.INSTRUCTIONS)
    told = reasons and registry.office.shows(edition, Shown.POINTS)
    visible = {item.id for item in whole}
    return View(
        edition=edition,
        registry=registry,
        entries=tuple(sorted(whole, key=lambda item: (shown_on(item), item.id), reverse=True)),
        outcomes=tuple(_outcome(item, registry, reasons=reasons) for item in reversed(rest)),
        lines=shown_lines(
            earned,
            county,
            visible,
            instructions=instructions,
            units=edition is not Edition.OPEN,
            reasons=reasons,
        ),
        as_of=_newest(county),
        today=county.now.date(),
        calls=() if edition is Edition.OPEN else registry.calls,
        periods=_periods(county),
        qualities=dict(qualities or {}),
        issues=_issues(registry, {item.id: item for item in whole}, edition),
        matters=shown_matters(registry, earned, visible) if told else (),
        _county=county,
        _ledger=earned,
    )


def shown_on(item: Item) -> date:
    """The day under which an item is listed: of its first adoption, else of its submission."""
    return item.adopted_on or item.submitted_on


def _outcome(item: Item, registry: Registry, *, reasons: bool) -> Outcome:
    text = _reason(item, registry) if reasons else ""
    units, kind = item.submission.units, item.submission.kind
    return Outcome(item.id, units, kind, item.submitted_on, item.state, item.standing.day, text)


def _reason(item: Item, registry: Registry) -> str:
    """Why an item was not adopted: the code, and the editors' words or the office's own."""
    reason = item.submission.review.reason
    words = {known.code: known.words for known in registry.office.reasons}
    return f"{reason.code}：{reason.words or words.get(reason.code, '')}".rstrip("：") if reason else ""


def _issues(registry: Registry, shown: Mapping[str, Item], edition: Edition) -> tuple[LaidOut, ...]:
    """The issues that an edition has a page for: signed ones of which it shows something; the internal edition has all, drafts first."""
    found = [laid_out(one, shown.get, signed=registry.is_signed(one)) for one in registry.issues]
    kept = [one for one in found if edition is Edition.INTERNAL or (one.signed and one.items)]
    return tuple(sorted(kept, key=lambda one: (issued_on(one) or date.max, one.issue.name), reverse=True))


def issued_on(laid: LaidOut) -> date | None:
    """The day on which an issue was signed; None for a draft."""
    return laid.issue.bulletin.signed if laid.signed else None


def _newest(county: County) -> date:
    """The newest day in the data: the site says “as of” this, so that building it again gives the same bytes; before there are data, today."""
    days = [item.submitted_on for item in county.items]
    days += [adoption.date for item in county.items for adoption in item.adoptions]
    days += [item.standing.day for item in county.items if item.standing.day]
    days += [one.bulletin.signed for one in county.registry.issues if one.bulletin.signed]
    return max((day for day in days if day <= county.now.date()), default=county.now.date())


def _periods(county: County) -> tuple[Period, ...]:
    """Every quarter from the first item to the newest day, and every year, the latest first."""
    last = Period.quarter_of(_newest(county))
    first = min((Period.quarter_of(item.submitted_on) for item in county.items), default=last)
    quarters, current = [], last
    while current >= first:
        quarters.append(current)
        current = current.before
    years = sorted({quarter.year for quarter in quarters}, reverse=True)
    return (*(Period(year, 1, 12) for year in years), *quarters)
