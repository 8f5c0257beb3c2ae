"""The id of a submission: when it was submitted and by whom; `20261012-0931-daba`, and its one place in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

UNIT_ID = re.compile(r"[a-z][a-z0-9]{0,31}")
SUBMISSIONS = "submissions"

ID_PATTERN = r"(\d{8})-(\d{4})-([a-z][a-z0-9]{0,31})(?:-([2-9]|[1-9][0-9]))?"
_ID = re.compile(ID_PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True)
class Identity:
    """An id taken apart. `number` is 1 but for a unit's second item of the same minute (2), third (3) …"""

    moment: datetime
    unit: str
    number: int = 1

    def __str__(self) -> str:
        """The id as it is written."""
        tail = "" if self.number == 1 else f"-{self.number}"
        return f"{self.moment:%Y%m%d-%H%M}-{self.unit}{tail}"

    @property
    def path(self) -> str:
        """Where the item's file first stands, relative to the repository."""
        return f"{SUBMISSIONS}/{self.moment:%Y/%m}/{self}.md"

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """The identity that `text` writes; None where it is no id or its time is impossible."""
        return _parsed(text)


@lru_cache(maxsize=1 << 16)
def _parsed(text: str) -> Identity | None:
    match = _ID.fullmatch(text)
    if not match:
        return None
    day, clock = match[1], match[2]
    try:
        moment = datetime(int(day[:4]), int(day[4:6]), int(day[6:]), int(clock[:2]), int(clock[2:]))  # noqa: DTZ001 — county time
    except ValueError:
        return None
    return Identity(moment, match[3], int(match[4] or 1))
