"""A proposal: what it changes against the merge base, item by item, and whose it is. Everything in it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zhibao.model.actors import Actor
from zhibao.model.areas import Area, area_of
from zhibao.model.document import Document
from zhibao.model.entry import Entry
from zhibao.model.identity import Identity
from zhibao.model.permissions import Change, Stage
from zhibao.model.registry import Registry
from zhibao.model.standing import State


@dataclass(frozen=True, slots=True)
class Touched:
    """One path that differs between the merge base (`old`) and the head (`new`); one of them may be None."""

    path: str
    old: Entry | None
    new: Entry | None

    @property
    def area(self) -> Area:
        """What the path is."""
        return area_of(self.path)

    @property
    def change(self) -> Change:
        """What happens to it."""
        if self.old is None:
            return Change.ADD
        return Change.EDIT if self.new else Change.DELETE


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """When a proposal first brought an item, in the county's time. `claimed`: by the proposer's own clock, not the forge's."""

    moment: datetime
    claimed: bool


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What a proposal does to one item. `before` is the merge base's document, `after` the head's.

    `stage` and `state` are those of the base's tip, so that what was decided meanwhile counts. `seen` is None where the item
    is not new, or was looked at before.
    """

    id: str
    path: str
    change: Change
    stage: Stage
    state: State
    before: Document | None = None
    after: Document | None = None
    seen: FirstSeen | None = None

    @property
    def unit(self) -> str:
        """The unit whose item it is: by the id, which never changes; else as the file says."""
        identity = Identity.parse(self.id)
        if identity:
            return identity.unit
        said = (self.before or self.after or _NOTHING).get("unit")
        return said if isinstance(said, str) else ""


_NOTHING = Document("")


@dataclass(frozen=True)
class Proposal:
    """Everything that the checks of proposals look at. `registry` is the base's; `now` the county's wall clock.

    `total` counts all changed paths; where there are too many, `touched` and `items` are empty. `taken` holds every path of the base
    by its case-folded form. `adds_officers`: the roster of units changes by officers added, and by nothing else.
    """

    actor: Actor
    registry: Registry
    now: datetime
    total: int
    touched: tuple[Touched, ...] = ()
    items: tuple[ItemChange, ...] = ()
    taken: Mapping[str, str] | None = None
    adds_officers: bool = False
