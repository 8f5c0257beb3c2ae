"""What happened to the units' items: returned, adopted, sent up, used above, instructed on, not adopted; unit by unit, no more than each may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhibao.check.secrecy import barred
from zhibao.check.subject import Subject
from zhibao.desk.open_proposals import OpenProposal
from zhibao.desk.origins import origins
from zhibao.model.county import County, Item
from zhibao.model.document import Document
from zhibao.model.edition import Edition, Shown
from zhibao.model.identity import Identity
from zhibao.model.published import guarded
from zhibao.model.standing import Standing, State
from zhibao.model.submission import Reason
from zhibao.model.understand import submission
from zhibao.score.earning import instructions_of


class Happening(StrEnum):
    """What may happen to an item, in the order in which a unit wants to hear of it."""

    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ADOPTED = "adopted"
    SENT_UP = "sent-up"
    USED_ABOVE = "used-above"
    INSTRUCTED = "instructed"
    HELD = "held"
    DECLINED = "declined"
    FILED = "filed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, on a day of the county. `reason` is the office's code with the editor's words; `words` say why it was taken back."""

    happening: Happening
    day: date
    level: str = ""
    form: str = ""
    publication: str = ""
    reason: Reason | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An item of a unit. `title` is None where it must not stand in a chat; of a `guarded` one no editor's words either."""

    id: str
    title: str | None
    submitted: date
    guarded: bool = False


@dataclass(frozen=True)
class News:
    """What happened to one item of a unit, or, `compiled`, to one that the office wrote from these of the unit's."""

    items: tuple[Told, ...]
    events: tuple[Event, ...]
    compiled: bool = False


@dataclass(frozen=True)
class UnitNews:
    """All the news of one unit, by its id; what it has to act on first."""

    unit: str
    news: tuple[News, ...]


OF_SOURCES = (
    Happening.WITHDRAWN,
    Happening.ADOPTED,
    Happening.SENT_UP,
    Happening.USED_ABOVE,
    Happening.INSTRUCTED,
)
"""What the units hear of an item that the office wrote from theirs."""
_DECIDED = {
    State.HELD: Happening.HELD,
    State.DECLINED: Happening.DECLINED,
    State.FILED: Happening.FILED,
}


def news_of_days(
    around: County, proposals: Iterable[OpenProposal], wanted: Callable[[date], bool]
) -> list[UnitNews]:
    """What happened on the days that are wanted, in the registry's order of units; units with nothing are left out."""
    found = [(unit, one) for item in around.items for unit, one in _of_item(item, around)]
    found += [(unit, one) for proposal in proposals for unit, one in _of_proposal(proposal, around)]
    kept = []
    for unit, one in found:
        events = tuple(event for event in one.events if wanted(event.day))
        if any(event.happening is not Happening.WAITING for event in events):
            kept.append((unit, replace(one, events=events)))
    return _by_unit(kept, around)


def news_of_item(around: County, proposals: Iterable[OpenProposal], id_: str) -> list[UnitNews]:
    """All that happened to one item, for its units: on the branch, else in a proposal."""
    item = around.item(id_)
    if item:
        return _by_unit(_of_item(item, around), around)
    found = (one for proposal in proposals for one in _of_proposal(proposal, around))
    return _by_unit([(unit, one) for unit, one in found if one.items[0].id == id_], around)


def _of_item(item: Item, around: County) -> Iterator[tuple[str, News]]:
    events = tuple(sorted(dict.fromkeys(events_of(item, around)), key=lambda event: event.day))
    behind = origins(item, around)
    if behind == (item,):
        told = told_of(item, around)
        yield from ((unit, News((told,), sayable(events, told))) for unit in item.submission.units)
        return
    shared = tuple(replace(event, words="") for event in events if event.happening in OF_SOURCES)
    for unit in dict.fromkeys(unit for one in behind for unit in one.submission.units):
        own = tuple(told_of(one, around) for one in behind if unit in one.submission.units)
        yield unit, News(own, shared, compiled=True)


def events_of(item: Item, around: County) -> Iterator[Event]:
    """Everything that is known of an item of the branch."""
    office, review, where = around.registry.office, item.submission.review, item.standing
    if review.withdrawn:
        yield Event(Happening.WITHDRAWN, review.withdrawn.date, words=review.withdrawn.reason)
        return
    if where.state is State.PENDING or where.day is None:
        yield Event(Happening.WAITING, item.submitted_on)
    elif where.state in _DECIDED:
        yield Event(_DECIDED[where.state], where.day, reason=review.reason)
    for use in item.adoptions:
        publication = office.publication(use.publication)
        happening = Happening.ADOPTED
        if use.level != office.level:
            happening = Happening.USED_ABOVE
        elif publication and publication.upward:
            happening = Happening.SENT_UP
        yield Event(happening, use.date, use.level, use.form, use.publication)
    if office.shows(Edition.NETWORK, Shown.INSTRUCTIONS):
        for one in instructions_of(item, around):
            yield Event(Happening.INSTRUCTED, one.date, one.level)


def _of_proposal(proposal: OpenProposal, around: County) -> Iterator[tuple[str, News]]:
    """That its items are returned, or wait; the lead unit hears of it, who has to mend them."""
    said = proposal.returned
    for document in proposal.documents:
        identity = Identity.parse(document.stem)
        if identity is None:
            continue
        day = said.moment.date() if said and said.moment else identity.moment.date()
        reason = Reason.model_construct(code=said.reason, words=said.words or None) if said else None
        event = Event(Happening.RETURNED if said else Happening.WAITING, day, reason=reason)
        told = told_of_proposed(document, identity, around)
        yield identity.unit, News((told,), sayable((event,), told))


def told_of_proposed(document: Document, identity: Identity, around: County) -> Told:
    """A proposed item; without its title where it cannot be understood."""
    written = submission(document)[0]
    if written is None:
        return Told(str(identity), None, identity.moment.date(), guarded=True)
    return told_of(Item(str(identity), identity, document, written, Standing(State.PENDING)), around)


def told_of(item: Item, around: County) -> Told:
    """An item with its title, where the units' edition may say anything of it."""
    read = replace(item, barred=barred(Subject(item.document, item.submission, (), around)))
    closed = guarded(read, around.registry)
    title = None if closed or item.is_withdrawn else item.submission.title
    return Told(item.id, title, item.submitted_on, closed)


def sayable(events: Iterable[Event], told: Told) -> tuple[Event, ...]:
    """The events as they may be told: of a guarded item without the editors' words, which may give it away."""
    if not told.guarded:
        return tuple(events)
    return tuple(
        replace(event, words="", reason=event.reason and event.reason.model_copy(update={"words": None}))
        for event in events
    )


def _by_unit(found: Iterable[tuple[str, News]], around: County) -> list[UnitNews]:
    """The news of each unit but the office's own, what it has to act on first."""
    rank = list(Happening)
    news: dict[str, list[News]] = {}
    for unit, one in found:
        if one.events:
            news.setdefault(unit, []).append(one)
    return [
        UnitNews(
            unit,
            tuple(
                sorted(
                    news[unit],
                    key=lambda one: (
                        min(rank.index(event.happening) for event in one.events),
                        one.events[0].day,
                        one.items[0].id,
                    ),
                )
            ),
        )
        for unit in around.registry.unit_by_id
        if unit in news and not around.registry.is_office(unit)
    ]
