"""核对单: what one unit checks before a quarter is closed — its items, its points line by line, its figures. No more than the unit may read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from zhibao.model.county import County, Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.period import Period
from zhibao.model.published import Disclosure, disclosure, guarded
from zhibao.model.standing import State
from zhibao.publish.lines import OTHER, ShownLine, shown_lines
from zhibao.publish.matters import ShownMatter, shown_matters
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.line import ADJUSTMENT, FINDING, RULES, Line
from zhibao.score.wording import number, percent

UNTITLED = "（标题不写）"
"""In the place of a title that must not go through a chat; the unit knows the item by its id."""

_NONE = "—"


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item of the unit, or one that it wrote with others. `lead` names another unit that leads it."""

    id: str
    title: str
    kind: str
    submitted: date
    lead: str
    state: State
    decided: date | None
    reason: str
    uses: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and how it is counted."""

    name: str
    value: Decimal | int | str
    formula: str


@dataclass(frozen=True)
class UnitSheet:
    """A unit's sheet. `lines` sum to `points`, whatever of them may not be shown singly."""

    unit: str
    name: str
    period: Period
    figures: tuple[Figure, ...]
    items: tuple[SheetItem, ...]
    lines: tuple[ShownLine, ...]
    matters: tuple[ShownMatter, ...]
    points: Decimal
    titles: Mapping[str, str]
    """The titles of the items that the lines and matters name."""

    @property
    def undecided(self) -> tuple[SheetItem, ...]:
        """The items that the office has not decided on."""
        return tuple(item for item in self.items if item.state is State.PENDING)


def unit_sheets(county: County, found: Statistics, lines: Sequence[Line]) -> Iterator[UnitSheet]:
    """The sheet of each unit of the statistics, group by group. `lines` is the ledger; items that the secrecy checks bar must be barred."""
    for figures in found.units:
        yield _sheet(figures, county, found, lines)


def _sheet(figures: UnitFigures, county: County, found: Statistics, lines: Sequence[Line]) -> UnitSheet:
    registry, unit, period = county.registry, figures.unit, found.period
    own = [line for line in lines if line.unit == unit and line.date in period]
    readable = {
        item.id
        for item in county.items
        if item.unit == unit or disclosure(item, Edition.NETWORK, registry) is Disclosure.WHOLE
    }
    shown = shown_lines(
        own,
        county,
        readable,
        instructions=registry.office.shows(Edition.NETWORK, Shown.INSTRUCTIONS),
        units=True,
        reasons=True,
    )
    spoken = {id_ for id_ in readable if (item := county.item(id_)) and not guarded(item, registry)}
    matters = [
        one for one in shown_matters(registry, lines, spoken) if one.unit == unit and one.day in period
    ]
    kept = tuple(_silenced(line, spoken) for line in shown)
    named = {line.item for line in kept if line.item} | {one.item for one in matters if one.item}
    return UnitSheet(
        unit=unit,
        name=figures.name,
        period=period,
        figures=tuple(_figures(figures, county, dict(found.definitions), shown)),
        items=tuple(_items(unit, period, county, {line.item for line in own})),
        lines=kept,
        matters=tuple(matters),
        points=sum((line.points for line in shown), Decimal(0)),
        titles={
            id_: _title(item, county) for id_ in sorted(named) if (item := county.item(id_)) and id_ in spoken
        },
    )


def _silenced(line: ShownLine, spoken: Collection[str]) -> ShownLine:
    """A line without the words that somebody wrote about a guarded item."""
    if not line.item or line.item in spoken or line.rule not in (FINDING, ADJUSTMENT):
        return line
    return replace(line, why="")


def _figures(
    f: UnitFigures, county: County, formulas: Mapping[str, str], shown: Sequence[ShownLine]
) -> Iterator[Figure]:
    """The figures of the statistics that the units' edition shows, the points with what they are made of."""
    office = county.registry.office
    known = {"待处理": "本期收到、还没有处理结果的条数", **formulas}
    yield from (Figure(name, value, known.get(name, "")) for name, value in _values(f))
    yield from (
        Figure(f"{level}级采用", count, formulas.get("上级采用", ""))
        for level, count in f.adopted_above.items()
    )
    if office.shows(Edition.NETWORK, Shown.INSTRUCTIONS):
        yield Figure("批示", f.instructions, formulas.get("批示", ""))
    if f.commissions_due:
        done = f"到期 {f.commissions_due}，按时完成 {f.commissions_done}"
        yield Figure("约稿", done, formulas.get("约稿", ""))
    if f.quality is not None and office.shows(Edition.NETWORK, Shown.QUALITY):
        yield Figure("质量", f.quality, formulas.get("质量", ""))
    made_of = "，".join(f"{rule} {number(points)}" for rule, points in _by_rule(shown))
    yield Figure("得分", f.points, f"{formulas.get('得分', '')}{made_of and f'：{made_of}'}")
    if f.rank is not None and office.shows(Edition.NETWORK, Shown.RANKS):
        yield Figure("名次", f"{f.group}第 {f.rank}", formulas.get("名次", ""))


def _values(f: UnitFigures) -> Iterator[tuple[str, Decimal | int | str]]:
    yield "任务数", _NONE if f.quota.count is None else f.quota.count
    yield "报送", f.submitted
    yield "待处理", f.undecided
    yield "完成率", percent(f.completion)
    yield "采用", f.adopted
    yield "采用率", percent(f.adoption_rate)
    yield "上报", f.sent_up


def _by_rule(shown: Sequence[ShownLine]) -> Iterator[tuple[str, Decimal]]:
    """The points of each rule, in the order of the ledger's rules."""
    sums: dict[str, Decimal] = {}
    for line in shown:
        sums[line.rule] = sums.get(line.rule, Decimal(0)) + line.points
    for rule in (*RULES, OTHER):
        if rule in sums:
            yield rule, sums[rule]


def _items(unit: str, period: Period, county: County, counted: Collection[str]) -> Iterator[SheetItem]:
    """Of the unit's items those with which something happened in the period; of what others lead, as much as the units' edition shows."""
    for item in county.items:
        if unit not in item.submission.units or not (item.id in counted or _moved_in(item, period)):
            continue
        own = item.unit == unit
        level = disclosure(item, Edition.NETWORK, county.registry)
        if own or level is not Disclosure.NOTHING:
            yield _item(item, county, own=own, whole=own or level is Disclosure.WHOLE)


def _moved_in(item: Item, period: Period) -> bool:
    withdrawn = item.submission.review.withdrawn
    days = (
        item.submitted_on,
        item.standing.day,
        withdrawn.date if withdrawn else None,
        *(one.date for one in item.adoptions),
    )
    return any(day in period for day in days if day)


def _item(item: Item, county: County, *, own: bool, whole: bool) -> SheetItem:
    registry = county.registry
    return SheetItem(
        id=item.id,
        title=_title(item, county) if whole else UNTITLED,
        kind=item.submission.kind,
        submitted=item.submitted_on,
        lead="" if own else registry.unit_name(item.unit, item.submitted_on),
        state=item.state,
        decided=item.standing.day,
        reason=_reason(item, county, told=own or registry.office.shows(Edition.NETWORK, Shown.REASONS)),
        uses="\n".join(f"{one.date} {one.level}级 {one.publication}（{one.form}）" for one in item.adoptions)
        if whole
        else "",
    )


def _title(item: Item, county: County) -> str:
    hidden = item.is_withdrawn or guarded(item, county.registry)
    return UNTITLED if hidden else item.submission.title


def _reason(item: Item, county: County, *, told: bool) -> str:
    """Why it was not adopted or was taken back, as it follows on the state; of a guarded item the code alone, for words may give it away."""
    review = item.submission.review
    silent = guarded(item, county.registry)
    if review.withdrawn:
        return f"；{review.withdrawn.date} 撤下" + ("" if silent else f"：{review.withdrawn.reason}")
    if review.reason is None or item.state is State.ADOPTED or not told:
        return ""
    usual = next((one.words for one in county.registry.office.reasons if one.code == review.reason.code), "")
    words = "" if silent else review.reason.words or usual
    return f"：{review.reason.code}{words and f'，{words}'}"
