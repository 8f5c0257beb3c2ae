"""A landing: one step of the office's branch, a merge or a direct push, as its commit tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhibao.model.history import Signature
from zhibao.model.proposal import Touched


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit of the branch's first-parent line, with what it changed against its first parent.

    `moment` is when it was committed, in the county's time; None for a time that no calendar has. Names, addresses and times are claims.
    """

    commit: str
    parents: tuple[str, ...]
    moment: datetime | None
    author: Signature
    committer: Signature
    subject: str
    touched: tuple[Touched, ...] = ()

    @property
    def is_merge(self) -> bool:
        """Whether it merged something."""
        return len(self.parents) > 1
