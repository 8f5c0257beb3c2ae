"""A row of a list from above and the items that it may mean: by unit, by time, by likeness; the doubtful is offered, never taken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from zhibao.desk.likeness import Likeness
from zhibao.desk.origins import origins
from zhibao.desk.reported_uses import ReportedUse
from zhibao.desk.unit_names import NamedUnits, UnitNames
from zhibao.desk.use_dates import When
from zhibao.model.county import County, Item
from zhibao.model.standing import State

SURE, MARGIN = 0.3, 0.08
"""Likeness from which a match is sure, and how much less alike the next item has to be."""
POSSIBLE = 0.15
"""Likeness from which a match is worth a look."""
LONGEST_WAY = 366
"""Days that an item may have been submitted before it was used."""
MOST_OFFERED, LEAST_OFFERED = 3, 0.1
"""Other items that are offered beside the best, and how alike they are at least."""

_EACH_UNIT = 0.05
_Issue: TypeAlias = "tuple[str, When | None]"
_CANDIDATES = (State.ADOPTED, State.HELD, State.PENDING)


class Sureness(StrEnum):
    """How sure a match is: taken to be right, worth a look, or none found."""

    SURE = "很像"
    POSSIBLE = "可能"
    NONE = "待查"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a row may mean, and how alike they are (0 to 1)."""

    item: Item
    likeness: float


@dataclass(frozen=True)
class Match:
    """A row and what it was matched with: `best` are the items that it most likely means, one for each unit where it names several."""

    use: ReportedUse
    sureness: Sureness
    best: tuple[Candidate, ...] = ()
    others: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()


def matches(uses: Iterable[ReportedUse], around: County) -> list[Match]:
    """What each row means, in their order. Items that were refused or taken back are never meant."""
    rows = list(uses)
    finder = _Finder(around, [use.title for use in rows])
    return list(_once_each([finder.match(use) for use in rows]))


class _Finder:
    """The items of a county that may be meant, ready to be searched."""

    def __init__(self, around: County, titles: Sequence[str]) -> None:
        registry = around.registry
        self._county = around
        self._names = UnitNames(registry)
        self._items = {
            item.id: item for item in around.items if item.state in _CANDIDATES and not item.is_withdrawn
        }
        self._units = {id_: _units(item, around) for id_, item in self._items.items()}
        self._by_day = sorted((item.submitted_on, id_) for id_, item in self._items.items())
        ignored = {registry.office.county, *(name for unit in registry.units for name in unit.names())}
        self._likeness = Likeness(self._items.values(), titles, ignored)

    def match(self, use: ReportedUse) -> Match:
        """The match of one row."""
        named = self._names.named(use.unit)
        if named.is_elsewhere:
            return Match(use, Sureness.NONE, notes=(*use.notes, "不是本县的单位"))
        timely = self._timely(use)
        alone = () if named.county else named.ids
        rankings = [self._ranked(use, timely, unit, named.ids) for unit in alone or ("",)]
        best = _best(rankings)
        sure = not named.unknown and all(map(_is_sure, rankings))
        sureness = Sureness.NONE if not best else Sureness.SURE if sure else Sureness.POSSIBLE
        notes = (*use.notes, *self._about_units(named, alone, rankings))
        return Match(use, sureness, best, _others(rankings, best), notes)

    def _ranked(self, use: ReportedUse, ids: Set[str], unit: str, named: Sequence[str]) -> list[Candidate]:
        """The most alike of a unit's items (of all where none is given); one of several units that are named comes earlier."""
        own = {id_ for id_ in ids if unit in self._units[id_]} if unit else ids
        found = [
            Candidate(self._items[id_], likeness) for likeness, id_ in self._likeness.ranked(use.title, own)
        ]
        return sorted(
            found, key=lambda one: -one.likeness - _EACH_UNIT * len(self._units[one.item.id] & set(named))
        )

    def _timely(self, use: ReportedUse) -> Set[str]:
        """The items that were there when it was used, and not too long."""
        last = use.when.last if use.when else self._county.now.date()
        first = date.fromordinal(max(last.toordinal() - LONGEST_WAY, 1))
        start, end = bisect_left(self._by_day, (first, "")), bisect_left(self._by_day, (last, "~"))
        return {id_ for _, id_ in self._by_day[start:end]}

    def _about_units(
        self, named: NamedUnits, alone: Sequence[str], rankings: Sequence[Sequence[Candidate]]
    ) -> Iterator[str]:
        yield from (f"“{part[:40]}”不是登记的单位，或分不清是哪一个" for part in named.unknown)
        for unit, ranking in zip(alone, rankings, strict=False):
            if len(alone) > 1 and (not ranking or ranking[0].likeness < POSSIBLE):
                name = self._county.registry.unit_name(unit, self._county.now.date())
                yield f"{name}没有找到像的"


def _units(item: Item, around: County) -> frozenset[str]:
    """Whose item it is, or whose items it was written from."""
    return frozenset(unit for one in (item, *origins(item, around)) for unit in one.submission.units)


def _best(rankings: Iterable[Sequence[Candidate]]) -> tuple[Candidate, ...]:
    """The first of each ranking; not an item beside the one that was written from it, which pays it."""
    first = {ranking[0].item.id: ranking[0] for ranking in rankings if ranking}
    kept = [one for one in first.values() if one.likeness >= POSSIBLE]
    within = {source.id for one in kept for source in one.item.submission.sources}
    return tuple(one for one in kept if one.item.id not in within)


def _is_sure(ranking: Sequence[Candidate]) -> bool:
    if not ranking or ranking[0].likeness < SURE:
        return False
    return all(ranking[0].likeness - other.likeness >= MARGIN for other in ranking[1:2])


def _others(rankings: Iterable[Sequence[Candidate]], best: Sequence[Candidate]) -> tuple[Candidate, ...]:
    taken = {one.item.id for one in best}
    rest = {one.item.id: one for ranking in rankings for one in ranking if one.item.id not in taken}
    likely = sorted(rest.values(), key=lambda one: (-one.likeness, one.item.id))
    return tuple(one for one in likely[:MOST_OFFERED] if one.likeness >= LEAST_OFFERED)


def _issue(use: ReportedUse) -> _Issue:
    """What two rows of one issue have in common."""
    return use.publication, use.when


def _once_each(found: Sequence[Match]) -> Iterator[Match]:
    """Two rows of one issue do not mean one item: the less alike is only possible."""
    closest: dict[tuple[_Issue, str], tuple[float, int]] = {}
    for match in found:
        for one in match.best:
            place = _issue(match.use), one.item.id
            closest[place] = max(closest.get(place, (0.0, 0)), (one.likeness, -match.use.line))
    for match in found:
        nearer = [-closest[_issue(match.use), one.item.id][1] for one in match.best]
        lines = [line for line in nearer if line != match.use.line]
        if not lines:
            yield match
            continue
        notes = (*match.notes, *(f"第 {line} 行更像这一条" for line in lines))
        sureness = Sureness.POSSIBLE if match.sureness is Sureness.SURE else match.sureness
        yield replace(match, sureness=sureness, notes=notes)
