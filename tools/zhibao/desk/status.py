"""Where items stand: since when, who owes the next word, what became of each and why; no more than its unit may hear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhibao.desk.news import OF_SOURCES, Event, Happening, Told, events_of, sayable, told_of, told_of_proposed
from zhibao.desk.open_proposals import OpenProposal
from zhibao.desk.origins import origins
from zhibao.desk.queue import queue
from zhibao.desk.waiting import Age, Owes, Stands, Waiting, age_of
from zhibao.model.county import County, Item
from zhibao.model.document import Document
from zhibao.model.identity import Identity
from zhibao.model.standing import State
from zhibao.model.submission import Reason
from zhibao.review.base import Base
from zhibao.review.branch import Branch

OPEN = (Happening.RETURNED, Happening.WAITING, Happening.HELD)
"""The states in which the last word is not spoken, what a unit has to act on first."""


@dataclass(frozen=True)
class ItemStatus:
    """One item: `state` is the last that was decided, `since` its day. `owes` is None where nothing more is to be said.

    `events` are all that happened to it, `used` what happened to items that the office wrote from it. `errors` keep a proposal from being
    merged; `first_error` is one of them, as its proposer may read it.
    """

    told: Told
    units: tuple[str, ...]
    kind: str
    state: Happening
    since: date
    age: Age
    owes: Owes | None
    events: tuple[Event, ...]
    used: tuple[tuple[Event, ...], ...] = ()
    errors: int = 0
    first_error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the last word is not spoken yet."""
        return self.state in OPEN


_STATES = {
    State.PENDING: Happening.WAITING,
    State.HELD: Happening.HELD,
    State.ADOPTED: Happening.ADOPTED,
    State.DECLINED: Happening.DECLINED,
    State.FILED: Happening.FILED,
}
Wanted = Callable[[str, Collection[str], date], bool]
"""Whether an item is asked for: by its id, its units, the day of its arrival."""


def of_item(id_: str) -> Wanted:
    """One item."""
    return lambda id, units, day: id == id_


def of_unit(unit: str, year: int) -> Wanted:
    """All items of a unit, alone or with others, that arrived in a year."""
    return lambda id, units, day: unit in units and day.year == year


def statuses(
    branch: Branch, base: Base, proposals: Sequence[OpenProposal], named: str, wanted: Wanted, now: datetime
) -> list[ItemStatus]:
    """The items that are wanted: the open ones first, then the newest. `named` stands in the text of each of them. Raises git.GitError."""
    around = branch.county(now, only=_about(base, named))
    found = [
        _on_branch(item, around)
        for item in around.items
        if wanted(item.id, item.submission.units, item.submitted_on)
    ]
    concerned = [
        one
        for one in proposals
        if any(named in document.text or named in document.stem for document in one.documents)
    ]
    for waiting in queue(branch, base, concerned, now).waiting if concerned else ():
        document = _document(waiting)
        identity = Identity.parse(waiting.id)
        if document is None or identity is None:
            continue
        units = waiting.item.submission.units if waiting.item else (identity.unit,)
        if wanted(waiting.id, units, identity.moment.date()):
            told = told_of_proposed(document, identity, around)
            found.append(_proposed(waiting, told, units, around))
    found.sort(key=lambda one: one.told.id, reverse=True)
    return sorted(found, key=lambda one: not one.is_open)


def _about(base: Base, named: str) -> set[str]:
    """The ids of items in whose text or name something stands, and of those that the office wrote from its own of them."""
    found: set[str] = set()
    names = {named}
    while names:
        more = {
            id_ for id_, text in base.texts.items() if any(name in id_ or name in text for name in names)
        } - found
        found |= more
        names = {id_ for id_ in more if base.registry.registry.is_office(id_.split("-")[2])}
    return found


def _on_branch(item: Item, around: County) -> ItemStatus:
    told, where = told_of(item, around), item.standing
    state, since = _STATES[where.state], where.day or item.submitted_on
    if item.is_withdrawn and item.submission.review.withdrawn:
        state, since = Happening.WITHDRAWN, item.submission.review.withdrawn.date
    happened = sorted(dict.fromkeys(events_of(item, around)), key=lambda event: event.day)
    return ItemStatus(
        told,
        item.submission.units,
        item.submission.kind,
        state,
        since,
        age_of(since, around.now, around.registry.calendar),
        Owes.EDITOR if state in OPEN else None,
        sayable(happened, told),
        tuple(_uses(item, around)),
    )


def _uses(item: Item, around: County) -> Iterator[tuple[Event, ...]]:
    """What happened to each item that the office wrote from this one."""
    for other in around.items:
        if other.id == item.id or item not in origins(other, around):
            continue
        happened = sorted(dict.fromkeys(events_of(other, around)), key=lambda event: event.day)
        told = tuple(replace(event, words="") for event in happened if event.happening in OF_SOURCES)
        if told:
            yield told


def _proposed(waiting: Waiting, told: Told, units: tuple[str, ...], around: County) -> ItemStatus:
    said = waiting.returned
    reason = Reason.model_construct(code=said.reason, words=said.words or None) if said else None
    state = Happening.RETURNED if said else Happening.WAITING
    event = Event(state, waiting.since.date(), reason=reason)
    return ItemStatus(
        told,
        units,
        waiting.kind,
        state,
        waiting.since.date(),
        age_of(waiting.since.date(), around.now, around.registry.calendar),
        waiting.owes,
        sayable((event,), told),
        errors=len(waiting.errors),
        first_error=waiting.errors[0].message if waiting.errors else "",
    )


def _document(waiting: Waiting) -> Document | None:
    """The file of a proposed item."""
    if waiting.stands is not Stands.PROPOSED or waiting.proposal is None:
        return None
    return next((one for one in waiting.proposal.documents if one.stem == waiting.id), None)
