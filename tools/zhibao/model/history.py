"""What Git says of an item: when it reached the office's branch, and who brought it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Signature:
    """A name and an e-mail address as a commit gives them: a claim, until the registry knows the address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first commit of the branch's first-parent line that brought an item in.

    `moment` is the commit's time in the county's zone; `merged_by` the author of the merge, None where it was no merge.
    `blob` is the object id of the item's file as it arrived.
    """

    commit: str
    moment: datetime
    blob: str
    merged_by: Signature | None = None


class Reach(StrEnum):
    """How far the history can be read."""

    WHOLE = "whole"
    UNREAD = "unread"
    """Nothing asked for it: every item is an archive's."""
    SHALLOW = "shallow"
    UNBORN = "unborn"
    NO_BRANCH = "no-branch"
    NO_REPOSITORY = "no-repository"


@dataclass(frozen=True, slots=True)
class History:
    """All arrivals on one branch, by submission id.

    Where `reach` is not WHOLE there are no arrivals: a wrong date is worse than none.
    """

    branch: str
    reach: Reach = Reach.NO_REPOSITORY
    tip: str = ""
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
