"""An issue as it is laid out: its sections, and of each item its place; what may not be shown leaves its number only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from zhibao.model.bulletins import Issue
from zhibao.model.county import Item


@dataclass(frozen=True, slots=True)
class Placed:
    """An item's place in its issue, counted from 1 through all sections; `item` is None where it is left out."""

    number: int
    item: Item | None


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading (栏目). The heading is empty where there is none, and where nothing of the section is shown."""

    heading: str
    entries: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An issue with its items found. `signed` is False for a draft."""

    issue: Issue
    signed: bool
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that are shown, in their order."""
        return tuple(one.item for section in self.sections for one in section.entries if one.item)

    @property
    def left_out(self) -> int:
        """How many items are not shown."""
        return sum(one.item is None for section in self.sections for one in section.entries)


def laid_out(issue: Issue, find: Callable[[str], Item | None], *, signed: bool) -> LaidOut:
    """An issue with its items. `find` gives an item that may be shown; of those, what is withdrawn or no longer adopted is left out too."""
    return LaidOut(issue, signed, tuple(_sections(issue, find)))


def _sections(issue: Issue, find: Callable[[str], Item | None]) -> Iterator[Section]:
    number, heading = 0, ""
    for is_heading, lines in groupby(issue.bulletin.items, key=lambda line: line.heading is not None):
        if is_heading:
            heading = [line.heading or "" for line in lines][-1]
            continue
        entries = []
        for line in lines:
            number += 1
            entries.append(Placed(number, _standing(find(line.id or ""))))
        yield Section(heading if any(one.item for one in entries) else "", tuple(entries))
        heading = ""


def _standing(item: Item | None) -> Item | None:
    return item if item and item.adoptions and not item.is_withdrawn else None
