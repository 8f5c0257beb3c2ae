"""What waits for somebody's word: an item or a proposal, whose word it is, since when, and how long that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zhibao.desk.open_proposals import OpenProposal, Returned
from zhibao.model.calendar import Calendar
from zhibao.model.county import Item
from zhibao.model.finding import Finding
from zhibao.model.standing import Doubt


class Owes(StrEnum):
    """Whose word is the next."""

    EDITOR = "editor"
    UNIT = "unit"
    MAINTAINER = "maintainer"


class Stands(StrEnum):
    """Where it is: proposed; on the branch without a decision; on the branch, held."""

    PROPOSED = "proposed"
    PENDING = "pending"
    HELD = "held"


@dataclass(frozen=True)
class Waiting:
    """One matter that waits: an item that is undecided, or a proposal of something else, which has no `id`.

    `since` is when the word that is owed began to be, `arrived` when the matter first came; both in the county's time, never later than
    now, and the proposer's own claim where no forge vouches for them. `errors` are what keeps a proposal from being merged.
    """

    id: str
    stands: Stands
    owes: Owes
    since: datetime
    arrived: datetime
    unit: str
    title: str
    kind: str = ""
    urgent: bool = False
    proposal: OpenProposal | None = None
    returned: Returned | None = None
    errors: tuple[Finding, ...] = ()
    doubt: Doubt | None = None
    item: Item | None = None
    """The item as far as it can be understood."""

    @property
    def is_claimed(self) -> bool:
        """Whether its times are nobody's word but the proposer's."""
        return self.proposal is not None and self.proposal.first_seen is None

    @property
    def rank(self) -> tuple[bool, datetime, str]:
        """For sorting: urgent before all others, then who waits longest."""
        return not self.urgent, self.since, self.id or self.title


@dataclass(frozen=True, slots=True)
class Age:
    """How long something has waited: days of the calendar, and working days of the county's."""

    days: int
    working_days: int


def age_of(since: date, now: datetime, calendar: Calendar) -> Age:
    """How long something has waited that began to wait on a day; the day itself does not count."""
    return Age((now.date() - since).days, calendar.working_days(since, now.date()))
